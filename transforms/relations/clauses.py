"""A lower-case sentence comes in; its clauses, each with what it is to the main one, go out.

News English marks a clause by the word that opens it, so no parser is asked: a relative clause
after a comma ends at the next comma, an opening "after ..., " gives way to the main clause at its
comma, and a last ", officials said" only reports.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from transforms.relations.cues import OPENING, SAYING, SOURCE, SPEECH, cues_in, matches

MAIN: Final = "main"
CONTENT: Final = "content"  # what is said or known
RELATIVE: Final = "relative"
CIRCUMSTANCE: Final = "time"  # after, while, amid, because
CONDITION: Final = "if"
PARTICIPLE: Final = "ing"  # ", killing three"
REPORT: Final = "said"  # a last ", officials said"
SEPARATE: Final = "next"  # after a semicolon, colon or "but"

_OF_WORD: Final = {
    word: kind
    for kind, words in (
        (RELATIVE, "which who whom whose where"),
        (CIRCUMSTANCE, "after before while when since because although though amid following until "
         "as despite during where whereas once"),
        (CONDITION, "if unless whether should provided"),
        (CONTENT, "that"),
        (SEPARATE, "but"),
    )
    for word in words.split()
}  # fmt: skip
_OPENING: Final = re.compile(
    r"(?P<mark>[;:] | [-–—]+ )|(?P<comma>, )?\b(?P<word>" + "|".join(_OF_WORD) + r")\b"
    r"|(?P<participle>, (?:\w+ly )?[a-z]{3,}ing\b)|(?P<plain>, )"
)
_REPORTING: Final = re.compile(
    r", [^,;]{0,70}\b(?:said|says|reported|reports|announced|told|confirmed|stated|according to)\b"
    r"[^,;]{0,40}$"
)
_TELLING: Final = (SPEECH, SOURCE)  # families with a needle of each verb in `_REPORTING`
_SAYING: Final = re.compile(
    r"\b(?:said|says|announced|announces|stated|declared|confirmed|insisted|claimed|claims)\b(?! to\b)"
)
_NOT_CLAUSE: Final = re.compile(r"\b(?:as well|such|soon|known|long|far)\s$")


@dataclass(slots=True)
class Clause:
    """Where a clause opens, and what it is."""

    start: int
    kind: str


def find_clauses(lowered: str) -> list[Clause]:
    """The clauses of a sentence in order; the first starts at 0."""
    end = len(lowered)
    clauses = [Clause(0, MAIN)]
    is_told = any(family in cues_in(lowered) for family in _TELLING)
    if is_told and (report := _REPORTING.search(lowered)):
        end = report.start()
    returning = ""
    for found in matches(_OPENING, OPENING, lowered, end):
        start, kind = found.start(), clauses[-1].kind
        if found["mark"]:
            clauses.append(Clause(start, SEPARATE))
            returning = ""
        elif found["word"]:
            returning = _open(clauses, lowered, found, returning)
        elif found["participle"]:
            clauses.append(Clause(start, PARTICIPLE))
        elif returning and kind != returning:
            clauses.append(Clause(start, returning))
            returning = ""
    if end < len(lowered):
        clauses.append(Clause(end, REPORT))
    return clauses


def _open(clauses: list[Clause], lowered: str, found: re.Match[str], returning: str) -> str:
    """Open the clause of a word; the kind to which the next plain comma returns, if any."""
    kind = _OF_WORD[found["word"]]
    before = clauses[-1].kind
    if found["word"] in ("as", "once", "since") and _NOT_CLAUSE.search(lowered, 0, found.start()):
        return returning
    if found.start() == 0:
        clauses[0] = Clause(0, kind)
        return MAIN
    clauses.append(Clause(found.start(), kind))
    return before if found["comma"] and kind in (RELATIVE, CIRCUMSTANCE) else returning


def clause_of(starts: Sequence[int], offset: int) -> int:
    """Index of the clause that holds an offset, by the offsets where the clauses start."""
    return bisect_right(starts, offset) - 1


def content_from(lowered: str) -> int:
    """Offset from which a sentence that opens with "X said" tells what was said, else -1."""
    found = next(matches(_SAYING, SAYING, lowered), None)
    return found.end() if found else -1
