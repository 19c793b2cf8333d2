"""The JSON-LD scripts of a page come in, what they say about its article goes out.

A reading of our own because pages are hostile and careless: sizes and depths are capped, broken
JSON costs nothing but itself, and every field may be a string, a list, an object or a list of
objects (https://schema.org/NewsArticle).
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from transforms.pages.broken_json import parse_json
from transforms.pages.elements import split_url

MAX_SCRIPTS = 24
MAX_NODES = 2_000
MAX_BODY = 400_000

_ARTICLE_TYPES = re.compile(r"(?:Article|Report|BlogPosting|LiveBlogPosting|Posting|Review)$")
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage"})
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^<>]{0,200}>", re.I)
_NO_TEXT = dict.fromkeys([*range(9), *range(14, 32), 127, *range(0xD800, 0xE000)])


class LinkedArticle(NamedTuple):
    """What JSON-LD says of an article; "" , () or None where it says nothing."""

    type: str = ""  # the schema.org type of the best node, e.g. NewsArticle
    headline: str = ""
    description: str = ""
    body: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    author_is_person: bool = False
    publisher: str = ""
    language: str = ""
    published: str = ""  # as stated
    modified: str = ""
    image: str = ""
    url: str = ""
    is_free: bool | None = None  # isAccessibleForFree
    other_types: frozenset[str] = frozenset()  # of the page's other nodes


def read_json_ld(scripts: Iterable[HtmlElement], url: str = "") -> LinkedArticle:
    """The article of a page's JSON-LD; an empty record where there is none.

    Among several articles the one of the page's own address wins, then the fullest.
    """
    nodes = list(_page_nodes(scripts))
    types = frozenset(name for node in nodes for name in _types(node))
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        fallback = next((node for node in nodes if _types(node) & _PAGE_TYPES), None)
        if fallback is None:
            return LinkedArticle(other_types=types)
        return LinkedArticle(
            other_types=types,
            language=_text(fallback.get("inLanguage")),
            published=_text(fallback.get("datePublished")),
            modified=_text(fallback.get("dateModified")),
        )
    best = articles[0]
    if len(articles) > 1:
        path = split_url(url).path.rstrip("/") or "-"
        best = max(articles, key=lambda node: (_is_of(node, path), _completeness(node)))
    return _linked_article(best, _by_id(nodes), types)


def _page_nodes(scripts: Iterable[HtmlElement]) -> Iterator[dict[str, Any]]:
    count = 0
    for script in scripts:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        count += 1
        if count > MAX_SCRIPTS:
            return
        yield from _walk(parse_json(script.text or ""))


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a JSON-LD value, breadth first, at most MAX_NODES, at most 6 levels down."""
    level = [value]
    seen = 0
    for _ in range(6):
        following: list[Any] = []
        for item in level:
            if isinstance(item, list):
                following.extend(item[:200])
            elif isinstance(item, dict):
                seen += 1
                if seen > MAX_NODES:
                    return
                yield item
                following.extend(
                    item[key]
                    for key in (
                        "@graph",
                        "mainEntity",
                        "mainEntityOfPage",
                        "liveBlogUpdate",
                        "author",
                        "publisher",
                    )
                    if isinstance(item.get(key), (dict, list))
                )
        level = following


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return {name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)}


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE_TYPES.search(name) for name in _types(node))


def _is_of(node: dict[str, Any], path: str) -> bool:
    """Is the node about the page at a path of its site?"""
    stated = (_text(node.get(key), key="@id") for key in ("url", "mainEntityOfPage", "@id"))
    return any(split_url(url.split("#")[0]).path.rstrip("/") == path for url in stated if url)


def _completeness(node: dict[str, Any]) -> int:
    keys = ("headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage")
    return sum(bool(node.get(key)) for key in keys) + 2 * any(
        "News" in name for name in _types(node)
    )


def _by_id(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Nodes that others may point at with {"@id": ...}: the fullest one of each id."""
    found: dict[str, dict[str, Any]] = {}
    for node in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(found.get(key, {})):
            found[key] = node
    return found


def _linked_article(
    node: dict[str, Any], by_id: dict[str, dict[str, Any]], types: frozenset[str]
) -> LinkedArticle:
    authors = [
        _resolve(item, by_id) for item in _as_list(node.get("author") or node.get("creator"))
    ]
    people = [
        item for item in authors if not isinstance(item, dict) or "Organization" not in _types(item)
    ]
    names = [name for item in (people or authors)[:20] for name in _names(item)]
    sections = [_text(item) for item in _as_list(node.get("articleSection"))]
    free = _text(node.get("isAccessibleForFree")).lower()
    return LinkedArticle(
        type=min(_types(node)),
        headline=_text(node.get("headline") or node.get("name")),
        description=_text(node.get("description")),
        body=_body(node),
        section=next((name for name in sections if name), ""),
        authors=tuple(name for name in names if name),
        author_is_person=bool(people),
        publisher=_name(_resolve(next(iter(_as_list(node.get("publisher"))), None), by_id)),
        language=_text(node.get("inLanguage")),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        image=_image(node.get("image") or node.get("thumbnailUrl"), by_id),
        url=_text(node.get("url") or node.get("mainEntityOfPage"), key="@id"),
        is_free={"false": False, "true": True}.get(free),
        other_types=types,
    )


def _body(node: dict[str, Any]) -> str:
    """`articleBody`, or the updates of a live blog, as paragraphs."""
    body = node.get("articleBody")
    parts = [body] if isinstance(body, str) else []
    if not parts:
        updates = [item for item in _as_list(node.get("liveBlogUpdate")) if isinstance(item, dict)]
        for update in updates[:500]:
            parts += [_text(update.get("headline")), str(update.get("articleBody") or "")]
    text = "\n".join(part for part in parts if part)[:MAX_BODY]
    if "<" in text or "&" in text:
        text = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", html.unescape(text))))
    return text.strip()


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value[:100]
    return [] if value is None else [value]


def _resolve(item: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(item, dict) and "name" not in item:
        return by_id.get(str(item.get("@id")), item)
    return item


def _names(item: Any) -> list[str]:
    """The names of an author node, which may be a list."""
    names = item.get("name") if isinstance(item, dict) else None
    return [_text(name) for name in names[:20]] if isinstance(names, list) else [_name(item)]


def _name(item: Any) -> str:
    if isinstance(item, dict):
        first, last = _text(item.get("givenName")), _text(item.get("familyName"))
        return _text(item.get("name")) or f"{first} {last}".strip()
    return _text(item)


def _text(value: Any, key: str = "name") -> str:
    """One line of plain text of whatever stands there: the first of a list, the name of a node."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get(key) or value.get("@value") or value.get("name") or value.get("url") or ""
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        value = str(value)
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:5000])
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return " ".join(text.translate(_NO_TEXT).split())


def _image(value: Any, by_id: dict[str, dict[str, Any]]) -> str:
    for item in _as_list(value):
        found = _resolve(item, by_id)
        if isinstance(found, dict):
            found = found.get("url") or found.get("contentUrl") or found.get("@id")
        if isinstance(found, list):
            found = found[0] if found else None
        if isinstance(found, str) and found.strip():
            return found.strip()[:2000]
    return ""
