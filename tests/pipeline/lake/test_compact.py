"""Many small files become few, and nobody can tell from the rows."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from pipeline.lake import compact, fold_log, publish
from pipeline.lake.check import check_lake
from pipeline.lake.compact import batches
from pipeline.lake.delta_log import LiveFile
from pipeline.lake.store import Lake
from pipeline.queries.query import connect
from schemas.tables import TABLES


@pytest.fixture
def lake_of_many(tmp_path, make_story, run_into):
    for number in range(4):
        run_into(tmp_path, [make_story(number), make_story(number + 10, day=40)], f"r{number}")
    return tmp_path


def all_rows(root):
    with connect(root) as connection:
        return {t: sorted(connection.execute(f"FROM {t}").fetchall(), key=str) for t in TABLES}


def test_compaction_leaves_one_file_a_month_and_every_row(lake_of_many):
    before = all_rows(lake_of_many)
    lake = Lake.open(lake_of_many)
    with lake.lock("compact"):
        for table in lake.tables():
            lake.compact(table)
    assert len(lake.files("articles")) == 2
    assert all_rows(lake_of_many) == before
    assert check_lake(lake_of_many) == []
    assert lake.compact("articles") == 0


def test_a_plain_glob_sees_each_row_once_after_compaction(lake_of_many):
    lake = Lake.open(lake_of_many)
    lake.compact("articles")
    glob = f"{lake_of_many}/articles/**/*.parquet"
    assert duckdb.sql(
        f"SELECT count(*), count(DISTINCT article_id) FROM read_parquet('{glob}')"
    ).fetchall() == [(8, 8)]


def test_vacuum_deletes_what_no_log_names_and_nothing_else(lake_of_many):
    stray = lake_of_many / "articles" / "published_month=2026-01" / "stray.parquet"
    stray.write_bytes(b"left over")
    lake = Lake.open(lake_of_many)
    assert lake.vacuum() == ["articles/published_month=2026-01/stray.parquet"]
    assert check_lake(lake_of_many) == []


def tidied(root):
    lake = Lake.open(root)
    with lake.lock("tidy"):
        lake.tidy()
    return Lake.open(root)


def test_months_with_many_small_files_are_merged_and_others_are_left(
    lake_of_many, monkeypatch, make_story, run_into
):
    run_into(lake_of_many, [make_story(50, day=40)], "r50")  # a fifth file of the second month
    before = all_rows(lake_of_many)
    monkeypatch.setattr(compact, "CROWD", 5)
    lake = tidied(lake_of_many)
    months = Counter(file.partition for file in lake.live("articles"))
    assert months == {"published_month=2026-01": 4, "published_month=2026-02": 1}
    assert all_rows(lake_of_many) == before
    assert check_lake(lake_of_many) == []


@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_a_run_lands_beside_a_table_that_cannot_be_merged(
    lake_of_many, monkeypatch, make_story, run_into, caplog, harm
):
    monkeypatch.setattr(compact, "CROWD", 2)
    lost = Path(Lake.open(lake_of_many).files("relations")[0])
    lost.write_bytes(b"PAR1") if harm == "damaged" else lost.unlink()
    lake = tidied(lake_of_many)
    assert [len(lake.files(table)) for table in ("articles", "relations")] == [2, 8]
    assert f"relations: its small files stay as they are: {lost}" in caplog.text
    run_into(lake_of_many, [make_story(60)], "r60")
    assert Lake.open(lake_of_many).has_run("r60")
    assert any(str(lost.relative_to(lake_of_many)) in line for line in check_lake(lake_of_many))


def test_long_logs_are_folded_between_runs(lake_of_many, monkeypatch):
    monkeypatch.setattr(fold_log.fold_log, "__defaults__", (4,))
    tidied(lake_of_many)
    assert list((lake_of_many / "articles" / "_delta_log").glob("*.checkpoint.*.json"))


class Killed(Exception):
    """Stands for the end of a worker."""


def test_a_merge_that_was_begun_is_finished_by_the_next_worker(lake_of_many, monkeypatch):
    before = all_rows(lake_of_many)
    monkeypatch.setattr(compact, "CROWD", 2)
    steps = 0
    while True:
        root = lake_of_many.with_name(f"killed-{steps}")
        shutil.copytree(lake_of_many, root)
        left = steps = steps + 1

        def reached(_step: str) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Killed

        monkeypatch.setattr(publish, "reached", reached)
        with suppress(Killed):
            Lake.open(root).tidy()
        monkeypatch.undo()
        monkeypatch.setattr(compact, "CROWD", 2)
        assert all_rows(root) == before
        Lake.open(root).tidy()
        assert all_rows(root) == before
        Lake.open(root).recover()  # as every run begins
        assert check_lake(root) == []
        assert [len(Lake.open(root).files(t)) for t in ("articles", "runs")] == [2, 1]
        if left > 0:  # no step was left to be killed at
            break
    assert steps > 20


def test_large_files_are_left_alone_and_batches_stay_small():
    files = [
        LiveFile("articles", f"f{i}", "m=1", 1, size) for i, size in enumerate([40, 40, 40, 60, 10])
    ]
    assert [[f.bytes for f in batch] for batch in batches(files, target=100)] == [
        [40, 40],
        [40, 10],
    ]
