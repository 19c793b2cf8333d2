"""What the lexicons of the languages say of sentences of our own, a handful in each language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.topics import top_topics, topic
from transforms.topics.lexicon import languages, lexicon
from transforms.topics.scores import TopicScores, evidence, score_hits, speaking
from transforms.topics.text import Document, fold

SENTENCES = Path(__file__).with_name("sentences.jsonl")


class Sentence(NamedTuple):
    """A headline and a text in a language, with the top topic and deeper ones they are about."""

    language: str
    headline: str
    text: str
    top: str  # "" where they are about nothing
    deep: list[str]

    def __str__(self) -> str:
        return f"{self.language}-{self.top.split(',')[0] or 'nothing'}"


def sentences() -> list[Sentence]:
    return [Sentence(**json.loads(line)) for line in SENTENCES.read_text("utf-8").splitlines()]


def read(language: str, text: str, headline: str = "") -> tuple[Document, TopicScores]:
    document = Document.of(headline, text)
    return document, score_hits(document, lexicon(language).scan(document))


def found(language: str, text: str) -> list[str]:
    """The words of the text that terms were found in, in order."""
    document = Document.of("", text)
    return [document.span(h.start, h.end).text for h in lexicon(language).scan(document)]


@pytest.mark.parametrize("case", [s for s in sentences() if s.top], ids=str)
def test_a_sentence_speaks_most_for_its_topic(case: Sentence) -> None:
    _, scores = read(case.language, case.text, case.headline)
    assert max(top_topics(), key=lambda t: scores.raw.get(t, 0.0)) == topic(case.top).id


@pytest.mark.parametrize("case", [s for s in sentences() if s.deep], ids=str)
def test_a_sentence_speaks_for_the_deeper_topics_it_is_about(case: Sentence) -> None:
    _, scores = read(case.language, case.text, case.headline)
    assert [name for name in case.deep if scores.raw.get(topic(name).id, 0.0) < 4.0] == []


@pytest.mark.parametrize("case", [s for s in sentences() if not s.top], ids=str)
def test_a_sentence_about_nothing_speaks_for_nothing(case: Sentence) -> None:
    _, scores = read(case.language, case.text)
    assert {t: v for t, v in scores.raw.items() if v >= 3.0} == {}


@pytest.mark.parametrize("case", [s for s in sentences() if s.top], ids=str)
def test_evidence_points_at_its_words(case: Sentence) -> None:
    document, scores = read(case.language, case.text, case.headline)
    name = topic(case.top).id
    spans = evidence(document, speaking(scores, [name])[name])
    fields = {"headline": case.headline, "body": case.text}
    assert spans
    assert [s for s in spans if fields[s.field][s.start : s.end] != s.text or not s.text] == []


def test_every_language_has_its_sentences() -> None:
    spoken = {s.language for s in sentences()}
    assert sorted(spoken - set(languages())) == []
    assert {s.language for s in sentences() if not s.top} == spoken


def test_arabic_articles_and_prepositions_stand_before_a_term() -> None:
    text = "بالعقوبات وللاجئين والسفارة"
    assert [fold(word) for word in found("ar", text)] == ["عقوبات", "لاجئين", "سفاره"]


def test_an_arabic_phrase_is_found_with_and_without_its_articles() -> None:
    text = "عقوبات اقتصادية ثم العقوبات الاقتصادية"
    assert found("ar", text) == ["عقوبات اقتصادية", "عقوبات الاقتصادية"]


def test_arabic_spellings_and_vowel_signs_do_not_matter() -> None:
    assert found("ar", "الإنتِخابات الاسرائيلية")[0] == "إنتِخاب"


def test_traditional_characters_read_like_simplified_ones() -> None:
    simplified, traditional = "中国对俄罗斯实施制裁", "中國對俄羅斯實施制裁"
    assert len(found("zh", traditional)) == len(found("zh", simplified)) > 0


def test_a_chinese_word_within_another_does_not_count() -> None:
    assert found("zh", "国家队") == ["国家队"]  # a team, not the state
    assert score_of("zh", "国家队", "politics") == 0.0


def score_of(language: str, text: str, name: str) -> float:
    _, scores = read(language, text)
    return scores.raw.get(topic(name).id, 0.0)
