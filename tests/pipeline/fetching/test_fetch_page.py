"""Pages fetched for entries, over real HTTP."""

from __future__ import annotations

import asyncio

import pytest

from pipeline.fetching.fetch_page import fetch_page
from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.fetching.http_client import HttpClient
from pipeline.fetching.robots import RobotsCache
from pipeline.sources.document import make_entry
from schemas.errors import FinalError, RecordError, RetryableError
from schemas.records import Page

HTML = "<!doctype html><p>News</p>"


def fetch(settings: FetchSettings, link: str) -> Page:
    async def run() -> Page:
        entry = make_entry("feed", "https://a.example/feed", link=link)
        async with HttpClient(settings) as client:
            return await fetch_page(client, RobotsCache(client), entry, 7)

    return asyncio.run(run())


def failure(settings: FetchSettings, link: str) -> RecordError:
    with pytest.raises(RecordError) as caught:
        fetch(settings, link)
    return caught.value


def test_a_page_says_where_it_came_from(loopback, respond, local):
    loopback.routes["/a"] = respond(status=301, Location="/b")
    loopback.routes["/b"] = respond(HTML, content_type="text/html; charset=koi8-r")
    assert fetch(local, loopback.url("/a")) == Page(
        loopback.url("/a"), loopback.url("/b"), "text/html; charset=koi8-r", HTML.encode(), 7
    )


@pytest.mark.parametrize("kind", ["application/xhtml+xml", "text/plain", "TEXT/HTML", ""])
def test_pages_come_under_several_types(loopback, respond, local, kind):
    loopback.routes["/a"] = respond(HTML, content_type=kind)
    assert fetch(local, loopback.url("/a")).body == HTML.encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/pdf", b"%PDF-1.7"),
        ("image/png", b"\x89PNG"),
        ("application/json", b"{}"),
        ("application/octet-stream", b"\x00\x01"),
        ("", b"\xff\xd8\xff"),
    ],
)
def test_what_is_no_page_is_final(loopback, respond, local, kind, body):
    loopback.routes["/a"] = respond(body, content_type=kind)
    error = failure(local, loopback.url("/a"))
    assert isinstance(error, FinalError)
    assert error.reason == "not-html"


@pytest.mark.parametrize("status", [404, 410, 403, 451])
def test_a_dead_link_is_final(loopback, respond, local, status):
    loopback.routes["/a"] = respond(status=status)
    error = failure(local, loopback.url("/a"))
    assert isinstance(error, FinalError)
    assert error.reason == f"http-{status}"


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_a_failing_server_may_be_asked_again(loopback, respond, local, status):
    loopback.routes["/a"] = respond(status=status)
    error = failure(local, loopback.url("/a"))
    assert isinstance(error, RetryableError)
    assert error.reason == f"http-{status}"


def test_a_page_of_50_mb_is_refused(loopback, respond, local):
    loopback.routes["/a"] = respond(b"<p>" + b"x" * 50_000_000, content_type="text/html")
    assert failure(local, loopback.url("/a")).reason == "too-large"


def test_an_entry_without_a_link_is_final(local):
    assert failure(local, "").reason == "no-link"


def test_an_empty_page_may_be_asked_again(loopback, respond, local):
    loopback.routes["/a"] = respond(" \n", content_type="text/html")
    assert isinstance(failure(local, loopback.url("/a")), RetryableError)


def test_robots_txt_is_obeyed_on_each_host_of_the_way(loopback, respond, local):
    loopback.routes["/robots.txt"] = respond("User-agent: *\nDisallow: /members/")
    loopback.routes["/a"] = respond(status=302, Location="/members/a")
    loopback.routes["/members/a"] = respond(HTML, content_type="text/html")
    assert failure(local, loopback.url("/a")).reason == "disallowed"
    assert failure(local, loopback.url("/members/a")).reason == "disallowed"
    assert "/members/a" not in loopback.paths()


@pytest.mark.parametrize("link", ["http://127.0.0.2:1/", "http://[::1]/", "http://10.0.0.1/"])
def test_a_link_into_a_private_network_is_never_followed(link):
    error = failure(FetchSettings(allow_networks=("127.0.0.1/32",), total_timeout_s=1.0), link)
    assert "public internet" in error.message
