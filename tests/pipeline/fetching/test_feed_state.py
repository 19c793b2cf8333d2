"""When a feed is asked again, and with which validators."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.fetching.feed_state import (
    SECOND,
    PollPolicy,
    after_failure,
    after_not_modified,
    after_success,
    first_state,
    is_due,
    paused_hosts,
    request_headers,
    waiting_times,
)
from pipeline.fetching.http_response import Response
from schemas.run_records import FeedFetch

NOW = 1_795_000_000 * SECOND  # 2026-11-18
URL = "https://news.example/feed"
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def response(status: int = 200, final: str = URL, moves: Any = (), **headers: str) -> Response:
    pairs = tuple(
        (key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()
    )
    return Response(URL, final, status, pairs, b"", moves)


def succeed(state: FeedFetch, answer: Response, now: int = NOW, **options: Any) -> FeedFetch:
    return after_success(state, answer, now, body_hash="h", **options)


def wait_s(state: FeedFetch, now: int = NOW) -> int:
    return (state.next_check - now) // SECOND


def test_a_new_feed_is_due_and_asked_without_validators():
    assert is_due(None, NOW)
    assert is_due(first_state(URL), NOW)
    assert request_headers(None) == {}
    assert request_headers(first_state(URL)) == {}


def test_thirty_runs_a_minute_apart_ask_once_an_hour():
    state, asked = None, 0
    for minute in range(30):
        now = NOW + minute * MINUTE * SECOND
        if is_due(state, now):
            asked += 1
            state = succeed(state or first_state(URL), response(), now)
    assert asked == 1
    assert state is not None
    assert not is_due(state, NOW + HOUR * SECOND - 1)
    assert is_due(state, NOW + HOUR * SECOND)


def test_validators_are_kept_byte_for_byte():
    answer = Response(
        URL, URL, 200, ((b"ETag", b'W/"a\\"b\xff"'), (b"Last-Modified", b"odd")), b"", ()
    )
    state = succeed(first_state(URL), answer)
    assert request_headers(state) == {
        "If-None-Match": b'W/"a\\"b\xff"',
        "If-Modified-Since": b"odd",
    }


def test_a_success_without_validators_forgets_the_old_ones():
    state = succeed(first_state(URL), response(etag='"1"'))
    assert request_headers(succeed(state, response())) == {}


def test_not_modified_keeps_the_validators_that_it_does_not_renew():
    state = succeed(first_state(URL), response(etag='"1"', last_modified="then"))
    after = after_not_modified(state, response(304, etag='"2"'), NOW)
    assert request_headers(after) == {"If-None-Match": b'"2"', "If-Modified-Since": b"then"}
    assert after.body_hash == "h"
    assert wait_s(after) == HOUR


@pytest.mark.parametrize(
    ("headers", "ttl", "expected"),
    [
        ({"cache_control": "public, max-age=7200"}, None, 2 * HOUR),
        ({"cache_control": "max-age=7200", "age": "1800"}, None, 2 * HOUR - 1800),
        ({"cache_control": 'max-age="7200"'}, None, 2 * HOUR),
        ({"cache_control": "s-maxage=9000"}, None, HOUR),
        ({"cache_control": "no-cache, max-age=7200"}, None, HOUR),
        ({"cache_control": "max-age=99999999"}, None, DAY),
        ({"cache_control": "max-age=junk"}, None, HOUR),
        (
            {"expires": "Thu, 19 Nov 2026 05:06:40 GMT", "date": "Thu, 19 Nov 2026 02:06:40 GMT"},
            None,
            3 * HOUR,
        ),
        ({"expires": "0"}, None, HOUR),
        ({"expires": "-1"}, None, HOUR),
        ({}, 120, 2 * HOUR),
        ({}, 5, HOUR),
        ({}, 10**9, DAY),
        ({"cache_control": "max-age=7200"}, 180, 3 * HOUR),
    ],
)
def test_the_longest_hint_of_the_publisher_counts(headers, ttl, expected):
    assert wait_s(succeed(first_state(URL), response(**headers), ttl_minutes=ttl)) == expected


def test_an_operator_sets_the_shortest_interval():
    policy = PollPolicy(min_interval_s=60)
    assert wait_s(succeed(first_state(URL), response(), policy=policy)) == 60


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["86400", "Thu, 19 Nov 2026 11:06:40 GMT"])
def test_retry_after_is_waited_for(status, value):
    answer = response(status, retry_after=value)
    after = after_failure(first_state(URL), f"http-{status}", NOW, response=answer)
    assert wait_s(after) == DAY
    assert not is_due(after, NOW + DAY * SECOND - 1)


def test_retry_after_shortens_no_wait_and_lasts_no_year():
    short = response(503, retry_after="1")
    assert wait_s(after_failure(first_state(URL), "x", NOW, response=short)) == 2 * HOUR
    long = response(503, retry_after="999999999")
    assert wait_s(after_failure(first_state(URL), "x", NOW, response=long)) == 31 * DAY


def test_too_many_requests_speaks_for_the_whole_host():
    busy = after_failure(
        first_state(URL), "http-429", NOW, response=response(429, retry_after="9999")
    )
    down = after_failure(
        first_state("https://b.example/f"), "http-503", NOW, response=response(503)
    )
    assert paused_hosts([busy, down], NOW) == {"news.example": NOW + 9_999 * SECOND}
    assert paused_hosts([busy, down], NOW + DAY * SECOND) == {}


def test_every_feed_waits_for_its_time_and_for_its_hosts_and_a_gone_one_for_ever():
    told = response(429, retry_after="9999")
    busy = after_failure(first_state(URL), "http-429", NOW, response=told)
    soon = first_state("https://quiet.example/feed")._replace(next_check=NOW + 60 * SECOND)
    gone = first_state("https://gone.example/feed")._replace(is_disabled=True)
    states = {state.feed_url: state for state in (busy, soon, gone)}
    neighbour = "https://news.example/another"
    feeds = [busy.feed_url, neighbour, soon.feed_url, gone.feed_url, "https://new.example/feed"]
    assert waiting_times(feeds, states, NOW) == {
        busy.feed_url: 9_999,
        neighbour: 9_999,
        soon.feed_url: 60,
        "https://new.example/feed": 0,
    }


def test_gone_disables_a_feed_for_good():
    after = after_failure(first_state(URL), "http-410", NOW, response=response(410))
    assert after.is_disabled
    assert after.error == "http-410"
    assert not is_due(after, NOW + 10_000 * DAY * SECOND)


def test_waits_grow_with_failures_up_to_a_day_and_success_resets_them():
    state, waits = succeed(first_state(URL), response(etag='"1"')), []
    for _ in range(40):
        state = after_failure(state, "timeout", NOW)
        waits.append(wait_s(state))
    assert waits[:5] == [2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY]
    assert waits[-1] == DAY
    assert (state.failures, state.error) == (40, "timeout")
    state = succeed(state, response())
    assert (state.failures, state.error, wait_s(state)) == (0, "", HOUR)


def test_a_failure_keeps_the_validators_of_the_last_good_poll():
    good = succeed(first_state(URL), response(etag='"1"'))
    failed = after_failure(good, "not-a-feed", NOW, response=response(200, etag='"2"'))
    assert request_headers(failed) == {"If-None-Match": b'"1"'}
    assert failed.body_hash == "h"


NEW = "https://news.example/new-feed"


def poll(state: FeedFetch, *moves: tuple[int, str]) -> FeedFetch:
    return succeed(state, response(final=moves[-1][1] if moves else URL, moves=moves))


def test_a_permanent_move_counts_after_three_polls_in_a_row():
    state = first_state(URL)
    for expected in (URL, URL, NEW):
        state = poll(state, (301, "https://news.example/x"), (308, NEW))
        assert state.current_url == expected
    assert state.feed_url == URL
    assert (state.moved_to, state.moved_count) == ("", 0)


@pytest.mark.parametrize("moves", [[(302, NEW)], [(307, NEW)], [(301, URL), (302, NEW)]])
def test_a_temporary_hop_proves_nothing(moves):
    state = first_state(URL)
    for _ in range(5):
        state = poll(state, *moves)
    assert state.current_url == URL


def test_a_move_is_proved_anew_after_an_interruption():
    for interruption in ("plain", "failure", "elsewhere"):
        state = poll(poll(first_state(URL), (301, NEW)), (301, NEW))
        if interruption == "plain":
            state = poll(state)
        elif interruption == "failure":
            state = after_failure(state, "timeout", NOW)
        else:
            state = poll(state, (301, "https://portal.example/login"))
        state = poll(poll(state, (301, NEW)), (301, NEW))
        assert state.current_url == URL
        assert poll(state, (301, NEW)).current_url == NEW
