"""The lines of a scraped text come in; what stands above its story goes out, each line with its part.

Nothing but order and form says which is which: furniture (icon names, a section), a headline, perhaps
a standfirst, a byline, a date, a caption, then the story.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from schemas.records import Removal
from transforms.pages.boilerplate_phrases import count_words, ends_sentence
from transforms.pages.bylines import looks_like_name, says_role
from transforms.pages.datelines import read_dateline
from transforms.pages.line_rules import line_rule
from transforms.pages.read_dates import parse_date
from transforms.pages.section_names import is_section_name

_HEAD_LINES = 12  # how far down a headline may stand
_STEPS = re.compile(r"\s*[>›»→/]\s*")


class TextHead:
    """The lines above the story, each given its part: read once, top down."""

    def __init__(self, lines: list[str]) -> None:
        self.headline = self.standfirst = self.section = self.caption = ""
        self.bylines: list[str] = []
        self.date: int | None = None
        self.removed: list[Removal] = []
        start = next((i for i, line in enumerate(lines) if _is_story(line)), len(lines))
        above = lines[: min(start, _HEAD_LINES)]
        for line, after in zip_longest(above, above[1:], fillvalue=""):
            self._place(line, after)
        self.body = lines[min(start, _HEAD_LINES) :]
        if not self.body and self.standfirst:  # a text of nothing but short lines
            self.body, self.standfirst = [self.standfirst], ""

    def _place(self, line: str, after: str) -> None:
        rule = line_rule(line)
        if rule == "section" or (not self.headline and is_section_name(line)):
            self.section = self.section or _STEPS.split(line)[-1]
            self._remove(line, "section")
        elif rule == "caption":
            self.caption = self.caption or line
            self._remove(line, "caption")
        elif rule == "byline":
            self.bylines.append(line)
            self.date = self.date if self.date is not None else parse_date(line)
            self._remove(line, "byline")
        elif rule:
            self._remove(line, rule)
        elif not self.headline:
            self.headline = line
        elif self._is_signature(line, after):
            self.bylines.append(line)
            self._remove(line, "byline")
        elif self._last_rule() == "credit" and not self.caption:
            self.caption = line
            self._remove(line, "caption")
        elif not self.standfirst:
            self.standfirst = line
        else:
            self._remove(line, "unplaced")

    def _is_signature(self, line: str, after: str) -> bool:
        """Is the line a name above a role or a date, or the role below a name?"""
        if count_words(line) > 5:
            return False
        if looks_like_name(line):
            return says_role(after) or line_rule(after) == "byline"
        return says_role(line) and self._last_rule() == "byline"

    def _last_rule(self) -> str:
        return self.removed[-1].rule if self.removed else ""

    def _remove(self, line: str, rule: str) -> None:
        self.removed.append(Removal(line, rule))


def _is_story(line: str) -> bool:
    """Is this a paragraph of running text: a dateline, or a whole sentence of some length?"""
    if line_rule(line):
        return False
    if read_dateline(line)[1]:
        return True
    return count_words(line) >= 18 or (count_words(line) >= 9 and ends_sentence(line))
