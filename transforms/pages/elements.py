"""The tree of a page comes in; single lines of its elements and its meta contents go out.

Everything here is capped: in elements, in characters, in meta tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

MAX_META = 1000

Meta = dict[str, list[str]]  # lower-case name, property or itemprop -> its contents, in page order


def read_meta(tree: HtmlElement) -> Meta:
    """The contents of the page's meta elements, at most 5,000 characters each."""
    found: Meta = {}
    for element in first_elements(tree, "meta", MAX_META):
        content = " ".join((element.get("content") or "")[:5000].split())
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute)
            if key:
                found.setdefault(key.strip().lower(), []).append(content)
    return found


def first_meta(meta: Meta, names: Iterable[str]) -> str:
    """The first content of the first of `names` that the page has, or ""."""
    return next((meta[name][0] for name in names if name in meta), "")


def first_elements(tree: HtmlElement, tag: str, limit: int) -> Iterator[HtmlElement]:
    """At most `limit` elements of a tag, in page order."""
    for count, element in enumerate(tree.iter(tag)):
        if count >= limit:
            return
        yield element


def one_line(element: HtmlElement) -> str:
    """The element's text as one line, at most 500 characters."""
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        parts.append(text)
        size += len(text)
        if size > 2000:
            break
    return " ".join("".join(parts).split())[:500]


def absolute_url(base: str, address: str) -> str:
    """`address` joined to `base` where that gives an http address, else ""."""
    try:
        joined = urljoin(base, address.strip()) if address else ""
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc else ""
