"""Feeds or files and a lake in; one bounded run, or a loop of them, and its report out."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.runner import PipelineResult

from pipeline import progress, world
from pipeline.graph import documents_graph, feeds_graph
from pipeline.lake.store import Lake
from pipeline.options import MICROSECONDS, RunOptions, new_run_id, now_us
from pipeline.report import RunReport
from pipeline.sources import files
from schemas.errors import DatelineError, InputError

# Named outright: `DirectRunner` first looks for other runners, and then differs between machines
LOCAL_RUNNER = ("--runner=FnApiRunner", "--direct_running_mode=in_memory")
LONGEST_SLEEP_S = 60.0

log = logging.getLogger("dateline")
Graph = Callable[[beam.Pipeline, Sequence[str], RunOptions], object]


def run_feeds(
    feeds: Sequence[str],
    options: RunOptions,
    *,
    beam_args: Sequence[str] = (),
    wait_s: float = 0.0,
    quiet: bool = False,
) -> RunReport:
    """Poll `feeds` once and land what is new. Raises LakeError where the lake cannot be written.

    `wait_s` is how long to wait for another run to finish with the lake.
    """
    return _run(feeds_graph, feeds, options, beam_args, wait_s, quiet)


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
    return _run(documents_graph, paths, options, beam_args, wait_s, quiet)


def _run(
    graph: Graph,
    inputs: Sequence[str],
    options: RunOptions,
    beam_args: Sequence[str],
    wait_s: float,
    quiet: bool,
) -> RunReport:
    started = time.monotonic()
    lake = Lake.create_or_open(Path(options.lake))
    with lake.lock(options.run_id, wait_s):
        lake.recover()
        with world.kept(options), progress.shown(quiet):
            pipeline = _pipeline(beam_args)
            graph(pipeline, inputs, options)
            try:
                result = pipeline.run()
                result.wait_until_finish()
            except Exception as error:
                raise _root(error) from error
    return RunReport(options.run_id, counters(result), time.monotonic() - started)


def _pipeline(beam_args: Sequence[str]) -> beam.Pipeline:
    """An empty pipeline; InputError for an option that Beam does not know."""
    options = PipelineOptions([*LOCAL_RUNNER, *beam_args])
    given = options.get_all_options(drop_default=True, retain_unknown_options=True)
    unknown = sorted(given.keys() - options.get_all_options().keys())
    if unknown:
        raise InputError(f"--beam=--{unknown[0]}: Beam has no such option")
    try:
        return beam.Pipeline(options=options)
    except ValueError as error:
        raise InputError(f"--beam: {error}") from error


def _root(error: BaseException) -> BaseException:
    """What a stage raised, which Beam wraps: our own error or Ctrl-C, or else the error as it is."""
    root, cause = error, error.__cause__ or error.__context__
    while cause is not None:
        if isinstance(cause, DatelineError | KeyboardInterrupt):
            root = cause
        cause = cause.__cause__ or cause.__context__
    return root


def counters(result: PipelineResult) -> Counter[str]:
    """Our own counters of a finished run, by name."""
    found: Counter[str] = Counter()
    for metric in result.metrics().query()["counters"]:
        if metric.key.metric.namespace == progress.NAMESPACE:
            found[metric.key.metric.name] += metric.committed or 0
    return found


def watch(
    feeds: Callable[[], Sequence[str]],
    options: RunOptions,
    on_report: Callable[[RunReport], None],
    *,
    beam_args: Sequence[str] = (),
    quiet: bool = False,
) -> None:
    """Run over and over, each feed when it is due, until SIGTERM or SIGINT; ends the batch in hand.

    A second SIGINT ends it at once, with KeyboardInterrupt.

    A loop of bounded runs, because a local unbounded source never emits past a GroupByKey.
    `feeds` is asked before each round, so that a list may be edited meanwhile.
    """
    with _stop_signal() as stopped, world.kept(options):
        while not stopped.is_set():
            now = now_us()
            batch = replace(options, now=now, run_id=new_run_id(now))
            due, pause_s = _due(feeds(), batch)
            if due:
                on_report(run_feeds(due, batch, beam_args=beam_args, wait_s=3600, quiet=quiet))
            else:
                stopped.wait(pause_s)


def _due(feeds: Sequence[str], options: RunOptions) -> tuple[list[str], float]:
    """The feeds whose next check has come, and the seconds until the next one is."""
    states = Lake.create_or_open(Path(options.lake)).feed_states()
    waits = [
        (states[url].next_check - options.now) / MICROSECONDS if url in states else 0.0
        for url in feeds
        if url not in states or not states[url].is_disabled
    ]
    due = [
        url
        for url in feeds
        if url not in states
        or (not states[url].is_disabled and states[url].next_check <= options.now)
    ]
    soonest = min((w for w in waits if w > 0), default=LONGEST_SLEEP_S)
    return due, min(max(soonest, 0.5), LONGEST_SLEEP_S)


@contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    stopped = threading.Event()

    def stop(number: int, _frame: FrameType | None) -> None:
        if stopped.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stopped.set()
        log.info("%s: finishing the batch in hand", signal.Signals(number).name)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
