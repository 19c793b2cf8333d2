"""The settings of a run, in one place, as plain picklable values."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass, field

from pipeline.fetching.fetch_settings import FetchSettings

MICROSECONDS = 1_000_000


def now_us() -> int:
    """The present moment in microseconds since 1970, UTC."""
    return time.time_ns() // 1000


def new_run_id(now: int) -> str:
    """A name for a run that starts at `now`, with four random digits."""
    return run_name(now, secrets.token_hex(2))


def run_name(now: int, mark: str) -> str:
    """A run's name: its start in UTC and a mark, so that names sort by time."""
    return f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(now // MICROSECONDS))}-{mark}"


def available_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class RunOptions:
    """Everything a run needs to know; travels to the workers as it is."""

    lake: str
    run_id: str
    now: int  # the run's moment, in microseconds: stamps every row, so that reruns compare
    workers: int = 1  # processes that parse, extract and tag
    shards: int = 1  # files a table and month gets from one run
    fetch: FetchSettings = field(default_factory=FetchSettings)
    deadline_s: float = 10.0  # for one page or feed in a worker process
    memory_mb: int = 2048  # of one worker process
    max_entries: int = 10_000  # of one feed
    max_attempts: int = 5  # before a record that keeps failing is given up
    full_text: bool = False  # take the article from the entry where the feed carries it whole
    min_interval_s: int = 3600  # between two polls of one feed
    force: bool = False  # poll every feed, due or not
    feed_file: str = ""  # a saved feed, which then is the only one, instead of a list of feeds
    names_file: str = ""
    topics_file: str = ""
    command: str = "run"  # run | watch | ingest | demo: stands in the row of the run

    @property
    def batch_gap_s(self) -> int:
        """A watch's batches begin this far apart, for each is a run, with files of its own."""
        return min(self.min_interval_s, 60)
