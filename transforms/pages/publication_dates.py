"""What a page says about when its article was published comes in, one date and its source go out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from transforms.pages.elements import Meta, first_elements, first_meta, one_line
from transforms.pages.read_dates import date_from_url, parse_date
from transforms.pages.read_json_ld import LinkedArticle

_PUBLISHED_META = (
    "article:published_time", "article:published", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date.created",
    "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "published_at", "publication_date", "ptime", "cxenseparse:recs:publishtime",
    "article.published", "date", "originalpublicationdate", "displaydate",
    "article_date_original", "iso-8601-publish-date", "bt:pubdate", "citation_publication_date",
    "cxenseparse:publishtime", "last-modified-date", "weibo: article:create_at",
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
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|time|timestamp|published|publish|pubdate|posted|datum|fecha|data)(?:$|[\s_-]|d)",
    re.I,
)


def read_published(
    tree: HtmlElement, meta: Meta, linked: LinkedArticle, url: str
) -> tuple[int | None, str]:
    is_american = _line_language(tree) in ("en-us", "en")
    if (moment := parse_date(linked.published)) is not None:
        return moment, "json-ld"
    for name in _PUBLISHED_META:
        if (
            name in meta
            and (moment := parse_date(meta[name][0], day_first=not is_american)) is not None
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
    times = list(first_elements(tree, "time", 40))
    marked = [
        t
        for t in times
        if "publish" in f"{t.get('itemprop', '')} {t.get('class', '')}".lower()
        or t.get("pubdate") is not None
    ]
    for element in marked + times:
        yield element.get("datetime") or one_line(element)


def _dated_lines(tree: HtmlElement) -> Iterator[str]:
    """Short texts whose class or id speaks of a date, in page order."""
    for element in tree.iter("span", "div", "p", "em", "li", "b", "strong", "small"):
        label = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"[
            :200
        ]
        if len(label) > 2 and _DATE_CLASS.search(label):
            text = one_line(element)
            if 6 <= len(text) <= 120:
                yield text


def read_modified(meta: Meta, linked: LinkedArticle) -> int | None:
    return parse_date(linked.modified or first_meta(meta, _MODIFIED_META))
