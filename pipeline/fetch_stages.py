"""The stages that meet network and files: poll or read feeds, fetch pages, refine what came."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple, cast

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput

from pipeline import world
from pipeline.bundles import AsyncDoFn, Output
from pipeline.fetching.feed_state import PollPolicy
from pipeline.fetching.fetch_page import fetch_page
from pipeline.fetching.poll_feed import PollResult, poll
from pipeline.options import RunOptions
from pipeline.parsing.remote import (
    parse_feed,
    refine_entry,
    refine_page,
    refine_text,
    refine_to_rows,
)
from pipeline.progress import count, count_seconds
from pipeline.report import OVER_LIMIT
from pipeline.sources.document import Document, FeedFile, failed
from pipeline.sources.files import read_documents
from schemas.errors import FinalError, RecordError, RetryableError
from schemas.records import FeedEntry, RefinedRows
from schemas.run_records import FeedFetch
from transforms.settle import Landed, Work, fail, open_outcome

FULL_TEXT = 1_000  # characters of content from which on an entry counts as the whole article

log = logging.getLogger("dateline")


class Finished(NamedTuple):
    """How one piece of work ended."""

    work: Work
    refined: RefinedRows | None
    error: Exception | None
    fetch_seconds: float  # wall time until the page was here, or the failure known


class PollFeeds(AsyncDoFn):
    """(feed URL, its FeedFetch or None) -> FeedEntry; outputs `fetches` and `letters`."""

    async def work(self, element: tuple[str, FeedFetch | None], run: RunOptions) -> list[Output]:
        feed_url, state = element
        started = time.monotonic()
        result = await poll(
            self.world.client,
            self.world.robots,
            self.world.pool,
            feed_url,
            state,
            run.now,
            force=run.force,
            policy=PollPolicy(min_interval_s=run.min_interval_s, max_entries=run.max_entries),
            saved=run.feed_file,
        )
        return [result, time.monotonic() - started]

    def settle(self, outputs: list[Output], _run: RunOptions) -> Iterator[Output]:
        result: PollResult = outputs[0]
        count("feeds" if result.fetch else "feeds not due")
        count_seconds("poll", outputs[1])
        if result.fetch:
            count("feeds failed", int(bool(result.fetch.error)))
            yield TaggedOutput("fetches", result.fetch)
        if result.failure:
            count(f"failed feed:{result.failure.reason}")
            yield TaggedOutput("letters", result.failure)
        count("entries", len(result.entries))
        count(OVER_LIMIT, result.skipped)
        yield from result.entries


class Refine(AsyncDoFn):
    """An element -> `Landed` article; outputs `letters` and `outcomes` for what failed."""

    def open_work(self, element: Any, run: RunOptions) -> Work:
        """The open entries that the element stands for."""
        raise TypeError(f"{type(self).__name__} has no open_work()")

    async def fetch(self, element: Any, run: RunOptions) -> Callable[[], Awaitable[RefinedRows]]:
        """What gives the finished article, once all that comes by the network is here.

        Both the call and what it gives raise RecordError where there is no article.
        """
        raise TypeError(f"{type(self).__name__} has no fetch()")

    async def work(self, element: Any, run: RunOptions) -> list[Output]:
        work, started, fetched = self.open_work(element, run), time.monotonic(), None
        try:
            refine = await self.fetch(element, run)
            fetched = time.monotonic() - started
            return [Finished(work, await refine(), None, fetched)]
        except Exception as error:
            if not isinstance(error, RecordError):  # a bug must cost one record, not the run
                log.debug("a bug in refining %s", work.entry.link, exc_info=error)
            return [Finished(work, None, error, fetched or time.monotonic() - started)]

    def settle(self, outputs: list[Output], run: RunOptions) -> Iterator[Output]:
        (finished,) = outputs
        count("pages")
        count_seconds("fetch", finished.fetch_seconds)
        if finished.error is not None:
            yield from self._failed(finished.work, finished.error, run)
        elif finished.refined is not None:
            count("articles")
            count_seconds("extract and strip", finished.refined.extract_seconds)
            count_seconds("tag", finished.refined.tag_seconds)
            yield Landed(finished.refined.article, finished.work.entries)

    def _failed(self, work: Work, error: Exception, run: RunOptions) -> Iterator[Output]:
        letters, outcomes = fail(work, error, run.now, run.max_attempts)
        for letter in letters:
            count("dead")
            count(f"dead letter:{letter.stage}:{letter.reason}")
            yield TaggedOutput("letters", letter)
        for outcome in outcomes:
            yield TaggedOutput("outcomes", outcome)


class RefineEntries(Refine):
    """`Work` -> `Landed`: fetches the page, or takes the text that the entry carries."""

    def open_work(self, element: Work, _run: RunOptions) -> Work:
        return element

    async def fetch(self, element: Work, run: RunOptions) -> Callable[[], Awaitable[RefinedRows]]:
        entry = element.entry
        if not entry.link or (run.full_text and len(entry.content) >= FULL_TEXT):
            return partial(self.world.pool.run, refine_to_rows, refine_entry, run.now, entry)
        page = await fetch_page(self.world.client, self.world.robots, entry, run.now)
        return partial(self.world.pool.run, refine_to_rows, refine_page, run.now, page, entry)


class RefineDocuments(Refine):
    """`Document` of a backfill -> `Landed`.

    Nothing here waits for the network, so a document goes to the pool without the event loop, which
    took half a millisecond of it.
    """

    def open_work(self, element: Document, run: RunOptions) -> Work:
        return Work(element.entry, [open_outcome(element.entry, run.now)])

    def start(self, element: Document, run: RunOptions) -> Future[list[Output]]:
        work, outputs = self.open_work(element, run), Future[list[Output]]()
        if (letter := element.failure) is not None:
            kind = FinalError if letter.is_final else RetryableError
            error = kind(letter.stage, letter.reason, letter.message)
            outputs.set_result([Finished(work, None, error, 0.0)])
        else:
            self._refine(element, run).add_done_callback(partial(_pass_on, work, outputs))
        return outputs

    def _refine(self, element: Document, run: RunOptions) -> Future[RefinedRows]:
        submit = partial(self.world.pool.submit, refine_to_rows)
        if element.page is not None:
            page = element.page._replace(fetched_at=run.now)
            return submit(refine_page, run.now, page, element.entry)
        if element.text is not None:
            return submit(refine_text, run.now, element.text, element.entry)
        return submit(refine_entry, run.now, element.entry)


def _pass_on(work: Work, outputs: Future[list[Output]], done: Future[RefinedRows]) -> None:
    """Make the pool's answer the output of its document."""
    if done.cancelled():
        outputs.cancel()
    elif (error := done.exception()) is None:
        outputs.set_result([Finished(work, done.result(), None, 0.0)])
    else:  # the pool raises nothing but records' errors
        outputs.set_result([Finished(work, None, cast("Exception", error), 0.0)])


class ReadDocuments(beam.DoFn):
    """A path, folder or glob -> its `Document`s; of a saved feed one for each of its entries.

    Feeds are parsed here, and not in a stage beside: where two streams of documents met, Beam would
    gather all of them, whole pages, before the first is refined.
    """

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    def setup(self) -> None:
        self.world = world.acquire(self.options)

    def teardown(self) -> None:
        world.release(self.options)

    def process(self, path: str) -> Iterator[Document]:
        for found in read_documents([path]):
            documents = self._entries(found) if isinstance(found, FeedFile) else [found]
            count("entries", len(documents))
            yield from documents

    def _entries(self, file: FeedFile) -> list[Document]:
        """The entries of a saved feed; of one that is no feed, a failure."""
        parse = partial(parse_feed, max_entries=self.options.max_entries)
        try:
            feed = self.world.pool.submit(parse, file.body, file.url).result()
        except RecordError as error:
            return [failed(file.url, "feed", error.reason, error.message, stage=error.stage)]
        count(OVER_LIMIT, feed.skipped)
        return [_saved(file, entry) for entry in feed.entries]


def _saved(feed: FeedFile, entry: FeedEntry) -> Document:
    """The article that the entry carries; without one, what to do, since nothing is fetched here.

    A teaser is none, and would pass for the newest version of the page's article.
    """
    if not entry.link or len(entry.content) >= FULL_TEXT:
        return Document(entry, None, None, None)
    message = (
        "the feed does not carry its text; `dateline run --feeds` with this file fetches the page"
    )
    letter = failed(feed.url, "feed", "no-text", message, entry.link).failure
    return Document(entry, None, None, letter and letter._replace(is_final=False))
