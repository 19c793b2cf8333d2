"""Parsed queries and a folded document in; out comes whether and where each query matches.

One automaton holds the words of all queries, so that the text is read once; then each tree is
evaluated over the places that were found, in time linear in the places and the tree.
"""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from transforms.topics.query import Leaf, Node, Operation, Query, Reference, leaves
from transforms.topics.text import Document

MAX_PLACES = 10_000  # of one word in one text

_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge, ">": operator.gt, "=": operator.eq, "<=": operator.le, "<": operator.lt,
}  # fmt: skip


class Place(NamedTuple):
    """Where a word of a query stands in the folded text, and its weight."""

    start: int
    end: int
    weight: float


class Match(NamedTuple):
    """What a query found."""

    is_match: bool
    places: list[Place]


class Tagged(NamedTuple):
    """What an article has been tagged with, for `topic:` and `country:`."""

    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


_NO = Match(False, [])
_YES = Match(True, [])


class QueryMatcher:
    """The words of several queries in one automaton."""

    def __init__(self, queries: Sequence[Query]) -> None:
        found = (leaf for query in queries for leaf in leaves(query.root))
        self._patterns = list(dict.fromkeys(leaf.pattern for leaf in found))
        self._automaton = AhoCorasick(self._patterns)

    def places(self, document: Document) -> dict[str, list[tuple[int, int]]]:
        """(start, end) of each pattern in the text, whether or not words begin and end there."""
        places: dict[str, list[tuple[int, int]]] = {}
        if not self._patterns:
            return places
        for which, start, end in self._automaton.find_matches_as_indexes(
            document.text, overlapping=True
        ):
            found = places.setdefault(self._patterns[which], [])
            if len(found) < MAX_PLACES:
                found.append((start, end))
        return places


class Evaluation:
    """Evaluates queries over one document."""

    def __init__(
        self, document: Document, places: dict[str, list[tuple[int, int]]], tagged: Tagged
    ) -> None:
        self._document = document
        self._places = places
        self.tagged = tagged
        self._words: list[int] = []

    def match(self, node: Node) -> Match:
        """Whether the tree under `node` matches, and by which places."""
        if isinstance(node, Leaf):
            return self._leaf(node)
        if isinstance(node, Reference):
            names = self.tagged.topics if node.kind == "topic" else self.tagged.countries
            return _YES if node.name in names else _NO
        return self._operation(node)

    def _leaf(self, leaf: Leaf) -> Match:
        found = self._places.get(leaf.pattern, ())
        if leaf.title_only:
            found = [f for f in found if f[1] <= self._document.body_start]
        kept = [
            Place(start, end, leaf.weight) for start, end in found if self._stands(leaf, start, end)
        ]
        return Match(bool(kept) and leaf.weight > 0, kept)

    def _stands(self, leaf: Leaf, start: int, end: int) -> bool:
        text = self._document.text
        if not leaf.pattern.isascii() and _is_unspaced(leaf.pattern):
            return True
        begins = leaf.is_open_left or text[start - 1] == " "
        return begins and (leaf.is_open_right or text[end] == " ")

    def _operation(self, node: Operation) -> Match:
        parts = [self.match(part) for part in node.parts]
        if node.name == "NOT":
            return _NO if parts[0].is_match else _YES
        if node.name == "NEAR":
            return self._near(parts[0], parts[1], node.number)
        if node.name == "COUNT":
            is_match = _COMPARE[node.compare](len(parts[0].places), node.number)
            return Match(is_match, parts[0].places if is_match else [])
        asked = [m for m, p in zip(parts, node.parts, strict=True) if not _is_negative(p)]
        is_match = all(m.is_match for m in asked) if node.name == "AND" else any(
            m.is_match for m in asked
        )  # fmt: skip
        if not is_match:
            return _NO
        return Match(True, [place for m in parts for place in m.places])

    def _near(self, one: Match, other: Match, words: int) -> Match:
        """Places of either within so many words of the other; both lists in order of the text."""
        a = sorted((self._word_at(p.start), p) for p in one.places)
        b = sorted((self._word_at(p.start), p) for p in other.places)
        kept = [p for at, p in a if _has_near(b, at, words)]
        if not kept:
            return _NO
        return Match(True, kept + [p for at, p in b if _has_near(a, at, words)])

    def _word_at(self, start: int) -> int:
        if not self._words:
            text = self._document.text
            self._words = [i for i in range(1, len(text)) if text[i] != " " and text[i - 1] == " "]
        return bisect_right(self._words, start)


def _has_near(places: list[tuple[int, Place]], at: int, words: int) -> bool:
    after = bisect_right(places, at, key=_word)
    return any(abs(places[i][0] - at) <= words for i in (after - 1, after) if 0 <= i < len(places))


def _word(place: tuple[int, Place]) -> int:
    return place[0]


def _is_negative(node: Node) -> bool:
    return isinstance(node, Leaf) and node.weight < 0


def _is_unspaced(pattern: str) -> bool:
    """Chinese, Japanese and Thai write no blanks between words."""
    return any("\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff"
               for c in pattern)  # fmt: skip
