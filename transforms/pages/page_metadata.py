"""The tree of a page comes in, what the page says about its article goes out.

Each field comes from the best of JSON-LD, OpenGraph and other meta elements, and what the page
shows (h1, time, byline); `date_source` says which one the date is from. The feed entry is joined to
it later: it knows the date best where the page says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from transforms.pages.boilerplate_phrases import fold
from transforms.pages.bylines import clean_authors, split_byline
from transforms.pages.read_dates import date_from_url, parse_date
from transforms.pages.read_json_ld import LinkedArticle, read_json_ld

_AUTHOR_META = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author",
    "article:author_name",
    "citation_author",
    "cxenseparse:author",
)
_PUBLISHED_META = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "published_at",
    "publication_date", "ptime", "cxenseparse:recs:publishtime", "article.published", "date", "originalpublicationdate", "displaydate", "article_date_original",
    "iso-8601-publish-date", "bt:pubdate", "citation_publication_date", "cxenseparse:publishtime", "last-modified-date", "weibo: article:create_at",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "lastmod",
    "revised",
    "article:updated",
    "updated_at",
)
_SECTION_META = (
    "article:section",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "articlesection",
    "analytics-s-channel",
)
_DESCRIPTION_META = ("og:description", "description", "twitter:description", "dc.description")
_TITLE_TAIL = re.compile(r"\s+[|\-–—·»•:]+\s+[^|–—·»•]{1,60}$")
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|autor|auteur|autore|signature)(?:$|[\s_-]|name|s$)", re.I
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|time|timestamp|published|publish|pubdate|posted|datum|fecha|data)(?:$|[\s_-]|d)",
    re.I,
)
_TRACKER = re.compile(r"^(?:https?:)?//", re.I)


class PageMetadata(NamedTuple):
    """What a page says about its article; "" , () or None where it says nothing."""

    headline: str
    standfirst: str
    section: str
    authors: tuple[str, ...]
    credits: tuple[str, ...]  # all bylines as found: agencies are among them
    publisher: str
    language: str  # as claimed: JSON-LD, og:locale, the lang attribute
    published: int | None  # microseconds UTC
    modified: int | None
    date_source: str  # json-ld | meta | time | byline | url | ""
    image: str  # absolute
    canonical: str  # absolute, as the page claims it
    og_type: str
    linked: LinkedArticle


def read_metadata(tree: HtmlElement, url: str) -> PageMetadata:
    """Read a page's metadata; never raises on what a page may contain."""
    meta = _meta(tree)
    linked = read_json_ld(tree)
    publisher = linked.publisher or meta.get("og:site_name") or meta.get("application-name") or ""
    published, date_source = _published(tree, meta, linked, url)
    authors, bylines = _authors(tree, meta, linked, publisher)
    return PageMetadata(
        headline=_headline(tree, meta, linked, publisher),
        standfirst=linked.description or _first(meta, _DESCRIPTION_META),
        section=linked.section or _first(meta, _SECTION_META),
        authors=tuple(authors),
        credits=tuple(bylines),
        publisher=publisher.lstrip("@"),
        language=_language(tree, meta, linked),
        published=published,
        modified=_modified(meta, linked),
        date_source=date_source,
        image=_absolute(url, meta.get("og:image") or meta.get("twitter:image") or linked.image),
        canonical=_absolute(url, _canonical(tree) or meta.get("og:url", "")),
        og_type=meta.get("og:type", ""),
        linked=linked,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Lower-case name, property or itemprop -> first non-empty content."""
    found: dict[str, str] = {}
    for count, element in enumerate(tree.iter("meta")):
        if count > 1000:
            break
        content = " ".join((element.get("content") or "")[:5000].split())
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute)
            if key:
                found.setdefault(key.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: Iterable[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _headline(
    tree: HtmlElement, meta: dict[str, str], linked: LinkedArticle, publisher: str
) -> str:
    shown = [text for text in map(_line, _some(tree, "h1")) if text]
    title = next(map(_line, _some(tree, "title")), "")
    candidates = [linked.headline, meta.get("og:title", ""), meta.get("twitter:title", ""), title]
    folded = [fold(text) for text in candidates if text]
    # A headline that both the page shows and its metadata names is the headline.
    for text in shown:
        if len(text) > 8 and any(fold(text) in other for other in folded):
            return text
    stated = next((cut_site_name(text, publisher) for text in candidates if text), "")
    return stated or next(iter(shown), "")


def cut_site_name(title: str, publisher: str) -> str:
    """ "Headline - The Site" -> "Headline", where the tail is the publisher or looks like one."""
    head = _TITLE_TAIL.sub("", title)
    if head == title or len(head) < 10:
        return title
    tail = fold(title[len(head) :]).strip(" |-–—·»•:")
    site = fold(publisher)
    if site and (tail in site or site in tail):
        return head
    return head if len(tail.split()) <= 3 and len(head.split()) >= 4 else title


def _authors(
    tree: HtmlElement, meta: dict[str, str], linked: LinkedArticle, publisher: str
) -> tuple[list[str], list[str]]:
    """Names, and the bylines they came from."""
    stated = [
        meta[name] for name in _AUTHOR_META if meta.get(name) and not _TRACKER.match(meta[name])
    ]
    sources: list[list[str]] = [list(linked.authors), stated[:1], list(_visible_bylines(tree))]
    if linked.authors and not linked.author_is_person:
        sources = sources[1:] + sources[:1]
    bylines = [byline for source in sources for byline in source]
    for source in sources:
        if names := clean_authors(source, publisher):
            if names == [publisher] and source is not sources[-1]:
                continue
            return names, bylines
    return [], bylines


def _visible_bylines(tree: HtmlElement) -> Iterator[str]:
    """Texts of rel=author, itemprop=author and byline classes, the first that holds a name."""
    found = 0
    for element in tree.iter("a", "span", "div", "p", "address", "li", "cite", "strong", "em"):
        is_author = (
            element.get("rel") == "author"
            or element.get("itemprop") == "author"
            or _AUTHOR_CLASS.search((element.get("class") or "")[:200])
        )
        if not is_author:
            continue
        text = _line(element)
        if text and len(text) <= 120 and split_byline(text):
            found += 1
            yield text
            if found >= 1:
                return


def _published(
    tree: HtmlElement, meta: dict[str, str], linked: LinkedArticle, url: str
) -> tuple[int | None, str]:
    is_american = _line_language(tree) in ("en-us", "en")
    if (moment := parse_date(linked.published)) is not None:
        return moment, "json-ld"
    for name in _PUBLISHED_META:
        if (
            name in meta
            and (moment := parse_date(meta[name], day_first=not is_american)) is not None
        ):
            return moment, "meta"
    for text in _some_times(tree):
        if (moment := parse_date(text, day_first=not is_american)) is not None:
            return moment, "time"
    if (moment := date_from_url(url)) is not None:
        return moment, "url"
    for text in _dated_lines(tree):
        if (moment := parse_date(text, day_first=not is_american)) is not None:
            return moment, "byline"
    return None, ""


def _line_language(tree: HtmlElement) -> str:
    return (tree.get("lang") or "").lower().replace("_", "-")


def _some_times(tree: HtmlElement) -> Iterator[str]:
    """`time` elements in page order, those marked as the date of publication first."""
    times = list(_some(tree, "time", 40))
    marked = [
        t
        for t in times
        if "publish" in f"{t.get('itemprop', '')} {t.get('class', '')}".lower()
        or t.get("pubdate") is not None
    ]
    for element in marked + times:
        yield element.get("datetime") or _line(element)


def _dated_lines(tree: HtmlElement) -> Iterator[str]:
    """Short texts whose class or id speaks of a date, in page order."""
    for element in tree.iter("span", "div", "p", "em", "li", "b", "strong", "small"):
        label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"[
            :200
        ]
        if len(label) > 2 and _DATE_CLASS.search(label):
            text = _line(element)
            if 6 <= len(text) <= 120:
                yield text


def _modified(meta: dict[str, str], linked: LinkedArticle) -> int | None:
    return parse_date(linked.modified or _first(meta, _MODIFIED_META))


def _language(tree: HtmlElement, meta: dict[str, str], linked: LinkedArticle) -> str:
    return (
        linked.language
        or tree.get("lang")
        or meta.get("og:locale")
        or meta.get("content-language")
        or ""
    )


def _canonical(tree: HtmlElement) -> str:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return str(element.get("href")).strip()
    return ""


def _absolute(base: str, address: str) -> str:
    """`address` joined to `base` where that gives an http address, else ""."""
    try:
        joined = urljoin(base, address.strip()) if address else ""
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc else ""


def _some(tree: HtmlElement, tag: str, limit: int = 8) -> Iterator[HtmlElement]:
    for count, element in enumerate(tree.iter(tag)):
        if count >= limit:
            return
        yield element


def _line(element: HtmlElement) -> str:
    """The element's text as one line, at most 500 characters."""
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        parts.append(text)
        size += len(text)
        if size > 2000:
            break
    return " ".join("".join(parts).split())[:500]
