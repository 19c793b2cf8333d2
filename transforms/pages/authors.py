"""What a page says about who wrote its article comes in, names go out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from transforms.pages.bylines import clean_authors, split_byline
from transforms.pages.elements import Meta, one_line
from transforms.pages.read_json_ld import LinkedArticle

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
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|autor|auteur|autore|signature)(?:$|[\s_-]|name|s$)", re.I
)
_TRACKER = re.compile(r"^(?:https?:)?//", re.I)


def read_authors(
    tree: HtmlElement, meta: Meta, linked: LinkedArticle, publisher: str
) -> tuple[list[str], list[str]]:
    """Names, and the bylines they came from."""
    stated = [
        meta[name][0] for name in _AUTHOR_META if name in meta and not _TRACKER.match(meta[name][0])
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
        text = one_line(element)
        if text and len(text) <= 120 and split_byline(text):
            found += 1
            yield text
            if found >= 1:
                return
