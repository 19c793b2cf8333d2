"""A page, its metadata and its feed entry come in; the lines of the article's body go out.

The line models read the page. trafilatura is asked where they find nothing, or believe no line
much; the `articleBody` of JSON-LD and the full text of a feed entry where the page shows no more than
the beginning of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from schemas.records import FeedEntry, Removal
from transforms.pages.article_checks import DOUBTFUL_LEVEL, MIN_LEVEL
from transforms.pages.article_lines import find_article_lines
from transforms.pages.line_wording import TOKEN, runs_of
from transforms.pages.page_metadata import PageMetadata
from transforms.pages.read_text import entry_lines
from transforms.pages.second_opinion import second_opinion, without_title
from transforms.strip_boilerplate import split_lines

THIN = 600  # characters; a page that shows less may be the stub of what stands elsewhere
MUCH_MORE = 2  # times the text of the page
MUCH_LONGER = 4  # times our text
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
    doubtful: Sequence[str] = ()  # lines, in the text or not, that the page alone cannot settle


def find_body(tree: HtmlElement, metadata: PageMetadata, headline: str, entry: FeedEntry) -> Body:
    """The best body there is; without lines where there is none."""
    found = find_article_lines(tree, metadata, headline)
    body = Body(
        found.kept, found.removed, "page", found.below, found.level, found.teasers, found.doubtful
    )
    if not body.lines and found.has_text:
        kept, removed = second_opinion(tree, headline)
        body = Body(kept, removed, "page", "", found.level, found.teasers)
    elif body.lines and body.level < DOUBTFUL_LEVEL:
        body = _compared(body, *second_opinion(tree, headline))
    if sum(map(len, body.lines)) < THIN:
        feed = entry_lines(entry.content) if entry.content else []
        body = _longer(body, metadata.linked.body.split("\n"), "json-ld", headline)
        body = _longer(body, feed, "feed", headline)
    return body


def _longer(body: Body, lines: list[str], source: str, headline: str) -> Body:
    """The text of another source, if it is much longer than `body` and goes on from it."""
    kept, removed = split_lines(without_title(lines, headline))
    if sum(map(len, kept)) < max(MUCH_MORE * sum(map(len, body.lines)), 1):
        return body
    shown = runs_of(TOKEN.findall(" ".join(body.lines).casefold()))
    told = runs_of(TOKEN.findall(" ".join(kept).casefold()))
    if len(shown & told) < AGREEING * len(shown):
        return body
    return body._replace(lines=kept, removed=removed, source=source, level=1.0, doubtful=())


def _compared(body: Body, lines: list[str], removed: list[Removal]) -> Body:
    """The body of a page unlike all that the models have seen, beside what trafilatura takes for it.

    Where both take nearly the same, it is an article however little the models believe of it. Where they hold
    little to be text and trafilatura takes most of that as well, its text stands.
    """
    ours, theirs = (
        runs_of(TOKEN.findall(" ".join(text).casefold())) for text in (body.lines, lines)
    )
    common = len(ours & theirs)
    if body.level < MIN_LEVEL:
        is_same = bool(ours) and common >= WITHIN * len(ours) and common >= MOST_OF * len(theirs)
        return body._replace(level=1.0) if is_same else body
    is_ours = common >= AGREEING * len(ours) and len(theirs) <= MUCH_LONGER * len(ours)
    return body._replace(lines=lines, removed=removed, doubtful=()) if ours and is_ours else body
