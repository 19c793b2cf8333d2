"""Headline, body and the countries in them come in; coded statements, who did what to whom, go out.

Only sentences that name two countries or more are read, each by itself: "the two countries" of the
next sentence or a "he" who is a president are not followed back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from schemas.events import (
    HAPPENED,
    PAST,
    UNSPECIFIED,
    cameo_root_of,
    event_type_of,
    goldstein_of,
    quad_class_of,
)
from schemas.records import Country, CountryMention, Relation
from transforms.relations.actors import Actor, find_actors
from transforms.relations.contests import is_match, without_contests
from transforms.relations.cues import ANSWER, REPORT, cues_in
from transforms.relations.cues import PAST as PAST_WORDS
from transforms.relations.frames import settle
from transforms.relations.readings import read_scene
from transforms.relations.scene import Scene
from transforms.relations.speech import in_quoted_answer, is_report
from transforms.relations.trigger_table import trigger_languages
from transforms.relations.triggers import ACTIVE, NOUN, Trigger, find_triggers
from transforms.relations.word_order.grammar import grammar_languages
from transforms.relations.word_order.reading import read_by_word_order
from transforms.split_sentences import split_sentences

MOST_ACTORS: Final = 24  # a sentence with more is a table or a list of members
_PAST: Final = re.compile(
    r"\bin (?:1[5-9]\d\d|20[01]\d)\b|\b(?:decades|centuries|years) ago\b|\bworld war\b|\bcold war\b"
    r"|\blast century\b|\bduring the (?:war|occupation)\b"
)
_SUBJECT: Final = re.compile(
    r"\b(?:i|we|you|he|she|it|they|who|to|not|will|would|must|should|can|could|may|have|has|had|are|is|was)\s$"
)
_START: Final = attrgetter("start")
_IGNORED: Final = frozenset({"dateline", "byline"})


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Sentence:
    """A sentence with its mentions; offsets into its field."""

    field: str
    start: int
    end: int
    mentions: Sequence[CountryMention]


def tag_relations(
    headline: str, body: str, countries: Sequence[Country], *, language: str = ""
) -> list[Relation]:
    """The relations of an article in the order of the text, headline first.

    Offsets are into the field that `field` names. A reading without a trigger is UNSPECIFIED, with
    quad class 0 and Goldstein 0.0. `score` is the chance that the sentence is
    about what this source does to this target.
    """
    relations: list[Relation] = []
    if len(countries) < 2:
        return relations
    for name, text in (("headline", headline), ("body", body)):
        for sentence in sentences_with_mentions(name, text, countries, language):
            if len(sentence.mentions) > 1:
                relations += _read_sentence(text, sentence, language)
    return relations


def sentences_with_mentions(
    field: str, text: str, countries: Sequence[Country], language: str
) -> list[Sentence]:
    """The sentences of a field that hold a mention which may act, with those mentions in order."""
    mentions = sorted(
        [
            mention
            for country in countries
            for mention in country.mentions
            if mention.field == field and mention.role not in _IGNORED
        ],
        key=_START,  # names do not overlap
    )
    starts = [*map(_START, mentions), len(text)]  # the last stops the walk
    found, low = [], 0
    for start, end in split_sentences(text, language) if mentions else ():
        high = low
        while starts[high] < end:
            high += 1
        if low < high:
            found.append(Sentence(field, start, end, mentions[low:high]))
            low = high
    return found


def _read_sentence(text: str, sentence: Sentence, language: str) -> list[Relation]:
    if len({mention.code for mention in sentence.mentions}) == 1:
        return []
    piece = text[sentence.start : sentence.end]
    spoken = language_of(piece, language)
    if spoken in grammar_languages():
        return _read_by_word_order(text, sentence, spoken)
    scene = build_scene(piece, sentence, spoken)
    is_past = PAST_WORDS in cues_in(scene.lowered) and _PAST.search(scene.lowered) is not None
    statements: dict[tuple[str, str, int], Relation] = {}
    for reading, chance in read_scene(scene):
        trigger = scene.triggers[reading.trigger] if reading.trigger >= 0 else None
        for member, pair in zip(reading.members, reading.pairs, strict=True):
            key = (*pair, reading.quad_class)
            if key not in statements:
                statements[key] = _relation(
                    text, sentence, scene.actors, trigger, member, is_past, chance
                )
    return list(statements.values())


def _read_by_word_order(text: str, sentence: Sentence, language: str) -> list[Relation]:
    """The relations of a sentence in a language that has a grammar of its own."""
    piece = text[sentence.start : sentence.end]
    actors, statements = read_by_word_order(
        piece, lower(piece), sentence.start, sentence.mentions, language
    )
    return [
        _relation(text, sentence, actors, said.trigger, said.member, said.is_past, said.score)
        for said in statements
    ]


def build_scene(text: str, sentence: Sentence, spoken: str) -> Scene:
    """Actors and settled triggers of one sentence; `text` is the sentence alone, in the language `spoken`."""
    lowered = lower(text)
    demonyms = frozenset(m.end - sentence.start for m in sentence.mentions if m.kind == "demonym")
    found = find_triggers(lowered, spoken, demonyms)
    verbs = [trigger.start for trigger in found if trigger.kind != NOUN]
    deeds = [trigger.start for trigger in found if trigger.kind == ACTIVE and trigger.code != "-"]
    actors = find_actors(lowered, sentence.start, sentence.mentions, verbs, spoken, deeds)
    del actors[MOST_ACTORS:]
    outside = _told(found, lowered, actors)
    triggers = settle(without_contests(outside, lowered), lowered)
    if not triggers and is_match(lowered):
        actors = []  # who plays against whom is no relation
    return Scene(lowered, actors, triggers, spoken)


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets hold ("İ" would become two).

    Half a character becomes a question mark: no automaton takes it.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    try:
        lowered.encode()
    except UnicodeEncodeError:
        return lowered.encode("utf-8", "replace").decode()
    return lowered


def language_of(text: str, language: str) -> str:
    """The trigger language for a sentence: by its script, else as stated; English if unstated.

    A language without triggers is doubted where English function words stand: short texts are
    easily taken for another language, and a page may hold two.
    """
    script = _script_of(text)
    stated = language.partition("-")[0].lower()
    known = trigger_languages()
    if script:
        return stated if stated in _OF_SCRIPT.get(script, ()) and stated in known else script
    is_known = stated in known or stated in grammar_languages() or not _ENGLISH.search(text)
    return stated if stated and is_known else "en"


_ENGLISH: Final = re.compile(r"\b(?:the|of|to|with|from|by|has|said|over|its)\b", re.IGNORECASE)


_OF_SCRIPT: Final = {"ru": ("ru", "uk"), "ar": ("ar", "fa"), "zh": ("zh", "ja")}
_SCRIPTS: Final = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0400-\u04ff]{3}"), "ru"),
    (re.compile("[\u0600-\u06ff]{3}"), "ar"),
)


def _script_of(text: str) -> str:
    if text.isascii():
        return ""
    known = trigger_languages()
    return next((name for shape, name in _SCRIPTS if name in known and shape.search(text)), "")


def _told(triggers: Sequence[Trigger], lowered: str, actors: Sequence[Actor]) -> Sequence[Trigger]:
    """The triggers that tell of an event: no name does, no last "warned", no noun in a quoted answer."""
    told = []
    for trigger in triggers:
        for actor in actors:
            if actor.start <= trigger.start and trigger.end <= actor.end:
                break
        else:
            told.append(trigger)
    cues = cues_in(lowered)
    if REPORT in cues:
        told = [trigger for trigger in told if not is_report(lowered, trigger.start)]
    if ANSWER in cues:
        told = [trigger for trigger in told if not _is_in_answer(trigger, lowered, actors)]
    return told


def _is_in_answer(trigger: Trigger, lowered: str, actors: Sequence[Actor]) -> bool:
    """Whether a trigger stands in a quoted answer, where only a verb with its subject tells anything."""
    start = trigger.start
    if not in_quoted_answer(lowered, actors, start):
        return False
    return trigger.kind == NOUN or _SUBJECT.search(lowered[max(0, start - 12) : start]) is None


def _relation(
    text: str,
    sentence: Sentence,
    actors: Sequence[Actor],
    trigger: Trigger | None,
    member: tuple[int, int, int, int],
    is_past: bool,
    chance: float,
) -> Relation:
    code = trigger.code if trigger else ""
    mode = trigger.mode if trigger else HAPPENED
    source, target = actors[member[0]], actors[member[2]]
    base = sentence.start
    return Relation(
        source=source.codes[member[1]],
        target=target.codes[member[3]],
        event_type=event_type_of(code) if trigger else UNSPECIFIED,
        cameo_root=cameo_root_of(code),
        quad_class=quad_class_of(code),
        goldstein=goldstein_of(code),
        mode=PAST if is_past and mode == HAPPENED else mode,
        score=round(chance, 4),
        field=sentence.field,
        start=base,
        end=sentence.end,
        text=text[base : sentence.end],
        source_start=base + source.spans[member[1]][0],
        source_end=base + source.spans[member[1]][1],
        target_start=base + target.spans[member[3]][0],
        target_end=base + target.spans[member[3]][1],
        trigger_start=base + trigger.start if trigger else -1,
        trigger_end=base + trigger.end if trigger else -1,
    )
