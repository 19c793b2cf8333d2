"""Bytes of a JSON Feed 1.0 or 1.1 in, a `RawFeed` out (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from transforms.feeds.feed_dates import feed_moment
from transforms.feeds.raw_feed import RawEntry, RawFeed, absolute

_SPACE = b" \t\r\n\xef\xbb\xbf"


def looks_like_json(body: bytes) -> bool:
    """Whether the first character opens a JSON object."""
    return body[:64].lstrip(_SPACE)[:1] == b"{"


def read_json_feed(body: bytes, base: str, max_entries: int) -> RawFeed | None:
    """Read a JSON Feed; None where the body is other JSON or none."""
    try:
        data = json.loads(body.decode("utf-8-sig", errors="replace"), strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    is_named = "jsonfeed.org" in _text(data, "version")
    items = data.get("items", [] if is_named else None)
    if not isinstance(items, list):
        return None
    entries = [_entry(item, base) for item in items[:max_entries] if isinstance(item, dict)]
    return RawFeed(
        format=_format(_text(data, "version")),
        title=_text(data, "title"),
        link=absolute(base, _text(data, "home_page_url")),
        language=_text(data, "language"),
        entries=tuple(entries),
        next_page=absolute(base, _text(data, "next_url")) if _text(data, "next_url") else "",
        skipped=max(0, len(items) - max_entries),
    )


def _entry(item: Mapping[str, Any], base: str) -> RawEntry:
    url = _text(item, "url") or _text(item, "external_url")
    image = _text(item, "image") or _text(item, "banner_image")
    return RawEntry(
        guid=_text(item, "id"),
        link=absolute(base, url) if url else "",
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or _text(item, "content_text"),
        authors=_authors(item),
        categories=tuple(tag for tag in _items(item, "tags") if isinstance(tag, str)),
        language=_text(item, "language"),
        published=feed_moment(item.get("date_published")),
        updated=feed_moment(item.get("date_modified")),
        image=absolute(base, image) if image else "",
    )


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in `authors` (1.1), or else in `author` (1.0, deprecated)."""
    people = _items(item, "authors") or [item.get("author")]
    return tuple(_text(person, "name") for person in people if isinstance(person, dict))


def _items(record: Mapping[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    return value if isinstance(value, list) else []


def _text(record: Mapping[str, Any], key: str) -> str:
    """A text; an `id` given as a number counts as its digits, as the standard asks of readers."""
    value = record.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _format(version: str) -> str:
    return "json11" if version.rstrip("/").endswith("1.1") else "json10"
