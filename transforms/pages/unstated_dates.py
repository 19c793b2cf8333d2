"""A page that tells machines no date comes in; the date that it shows readers goes out, with its source.

In this order: what stands around the headline, the day in the address, elements that are made for
dates, the first lines, and last a line anywhere that says when the page was published or changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from lxml.html import HtmlElement

from transforms.pages.around_headline import Line, first_lines
from transforms.pages.elements import one_line
from transforms.pages.read_dates import Moment, parse_moment
from transforms.pages.shown_dates import ShownDate, says_published, says_updated, shown_dates

NEAR = 2 * 86_400_000_000  # microseconds between the days of one story
DATABLE = 1_500  # elements of a page among which a class that speaks of a date is looked for
CHANGEABLE = 4000  # elements among which one that says when the page was changed is looked for
MAX_CHANGE = 80  # characters of its first text node ...
MAX_SAID = 160  # ... and of the whole

_COUNTED = re.compile(
    r"阅读|閱讀|浏览|瀏覽|点击|點擊|人气|人氣|\bviews?\b|\bhits\b|просмотр|조회", re.I
)
_DATED_TAGS = (
    "span", "div", "p", "em", "li", "b", "strong", "small", "dd", "td", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|time|timestamp|published|publish|pubdate|posted|datum|fecha|data|"
    r"submitted|post-?meta(?:data)?|entry-?meta|article-?meta|asset-?meta|byline|created)(?:$|[\s_-]|d)",
    re.I,
)
_DIGIT = re.compile(r"\d")  # of which each date has one
_HATOM = re.compile(r"\bpublished\b")


def unstated_date(
    tree: HtmlElement,
    of_url: int | None,
    lines: Sequence[Line],
    shown: list[ShownDate],
    day_first: bool,
) -> tuple[Moment | None, str]:
    """The date of a page that states none for machines, and its source (None and "" without one)."""
    dates = chain(
        (
            (date.moment, "shown")
            for label in ("published", "", "updated")
            for date in shown
            if date.label == label and (of_url is None or is_near(date.moment.micros, of_url))
        ),
        () if of_url is None else ((Moment(of_url, None, False), "url"),),
        _marked_dates(tree, day_first),
        () if lines else ((moment, "text") for moment in _early_dates(tree, day_first)),
        ((moment, "text") for moment in _said_dates(tree, day_first)),
    )
    return next(dates, (None, ""))


def _marked_dates(tree: HtmlElement, day_first: bool) -> Iterator[tuple[Moment, str]]:
    for source, texts in (("time", _times(tree)), ("byline", _dated_lines(tree))):
        for text in texts:
            if (moment := parse_moment(text, day_first=day_first)) is not None:
                yield moment, source


def _early_dates(tree: HtmlElement, day_first: bool) -> Iterator[Moment]:
    """The dates of the first lines. A page may show today's date; it does not show the hour."""
    early = first_lines(tree)
    counted = [line for line in early if _COUNTED.search(line.text)]
    yield from (date.moment for date in shown_dates(counted, None, day_first))
    yield from (
        date.moment for date in shown_dates(early, None, day_first) if date.moment.has_clock
    )


def is_near(shown: int, of_url: int) -> bool:
    """A page with a day in its address shows that day, or one beside it; others are of other stories."""
    return abs(shown - of_url) <= NEAR


def _said_dates(tree: HtmlElement, day_first: bool) -> Iterator[Moment]:
    """The dates of short lines anywhere that say they are of publication, or else of a change."""
    lines = list(islice(_short_lines(tree), CHANGEABLE))
    for says in (says_published, says_updated):
        for line in lines:
            if says(line) and (moment := parse_moment(line, day_first=day_first)):
                yield moment


def _short_lines(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("p", "span", "div", "li", "td", "small", "em", "dd"):
        if (
            element.text
            and len(element.text) <= MAX_CHANGE
            and _DIGIT.search(line := _if_short(element))
        ):
            yield line


def _if_short(element: HtmlElement) -> str:
    """The element's text as one line, "" if it is longer than MAX_SAID: blocks hold the whole page."""
    parts, size = [], 0
    for text in element.itertext():
        parts.append(text)
        size += len(text.strip())
        if size > MAX_SAID:
            return ""
    line = " ".join("".join(parts).split())
    return line if len(line) <= MAX_SAID else ""


def _times(tree: HtmlElement) -> Iterator[str]:
    """What `time` elements state, and `abbr` elements of the hAtom microformat, in page order."""
    for element in islice(tree.iter("time", "abbr"), 40):
        if element.tag == "time":
            yield element.get("datetime") or one_line(element)
        elif _HATOM.search(element.get("class") or ""):
            yield element.get("title") or one_line(element)


def _dated_lines(tree: HtmlElement) -> Iterator[str]:
    """Short texts whose class or id speaks of a date, in page order."""
    for element in islice(tree.iter(*_DATED_TAGS), DATABLE):
        label = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop"))[:200]
        if len(label) > 3 and _DATE_CLASS.search(label):
            text = one_line(element)
            if 6 <= len(text) <= 300:
                yield text[:120]
