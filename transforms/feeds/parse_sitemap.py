"""Bytes of a sitemap in, a `RawFeed` out (sitemaps.org 0.9, news and image extensions)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from schemas.errors import FinalError
from transforms.feeds.feed_bytes import cap_entries, settle_encoding
from transforms.feeds.feed_dates import feed_moment
from transforms.feeds.raw_feed import RawEntry, RawFeed, absolute

_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?(urlset|sitemapindex)(?=[\s>/])")


def sitemap_root(body: bytes) -> str:
    """`urlset`, `sitemapindex`, or "" where the body is no sitemap."""
    match = _ROOT.search(body[:4_096])
    return match[1].decode("ascii") if match else ""


def read_sitemap(body: bytes, base: str, max_entries: int) -> RawFeed:
    """Read a news sitemap; `FinalError` for an index, whose children are feeds of their own."""
    if sitemap_root(body) == "sitemapindex":
        raise FinalError("parse", "sitemap-index", _index_message(body, base))
    capped, skipped = cap_entries(settle_encoding(body).body, max_entries)
    root = _tree(capped)
    entries = tuple(_entry(url, base) for url in _children(root, "url"))
    titles = [_text(publication, "name") for publication in root.iter("{*}publication")]
    return RawFeed(
        format="sitemap",
        title=next((title for title in titles if title), ""),
        language=next((entry.language for entry in entries if entry.language), ""),
        entries=tuple(entry for entry in entries if entry.link),
        skipped=skipped,
    )


def _tree(body: bytes) -> etree._Element:
    """Recovers what is not well-formed; expands no entity, opens no file, asks no network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise FinalError("parse", "not-a-feed", f"broken sitemap: {exc}") from exc
    if root is None:
        raise FinalError("parse", "not-a-feed", "broken sitemap: no element in it")
    return root


def _index_message(body: bytes, base: str) -> str:
    children = [_text(child, "loc") for child in _children(_tree(body), "sitemap")]
    urls = [url for url in (absolute(base, child) for child in children if child) if url]
    return "a sitemap index: subscribe to its news sitemaps instead, e.g. " + ", ".join(urls[:3])


def _entry(url: etree._Element, base: str) -> RawEntry:
    news = next(_children(url, "news"), url)
    publication = next(_children(news, "publication"), url)
    keywords = _text(news, "keywords")
    image = next(_children(url, "image"), None)
    return RawEntry(
        guid=_text(url, "loc"),
        link=absolute(base, _text(url, "loc")) if _text(url, "loc") else "",
        title=_text(news, "title"),
        categories=tuple(word.strip() for word in keywords.split(",") if word.strip()),
        language=_text(publication, "language"),
        published=feed_moment(_text(news, "publication_date")),
        updated=feed_moment(_text(url, "lastmod")),
        image=absolute(base, _text(image, "loc"))
        if image is not None and _text(image, "loc")
        else "",
    )


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from element.iterchildren("{*}" + name, name)


def _text(element: etree._Element, name: str) -> str:
    child = next(_children(element, name), None)
    return "".join(child.itertext()).strip() if child is not None else ""
