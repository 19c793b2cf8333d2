"""A page, its metadata and its feed entry come in; the lines of the article's body go out.

The line model reads the page. trafilatura is asked where the model finds nothing, or believes no line
much; the `articleBody` of JSON-LD and the full text of a feed entry where the page shows no more than
the beginning of it.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

import trafilatura
from lxml.html import HtmlElement

from schemas.records import FeedEntry, Removal
from transforms.pages.article_checks import MIN_LEVEL
from transforms.pages.article_lines import find_article_lines
from transforms.pages.boilerplate_phrases import fold
from transforms.pages.line_wording import TOKEN, runs_of
from transforms.pages.page_metadata import PageMetadata
from transforms.pages.read_text import entry_lines
from transforms.strip_boilerplate import split_lines

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

THIN = 600  # characters; a page that shows less may be the stub of what stands elsewhere
MUCH_MORE = 2  # times the text of the page
WITHIN = 0.8  # share of our runs of four words that trafilatura's text holds as well
MOST_OF = 0.6  # share of its runs that ours holds
AGREEING = 0.5  # share of the page's runs of four words that the longer text holds


class Body(NamedTuple):
    """The lines of a body, what was removed, and where they were read."""

    lines: list[str]
    removed: list[Removal]
    source: str  # page | json-ld | feed
    below: str  # what the page shows right after the body: a barrier stands there
    level: float = 1.0  # the score of the page's good lines
    teasers: int = 0  # linked headlines between the first and the last line


def find_body(
    tree: HtmlElement, metadata: PageMetadata, headline: str, entry: FeedEntry | None
) -> Body:
    """The best body there is; without lines where there is none."""
    found = find_article_lines(tree, metadata, headline)
    body = Body(found.kept, found.removed, "page", found.below, found.level, found.teasers)
    if not body.lines and found.has_text:
        kept, removed = _second_opinion(tree, headline)
        body = Body(kept, removed, "page", "", found.level, found.teasers)
    elif body.lines and body.level < MIN_LEVEL and _is_same_text(body.lines, tree, headline):
        body = body._replace(level=1.0)  # a page unlike all that the model has seen
    if sum(map(len, body.lines)) < THIN:
        feed = entry_lines(entry.content) if entry and entry.content else []
        body = _longer(body, metadata.linked.body.split("\n"), "json-ld", headline)
        body = _longer(body, feed, "feed", headline)
    return body


def _longer(body: Body, lines: list[str], source: str, headline: str) -> Body:
    """The text of another source, if it is much longer than `body` and goes on from it."""
    kept, removed = split_lines(_without_title(lines, headline))
    if sum(map(len, kept)) < max(MUCH_MORE * sum(map(len, body.lines)), 1):
        return body
    shown = runs_of(TOKEN.findall(" ".join(body.lines).casefold()))
    told = runs_of(TOKEN.findall(" ".join(kept).casefold()))
    if len(shown & told) < AGREEING * len(shown):
        return body
    return body._replace(lines=kept, removed=removed, source=source, level=1.0)


def _is_same_text(lines: list[str], tree: HtmlElement, headline: str) -> bool:
    """Does trafilatura, which knows nothing of our model, take the same lines for the article?"""
    ours = runs_of(TOKEN.findall(" ".join(lines).casefold()))
    other, _ = _second_opinion(tree, headline)
    theirs = runs_of(TOKEN.findall(" ".join(other).casefold()))
    common = len(ours & theirs)
    return bool(ours) and common >= WITHIN * len(ours) and common >= MOST_OF * len(theirs)


def _second_opinion(tree: HtmlElement, headline: str) -> tuple[list[str], list[Removal]]:
    """What trafilatura takes for the article, without the lines that our rules remove."""
    document = trafilatura.bare_extraction(
        tree, include_comments=False, favor_precision=True, with_metadata=False
    )
    text: str = getattr(document, "text", None) or ""
    return split_lines(_without_title(text.split("\n"), headline))


def _without_title(lines: list[str], headline: str) -> list[str]:
    title = fold(headline)
    stripped = (" ".join(line.split()) for line in lines)
    return [line for line in stripped if line and fold(line) != title]
