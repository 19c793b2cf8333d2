"""A search that knows how surfaces begin finds what an automaton over all of them finds."""

from __future__ import annotations

import pytest
from ahocorasick_rs import AhoCorasick, MatchKind
from hypothesis import given
from hypothesis import strategies as st

from transforms.countries.surfaces import Surfaces

_parts = st.sampled_from(["a", "b", "ab", "abcdef", "abcdeg", " ", "é", "中", "𝄞"])
_texts = st.lists(_parts, max_size=12).map("".join)
_names = st.sets(_texts.filter(bool), min_size=1, max_size=20)


@given(_names, _texts)
def test_the_longest_surface_from_the_left_hides_the_others(names: set[str], text: str) -> None:
    ordered = sorted(names)
    text += text.join(ordered)
    whole = AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest)
    assert Surfaces(ordered).find(text) == whole.find_matches_as_indexes(text)


def test_a_beginning_that_is_no_surface_hides_nothing() -> None:
    names = ["Guinea-Bissau", "Guinean", "Oslo", "United Kingdom", "United States"]
    found = Surfaces(names).find("Guinea in United States, a United Oslo")
    assert [names[number] for number, _, _ in found] == ["United States", "Oslo"]


def test_a_lone_surrogate_is_told() -> None:
    with pytest.raises(UnicodeEncodeError):
        Surfaces(["Oslo"]).find("Oslo \ud800")
