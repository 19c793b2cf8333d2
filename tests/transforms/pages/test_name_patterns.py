"""One automaton finds what the regular expressions find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.pages.name_patterns import NamePatterns

PATTERNS = (
    r"\bads?\b|\bads?[-_]|[-_]ads?\b|advert",
    r"(?:article|story)s?[-_ ]{0,2}(?:body|text)|rich-?text|prose\b",
    r"\bp[-_]\d|\bpara?\b|par(?:t(?:ed|y)?|k)",
    r"respon[ds]|more-(?:on|in)",
)
TOLD_APART = NamePatterns(PATTERNS)
PIECES = (
    "ad ads article body story text rich prose p par para part parted 7 - _ s é ad- respons".split()
)


NAMES = st.lists(st.sampled_from([*PIECES, " "]), max_size=8).map("".join)


@given(st.lists(NAMES, max_size=4))
def test_what_search_finds_is_found(names: list[str]) -> None:
    expected = [
        sum(1 << n for n, pattern in enumerate(PATTERNS) if re.search(pattern, name))
        for name in names
    ]
    assert TOLD_APART.matching(names) == expected


@pytest.mark.parametrize("pattern", ["ab*", "a+", "(a)", "^a", "a|b)", "[^a]"])
def test_a_pattern_without_an_end_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="cannot read"):
        NamePatterns([pattern])
