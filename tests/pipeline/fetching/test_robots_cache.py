"""robots.txt as it is fetched and kept (RFC 9309, section 2.3)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.fetching.http_client import HttpClient
from pipeline.fetching.robots import RobotsCache
from schemas.errors import FinalError, RecordError, RetryableError


async def allowed(cache: RobotsCache, url: str) -> bool:
    try:
        await cache.check(url)
    except RecordError:
        return False
    return True


def ask(settings: FetchSettings, *urls: str) -> list[bool]:
    async def run() -> list[bool]:
        async with HttpClient(settings) as client:
            cache = RobotsCache(client)
            return list(await asyncio.gather(*(allowed(cache, url) for url in urls)))

    return asyncio.run(run())


def error(settings: FetchSettings, url: str) -> RecordError:
    async def run() -> None:
        async with HttpClient(settings) as client:
            await RobotsCache(client).check(url)

    with pytest.raises(RecordError) as caught:
        asyncio.run(run())
    return caught.value


def test_a_hundred_tasks_ask_a_host_once(loopback, respond, local):
    loopback.routes["/robots.txt"] = respond("User-agent: *\nDisallow: /no")
    urls = [loopback.url(f"/{'no' if n % 2 else 'yes'}/{n}") for n in range(100)]
    assert ask(local, *urls) == [True, False] * 50
    assert loopback.paths() == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429])
def test_a_missing_file_allows_all(loopback, respond, local, status):
    loopback.routes["/robots.txt"] = respond("User-agent: *\nDisallow: /", status=status)
    assert ask(local, loopback.url("/a")) == [True]


@pytest.mark.parametrize("status", [500, 503])
def test_a_failing_server_disallows_all_for_now(loopback, respond, local, status):
    loopback.routes["/robots.txt"] = respond(status=status)
    assert ask(local, loopback.url("/a")) == [False]
    assert error(local, loopback.url("/a")).reason == "unreachable"
    assert isinstance(error(local, loopback.url("/a")), RetryableError)


def test_a_host_without_an_answer_disallows_all_for_now(local):
    assert isinstance(error(local, "http://127.0.0.1:1/a"), RetryableError)


def test_a_disallowed_page_is_not_tried_again(loopback, respond, local):
    loopback.routes["/robots.txt"] = respond("User-agent: dateline\nDisallow: /a")
    failure = error(local, loopback.url("/a"))
    assert isinstance(failure, FinalError)
    assert (failure.stage, failure.reason) == ("robots", "disallowed")


def test_a_page_at_an_impossible_address_is_not_tried_again(local):
    failure = error(local, "http://127.0.0.1:99999/a")
    assert isinstance(failure, FinalError)
    assert (failure.stage, failure.reason) == ("fetch", "bad-url")


def test_redirects_of_the_file_are_followed(loopback, respond, local):
    loopback.routes["/robots.txt"] = respond(status=301, Location="/elsewhere.txt")
    loopback.routes["/elsewhere.txt"] = respond("User-agent: *\nDisallow: /a")
    assert ask(local, loopback.url("/a")) == [False]


def test_robots_txt_cannot_lead_into_a_private_network(loopback, respond):
    settings = FetchSettings(allow_networks=("127.0.0.1/32",))
    loopback.routes["/robots.txt"] = respond(status=301, Location="http://127.0.0.2:1/")
    assert ask(settings, loopback.url("/a")) == [False]


def test_what_lies_beyond_500_kib_is_not_read(loopback, respond, local):
    text = "User-agent: *\nDisallow: /a\n" + "# filler\n" * 60_000 + "Disallow: /b\n"
    loopback.routes["/robots.txt"] = respond(text)
    assert ask(local, loopback.url("/a"), loopback.url("/b")) == [False, True]


def test_one_waiter_that_gives_up_does_not_take_the_others_along(loopback, local):
    async def slow(request: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    loopback.routes["/robots.txt"] = slow

    async def run() -> bool:
        async with HttpClient(replace(local, total_timeout_s=3.0)) as client:
            cache = RobotsCache(client)
            hasty = asyncio.create_task(allowed(cache, loopback.url("/a")))
            patient = asyncio.create_task(allowed(cache, loopback.url("/b")))
            await asyncio.sleep(0.05)
            hasty.cancel()
            return await patient

    assert asyncio.run(run())
