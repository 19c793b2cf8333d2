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

from schemas.events import PLANNED, quad_class_of
from schemas.records import CountryMention
from transforms.relations.actors import Actor
from transforms.relations.triggers import Trigger
from transforms.relations.word_order.clauses import clauses_of
from transforms.relations.word_order.events import FUTURE, Event, events_of, token_of
from transforms.relations.word_order.forms import with_kinds
from transforms.relations.word_order.grammar import grammar_of, tokens_of
from transforms.relations.word_order.parties import find_parties
from transforms.relations.word_order.search import Search
from transforms.relations.word_order.standing import Standing, scenery_of, standing_of
from transforms.relations.word_order.stems import find_stems
from transforms.topics.lexicon import traditional

# Of a reading whose two parties are the only ones and stand in the clause of its trigger; by hand.
BEST_SCORE: Final = 0.9
PER_RIVAL: Final = 0.04  # less for each further actor that might be meant,
PER_CLAUSE: Final = 0.08  # and for each party in another clause
LEAST_SCORE: Final = 0.6
_YEAR: Final = r"(?:1[5-9]\d\d|20[01]\d)"
_PAST: Final = re.compile(rf"\b(?:en|in|im jahre?|в|عام|سنة) {_YEAR}\b|{_YEAR}年")
_TALKS: Final = frozenset({"03", "04", "05"})  # roots of what may be hosted
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
    if language == "zh":  # a character for a character, so that offsets hold
        lowered = lowered.translate(traditional())
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
        hosts = list(reader.hosts(event))
        if hosts and reader.is_hosting_planned(event):
            trigger.mode = PLANNED
        for source, target in (*reader.read(event), *hosts):
            for member, codes in _members(source, target, actors):
                score = _score(event, source, target, standings)
                statement = Statement(trigger, member, is_past, score)
                key = (*codes, quad_class)
                statements.setdefault(key, statement)
    return actors, list(statements.values())


def _score(event: Event, source: int, target: int, standings: Sequence[Standing]) -> float:
    """How much speaks against the reading: others who may be meant, and parties far away."""
    rivals = len(standings) - len({source, target})
    away = sum(standings[party].clause != event.clause for party in {source, target})
    return max(LEAST_SCORE, round(BEST_SCORE - PER_RIVAL * rivals - PER_CLAUSE * away, 2))


def _members(
    source: int, target: int, actors: Sequence[Actor]
) -> Iterator[tuple[tuple[int, int, int, int], tuple[str, str]]]:
    """Each country of the one actor with each of the other."""
    for i, code in enumerate(actors[source].codes):
        for j, other in enumerate(actors[target].codes):
            if code != other:
                yield (source, i, target, j), (code, other)


class _Reader(Search):
    """Finds the parties of each event of one sentence."""

    def read(self, event: Event) -> Iterator[tuple[int, int]]:
        """Source and target of each statement of the event."""
        if "r" in event.flags and not event.inner:
            yield from self._read_mutual(event)
            return
        sources, targets = self._parties(event)
        for source in sources:
            for target in targets:
                if not set(self.actors[source].codes) & set(self.actors[target].codes):
                    yield source, target

    def hosts(self, event: Event) -> Iterator[tuple[int, int]]:
        """Who holds or mediates the talks of others, with each of these: "Ankara accueille ... entre"."""
        if event.is_verb or event.code[:2] not in _TALKS or not self._host_words(event):
            return
        guests = self._marked(event, "between")
        place = token_of(event.main, self.scenery)
        for source, standing in enumerate(self.standings):
            is_near = standing.clause == event.clause and standing.last < place
            if guests and is_near and standing.mark == "bare" and source not in guests:
                yield from ((source, guest) for guest in guests)

    def is_hosting_planned(self, event: Event) -> bool:
        """Is the verb of hosting in the future?"""
        future = FUTURE.get(self.language)
        words = self._host_words(event)
        return future is not None and any(map(future.match, words))

    def _host_words(self, event: Event) -> list[str]:
        """The words by which a clause says that somebody hosts or mediates."""
        tokens, clauses = self.scenery.tokens, self.scenery.clauses.numbers
        here = zip(tokens, clauses, strict=True)
        words = [token.text for token, clause in here if clause == event.clause]
        return [word for word in words if self.scenery.grammar.has(word, "host")]

    # --- parties of a one-way event

    def _parties(self, event: Event) -> tuple[list[int], list[int]]:
        if event.is_undergone:
            return self._owners(event), self._subjects(event)
        agents = self._agents(event)
        if agents and self._is_asked_of(event):  # "fordert von Libyen": no passive
            return self._subjects(event), agents
        if event.is_passive or (agents and self._is_reduced(event)):
            return agents, self._targets(event, agents) or self._subjects(event)
        is_noun = self.scenery.hits[event.main].kind == "n"
        if event.is_verb and not (is_noun and self._owners(event)):
            subjects = self._subjects(event)
            if not subjects and event.code[:2] == "14":
                subjects = self._scene_of_protest(event)
            return subjects, self._objects(event, subjects)
        return self._parties_of_noun(event, agents)

    def _scene_of_protest(self, event: Event) -> list[int]:
        """The country in which crowds of no country protest."""
        here = [(i, s) for i, s in enumerate(self.standings) if s.clause == event.clause]
        places = [i for i, s in here if s.mark == "in"] or [i for i, s in here if s.mark == "to"]
        return places[:1] or [i for i, s in here if s.mark == "bare" and s.after_comma][:1]

    def _agents(self, event: Event) -> list[int]:
        """The actors that the passive names, which follow a noun."""
        agents = self._marked(event, "by")
        if not agents and event.is_passive and self.language == "it":
            agents = self._marked(event, "from")  # "da" is both
        if self.scenery.hits[event.main].kind != "n":
            return agents
        place = token_of(event.main, self.scenery)
        return [i for i in agents if self.standings[i].first > place]

    def _is_asked_of(self, event: Event) -> bool:
        """Does German ask something "von" somebody, with a subject of its own?"""
        is_demand = self.language == "de" and "D" in event.flags and event.is_verb
        return is_demand and not event.is_passive and bool(self._subjects(event))

    def _is_reduced(self, event: Event) -> bool:
        """A participle without its auxiliary: "visé par", "acusado por"."""
        return event.is_verb and self.language in ("fr", "es", "pt", "de", "zh")

    def _parties_of_noun(self, event: Event, agents: list[int]) -> tuple[list[int], list[int]]:
        attributes = self._hung(event, "attribute")
        genitives = self._hung(event, "of")
        targets = self._targets(event, [])
        if agents or attributes:
            return agents or attributes, targets or genitives
        if genitives and targets and "o" not in event.flags:
            return genitives, targets
        return [], []

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

    def _read_mutual(self, event: Event) -> Iterator[tuple[int, int]]:
        groups = self._groups(event)
        if len(groups) == 1 and (len(groups[0]) > 1 or len(self.actors[groups[0][0]].codes) > 1):
            yield from self._among(groups[0])
        elif len(groups) > 1:
            for one in groups[0]:
                for other in groups[1]:
                    if not set(self.actors[one].codes) & set(self.actors[other].codes):
                        yield one, other
                        yield other, one

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

    def _among(self, group: list[int]) -> Iterator[tuple[int, int]]:
        for index in group:
            if len(self.actors[index].codes) > 1:
                yield index, index
        for one, other in combinations(group, 2):
            if not set(self.actors[one].codes) & set(self.actors[other].codes):
                yield one, other
                yield other, one
