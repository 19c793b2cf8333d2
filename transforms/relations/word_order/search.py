"""How the actors of a sentence stand comes in; who may be subject or target of an event goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from transforms.relations.actors import Actor
from transforms.relations.word_order.events import Event, token_of
from transforms.relations.word_order.standing import Scenery, Standing

_FIRST_ACTS: Final = frozenset(
    {"de", "ru", "ar"}
)  # the first bare actor, not the last before the verb
_VERB_MAY_LEAD: Final = frozenset({"de", "ru", "ar"})
# How near a mark ties a target to its trigger; marks that a kind of event does not take are not there.
_RANK: Final = {"bare": 0, "object": 0, "against": 1, "to": 2}
_RANK_OF_ROOT: Final = {
    "04": {"against": 9, "with": 1, "bare": 0, "object": 0, "in": 3, "to": 3, "on": 4},
    "05": {"against": 9, "for": 2}, "06": {"against": 9, "from": 3, "in": 4},
    "07": {"against": 9, "for": 2, "in": 3},
    "08": {"from": 1, "in": 3, "on": 2, "for": 3},
    "11": {"on": 3}, "13": {"on": 4}, "14": {"to": 9}, "10": {"from": 2}, "03": {"for": 3},
    "15": {"near": 1, "with": 2, "in": 3, "on": 3},
    "16": {"with": 1, "from": 2, "in": 3, "on": 2}, "17": {"from": 3, "in": 4}, "19": {"on": 1, "in": 3},
}  # fmt: skip
_PLACED: Final = frozenset({"042"})  # a visit goes to a place; a meeting is only held in one
_FAR: Final = 9


class Search:
    """Finds the actors of one sentence by how they stand to an event."""

    def __init__(
        self, scenery: Scenery, actors: Sequence[Actor], standings: Sequence[Standing]
    ) -> None:
        self.scenery = scenery
        self.actors = actors
        self.standings = standings
        self.language = scenery.grammar.language
        self.attached = [self._attach(standing) for standing in standings]

    def _attach(self, standing: Standing) -> int:
        """The trigger nearest before an actor in its clause, else the next one after it; -1 for none."""
        hits = self.scenery.hits
        place = self.scenery.tokens[standing.first].start
        inside = [
            i
            for i, hit in enumerate(hits)
            if hit.clause == standing.clause and "P" not in hit.flags
        ]
        before = [i for i in inside if hits[i].start < place]
        after = [i for i in inside if hits[i].start > place]
        leads_on = self.language == "zh" and standing.mark in ("with", "to", "against", "for")
        if after and (not before or leads_on):
            return after[0]
        return before[-1] if before else -1

    def _with_joined(self, indexes: list[int]) -> list[int]:
        """The actors with those that "and" ties to them."""
        found = list(indexes)
        for i, standing in enumerate(self.standings):
            if standing.joined and i - 1 in found and i not in found:
                near = standing.first - self.standings[i - 1].last <= _FAR
                if near and standing.clause == self.standings[i - 1].clause:
                    found.append(i)
        return found

    def _hung(self, event: Event, mark: str) -> list[int]:
        return self._with_joined(
            [i for i, s in enumerate(self.standings) if s.mark == mark and s.hit in event.members]
        )

    def _marked(self, event: Event, mark: str) -> list[int]:
        return self._with_joined(
            [
                i
                for i, s in enumerate(self.standings)
                if s.mark == mark and self.attached[i] in event.members
            ]
        )

    def _subjects(self, event: Event) -> list[int]:
        """Who acts: a bare actor of the clause before the verb, and those tied to it."""
        place = token_of(event.hit, self.scenery)
        bare = [i for i, s in enumerate(self.standings) if self._may_act(s, event)]
        before = [i for i in bare if self.standings[i].last < place]
        if self.language == "de" and bare:
            return self._german_subject(bare, event)
        if before:
            chosen = (
                before[0] if self.language in _FIRST_ACTS else self._last_subject(before, place)
            )
            return self._with_joined(self._from_head(chosen))
        if self.language in _VERB_MAY_LEAD and event.is_verb and bare:
            return self._with_joined([bare[0]])
        return []

    def _german_subject(self, bare: list[int], event: Event) -> list[int]:
        """The first bare actor, unless the verb follows on a phrase that names no actor."""
        first = self.standings[bare[0]].first
        words = [
            token.text
            for i, token in enumerate(self.scenery.tokens[:first])
            if self.scenery.clauses.numbers[i] == event.clause
        ]
        grammar = self.scenery.grammar
        is_late = any(grammar.has(word, "auxiliary") for word in words) or first > token_of(
            event.hit, self.scenery
        )
        if is_late and not (
            words and (words[0] in grammar.classes or grammar.has(words[0], "adverb"))
        ):
            return []
        return self._with_joined([bare[0]])

    def _may_act(self, standing: Standing, event: Event) -> bool:
        if standing.mark != "bare" or standing.clause != event.clause:
            return False
        hit = self.scenery.hits[standing.hit] if standing.hit >= 0 else None
        if hit is None:
            return True
        return self.language in _VERB_MAY_LEAD and "P" not in hit.flags

    def _last_subject(self, before: list[int], place: int) -> int:
        """The last bare actor before the verb, unless commas set it apart from the one before."""
        last = before[-1]
        tokens = self.scenery.tokens
        is_apart = self.standings[last].after_comma and any(
            token.text == "," for token in tokens[self.standings[last].last : place]
        )
        return before[-2] if is_apart and len(before) > 1 else last

    def _from_head(self, index: int) -> list[int]:
        """The actors from the first of those tied together by "and" to this one."""
        first = index
        while first and self.standings[first].joined and self.standings[first - 1].mark == "bare":
            first -= 1
        return list(range(first, index + 1))

    def _subject_of_next_clause(self, event: Event) -> list[int]:
        found = [
            i
            for i, s in enumerate(self.standings)
            if s.mark == "bare" and s.clause == event.clause + 1
        ]
        return self._with_joined(found[:1])

    def _targets(self, event: Event, sources: list[int]) -> list[int]:
        """The best marked actors that hang on the event, other than its sources."""
        ranks = dict(_RANK)
        for root in sorted(event.roots):
            ranks |= _RANK_OF_ROOT.get(root, {})
        found: list[tuple[int, int]] = []
        taken = {code for i in sources for code in self.actors[i].codes}
        for i, standing in enumerate(self.standings):
            rank = ranks.get(standing.mark, _FAR)
            if standing.mark == "of" and event.is_verb and len(event.members) > 1:
                rank = 3  # "a démenti le bombardement de ..."
            if rank == _FAR or self.attached[i] not in event.members or i in sources:
                continue
            if taken & set(self.actors[i].codes) or not self._may_be_target(standing, event, i):
                continue
            found.append((rank, i))
        if not found:
            return []
        best = min(rank for rank, _ in found)
        return self._with_joined([i for rank, i in found if rank == best][:1])

    def _may_be_target(self, standing: Standing, event: Event, index: int) -> bool:
        if standing.mark in ("bare", "object"):
            if not event.is_verb:
                return False
            return standing.hit in event.members or self.language in _VERB_MAY_LEAD
        if event.code[:2] == "04" and event.code[:3] not in _PLACED:
            return standing.mark not in ("in", "to", "on")
        if standing.mark == "in" and event.code[:2] not in ("04", "15"):
            return self.actors[index].is_name  # a city is only where it happened
        return True
