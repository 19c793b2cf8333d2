"""A record may hang, eat memory or kill its process: it costs itself, and the next one works."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from pipeline.parse_pool import ParsePool
from schemas.errors import FinalError, RecordError
from transforms.parse_feed import parse_feed


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(1, deadline_s=1.5, memory_mb=400) as pool:
        yield pool


def reason(pool: ParsePool, function: object, *args: object) -> str:
    with pytest.raises(FinalError) as failed:
        pool.submit(function, *args).result(timeout=60)  # type: ignore[arg-type]
    return failed.value.reason


def test_a_call_past_its_deadline_is_killed_and_the_next_one_works(pool: ParsePool) -> None:
    assert reason(pool, time.sleep, 60) == "deadline"
    assert pool.submit(len, "abc").result(timeout=60) == 3


def test_a_call_that_eats_memory_fails_alone(pool: ParsePool) -> None:
    assert reason(pool, bytearray, 3_000_000_000) == "memory"
    assert pool.submit(len, "abc").result(timeout=60) == 3


def test_a_call_that_kills_its_process_fails_alone(pool: ParsePool) -> None:
    assert reason(pool, os._exit, 3) == "crash"
    assert pool.submit(len, "abc").result(timeout=60) == 3


def test_the_functions_own_error_comes_through(pool: ParsePool) -> None:
    with pytest.raises(RecordError, match="not-a-feed"):
        pool.submit(parse_feed, b"<html><body>no feed</body></html>", "http://h.example/").result(
            60
        )


def test_a_slow_pattern_in_a_feed_does_not_stop_the_feed_after_it(pool: ParsePool) -> None:
    author = b"<author>" + b"a." * 60_000 + b"@</author>"
    item = b"<item><title>t</title><link>http://h.example/1</link>%s</item>"
    feed = b'<rss version="2.0"><channel><title>c</title>%s</channel></rss>'
    try:
        assert (
            pool.submit(parse_feed, feed % (item % author), "http://h.example/").result(60).entries
        )
    except FinalError as error:
        assert error.reason == "deadline"
    good = pool.submit(parse_feed, feed % (item % b""), "http://h.example/").result(60)
    assert [entry.title for entry in good.entries] == ["t"]


def test_workers_that_cannot_start_fail_the_call_and_do_not_hang() -> None:
    broken = ParsePool(1, deadline_s=2, memory_mb=400, initializer=int, initargs=("x",))
    with broken, pytest.raises(RecordError):
        broken.submit(len, "abc").result(timeout=60)
