"""The lines around a headline come in, the dates that they show readers go out, each with its label.

A date may stand in one text node, in several of one line, or in a `time` element that says it more
exactly for machines; what stands before it tells whether it is that of a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from transforms.pages.around_headline import Line, Part
from transforms.pages.elements import one_line
from transforms.pages.read_dates import Moment, parse_moment

MAX_DATE_LINE = 90  # characters of a line that says when; longer ones tell of something
MAX_DATE_WORDS = 12
MAX_DATE_PART = 40  # characters of a piece of a longer line, as of "name, office | date | place"
NEAR = 2 * 86_400_000_000  # microseconds: two readings of one date
_MARKED = etree.XPath("descendant::*[@itemprop='datePublished'] | descendant::time[@pubdate]")
_DIGIT = re.compile(r"\d")
_UPDATED = re.compile(
    r"updated?\b|modified|revised|reviewed|aktualisiert|geändert|stand:|mis à jour|màj|modifié|actualizad|"
    r"atualizad|modificad|aggiornat|bijgewerkt|обновл|измен[её]н|оновлен|güncelle|zaktualizowan|aktualizacja|uppdatera|uppfært|"
    r"oppdater|opdater|päivitetty|diperbarui|更新|修改|수정|تحديث|עודכן|ενημέρωση",
    re.I,
)
_PUBLISHED = re.compile(
    r"publish|posted|release|created|veröffentlicht|erschienen|publié|publicad|pubblicat|gepubliceerd|geplaatst|"
    r"опубликован|yayın|opublikowan|publicera|publiser|publicer|julkaistu|diterbitkan|发布|發佈|發布|发表|"
    r"公開|掲載|配信|입력|등록|نشر|פורסם|δημοσ",
    re.I,
)
_NO_PUBLICATION = re.compile(
    r"copyright|©|expires?\b|deadline|since\b|born\b|joined\b|"
    r"über dieses thema|sendung|gesendet|aired|broadcast|diffusé|emitido|andato in onda|"
    r"\b(?:web)?site (?:was )?(?:last )?(?:updated|modified|reviewed)",
    re.I,
)


class ShownDate(NamedTuple):
    """A date that the page shows its readers."""

    moment: Moment
    label: str  # published | updated | ""


def shown_dates(lines: Sequence[Line], near: Moment | None, day_first: bool) -> Iterator[ShownDate]:
    """The dates of lines, with what stands before each: the words of its line, or the line before."""
    before = ""
    for line in lines:
        if not _DIGIT.search(line.text) and not _has_time(line):
            before = line.text if len(line.text) <= 40 else ""
            continue
        yield from _dates_of_line(line, before, near, day_first)
        before = ""


def _dates_of_line(
    line: Line, before: str, near: Moment | None, day_first: bool
) -> Iterator[ShownDate]:
    found = False
    is_short = len(line.text) <= MAX_DATE_LINE and line.text.count(" ") < MAX_DATE_WORDS
    for part in line.parts:
        may_date = is_short or _time_of(part) is not None or len(part.text) <= MAX_DATE_PART
        moment = _moment_of(part, near, day_first) if may_date else None
        if moment is not None and not _NO_PUBLICATION.search(before + part.text):
            found = True
            yield ShownDate(moment, _label(f"{before} {part.text}", part.element))
            before = ""
        else:
            before = f"{before} {part.text}"[-60:]
    if not is_short or found or _NO_PUBLICATION.search(line.text):
        return
    if moment := _near(line.text, near, day_first):
        yield ShownDate(moment, _label(line.text, line.parts[0].element))


def _has_time(line: Line) -> bool:
    return any(part.element.tag == "time" for part in line.parts)


def _moment_of(part: Part, near: Moment | None, day_first: bool) -> Moment | None:
    """The date that some words show; what their `time` element states is more exact, if it agrees."""
    element = _time_of(part)
    stated = parse_moment(element.get("datetime") or "") if element is not None else None
    shown = _near(part.text, stated or near, day_first)
    if stated and (shown is None or abs(shown.micros - stated.micros) <= NEAR):
        return stated
    return shown


def _near(text: str, near: Moment | None, day_first: bool) -> Moment | None:
    """The date in a text; where day and month may be swapped, the reading that is `near`."""
    moment = parse_moment(text, day_first=day_first)
    if moment is None or near is None or abs(moment.micros - near.micros) <= NEAR:
        return moment
    other = parse_moment(text, day_first=not day_first)
    return other if other and abs(other.micros - near.micros) <= NEAR else moment


def _time_of(part: Part) -> HtmlElement | None:
    """The `time` element that some words stand in."""
    parent = part.element.getparent()
    return next((e for e in (part.element, parent) if e is not None and e.tag == "time"), None)


def _label(words: str, element: HtmlElement) -> str:
    marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
    for text in (words, marks):
        published, updated = _PUBLISHED.search(text), _UPDATED.search(text)
        if published and not updated:
            return "published"
        if updated and not published:
            return "updated"
    return ""


def says_updated(text: str) -> bool:
    """Does a text speak of a change of the page, and neither of publication nor of the whole site?"""
    return bool(_UPDATED.search(text)) and not (
        _PUBLISHED.search(text) or _NO_PUBLICATION.search(text)
    )


def says_published(text: str) -> bool:
    """Does a text speak of publication, and neither of a change nor of another thing's date?"""
    return bool(_PUBLISHED.search(text)) and not (
        _UPDATED.search(text) or _NO_PUBLICATION.search(text)
    )


def marked_dates(tree: HtmlElement, day_first: bool) -> list[ShownDate]:
    """The date that the page marks as the one of publication, if it marks only one."""
    marked = [element for element in _MARKED(tree)[:20] if element.tag != "meta"]
    texts = [e.get("datetime") or e.get("content") or one_line(e) for e in marked]
    moments = [found for text in texts if (found := parse_moment(text, day_first=day_first))]
    return (
        [ShownDate(moments[0], "published")] if len({found.day for found in moments}) == 1 else []
    )
