"""Bytes of a feed in, a `Feed` of `FeedEntry` records out: RSS, Atom, JSON Feed, news sitemap.

Run it inside the parse pool: the bytes are a stranger's, and only a killed process stops a parser
that has lost itself. Nothing here opens a file or a URL, whatever the bytes name.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from schemas.errors import FinalError
from schemas.records import Feed
from transforms.feeds.feed_bytes import unpack
from transforms.feeds.parse_feed_json import looks_like_json, read_json_feed
from transforms.feeds.parse_feed_xml import read_xml_feed
from transforms.feeds.parse_sitemap import read_sitemap, sitemap_root
from transforms.feeds.raw_feed import RawFeed, absolute, to_feed

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_ALTERNATE = re.compile(
    rb"""<link\b[^<>]{0,500}type\s*=\s*["']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,500}>""",
    re.IGNORECASE,
)
_HREF = re.compile(rb"""href\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)


def parse_feed(
    body: bytes,
    url: str,
    *,
    content_type: str = "",
    max_entries: int = 10_000,
    base_url: str = "",
) -> Feed:
    """Parse a feed of any format.

    `url` is the feed's identity, from which the entry ids are made; relative links are resolved
    against `base_url`, the address that answered, where it differs. `content_type` is the HTTP
    header, verbatim. Entries above `max_entries` are counted in `Feed.skipped`. A feed without
    entries is fine.

    Raises `FinalError` with stage `parse`: `not-a-feed`, `sitemap-index`, `bad-gzip`, `too-large`.
    """
    return to_feed(_read(body, base_url or url, content_type, max_entries), url)


def feed_dict(body: bytes, base_url: str | None = None) -> dict[str, Any]:
    """The feed as it states itself, markup in titles kept: the shape that parser suites compare."""
    raw = _read(body, base_url or "", "", 10_000)
    entries = [
        {
            "title": entry.title,
            "link": entry.link,
            "guid": entry.guid,
            "published": _iso(entry.published),
            "updated": _iso(entry.updated),
        }
        for entry in raw.entries
    ]
    return {"title": raw.title, "entries": entries}


def _read(body: bytes, base: str, content_type: str, max_entries: int) -> RawFeed:
    unpacked = unpack(body)
    if not unpacked.strip():
        raise FinalError("parse", "not-a-feed", "the body is empty")
    if looks_like_json(unpacked):
        raw = read_json_feed(unpacked, base, max_entries)
    elif sitemap_root(unpacked):
        raw = read_sitemap(unpacked, base, max_entries)
    else:
        raw = read_xml_feed(unpacked, base, content_type, max_entries)
    if raw is None:
        raise FinalError("parse", "not-a-feed", _advice(unpacked, base))
    return raw


def _advice(body: bytes, base: str) -> str:
    """What the body is instead, and the feed that an HTML page announces."""
    if not _HTML.search(body[:4_096]):
        return "neither RSS, Atom, JSON Feed nor a sitemap"
    links = (_HREF.search(tag[0]) for tag in _ALTERNATE.finditer(body[:200_000]))
    hrefs = (unescape(link[1].decode("utf-8", "replace")) for link in links if link)
    feeds = [feed for feed in (absolute(base, href) for href in hrefs) if feed]
    return "an HTML page" + (f"; it announces the feed {feeds[0]}" if feeds else ", not a feed")


def _iso(moment: int | None) -> str | None:
    if moment is None:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).isoformat()
