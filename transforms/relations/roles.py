"""An actor, a trigger and their sentence come in; what can be seen of the part the one plays in the other goes out.

A feature is a short name. Those of the trigger tell how likely it is the event the sentence is
about; those of a side how an actor stands to it; those of the pair what source and target are to
each other. Names that open with `*` depend on the kind of event and are shrunk harder when weights
are fitted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from schemas.events import quad_class_of
from transforms.relations.actors import Actor
from transforms.relations.clauses import MAIN, Clause, clause_of, content_from, find_clauses
from transforms.relations.speech import Speech, find_speeches, said_by
from transforms.relations.triggers import ACTIVE, NOUN, PASSIVE, Trigger

_VERB_FINAL: Final = frozenset({"ja", "ko", "tr", "hi", "fa", "de"})
_SHORT: Final = 80  # characters; a sentence without a full stop and no longer reads as a headline
_TO: Final = re.compile(r"\bto (?:\w+ )?$")
_RELATIVE: Final = re.compile(r",? (?:who|which)(?: (?:has|have|had|also|often|now))* $")
_OWNED: Final = re.compile(r"(?:['’]s?)? (?:[\w-]+ ){0,2}")
_OBJECT: Final = re.compile(
    r" (?:of|on|against|into|over) (?:the |an? |its |two |three )?(?:\w+ )?"
)
_ARTICLE: Final = re.compile(r"\b(?:a|an|the|its|their|his|her|this|any|new|planned)\s$")
_OF: Final = re.compile(
    r"\b(of|for|in|on|against|over|from|by|with|after|amid|about)\s(?:\w+\s){0,2}$"
)


class Scene:
    """What a sentence offers to be read."""

    def __init__(
        self, lowered: str, actors: Sequence[Actor], triggers: Sequence[Trigger], language: str
    ) -> None:
        self.lowered = lowered
        self.actors = actors
        self.triggers = triggers
        self.language = language
        self.clauses: Sequence[Clause] = find_clauses(lowered)
        self.speeches: Sequence[Speech] = find_speeches(lowered, actors)

    @cached_property
    def main_trigger(self) -> int:
        """Index of the first verb of a main clause, or of any clause; -1 without verbs."""
        verbs = [i for i, t in enumerate(self.triggers) if t.kind in (ACTIVE, PASSIVE)]
        main = [i for i in verbs if self.kind_at(self.triggers[i].start) == MAIN]
        return (main or verbs or [-1])[0]

    @cached_property
    def subject(self) -> int:
        """Index of the actor that opens the main clause, before its verb; -1 without."""
        for index, actor in enumerate(self.actors):
            if self.kind_at(actor.start) == MAIN and actor.preposition in ("start", ""):
                return index
        return -1

    @cached_property
    def content(self) -> int:
        """Offset from which the sentence tells what somebody said, else -1."""
        return content_from(self.lowered)

    @cached_property
    def is_headline(self) -> bool:
        return len(self.lowered) <= _SHORT and not self.lowered.endswith((".", "。", '."', ".”"))

    def kind_at(self, offset: int) -> str:
        """The kind of clause at an offset."""
        return self.clauses[clause_of(self.clauses, offset)].kind

    def said_by(self, actor: int, trigger: Trigger) -> str:
        """How the actor speaks of the trigger, if it does."""
        if not self.speeches or trigger.code.startswith("10"):
            return ""  # "said China must" is the speaker's own demand
        return said_by(self.speeches, self.lowered, self.actors, actor, trigger.start)

    def bound(self, trigger: Trigger) -> tuple[int, int] | None:
        """Owner and object of a noun that stands between them: "Russia's invasion of Ukraine"."""
        if trigger.kind != NOUN:
            return None
        for index in range(len(self.actors) - 1):
            one, other = self.actors[index], self.actors[index + 1]
            if one.end <= trigger.start < trigger.end <= other.start:
                is_bound = (
                    (one.is_possessive or not one.is_name)
                    and _OWNED.fullmatch(self.lowered, one.end, trigger.start)
                    and _OBJECT.fullmatch(self.lowered, trigger.end, other.start)
                )
                return (index, index + 1) if is_bound else None
        return None

    def relative_subject(self, trigger: Trigger) -> int:
        """Index of the actor of which a relative clause says what it does, else -1."""
        if trigger.kind != ACTIVE:
            return -1
        opening = _RELATIVE.search(self.lowered, max(0, trigger.start - 24), trigger.start)
        if opening is None:
            return -1
        ends = [i for i, actor in enumerate(self.actors) if actor.end == opening.start()]
        return ends[0] if ends else -1

    def openings(self, low: int, high: int) -> int:
        """How many clauses open between two offsets, at most 2."""
        return min(2, abs(clause_of(self.clauses, high) - clause_of(self.clauses, low)))


def trigger_features(scene: Scene, index: int) -> list[str]:
    """How likely this trigger is what the sentence is about."""
    trigger = scene.triggers[index]
    kind, root = trigger.kind, trigger.code[:2]
    quad = quad_class_of(trigger.code)
    clause = scene.kind_at(trigger.start)
    before = scene.lowered[max(0, trigger.start - 24) : trigger.start]
    is_main = index == scene.main_trigger
    found = _OF.search(before) if kind == NOUN else None
    said = 0 <= scene.content <= trigger.start
    return [
        "t",
        f"t{kind}",
        f"tclause {clause}",
        f"t{kind} clause {clause}",
        f"torder {min(index, 3)}",
        f"t{kind} main {is_main}",
        f"tmain {is_main} quad {quad}",
        f"tgoverned {trigger.governed}",
        f"tmode {trigger.mode}",
        f"t{kind} quad {quad}",
        f"tto {_TO.search(before) is not None} {kind}",
        f"tof {found[1] if found else ''} {kind}",
        f"tarticle {_ARTICLE.search(before) is not None} {kind}",
        f"tsaid {said}",
        f"tactors {min(len(scene.actors), 5)}",
        f"ttriggers {min(len(scene.triggers), 5)}",
        f"theadline {scene.is_headline}",
        f"treciprocal {'r' in trigger.flags} {kind}",
        f"*t{root}",
        f"*t{root}{kind}",
        f"*t{trigger.code}",
    ]


def side_features(scene: Scene, index: int, trigger_index: int) -> list[str]:
    """How one actor stands to the trigger, whichever part it plays."""
    actor, trigger = scene.actors[index], scene.triggers[trigger_index]
    before = actor.end <= trigger.start + 1
    side = "L" if before else "R"
    low, high = (actor.end, trigger.start) if before else (trigger.end, actor.start)
    between = min(2, sum(1 for other in scene.actors if other.start >= low and other.end <= high))
    openings = scene.openings(min(actor.start, trigger.start), max(actor.start, trigger.start))
    kind, place, root = trigger.kind, actor.preposition, trigger.code[:2]
    at, clause = scene.kind_at(actor.start), scene.kind_at(trigger.start)
    near = _bucket(high - low)
    subject = index == scene.subject
    quad = quad_class_of(trigger.code)
    said = scene.said_by(index, trigger)
    return [
        f"{side}{kind}",
        f"{side}{kind} {place}",
        f"{side} {place}",
        f"{side}{kind} near {near}",
        f"{side} near {near}",
        f"{side} openings {openings}",
        f"{side}{kind} openings {openings}",
        f"{side} between {between}",
        f"{side}{kind} between {between}",
        f"{side} clauses {at} {clause}",
        f"voice {actor.is_voice}",
        f"says {said}",
        f"says {said} {kind}",
        f"{side}{kind} owner {actor.is_possessive} {high - low < 4}",
        f"{side}{kind} touches {high - low < 3}",
        f"first {index == 0}",
        f"subject {subject} {kind}",
        f"subject {subject} main {trigger_index == scene.main_trigger} {kind}",
        f"{side} role {actor.role}",
        f"{side} name {actor.is_name} {place}",
        f"{side} quad {quad}",
        f"*{side}{root} {place}",
        f"*{side}{root}",
        f"*{side}{root}{kind}",
    ]


def pair_features(scene: Scene, source: int, target: int, trigger: Trigger) -> list[str]:
    """What source, target and trigger are to each other."""
    kind, root = trigger.kind, trigger.code[:2]
    shape = _shape(scene, source, target, trigger)
    one, other = scene.actors[source], scene.actors[target]
    reciprocal = "r" if "r" in trigger.flags else ""
    verb_final = "F" if scene.language in _VERB_FINAL else ""
    quad = quad_class_of(trigger.code)
    return [
        shape,
        f"{kind}{shape}",
        f"{kind}{shape}{reciprocal}",
        f"{shape}{verb_final}",
        f"{shape} to {other.preposition}",
        f"{kind}{shape} from {one.preposition}",
        f"{kind}{shape} to {other.preposition}",
        f"{shape} governed {trigger.governed}",
        f"{shape} subject {source == scene.subject}{target == scene.subject}",
        f"{shape} skip {_skipped(source, target)}",
        f"{shape} quad {quad}",
        f"{shape} owner {one.is_possessive}{other.is_possessive}",
        f"*{root}{shape}",
        f"*{root}{shape} to {other.preposition}",
        f"*{kind}{shape} {one.preposition} {other.preposition}",
    ]


def bare_features(scene: Scene, source: int, target: int) -> list[str]:
    """What two actors are to each other where no trigger speaks for them."""
    first, last = sorted((source, target))
    a, b = scene.actors[first], scene.actors[last]
    arrow = ">" if source == first else "<"
    few = "none" if not scene.triggers else "some"
    openings = scene.openings(a.start, b.start)
    return [
        "bare",
        f"bare {few}",
        f"bare near {_bucket(b.start - a.end)}",
        f"bare skip {last - first}",
        f"bare openings {openings}",
        f"bare {b.preposition}",
        f"bare voice {a.is_voice}{b.is_voice}",
        f"bare headline {scene.is_headline}",
        f"bare{arrow}",
        f"bare{arrow} b {b.preposition}",
        f"bare{arrow} a {a.preposition}",
        f"bare{arrow} subject {first == scene.subject}",
        f"bare{arrow} says {any(speech.speaker == first for speech in scene.speeches)}",
    ]


def _shape(scene: Scene, source: int, target: int, trigger: Trigger) -> str:
    """The order of source (S), target (O) and trigger (t); "=" for a list that acts on itself."""
    s, o = scene.actors[source], scene.actors[target]
    if source == target:
        return "=t" if s.end <= trigger.start + 1 else "t="
    parts = sorted(((s.start, "S"), (o.start, "O"), (trigger.start, "t")))
    return "".join(letter for _, letter in parts)


def _skipped(source: int, target: int) -> int:
    return min(3, abs(source - target))


def _bucket(gap: int) -> int:
    """Distance in characters on a rough logarithmic scale, 0..5."""
    for bucket, limit in enumerate((2, 10, 22, 45, 90)):
        if gap <= limit:
            return bucket
    return 5
