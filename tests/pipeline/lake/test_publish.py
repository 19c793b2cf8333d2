"""A run is killed, anywhere: nothing of it is half visible, nothing is lost, nothing doubled."""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import random
import runpy
import shutil
from pathlib import Path

import pytest

from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.queries.query import connect
from schemas.errors import LakeError
from schemas.tables import TABLES

SCRIPT = Path(__file__).with_name("killed_run.py")
PROCESSES = multiprocessing.get_context("forkserver")
# One fork server serves a test process: what the parse pool wants of it must be there as well
PROCESSES.set_forkserver_preload(
    ["pipeline.parsing.preload", "pipeline.lake.store", "pipeline.lake.publish"]
)


def contents(root: Path) -> dict[str, bytes]:
    """Every data file of the lake that a reader can see, with its bytes."""
    lake = Lake.open(root)
    return {
        file.path: (root / file.path).read_bytes() for table in TABLES for file in lake.live(table)
    }


def rows(root: Path) -> dict[str, list[tuple[object, ...]]]:
    with connect(root) as connection:
        return {
            table: sorted(connection.execute(f"FROM {table}").fetchall(), key=str)
            for table in TABLES
        }


def in_a_process(
    root: Path, rows_file: Path | None, *, kill_at: int = 0, kill_after_s: float | None = None
) -> list[str]:
    """Do a run in a child; SIGKILL it at the n-th step or after a time. Gives the steps done."""
    steps = root.with_name(root.name + "-steps")
    steps.unlink(missing_ok=True)
    job = {"JOB": (root, rows_file, steps, kill_at)}
    child = PROCESSES.Process(target=runpy.run_path, args=(str(SCRIPT), job))
    child.start()
    if kill_after_s is not None:
        child.join(kill_after_s)
        child.kill()
    child.join()
    return steps.read_text().splitlines() if steps.exists() else []


@pytest.fixture
def base(tmp_path, make_story, make_rows, run_into):
    """A lake `before`, the rows of a second run, and the lake `after` it, undisturbed."""
    run_into(tmp_path / "before", [make_story(1)], "r1")
    shutil.copytree(tmp_path / "before", tmp_path / "after")
    stories = [make_story(2), make_story(3)]
    (tmp_path / "rows").write_bytes(pickle.dumps(make_rows(stories, "r2")))
    run_into(tmp_path / "after", stories, "r2")
    return tmp_path


@pytest.fixture
def mend_and_compare(base):
    """What a reader sees is one of the two lakes; after the next run it is the second."""
    before, after = contents(base / "before"), contents(base / "after")

    def mend(root: Path) -> None:
        assert contents(root) in (before, after)
        in_a_process(root, base / "rows")
        assert contents(root) == after

    return mend


def test_killed_at_every_step_a_run_ends_as_if_undisturbed(base, mend_and_compare):
    shutil.copytree(base / "before", base / "whole")
    steps = in_a_process(base / "whole", base / "rows")
    assert {"manifest", "head", "forgotten", "cleaned"} < set(steps)
    for number, name in enumerate(steps, start=1):
        root = base / f"killed-{number}"
        shutil.copytree(base / "before", root)
        assert in_a_process(root, base / "rows", kill_at=number)[-1] == name
        mend_and_compare(root)


def test_killed_at_random_moments_a_run_ends_as_if_undisturbed(base, mend_and_compare):
    chance = random.Random(7)
    for number in range(4):
        root = base / f"random-{number}"
        shutil.copytree(base / "before", root)
        in_a_process(root, base / "rows", kill_after_s=chance.uniform(0.05, 0.3))
        mend_and_compare(root)
    assert rows(root) == rows(base / "after")
    assert check_lake(root) == []


@pytest.mark.parametrize("step", [1, 3, 5, 8, 11, 13])
def test_killed_while_it_mends_a_killed_run(base, step):
    root = base / "before"
    tables = len(pickle.loads((base / "rows").read_bytes()))
    assert in_a_process(root, base / "rows", kill_at=tables + 1)[-1] == "manifest"
    assert len(in_a_process(root, None, kill_at=step)) == step
    assert len(contents(root)) in (tables, 2 * tables)
    in_a_process(root, None)
    assert contents(root) == contents(base / "after")


def test_a_run_that_is_published_twice_counts_once(base, make_story, make_rows, stage_rows):
    root = base / "after"
    before = contents(root)
    lake = Lake.open(root)
    lake.publish("r2", stage_rows(root, make_rows([make_story(9)], "r2"), "r2"))
    assert contents(root) == before
    assert check_lake(root) == []


def test_staging_without_a_manifest_is_removed_and_said(base, make_story, make_rows, stage_rows):
    root = base / "before"
    stage_rows(root, make_rows([make_story(5)], "r5"), "r5")
    assert Lake.open(root).recover() == ["run r5 was interrupted before publishing: removed it"]
    assert check_lake(root) == []


def test_a_manifest_of_a_newer_dateline_is_left_alone(base):
    staging = base / "before" / "_staging" / "r9"
    staging.mkdir(parents=True)
    (staging / "manifest.json").write_text('{"schema_version": 99}')
    with pytest.raises(LakeError, match="newer dateline"):
        Lake.open(base / "before").recover()
    assert staging.exists()


def test_a_worker_that_still_writes_into_what_is_removed_stops_no_run(
    base, make_story, make_rows, stage_rows, monkeypatch
):
    root = base / "before"
    stage_rows(root, make_rows([make_story(5)], "r5"), "r5")
    unlink, rmdir = os.unlink, os.rmdir
    late = root / "_staging" / "r5" / "late"

    def after_the_worker_renamed_it(path, **options):
        unlink(path, **options)
        unlink(path, **options)

    def while_the_worker_writes(path, **options):
        late.touch()
        rmdir(path, **options)

    monkeypatch.setattr(os, "unlink", after_the_worker_renamed_it)
    monkeypatch.setattr(os, "rmdir", while_the_worker_writes)
    Lake.open(root).recover()
    assert list(late.parent.iterdir()) == [late]
    monkeypatch.undo()
    Lake.open(root).recover()
    assert check_lake(root) == []


def test_staging_that_may_not_be_removed_is_an_error_of_one_line(
    base, make_story, make_rows, stage_rows, monkeypatch
):
    root = base / "before"
    stage_rows(root, make_rows([make_story(5)], "r5"), "r5")

    def refused(path, **_options):
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "unlink", refused)
    with pytest.raises(LakeError, match="Permission denied"):
        Lake.open(root).recover()
