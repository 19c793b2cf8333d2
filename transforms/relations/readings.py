"""A scene comes in; its readings that hold, "this one did that to the other", go out with their chances.

Each ordered pair of actors around each trigger is a reading, and so is each pair of neighbours
without a trigger. The readings of a sentence compete, with each other and with the reading that
no country deals with another there: their chances are a softmax over sums of weights
(`totals.py`), so that one good reading takes from all others. What a pair
gets over all its triggers decides who acts on whom, the best of its triggers what was done. Nothing
is trained at run time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from schemas.countries import is_country
from schemas.events import quad_class_of
from transforms.relations.actors import Actor
from transforms.relations.bindings import FREE, find_bindings
from transforms.relations.roles import bare_views, pair_views, side_views, trigger_views
from transforms.relations.scene import Scene
from transforms.relations.speech import OTHER
from transforms.relations.totals import Sum, Totals, packaged_weights
from transforms.relations.triggers import NOUN, Trigger

FIRST: Final = 0.40  # chance from which the best reading of a sentence holds, all by CV
FURTHER: Final = 0.65  # chance among the readings that are left, for another pair
AGAIN: Final = 0.95  # the same, for the same pair with an event of another class
_HOSTING: Final = frozenset({"043", "045"})  # what a host or a mediator does
_VISIT: Final = "042"
_TALKS: Final = "04"  # root of meetings and negotiations
_FOR_TALKS: Final = re.compile(r".*\b(?:for (?:[\w-]+ ){0,2}|to )")
_SIDES: Final = 2  # actors considered on each side of a trigger
_NEIGHBOURS: Final = 2  # actors further on that one may deal with without a trigger


Members = tuple[tuple[int, int, int, int], ...]  # source actor and member, target actor and member
Pairs = tuple[tuple[str, str], ...]  # codes of source and target of each
Statement = tuple[Members, Pairs]


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Reading:
    """One way to read a sentence; a list of countries acts, or is acted on, as one."""

    trigger: int  # index of a trigger, -1 where none
    quad_class: int  # of the trigger's event, 0 where none
    members: Members
    pairs: Pairs


def read_scene(scene: Scene) -> list[tuple[Reading, float]]:
    """The readings that hold, each with its chance, best first."""
    found = candidates(scene, packaged_weights())
    readings = [reading for reading, _ in found]
    chosen = choose(readings, [thousandths / 1000 for _, thousandths in found])
    if not chosen:
        return chosen
    return chosen + _hosted(scene, readings, chosen) + _answered(scene, readings, chosen)


def _hosted(
    scene: Scene, readings: Sequence[Reading], chosen: Sequence[tuple[Reading, float]]
) -> list[tuple[Reading, float]]:
    """What two do where a third hosts or mediates it, as sure as that he does."""
    hosts = [(r, chance) for r, chance in chosen if r.trigger >= 0]
    hosts = [(r, c) for r, c in hosts if scene.triggers[r.trigger].code in _HOSTING]
    told = {pair for reading, _ in chosen for pair in reading.pairs}
    return [
        (reading, chance)
        for host, chance in hosts[:1]
        for reading in readings
        if reading.trigger > host.trigger
        and reading.members[0][0] == reading.members[0][2] == host.members[0][2]
        and not told.intersection(reading.pairs)
    ]


def _answered(
    scene: Scene, readings: Sequence[Reading], chosen: Sequence[tuple[Reading, float]]
) -> list[tuple[Reading, float]]:
    """The other way round, as sure as a visit, where it is one "for talks with" whom it leads to."""
    told = {pair for reading, _ in chosen for pair in reading.pairs}
    return [
        (replace(visit, members=talks.members[1:], pairs=talks.pairs[1:]), chance)
        for visit, chance in chosen
        if visit.trigger >= 0 and scene.triggers[visit.trigger].code == _VISIT
        for talks in readings
        if talks.trigger == visit.trigger + 1
        and scene.triggers[talks.trigger].code.startswith(_TALKS)
        and len(talks.pairs) == 2
        and talks.pairs[0] == visit.pairs[0]
        and talks.pairs[1] not in told
        and _FOR_TALKS.fullmatch(
            scene.lowered,
            scene.triggers[talks.trigger].start - 24,
            scene.triggers[talks.trigger].start,
        )
    ][:1]


def candidates(scene: Scene, totals: Totals[Sum]) -> list[tuple[Reading, Sum]]:
    """Each reading with the total of its views: of each actor around each trigger, and of neighbours."""
    found: list[tuple[Reading, Sum]] = []
    statements = _Statements(scene.actors)
    for index in range(len(scene.triggers)):
        found += _of_trigger(scene, index, statements, totals)
    nearness, order = totals.of_bare
    count = len(scene.actors)
    for i in range(count - 1):
        for j in range(i + 1, min(i + 1 + _NEIGHBOURS, count)):
            for source, target in ((i, j), (j, i)):
                if said := statements[source, target, False]:
                    first, second = bare_views(scene, source, target)
                    reading = Reading(-1, 0, said[0], said[1])
                    found.append((reading, nearness[first] + order[second]))
    return found


def _of_trigger(
    scene: Scene, index: int, statements: _Statements, totals: Totals[Sum]
) -> list[tuple[Reading, Sum]]:
    """The readings of one trigger that grammar allows."""
    trigger, actors = scene.triggers[index], scene.actors
    speakers, sides = _sides(scene, index, trigger, totals)
    own, bound = scene.relative_subject(trigger), scene.bound(trigger)
    binds = find_bindings(scene.lowered, actors, trigger)
    is_free = binds is FREE
    event, place, words = trigger_views(scene, index)
    of_event, of_place, of_words = totals.of_trigger
    common = of_event[event] + of_place[place] + of_words[words]
    is_reciprocal, quad_class = "r" in trigger.flags, quad_class_of(trigger.code)
    is_mutual, is_noun = is_reciprocal or trigger.is_joint, trigger.kind == NOUN
    of_shape, of_parts, of_kind = totals.of_pair
    found: list[tuple[Reading, Sum]] = []
    for source, acts, _ in sides:
        if source in speakers or own not in (-1, source):
            continue  # who says what another did has not done it
        for target, _, suffers in sides:
            if source == target and not (is_mutual and len(actors[source].codes) > 1):
                continue  # only a list acts on itself
            if target < own or (bound and bound != (source, target)):
                continue  # "Cubans who fight" fight nobody before them
            if not (is_free or binds.allow(source, target)):
                continue
            if is_reciprocal and target in speakers:
                continue
            if is_noun and _is_sign_of(actors[target], trigger):
                continue
            if said := statements[source, target, is_reciprocal]:
                shape, parts, kind = pair_views(scene, source, target, trigger)
                between = of_shape[shape] + of_parts[parts] + of_kind[kind]
                reading = Reading(index, quad_class, said[0], said[1])
                found.append((reading, common + acts + suffers + between))
    return found


def _is_sign_of(actor: Actor, trigger: Trigger) -> bool:
    """ "Imposed UN sanctions on Iran": whose they are is not whom they hit."""
    return actor.end + 1 == trigger.start and not any(map(is_country, actor.codes))


def _sides(
    scene: Scene, index: int, trigger: Trigger, totals: Totals[Sum]
) -> tuple[list[int], list[tuple[int, Sum, Sum]]]:
    """The actors that only speak of the trigger; each actor with its totals as source and target."""
    of_distance, of_clauses, of_standing, of_noun, of_kind = totals.of_side
    speakers: list[int] = []
    sides: list[tuple[int, Sum, Sum]] = []
    is_spoken = bool(scene.speeches)
    for actor in _around(scene, trigger):
        said = scene.said_by(actor, trigger) if is_spoken else ""
        if said == OTHER:
            speakers.append(actor)
        distance, clauses, standing, noun, kind = side_views(scene, actor, index, said)
        acts, suffers = of_distance[distance]
        acts_there, suffers_there = of_clauses[clauses]
        acts_so, suffers_so = of_standing[standing]
        acts_thus, suffers_thus = of_kind[kind]
        acts_named, suffers_named = of_noun[noun]
        sides.append(
            (
                actor,
                acts + acts_there + acts_so + acts_thus + acts_named,
                suffers + suffers_there + suffers_so + suffers_thus + suffers_named,
            )
        )
    return speakers, sides


def _around(scene: Scene, trigger: Trigger) -> list[int]:
    """The actors nearest to the trigger on both sides, and the first; of its main clause alone."""
    actors, first, last = scene.actors, trigger.start + 1, trigger.end - 1
    left = [i for i, actor in enumerate(actors) if actor.end <= first]
    right = [i for i, actor in enumerate(actors) if actor.start >= last]
    if scene.openings:
        part = scene.part_of(trigger.start)
        left = [i for i in left if scene.part_of(actors[i].start) == part]
        right = [i for i in right if scene.part_of(actors[i].start) == part]
    if len(left) > _SIDES:
        return [left[0], *left[-_SIDES:], *right[:_SIDES]]
    return left + right[:_SIDES]


class _Statements(dict[tuple[int, int, bool], Statement | None]):
    """(source, target, is reciprocal) -> what is said of the two: members and pairs; None of no pair."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        super().__init__()
        self._actors = actors

    def __missing__(self, key: tuple[int, int, bool]) -> Statement | None:
        source, target, is_reciprocal = key
        said = self[key] = _statement(self._actors, source, target, is_reciprocal)
        return said


def _statement(
    actors: Sequence[Actor], source: int, target: int, is_reciprocal: bool
) -> Statement | None:
    """All members and pairs of source and target, both ways if reciprocal; None without a pair."""
    one, other = actors[source].codes, actors[target].codes
    if len(one) == len(other) == 1:
        if one == other:
            return None
        members, pair = (source, 0, target, 0), (one[0], other[0])
        if is_reciprocal and source != target:
            return (members, (target, 0, source, 0)), (pair, pair[::-1])
        return (members,), (pair,)
    every = [
        (source, i, target, j)
        for i, code in enumerate(one)
        for j, second in enumerate(other)
        if code != second
    ]
    if not every or (source != target and _holds(one, other)):
        return None
    if source != target and is_reciprocal:
        every += [(o, j, s, i) for s, i, o, j in every]
    return tuple(every), tuple((actors[s].codes[i], actors[o].codes[j]) for s, i, o, j in every)


def _holds(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one list has all of the other: the same countries once more."""
    return set(one) <= set(other) or set(other) <= set(one)


def choose(readings: Sequence[Reading], sums: Sequence[float]) -> list[tuple[Reading, float]]:
    """The readings that hold, each with the chance of its pairs, in the order they were chosen.

    After each choice, what it rules out goes, and the rest compete anew for a higher floor.
    """
    if not readings:
        return []
    pairs_of = [r.pairs if len(r.pairs) == 1 else tuple(sorted(r.pairs)) for r in readings]
    powers, empty = _powers(sums)
    left: Sequence[int] = range(len(readings))
    taken: dict[tuple[str, str], set[int]] = {}
    chosen: list[tuple[Reading, float]] = []
    while left:
        pairs, power = _likeliest(left, pairs_of, powers)
        chance = power / (math.fsum([powers[i] for i in left]) + empty)
        if chance < (AGAIN if any(p in taken for p in pairs) else FURTHER if chosen else FIRST):
            break
        same = [i for i in left if pairs_of[i] == pairs]
        best = readings[max(same, key=powers.__getitem__)]
        chosen.append((best, chance))
        for pair in pairs:
            taken.setdefault(pair, set()).add(best.quad_class)
        left = [i for i in left if not _is_ruled_out(readings[i], best, taken)]
    return chosen


def _powers(sums: Sequence[float]) -> tuple[list[float], float]:
    """Powers of the sums, and that of the empty reading whose sum is 0; a chance is a share of all."""
    top = max(0.0, *sums)
    return [math.exp(value - top) for value in sums], math.exp(-top)


def _likeliest(
    left: Sequence[int], pairs_of: Sequence[Pairs], powers: Sequence[float]
) -> tuple[Pairs, float]:
    """What is stated with the highest power over all its triggers; the first of equals."""
    whole: dict[Pairs, float] = {}
    for i in left:
        pairs = pairs_of[i]
        whole[pairs] = whole.get(pairs, 0.0) + powers[i]
    best = max(whole, key=whole.__getitem__)
    return best, whole[best]


def _is_ruled_out(
    reading: Reading, chosen: Reading, taken: dict[tuple[str, str], set[int]]
) -> bool:
    """A trigger is read once; a pair is read once in each class, and never without a trigger again."""
    if reading.trigger == chosen.trigger:
        return True
    is_bare, quad_class = reading.trigger < 0, reading.quad_class
    for pair in reading.pairs:
        if is_bare and (pair in taken or pair[::-1] in taken):
            return True
        if not is_bare and pair in taken and quad_class in taken[pair]:
            return True
    return False
