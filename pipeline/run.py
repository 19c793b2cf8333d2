"""Feeds or files and a lake in; one bounded run, or a loop of them, and its report out."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

import apache_beam as beam

from pipeline import progress, world
from pipeline.fetching.feed_state import waiting_times
from pipeline.graph import documents_graph, feeds_graph
from pipeline.lake.lock import StopAsked, never
from pipeline.lake.store import Lake
from pipeline.options import RunOptions, new_run_id, now_us
from pipeline.report import RunReport
from pipeline.runners import cancelled_with_us, empty_pipeline, is_local, runner_errors
from pipeline.sources import files
from schemas.errors import Stopped

LONGEST_SLEEP_S = 60.0

log = logging.getLogger("dateline")
Graph = Callable[[beam.Pipeline, Sequence[str], RunOptions], object]


def run_feeds(
    feeds: Sequence[str],
    options: RunOptions,
    *,
    beam_args: Sequence[str] = (),
    wait_s: float = 0.0,
    stop_asked: StopAsked = never,
    quiet: bool = False,
) -> RunReport:
    """Poll `feeds` once and land what is new. Raises LakeError where the lake cannot be written.

    `wait_s` is how long to wait for another run to finish with the lake; Stopped when `stop_asked`
    says so meanwhile.
    """
    lake = Lake.create_or_open(Path(options.lake))
    with lake.lock(options.run_id, wait_s, stop_asked):
        return _run(feeds_graph, feeds, options, lake, beam_args, quiet)


def run_documents(
    paths: Sequence[str],
    options: RunOptions,
    *,
    beam_args: Sequence[str] = (),
    wait_s: float = 0.0,
    quiet: bool = False,
) -> RunReport:
    """Land the documents of files, folders and globs; `-` is standard input."""
    files.require(paths)
    lake = Lake.create_or_open(Path(options.lake))
    with lake.lock(options.run_id, wait_s):
        return _run(documents_graph, paths, options, lake, beam_args, quiet)


def _run(
    graph: Graph,
    inputs: Sequence[str],
    options: RunOptions,
    lake: Lake,
    beam_args: Sequence[str],
    quiet: bool,
) -> RunReport:
    """Hold the lock."""
    started = time.monotonic()
    lake.recover()
    with world.kept(options), progress.shown(quiet) as shown:
        pipeline = empty_pipeline(beam_args)
        graph(pipeline, inputs, options)
        with runner_errors():
            result = pipeline.run()
            shown.follow(result)
            with cancelled_with_us(result):
                result.wait_until_finish()
    counts = progress.counters(result)
    if not is_local(pipeline):  # work that was done twice is counted twice there
        from pipeline.run_rows import counts_of_run

        counts = Counter({**counts, **counts_of_run(lake.root, options.run_id)})
    return RunReport(options.run_id, counts, time.monotonic() - started)


def watch(
    feeds: Callable[[], Sequence[str]],
    options: RunOptions,
    on_report: Callable[[RunReport], None],
    *,
    beam_args: Sequence[str] = (),
    wait_s: float = 3600.0,
    quiet: bool = False,
) -> None:
    """Run over and over, each feed when it is due, until SIGTERM or SIGINT; ends the batch in hand.

    Where there is none, because another run has the lake or no feed is due, it ends at once.
    A second SIGINT ends it at once, with KeyboardInterrupt.

    A loop of bounded runs, because a local unbounded source never emits past a GroupByKey; on a
    runner that streams, `pipeline.stream` does the same in one job.
    `feeds` is asked before each round, so that a list may be edited meanwhile.
    """
    with stop_signal() as stopped, world.kept(options), suppress(Stopped):
        while not stopped.is_set():
            now = now_us()
            batch = replace(options, now=now, run_id=new_run_id(now))
            due, pause_s = _due(feeds(), batch)
            if due:
                began = time.monotonic()
                on_report(
                    run_feeds(
                        due,
                        batch,
                        beam_args=beam_args,
                        wait_s=wait_s,
                        stop_asked=stopped.is_set,
                        quiet=quiet,
                    )
                )
                pause_s = began + options.batch_gap_s - time.monotonic()
            stopped.wait(max(pause_s, 0))


def _due(feeds: Sequence[str], options: RunOptions) -> tuple[list[str], float]:
    """The feeds whose next check has come, and the seconds until the next one is."""
    states = Lake.create_or_open(Path(options.lake)).feed_states(options.now)
    waits = waiting_times(feeds, states, options.now)
    soonest = min((wait for wait in waits.values() if wait), default=LONGEST_SLEEP_S)
    due = [url for url, wait in waits.items() if not wait]
    return due, min(max(soonest, 0.5), LONGEST_SLEEP_S)


@contextmanager
def stop_signal() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set within the block; a second SIGINT is KeyboardInterrupt."""
    stopped = threading.Event()

    def stop(number: int, _frame: FrameType | None) -> None:
        if stopped.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stopped.set()
        log.info("%s: stopping after the batch in hand, if any", signal.Signals(number).name)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
