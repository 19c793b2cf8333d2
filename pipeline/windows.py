"""A run's options and a window in, the options of the run that this window is, out.

One window is one run. A bounded run has a single window, which is the run itself. In the unbounded
form each batch of feeds is a window of its own, named by the second in which it began.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apache_beam.transforms.window import FixedWindows, IntervalWindow

from pipeline.options import MICROSECONDS, RunOptions, run_name

BATCH = FixedWindows(1)  # the source lets at most one batch begin in a second


def run_of(options: RunOptions, window: Any) -> RunOptions:
    """The options of the run that `window` is: its name and its moment."""
    if not isinstance(window, IntervalWindow):
        return options
    return batch_run(options, window.start.micros // MICROSECONDS)


def batch_run(options: RunOptions, second: int) -> RunOptions:
    """The run of the batch that began in `second` (since 1970); a retry of it has the same name."""
    now, job = second * MICROSECONDS, options.run_id.rpartition("-")[2]
    return replace(options, now=now, run_id=run_name(now, job))


def run_id_of(options: RunOptions, window: Any) -> str:
    """The name of the run that `window` is."""
    return run_of(options, window).run_id
