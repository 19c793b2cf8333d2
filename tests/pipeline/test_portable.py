"""The same graph on a portable job server with workers in processes of their own.

Prism speaks the job and worker interfaces that Flink's job server speaks, streaming included.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from portable import cluster, find_prism, is_of_this_beam, workers_of
from test_killed_command import rows
from test_running import Site

from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.newsroom.site import Newsroom, serve
from pipeline.options import RunOptions
from pipeline.queries.query import connect
from pipeline.run import run_feeds
from pipeline.sources.feed_list import read_feeds
from schemas.tables import TABLES

pytestmark = pytest.mark.skipif(
    not find_prism(), reason="Prism of this version of Beam is not here; `make prism` builds it"
)
NOW = 1_795_000_000_000_000


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The Beam options that send a job to the cluster."""
    with cluster(tmp_path_factory.mktemp("cluster")) as beam_args:
        yield beam_args


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with serve() as newsroom:
        yield newsroom


@contextmanager
def watching(lake: Path, feeds: Path, beam_args: list[str]) -> Iterator[subprocess.Popen[str]]:
    """`dateline watch --streaming`, each feed every two seconds."""
    options = ["--feeds", str(feeds), "--lake", str(lake), "--min-interval", "2", "--workers", "1"]
    options += ["--allow-network", "127.0.0.0/8"]
    beam = [f"--beam={option}" for option in beam_args]
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "watch", "--streaming", *options, *beam],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


def until(condition: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + 600
    while not condition():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def runs_in(lake: Path, condition: str = "true") -> int:
    if not (lake / "_head.json").exists():
        return 0
    with connect(lake) as connection:
        return len(connection.execute(f"FROM runs WHERE {condition}").fetchall())


@pytest.mark.parametrize(("number", "is_taken"), [(version("apache-beam"), True), ("2.1.0", False)])
def test_a_job_server_of_another_version_of_beam_is_passed_over(
    number: str, is_taken: bool, tmp_path: Path
) -> None:
    program = tmp_path / "prism"
    program.write_bytes(b"\x7fELF\x00mod\tgithub.com/apache/beam/sdks/v2\tv%s\t" % number.encode())
    assert is_of_this_beam(str(program)) is is_taken


def test_workers_elsewhere_write_the_bytes_that_this_process_writes(
    newsroom: Newsroom, elsewhere: list[str], tmp_path: Path
) -> None:
    feeds_file = tmp_path / "feeds.opml"
    feeds_file.write_text(newsroom.feeds_opml, encoding="utf-8")
    feeds = [feed.url for feed in read_feeds(feeds_file)]
    fetch = FetchSettings(allow_networks=("127.0.0.0/8",), per_host=4)
    lakes, reports = [tmp_path / "here", tmp_path / "elsewhere"], []
    for lake, beam_args in zip(lakes, ([], elsewhere), strict=True):
        options = RunOptions(str(lake), "first", NOW, workers=2, fetch=fetch)
        reports.append(run_feeds(feeds, options, beam_args=beam_args, quiet=True))
    assert reports[1].adds_up
    assert reports[1].entries == reports[0].entries > 80
    assert reports[1].ended == reports[0].ended
    for table in TABLES.keys() - {"runs"}:  # which says when a run ended
        here, there = (
            {
                path.relative_to(lake): path.read_bytes()
                for path in (lake / table).rglob("*.parquet")
            }
            for lake in lakes
        )
        assert there == here, table


def test_an_unbounded_job_lands_what_a_loop_of_runs_lands(
    elsewhere: list[str], tmp_path: Path, dateline: Any
) -> None:
    feeds, streamed, looped = (tmp_path / name for name in ("feeds.opml", "streamed", "looped"))
    with serve() as newsroom:
        feeds.write_text(newsroom.feeds_opml, encoding="utf-8")
        with watching(streamed, feeds, elsewhere) as process:
            until(lambda: runs_in(streamed) >= 3, process)
            newsroom.publish_second_edition()
            until(lambda: runs_in(streamed, "versions > 0") == 1, process)
            process.send_signal(signal.SIGTERM)
            out, words = process.communicate(timeout=600)
        assert process.returncode == 0, words
        assert "SIGTERM: stopping after the batch in hand" in words
        assert "78 new articles" in out
        assert "1 new version of a known article" in out
        assert out.count("(adds up)") == out.count("run 2") >= 4
        assert check_lake(streamed) == []
    with serve(port=newsroom.port) as again:
        options = ["--feeds", str(feeds), "--lake", str(looped), "--force", "--quiet"]
        for _ in range(2):
            done = dateline("run", *options, "--allow-network", "127.0.0.0/8")
            assert done.returncode == 0, done.stderr
            again.publish_second_edition()
    # The fourth is the ledger, to which a known entry adds nothing however often it is seen
    assert rows(streamed)[:4] == rows(looped)[:4]


def is_mended(root: Path) -> bool:
    """Is the lake whole once the next run has begun?"""
    lake = Lake.open(root)
    with lake.lock("next"):
        lake.recover()
    return check_lake(root) == []


def test_a_job_whose_command_died_leaves_the_lake_to_the_run_that_took_it_over(
    loopback: Any, respond: Callable[..., bytes], elsewhere: list[str], tmp_path: Path
) -> None:
    site = Site(loopback, respond, tmp_path)
    with site.running("run", more=[f"--beam={option}" for option in elsewhere]) as process:
        process.kill()
        process.communicate()
    asked = len(loopback.requests)
    with site.running("run") as process:
        until(lambda: "/late" in loopback.paths()[asked:])
        site.released.set()
        out, words = process.communicate(timeout=600)
    assert process.returncode == 0, words
    assert "3 new articles" in out
    staging = tmp_path / "lake" / "_staging"
    until(lambda: any(staging.rglob("*.parquet")))  # the other job comes to its end as well
    until(lambda: is_mended(site.lake))  # it may write some more files after the first
    assert site.articles() == 3
    assert runs_in(site.lake) == 1


def test_a_killed_worker_ends_the_job_with_a_line_and_the_next_job_loses_nothing(
    loopback: Any, respond: Callable[..., bytes], elsewhere: list[str], tmp_path: Path
) -> None:
    site = Site(loopback, respond, tmp_path)
    with watching(site.lake, site.feeds, elsewhere) as process:
        until(site.asked.is_set, process)
        for worker in workers_of(elsewhere):
            os.kill(worker, signal.SIGKILL)
        _, words = process.communicate(timeout=600)
    assert process.returncode == 1
    assert words.startswith("dateline: the runner gave up: ")
    assert len(words.splitlines()) == 1
    site.released.set()
    with watching(site.lake, site.feeds, elsewhere) as process:
        until(lambda: runs_in(site.lake) >= 2, process)
        process.send_signal(signal.SIGTERM)
        out, words = process.communicate(timeout=600)
    assert process.returncode == 0, words
    assert "3 new articles" in out
    assert site.articles() == 3
    assert check_lake(site.lake) == []


def test_a_run_that_is_interrupted_takes_its_job_along(
    loopback: Any, respond: Callable[..., bytes], elsewhere: list[str], tmp_path: Path
) -> None:
    site = Site(loopback, respond, tmp_path)
    with site.running("run", more=[f"--beam={option}" for option in elsewhere]) as process:
        process.send_signal(signal.SIGINT)
        out, words = process.communicate(timeout=600)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in words
    until(lambda: workers_of(elsewhere) == [])
    assert site.articles() == 0
