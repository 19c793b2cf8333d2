"""Sentences: where they end, where a full stop does not end one, and offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.split_sentences import LONGEST, split_sentences


def sentences(text: str, language: str = "") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ministers met. They signed.", 2),
        ("Mr. Smith of the U.S. Treasury met Gen. Kim at 5 p.m. on Friday.", 1),
        ("The talks ended at 5 p.m. The ministers left.", 2),
        ("J. K. Brown spoke for the Brown Co. in No. 10 Downing St. on Jan. 3.", 1),
        ("Prices rose 3.5 percent. Wages did not.", 2),
        ('"We will sign." She left.', 2),
        ("Will they sign? Yes! They will.", 3),
        ("See www.example.org/a.html for more.", 1),
        ("One paragraph\nAnother paragraph", 2),
        ("外长周一会晤。双方签署协议！会谈结束？", 3),
        ("「合意した。」と述べた。", 2),
        ("الوزير وصل اليوم. هل يوقع؟ نعم.", 3),
        ("मंत्री मिले। समझौता हुआ।", 2),
        ("Встреча прошла в 2025 г. в Москве. Подписан договор.", 2),
        ("", 0),
        (" \n\t\n ", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


def test_a_german_ordinal_keeps_its_sentence_together() -> None:
    text = "Der Gipfel beginnt am 3. Oktober in Wien. Er dauert zwei Tage."
    assert len(sentences(text, "de-AT")) == 2
    assert sentences(text, "de-AT")[0].endswith("Wien.")


@given(st.text(alphabet="aB .!?\n。…\"'”)1é中\u0301\x00", max_size=300))
def test_offsets_are_in_order_trimmed_and_lose_nothing_but_white_space(text: str) -> None:
    end_of_last = 0
    for start, end in split_sentences(text):
        assert start < end
        assert not text[end_of_last:start].strip()
        assert text[start:end] == text[start:end].strip()
        end_of_last = end
    assert not text[end_of_last:].strip()


def test_a_megabyte_without_a_stop_is_cut_at_blanks() -> None:
    spans = split_sentences("word " * 200_000)
    assert all(end - start <= LONGEST for start, end in spans)
    assert sum(end - start for start, end in spans) >= 990_000


@pytest.mark.parametrize("stop", [".", "!", "?!", "…", "。", '."'])
def test_a_megabyte_of_stops_is_read_in_linear_time(stop: str) -> None:
    assert split_sentences("Ha " + stop * 200_000 + "x ends. So it does.")[-1][1] > 200_000
