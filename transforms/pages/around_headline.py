"""The element of a headline comes in, the short lines that a reader sees around it go out.

Date, byline and standfirst stand there on nearly every page, whatever their classes are called.
Reading stops where the story runs, so that dates and names of related stories are never reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

MAX_LINES = 16  # after the headline
MAX_LINES_BEFORE = 8
MAX_FIRST_LINES = 80  # of a page without a headline
MAX_EVENTS = 1500  # starts and ends of elements
STORY_CHARS = 180  # a line this long is a standfirst or a paragraph ...
STORY_LINES = 2  # ... and the second one begins the story
MAX_LEVELS_BEFORE = 4  # ancestors whose earlier children are read

_DIGIT = re.compile(r"\d")
_INLINE = frozenset(
    "a abbr b bdi cite data em font i small span strong sub sup time u mark nobr wbr".split()
)
_SKIPPED = frozenset(
    "script style noscript template svg select option button form nav figure figcaption aside iframe "
    "picture video audio input textarea".split()
)


class Part(NamedTuple):
    """Words of one text node, and the element they stand in."""

    text: str
    element: HtmlElement


class Line(NamedTuple):
    """What one block shows: its words, and the text nodes they come from."""

    text: str
    parts: list[Part]


def lines_around(headline: HtmlElement) -> list[Line]:
    """The lines below the headline; where they hold no number, and so no date, those above too."""
    below = lines_after(headline)
    if any(_DIGIT.search(line.text) for line in below):
        return below
    return [*below, *lines_before(headline)]


def first_lines(tree: HtmlElement) -> list[Line]:
    """The first lines of a page whose headline nothing shows, but for its paragraphs."""
    body = next(tree.iter("body"), tree)
    lines = islice(_lines(_walk(body)), MAX_FIRST_LINES)
    return [line for line in lines if len(line.text) < STORY_CHARS]


def lines_after(headline: HtmlElement) -> list[Line]:
    """The lines that follow the headline, down to where the story runs."""
    found: list[Line] = []
    stories = 0
    for line in _lines(_following(headline)):
        stories += len(line.text) >= STORY_CHARS
        if stories >= STORY_LINES or len(found) >= MAX_LINES:
            break
        if len(line.text) < STORY_CHARS:
            found.append(line)
    return found


def lines_before(headline: HtmlElement) -> list[Line]:
    """The lines above the headline, nearest first: a section, a date."""
    found: list[Line] = []
    element: HtmlElement | None = headline
    for _ in range(MAX_LEVELS_BEFORE):
        if element is None or element.tag in ("body", "main", "html"):
            break
        for sibling in islice(element.itersiblings(preceding=True), 4):
            found += list(_lines(_walk(sibling)))[:-5:-1]
        element = element.getparent()
    return [line for line in found if len(line.text) < STORY_CHARS][:MAX_LINES_BEFORE]


def _following(element: HtmlElement) -> Iterator[Part | None]:
    """The text nodes after an element in page order; None where a block begins or ends."""
    node: HtmlElement | None = element
    events = 0
    while node is not None:
        yield None
        if node.tail and node.getparent() is not None:
            yield Part(node.tail, node.getparent())
        for sibling in node.itersiblings():
            for part in _walk(sibling):
                events += 1
                if events > MAX_EVENTS:
                    return
                yield part
        node = node.getparent()


def _walk(root: HtmlElement) -> Iterator[Part | None]:
    """The text nodes of an element and its tail; None at the edges of blocks."""
    if not isinstance(root.tag, str):
        return
    walk = etree.iterwalk(root, events=("start", "end"))
    for count, (event, element) in enumerate(walk):
        if count > MAX_EVENTS:
            return
        if element.tag not in _INLINE:
            yield None
        if event == "start":
            if element.tag in _SKIPPED:
                walk.skip_subtree()
            elif element.text and not element.text.isspace():
                yield Part(element.text, element)
        elif element.tail and not element.tail.isspace() and element.getparent() is not None:
            yield Part(element.tail, element.getparent())


def _lines(parts: Iterator[Part | None]) -> Iterator[Line]:
    gathered: list[Part] = []
    for part in chain(parts, [None]):
        if part is not None:
            gathered.append(part)
        elif gathered:
            text = " ".join(" ".join(part.text for part in gathered)[:2000].split())
            if text:
                yield Line(text, gathered)
            gathered = []
