"""The tree of a page comes in, what the page says about its article goes out.

Each field comes from the best of JSON-LD, OpenGraph and other meta elements, and what the page
shows (h1, time, byline); `date_source` says which one the date is from. The feed entry is joined to
it later: it knows the date best where the page says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml.html import HtmlElement

from transforms.pages.around_headline import lines_around
from transforms.pages.authors import read_authors
from transforms.pages.captions import read_caption
from transforms.pages.elements import (
    Meta,
    absolute_url,
    elements_by_tag,
    first_meta,
    one_line,
    read_meta,
)
from transforms.pages.headlines import Headline, host_names, read_headline
from transforms.pages.publication_dates import read_modified, read_published
from transforms.pages.read_json_ld import LinkedArticle, read_json_ld

_SECTION_META = (
    "article:section",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "articlesection",
    "analytics-s-channel",
)
_DESCRIPTION_META = ("og:description", "description", "twitter:description", "dc.description")
_HEADLINE_META = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "parsely-title",
    "sailthru.title",
)
_IMAGE_META = ("og:image", "og:image:url", "twitter:image", "twitter:image:src")


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
    day_published: str  # YYYY-MM-DD where it was published, "" where unknown
    modified: int | None
    date_source: str  # json-ld | meta | shown | time | byline | url | ""
    image: str  # absolute
    caption: str  # of the lead image, without credit
    canonical: str  # absolute, as the page claims it
    og_type: str
    linked: LinkedArticle
    sources: dict[str, str]  # field of an article -> shown | json-ld | meta | title


def read_metadata(tree: HtmlElement, url: str) -> PageMetadata:
    """Read a page's metadata; never raises on what a page may contain."""
    found = elements_by_tag(tree, "meta", "link", "title", "h1", "script")
    meta = read_meta(found["meta"])
    linked = read_json_ld(found["script"], url)
    site = first_meta(meta, ("og:site_name", "application-name"))
    publisher = (linked.publisher or site).lstrip("@")
    stated = [linked.headline, *(first_meta(meta, (name,)) for name in _HEADLINE_META)]
    stated += map(one_line, found["title"][:1])
    headline = read_headline(tree, found["h1"], stated, (publisher, site), url)
    lines = [] if headline.element is None else lines_around(headline.element)
    published = read_published(tree, meta, linked, url, lines, headline.element)
    publishers = [publisher, site, linked.publisher, *host_names(url)]
    authors = read_authors(tree, meta, linked, lines, publishers)
    return PageMetadata(
        headline=headline.text,
        standfirst=linked.description or first_meta(meta, _DESCRIPTION_META),
        section=_section(linked.section or first_meta(meta, _SECTION_META)),
        authors=tuple(authors.names),
        credits=tuple(authors.credits),
        publisher=publisher,
        language=_language(tree, meta, linked),
        published=published.micros,
        day_published=published.day,
        modified=read_modified(meta, linked),
        date_source=published.source,
        image=absolute_url(url, first_meta(meta, _IMAGE_META) or linked.image),
        caption="" if headline.element is None else read_caption(headline.element),
        canonical=absolute_url(url, _canonical(found["link"]) or first_meta(meta, ("og:url",))),
        og_type=first_meta(meta, ("og:type",)),
        linked=linked,
        sources={
            "headline": _headline_source(headline, linked, meta),
            "standfirst": "json-ld" if linked.description else "meta",
            "authors": authors.source,
            "section": "json-ld" if linked.section else "meta",
            "publisher": "json-ld" if linked.publisher else "meta",
            "date_modified": "json-ld" if linked.modified else "meta",
            "image": "meta" if first_meta(meta, _IMAGE_META) else "json-ld",
            "caption": "shown",
        },
    )


def _headline_source(headline: Headline, linked: LinkedArticle, meta: Meta) -> str:
    """Who says the headline: the page to its readers, or JSON-LD, meta elements or the title."""
    if headline.element is not None:
        return "shown"
    if headline.text == linked.headline:
        return "json-ld"
    return "meta" if headline.text == first_meta(meta, _HEADLINE_META) else "title"


def _section(stated: str) -> str:
    """The first of sections that a system joined ("Top,World"); "Arts, Culture" is one section."""
    return re.split(r",(?=\S)|;", stated)[0].strip()


def _language(tree: HtmlElement, meta: Meta, linked: LinkedArticle) -> str:
    stated = first_meta(meta, ("og:locale", "content-language"))
    return linked.language or tree.get("lang") or stated


def _canonical(links: Iterable[HtmlElement]) -> str:
    for element in links:
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return str(element.get("href")).strip()
    return ""
