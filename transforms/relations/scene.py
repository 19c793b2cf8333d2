"""Actors, settled triggers and their sentence come in; what the sentence offers to be read goes out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Final

from transforms.relations.actors import Actor
from transforms.relations.clauses import MAIN, clause_of, content_from, find_clauses
from transforms.relations.speech import Speech, find_speeches, said_by
from transforms.relations.triggers import ACTIVE, NOUN, PASSIVE, Trigger

_SHORT: Final = 80  # characters; a sentence without a full stop and no longer reads as a headline
_RELATIVE: Final = re.compile(r",? (?:who|which)(?: (?:has|have|had|also|often|now))* $")
_STOPS: Final = (".", "。", '."', ".”")
_RELATIVE_REACH: Final = 24  # characters
_OWNED: Final = re.compile(r"(?:['’]s?)? (?:[\w-]+ ){0,2}")
_OBJECT: Final = re.compile(
    r" (?:of|on|against|into|over) (?:the |an? |its |two |three )?(?:\w+ )?"
)


class Scene:
    """What a sentence offers to be read."""

    __slots__ = (
        "actors", "clauses_of_actors", "clauses_of_triggers", "content", "is_headline", "kinds",
        "language", "lowered", "main_triggers", "openings", "speakers", "speeches", "subjects",
        "triggers",
    )  # fmt: skip

    def __init__(
        self, lowered: str, actors: Sequence[Actor], triggers: Sequence[Trigger], language: str
    ) -> None:
        self.lowered = lowered
        self.actors = actors
        self.triggers = triggers
        self.language = language
        self.openings = [actor.start for actor in actors if actor.opens]
        clauses = find_clauses(lowered)
        self.kinds = [clause.kind for clause in clauses]  # of the clauses
        starts = [clause.start for clause in clauses]
        self.clauses_of_actors = [clause_of(starts, actor.start) for actor in actors]
        self.clauses_of_triggers = [clause_of(starts, trigger.start) for trigger in triggers]
        self.speeches: Sequence[Speech] = find_speeches(lowered, actors)
        self.speakers = [speech.speaker for speech in self.speeches]
        # One of each, and where further main clauses open, theirs as well.
        self.main_triggers = [self._main_trigger()]
        self.subjects = [self._subject()]
        if self.openings:
            self._add_main_clauses()
        self.content = content_from(lowered)  # offset from which is told what was said, else -1
        self.is_headline = len(lowered) <= _SHORT and not lowered.endswith(_STOPS)

    def _main_trigger(self) -> int:
        """Index of the first verb of a main clause, or of any clause; -1 without verbs."""
        first = -1
        for index, trigger in enumerate(self.triggers):
            if trigger.kind in (ACTIVE, PASSIVE):
                if self.kinds[self.clauses_of_triggers[index]] == MAIN:
                    return index
                first = index if first < 0 else first
        return first

    def _subject(self) -> int:
        """Index of the actor that opens the main clause, before its verb; -1 without."""
        for index, actor in enumerate(self.actors):
            is_main = self.kinds[self.clauses_of_actors[index]] == MAIN
            if is_main and actor.preposition in ("start", ""):
                return index
        return -1

    def _add_main_clauses(self) -> None:
        for index, actor in enumerate(self.actors):
            if actor.opens:
                self.subjects.append(index)
                deeds = (i for i, t in enumerate(self.triggers) if t.start > actor.start)
                self.main_triggers += list(islice(deeds, 1))

    def part_of(self, offset: int) -> int:
        """Number of the main clause around an offset: in "A hit B and C condemned D", C opens the next."""
        return bisect_right(self.openings, offset)

    def said_by(self, actor: int, trigger: Trigger) -> str:
        """How the actor speaks of the trigger, if it does."""
        if trigger.code.startswith("10"):
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

    def _goes_on(self, trigger: Trigger) -> bool:
        """Does a headline go on with its first actor: "Burundi shuts border, accuses Kigali"?"""
        is_bare = self.lowered.endswith(", ", 0, trigger.start)
        return is_bare and self.actors[0].preposition == "start" and self.actors[0].start == 0

    def relative_subject(self, trigger: Trigger) -> int:
        """Index of the actor of which a relative clause says what it does, else -1."""
        if trigger.kind != ACTIVE:
            return -1
        if self._goes_on(trigger):
            return 0
        low = max(0, trigger.start - _RELATIVE_REACH)
        if self.lowered.find("wh", low, trigger.start) < 0:
            return -1
        opening = _RELATIVE.search(self.lowered, low, trigger.start)
        if opening is None:
            return -1
        ends = [i for i, actor in enumerate(self.actors) if actor.end == opening.start()]
        return ends[0] if ends else -1
