"""Feeds and a lake in; one unbounded job that lands run after run, and a report of each, out.

For a runner that streams (Flink, Prism). The job lives where the runner has it; this process holds
the lake's lock, tells of the runs as they appear in the lake, and passes on the order to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from apache_beam.runners.runner import PipelineState

from pipeline.graph import unbounded_graph
from pipeline.lake.lock import tell_to_stop
from pipeline.lake.store import Lake
from pipeline.options import RunOptions
from pipeline.report import RunReport
from pipeline.run import stop_signal
from pipeline.run_rows import counts_of_run, finished_runs
from pipeline.runners import cancelled_with_us, empty_pipeline, is_local, runner_errors
from schemas.errors import InputError, Stopped

LOOK_EVERY_S = 0.5


def stream_feeds(
    feeds: Sequence[str],
    options: RunOptions,
    on_report: Callable[[RunReport], None],
    *,
    beam_args: Sequence[str],
    wait_s: float = 0.0,
) -> None:
    """Run one job that polls each feed when it is due, until SIGTERM or SIGINT.

    The batch in hand is finished; without one, while another run has the lake, it ends at once.
    A second SIGINT cancels the job and raises KeyboardInterrupt.
    Raises InputError where the runner cannot stream, LakeError where the lake refuses.
    """
    pipeline = empty_pipeline([*beam_args, "--streaming"])
    if is_local(pipeline):
        raise InputError(
            "--streaming: the local runner passes nothing on before its input ends; "
            "name a runner that streams with --beam=--runner=..., or leave the option out"
        )
    lake = Lake.create_or_open(Path(options.lake))
    with (
        stop_signal() as stopped,
        suppress(Stopped),
        lake.lock(options.run_id, wait_s, stopped.is_set),
    ):
        lake.recover()
        unbounded_graph(pipeline, feeds, options)
        reports = _Reports(lake)
        with runner_errors():
            result = pipeline.run()
            with cancelled_with_us(result):
                while not stopped.wait(LOOK_EVERY_S) and not PipelineState.is_terminal(
                    result.state
                ):
                    for report in reports.new():
                        on_report(report)
                tell_to_stop(lake.root, options.run_id)
                result.wait_until_finish()
        for report in reports.new():
            on_report(report)


class _Reports:
    """The reports of runs that were published since the last time of asking."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._version = lake.tables()["runs"]
        self._told = {run_id for run_id, _ in finished_runs(lake.root)}

    def new(self) -> Iterator[RunReport]:
        """One for each new run, oldest first."""
        self._lake.refresh()
        if self._version == self._lake.tables()["runs"]:
            return
        self._version = self._lake.tables()["runs"]
        for run_id, seconds in finished_runs(self._lake.root):
            if run_id not in self._told:
                self._told.add(run_id)
                yield RunReport(run_id, counts_of_run(self._lake.root, run_id), seconds)
