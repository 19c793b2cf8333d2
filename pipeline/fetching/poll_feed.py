"""A feed's address, or the file it was saved in, and its last state in; new entries and state out."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.fetching.feed_state import (
    DEFAULT_POLICY,
    PollPolicy,
    after_failure,
    after_not_modified,
    after_success,
    first_state,
    is_due,
    request_headers,
)
from pipeline.fetching.http_response import Response, status_error
from pipeline.fetching.robots import RobotsCache
from pipeline.parsing.parse_pool import ParsePool
from pipeline.parsing.remote import parse_feed
from pipeline.sources.files import open_unpacked
from schemas.errors import FinalError, RecordError, RetryableError
from schemas.records import Feed, FeedEntry
from schemas.run_records import DeadLetter, FeedFetch

if TYPE_CHECKING:
    from pipeline.fetching.http_client import HttpClient


class PollResult(NamedTuple):
    """What one poll brought."""

    fetch: FeedFetch | None  # None: the feed was not due, nothing was asked
    entries: list[FeedEntry]
    failure: DeadLetter | None  # of the poll, or of an archive page after a good poll
    skipped: int = 0  # entries above the cap of the parser


async def poll(  # noqa: PLR0913 - the graph names what it passes
    client: HttpClient,
    robots: RobotsCache,
    pool: ParsePool,
    feed_url: str,
    state: FeedFetch | None,
    now: int,
    *,
    force: bool = False,
    follow_pages: int = 3,
    policy: PollPolicy = DEFAULT_POLICY,
    saved: str = "",
) -> PollResult:
    """Ask a feed if it is due (`force` asks anyway), and parse what is new.

    `now` is microseconds UTC. Never raises a `RecordError`: a poll that fails is a `FeedFetch` with
    its `error` and a `DeadLetter` of stage `poll`. The new state is to be stored with the articles
    of the entries or after them.

    `saved` is the file that has the feed, which nobody is asked for then.

    robots.txt is not asked for the address that the user gave. It is asked for the older pages
    that a feed names (RFC 5005), which are followed on first sight only.
    """
    if not force and not is_due(state, now):
        return PollResult(None, [], None)
    before = state or first_state(feed_url)
    response: Response | None = None
    try:
        if saved:
            limit = client.settings.max_feed_bytes
            response = await asyncio.to_thread(_read, Path(saved), feed_url, limit)
        else:
            headers = request_headers(before)
            response = await client.get(before.current_url, headers=headers, kind="feed")
        return await _answer(client, robots, pool, before, response, now, follow_pages, policy)
    except RecordError as exc:
        after = after_failure(before, str(exc), now, response=response, policy=policy)
        return PollResult(after, [], _dead_letter(after, after.current_url, exc))


def _read(path: Path, feed_url: str, limit: int) -> Response:
    """The saved feed, as a server would have answered."""
    name = feed_url.removeprefix("file:")  # without the folders of this machine
    try:
        with open_unpacked(path) as file:
            body = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as exc:
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise RetryableError("fetch", "unreadable", f"{name}: {reason}") from exc
    if len(body) > limit:
        raise FinalError("fetch", "too-large", f"{name} is over {limit:,} bytes")
    return Response(feed_url, feed_url, 200, (), body, ())


async def _answer(
    client: HttpClient,
    robots: RobotsCache,
    pool: ParsePool,
    before: FeedFetch,
    response: Response,
    now: int,
    follow_pages: int,
    policy: PollPolicy,
) -> PollResult:
    error = status_error(response)
    if error is not None:
        raise error
    if response.status == 304:
        return PollResult(after_not_modified(before, response, now, policy=policy), [], None)
    body_hash = hashlib.sha256(response.body).hexdigest()
    success = partial(after_success, before, response, now, body_hash=body_hash, policy=policy)
    if body_hash == before.body_hash:
        return PollResult(success(), [], None)
    feed = await _parse(pool, response, before.feed_url, policy.max_entries)
    is_first = not before.body_hash
    pages = Pages(client, robots, pool, before.feed_url, policy.max_entries)
    if is_first:
        await pages.follow(feed, response, follow_pages)
    entries = _distinct([*feed.entries, *pages.entries])
    after = success(entries_seen=len(entries), ttl_minutes=feed.ttl_minutes)
    failure = _dead_letter(after, pages.url, pages.error) if pages.error else None
    return PollResult(after, entries, failure, feed.skipped + pages.skipped)


class Pages:
    """The older pages of a paged or archived feed (RFC 5005)."""

    def __init__(
        self,
        client: HttpClient,
        robots: RobotsCache,
        pool: ParsePool,
        feed_url: str,
        max_entries: int,
    ) -> None:
        self.entries: list[FeedEntry] = []
        self.skipped = 0
        self.url = ""
        self.error: RecordError | None = None
        self._client, self._robots, self._pool = client, robots, pool
        self._feed_url, self._max_entries = feed_url, max_entries

    async def follow(self, first: Feed, response: Response, limit: int) -> None:
        """Fetch up to `limit` further pages; a page seen before ends it, a failure is kept."""
        seen = {response.url, response.final_url}
        feed = first
        for _ in range(limit):
            if not feed.next_page or feed.next_page in seen:
                return
            self.url = feed.next_page
            seen.add(self.url)
            try:
                feed = await self._page(self.url)
            except RecordError as exc:
                self.error = exc
                return
            self.entries.extend(feed.entries)
            self.skipped += feed.skipped

    async def _page(self, url: str) -> Feed:
        await self._robots.check(url)
        response = await self._client.get(url, kind="feed", check=self._robots.check)
        error = status_error(response)
        if error is not None:
            raise error
        return await _parse(self._pool, response, self._feed_url, self._max_entries)


async def _parse(pool: ParsePool, response: Response, feed_url: str, max_entries: int) -> Feed:
    if not response.body:
        raise FinalError("parse", "not-a-feed", "the body is empty")
    content_type = response.text_header("content-type")
    parse = partial(
        parse_feed,
        content_type=content_type,
        base_url=response.final_url,
        max_entries=max_entries,
    )
    return await pool.run(parse, response.body, feed_url)


def _distinct(entries: list[FeedEntry]) -> list[FeedEntry]:
    """The entries, each id once: pages of a feed overlap when news comes in between."""
    return list({entry.entry_id: entry for entry in reversed(entries)}.values())[::-1]


def _dead_letter(state: FeedFetch, url: str, error: RecordError) -> DeadLetter:
    return DeadLetter(
        entry_id="",
        feed_url=state.feed_url,
        guid="",
        url=url,
        fingerprint="",
        stage="poll",
        reason=error.reason,
        error_class=type(error).__name__,
        message=error.message,
        is_final=isinstance(error, FinalError),
        attempts=state.failures,
        failed_at=state.fetched_at,
    )
