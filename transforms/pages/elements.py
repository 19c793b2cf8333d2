"""The tree of a page comes in; single lines of its elements and its meta contents go out.

Everything here is capped: in elements, in characters, in meta tags.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

MAX_META = 1000

Meta = dict[str, list[str]]  # lower-case name, property or itemprop -> its contents, in page order


def elements_by_tag(tree: HtmlElement, *tags: str) -> dict[str, list[HtmlElement]]:
    """The elements of some tags, in page order: one walk over the page for all of them."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in tags}
    for element in tree.iter(*tags):
        found[element.tag].append(element)
    return found


def read_meta(elements: Iterable[HtmlElement]) -> Meta:
    """The contents of meta elements as they stand, at most 5,000 characters each."""
    found: Meta = {}
    for element in islice(elements, MAX_META):
        content = element.get("content")
        if not content or content.isspace():
            continue
        for attribute in ("property", "name", "itemprop"):
            if key := element.get(attribute):
                found.setdefault(key.strip().lower(), []).append(content[:5000])
    return found


def first_meta(meta: Meta, names: Iterable[str]) -> str:
    """The first content of the first of `names` that the page has, as one line, or ""."""
    return next((" ".join(meta[name][0].split()) for name in names if name in meta), "")


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


def split_url(url: str) -> SplitResult:
    """The parts of an address; all are empty where it is none."""
    try:
        parts = urlsplit(url)
        parts.hostname  # noqa: B018  (raises on a port or an address that is none)
    except ValueError:
        return urlsplit("")
    return parts


def absolute_url(base: str, address: str) -> str:
    """`address` joined to `base` where that gives an http address, else ""."""
    if not address:
        return ""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined if parts.scheme in ("http", "https") and parts.netloc else ""
