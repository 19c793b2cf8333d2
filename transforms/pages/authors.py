"""What a page says about who wrote its article comes in, names go out.

Names are stated for machines (JSON-LD, meta elements) and shown under the headline. A page that
states only its own name is asked for what it shows; a name that nothing marks as an author is
believed only beside the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from transforms.pages.around_headline import Line, Part, first_lines
from transforms.pages.bylines import (
    after_lead,
    clean_authors,
    is_lead,
    is_person,
    looks_like_name,
    split_byline,
    squash,
)
from transforms.pages.credit_lines import is_byline
from transforms.pages.elements import Meta
from transforms.pages.read_dates import parse_moment
from transforms.pages.read_json_ld import LinkedArticle

MAX_BYLINE = 120  # characters
MAX_EARLY = 50  # of a byline on a page without a headline
MARKABLE = 300  # elements of a page among which a marked byline is looked for
_BYLINE_TAGS = ("a", "span", "div", "p", "address", "li", "cite", "strong", "em")

_AUTHOR_META = (
    "author", "article:author", "article:author_name", "articleauthor", "article_author", "byl", "byline",
    "parsely-author", "dc.creator", "dcterms.creator", "citation_author", "cxenseparse:author",
    "dcsext.author", "sailthru.author",
)  # fmt: skip
_AUTHOR_LABEL = re.compile(
    r"^(?:written|posted|published)?\s*by$|^(?:author|verfasst von|écrit par|escrito por)", re.I
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|autor|auteur|autore|signature|writer)s?(?:$|[\s_-]|name|link)",
    re.I,
)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|staff|people|person|profiles?|writers?|contributors?|contributor|by|autor(?:es|en)?|auteurs?|"
    r"autori|journalists?|reporters?|columnists?|team|bios?|redaktion|reporter)/[^/]",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"photo|styled|review|edited|editor|fact|contributions|illustrat|translat|image|video|credit|source",
    re.I,
)
_ASIDE = re.compile(
    r"comment|respond|reply|related|sidebar|widget|footer|recommend|newsletter", re.I
)
_LEADS_ON = re.compile(r"(?::|：|\b(?:by|from|von|par|por|di|door))\s*$", re.I)
_ADDRESS = re.compile(r"^(?:https?:)?//", re.I)


class Authors(NamedTuple):
    """Who wrote an article, and all that the page says about it."""

    names: list[str]
    credits: list[str]  # bylines as found: agencies are among them
    source: str = ""  # json-ld | meta | shown | "": the names' own


class _Byline(NamedTuple):
    text: str  # what names authors
    line: str  # the whole line
    is_explicit: bool  # does a "By" lead to it?


def read_authors(
    tree: HtmlElement,
    meta: Meta,
    linked: LinkedArticle,
    lines: Sequence[Line] = (),
    publishers: Sequence[str] = (),
) -> Authors:
    """Names and bylines; `lines` are those around the headline, `publishers` names of the site."""
    persons = list(linked.authors) if linked.author_is_person else []
    stated = [persons, *_meta_bylines(meta)]
    bylines = list(_shown_bylines(lines or _early_bylines(tree)))
    shown = [byline.text for byline in bylines]
    credits = [byline for source in (*stated, shown, linked.authors) for byline in source]
    known = frozenset(squash(name) for name in publishers if name)
    rest = (_marked_bylines(tree) if not shown else (), linked.authors)
    names_of = ("json-ld", *["meta"] * (len(stated) - 1), "shown", "shown", "json-ld")
    others: list[tuple[list[str], str]] = []
    own: list[tuple[list[str], str]] = []
    for name_of, source in zip(names_of, (*stated, shown, *rest), strict=True):
        names = clean_authors(source, known)
        foreign = [name for name in names if squash(name) not in known]
        if any(map(is_person, foreign)):
            return Authors(_as_shown(names, bylines), credits, name_of)
        (others if foreign else own).append((names, name_of))
    by_date = [] if others else list(_names_by_dates(lines))
    found = [*others, (by_date, "shown"), *own]
    names, name_of = next(((names, name) for names, name in found if names), ([], ""))
    return Authors(names, credits, name_of)


def _early_bylines(tree: HtmlElement) -> list[Line]:
    """The first line of a page without a headline that is nothing but a byline."""
    short = (line for line in first_lines(tree) if len(line.text) <= MAX_EARLY)
    return [line for line in short if after_lead(line.text) and is_byline(line.text)][:1]


def _as_shown(stated: list[str], bylines: list[_Byline]) -> list[str]:
    """Stated names without what readers are not shown: outlets behind a name, editors.

    ["Ann Lee Harbour Post", "Bo Li"] and shown "By Ann Lee" is ["Ann Lee"].
    """
    if not all(byline.is_explicit for byline in bylines):
        return stated
    lines = " ".join(byline.line for byline in bylines).casefold()
    shown = clean_authors(byline.text for byline in bylines)
    found: list[str] = []
    for name in stated:
        begins = [other for other in shown if " " in other and name.startswith(other)]
        found += begins[:1] or ([name] if name.casefold() in lines else [])
    return list(dict.fromkeys(found)) or stated


def _meta_bylines(meta: Meta) -> Iterator[list[str]]:
    for name in _AUTHOR_META:
        if name in meta:
            yield [content for content in meta[name] if not _ADDRESS.match(content)]
    for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if label in meta and data in meta and _AUTHOR_LABEL.match(meta[label][0]):
            yield meta[data][:1]


def _shown_bylines(lines: Sequence[Line]) -> Iterator[_Byline]:
    """The first byline among lines, and those that go on with it."""
    before, has_byline = "", False
    for line in lines:
        text = line.text[: 2 * MAX_BYLINE]
        byline = _byline_of(line, before) if not _NO_AUTHOR.search(f"{before} {text[:20]}") else ""
        if byline and split_byline(byline):
            has_byline = True
            yield _Byline(byline, line.text, bool(after_lead(text)) or is_lead(before))
        elif has_byline and any(char.isalnum() for char in line.text):
            return
        before = text if len(text) <= 25 and _LEADS_ON.search(text) else ""


def _byline_of(line: Line, before: str) -> str:
    """What a line says about authors: its marked parts, what follows "By", or the line after "By"."""
    marked = [part.text for part in line.parts if _is_marked(part)]
    if marked and len(line.text) <= 2 * MAX_BYLINE:
        return " | ".join(dict.fromkeys(" ".join(text.split()) for text in marked))
    if len(line.text) > MAX_BYLINE:
        return ""
    return after_lead(line.text) or (line.text if is_lead(before) else "")


def _is_marked(part: Part) -> bool:
    """Do the words stand in an element that is marked as author, or in a link to one's page?"""
    element = part.element
    for _ in range(2):
        if element is None:
            return False
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            return True
        if element.tag == "a":
            return bool(_AUTHOR_PATH.search(element.get("href") or ""))
        element = element.getparent()
    return False


def _marked_bylines(tree: HtmlElement) -> Iterator[str]:
    """The first name anywhere that rel=author or itemprop=author marks, or a byline class.

    A class alone is believed only for what looks like a name, and not among comments and widgets.
    """
    for element in islice(tree.iter(*_BYLINE_TAGS), MARKABLE):
        name = element.get("class")
        is_stated = "author" in (element.get("rel"), element.get("itemprop"))
        if not is_stated and not (name and _AUTHOR_CLASS.search(name[:200])):
            continue
        text = " ".join(" ".join(islice(element.itertext(), 40)).split())
        names = split_byline(text) if len(text) <= MAX_BYLINE else []
        if any(map(is_person if is_stated else looks_like_name, names)) and not _is_aside(element):
            yield text
            return


def _is_aside(element: HtmlElement) -> bool:
    return any(
        _ASIDE.search(f"{parent.get('class') or ''} {parent.get('id') or ''}"[:300])
        for parent in islice(element.iterancestors(), 10)
        if parent.tag not in ("body", "html")
    )


def _names_by_dates(lines: Sequence[Line]) -> Iterator[str]:
    """A line that looks like a name and stands before a date, or with one."""
    before = ""
    for line in lines:
        if len(line.text) <= MAX_BYLINE and parse_moment(line.text):
            pieces = re.split(r"\s*[|•·–—-]\s", line.text)[:4]
            for name in (*(name for piece in pieces for name in split_byline(piece)), before):
                if looks_like_name(name):
                    yield name
                    return
        before = line.text
