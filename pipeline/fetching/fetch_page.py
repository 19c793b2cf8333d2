"""A feed entry in, the bytes of the page it links to out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.fetching.http_response import Response, check_status
from pipeline.fetching.robots import RobotsCache
from schemas.errors import FinalError, RetryableError
from schemas.records import FeedEntry, Page

if TYPE_CHECKING:
    from pipeline.fetching.http_client import HttpClient

_HTML_TYPES = {"text/html", "application/xhtml+xml", "text/plain", "text/xhtml"}
# Types that say nothing, or are often wrong: there, the first bytes decide.
_VAGUE_TYPES = {"", "application/octet-stream", "text/xml", "application/xml", "unknown/unknown"}
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<meta")


async def fetch_page(client: HttpClient, robots: RobotsCache, entry: FeedEntry, now: int) -> Page:
    """Fetch an entry's page; robots.txt is obeyed for each host on the way.

    `now` is microseconds UTC. Raises `FinalError` (`no-link`, robots `disallowed`, `not-html`,
    `http-404` ...) or `RetryableError` (`timeout`, `http-503`, robots `unreachable` ...).
    """
    if not entry.link:
        raise FinalError("fetch", "no-link", f"the entry {entry.guid[:200]!r} links to no page")
    await robots.check(entry.link)
    response = await client.get(entry.link, kind="page", check=robots.check)
    check_status(response)
    if not response.body.strip():
        raise RetryableError("fetch", "empty-body", f"{response.final_url} answered nothing")
    if not _is_html(response):
        kind = response.text_header("content-type")[:100]
        raise FinalError("fetch", "not-html", f"{response.final_url} is {kind or 'no HTML'}")
    return Page(
        url=entry.link,
        final_url=response.final_url,
        content_type=response.text_header("content-type"),
        body=response.body,
        fetched_at=now,
    )


def _is_html(response: Response) -> bool:
    kind = response.text_header("content-type").partition(";")[0].strip().lower()
    if kind in _VAGUE_TYPES:
        return response.body[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS)
    return kind in _HTML_TYPES
