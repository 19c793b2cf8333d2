"""A lower-case English sentence and its triggers come in; those that do not tell of a match go out.

"Germany beat France 2-1" is no assault. Where a score or a word of sport stands, verbs of winning
say who won. Verbs that no match is told with ("killed", "bombed") keep their sense there, and so
does a beating that a mob or the police give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from transforms.relations.cues import SPORT, cues_in
from transforms.relations.triggers import Trigger

_CONTEST: Final = (
    *("beat", "crush", "maul", "pound", "smash", "demolish", "conquer", "sank", "sink", "sunk"),
    *("strike", "struck", "striking", "fight", "fought", "battl", "clash", "destroy"),
)
_ROOTS: Final = frozenset({"14", "18", "19"})  # riot, assault and fight, as CAMEO has them
_SCORE: Final = re.compile(r"(?<![\w.,-])(\d{1,3})[-–](\d{1,3})(?![\w%-])")
_COUNTED: Final = re.compile(  # "a 3-2 decision", "4-3 weeks": the numbers are no score
    r" (?:decision|ruling|majority|verdict|margin|split|year|month|week|day|hour|percent|per cent|pct|mln)"
)
_SPORT: Final = re.compile(
    r"\b(?:(?:semi|quarter)-?finals?|(?:world|davis|asian|nations|africa|fed) cup|cup (?:of nations|final)"
    r"|championships?|(?:test|league|group|friendly|opening|final) match|tournament|qualifiers?"
    r"|straight sets|on penalties|penalty shoot-?out|extra time|wickets?|innings"
    r"|(?:one|two|three|four|five|early|late|first-half|second-half) goals?|medals?|hat-trick|grand prix"
    r"|play-?offs?|six nations|(?:football|soccer|rugby|cricket|hockey|tennis|volleyball|handball|basketball)"
    r"(?! (?:pitch|field|stadium|ground|court|hall|club|academy|player|fan)))\b"
)
# Who beats others in earnest and with what, what is left of it, and who counts votes.
_NO_MATCH: Final = re.compile(
    r"\b(?:police|mobs?|crowds?|gangs?|thugs|guards?|hooligans|soldiers|troops|rioters|rebels?|militants?"
    r"|militias?|army|navy|missiles?|rockets?|drones?|warplanes?|air ?strikes?|air-strikes?|artillery|bomb\w*"
    r"|shell(?:s|ed|ing)|war|civilians?|kill\w*|wounded|dead|cells?|plots?|protests?|protesters|attacks"
    r"|asylum|sanctions|sidelines"
    r"|vot(?:e|es|ed|ing)|parliament|senate|senators|lawmakers|congress)\b"
)


def without_contests(triggers: Sequence[Trigger], lowered: str) -> list[Trigger]:
    """The triggers of a sentence but for those that tell who won a match."""
    return [t for t in triggers if not (_may_be_won(t, lowered) and is_match(lowered))]


def _may_be_won(trigger: Trigger, lowered: str) -> bool:
    return trigger.code[:2] in _ROOTS and lowered.startswith(_CONTEST, trigger.start)


def is_match(lowered: str) -> bool:
    """Whether a sentence tells of a match."""
    is_sport = SPORT in cues_in(lowered) and _SPORT.search(lowered) is not None
    return (is_sport or _has_score(lowered)) and _NO_MATCH.search(lowered) is None


def _has_score(lowered: str) -> bool:
    """Whether two numbers are a score: the winner's first. "20-30 drones", "July 8-9" rise."""
    if "-" not in lowered and "–" not in lowered:
        return False
    return any(
        int(found[1]) >= int(found[2]) and not _COUNTED.match(lowered, found.end())
        for found in _SCORE.finditer(lowered)
    )
