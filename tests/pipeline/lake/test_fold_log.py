"""A long log is folded: it is opened from one file, and every reader sees what it saw before."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys

import duckdb
import polars as pl
import pytest
from deltalake import DeltaTable

from pipeline.lake.check import check_lake
from pipeline.lake.delta_log import current_version
from pipeline.lake.fold_log import FOLD_AFTER, KEPT, fold_log
from pipeline.lake.store import Lake

# The command line's steps after compaction, which end with SIGKILL at the n-th
KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.lake import fold_log, publish
from pipeline.lake.delta_log import current_version
left = int(sys.argv[2])
def reached(step):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
publish.reached = reached
root = Path(sys.argv[1])
fold_log.fold_log(root, "articles", current_version(root, "articles"), after=1)
"""


@pytest.fixture
def lake(tmp_path, make_story, run_into):
    for number in range(4):
        run_into(tmp_path / "lake", [make_story(number)], f"r{number}")
    return tmp_path / "lake"


def fold(root, after=1):
    return fold_log(root, "articles", current_version(root, "articles"), after)


def ids(root):
    """What each kind of reader sees in `articles`."""
    glob = f"read_parquet('{root}/articles/**/*.parquet', hive_partitioning=true)"
    return [
        sorted(row[0] for row in duckdb.sql(f"SELECT article_id FROM {glob}").fetchall()),
        sorted(pl.scan_delta(str(root / "articles")).collect()["article_id"].to_list()),
        sorted(
            row[0]
            for path in Lake.open(root).files("articles")
            for row in duckdb.sql(f"SELECT article_id FROM '{path}'").fetchall()
        ),
    ]


def log_of(root):
    return root / "articles" / "_delta_log"


def forget_commits(root):
    """Leave a reader nothing but the checkpoint and what came after it."""
    (newest,) = log_of(root).glob("*.checkpoint.*.json")
    for path in log_of(root).glob("?" * 20 + ".json"):
        if path.name[:20] < newest.name[:20]:
            path.unlink()


def test_a_folded_log_says_what_it_said(lake):
    before = ids(lake)
    assert fold(lake)
    assert ids(lake) == before
    assert check_lake(lake) == []


def test_a_folded_log_needs_no_commit_that_is_folded(lake, make_story, run_into):
    before = ids(lake)
    fold(lake)
    forget_commits(lake)
    assert ids(lake) == before
    assert [Lake.open(lake).has_run(f"r{number}") for number in range(5)] == [True] * 4 + [False]
    run_into(lake, [make_story(9)], "r9")
    assert [len(seen) for seen in ids(lake)] == [5, 5, 5]
    assert DeltaTable(str(lake / "articles")).transaction_version("r1") == 1


def test_a_log_is_folded_again_from_where_it_was_folded(lake, make_story, run_into):
    for number in range(10, 14):
        fold(lake)
        forget_commits(lake) if number == 10 else None
        run_into(lake, [make_story(number)], f"r{number}")
    assert len(list(log_of(lake).glob("*.checkpoint.*.json"))) == KEPT
    assert [len(seen) for seen in ids(lake)] == [8, 8, 8]
    assert check_lake(lake) == []


def test_files_that_were_merged_away_are_not_in_the_folded_log(lake):
    opened = Lake.open(lake)
    opened.compact("articles")
    before = ids(lake)
    fold(lake)
    forget_commits(lake)
    assert ids(lake) == before
    assert len(Lake.open(lake).files("articles")) == 1


def test_a_short_log_is_left_as_it_is(lake):
    before = sorted(path.name for path in log_of(lake).iterdir())
    assert not fold(lake, FOLD_AFTER)
    assert sorted(path.name for path in log_of(lake).iterdir()) == before


@pytest.mark.parametrize("step", [1, 2])
def test_killed_while_it_folds_the_log_says_what_it_said(lake, step, make_story, run_into):
    before = ids(lake)
    command = [sys.executable, "-c", KILLED, str(lake), str(step)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert ids(lake) == before
    run_into(lake, [make_story(9)], "r9")
    assert fold(lake)
    copy = lake.with_name("moved")
    shutil.move(lake, copy)
    assert [len(seen) for seen in ids(copy)] == [5, 5, 5]
    assert check_lake(copy) == []
