"""What `dateline query` prints: aligned for the eye, and safe for the program that reads it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa
import pytest
from rich.cells import cell_len

from pipeline.queries.output import OUTPUTS, WIDEST, render
from schemas.errors import InputError

ODD = ["a | b", "two\nlines", 'quote " comma ,', "江海晨报国际", "x" * 99, "|", "中" * 80, ""]


def test_columns_line_up_whatever_the_script() -> None:
    shown = render(pa.table({"text": ODD, "after": ["|"] * len(ODD)}), "table").splitlines()
    rows = shown[2:-1]
    assert len(rows) == len(ODD)
    assert len({cell_len(row[: row.rindex("|")]) for row in rows}) == 1
    assert max(map(cell_len, rows)) <= WIDEST + 3
    assert shown[-1] == "(8 rows)"
    assert render(pa.table({"n": [1]}), "table").endswith("(1 row)\n")


def test_csv_comes_back_as_it_was() -> None:
    rows = list(csv.reader(io.StringIO(render(pa.table({"text": ODD}), "csv"), newline="")))
    assert rows == [["text"], *([value] if value else [""] for value in ODD)]


def test_markdown_keeps_its_columns() -> None:
    lines = render(pa.table({"text": ODD, "n": range(len(ODD))}), "markdown").splitlines()
    assert len(lines) == len(ODD) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {3}


def test_values_of_every_kind_have_words() -> None:
    table = pa.table(
        {
            "moment": [datetime(2026, 1, 5, 12, tzinfo=UTC)],
            "day": [date(2026, 1, 5)],
            "nested": [{"a": [1, None]}],
            "flag": [True],
            "none": pa.array([None], pa.string()),
            "bytes": [b"a\xff"],
        }
    )
    shown = list(csv.reader(io.StringIO(render(table, "csv"))))[1]
    moment, day, nested, flag, none, raw = shown
    assert (moment, day, flag, none) == ("2026-01-05T12:00:00Z", "2026-01-05", "true", "")
    assert json.loads(nested) == {"a": [1, None]}
    assert raw == "a\\xff"
    assert json.loads(render(table, "json"))["nested"] == {"a": [1, None]}


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ((14, 3, 16_200_500_000_000), "P14M3DT4H30M0.5S"),
        ((0, 3, 0), "P3D"),
        ((0, -2, -90_000_000_000), "P-2DT-1M-30S"),
        ((0, 0, 0), "PT0S"),
        ((0, 0, 1_000), "PT0.000001S"),
        ((0, 0, 3_600 * 10**12 + 59_999_999_999), "PT1000H59.999999999S"),
        (None, ""),
    ],
)
def test_an_interval_is_a_duration(interval: tuple[int, int, int] | None, words: str) -> None:
    table = pa.table({"age": pa.array([interval], pa.month_day_nano_interval()), "n": [1]})
    assert list(csv.reader(io.StringIO(render(table, "csv"))))[1] == [words, "1"]
    assert json.loads(render(table, "json"))["age"] == (words or None)


def test_another_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="xml"):
        render(pa.table({"n": [1]}), "xml")


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_rows_are_still_an_answer(output: str) -> None:
    assert isinstance(render(pa.table({"n": pa.array([], pa.int64())}), output), str)


def test_json_is_json_whatever_the_numbers() -> None:
    answer = duckdb.sql(
        """SELECT sum(range) AS n, 'NaN'::DOUBLE AS nan, 1.5::DECIMAL(5, 2) AS d,
           [1.0, 'Infinity'::DOUBLE] AS list, 1 AS twice, 2 AS twice FROM range(4)"""
    ).to_arrow_table()
    (line,) = render(answer, "json").splitlines()
    row = json.loads(line, parse_constant=pytest.fail)
    assert row == {"n": 6, "nan": None, "d": 1.5, "list": [1.0, None], "twice": 1, "twice_6": 2}
