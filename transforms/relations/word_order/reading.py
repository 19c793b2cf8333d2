"""A sentence in French, Spanish, German ... and its actors come in; who did what to whom goes out.

There is no parser: the first actor without a preposition acts, prepositions, cases and particles
mark whom it concerns, the passive turns the two round, and a noun of an event takes its parties
from its genitive, its adjective and its prepositions. A reading without two marked parties is
left out, since a missing relation costs less than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from schemas.events import quad_class_of
from schemas.records import CountryMention
from transforms.relations.actors import Actor
from transforms.relations.triggers import Trigger
from transforms.relations.word_order.clauses import clauses_of
from transforms.relations.word_order.events import Event, events_of, token_of
from transforms.relations.word_order.forms import with_kinds
from transforms.relations.word_order.grammar import grammar_of, tokens_of
from transforms.relations.word_order.parties import find_parties
from transforms.relations.word_order.standing import Scenery, Standing, scenery_of, standing_of
from transforms.relations.word_order.stems import find_stems

CLEAR: Final = 0.85  # both parties are marked
LOOSE: Final = 0.65  # one party follows from the order alone
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
    "08": {"from": 1, "in": 3, "on": 2},
    "11": {"on": 3}, "13": {"on": 4}, "14": {"to": 9}, "10": {"from": 2}, "03": {"for": 3},
    "15": {"near": 1, "with": 2, "in": 3, "on": 3},
    "16": {"with": 1, "from": 2, "in": 3, "on": 2}, "17": {"from": 3, "in": 4}, "19": {"on": 1, "in": 3},
}  # fmt: skip
_PLACED: Final = frozenset({"042"})  # a visit goes to a place; a meeting is only held in one
_FAR: Final = 9
_YEAR: Final = r"(?:1[5-9]\d\d|20[01]\d)"
_PAST: Final = re.compile(rf"\b(?:en|in|im jahre?|в|عام|سنة) {_YEAR}\b|{_YEAR}年")
MOST_ACTORS: Final = 24  # a sentence with more is a table or a list of members


class Statement(NamedTuple):
    """One country did what a trigger tells to another."""

    trigger: Trigger
    member: tuple[int, int, int, int]  # source actor and member, target actor and member
    is_past: bool  # told of a year long ago
    score: float


def read_by_word_order(
    text: str, lowered: str, offset: int, mentions: Sequence[CountryMention], language: str
) -> tuple[list[Actor], list[Statement]]:
    """Actors and statements of the sentence that starts at `offset` of its field.

    `lowered` is `text` in lower case, `language` is one of
    `grammar_languages()`. Two countries get one statement a quad class.
    """
    grammar = grammar_of(language)
    actors = find_parties(lowered, offset, mentions, grammar)[:MOST_ACTORS]
    tokens = tokens_of(lowered, language)
    clauses = clauses_of(tokens, grammar)
    hits = find_stems(text, lowered, tokens, clauses, grammar)
    if not hits or any(grammar.has(token.text, "sport") for token in tokens):
        return actors, []
    hits = with_kinds(hits, tokens, [actor.start for actor in actors], grammar)
    scenery = scenery_of(tokens, clauses, hits, actors, grammar)
    standings = [standing_of(i, actor, scenery, lowered) for i, actor in enumerate(actors)]
    reader = _Reader(scenery, actors, standings)
    is_past = _PAST.search(lowered) is not None
    statements: dict[tuple[str, str, int], Statement] = {}
    for event in events_of(scenery):
        hit = hits[event.main]
        trigger = Trigger(hit.start, hit.end, event.code, hit.kind, "")
        trigger.mode = event.mode
        quad_class = quad_class_of(event.code)
        for source, target, score in reader.read(event):
            for member, codes in _members(source, target, actors):
                statement = Statement(trigger, member, is_past, score)
                key = (*codes, quad_class)
                if key not in statements or statements[key].score < score:
                    statements[key] = statement
    return actors, list(statements.values())


def _members(
    source: int, target: int, actors: Sequence[Actor]
) -> Iterator[tuple[tuple[int, int, int, int], tuple[str, str]]]:
    """Each country of the one actor with each of the other."""
    for i, code in enumerate(actors[source].codes):
        for j, other in enumerate(actors[target].codes):
            if code != other:
                yield (source, i, target, j), (code, other)


class _Reader:
    """Finds the parties of each event of one sentence."""

    def __init__(
        self, scenery: Scenery, actors: Sequence[Actor], standings: Sequence[Standing]
    ) -> None:
        self.scenery = scenery
        self.actors = actors
        self.standings = standings
        self.language = scenery.grammar.language
        self.attached = [self._attach(standing) for standing in standings]

    def read(self, event: Event) -> Iterator[tuple[int, int, float]]:
        """Source, target and score of each statement of the event."""
        if "r" in event.flags and not event.inner:
            yield from self._read_mutual(event)
            return
        sources, targets, score = self._parties(event)
        for source in sources:
            for target in targets:
                if not set(self.actors[source].codes) & set(self.actors[target].codes):
                    yield source, target, score

    # --- parties of a one-way event

    def _parties(self, event: Event) -> tuple[list[int], list[int], float]:
        if event.is_undergone:
            return self._owners(event), self._subjects(event), CLEAR
        agents = self._agents(event)
        if event.is_passive or (agents and self._is_reduced(event)):
            return agents, self._targets(event, agents) or self._subjects(event), CLEAR
        is_noun = self.scenery.hits[event.main].kind == "n"
        if event.is_verb and not (is_noun and self._owners(event)):
            subjects = self._subjects(event)
            if not subjects and event.code[:2] == "14":
                subjects = self._scene_of_protest(event)
            return subjects, self._objects(event, subjects), CLEAR
        return self._parties_of_noun(event, agents)

    def _scene_of_protest(self, event: Event) -> list[int]:
        """The country in which crowds of no country protest."""
        here = [(i, s) for i, s in enumerate(self.standings) if s.clause == event.clause]
        places = [i for i, s in here if s.mark == "in"] or [i for i, s in here if s.mark == "to"]
        return places[:1] or [i for i, s in here if s.mark == "bare" and s.after_comma][:1]

    def _agents(self, event: Event) -> list[int]:
        """The actors that the passive names, which follow a noun."""
        agents = self._marked(event, "by")
        if self.scenery.hits[event.main].kind != "n":
            return agents
        place = token_of(event.main, self.scenery)
        return [i for i in agents if self.standings[i].first > place]

    def _is_reduced(self, event: Event) -> bool:
        """A participle without its auxiliary: "visé par", "acusado por"."""
        return event.is_verb and self.language in ("fr", "es", "de", "zh")

    def _parties_of_noun(
        self, event: Event, agents: list[int]
    ) -> tuple[list[int], list[int], float]:
        attributes = self._hung(event, "attribute")
        genitives = self._hung(event, "of")
        targets = self._targets(event, [])
        if agents or attributes:
            return agents or attributes, targets or genitives, CLEAR
        if genitives and targets and "o" not in event.flags:
            return genitives, targets, CLEAR
        return [], [], LOOSE

    def _objects(self, event: Event, subjects: list[int]) -> list[int]:
        """The targets of an active verb, and where it has none those that its complement names."""
        targets = self._targets(event, subjects)
        if not targets and event.inner is not None:
            owners = self._owners(event.inner)
            return owners or self._hung(event.inner, "of")
        if not targets and set("gD") & set(event.flags):
            return self._subject_of_next_clause(event)
        return targets

    def _owners(self, event: Event) -> list[int]:
        """Whose deed the noun of an event is."""
        found = self._agents(event) or self._hung(event, "attribute")
        if found or "o" in event.flags:
            return found
        return self._hung(event, "of") or self._marked(event, "from")

    # --- events that both sides share

    def _read_mutual(self, event: Event) -> Iterator[tuple[int, int, float]]:
        groups = self._groups(event)
        if len(groups) == 1 and (len(groups[0]) > 1 or len(self.actors[groups[0][0]].codes) > 1):
            yield from self._among(groups[0])
        elif len(groups) > 1:
            for one in groups[0]:
                for other in groups[1]:
                    if not set(self.actors[one].codes) & set(self.actors[other].codes):
                        yield one, other, CLEAR
                        yield other, one, CLEAR

    def _groups(self, event: Event) -> list[list[int]]:
        """The sides of a mutual event, in order; one side whose members deal with each other."""
        between = self._marked(event, "between")
        if between:
            return [between]
        partners = self._marked(event, "with")
        if not partners and event.code[:3] != "040":
            partners = self._marked(event, "to")
        own = [] if event.is_verb else self._hung(event, "attribute") or self._hung(event, "of")
        if not own and (event.is_verb or (partners and self._is_theirs(event))):
            own = [] if event.is_passive else self._subjects(event)
        if not own and event.is_passive:
            own = self._hung(event, "attribute") or self._hung(event, "of")
        if event.is_verb and not partners:
            direct = ("bare", "object")
            partners = [i for i in self._targets(event, own) if self.standings[i].mark in direct]
        partners = [i for i in partners if i not in own]
        return [side for side in (own, partners) if side]

    def _is_theirs(self, event: Event) -> bool:
        """Whether a possessive gives the noun to the subject: "son entretien avec ..."."""
        place = token_of(event.hit, self.scenery)
        words = [token.text for token in self.scenery.tokens[max(0, place - 2) : place]]
        return any(self.scenery.grammar.has(word, "possessive") for word in words)

    def _among(self, group: list[int]) -> Iterator[tuple[int, int, float]]:
        for index in group:
            if len(self.actors[index].codes) > 1:
                yield index, index, CLEAR
        for one, other in combinations(group, 2):
            if not set(self.actors[one].codes) & set(self.actors[other].codes):
                yield one, other, CLEAR
                yield other, one, CLEAR

    # --- where the actors stand

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
