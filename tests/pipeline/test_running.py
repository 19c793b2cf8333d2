"""A run and a watch while they run: what they show, and how they take an order to stop."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.lake.check import check_lake
from pipeline.queries.query import connect

sys.path.insert(0, str(Path(__file__).parent))

from hostile_site import article, item, rss


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
        command = [sys.executable, "-m", "pipeline.cli", name, *options]
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
        assert "SIGTERM: finishing the batch in hand" in process.stderr.readline()
        site.released.set()
        out, words = process.communicate(timeout=300)
    assert (process.returncode, words) == (0, "")
    assert "3 entries seen (adds up)" in out
    assert "3 new articles" in out
    assert out.count("run 2") == 1
    assert site.articles() == 3
    assert check_lake(site.lake) == []


def test_a_watch_ends_at_once_when_it_is_told_twice(site: Site) -> None:
    with site.running("watch") as process:
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        while "SIGINT: finishing the batch in hand" not in process.stderr.readline():
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
