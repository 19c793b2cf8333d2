"""Files of coded sentences come in; for each sentence its readings, as features and answer, go out.

A file has a JSON object a line: `text`, `directed` (source, target and a PLOVER word or a CAMEO
code, which may be missing) and, in our own file, `half` and `language`. Only English is read: other
languages have grammars of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from schemas.countries import is_country, successor
from schemas.events import quad_class_of
from schemas.records import Country
from transforms import tag_relations as relations
from transforms.detect_language import detect_language
from transforms.relations.readings import Reading, candidates
from transforms.relations.totals import Totals

CLASS_OF_WORD: Final = {
    word: quad
    for quad, words in enumerate(
        (
            "AGREE CONSULT SUPPORT",
            "COOPERATE AID CONCEDE YIELD RETREAT",
            "REQUEST DEMAND ACCUSE DISAPPROVE REJECT THREATEN INVESTIGATE",
            "PROTEST SANCTION MOBILIZE COERCE ASSAULT CRIME FIGHT",
        ),
        1,
    )
    for word in words.split()
}
SAME_TEXT: Final = 30  # opening characters by which versions of one sentence are known
Tagger = Callable[..., Sequence[Country]]
Pair = tuple[str, str]
Gold = dict[Pair, set[int]]  # directed pair -> quad classes, empty where unknown


class Example(NamedTuple):
    """One reading with its features and its answer."""

    reading: Reading
    features: list[str]
    is_right: bool
    is_open: bool  # speaks of an organisation, which no file codes


class Coded(NamedTuple):
    """One coded text, and the readings of each of its sentences with two countries."""

    source: str
    text: str
    gold: Gold
    sentences: list[list[Example]]

    @property
    def key(self) -> str:
        """What versions of one text share."""
        return self.text.strip()[:SAME_TEXT]


def class_of(code: str) -> int:
    """Quad class of a PLOVER word or a CAMEO code; 0 where it has none."""
    if code.isdigit():
        return 1 if code[:2] in ("01", "02") else quad_class_of(code)
    return CLASS_OF_WORD.get(code, 0)


def read_coded(path: Path, source: str, half: str, tag: Tagger) -> list[Coded]:
    """The texts of one file; of a file in halves only those of `half`."""
    coded = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        if record.get("half", half) == half and record.get("language", "en") == "en":
            gold = _gold(record["directed"])
            sentences = [list(_examples(*found, gold)) for found in _readings(record["text"], tag)]
            coded.append(Coded(source, record["text"], gold, [rows for rows in sentences if rows]))
    return coded


def _gold(directed: Sequence[Sequence[str]]) -> Gold:
    gold: Gold = {}
    for source, target, *code in directed:
        classes = gold.setdefault(folded((source, target)), set())
        classes |= {class_of(code[0])} - {0} if code else set()
    return gold


def _readings(text: str, tag: Tagger) -> Iterator[tuple[list[Reading], list[list[str]]]]:
    """The readings of each sentence with two countries, and the features of each."""
    language = detect_language(text)
    countries = tag("", text, language=language)
    names = Totals[list[str]](lambda features: features, _by_side)
    for sentence in relations.sentences_with_mentions("body", text, countries, language):
        if len({mention.code for mention in sentence.mentions}) > 1:
            piece = text[sentence.start : sentence.end]
            spoken = relations.language_of(piece, language)
            scene = relations.build_scene(piece, sentence, spoken)
            found = candidates(scene, names)
            yield [reading for reading, _ in found], [features for _, features in found]


def _by_side(features: list[str]) -> tuple[list[str], list[str]]:
    """The names of a side's features for the source and for the target."""
    return [f"s{name}" for name in features], [f"o{name}" for name in features]


def folded(pair: Pair) -> Pair:
    """The pair with former states as the countries of today."""
    return successor(pair[0]), successor(pair[1])


def _examples(readings: list[Reading], features: list[list[str]], gold: Gold) -> Iterator[Example]:
    today = [replace(reading, pairs=tuple(map(folded, reading.pairs))) for reading in readings]
    for reading, now, names in zip(readings, today, features, strict=True):
        is_open = not all(is_country(code) for pair in now.pairs for code in pair)
        yield Example(reading, names, _is_right(now, gold, today), is_open)


def _is_right(reading: Reading, gold: Gold, rivals: Sequence[Reading]) -> bool:
    """Whether half of the pairs are coded, and the class is, unless no rival has the class."""
    hits = [pair for pair in reading.pairs if pair in gold]
    if not hits or 2 * len(hits) < len(reading.pairs):
        return False
    classes = gold[hits[0]]
    if not classes or reading.quad_class in classes:
        return True
    others = {rival.quad_class for rival in rivals if hits[0] in rival.pairs}
    return not others & classes and (reading.quad_class != 0 or others == {0})
