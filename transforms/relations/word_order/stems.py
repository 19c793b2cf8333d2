"""A lower-case sentence of a language other than English comes in; its trigger stems go out, in order.

One automaton per language holds the stems of `data/relations/triggers.tsv`; all matches are looked
at and the longest valid one at each place wins. `*` at an end of a stem lets its word go on there
("accus*", "*abkommen"); `a*~b*` counts only with the other word in the same clause, as where a verb
says little without its object or, in German, without its prefix.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from transforms.relations.trigger_table import trigger_rows
from transforms.relations.word_order.clauses import Clauses
from transforms.relations.word_order.grammar import Grammar, Token

REACH: Final = 110  # characters between a stem and its companion
MASK: Final = "M"  # flag of words that only keep a shorter stem from being found in them
MOST_HITS: Final = 40  # a sentence with more is a list or a table

_OPENERS: Final = frozenset(':–—-„"«»“”|')
# Prefixes of German verbs, which stand where their clause ends ("lehnt den Plan ab, ...").
_PREFIXES: Final = frozenset(
    "ab an auf aus bei ein fest frei nach vor zu zurück zusammen herunter nieder fort voran".split()
)
_CLAUSE_END: Final = r"(?=\s*(?:[^\w\s]|$|\b(?:und|sowie|oder|wie|als|um|weil|nachdem|wegen)\b))"
# "and", "so"; "in", "to", "like"; the article; the mark of the future
_PROCLITICS: Final = {"ar": re.compile(r"(?<!\w)(?:[وف]?[بلك]?(?:ال)?|[وف]?لل|[وف]?س)$")}
LONGEST_PROCLITIC: Final = 5


class Stem(NamedTuple):
    """One row of the table."""

    head: str
    open_left: bool
    open_right: bool
    companions: tuple[str, ...]
    code: str
    kind: str
    flags: str


class Hit(NamedTuple):
    """A stem in its sentence; offsets into it, `spans` with those of the companions."""

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    clause: int
    code: str
    kind: str
    flags: str


class _Machine(NamedTuple):
    automaton: AhoCorasick
    stems: list[list[Stem]]  # of each pattern, those with companions first


def _stem(surface: str, code: str, kind: str, flags: str) -> Stem:
    head, *companions = surface.split("~")
    return Stem(
        head.strip("*"),
        head.startswith("*"),
        head.endswith("*"),
        tuple(companions),
        code,
        kind[0],
        flags,
    )


@cache
def _machine(language: str) -> _Machine:
    by_head: dict[str, list[Stem]] = {}
    for surface, entry in trigger_rows()[language].items():
        stem = _stem(surface, entry.code, entry.kind, entry.flags)
        by_head.setdefault(stem.head, []).append(stem)
    for stems in by_head.values():
        stems.sort(key=lambda stem: -len(stem.companions))
    return _Machine(
        AhoCorasick(list(by_head), matchkind=MatchKind.Standard), list(by_head.values())
    )


def find_stems(
    text: str, lowered: str, tokens: Sequence[Token], clauses: Clauses, grammar: Grammar
) -> list[Hit]:
    """The stems of a sentence in order, none overlapping another or its companions.

    `text` is the sentence as written: a German noun has a capital, a verb has none.
    """
    machine = _machine(grammar.language)
    starts = [token.start for token in tokens]
    spans = _clause_spans(tokens, clauses)
    found = [
        (start, end, index)
        for index, start, end in machine.automaton.find_matches_as_indexes(
            lowered, overlapping=True
        )
    ]
    found.sort(key=lambda match: (match[0], -match[1]))
    hits: list[Hit] = []
    taken: list[tuple[int, int]] = []
    for start, end, index in found:
        if hits and start < hits[-1].end:
            continue
        clause = clauses.numbers[max(0, bisect_right(starts, start) - 1)]
        first, last = spans[clause]
        within = max(first, start - REACH), min(last, end + REACH)
        hit = _first_valid(lowered, start, end, machine.stems[index], clause, within, grammar)
        if hit is not None and (grammar.language != "de" or _is_capital_right(text, hit)):
            hits.append(hit)
            taken += hit.spans[1:]
            if len(hits) == MOST_HITS:
                break
    return [
        hit
        for hit in hits
        if hit.flags != MASK and not any(a < hit.end and hit.start < b for a, b in taken)
    ]


def _clause_spans(tokens: Sequence[Token], clauses: Clauses) -> dict[int, tuple[int, int]]:
    """First and last offset of each clause."""
    spans: dict[int, tuple[int, int]] = {}
    for token, number in zip(tokens, clauses.numbers, strict=True):
        spans[number] = (spans.get(number, (token.start, 0))[0], token.end)
    return spans


def _first_valid(
    lowered: str,
    start: int,
    end: int,
    stems: Sequence[Stem],
    clause: int,
    within: tuple[int, int],
    grammar: Grammar,
) -> Hit | None:
    for stem in stems:
        if grammar.joint and not _stands(lowered, start, end, stem, grammar.language):
            continue
        word_end = _word_end(lowered, end) if stem.open_right and grammar.joint else end
        others = _companions(lowered, (start, word_end), stem.companions, within, grammar)
        if others is not None:
            word_start = _word_start(lowered, start) if stem.open_left else start
            spans = ((word_start, word_end), *others)
            return Hit(word_start, word_end, spans, clause, stem.code, stem.kind, stem.flags)
    return None


def _stands(text: str, start: int, end: int, stem: Stem, language: str) -> bool:
    """Whether word boundaries are where the stem wants them."""
    if not stem.open_left and start and text[start - 1].isalnum():
        shape = _PROCLITICS.get(language)
        if shape is None or not shape.search(text, max(0, start - LONGEST_PROCLITIC), start):
            return False
    return stem.open_right or end == len(text) or not text[end].isalnum()


def _is_capital_right(text: str, hit: Hit) -> bool:
    has_capital = any(char.isupper() for char in text[hit.start : hit.end])
    if hit.kind == "n":
        return has_capital
    return not has_capital or hit.start < 2 or text[hit.start - 2] in _OPENERS


def _word_start(text: str, start: int) -> int:
    while start and text[start - 1].isalpha():
        start -= 1
    return start


def _word_end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalpha():
        end += 1
    return end


def _companions(
    lowered: str,
    head: tuple[int, int],
    companions: Sequence[str],
    within: tuple[int, int],
    grammar: Grammar,
) -> list[tuple[int, int]] | None:
    """The span of each companion, or None where one is missing."""
    spans = []
    for companion in companions:
        places: Iterator[tuple[int, int]] = (
            found.span() for found in _shape(companion, grammar.joint).finditer(lowered, *within)
        )
        span = next((s for s in places if s[1] <= head[0] or s[0] >= head[1]), None)
        if span is None:
            return None
        spans.append(span)
    return spans


@cache
def _shape(companion: str, joint: str) -> re.Pattern[str]:
    inner = re.escape(companion.strip("*"))
    if companion in _PREFIXES:
        return re.compile(rf"\b{inner}{_CLAUSE_END}")
    if not joint:
        return re.compile(inner)
    before = r"\b\w*" if companion.startswith("*") else r"\b"
    return re.compile(before + inner + (r"\w*" if companion.endswith("*") else r"\b"))
