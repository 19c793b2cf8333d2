"""`dateline run` is killed, at any moment: run again, it ends as if it had never been disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.newsroom.site import Newsroom, serve
from pipeline.queries.query import connect

SCRIPT = Path(__file__).with_name("killed_command.py")
# Without the times and names of runs, which differ; a feed that fails is one letter for each poll
COMPARED = (
    "SELECT article_id, version, headline, article_body, content_hash, cluster_id FROM articles",
    "SELECT article_id, version, pair, score FROM country_pairs",
    "SELECT article_id, version, source, target, event_type, text FROM relations",
    "SELECT entry_id, fingerprint, outcome, article_id, version FROM feed_entries",
    "SELECT entry_id, stage, reason FROM dead_letters WHERE stage <> 'poll'",
    "SELECT feed_url, etag, last_modified, error FROM feed_fetches WHERE status = 200",
)


class Command:
    """`dateline run` over the newsroom's feeds, in a process group of its own."""

    def __init__(self, newsroom: Newsroom, folder: Path) -> None:
        self.newsroom = newsroom
        self.feeds = folder / "feeds.opml"
        self.feeds.write_text(newsroom.feeds_opml, encoding="utf-8")

    def start(self, lake: Path, kill_at: str = "", *more: str) -> subprocess.Popen[str]:
        program = [str(SCRIPT)] if kill_at else ["-m", "pipeline"]
        options = ["--feeds", str(self.feeds), "--lake", str(lake), "--force", "--quiet"]
        network = ["--allow-network", "127.0.0.0/8", "--workers", "2"]
        return subprocess.Popen(
            [sys.executable, *program, "run", *options, *network, *more],
            env=os.environ | {"KILL_AT": kill_at},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def to_the_end(self, lake: Path) -> None:
        process = self.start(lake)
        out, error = process.communicate(timeout=300)
        assert (process.returncode, error) == (0, ""), out

    def killed_when(self, lake: Path, moment: Callable[[], bool]) -> None:
        process = self.start(lake)
        while process.poll() is None and not moment():
            time.sleep(0.002)
        process.kill()
        process.communicate(timeout=300)
        assert process.returncode == -signal.SIGKILL
        assert_gone(process.pid)

    def killed_at(self, lake: Path, step: str) -> None:
        process = self.start(lake, step)
        process.communicate(timeout=300)
        assert process.returncode == -signal.SIGKILL
        assert_gone(process.pid)


def assert_gone(session: int) -> None:
    """No process that the command started outlives it by much."""
    for _ in range(600):
        if not members(session):
            return
        time.sleep(0.05)
    raise AssertionError(f"still there: {members(session)}")


def members(session: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_session) == session and state != "Z":
            found.append(stat.parent.name)
    return found


def rows(lake: Path) -> list[list[tuple[object, ...]]]:
    with connect(lake) as connection:
        return [sorted(connection.execute(sql).fetchall(), key=str) for sql in COMPARED]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    with serve() as newsroom:
        yield Command(newsroom, tmp_path_factory.mktemp("killed"))


@pytest.fixture(scope="module")
def undisturbed(
    command: Command, tmp_path_factory: pytest.TempPathFactory
) -> list[list[tuple[object, ...]]]:
    lake = tmp_path_factory.mktemp("undisturbed") / "lake"
    command.to_the_end(lake)
    return rows(lake)


def test_killed_anywhere_the_command_ends_as_if_undisturbed(
    command: Command, undisturbed: list[list[tuple[object, ...]]], tmp_path: Path
) -> None:
    lake, chance = tmp_path / "lake", random.Random(11)

    def after_requests(least: int, most: int) -> Callable[[], bool]:
        number = len(command.newsroom.requests) + chance.randint(least, most)
        return lambda: len(command.newsroom.requests) >= number

    started = time.monotonic() + chance.uniform(0.1, 0.9)
    command.killed_when(lake, lambda: time.monotonic() > started)  # start-up
    for least, most in ((1, 8), (9, 20), (30, 60), (61, 100)):  # polling, then fetching
        command.killed_when(lake, after_requests(least, most))
        assert all(not Lake.open(lake).files(table) for table in ("articles", "feed_fetches"))
    command.killed_when(lake, lambda: any((lake / "_staging").rglob("*.parquet")))
    assert all(not Lake.open(lake).files(table) for table in ("articles", "feed_fetches"))
    # Killed with its manifest written, the run is finished by the next, which is killed in turn
    for step in ("manifest", "moved feed_fetches", "committed feed_fetches", "head", "forgotten"):
        command.killed_at(lake, step)
    command.to_the_end(lake)
    assert rows(lake) == undisturbed
    assert [str(finding) for finding in check_lake(lake)] == []


def test_a_run_leaves_with_a_word_while_another_one_writes(
    command: Command, undisturbed: list[list[tuple[object, ...]]], tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    with Lake.create_or_open(lake).lock("the-other-run"):
        process = command.start(lake)
        _, words = process.communicate(timeout=300)
    assert process.returncode == 3
    assert len(words.splitlines()) == 1
    assert "run the-other-run is writing to this lake" in words
    command.to_the_end(lake)
    assert rows(lake) == undisturbed
    assert check_lake(lake) == []
