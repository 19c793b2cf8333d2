"""The views of a reading come in; what their features come to goes out: sums of weights, or their names.

The weights (`data/relations/relation_weights.json`) are those of features by name. A view stands for
several, and its total is added up when it is first asked for; news has a few thousand views. Nothing is
trained at run time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Final, Generic, TypeVar

from transforms.relations.feature_names import (
    of_bare_order,
    of_clauses,
    of_distance,
    of_event,
    of_event_order,
    of_kind,
    of_neighbours,
    of_noun,
    of_parts,
    of_place,
    of_shape,
    of_standing,
    of_words,
)
from transforms.relations.roles import View

MOST_VIEWS: Final = 20_000  # of one kind whose totals are kept
Sum = TypeVar("Sum", int, list[str])
Total = TypeVar("Total")


class _Memo(dict[View, Total]):
    """View -> the total over its features, added up when it is first asked for."""

    def __init__(
        self, names: Callable[..., list[str]], total: Callable[[list[str]], Total]
    ) -> None:
        super().__init__()
        self._names = names
        self._total = total

    def __missing__(self, view: View) -> Total:
        if len(self) >= MOST_VIEWS:
            self.clear()
        found = self[view] = self._total(self._names(*view))
        return found


_Sides = _Memo[tuple[Sum, Sum]]


class Totals(Generic[Sum]):
    """What the views of a reading come to: sums of weights, or the lists of their names."""

    def __init__(
        self, total: Callable[[list[str]], Sum], by_side: Callable[[list[str]], tuple[Sum, Sum]]
    ) -> None:
        """`by_side` gives the totals of a side's features for the source and for the target."""
        self.of_trigger: tuple[_Memo[Sum], _Memo[Sum], _Memo[Sum]] = (
            _Memo(of_event, total),
            _Memo(of_place, total),
            _Memo(of_words, total),
        )
        self.of_side: tuple[_Sides[Sum], _Sides[Sum], _Sides[Sum], _Sides[Sum], _Sides[Sum]] = (
            _Memo(of_distance, by_side),
            _Memo(of_clauses, by_side),
            _Memo(of_standing, by_side),
            _Memo(of_noun, by_side),
            _Memo(of_kind, by_side),
        )
        self.of_pair: tuple[_Memo[Sum], _Memo[Sum], _Memo[Sum]] = (
            _Memo(of_shape, total),
            _Memo(of_parts, total),
            _Memo(of_event_order, total),
        )
        self.of_bare: tuple[_Memo[Sum], _Memo[Sum]] = (
            _Memo(of_neighbours, total),
            _Memo(of_bare_order, total),
        )


@cache
def packaged_weights() -> Totals[int]:
    """The packaged weights, in thousandths: whole numbers add up to the same in any order."""
    text = (
        resources.files("transforms.data.relations")
        .joinpath("relation_weights.json")
        .read_text("utf-8")
    )
    weights: dict[str, float] = json.loads(text)["weights"]
    thousandths = {name: round(1000 * weight) for name, weight in weights.items()}

    def total(names: list[str]) -> int:
        return sum(thousandths.get(name, 0) for name in names)

    def by_side(names: list[str]) -> tuple[int, int]:
        return total([f"s{name}" for name in names]), total([f"o{name}" for name in names])

    return Totals(total, by_side)
