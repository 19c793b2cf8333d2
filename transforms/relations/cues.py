"""A lower-case sentence comes in; which families of words stand in it goes out.

Most sentences hold no negation, no condition and nobody who "told" another. One automaton looks for
the letters that the rules of each family need, so that their regular expressions, dozens of
times slower, only run where they may match. A family that is missing here would cost time, not
correctness, but a needle that is missing would cost matches: each alternative of a rule has one.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

NEGATION: Final = "negation"
CONDITION: Final = "condition"
PAST: Final = "past"
ANSWER: Final = "answer"  # what one told another, in quotation marks
SAYING: Final = "saying"
SPEECH: Final = "speech"
SOURCE: Final = "source"

_NEEDLES: Final = {
    NEGATION: ("not", "n't", "n’t", "never", "no ", "without", "refrain", "neither", "nor"),
    CONDITION: (
        *("if", "unless", "in case", "in the event", "any ", "possible ", "potential ", "feared "),
        *("looming ", "imminent ", "future ", "hypothetical "),
    ),
    PAST: (
        *("in 1", "in 20", "decades ago", "centuries ago", "years ago", "world war", "cold war"),
        *("last century", "during the war", "during the occupation"),
    ),
    ANSWER: ("told", "tell"),
    SAYING: ("said", "says", "announce", "stated", "declared", "confirmed", "insisted", "claim"),
    SPEECH: (
        *("said", "say", "claim", "alleg", "report", "announce", "insist", "believe", "suspect"),
        *("think", "thought", "confirm", "note", "add", "declare", "state", "tell", "told", "warn"),
        *("maintain", "complain", "conclude", "assert", "fear"),
    ),
    SOURCE: ("according to",),
}


@cache
def _automaton() -> tuple[AhoCorasick, list[frozenset[str]]]:
    """The automaton over all needles, and the families of each."""
    needles = sorted({needle for needles in _NEEDLES.values() for needle in needles})
    families = [frozenset(f for f, own in _NEEDLES.items() if needle in own) for needle in needles]
    return AhoCorasick(needles), families


@lru_cache(maxsize=4)  # the rules of one sentence ask one after the other
def cues_in(lowered: str) -> frozenset[str]:
    """The families of which a needle stands in the sentence."""
    automaton, families = _automaton()
    found: frozenset[str] = frozenset()
    for number, _, _ in automaton.find_matches_as_indexes(lowered, overlapping=True):
        found |= families[number]
    return found
