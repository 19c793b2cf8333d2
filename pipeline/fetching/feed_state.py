"""A feed's last poll and what happened now in, when to ask again and with what headers out.

Pure policy over `FeedFetch`, the newest of which is a feed's state; nothing here reads a clock,
the network or a disk. Times are microseconds UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.fetching.http_response import Response, http_date
from schemas.run_records import FeedFetch

SECOND = 1_000_000
_PERMANENT = {301, 308}
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})")
_NO_CACHE = re.compile(r"(?:^|[,\s])no-(?:cache|store)")


@dataclass(frozen=True)
class PollPolicy:
    """How often a feed is asked, in seconds, and how much of an answer is taken."""

    min_interval_s: int = 3_600
    max_interval_s: int = 24 * 3_600  # no hint of the publisher silences a feed for longer
    max_retry_after_s: int = 31 * 24 * 3_600
    moves_to_prove: int = 3  # polls in a row that a permanent redirect must hold
    max_entries: int = 10_000  # of one page of a feed; those above are counted


DEFAULT_POLICY = PollPolicy()


def first_state(feed_url: str) -> FeedFetch:
    """The state of a feed that was never asked."""
    return FeedFetch(
        feed_url=feed_url,
        current_url=feed_url,
        fetched_at=0,
        status=0,
        etag=b"",
        last_modified=b"",
        body_hash="",
        entries_seen=0,
        entries_new=0,
        next_check=0,
        failures=0,
        error="",
        is_disabled=False,
        moved_to="",
        moved_count=0,
    )


def is_due(state: FeedFetch | None, now: int) -> bool:
    """Whether the feed may be asked now."""
    return state is None or (not state.is_disabled and state.next_check <= now)


def waiting_times(
    feeds: Iterable[str], states: Mapping[str, FeedFetch], now: int
) -> dict[str, float]:
    """Seconds until each feed may be asked, 0 for one that is due; those that are gone are not in.

    A host that answered 429 makes all feeds on it wait.
    """
    paused, waits = paused_hosts(states.values(), now), {}
    for url in feeds:
        state = states.get(url)
        if state is None or not state.is_disabled:
            host = urlsplit(url).hostname or ""
            due = max(state.next_check if state else 0, paused.get(host, 0))
            waits[url] = max(0.0, (due - now) / SECOND)
    return waits


def request_headers(state: FeedFetch | None) -> dict[str, str | bytes]:
    """The validators of a conditional request, byte for byte as they came (RFC 9110 13.1)."""
    headers: dict[str, str | bytes] = {}
    if state and state.etag:
        headers["If-None-Match"] = state.etag
    if state and state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def paused_hosts(states: Iterable[FeedFetch], now: int) -> dict[str, int]:
    """Hosts that answered 429 and until when they want no request from any feed of theirs."""
    paused: dict[str, int] = {}
    for state in states:
        if state.status == 429 and state.next_check > now:
            host = urlsplit(state.current_url).hostname or ""
            paused[host] = max(paused.get(host, 0), state.next_check)
    return paused


def after_success(
    state: FeedFetch,
    response: Response,
    now: int,
    *,
    body_hash: str,
    entries_seen: int = 0,
    ttl_minutes: int | None = None,
    policy: PollPolicy = DEFAULT_POLICY,
) -> FeedFetch:
    """The state after a 200 that parsed, or whose body is the one of last time."""
    answered = state._replace(
        etag=response.header("etag"),
        last_modified=response.header("last-modified"),
        body_hash=body_hash,
        entries_seen=entries_seen,
    )
    return _answered(answered, response, now, ttl_minutes, policy)


def after_not_modified(
    state: FeedFetch, response: Response, now: int, *, policy: PollPolicy = DEFAULT_POLICY
) -> FeedFetch:
    """The state after a 304; validators that came with it replace the old ones (RFC 9110)."""
    answered = state._replace(
        etag=response.header("etag") or state.etag,
        last_modified=response.header("last-modified") or state.last_modified,
        entries_seen=0,
    )
    return _answered(answered, response, now, None, policy)


def after_failure(
    state: FeedFetch,
    error: str,
    now: int,
    *,
    response: Response | None = None,
    policy: PollPolicy = DEFAULT_POLICY,
) -> FeedFetch:
    """The state after a poll that brought no feed.

    The validators stay those of the last good poll, so that nothing is skipped. The wait doubles
    with each failure up to the cap; Retry-After can only lengthen it; 410 Gone disables the feed.
    """
    failures = state.failures + 1
    wait = policy.min_interval_s * 2 ** min(failures, 16)
    next_check = now + min(wait, policy.max_interval_s) * SECOND
    status = response.status if response else 0
    retry_after = response.retry_after(now) if response and status in (429, 503) else None
    if retry_after is not None:
        next_check = max(next_check, min(retry_after, now + policy.max_retry_after_s * SECOND))
    return state._replace(
        fetched_at=now,
        status=status,
        entries_seen=0,
        entries_new=0,
        next_check=next_check,
        failures=failures,
        error=error,
        is_disabled=state.is_disabled or status == 410,
        moved_to="",
        moved_count=0,
    )


def _answered(
    state: FeedFetch, response: Response, now: int, ttl_minutes: int | None, policy: PollPolicy
) -> FeedFetch:
    checked = state._replace(
        fetched_at=now,
        status=response.status,
        entries_new=0,
        next_check=now + _interval_s(response, now, ttl_minutes, policy) * SECOND,
        failures=0,
        error="",
        is_disabled=False,
    )
    return _moved(checked, response, policy)


def _interval_s(response: Response, now: int, ttl_minutes: int | None, policy: PollPolicy) -> int:
    hints = [policy.min_interval_s, (ttl_minutes or 0) * 60, _freshness_s(response, now)]
    return max(min(max(hints), policy.max_interval_s), policy.min_interval_s)


def _freshness_s(response: Response, now: int) -> int:
    """Seconds that the answer stays fresh: max-age, else Expires (RFC 9111 4.2.1)."""
    control = response.text_header("cache-control").lower()
    if _NO_CACHE.search(control):
        return 0
    max_age = _MAX_AGE.search(control)
    if max_age:
        age = response.text_header("age")
        return max(0, int(max_age[1]) - (int(age) if age.isdecimal() and len(age) < 10 else 0))
    expires = http_date(response.text_header("expires"))
    date = http_date(response.text_header("date")) or now
    return max(0, (expires - date) // SECOND) if expires is not None else 0


def _moved(state: FeedFetch, response: Response, policy: PollPolicy) -> FeedFetch:
    """Follow a move once every hop was permanent in enough polls in a row.

    A hotel's portal redirects everything for an evening; only time tells a move from that.
    """
    hops = response.redirects
    if not hops or any(status not in _PERMANENT for status, _ in hops):
        return state._replace(moved_to="", moved_count=0)
    count = state.moved_count + 1 if state.moved_to == response.final_url else 1
    if count < policy.moves_to_prove:
        return state._replace(moved_to=response.final_url, moved_count=count)
    return state._replace(current_url=response.final_url, moved_to="", moved_count=0)
