"""The triggers of a sentence come in; the events that they tell together go out.

What a governor and its complement say together follows the arrangement of CAMEO's codes as in
`relations.frames`: "menace d'imposer des sanctions" is one threat, "a levé les droits de douane" a
step back. A light verb ("mener", "verhängen") hands its subject on to the noun it governs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from schemas.events import DENIED, HAPPENED, PLANNED, THREATENED
from transforms.relations.frames import (
    AGREED,
    COOPERATION,
    CUT,
    DEMANDED,
    EASED,
    REFUSED,
    THREATENED_WITH,
)
from transforms.relations.word_order.forms import is_passive
from transforms.relations.word_order.grammar import ROMANCE, Grammar
from transforms.relations.word_order.standing import Scenery

REACH: Final = 80  # characters between a governor and its complement
LIGHT: Final = 60  # characters between a light verb and its noun
BACK: Final = 90  # characters from a light verb back to the noun before it
WINDOW: Final = 4  # words before a trigger that may negate it or set it in the future
FUTURE: Final = {
    "fr": re.compile(r"\w{2,}(?:ra|ront)$"),
    "es": re.compile(r"\w{2,}(?:rá|rán|ría|rían)$"),
    "pt": re.compile(r"\w{2,}(?:rá|rão|ria|riam)$"),
    "it": re.compile(r"\w{2,}(?:rà|ranno|rebbe|rebbero)$"),
    "ru": re.compile(
        r"(?:подпиш|посет|встрет|направ|постав|отправ|предостав|выдел|обсуд)(?:ит|ят|ет|ут)(?:ся)?$"
        r"|(?:введ|прибуд|провед|вышл|при[мй]|начн|верн|пошл)(?:[её]т|ут|ют)$"
    ),
    "ar": re.compile(r"[وف]?س[يتن]\w+$"),
}
_QUOTES: Final = frozenset('"”»“')
_NOT_FAR: Final = ROMANCE  # auxiliaries stand between "ne" and the verb
_AFTER_TOO: Final = frozenset({"de"})  # negation and auxiliaries may stand apart from the verb


class Event:
    """What one or several triggers tell; `hit` is the one whose subject acts."""

    __slots__ = (
        "clause", "code", "flags", "hit", "inner", "is_passive", "is_undergone", "is_verb", "main",
        "members", "mode", "negated", "roots",
    )  # fmt: skip

    def __init__(self, index: int, scenery: Scenery) -> None:
        hit = scenery.hits[index]
        self.hit = self.main = index  # main: the trigger that the reader is shown
        self.members = {index}
        self.code = hit.code
        self.roots = {hit.code[:2]}  # of all that it tells: which prepositions it may take
        self.flags = hit.flags
        self.clause = hit.clause
        self.is_verb = hit.kind != "n"
        self.is_passive = self.is_verb and is_passive(index, scenery)
        self.is_undergone = False
        self.negated, self.mode = _negation_and_mode(index, scenery, self)
        self.inner: Event | None = None


def token_of(index: int, scenery: Scenery) -> int:
    """The first token of a trigger."""
    start = scenery.hits[index].start
    return next(i for i, token in enumerate(scenery.tokens) if token.end > start)


def _negation_and_mode(index: int, scenery: Scenery, event: Event) -> tuple[bool, str]:
    first = token_of(index, scenery)
    grammar, tokens, numbers = scenery.grammar, scenery.tokens, scenery.clauses.numbers
    window = WINDOW if grammar.joint else 2 * WINDOW
    start = max(0, first - window)
    before = [
        token.text
        for i, token in enumerate(tokens[start:first], start)
        if numbers[i] == event.clause and i not in scenery.hit_at
    ]
    clause = [token.text for i, token in enumerate(tokens) if numbers[i] == event.clause]
    stands_apart = grammar.language in _AFTER_TOO
    near = before if grammar.language in _NOT_FAR else before[-2:]
    negated = _any_phrase(clause if stands_apart and event.is_verb else near, "not", grammar)
    word = tokens[first].text
    future = FUTURE.get(grammar.language)
    if first and grammar.has(tokens[first - 1].text, "purpose"):
        return negated, PLANNED
    is_future = event.is_verb and future is not None and future.match(word) is not None
    is_planned = not event.is_passive and _any_phrase(
        clause if stands_apart or not event.is_verb else before, "planned", grammar
    )
    return negated, PLANNED if is_future or is_planned else HAPPENED


def _any_phrase(words: Sequence[str], group: str, grammar: Grammar) -> bool:
    """Whether a word or phrase of the class stands among the words."""
    phrases = grammar.groups.get(group, frozenset())
    if any(word in phrases for word in words):
        return True
    text = grammar.joint.join(words)
    return any(phrase in text for phrase in phrases if " " in phrase or not grammar.joint)


def events_of(scenery: Scenery) -> list[Event]:
    """The events of a sentence in order, without those in a clause that states nothing."""
    kept: list[Event] = []
    light: list[Event] = []
    for index in reversed(range(len(scenery.hits))):
        if scenery.hits[index].clause in scenery.clauses.doubtful:
            continue
        if _is_quoting(index, scenery):
            continue
        event = Event(index, scenery)
        complement = kept[-1] if kept and _governs(event, kept[-1], scenery) else None
        if complement is None and set("LCSU") & set(event.flags):
            light.append(event)
        else:
            _join(event, complement, kept)
    kept.reverse()
    _fold(kept)
    for event in light:
        _join_before(event, kept, scenery)
    return [event for event in kept if event.code != "-" and not _did_not_meet(event)]


def _fold(kept: list[Event]) -> None:
    """A verb and the noun beside it that tell the same are one event: "прибыл с визитом"."""
    for one, other in list(pairwise(kept)):
        same = one.code[:2] == other.code[:2] and one.clause == other.clause
        if same and one.is_verb != other.is_verb and "r" not in one.flags + other.flags:
            verb, noun = (one, other) if one.is_verb else (other, one)
            if noun in kept and verb.inner is None:
                verb.members |= noun.members
                kept.remove(noun)


def _is_quoting(index: int, scenery: Scenery) -> bool:
    """Whether the verb only says who spoke: '"...", a déploré Antonio Guterres'."""
    first = token_of(index, scenery)
    words = [token.text for token in scenery.tokens[max(0, first - 4) : first]]
    while words and scenery.grammar.has(words[-1], "auxiliary"):
        words.pop()
    return any(word in _QUOTES for word in words[-2:]) and bool(words) and words[-1] in ',"”»“'


def _did_not_meet(event: Event) -> bool:
    """A meeting that did not take place was not refused by that."""
    return event.negated and "r" in event.flags and "04" in event.roots


def _governs(event: Event, other: Event, scenery: Scenery) -> bool:
    """Whether the event takes the next one as its complement."""
    flags = set(event.flags) - {"r", "o", "i", "U"}
    if not flags:
        return False
    gap = scenery.hits[other.hit].start - scenery.hits[event.hit].end
    if gap > REACH:
        return False
    if other.clause == event.clause and flags == {"S"}:
        return gap <= (8 if other.is_verb else LIGHT) and not _has_purpose(event, other, scenery)
    if other.clause == event.clause:
        return True
    return bool(flags & set("gDTN")) and other.clause == event.clause + 1


def _has_purpose(event: Event, other: Event, scenery: Scenery) -> bool:
    """Whether "in order to" or the like parts a light verb from a noun."""
    start, end = scenery.hits[event.hit].end, scenery.hits[other.hit].start
    return any(
        scenery.grammar.classes.get(token.text) in ("for", "aside")
        for token in scenery.tokens
        if start <= token.start < end
    )


def _join_before(event: Event, kept: list[Event], scenery: Scenery) -> None:
    """A light verb at the end of its clause takes the noun before it."""
    start = scenery.hits[event.hit].start
    nouns = [
        other
        for other in kept
        if not other.is_verb
        and other.clause == event.clause
        and 0 <= start - scenery.hits[other.hit].end <= BACK
    ]
    if nouns:
        place = kept.index(nouns[-1])
        after = kept[place + 1 :]
        del kept[place + 1 :]
        _join(event, kept[-1], kept)
        kept += after


def _join(event: Event, complement: Event | None, kept: list[Event]) -> None:  # noqa: PLR0911, PLR0912
    """Work an event and its complement, the last of `kept`, into what they tell together."""
    flags = event.flags
    inner = complement.code[:2] if complement else ""
    if "P" in flags:
        return
    if "S" in flags or "U" in flags:
        if complement is not None:
            _lend(event, complement)
        return
    if "L" in flags or "C" in flags:
        code = EASED.get(inner, "") if "L" in flags else ""
        code = code or (CUT.get(inner, "") if inner not in EASED else EASED[inner])
        if complement is not None and code and ("C" in flags or inner in EASED):
            kept.pop()
            _absorb(event, complement, code, kept)
        return
    if "W" in flags and complement is not None and inner not in COOPERATION:
        complement.mode = PLANNED
        _lend(event, complement)
        return
    if "F" in flags:
        if complement is not None and inner in ("03", "04", "05", "06"):
            _absorb(event, kept.pop(), "125", kept)
        return
    code = _together(event, inner)
    if event.negated and set("TDRNW") & set(flags):
        return
    if "T" in flags:
        event.mode = THREATENED
    if complement is not None and set("TDRNW") & set(flags):
        _absorb(event, kept.pop(), code, kept)
        return
    event.code = code
    if complement is not None and "g" in flags:
        if complement.is_verb:
            kept.pop()
        else:
            event.inner = complement
    _negate(event)
    kept.append(event)


def _together(event: Event, inner: str) -> str:
    """The code of a governor with a complement of that root."""
    tables = {"W": AGREED, "T": THREATENED_WITH, "D": DEMANDED, "R": REFUSED}
    for flag, table in tables.items():
        if flag in event.flags:
            return table.get(inner, event.code)
    return event.code


def _lend(event: Event, complement: Event) -> None:
    """A light verb gives its complement subject, voice, negation and mode."""
    complement.members |= event.members
    complement.hit = event.hit
    complement.is_verb = True
    complement.is_passive = event.is_passive
    complement.is_undergone = "U" in event.flags
    if event.mode != HAPPENED:
        complement.mode = event.mode
    if event.negated:
        complement.negated = True
        _negate(complement)


def _absorb(event: Event, complement: Event, code: str, kept: list[Event]) -> None:
    """The governor speaks for both."""
    event.code = code
    event.members |= complement.members
    event.roots |= complement.roots
    if "r" in complement.flags and "W" in event.flags:
        event.flags += "r" if "r" not in event.flags else ""
    kept.append(event)


def _negate(event: Event) -> None:
    """What is not done: cooperation refused is a refusal, conflict is only denied."""
    if not event.negated:
        return
    if event.code[:2] in COOPERATION:
        event.code = REFUSED.get(event.code[:2], "120")
    else:
        event.mode = DENIED
