"""Is a lake whole? The check finds what is broken, and says where."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake


def test_a_lake_that_runs_made_is_whole(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1), make_story(2, "Ukraine", "Russia", day=40)], "r1")
    run_into(tmp_path, [make_story(1)], "r2", version=2)
    assert check_lake(tmp_path) == []


def cut(lake: Lake) -> None:
    file = Path(lake.files("articles")[0])
    file.write_bytes(file.read_bytes()[:-9])


def flip(lake: Lake) -> None:
    file = Path(lake.files("articles")[0])
    raw = bytearray(file.read_bytes())
    raw[4:200] = bytes(196)
    file.write_bytes(raw)


def lose(lake: Lake) -> None:
    Path(lake.files("relations")[0]).unlink()


def copy(lake: Lake) -> None:
    file = Path(lake.files("articles")[0])
    shutil.copy(file, file.with_name("copy.parquet"))


def leave_staging(lake: Lake) -> None:
    (lake.root / "_staging" / "r9").mkdir(parents=True)


@pytest.mark.parametrize(
    ("damage", "table", "words"),
    [
        (cut, "articles", "bytes, the log says"),
        (flip, "articles", "unreadable"),
        (lose, "relations", "the log calls it live, and it is gone"),
        (copy, "articles", "not in the log, and a plain glob reads it"),
        (leave_staging, "_staging", "a run in progress, or one that was killed"),
    ],
)
def test_damage_to_files_is_named_with_its_remedy(
    tmp_path, make_story, run_into, damage: Callable[[Lake], None], table: str, words: str
):
    damage(run_into(tmp_path, [make_story(1)], "r1"))
    (finding,) = check_lake(tmp_path)
    assert finding.table == table
    assert words in finding.problem
    assert finding.remedy


def garble_log(lake: Lake) -> None:
    (lake.root / "articles" / "_delta_log" / f"{1:020}.json").write_text("{broken")


def lose_log(lake: Lake) -> None:
    shutil.rmtree(lake.root / "articles" / "_delta_log")


@pytest.mark.parametrize("damage", [garble_log, lose_log])
def test_a_log_that_cannot_be_read_is_a_finding_like_any_other(
    tmp_path, make_story, run_into, damage: Callable[[Lake], None]
):
    damage(run_into(tmp_path, [make_story(1)], "r1"))
    leave_staging(Lake.open(tmp_path))
    told = {finding.table: finding for finding in check_lake(tmp_path)}
    assert set(told) == {"_staging", "articles"}
    assert told["articles"].where == "articles/_delta_log"
    assert "dateline check" not in str(told["articles"])
    assert "from the same backup" in told["articles"].remedy
    assert len(str(told["articles"])) < 500


def wrong(rows, table: str, **values: object):
    rows[table] = [{**row, **values} for row in rows[table]]


@pytest.mark.parametrize(
    ("table", "values", "found_in", "words"),
    [
        ("feed_entries", {"article_id": "0" * 32}, "feed_entries", "articles does not have"),
        ("feed_entries", {"outcome": "version"}, "runs", "the ledger has"),
        ("feed_entries", {"run_id": "r0"}, "feed_entries", "the runs table does not have"),
        ("country_pairs", {"version": 7}, "country_pairs", "no such article version"),
        ("relations", {"text": "Nobody said this."}, "relations", "is not its text"),
        ("relations", {"start": 1}, "relations", "is not its text"),
        ("articles", {"article_body": "Another text."}, "articles", "is not its text"),
        ("articles", {"published_month": "2020-01"}, "articles", "holds a row of 2026-01-05"),
        ("runs", {"entries_seen": 9}, "runs", "9 entries seen, but 1 ended"),
    ],
)
def test_rows_that_break_a_promise_are_named(
    tmp_path, make_story, make_rows, stage_rows, table, values, found_in, words
):
    lake, rows = Lake.create_or_open(tmp_path), make_rows([make_story(1)], "r1")
    wrong(rows, table, **values)
    with lake.lock("r1"):
        lake.publish("r1", stage_rows(tmp_path, rows, "r1"))
    told = [finding for finding in check_lake(tmp_path) if finding.table == found_in]
    assert any(words in finding.problem for finding in told), told


def test_the_same_article_twice_is_found(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1)], "r1")
    run_into(tmp_path, [make_story(1)], "r2")
    told = [str(finding) for finding in check_lake(tmp_path)]
    assert any("key (article_id, version) is there 2 times" in line for line in told)


def test_of_many_breaches_the_first_are_told(tmp_path, make_story, make_rows, stage_rows):
    lake = Lake.create_or_open(tmp_path)
    rows = make_rows([make_story(n) for n in range(1, 41)], "r1")
    wrong(rows, "country_pairs", version=7)
    with lake.lock("r1"):
        lake.publish("r1", stage_rows(tmp_path, rows, "r1"))
    told = [f for f in check_lake(tmp_path) if "no such article version" in f.problem]
    assert len(told) == 20
    assert any("more than 20 of these" in f.problem for f in check_lake(tmp_path))
