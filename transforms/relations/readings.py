"""A scene comes in; its readings that hold, "this one did that to the other", go out with their chances.

Each ordered pair of actors around each trigger is a reading, and so is each pair of neighbours
without a trigger. The readings of a sentence compete, with each other and with the reading that
no country deals with another there: their chances are a softmax over sums of weights
(`data/relations/relation_weights.json`), so that one good reading takes from all others. What a pair
gets over all its triggers decides who acts on whom, the best of its triggers what was done. Nothing
is trained at run time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import repeat
from typing import Final, NamedTuple, TypeVar

from schemas.events import quad_class_of
from transforms.relations.actors import Actor
from transforms.relations.bindings import find_bindings
from transforms.relations.roles import (
    Scene,
    bare_features,
    pair_features,
    side_features,
    trigger_features,
)
from transforms.relations.speech import OTHER
from transforms.relations.triggers import Trigger

FIRST: Final = 0.40  # chance from which the best reading of a sentence holds, all by CV
FURTHER: Final = 0.70  # chance among the readings that are left, for another pair
AGAIN: Final = 0.95  # the same, for the same pair with an event of another class
_HOSTING: Final = frozenset({"043", "045"})  # what a host or a mediator does
_SIDES: Final = 2  # actors considered on each side of a trigger
_NEIGHBOURS: Final = 2  # actors further on that one may deal with without a trigger

Sum = TypeVar("Sum", float, list[str])
Statement = tuple[tuple[str, str], ...]  # directed pairs, sorted


class Reading(NamedTuple):
    """One way to read a sentence; a list of countries acts, or is acted on, as one."""

    trigger: int  # index of a trigger, -1 where none
    quad_class: int  # of the trigger's event, 0 where none
    members: tuple[
        tuple[int, int, int, int], ...
    ]  # source actor and member, target actor and member
    pairs: tuple[tuple[str, str], ...]  # codes of source and target of each


def read_scene(scene: Scene) -> list[tuple[Reading, float]]:
    """The readings that hold, each with its chance, best first."""
    found = list(candidates(scene, _sum, _sums_by_side))
    chosen = choose([reading for reading, _ in found], [value for _, value in found])
    return chosen + _hosted(scene, [reading for reading, _ in found], chosen)


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


def _sum(features: list[str]) -> float:
    return sum(map(_weights().get, features, repeat(0.0)))


def _sums_by_side(features: list[str]) -> tuple[float, float]:
    """The sums for an actor as source and as target; their weights are looked up together."""
    source, target = zip(*map(_weights_by_side().get, features, repeat((0.0, 0.0))), strict=True)
    return sum(source), sum(target)


@cache
def _weights_by_side() -> dict[str, tuple[float, float]]:
    """Name of a feature of a side -> its weight for the source and for the target."""
    weight = _weights().get
    return {n[1:]: (weight("s" + n[1:], 0.0), weight("o" + n[1:], 0.0)) for n in _weights()}


@cache
def _weights() -> dict[str, float]:
    text = (
        resources.files("transforms.data.relations")
        .joinpath("relation_weights.json")
        .read_text("utf-8")
    )
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def candidates(
    scene: Scene,
    total: Callable[[list[str]], Sum],
    by_side: Callable[[list[str]], tuple[Sum, Sum]],
) -> Iterator[tuple[Reading, Sum]]:
    """Each reading with `total` added over its features: a sum of weights, or their list.

    `by_side` gives the totals of a side's features for the source and for the target.
    """
    for index, trigger in enumerate(scene.triggers):
        common = total(trigger_features(scene, index))
        sides = {i: by_side(side_features(scene, i, index)) for i in _around(scene.actors, trigger)}
        speakers = {i for i in sides if scene.said_by(i, trigger) == OTHER}
        own = scene.relative_subject(trigger)
        bound = scene.bound(trigger)
        binds = find_bindings(scene.lowered, scene.actors, trigger)
        for source, (acts, _) in sides.items():
            if source in speakers or own not in (-1, source):
                continue  # who says what another did has not done it
            for target, (_, is_acted_on) in sides.items():
                if target < own or (bound and bound != (source, target)):
                    continue  # "Cubans who fight" fight nobody before them
                if not binds.allow(source, target) or (target in speakers and "r" in trigger.flags):
                    continue
                if source == target and not _acts_on_itself(scene.actors[source], trigger):
                    continue
                if reading := _reading(scene, source, target, index):
                    between = total(pair_features(scene, source, target, trigger))
                    yield reading, common + acts + is_acted_on + between
    for i in range(len(scene.actors)):
        for j in range(i + 1, min(i + 1 + _NEIGHBOURS, len(scene.actors))):
            for source, target in ((i, j), (j, i)):
                if reading := _reading(scene, source, target, -1):
                    yield reading, total(bare_features(scene, source, target))


def _acts_on_itself(actor: Actor, trigger: Trigger) -> bool:
    return len(actor.codes) > 1 and (trigger.is_joint or "r" in trigger.flags)


def _around(actors: Sequence[Actor], trigger: Trigger) -> list[int]:
    """The actors nearest to the trigger on both sides, and the first of the sentence."""
    left = [i for i, actor in enumerate(actors) if actor.end <= trigger.start + 1]
    right = [i for i, actor in enumerate(actors) if actor.start >= trigger.end - 1]
    chosen = left[-_SIDES:] + right[:_SIDES]
    return chosen if not left or left[0] in chosen else [left[0], *chosen]


def _reading(scene: Scene, source: int, target: int, index: int) -> Reading | None:
    """The reading with all pairs it speaks of, both ways if reciprocal; None without a pair."""
    one, other = scene.actors[source], scene.actors[target]
    members = [
        (source, i, target, j)
        for i, code in enumerate(one.codes)
        for j, second in enumerate(other.codes)
        if code != second
    ]
    if not members or (source != target and _holds(one.codes, other.codes)):
        return None
    trigger = scene.triggers[index] if index >= 0 else None
    if source != target and trigger and "r" in trigger.flags:
        members += [(o, j, s, i) for s, i, o, j in members]
    pairs = tuple((scene.actors[s].codes[i], scene.actors[o].codes[j]) for s, i, o, j in members)
    quad_class = quad_class_of(trigger.code) if trigger else 0
    return Reading(index, quad_class, tuple(members), pairs)


def _holds(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one list has all of the other: the same countries once more."""
    return set(one) <= set(other) or set(other) <= set(one)


def choose(readings: Sequence[Reading], sums: Sequence[float]) -> list[tuple[Reading, float]]:
    """The readings that hold, each with the chance of its pairs, in the order they were chosen.

    After each choice, what it rules out goes, and the rest compete anew for a higher floor.
    """
    statements = [tuple(sorted(reading.pairs)) for reading in readings]
    left = list(range(len(readings)))
    taken: dict[tuple[str, str], set[int]] = {}
    chosen: list[tuple[Reading, float]] = []
    while left:
        chances = dict(zip(left, _softmax([sums[i] for i in left]), strict=True))
        pairs, chance = _likeliest([(statements[i], chances[i]) for i in left])
        if chance < (AGAIN if any(p in taken for p in pairs) else FURTHER if chosen else FIRST):
            break
        same = [i for i in left if statements[i] == pairs]
        best = readings[max(same, key=lambda i: (chances[i], -i))]
        chosen.append((best, chance))
        for pair in pairs:
            taken.setdefault(pair, set()).add(best.quad_class)
        left = [i for i in left if not _is_ruled_out(readings[i], best, taken)]
    return chosen


def _softmax(sums: Sequence[float]) -> list[float]:
    """Chances of the sums, against an empty reading whose sum is 0."""
    top = max(0.0, *sums)
    powers = [math.exp(value - top) for value in sums]
    whole = math.fsum(powers) + math.exp(-top)
    return [power / whole for power in powers]


def _likeliest(parts: Sequence[tuple[Statement, float]]) -> tuple[Statement, float]:
    """What is stated with the highest chance over all its triggers; the first of equals."""
    whole: dict[Statement, float] = {}
    for pairs, chance in parts:
        whole[pairs] = whole.get(pairs, 0.0) + chance
    best = max(whole, key=lambda pairs: whole[pairs])
    return best, whole[best]


def _is_ruled_out(
    reading: Reading, chosen: Reading, taken: dict[tuple[str, str], set[int]]
) -> bool:
    """A trigger is read once; a pair is read once in each class, and never without a trigger again."""
    if reading.trigger == chosen.trigger:
        return True
    if reading.trigger < 0:
        return any(pair in taken or pair[::-1] in taken for pair in reading.pairs)
    return any(reading.quad_class in taken.get(pair, ()) for pair in reading.pairs)
