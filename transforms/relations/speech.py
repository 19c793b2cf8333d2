"""A lower-case sentence and its actors come in; who speaks in it, and which part is what they say, goes out.

"Manila says Chinese ships rammed its boat" tells what China did: who only says so does not act in
it, but may be whom it befell. What the speaker says of himself ("said it would", "said its
troops") has him as its subject all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from transforms.relations.actors import Actor
from transforms.relations.cues import SOURCE, SPEECH, matches

OWN: Final = "own"  # said of the speaker: a pronoun opens it
OTHER: Final = "other"  # said of another actor, who stands before what is told
BARE: Final = "bare"  # said of nobody that is named

_FAR: Final = 80  # characters between a speaker and his verb
_LONG: Final = 400  # characters of speech that are still taken to be his
_MOST: Final = 16  # verbs of saying in a sentence; one with more is none
_VERB: Final = re.compile(
    r"\b(?:sa(?:id|ys?)|claim(?:s|ed)?|alleg(?:es?|ed)|report(?:s|ed)?|announce[sd]?|insist(?:s|ed)?"
    r"|believe[sd]?|suspect(?:s|ed)?|think|thinks|thought|confirm(?:s|ed)?|note[sd]|add(?:s|ed)|declare[sd]?"
    r"|state[sd]|tells?|told|warn(?:s|ed)?(?= that\b|[.\"”'’]*$)|quoted as saying"
    r"|maintain(?:s|ed)?(?= that\b)|complain(?:s|ed)?(?= that\b|[.\"”'’]*$)"
    r"|conclude[sd]?(?= that\b)|assert(?:s|ed)?|fears?(?= that\b))\b"
)
_QUOTED: Final = re.compile(r"[,?!.](?:[\"”’]|'')\s")
_ENDING: Final = re.compile(
    r"(?: (?:on|in|from|at|late|early|today|yesterday|here|earlier|\w+day)\b[^,;:]{0,40})?[.\"”'’]*$"
)
_TOLD: Final = re.compile(r"\b(?:told|tells|tell)\b[^\"“;]{1,60}[,:] ?[\"“]")
_CLOSING: Final = re.compile('["”]')
_LAST_WORD: Final = re.compile(r"(?:warn|complain)(?:s|ed)[.\"”'’]*$")
_SOURCE: Final = re.compile(r"\baccording to\b")
_CLOSED: Final = re.compile(r"[;:]|\b(?:and|but|which|who|that|after|before|while|when|as)\b")
_ADDRESSED: Final = re.compile(r"[^;:]{0,60}?(?:\bthat\b|:|, )")
_INVERTED: Final = re.compile(r"(?:, |[\"”'’] ?)$")
_PRONOUN: Final = re.compile(
    r"\b(?:it|its|they|their|he|his|she|her|we|our|us|i|my|both)\b(?!['’]s the)"
)
# An actor behind these is the subject of nothing: "in talks with Oman it agreed".
_OBLIQUE: Final = frozenset(
    word + mark
    for word in "with against to in on over for from aside".split()
    for mark in ("", "~")
)


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Speech:
    """One speaker, and the offsets of what he says."""

    speaker: int  # index of an actor
    start: int
    end: int


def is_report(lowered: str, offset: int) -> bool:
    """Whether the verb at an offset only tells who spoke: "..., Brazil warned"."""
    if not lowered.startswith(("warn", "complain"), offset):
        return False
    comma = lowered.rfind(", ", max(0, offset - _FAR), offset)
    return comma >= 0 and _LAST_WORD.match(lowered, offset) is not None


def in_quoted_answer(lowered: str, actors: Sequence[Actor], offset: int) -> bool:
    """Whether an offset stands in what one told another, in quotation marks and without countries.

    'Putin told Xi: "we share the same views on the pressure"' is talk, and no pressure.
    """
    opening = _TOLD.search(lowered, max(0, offset - _LONG), offset)
    if opening is None:
        return False
    end = _CLOSING.search(lowered, opening.end(), opening.end() + _LONG)
    last = end.start() if end else opening.end() + _LONG
    return offset < last and not any(opening.end() <= a.start < last for a in actors)


def find_speeches(lowered: str, actors: Sequence[Actor]) -> list[Speech]:
    """What each speaking actor says, in the order of the verbs of saying."""
    found = [
        speech
        for verb in islice(matches(_VERB, SPEECH, lowered), _MOST)
        if not any(a.start < verb.start() < a.end for a in actors)  # "the United States"
        and (speech := _spoken(lowered, actors, verb.start(), verb.end())) is not None
    ]
    return found + [
        speech
        for phrase in islice(matches(_SOURCE, SOURCE, lowered), _MOST)
        if (speech := _attributed(lowered, actors, phrase)) is not None
    ]


def _spoken(lowered: str, actors: Sequence[Actor], start: int, end: int) -> Speech | None:
    speaker = _subject_of(lowered, actors, start)
    if speaker < 0:
        return _inverted(lowered, actors, start, end)
    quote = _QUOTED.search(lowered, max(0, actors[speaker].start - _FAR), start)
    if quote:
        return Speech(speaker, 0, quote.start())
    if lowered[start:end] in ("told", "tell", "tells"):
        addressed = _ADDRESSED.match(lowered, end)
        return Speech(speaker, addressed.end(), len(lowered)) if addressed else None
    comma = lowered.rfind(",", max(0, start - _FAR), actors[speaker].start)
    is_last = comma >= 0 and _ENDING.match(lowered, end) is not None
    return Speech(speaker, 0, comma) if is_last else Speech(speaker, end, len(lowered))


def _subject_of(lowered: str, actors: Sequence[Actor], verb: int) -> int:
    """Index of the actor that is the subject of the verb at an offset, else -1."""
    for index in range(len(actors) - 1, -1, -1):
        end = actors[index].end
        if end <= verb:
            gap = lowered[end:verb]
            is_near = len(gap) <= _FAR and gap.count(",") in (0, 2)
            return index if is_near and not _CLOSED.search(gap) else -1
    return -1


def _inverted(lowered: str, actors: Sequence[Actor], start: int, end: int) -> Speech | None:
    """The speech before its verb: "..., said the French minister"."""
    if not _INVERTED.search(lowered, max(0, start - 3), start):
        return None
    for index, actor in enumerate(actors):
        if end <= actor.start <= end + 30:
            return Speech(index, 0, start)
    return None


def _attributed(lowered: str, actors: Sequence[Actor], phrase: re.Match[str]) -> Speech | None:
    """The speech around "according to"."""
    for index, actor in enumerate(actors):
        if phrase.end() <= actor.start <= phrase.end() + 40:
            if phrase.start() > 0:
                return Speech(index, 0, phrase.start())
            comma = lowered.find(",", actor.end, actor.end + _FAR)
            return Speech(index, comma, len(lowered)) if comma >= 0 else None
    return None


def said_by(
    speeches: Sequence[Speech], lowered: str, actors: Sequence[Actor], index: int, offset: int
) -> str:
    """OWN, OTHER or BARE where the actor says what stands at the offset, else ""."""
    for speech in speeches:
        end = min(speech.end, speech.start + _LONG)
        if speech.speaker == index and speech.start <= offset < end:
            return _told_of(speech, lowered, actors, offset)
    return ""


def _told_of(speech: Speech, lowered: str, actors: Sequence[Actor], offset: int) -> str:
    for actor in _within(actors, speech.start, offset):
        if actor.codes == actors[speech.speaker].codes:
            return OWN
        if actor.preposition not in _OBLIQUE or actor.is_possessive:
            return OTHER
    return OWN if _PRONOUN.search(lowered, speech.start, offset) else BARE


def _within(actors: Sequence[Actor], start: int, end: int) -> Iterator[Actor]:
    return (actor for actor in actors if actor.start >= start and actor.end <= end + 1)
