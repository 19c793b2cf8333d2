"""Packed terms of a language in, the terms with the topics that they speak for out.

The tables `data/topics/terms_<language>.tsv.gz` are built from the lexicons by
`python -m transforms.data.topics.build_terms`. A process meets a few hundred of a language's three
thousand terms, so that a term stays as the table writes it until a text has its words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from schemas.topics import vocabulary

# Scripts without blanks between words: a term may stand anywhere.
SOLID: Final = frozenset({"zh", "ja", "th", "km", "lo", "my", "bo"})


class Term(NamedTuple):
    """A folded pattern with its conditions and what it says about topics."""

    pattern: str
    is_open_left: bool
    is_open_right: bool
    spelling: str  # the exact original spelling, or "" for any
    weights: Mapping[str, float]  # topic id -> weight, ancestors included
    rest: tuple[str, ...] = ()  # of a phrase of stems (`winter* game*`), those after the first


class Needles(NamedTuple):
    """What the automaton of a language looks for, and the terms that begin with each of it."""

    words: Sequence[str]  # with a blank before it where a word must begin
    terms: Mapping[int, Sequence[Term]]  # by place in `words`; the first that stands counts


def pack(needles: Needles) -> str:
    """The text of a table: the ids of its topics, then in turn a needle and its terms as JSON."""
    found = [needles.terms[place] for place in range(len(needles.words))]
    topics = sorted({topic_id for terms in found for term in terms for topic_id in term.weights})
    number = {topic_id: place for place, topic_id in enumerate(topics)}
    lines = [" ".join(topics)]
    for word, terms in zip(needles.words, found, strict=True):
        lines += [word, json.dumps([_packed(term, number) for term in terms], ensure_ascii=False)]
    return "\n".join(lines)


def _packed(term: Term, number: Mapping[str, int]) -> list[object]:
    _, is_open_left, is_open_right, spelling, weights, rest = term
    numbered = [[number[topic_id], weight] for topic_id, weight in weights.items()]
    return [int(is_open_left), int(is_open_right), spelling, numbered, rest]


def unpack(text: str) -> Needles:
    """What `pack` wrote."""
    topics, *lines = text.split("\n")
    known = vocabulary()  # whose ids are looked up fastest by themselves
    ids = [known[topic_id].id for topic_id in topics.split(" ")]
    return Needles(lines[::2], _Terms(ids, lines[::2], lines[1::2]))


class _Terms(dict[int, Sequence[Term]]):
    """Place of a needle -> its terms, read when they are first asked for."""

    def __init__(self, topics: Sequence[str], words: Sequence[str], packed: Sequence[str]) -> None:
        super().__init__()
        self._topics = topics
        self._words = words
        self._packed = packed

    def __missing__(self, place: int) -> Sequence[Term]:
        pattern, rows = self._words[place].lstrip(" "), json.loads(self._packed[place])
        found = self[place] = [self._term(pattern, *row) for row in rows]
        return found

    def _term(
        self,
        pattern: str,
        is_open_left: int,
        is_open_right: int,
        spelling: str,
        weights: Sequence[tuple[int, float]],
        rest: Sequence[str],
    ) -> Term:
        by_topic = {self._topics[number]: weight for number, weight in weights}
        sides = bool(is_open_left), bool(is_open_right)
        return Term(pattern, *sides, spelling, by_topic, tuple(rest))
