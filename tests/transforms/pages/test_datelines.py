"""Datelines as papers of many languages print them, and lines that only look like one."""

from __future__ import annotations

import pytest

from transforms.pages.datelines import find_dateline, read_dateline

REST = "the two governments said on Tuesday that they would talk again."


@pytest.mark.parametrize(
    ("line", "language", "found"),
    [
        ("MOSCOW, Dec. 30 (Reuters) - ", "en", ("MOSCOW", "Reuters")),
        ("KYIV, Ukraine (AP) — ", "en", ("KYIV, Ukraine", "AP")),
        ("SŁUBICE, Poland — ", "en", ("SŁUBICE, Poland", "")),
        ("VATICAN CITY (Church Wire) -- ", "en", ("VATICAN CITY", "Church Wire")),
        ("(Reuters) - ", "en", ("", "Reuters")),
        ("Tehran (AFP) – ", "en", ("Tehran", "AFP")),
        ("PARIS, 3 mai - ", "fr", ("PARIS", "")),
        ("CIUDAD DE MÉXICO.- ", "es", ("CIUDAD DE MÉXICO", "")),
        ("Berlin (dpa) - ", "de", ("Berlin", "dpa")),
        ("Hamburg. ", "de", ("Hamburg", "")),
        ("МОСКВА, 30 дек — РИА Новости. ", "ru", ("МОСКВА", "RIA Novosti")),
        ("АСТАНА, «Степной вестник». ", "ru", ("АСТАНА", "")),
        ("新华社北京11月3日电 ", "zh", ("北京", "Xinhua")),
        ("（北京3日讯）", "zh", ("北京", "")),
        ("海滨晨报首尔电 ", "zh", ("首尔", "")),
        ("【ワシントン時事】", "ja", ("ワシントン", "Jiji")),
        ("(서울=연합뉴스) ", "ko", ("서울", "Yonhap")),
        ("القاهرة - ", "ar", ("القاهرة", "")),
    ],
)
def test_the_place_and_the_agency_are_read(
    line: str, language: str, found: tuple[str, str]
) -> None:
    assert read_dateline(line + REST.capitalize(), language) == found


@pytest.mark.parametrize(
    "line",
    [
        "The Organisation (OPEC) said that ",
        "BREAKING - ",
        "US - China trade: ",
        "A man was held - police said; ",
        "Nein. ",
        "A (Reuters) reporter saw it: ",
    ],
)
def test_other_beginnings_are_no_datelines(line: str) -> None:
    assert read_dateline(line + REST.capitalize(), "de" if line == "Nein. " else "en") == ("", "")


def test_a_place_before_a_colon_is_a_dateline_unless_others_speak_too() -> None:
    story = (
        "NAGPUR: An unbeaten 88 by the captain carried the visitors to a victory by seven wickets."
    )
    answer = "ANN LEE: It was the best innings that I have ever played in this town, or anywhere."
    assert find_dateline([story, REST]) == ("NAGPUR", "")
    assert find_dateline(["NAGPUR: a short line"]) == ("", "")
    assert find_dateline([answer, REST, story]) == ("", "")


def test_a_standfirst_may_stand_before_the_dateline() -> None:
    assert find_dateline(["Talks will go on", f"OSLO — {REST}"]) == ("OSLO", "")
