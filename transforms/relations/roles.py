"""The actors and triggers of a sentence come in; scored readings "this one did that to the other" go out.

Each ordered pair of actors around each trigger is a reading. Its score is a logistic sum of weights
looked up by what can be seen of it: the order of the three, voice, prepositions, distance, clause
breaks, and the kind of event. The weights were learned on ordered pairs
(`data/build_relation_weights.py`); nothing is trained at run time.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from transforms.relations.actors import Actor
from transforms.relations.triggers import NOUN, Trigger

_BREAK: Final = re.compile(
    r"[;:]|, (?=which|who|as|after|while|but|when|where|although|since|amid|following|because|saying|adding)"
    r"|\b(?:that|after|while|but|when|because|whose|which|who|before|if|unless|where|as)\b"
)
_SIDES: Final = 2  # actors considered on each side of a trigger
_VERB_FINAL: Final = frozenset({"ja", "ko", "tr", "hi", "fa", "de"})


class Reading(NamedTuple):
    """One way to read a sentence: actor `source` did `trigger` to actor `target`."""

    source: int  # index of an actor; the same as target for a list whose members act on each other
    target: int
    trigger: int  # index of a trigger, -1 where none
    score: float


class Scene(NamedTuple):
    """What a sentence offers to be read."""

    actors: Sequence[Actor]
    triggers: Sequence[Trigger]
    breaks: Sequence[int]  # offsets at which a clause opens
    language: str


def scene_of(
    lowered: str, actors: Sequence[Actor], triggers: Sequence[Trigger], language: str
) -> Scene:
    """The scene of a lower-case sentence."""
    breaks = [found.start() for found in _BREAK.finditer(lowered)]
    return Scene(actors, triggers, breaks, language)


@cache
def _weights() -> dict[str, float]:
    text = (
        resources.files("transforms.data.relations")
        .joinpath("relation_weights.json")
        .read_text("utf-8")
    )
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def read_scene(scene: Scene) -> list[Reading]:
    """Every reading with its score, in no particular order."""
    weights = _weights()
    return [
        Reading(source, target, trigger, _logistic(sum(weights.get(f, 0.0) for f in features)))
        for source, target, trigger, features in candidates(scene)
    ]


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value)) if value > -30 else 0.0


def candidates(scene: Scene) -> Iterator[tuple[int, int, int, list[str]]]:
    """Source, target, trigger (-1: none) and features of each reading."""
    actors = scene.actors
    for index, trigger in enumerate(scene.triggers):
        chosen = _around(actors, trigger)
        common = _trigger_features(scene, index, trigger)
        sides = {i: _side_features(scene, i, trigger) for i in chosen}
        for source in chosen:
            for target in chosen:
                if source == target and (len(actors[source].codes) < 2 or "r" not in trigger.flags):
                    continue
                pair = _pair_features(scene, source, target, trigger)
                features = common + pair
                features += ["s" + name for name in sides[source]]
                features += ["o" + name for name in sides[target]]
                yield source, target, index, features
    yield from _bare_candidates(scene)


def _bare_candidates(scene: Scene) -> Iterator[tuple[int, int, int, list[str]]]:
    """Readings without a trigger: neighbours in the sentence."""
    actors = scene.actors
    few = "few" if len(scene.triggers) == 0 else "some"
    for i in range(len(actors)):
        for j in range(i + 1, min(i + 3, len(actors))):
            a, b = actors[i], actors[j]
            gap = _bucket(b.start - a.end)
            broken = _breaks(scene, a.end, b.start)
            shared = [
                "bare",
                f"bare{few}",
                f"bare,gap{gap}",
                f"bare,near{j - i}",
                f"bare,brk{broken}",
            ]
            shared += [f"bare,b:{b.preposition}", f"bare,v{a.is_voice}{b.is_voice}"]
            yield i, j, -1, [*shared, "bare>", f"bare>b:{b.preposition}", f"bare>a:{a.preposition}"]
            yield j, i, -1, [*shared, "bare<", f"bare<b:{b.preposition}", f"bare<a:{a.preposition}"]


def _around(actors: Sequence[Actor], trigger: Trigger) -> list[int]:
    """The actors nearest to the trigger on both sides, and the first of the sentence."""
    left = [i for i, actor in enumerate(actors) if actor.end <= trigger.start + 1]
    right = [i for i, actor in enumerate(actors) if actor.start >= trigger.end - 1]
    chosen = left[-_SIDES:] + right[:_SIDES]
    return chosen if not left or left[0] in chosen else [left[0], *chosen]


def _trigger_features(scene: Scene, index: int, trigger: Trigger) -> list[str]:
    root = trigger.code[:2]
    return [
        "bias",
        f"t{min(index, 3)}",
        f"k{trigger.kind}",
        f"r{root}",
        f"k{trigger.kind}r{root}",
        f"g{trigger.governed}",
        f"n{min(len(scene.actors), 5)}",
        f"m{trigger.mode}",
    ]


def _side_features(scene: Scene, index: int, trigger: Trigger) -> list[str]:
    """How one actor stands to the trigger; prefixed with s or o by its part in the reading."""
    actor = scene.actors[index]
    before = actor.end <= trigger.start + 1
    gap = trigger.start - actor.end if before else actor.start - trigger.end
    side = "L" if before else "R"
    low, high = (actor.end, trigger.start) if before else (trigger.end, actor.start)
    broken = _breaks(scene, low, high)
    between = sum(1 for other in scene.actors if other.start >= low and other.end <= high)
    kind, place, root = trigger.kind, actor.preposition, trigger.code[:2]
    return [
        f"{side}{kind}",
        f"{side}{kind}p:{place}",
        f"{side}p:{place}",
        f"{side}{root}p:{place}",
        f"{side}{root}",
        f"{side}d{_bucket(gap)}",
        f"{side}{'N' if kind == NOUN else 'V'}d{_bucket(gap)}",
        f"{side}b{broken}",
        f"{side}w{min(between, 2)}",
        f"{side}{kind}w{min(between, 2)}",
        f"v{actor.is_voice}",
        f"{side}{kind}'{actor.is_possessive}{gap < 4}",
        f"1{index == 0}",
        f"{side}role{actor.role}",
        f"{side}name{actor.is_name}",
    ]


def _pair_features(scene: Scene, source: int, target: int, trigger: Trigger) -> list[str]:
    kind, root = trigger.kind, trigger.code[:2]
    shape = _shape(scene, source, target, trigger)
    to = scene.actors[target].preposition
    reciprocal = "r" if "r" in trigger.flags else ""
    verb_final = "F" if scene.language in _VERB_FINAL else ""
    return [
        f"{shape}",
        f"{kind}{shape}",
        f"{root}{shape}",
        f"{kind}{shape}{reciprocal}",
        f"{shape}{verb_final}",
        f"{shape}p:{to}",
        f"{kind}{shape}s:{scene.actors[source].preposition}",
        f"{shape}{trigger.governed}",
    ]


def _shape(scene: Scene, source: int, target: int, trigger: Trigger) -> str:
    """The order of source (S), target (O) and trigger (t); "=" for a list that acts on itself."""
    s, o = scene.actors[source], scene.actors[target]
    if source == target:
        return "=t" if s.end <= trigger.start + 1 else "t="
    parts = sorted(((s.start, "S"), (o.start, "O"), (trigger.start, "t")))
    return "".join(letter for _, letter in parts)


def _breaks(scene: Scene, low: int, high: int) -> int:
    return min(2, sum(1 for place in scene.breaks if low <= place < high))


def _bucket(gap: int) -> int:
    """Distance in characters on a rough logarithmic scale, 0..5."""
    for bucket, limit in enumerate((2, 10, 22, 45, 90)):
        if gap <= limit:
            return bucket
    return 5
