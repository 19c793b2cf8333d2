"""A lower-case sentence comes in; which families of words stand in it, and where, goes out.

Most sentences hold no negation, no condition and nobody who "told" another. One automaton looks for
the letters with which the rules of each family begin, or which they need, so that their regular
expressions, dozens of times slower, only run where they may match. Each alternative of such a rule has
a needle here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

OPENING: Final = "opening"  # of a clause
NEGATION: Final = "negation"
CONDITION: Final = "condition"
PAST: Final = "past"
ANSWER: Final = "answer"  # what one told another, in quotation marks
SAYING: Final = "saying"
SPEECH: Final = "speech"
REPORT: Final = "report"  # a last "warned"
SOURCE: Final = "source"
SPORT: Final = "sport"

_NEEDLES: Final = {
    OPENING: (
        *("; ", ": ", ", ", " -", " –", " —", "which", "who", "where", "after", "before", "while"),
        *("when", "since", "because", "although", "though", "amid", "following", "until", "as"),
        *(
            "despite",
            "during",
            "once",
            "if",
            "unless",
            "whether",
            "should",
            "provided",
            "that",
            "but",
        ),
    ),
    NEGATION: (
        *("not", "n't", "n’t", "never", "no ", "none", "without", "refrain", "neither", "nor"),
    ),
    CONDITION: (
        *("if", "unless", "in case", "in the event", "any ", "possible ", "potential ", "feared "),
        *("looming ", "imminent ", "future ", "hypothetical "),
        *("fear", "risk of", "prospect of", "possibility of", "danger of", "likelihood of"),
    ),
    PAST: (
        *("in 1", "in 20", "decades ago", "centuries ago", "years ago", "world war", "cold war"),
        *("last century", "during the war", "during the occupation"),
    ),
    ANSWER: ("told", "tell"),
    SAYING: ("said", "says", "announce", "stated", "declared", "confirmed", "insisted", "claim"),
    SPEECH: (
        *(
            "said",
            "say",
            "quoted",
            "claim",
            "alleg",
            "report",
            "announce",
            "insist",
            "believe",
            "suspect",
        ),
        *("think", "thought", "confirm", "note", "add", "declare", "state", "tell", "told", "warn"),
        *("maintain", "complain", "conclude", "assert", "fear"),
    ),
    REPORT: ("warn", "complain"),
    SOURCE: ("according",),
    SPORT: (
        *(
            "semi",
            "quarter",
            "cup",
            "championship",
            "match",
            "tournament",
            "qualifier",
            "straight sets",
        ),
        *(
            "on penalties",
            "penalty",
            "extra time",
            "wicket",
            "innings",
            "goal",
            "medal",
            "hat-trick",
        ),
        *(
            "grand prix",
            "play-off",
            "playoff",
            "six nations",
            "football",
            "soccer",
            "rugby",
            "cricket",
        ),
        *("hockey", "tennis", "volleyball", "handball", "basketball"),
    ),
}


Cues = Mapping[str, Sequence[int]]  # family -> where its needles stand, by their ends


_INSIDE: Final = ("n't", "n’t")  # needles of letters that do not begin a word


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[tuple[str, ...], bool]]]:
    """The automaton over all needles; the families of each, and whether it begins a word."""
    needles = sorted({needle for needles in _NEEDLES.values() for needle in needles})
    families = [tuple(f for f, own in _NEEDLES.items() if needle in own) for needle in needles]
    begins = [needle[0].isalpha() and needle not in _INSIDE for needle in needles]
    machine = AhoCorasick(needles, implementation=Implementation.DFA)  # small, and the fastest
    return machine, list(zip(families, begins, strict=True))


@lru_cache(maxsize=4)  # the rules of one sentence ask one after the other
def cues_in(lowered: str) -> Cues:
    """The families of which a needle stands in the sentence; an offset may be there twice."""
    automaton, families = _automaton()
    found: dict[str, list[int]] = {}
    for number, start, _ in automaton.find_matches_as_indexes(lowered, overlapping=True):
        own, begins_word = families[number]
        if begins_word and lowered[start - 1 : start].isalnum():
            continue
        for family in own:
            if family in found:
                found[family].append(start)
            else:
                found[family] = [start]
    return found


def matches(
    shape: re.Pattern[str], family: str, lowered: str, end: int | None = None
) -> Iterator[re.Match[str]]:
    """What `shape.finditer(lowered, 0, end)` gives where each match begins with a needle of the family."""
    last = -1
    stop = len(lowered) if end is None else end
    for start in sorted(cues_in(lowered).get(family, ())):
        if start > last and (found := shape.match(lowered, start, stop)):
            last = found.end() - 1
            yield found
