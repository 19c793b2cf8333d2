"""Polls over real HTTP, with real parser processes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.fetching.feed_state import SECOND, PollPolicy
from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.fetching.http_client import HttpClient
from pipeline.fetching.poll_feed import PollResult, poll
from pipeline.fetching.robots import RobotsCache
from pipeline.parsing.parse_pool import ParsePool
from schemas.run_records import FeedFetch

NOW = 1_795_000_000 * SECOND
HOUR = 3_600 * SECOND


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(1, deadline_s=3.0) as workers:
        yield workers


def rss(*titles: str, head: str = "") -> str:
    items = "".join(f"<item><title>{title}</title><link>/{title}</link></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>Paper</title>{head}{items}</channel></rss>'


def run(
    pool: ParsePool,
    settings: FetchSettings,
    url: str,
    state: FeedFetch | None = None,
    now: int = NOW,
    **options: Any,
) -> PollResult:
    async def once() -> PollResult:
        async with HttpClient(settings) as client:
            return await poll(client, RobotsCache(client), pool, url, state, now, **options)

    return asyncio.run(once())


def test_a_first_poll_brings_entries_and_a_state(loopback, respond, local, pool):
    loopback.routes["/feed"] = respond(rss("a", "b"), ETag='W/"1"', Last_Modified="odd")
    result = run(pool, local, loopback.url("/feed"))
    assert [entry.link for entry in result.entries] == [loopback.url("/a"), loopback.url("/b")]
    assert result.failure is None
    assert result.fetch is not None
    assert (result.fetch.status, result.fetch.entries_seen) == (200, 2)
    assert (result.fetch.etag, result.fetch.last_modified) == (b'W/"1"', b"odd")
    assert result.fetch.next_check == NOW + HOUR


def test_a_feed_that_is_not_due_is_not_asked_unless_forced(loopback, respond, local, pool):
    loopback.routes["/feed"] = respond(rss("a"))
    state = run(pool, local, loopback.url("/feed")).fetch
    assert run(pool, local, loopback.url("/feed"), state, NOW + HOUR - 1) == (None, [], None, 0)
    assert len(loopback.requests) == 1
    assert run(pool, local, loopback.url("/feed"), state, NOW + 1, force=True).fetch is not None


def test_not_modified_brings_nothing_and_parses_nothing(loopback, respond, local, pool):
    loopback.routes["/feed"] = [respond(rss("a"), ETag='"1"'), respond(status=304)]
    state = run(pool, local, loopback.url("/feed")).fetch
    result = run(pool, local, loopback.url("/feed"), state, NOW + HOUR)
    assert loopback.requests[1].header("If-None-Match") == b'"1"'
    assert (result.entries, result.failure) == ([], None)
    assert result.fetch is not None
    assert (result.fetch.status, result.fetch.etag) == (304, b'"1"')


def test_the_same_body_is_not_parsed_again(loopback, respond, local, pool, monkeypatch):
    loopback.routes["/feed"] = respond(rss("a"))
    state = run(pool, local, loopback.url("/feed")).fetch
    monkeypatch.setattr(pool, "run", None)
    result = run(pool, local, loopback.url("/feed"), state, NOW + HOUR)
    assert (result.entries, result.failure) == ([], None)
    assert result.fetch is not None
    assert result.fetch.error == ""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "not-a-feed"),
        ("<html><head><title>News</title></head><body>Welcome</body></html>", "not-a-feed"),
        ("/etc/hostname", "not-a-feed"),
    ],
)
def test_what_is_no_feed_is_a_dead_letter_and_the_next_feed_comes(
    loopback, respond, local, pool, body, reason
):
    loopback.routes["/bad"] = respond(body, content_type="text/html", ETag='"bad"')
    loopback.routes["/good"] = respond(rss("a"))
    result = run(pool, local, loopback.url("/bad"))
    assert result.failure is not None
    assert (result.failure.stage, result.failure.reason) == ("poll", reason)
    assert result.failure.feed_url == loopback.url("/bad")
    assert result.fetch is not None
    assert (result.fetch.failures, result.fetch.etag) == (1, b"")
    assert result.fetch.next_check > NOW + HOUR
    assert len(run(pool, local, loopback.url("/good")).entries) == 1


def test_a_feed_that_takes_too_long_to_parse_is_a_dead_letter(loopback, respond, local):
    loopback.routes["/feed"] = respond(rss(*(f"t{number}" for number in range(9_000))))
    with ParsePool(1, deadline_s=0.1) as hasty:
        result = run(hasty, local, loopback.url("/feed"))
    assert result.failure is not None
    assert (result.failure.reason, result.failure.is_final) == ("deadline", True)


def test_entries_above_the_limit_are_counted(loopback, respond, local, pool):
    loopback.routes["/feed"] = respond(rss("a", "b", "c", "d", "e"))
    result = run(pool, local, loopback.url("/feed"), policy=PollPolicy(max_entries=2))
    assert ([entry.title for entry in result.entries], result.skipped) == (["a", "b"], 3)


def test_an_empty_feed_is_no_failure(loopback, respond, local, pool):
    loopback.routes["/feed"] = respond(rss())
    result = run(pool, local, loopback.url("/feed"))
    assert (result.entries, result.failure) == ([], None)


@pytest.mark.parametrize(
    ("status", "is_final"), [(404, True), (403, True), (500, False), (503, False), (429, False)]
)
def test_an_error_status_is_a_dead_letter_with_its_number(
    loopback, respond, local, pool, status, is_final
):
    loopback.routes["/feed"] = respond(status=status, Retry_After="100000")
    result = run(pool, local, loopback.url("/feed"))
    assert result.failure is not None
    assert (result.failure.reason, result.failure.is_final) == (f"http-{status}", is_final)
    assert result.fetch is not None
    assert result.fetch.status == status
    if status in (429, 503):
        assert result.fetch.next_check == NOW + 100_000 * SECOND


def test_a_feed_that_is_gone_is_never_asked_again(loopback, respond, local, pool):
    loopback.routes["/feed"] = respond(status=410)
    state = run(pool, local, loopback.url("/feed")).fetch
    assert run(pool, local, loopback.url("/feed"), state, NOW + 10_000 * HOUR).fetch is None
    assert len(loopback.requests) == 1


def test_a_feed_that_cannot_be_reached_is_a_dead_letter(local, pool):
    result = run(pool, local, "http://127.0.0.1:1/feed")
    assert result.failure is not None
    assert (result.failure.reason, result.failure.is_final) == ("connect", False)
    assert result.fetch is not None
    assert (result.fetch.status, result.fetch.failures) == (0, 1)


def test_a_moved_feed_keeps_its_entries_identity(loopback, respond, local, pool):
    loopback.routes["/old"] = respond(status=301, Location="/new")
    loopback.routes["/new"] = [respond(rss(*"abcd"[: n + 1])) for n in range(4)]
    state, ids = None, []
    for poll_number in range(4):
        now = NOW + poll_number * HOUR
        result = run(pool, local, loopback.url("/old"), state, now)
        state = result.fetch
        ids.append([entry.entry_id for entry in result.entries])
    assert loopback.paths() == ["/old", "/new"] * 3 + ["/new"]
    assert state is not None
    assert state.feed_url == loopback.url("/old")
    assert ids[3][:3] == ids[2]


def test_older_pages_are_followed_on_first_sight_only(loopback, respond, local, pool):
    def page(number: int, title: str) -> bytes:
        link = '<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="/feed?p={}"/>'
        return respond(rss(title, head=link.format(number)))

    loopback.routes["/feed"] = [page(2, "a"), page(2, "new")]
    loopback.routes["/feed?p=2"] = page(3, "b")
    loopback.routes["/feed?p=3"] = page(2, "c")
    first = run(pool, local, loopback.url("/feed"))
    assert [entry.title for entry in first.entries] == ["a", "b", "c"]
    assert [path for path in loopback.paths() if path != "/robots.txt"] == [
        "/feed", "/feed?p=2", "/feed?p=3",
    ]  # fmt: skip
    second = run(pool, local, loopback.url("/feed"), first.fetch, NOW + HOUR)
    assert [entry.title for entry in second.entries] == ["new"]


def test_pages_without_end_end(loopback, respond, local, pool):
    for number in range(20):
        head = f'<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="/p{number + 1}"/>'
        loopback.routes[f"/p{number}"] = respond(rss(f"t{number}", head=head))
    result = run(pool, local, loopback.url("/p0"), follow_pages=2)
    assert [entry.title for entry in result.entries] == ["t0", "t1", "t2"]


def test_a_broken_older_page_costs_only_itself(loopback, respond, local, pool):
    head = '<link xmlns="http://www.w3.org/2005/Atom" rel="prev-archive" href="/2025"/>'
    loopback.routes["/feed"] = respond(rss("a", head=head))
    result = run(pool, local, loopback.url("/feed"))
    assert [entry.title for entry in result.entries] == ["a"]
    assert result.failure is not None
    assert (result.failure.reason, result.failure.url) == ("http-404", loopback.url("/2025"))
    assert result.fetch is not None
    assert result.fetch.error == ""


def test_an_older_page_in_a_private_network_is_refused(loopback, respond, pool):
    head = '<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="http://127.0.0.2:1/x"/>'
    loopback.routes["/feed"] = respond(rss("a", head=head))
    settings = FetchSettings(allow_networks=("127.0.0.1/32",))
    result = run(pool, settings, loopback.url("/feed"))
    assert len(result.entries) == 1
    assert result.failure is not None
    assert result.failure.reason in ("unreachable", "refused-address")
