"""A search that knows how surfaces begin finds what an automaton over all of them finds."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from ahocorasick_rs import AhoCorasick, MatchKind
from hypothesis import given
from hypothesis import strategies as st

from transforms.countries import surfaces
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


@given(_names.map(lambda names: {f"abcdef{name}" for name in names}), _texts)
def test_of_those_that_begin_alike_the_longest_is_found(names: set[str], text: str) -> None:
    ordered = sorted(names)
    text = text.join(["", *ordered, *(name[:-1] for name in ordered)])
    whole = AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest)
    with patch.object(surfaces, "FEW", 0):
        assert Surfaces(ordered).find(text) == whole.find_matches_as_indexes(text)


class _Compared(str):
    """A text that counts what is asked of it."""

    times = 0

    def startswith(self, *asked: Any) -> bool:
        self.times += 1
        return super().startswith(*asked)


def test_of_many_that_begin_alike_few_are_compared_with_a_text() -> None:
    text = _Compared("Saint-Z, of whom nobody has heard")
    assert Surfaces([f"Saint-{number:04}" for number in range(2000)]).find(text) == []
    assert text.times <= surfaces.FEW
