"""Counts raised by the stages in; a live line on a terminal, or plain log lines, out.

Each count is a Beam counter, from which the run's summary is made on any runner, and is kept in
this process too, since Beam shows its counters only when a run has ended.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from apache_beam.metrics import Metrics
from rich.console import Console
from rich.live import Live
from rich.text import Text

from pipeline.report import counted

NAMESPACE = "dateline"
LOG_EVERY_S = 10.0

log = logging.getLogger("dateline")
_here: Counter[str] = Counter()


def count(name: str, n: int = 1) -> None:
    """Raise the counter `name`; to be called on a Beam thread."""
    Metrics.counter(NAMESPACE, name).inc(n)
    _here[name] += n


def count_seconds(stage: str, seconds: float) -> None:
    """Add time spent in `stage`; kept as whole microseconds, since counters are integers."""
    count(f"microseconds:{stage}", round(seconds * 1e6))


def line(counts: Counter[str]) -> str:
    """The progress in words: feeds, entries, pages, articles, dead letters."""
    return "  ".join(
        counted(counts[name], one, several)
        for name, one, several in (
            ("feeds", "feed", "feeds"),
            ("entries", "entry", "entries"),
            ("pages", "page", "pages"),
            ("articles", "article", "articles"),
            ("dead", "dead letter", "dead letters"),
        )
    )


@contextmanager
def shown(quiet: bool = False) -> Iterator[None]:
    """Show progress while the block runs: a live line on a terminal, else a log line every 10 s."""
    _here.clear()
    if quiet:
        yield
        return
    done = threading.Event()
    show = _live if sys.stderr.isatty() else _logged
    thread = threading.Thread(target=show, args=(done,), name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _live(done: threading.Event) -> None:
    started = time.monotonic()
    with Live(console=Console(stderr=True), transient=True, refresh_per_second=5) as live:
        while not done.wait(0.2):
            live.update(Text(f"{line(_here)}  {time.monotonic() - started:.0f} s"))


def _logged(done: threading.Event) -> None:
    while not done.wait(LOG_EVERY_S):
        log.info("%s", line(_here))
