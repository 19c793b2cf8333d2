"""The stages that meet the lake: leave out what it knows, settle versions, publish a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipeline.bundles import BatchDoFn, Output
from pipeline.fetching.feed_state import paused_hosts
from pipeline.lake.lock import still_writing
from pipeline.lake.parquet_files import write_file
from pipeline.lake.store import Lake
from pipeline.options import MICROSECONDS, RunOptions, now_us
from pipeline.progress import count
from pipeline.windows import run_of
from schemas.contract import run_row
from schemas.records import FeedEntry
from schemas.rows import RunRow, month
from schemas.run_records import FeedFetch, Outcome, WrittenFile
from transforms.deduplicate import Signed, cluster
from transforms.settle import Known, Landed, settle_article, split_known

CLUSTER_WINDOW = 30 * 86_400 * MICROSECONDS  # a copy older than 30 days is another story


class LakeDoFn(BatchDoFn):
    """Asks the lake as it was before the run, opened once per worker and run."""

    _opened: tuple[str, Lake] | None = None  # by the name of the run

    def lake(self, run: RunOptions) -> Lake:
        """The lake that the run adds to."""
        if self._opened is None or self._opened[0] != run.run_id:
            self._opened = run.run_id, Lake.open(Path(run.lake))
        return self._opened[1]


class RecallFeeds(LakeDoFn):
    """Feed URL -> (feed URL, its newest `FeedFetch` or None)."""

    def work(self, elements: Sequence[str], run: RunOptions) -> Iterator[tuple[int, Output]]:
        states: dict[str, FeedFetch] = self.lake(run).feed_states(run.now)
        paused = paused_hosts(states.values(), run.now)
        for position, url in enumerate(elements):
            if urlsplit(url).hostname in paused:  # 429 speaks for the whole host
                count("feeds not due")
            else:
                yield position, (url, states.get(url))


class LeaveOutKnown(LakeDoFn):
    """(address, entries) -> `Work`; output `outcomes` for what needs no work."""

    def work(
        self, elements: Sequence[tuple[str, Iterable[FeedEntry]]], run: RunOptions
    ) -> Iterator[tuple[int, Output]]:
        groups = [list(entries) for _, entries in elements]
        ledger = self.lake(run).known_entries([e.entry_id for group in groups for e in group])
        for position, group in enumerate(groups):
            work, settled = split_known(group, ledger, run.now)
            if work is not None:
                yield position, work
            for outcome in settled:
                yield position, TaggedOutput("outcomes", outcome)


class SettleArticles(LakeDoFn):
    """(article id, its `Landed` finds) -> `Settled` to write; output `outcomes`."""

    def work(
        self, elements: Sequence[tuple[str, Iterable[Landed]]], run: RunOptions
    ) -> Iterator[tuple[int, Output]]:
        finds = [(article_id, list(landed)) for article_id, landed in elements]
        lake = self.lake(run)
        known = lake.known_articles([article_id for article_id, _ in finds])
        entry_ids = [e.entry_id for _, landed in finds for find in landed for e in find.entries]
        seen = lake.known_entries(entry_ids)
        for position, (article_id, landed) in enumerate(finds):
            before = known.get(article_id)
            settled, outcomes = settle_article(landed, before and Known(*before), seen)
            if settled is not None:
                yield position, settled
            for outcome in outcomes:
                yield position, TaggedOutput("outcomes", outcome)


class FindClusters(LakeDoFn):
    """All `Signed` articles of the run, as one list -> {article id: cluster id}."""

    def work(
        self, elements: Sequence[list[Signed]], run: RunOptions
    ) -> Iterator[tuple[int, Output]]:
        for position, new in enumerate(elements):
            since = min((one.date for one in new), default=0) - CLUSTER_WINDOW
            known = [
                Signed(article_id, date, tuple(signature), cluster_id)
                for article_id, cluster_id, date, signature in self.lake(run).signatures(since)
            ]
            yield position, cluster(new, known)


def end_of(outcome: Outcome) -> str:
    """How the entry ended; counted for the summary on the way."""
    count(f"ended:{outcome.outcome}")
    return outcome.outcome


class Publish(beam.DoFn):
    """All `WrittenFile`s of the run, as one list -> the row of the run, after it is published."""

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    def process(
        self,
        files: list[WrittenFile],
        counts: dict[str, int],
        window: Any = beam.DoFn.WindowParam,
    ) -> Iterator[RunRow]:
        run = run_of(self.options, window)
        root, row = Path(run.lake), _run_row(run, counts)
        partition = f"started_month={month(row.started_at)}"
        own = write_file("runs", partition, [run_row(row)], 0, root, run.run_id)
        with still_writing(root, self.options.run_id):
            lake = Lake.open(root)
            lake.tidy()  # nobody reads the files of before the run any more
            lake.publish(run.run_id, [*files, own])
        for file in files:
            count(f"rows:{file.table}", file.rows)
        yield row


def _run_row(options: RunOptions, counts: dict[str, int]) -> RunRow:
    return RunRow(
        run_id=options.run_id,
        command=options.command,
        started_at=options.now,
        finished_at=max(options.now, now_us()),
        feeds_polled=counts.get("feeds_polled", 0),
        feeds_failed=counts.get("feeds_failed", 0),
        entries_seen=counts.get("entries_seen", 0),
        articles_new=counts.get("new", 0),
        versions=counts.get("version", 0),
        duplicates=counts.get("duplicate", 0),
        already_known=counts.get("known", 0),
        dead_letters=counts.get("dead", 0) + counts.get("retry", 0),
        software_version=version("dateline"),
    )
