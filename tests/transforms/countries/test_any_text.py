"""Whatever the text: no exception, exact offsets, the same result after normalising, linear work."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.records import Country
from transforms.tag_countries import tag_countries

PIECES = (
    "France", "Russia's", "the Chinese", "New York Times", "U.S.", "US", "Georgia", "St. John's",
    "Congo", "Victoria", "London, Ontario", "SOUTH KOREA", "Korea", "Trump", "Blair Norton", "Indian",
    "Россией", "в Пекине", "Соединённые Штаты", "中俄", "访华", "美国对台军售", "ロシア軍", "アメリカン",
    "한미", "서울에서", "الصين", "والسعودية", "بالعراق", "ישראל", "ไทย", "Türkiye'nin", "Yhdysvaltoihin",
    "São Paulo", "Côte d’Ivoire", "Ukrajnával", "MOSCOW (Reuters) -", "Reporting by Tom Paris in Oslo",
    " ", "\n", "\n\n", ", ", ". ", " - ", "\u0000", "\u200b", "\u202e", "\ufeff", "\x1b[31m", "𝔉𝔯𝔞𝔫𝔠𝔢",
    "🇫🇷", "e\u0301", "İ", "ß", "ﬁ", "\ud7a3", "(", ")", "-", "$", "’s", "a", "und", "и", "的",
)  # fmt: skip
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=30).map("".join)
LANGUAGES = st.sampled_from(
    ("", "en", "de", "ru", "ar", "zh", "ja", "fi", "tr", "xx", "zh-Hant-TW")
)
SLOW = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def are_exact(headline: str, body: str, countries: list[Country]) -> bool:
    """True where each mention is the text between its offsets, and none stands twice."""
    mentions = [m for country in countries for m in country.mentions]
    fields = {"headline": headline, "body": body}
    return all(
        0 <= m.start < m.end and fields[m.field][m.start : m.end] == m.text for m in mentions
    ) and len({(m.code, m.field, m.start) for m in mentions}) == len(mentions)


@SLOW
@given(headline=MIXED, body=MIXED, language=LANGUAGES)
def test_offsets_are_exact_in_any_mixture(headline: str, body: str, language: str) -> None:
    countries = tag_countries(headline, body, language=language)
    assert are_exact(headline, body, countries)
    assert all(0 <= country.salience <= 1 for country in countries)


@SLOW
@given(body=MIXED)
def test_the_names_of_one_field_never_overlap(body: str) -> None:
    spans = {(m.start, m.end) for c in tag_countries("", body) for m in c.mentions}
    ordered = sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered))


@SLOW
@given(body=MIXED)
def test_normalised_text_has_the_same_countries_each_time(body: str) -> None:
    text = unicodedata.normalize("NFC", body)
    assert tag_countries("", text) == tag_countries("", text)
    assert are_exact("", text, tag_countries("", text))


@pytest.mark.parametrize(
    "word", ["France", "Côte d’Ivoire", "Türkiye", "Россией", "السعودية", "한국", "日本", "ไทย"]
)
def test_a_name_is_found_whatever_its_form_of_normalising_was(word: str) -> None:
    plain = tag_countries("", unicodedata.normalize("NFC", f"x {word} y"))
    assert [c.code for c in plain]
    decomposed = unicodedata.normalize("NFD", f"x {word} y")
    again = tag_countries("", unicodedata.normalize("NFC", decomposed))
    assert again == plain


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00", "\ud800", "\u202e" * 50, "." * 500])
def test_texts_of_nothing_name_nothing(text: str) -> None:
    assert tag_countries(text, text) == []


def calls_of(work: Callable[[], Any]) -> int:
    """Calls of Python functions made by `work`, which do not depend on the machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "unit",
    [
        "France and Germany met in Oslo. ",
        "France ",  # only names, one sentence
        "Russia,Ukraine,",
        "San Jose, Georgia, Victoria, London, ",
        "中俄访华美国对台军售",
        "والسعودية وإيران ",
        "word ",  # one sentence without an end
        "aFranceb",
        "Jordan Paris Israel ",
        "Congo Turkey Georgia Indian ",
        "U.S. ",
        "\x00\u202e",
        "Papua New ",  # the start of a name that never comes
    ],
)
def test_work_grows_with_the_length_and_no_faster(unit: str) -> None:
    small, large = unit * (20_000 // len(unit)), unit * (80_000 // len(unit))
    tag_countries("", small[:200])
    ratio = calls_of(lambda: tag_countries("", large)) / calls_of(lambda: tag_countries("", small))
    assert ratio < 5  # four times the text


def test_ten_megabytes_are_tagged_with_exact_offsets() -> None:
    unit = "Ministers of France and Japan met in Oslo, and the Kremlin took note of that. "
    body = unit * (10 * 2**20 // len(unit))
    countries = tag_countries("France and Japan meet", body, language="en")
    assert sorted(c.code for c in countries) == ["FRA", "JPN", "NOR", "RUS"]
    assert all(body[m.start : m.end] == m.text for m in countries[0].mentions[1:])


def test_a_sentence_of_one_megabyte_is_tagged_to_its_end() -> None:
    body = "and then " * 120_000 + "France met Japan"
    found = {c.code: c.mentions[-1].end for c in tag_countries("", body, language="en")}
    assert found == {"FRA": len(body) - 10, "JPN": len(body)}
