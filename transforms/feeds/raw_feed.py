"""What a feed states, in one shape for all formats, in; the records that travel on, out.

The readers (`parse_feed_xml`, `parse_feed_json`, `parse_sitemap`) fill a `RawFeed`; `to_feed` gives
the entries their identity and turns titles into plain text.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from schemas.records import Feed, FeedEntry

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0xD800, 0xE000)])
# Only what HTML knows is a tag: a headline may well say "x < y and z > y".
_INLINE = "a abbr b bdi bdo big cite code em font i ins mark q s small span strong sub sup tt u wbr"
_BLOCK = (
    "body br center div embed figure h1 h2 h3 h4 h5 h6 head hr html iframe img input li link meta"
)
_BLOCK += " nobr object ol p picture pre script style svg table tbody td th title tr ul video"
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,500}>.{0,2000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    rf"</?({'|'.join(_INLINE.split())})(?:[\s/][^<>]{{0,2000}})?>"
    rf"|</?(?:{'|'.join(_BLOCK.split())})(?:[\s/][^<>]{{0,2000}})?>|<!--[^<>]{{0,2000}}-->",
    re.IGNORECASE,
)
_MAX_MARKUP = 20_000  # characters of a title that are looked at
_MAX_TITLE = 2_000  # the longest honest headline is far below


class RawEntry(NamedTuple):
    """One entry as its feed states it."""

    guid: str = ""
    link: str = ""
    title: str = ""  # HTML where title_is_html
    title_is_html: bool = False
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    published: int | None = None  # microseconds UTC
    updated: int | None = None
    image: str = ""


class RawFeed(NamedTuple):
    """A feed as it states itself."""

    format: str
    title: str = ""
    title_is_html: bool = False
    link: str = ""
    language: str = ""
    entries: tuple[RawEntry, ...] = ()
    ttl_minutes: int | None = None
    next_page: str = ""
    skipped: int = 0


def to_feed(raw: RawFeed, url: str) -> Feed:
    """Turn a raw feed into the record of the feed that the user knows as `url`."""
    title = plain_text(raw.title, is_html=raw.title_is_html)
    entries = tuple(_entry(entry, guid_key, raw, title, url) for entry, guid_key in _keyed(raw))
    return Feed(
        url=url,
        title=title,
        link=raw.link,
        language=clean(raw.language),
        format=raw.format,
        entries=entries,
        ttl_minutes=raw.ttl_minutes,
        next_page=raw.next_page,
        skipped=raw.skipped,
    )


def plain_text(markup: str, *, is_html: bool) -> str:
    """One line of text: no tags, no entities, no control characters, white space folded."""
    text = markup[:_MAX_MARKUP]
    if is_html:
        seen = _HIDDEN.sub(" ", text) if "<" in text else text
        text = html.unescape(_TAG.sub(lambda tag: "" if tag[1] else " ", seen))
    return " ".join(clean(text).split())[:_MAX_TITLE]


def clean(text: str) -> str:
    """The text without control and invisible characters, NUL and lone surrogates."""
    return text.translate(_CONTROLS).translate(_INVISIBLE).strip()


def absolute(base: str, link: str) -> str:
    """The absolute http(s) URL of `link`, or "" where it is none."""
    try:
        url = urljoin(base, clean(link))
        parts = urlsplit(url)
    except ValueError:  # e.g. an unclosed [ in the host
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def microseconds(moment: datetime | None) -> int | None:
    """Microseconds since 1970; a moment without a zone is UTC, an absurd one unknown."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return int((aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)
    except OverflowError:
        return None


def iso_moment(text: object) -> int | None:
    """Microseconds of an ISO 8601 text; None where it is not one."""
    if not isinstance(text, str):
        return None
    try:
        return microseconds(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def digest(*parts: str) -> str:
    """A hash of the parts, 32 hexadecimal digits; parts cannot run into each other."""
    joined = "\0".join(part.replace("\0", "") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", errors="replace")).hexdigest()[:32]


def _guid(entry: RawEntry) -> str:
    stated = clean(entry.guid) or entry.link
    return stated or digest(entry.title, str(entry.published))


def _keyed(raw: RawFeed) -> Iterator[tuple[RawEntry, tuple[str, ...]]]:
    """Each different entry with the parts of its identity.

    Broken feeds give one GUID to all their items: there, the link tells them apart. The same GUID
    and link twice is one entry.
    """
    links: dict[str, str] = {}
    seen: set[tuple[str, ...]] = set()
    for entry in raw.entries:
        guid = _guid(entry)
        first_link = links.setdefault(guid, entry.link)
        key = (guid,) if first_link == entry.link else (guid, entry.link)
        if key not in seen:
            seen.add(key)
            yield entry, key


def _entry(
    entry: RawEntry, key: tuple[str, ...], raw: RawFeed, feed_title: str, url: str
) -> FeedEntry:
    title = plain_text(entry.title, is_html=entry.title_is_html)
    dates = (str(entry.published), str(entry.updated))
    return FeedEntry(
        entry_id=digest(url, *key),
        feed_url=url,
        source="feed",
        guid=key[0],
        link=entry.link,
        title=title,
        summary=clean(entry.summary),
        content=clean(entry.content),
        authors=_unique(entry.authors),
        categories=_unique(entry.categories),
        language=clean(entry.language) or clean(raw.language),
        published=_published(entry, raw.format),
        updated=entry.updated,
        image=entry.image,
        feed_title=feed_title,
        fingerprint=digest(title, *dates, entry.summary, entry.content),
    )


def _published(entry: RawEntry, format_: str) -> int | None:
    """When it came out: in RSS without a `pubDate`, `dc:date` says so, which Atom calls `updated`."""
    if entry.published is None and format_.startswith("rss"):
        return entry.updated
    return entry.published


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = (plain_text(text, is_html=True) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text))
