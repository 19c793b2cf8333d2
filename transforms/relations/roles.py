"""An actor, a trigger and their sentence come in; what can be seen of the part the one plays in the other goes out.

What is seen are *views*: tuples of a few small values, each of which stands for several features
(`feature_names.py` has their names). A view takes far fewer values than there are sentences,
so that the weights behind it are added up once and looked up from then on. Those of the trigger
tell how likely it is the event the sentence is about; those of a side how an actor
stands to it; those of the pair what source and target are to each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from schemas.events import quad_class_of
from transforms.relations.scene import Scene
from transforms.relations.triggers import NOUN, Trigger

View = tuple[str | int | bool, ...]

_VERB_FINAL: Final = frozenset({"ja", "ko", "tr", "hi", "fa", "de"})
_TO: Final = re.compile(r"\bto (?:\w+ )?$")
_ARTICLES: Final = ("a", "an", "the", "its", "their", "his", "her", "this", "any", "new", "planned")
_ARTICLE: Final = re.compile(rf"\b(?:{'|'.join(_ARTICLES)})\s$")
_OF: Final = re.compile(
    r"\b(of|for|in|on|against|over|from|by|with|after|amid|about)\s(?:\w+\s){0,2}$"
)
_DISTANCES: Final = (2, 10, 22, 45, 90)  # characters, a rough logarithmic scale
# Order of source (S), target (O) and trigger (t), by: source before target, and each before the trigger.
_SHAPES: Final = {
    (True, True, True): "SOt",
    (True, True, False): "StO",
    (True, False, False): "tSO",
    (False, True, True): "OSt",
    (False, False, True): "OtS",
    (False, False, False): "tOS",
}


def trigger_views(scene: Scene, index: int) -> tuple[View, View, View]:
    """How likely this trigger is what the sentence is about: its event, its place, the words before it."""
    trigger = scene.triggers[index]
    kind, start = trigger.kind, trigger.start
    before = scene.lowered[start - 24 if start > 24 else 0 : start]
    is_to = "to " in before and _TO.search(before) is not None
    is_one = before[:-1].endswith(_ARTICLES) and _ARTICLE.search(before) is not None
    found = _OF.search(before) if kind == NOUN else None
    clause = scene.kinds[scene.clauses_of_triggers[index]]
    is_main = index in scene.main_triggers
    said = 0 <= scene.content <= start
    actors, triggers = len(scene.actors), len(scene.triggers)
    return (
        (kind, clause, is_main, trigger.code, "r" in trigger.flags),
        (
            index if index < 3 else 3,
            actors if actors < 5 else 5,
            triggers if triggers < 5 else 5,
            scene.is_headline,
            said,
        ),
        (kind, trigger.governed, trigger.mode, is_to, found[1] if found else "", is_one),
    )


def side_views(
    scene: Scene, index: int, trigger_index: int, said: str
) -> tuple[View, View, View, View, View]:
    """How one actor stands to the trigger, whichever part it plays; `said`: how it speaks of it."""
    actor, trigger = scene.actors[index], scene.triggers[trigger_index]
    is_before = actor.end <= trigger.start + 1
    side = "L" if is_before else "R"
    low, high = (actor.end, trigger.start) if is_before else (trigger.end, actor.start)
    between = 0
    for other in scene.actors:
        between += other.start >= low and other.end <= high
    own, its = scene.clauses_of_actors[index], scene.clauses_of_triggers[trigger_index]
    within, outer = scene.kinds[own], scene.kinds[its]
    kind, place, code = trigger.kind, actor.preposition, trigger.code
    gap, first = high - low, index == 0 or actor.opens
    opened = own - its if own > its else its - own
    is_subject, is_main = index in scene.subjects, trigger_index in scene.main_triggers
    owns, role, is_name = actor.is_possessive, actor.role, actor.is_name
    return (
        (
            side,
            kind,
            place,
            bisect_left(_DISTANCES, gap),
            opened if opened < 2 else 2,
            between if between < 2 else 2,
            first,
        ),
        (side, kind, within, outer, actor.is_voice, said, is_subject, is_main),
        (side, kind, owns, gap < 4, gap < 3, role, is_name, place),
        (side, kind, actor.head),
        (side, kind, code[:2], quad_class_of(code), place),
    )


def pair_views(scene: Scene, source: int, target: int, trigger: Trigger) -> tuple[View, View, View]:
    """What source, target and trigger are to each other."""
    one, other, subjects = scene.actors[source], scene.actors[target], scene.subjects
    kind, code, at, to = trigger.kind, trigger.code, trigger.start, other.preposition
    if source == target:  # a list that acts on itself
        shape = "=t" if one.end <= at + 1 else "t="
    else:
        shape = _SHAPES[one.start < other.start, one.start <= at, other.start <= at]
    skipped = source - target if source > target else target - source
    return (
        (kind, shape, "r" in trigger.flags, scene.language in _VERB_FINAL, one.preposition, to),
        (
            shape, trigger.governed, source in subjects, target in subjects,
            skipped if skipped < 3 else 3, quad_class_of(code), one.is_possessive,
            other.is_possessive,
        ),
        (shape, code[:2], to),
    )  # fmt: skip


def bare_views(scene: Scene, source: int, target: int) -> tuple[View, View]:
    """What two actors are to each other where no trigger speaks for them."""
    first, last = (source, target) if source < target else (target, source)
    a, b = scene.actors[first], scene.actors[last]
    opened = abs(scene.clauses_of_actors[last] - scene.clauses_of_actors[first])
    lonely, gap, is_short = not scene.triggers, near(b.start - a.end), scene.is_headline
    a_place, b_place, opened = a.preposition, b.preposition, opened if opened < 2 else 2
    return (
        (lonely, gap, last - first, opened, b_place, a.is_voice, b.is_voice, is_short),
        (source == first, b_place, a_place, first in scene.subjects, first in scene.speakers),
    )


def near(gap: int) -> int:
    """Distance in characters on a rough logarithmic scale, 0..5."""
    return bisect_left(_DISTANCES, gap)
