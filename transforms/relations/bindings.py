"""A sentence, its actors and a trigger come in; which parts grammar lets the actors play goes out.

Where a word order leaves no choice, no weight is asked. Talks "between A and B" are
those of A and B, wherever they are held and whoever hosts them; who "received tanks from" another
was given them; and who "accused the West" accused no country that is named further on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.relations.actors import Actor
from transforms.relations.triggers import ACTIVE, NOUN, Trigger

ANY: Final = -1  # grammar leaves it open
NOBODY: Final = -2  # no actor of the sentence

_BETWEEN: Final = re.compile(r"[^,;:.]{0,30}\bbetween (?:[\w'’-]+ ){0,3}")
_BEFORE_NOUN: Final = re.compile(r" (?:[\w-]+ ){0,2}")
_CLAUSE: Final = re.compile(r"[;:]|\b(?:which|who|that|after|before|while|but|when|as|said|says)\b")
_BODIES: Final = (
    "west|rebels?|militants?|insurgents?|separatists?|opponents?|critics?|opposition|protesters?|demonstrators?"
    "|dissidents?|activists?|journalists?|reporters?|nato|jihadists?|extremists?|terrorists?|gunmen|traffickers"
    "|smugglers|pirates|investors|companies|banks|media|press|rivals|enemies|allies|foreigners|outsiders"
)
_OBJECT: Final = re.compile(
    r" (?:by )?(?:the |its |his |her |their |some |all |foreign |local |domestic )*(?:[\w-]+ )?"
    rf"(?:{_BODIES})\b"
)
_OF_BODY: Final = re.compile(r" (?:in|from|of|inside|across|near|on|to|into) (?:[\w'’-]+ ){0,3}")
_FAR: Final = 90  # characters between a couple and what is said of it
_HANDED_OVER: Final = "063"  # the code of an extradition
_CONFLICT: Final = 9  # root from which CAMEO's codes are against somebody


class Bindings(NamedTuple):
    """Indices of actors, or ANY where grammar leaves them open, or NOBODY."""

    couple: int  # the list that alone acts, on itself
    giver: int  # the only source
    victim: int  # the only target
    reporter: int  # who only tells it, and was not hit: another stands nearer to the verb

    def allow(self, source: int, target: int) -> bool:
        """Whether one may act on the other."""
        if self.couple != ANY:
            return source == target == self.couple
        is_told = self.reporter == target != ANY
        return self.giver in (ANY, source) and self.victim in (ANY, target) and not is_told


FREE: Final = Bindings(ANY, ANY, ANY, ANY)


def find_bindings(lowered: str, actors: Sequence[Actor], trigger: Trigger) -> Bindings:
    """What grammar says of the parts that the actors play in a trigger; `FREE` itself where nothing."""
    couple = giver = victim = ANY
    reporter = _reporter_of(actors, trigger) if trigger.kind == ACTIVE else ANY
    if trigger.is_joint or "r" in trigger.flags:
        couple = _couple_of(lowered, actors, trigger)
    if "G" in trigger.flags:
        giver = _giver_of(lowered, actors, trigger)
    if trigger.kind == ACTIVE and int(trigger.code[:2]) >= _CONFLICT:
        victim = _victim_of(lowered, actors, trigger)
    if trigger.code == _HANDED_OVER and trigger.kind != NOUN:
        victim = _receiver_of(lowered, actors, trigger)
    if couple == giver == victim == reporter == ANY:
        return FREE
    return Bindings(couple, giver, victim, reporter)


def _reporter_of(actors: Sequence[Actor], trigger: Trigger) -> int:
    """Index of the last voice where another is the object: "attacked Djibouti, France warned"."""
    last = len(actors) - 1
    if not actors[last].is_voice or actors[last].start < trigger.end:
        return ANY
    objects = (a for a in actors[:last] if a.start >= trigger.end and not a.preposition)
    return last if any(objects) else ANY


def _couple_of(lowered: str, actors: Sequence[Actor], trigger: Trigger) -> int:
    """Index of the list that does with itself what a trigger says of two: "talks between A and B"."""
    for index in range(len(actors) - 1, -1, -1):
        actor = actors[index]
        if len(actor.codes) > 1 and _is_couple(lowered, actor, trigger):
            return index
    return ANY


def _is_couple(lowered: str, actor: Actor, trigger: Trigger) -> bool:
    is_between = actor.preposition.startswith("between")
    if trigger.kind == NOUN and trigger.end <= actor.start:
        return is_between and _BETWEEN.fullmatch(lowered, trigger.end, actor.start) is not None
    if not 0 <= trigger.start - actor.end <= _FAR or not (
        is_between or _is_hyphened(lowered, actor)
    ):
        return False
    if trigger.kind == NOUN:
        return _BEFORE_NOUN.fullmatch(lowered, actor.end, trigger.start) is not None
    return _CLAUSE.search(lowered, actor.end, trigger.start) is None


def _is_hyphened(lowered: str, actor: Actor) -> bool:
    """Whether the countries of a list are joined to one word: "Armenia-Azerbaijan"."""
    (_, end), (start, _) = actor.spans[0], actor.spans[1]
    return lowered[end:start] in ("-", "–", "/")


def _giver_of(lowered: str, actors: Sequence[Actor], trigger: Trigger) -> int:
    """Index of the actor from whom something is received, else ANY."""
    for index, actor in enumerate(actors):
        if actor.start >= trigger.end:
            is_from = actor.preposition in ("from", "by")
            return (
                index if is_from and not _CLAUSE.search(lowered, trigger.end, actor.start) else ANY
            )
    return ANY


def _receiver_of(lowered: str, actors: Sequence[Actor], trigger: Trigger) -> int:
    """Index of the actor to whom somebody is handed: "extradited two Colombians to Spain"; else ANY."""
    for index, actor in enumerate(actors):
        if actor.start >= trigger.end and actor.preposition == "to":
            return ANY if _CLAUSE.search(lowered, trigger.end, actor.start) else index
    return ANY


def _victim_of(lowered: str, actors: Sequence[Actor], trigger: Trigger) -> int:
    """Index of the actor whose rebels or critics a verb has as its object; NOBODY for "the West"."""
    body = _OBJECT.match(lowered, trigger.end)
    if body is None or any(a.start < body.end() and a.end > trigger.end for a in actors):
        return ANY
    for index, actor in enumerate(actors):
        if actor.start >= body.end():
            is_theirs = _OF_BODY.fullmatch(lowered, body.end(), actor.start) is not None
            return index if is_theirs else NOBODY
    return NOBODY
