"""A run and a watch while they run: what they show, and how they take an order to stop."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hostile_site import article, item, rss

from pipeline.lake import compact
from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.options import RunOptions
from pipeline.queries.query import connect
from pipeline.run import run_documents, watch
from pipeline.stream import stream_feeds

NOW = 1_795_000_000_000_000


class Site:
    """A feed of three articles, the last of which is not sent before `release`."""

    def __init__(self, loopback: Any, respond: Callable[..., bytes], folder: Path) -> None:
        self.asked, self.released = threading.Event(), threading.Event()
        self.lake, self.feeds = folder / "lake", folder / "feeds.txt"
        self.feeds.write_text(loopback.url("/feed"), encoding="utf-8")
        pages = ["/oran", "/paris", "/late"]
        links = [loopback.url(page) for page in pages]
        loopback.routes["/feed"] = respond(rss("".join(map(item, links))), content_type="text/xml")
        bodies = {page: respond(article(page), content_type="text/html") for page in pages}
        loopback.routes |= bodies

        async def late(_request: Any, writer: asyncio.StreamWriter) -> None:
            self.asked.set()
            while not self.released.is_set():
                await asyncio.sleep(0.01)
            writer.write(bodies["/late"])

        loopback.routes["/late"] = late

    @contextmanager
    def running(
        self, name: str, more: Sequence[str] = (), **streams: Any
    ) -> Iterator[subprocess.Popen[str]]:
        options = ["--feeds", str(self.feeds), "--lake", str(self.lake), "--workers", "1"]
        command = [sys.executable, "-m", "pipeline", name, *options]
        with subprocess.Popen(
            [*command, "--allow-network", "127.0.0.0/8", *more],
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **streams},
        ) as process:
            assert self.asked.wait(300)
            yield process

    def articles(self) -> int:
        with connect(self.lake) as connection:
            return len(connection.execute("FROM articles").fetchall())


@pytest.fixture
def site(loopback: Any, respond: Callable[..., bytes], tmp_path: Path) -> Site:
    return Site(loopback, respond, tmp_path)


def test_a_watch_finishes_the_batch_in_hand_when_it_is_told_to_stop(site: Site) -> None:
    with site.running("watch") as process:
        assert process.stderr is not None
        first = process.stderr.readline()  # plain words, where no terminal is
        assert first.rstrip().endswith("1 feed  3 entries  2 pages  2 articles  0 dead letters")
        process.send_signal(signal.SIGTERM)
        assert "SIGTERM: stopping after the batch in hand" in process.stderr.readline()
        site.released.set()
        out, words = process.communicate(timeout=300)
    assert (process.returncode, words) == (0, "")
    assert "3 entries seen (adds up)" in out
    assert "3 new articles" in out
    assert out.count("run 2") == 1
    assert site.articles() == 3
    assert check_lake(site.lake) == []


@contextmanager
def told_to_stop_while_another_run_writes(lake: Path) -> Iterator[RunOptions]:
    """SIGTERM comes to this process once the block listens for it."""
    options = RunOptions(lake=str(lake), run_id="waiting", now=NOW, workers=1)
    before = signal.getsignal(signal.SIGTERM)

    def order() -> None:
        while signal.getsignal(signal.SIGTERM) is before:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    with Lake.create_or_open(lake).lock("the-other-run"):
        threading.Thread(target=order, daemon=True).start()
        yield options


def test_a_watch_that_waits_for_the_lake_ends_when_it_is_told_to_stop(tmp_path: Path) -> None:
    with told_to_stop_while_another_run_writes(tmp_path / "lake") as options:
        watch(lambda: ["http://127.0.0.1:1/"], options, pytest.fail, wait_s=20.0)
    assert Lake.open(tmp_path / "lake").files("runs") == []


def test_a_job_that_waits_for_the_lake_ends_when_it_is_told_to_stop(tmp_path: Path) -> None:
    feeds = ["http://127.0.0.1:1/"]
    with socket.create_server(("127.0.0.1", 0)) as jobs:
        endpoint = f"--job_endpoint=127.0.0.1:{jobs.getsockname()[1]}"
        beam_args = ["--runner=PortableRunner", endpoint]
        with told_to_stop_while_another_run_writes(tmp_path / "lake") as options:
            stream_feeds(feeds, options, pytest.fail, beam_args=beam_args, wait_s=20.0)
    assert Lake.open(tmp_path / "lake").files("runs") == []


def test_a_watch_ends_at_once_when_it_is_told_twice(site: Site) -> None:
    with site.running("watch") as process:
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        while "SIGINT: stopping after the batch in hand" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=300)
    assert (process.returncode, words) == (130, "")
    assert site.articles() == 0


def test_a_run_that_is_interrupted_leaves_without_a_word(site: Site) -> None:
    with site.running("run") as process:
        process.send_signal(signal.SIGINT)
        out, words = process.communicate(timeout=300)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in words
    assert site.articles() == 0


def test_a_terminal_is_shown_how_far_the_run_is(site: Site) -> None:
    shown, terminal = pty.openpty()
    screen = b""
    with site.running("run", stderr=terminal) as process:
        os.close(terminal)
        while b"3 entries" not in screen or b"2 articles" not in screen:
            screen += os.read(shown, 4_096)
        site.released.set()
        with suppress(OSError):  # the end of a terminal is an error to read
            while more := os.read(shown, 4_096):
                screen += more
        out, _ = process.communicate(timeout=300)
    os.close(shown)
    assert process.returncode == 0
    assert "3 new articles" in out
    assert screen.endswith(b"\x1b[2K") or b"\x1b[2K" in screen[-40:]  # the line is gone again


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files; not pytest's, in which a socket's name would be too long."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_stop_leaves_nothing_behind(
    site: Site, temporary: Path, order: signal.Signals
) -> None:
    with site.running("run", env=os.environ | {"TMPDIR": str(temporary)}) as process:
        assert any(temporary.iterdir())
        process.send_signal(order)
        _, words = process.communicate(timeout=300)
    assert process.returncode == (-signal.SIGTERM if order == signal.SIGTERM else 130)
    assert "Traceback" not in words
    assert list(temporary.iterdir()) == []
    assert site.articles() == 0


def test_a_run_that_ends_leaves_nothing_behind(site: Site, temporary: Path) -> None:
    site.released.set()
    with site.running("run", env=os.environ | {"TMPDIR": str(temporary)}) as process:
        process.communicate(timeout=300)
    assert process.returncode == 0
    assert list(temporary.iterdir()) == []


def test_a_run_merges_what_many_runs_before_it_left(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(compact, "CROWD", 2)
    for number in range(3):
        story = tmp_path / f"{number}.txt"
        story.write_text(f"Minister {number} flew to Oran. China and Russia signed a treaty there.")
        options = RunOptions(lake=str(tmp_path / "lake"), run_id=f"r{number}", now=NOW + number)
        assert run_documents([str(story)], options, quiet=True).ended["new"] == 1
    lake = Lake.open(tmp_path / "lake")
    assert [len(lake.files(table)) for table in ("articles", "feed_entries", "runs")] == [2, 2, 2]
    assert check_lake(tmp_path / "lake") == []
