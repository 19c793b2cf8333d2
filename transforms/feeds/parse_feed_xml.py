"""Bytes of RSS 0.9x/1.0/2.0 or Atom 0.3/1.0 in, a `RawFeed` out, by way of feedparser."""

from __future__ import annotations

import calendar
import contextlib
import io
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import feedparser

from transforms.feeds.feed_bytes import (
    cap_entries,
    escape_ampersands,
    settle_encoding,
    shorten_names,
)
from transforms.feeds.feed_dates import feed_moment
from transforms.feeds.raw_feed import RawEntry, RawFeed, absolute

_BARE = re.compile(r"[\w:-]+$")  # no path, no name of a file
_ROOT = re.compile(rb"<(?:rss|rdf:rdf|feed|channel)[\s>]", re.IGNORECASE)

# sy:updatePeriod of the RSS 1.0 syndication module, in minutes
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def read_xml_feed(body: bytes, base: str, content_type: str, max_entries: int) -> RawFeed | None:
    """Read a feed; None where the body is no RSS or Atom. Never judges by `bozo`."""
    settled = settle_encoding(body, content_type)
    body = escape_ampersands(shorten_names(settled.body)) if settled.charset else settled.body
    capped, skipped = cap_entries(body, max_entries)
    headers = {"content-location": base} if base else {}
    if settled.charset:
        headers["content-type"] = f"application/xml; charset={settled.charset}"
    # BytesIO, because feedparser opens or fetches a body that looks like a path or a URL
    parsed = feedparser.parse(io.BytesIO(capped), response_headers=headers)
    if not (parsed.version or parsed.entries or _ROOT.search(capped[:4_096])):
        return None
    return _raw_feed(parsed, base, skipped)


def _raw_feed(parsed: Any, base: str, skipped: int) -> RawFeed:
    feed = parsed.feed
    return RawFeed(
        format=parsed.version or "xml",
        title=_text(feed, "title"),
        title_is_html=_is_html(feed, parsed.version),
        link=absolute(base, _text(feed, "link")),
        language=_text(feed, "language"),
        entries=tuple(_raw_entry(entry, base, parsed.version) for entry in parsed.entries),
        ttl_minutes=_ttl_minutes(feed),
        next_page=_next_page(feed, base),
        skipped=skipped,
    )


def _raw_entry(entry: Mapping[str, Any], base: str, version: str) -> RawEntry:
    return RawEntry(
        guid=_guid(entry, base),
        link=_link(entry, base),
        title=_text(entry, "title"),
        title_is_html=_is_html(entry, version),
        summary=_text(entry, "summary"),
        content=_content(entry),
        authors=tuple(_names(entry)),
        categories=tuple(
            str(tag.get("label") or tag.get("term") or "") for tag in _list(entry, "tags")
        ),
        language=_language(entry),
        published=_moment(entry, "published") or _moment(entry, "created"),
        updated=_moment(entry, "updated"),
        image=_image(entry, base),
    )


def _get(record: Mapping[str, Any], key: str) -> Any:
    """Plain look-up: feedparser's own answers for `updated` with `published`."""
    return dict.get(record, key) if isinstance(record, dict) else None


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _list(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = record.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _is_html(record: Mapping[str, Any], version: str) -> bool:
    """Whether a title is markup. RSS does not say, and both readings are common: there it is."""
    detail = record.get("title_detail")
    kind = detail.get("type") if isinstance(detail, Mapping) else ""
    return kind != "text/plain" or not version.startswith("atom")


def _guid(entry: Mapping[str, Any], base: str) -> str:
    """The entry's id. feedparser joins it to the base; what is a bare word was never an address."""
    guid, folder = _text(entry, "id"), base.rsplit("/", 1)[0] + "/"
    bare = guid.removeprefix(folder)
    return bare if base and bare != guid and _BARE.match(bare) else guid


def _link(entry: Mapping[str, Any], base: str) -> str:
    """The entry's page, or "": an enclosure is a file and never the page, nor is a bare id."""
    link = _text(entry, "link")
    is_bare = link == _text(entry, "id") and _guid(entry, base) != link
    stated = [] if is_bare else [link]
    stated += [
        _text(link, "href") for link in _list(entry, "links") if link.get("rel") == "alternate"
    ]
    return next((url for url in (absolute(base, link) for link in stated if link) if url), "")


def _content(entry: Mapping[str, Any]) -> str:
    """The longest of the entry's contents: media feeds state several."""
    return max((_text(part, "value") for part in _list(entry, "content")), key=len, default="")


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    for author in _list(entry, "authors"):
        yield str(author.get("name") or author.get("email") or "")


def _language(entry: Mapping[str, Any]) -> str:
    stated = _text(entry, "language")
    detail = entry.get("title_detail")
    return stated or (_text(detail, "language") if isinstance(detail, Mapping) else "")


def _moment(record: Mapping[str, Any], key: str) -> int | None:
    value = _get(record, f"{key}_parsed")
    parsed = None
    if isinstance(value, time.struct_time):
        with contextlib.suppress(ValueError, OverflowError):
            parsed = calendar.timegm(value) * 1_000_000
    return feed_moment(_get(record, key), parsed)


def _image(entry: Mapping[str, Any], base: str) -> str:
    candidates = [
        _text(media, "url") for media in _list(entry, "media_content") if _is_image(media)
    ]
    candidates += [_text(media, "url") for media in _list(entry, "media_thumbnail")]
    candidates += [_text(link, "href") for link in _list(entry, "enclosures") if _is_image(link)]
    return next((url for url in (absolute(base, link) for link in candidates if link) if url), "")


def _is_image(media: Mapping[str, Any]) -> bool:
    return media.get("medium") == "image" or str(media.get("type", "")).startswith("image/")


def _next_page(feed: Mapping[str, Any], base: str) -> str:
    """RFC 5005: the next page of a paged feed, or the archive before this document."""
    wanted = ("next", "prev-archive")
    hrefs = (_text(link, "href") for link in _list(feed, "links") if link.get("rel") in wanted)
    return next((absolute(base, href) for href in hrefs if href), "")


def _ttl_minutes(feed: Mapping[str, Any]) -> int | None:
    hints = []
    ttl = _text(feed, "ttl").strip()
    if ttl.isdecimal() and len(ttl) < 9:
        hints.append(int(ttl))
    period = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower())
    if period:
        frequency = _text(feed, "sy_updatefrequency").strip()
        times = int(frequency) if frequency.isdecimal() and len(frequency) < 9 else 1
        hints.append(period // max(times, 1))
    return max(hints, default=None)
