"""One line of plain text comes in; out goes the rule of the site's own notice that it is ("" = none).

A site speaks of its page ("This article is for members", "Send this page"), of itself ("Read our guide",
"Do you have a tip? Email us") and of what its buttons and forms do. How such lines begin, and what has
to follow, is grammar (`data/pages/notice_openings.toml`). A quotation opens with its mark and is none.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from transforms.pages.boilerplate_phrases import ends_sentence
from transforms.pages.word_lists import word_list

MAX_WORDS = 50  # of a notice
_FIRST = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_EDGES = " •·*|-–—►▶→>×✉[]()¿¡\u200b"  # what may stand before the first word


class _Notice(NamedTuple):
    rule: str
    then: re.Pattern[str]
    words: int
    is_label: bool


def notice_rule(folded: str, words: int) -> str:
    """The rule of a folded line of so many words that is a notice of the site, or ""."""
    word = folded.partition(" ")[0]
    notices, end = _load_notices().get(word), len(word)
    if notices is None:
        if word.isalnum():  # most lines
            return ""
        first = _FIRST.match(folded, len(folded) - len(folded.lstrip(_EDGES)))
        notices = _load_notices().get(first[0]) if first else None
        if first is None or notices is None:
            return ""
        end = first.end()
    for notice in notices:
        if words > notice.words or not notice.then.match(folded, end):
            continue
        if not (notice.is_label and ends_sentence(folded)):
            return notice.rule
    return ""


@functools.cache
def _load_notices() -> dict[str, tuple[_Notice, ...]]:
    """First word -> the notices that begin with it."""
    found: dict[str, list[_Notice]] = {}
    for row in word_list("notice_openings"):
        then = re.compile(rf"\s*+(?:{row['then']})")
        notice = _Notice(row["rule"], then, row["words"], row.get("label", False))
        for first in row["first"].split():
            found.setdefault(first, []).append(notice)
    return {first: tuple(notices) for first, notices in found.items()}
