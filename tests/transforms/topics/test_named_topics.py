"""What matters between countries, from diplomacy to war crimes, found in ten languages.

One sentence of our own for each topic and language. Half of them served while the lexicons were
written; the other half is kept aside: it was written first and no term was added for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.topics import all_topics, topic
from transforms.tag_topics import tag_topics

EXTENSION = Path(__file__).with_name("extension_topics.jsonl")
SENTENCES = Path(__file__).with_name("named_topics.jsonl")
LANGUAGES = ("ar", "de", "en", "es", "fr", "ja", "pt", "ru", "tr", "zh")
TRADE = {"international trade": "tariffs and trade disputes"}  # economy's view, politics' view
KEPT_SHARE = 0.88


class Sentence(NamedTuple):
    """A sentence about one topic."""

    language: str
    topic: str  # English label
    is_kept_aside: bool
    text: str

    @property
    def is_found(self) -> bool:
        wanted = {self.topic, TRADE.get(self.topic, self.topic)}
        return bool(wanted & {t.label for t in tag_topics("", self.text, language=self.language)})


def sentences() -> Iterator[Sentence]:
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        yield Sentence(**json.loads(line))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_named_topic_is_found(language: str) -> None:
    known = [s for s in sentences() if s.language == language and not s.is_kept_aside]
    assert len(known) >= 15
    assert [s for s in known if not s.is_found] == []


def test_most_are_found_in_sentences_that_no_term_was_added_for() -> None:
    kept = [s for s in sentences() if s.is_kept_aside]
    assert {s.language for s in kept} == set(LANGUAGES)
    assert sum(s.is_found for s in kept) / len(kept) >= KEPT_SHARE


def test_every_language_has_a_sentence_for_every_topic() -> None:
    named = {s.topic for s in sentences()}
    assert len(named) == 31
    assert {(s.language, s.topic) for s in sentences()} == {
        (language, name) for language in LANGUAGES for name in named
    }
    assert all(topic(name).label == name for name in named)


def test_every_topic_of_the_extension_has_an_english_sentence_and_nearly_all_are_found() -> None:
    rows = [json.loads(line) for line in EXTENSION.read_text(encoding="utf-8").splitlines()]
    missed = [
        row["topic"]
        for row in rows
        if row["topic"] not in {t.id for t in tag_topics("", row["text"], language="en")}
    ]
    assert {row["topic"] for row in rows} == {t.id for t in all_topics() if t.id[:3] == "ir:"}
    assert set(missed) <= {"ir:state-cyberattack"}  # North Korea and a ministry: politics alone
