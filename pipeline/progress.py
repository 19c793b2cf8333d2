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
from contextlib import contextmanager, suppress
from copy import copy

from apache_beam.metrics import Metrics
from apache_beam.runners.runner import PipelineResult

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


def counters(result: PipelineResult) -> Counter[str]:
    """Our own counters of a job, by name."""
    found: Counter[str] = Counter()
    for metric in result.metrics().query()["counters"]:
        if metric.key.metric.namespace == NAMESPACE:
            held = metric.attempted if metric.committed is None else metric.committed
            found[metric.key.metric.name] += held or 0
    return found


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


class Shown:
    """What is shown: the counts of this process, or those of a job that runs elsewhere."""

    def __init__(self) -> None:
        self._job: PipelineResult | None = None

    def follow(self, job: PipelineResult) -> None:
        """Show what this job has counted, if it is still at work."""
        self._job = job

    def line(self) -> str:
        """The progress in words."""
        counts = _here
        if self._job is not None and not counts:
            with suppress(Exception):  # a job server that is busy, or has no counts before the end
                counts = counters(copy(self._job))  # a result keeps its first answer
        return line(counts)


@contextmanager
def shown(quiet: bool = False) -> Iterator[Shown]:
    """Show progress while the block runs: a live line on a terminal, else a log line every 10 s."""
    _here.clear()
    what, done = Shown(), threading.Event()
    if quiet:
        yield what
        return
    show = _live if sys.stderr.isatty() else _logged
    thread = threading.Thread(target=show, args=(what, done), name="progress", daemon=True)
    thread.start()
    try:
        yield what
    finally:
        done.set()
        thread.join()


def _live(what: Shown, done: threading.Event) -> None:
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    started = time.monotonic()
    with Live(console=Console(stderr=True), transient=True, refresh_per_second=5) as live:
        while not done.wait(0.2):
            live.update(Text(f"{what.line()}  {time.monotonic() - started:.0f} s"))


def _logged(what: Shown, done: threading.Event) -> None:
    while not done.wait(LOG_EVERY_S):
        log.info("%s", what.line())
