"""A sentence and countries beside a comma come in; whether the comma ends an opening phrase goes out.

"After talks with Iran, Russia said" names no list of two: the phrase that opens the sentence ends
with Iran, and Russia is the subject. So does "if China attacks Taiwan, Japan and Korea would", a
clause with a subject of its own. In "after talks with France, Germany and Britain, Iran said" the
first comma parts members of a list, since none of these is followed by a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 160  # characters of an opening phrase
_FINITE: Final = frozenset("when if as while although though because unless once whereas".split())
_OPENERS: Final = _FINITE | frozenset(
    "after before since despite amid following during under in with at".split()
)
_MARKS: Final = ("- ", "– ", "— ", '"', "“")  # behind which a sentence opens, as behind a dateline
_PREDICATE: Final = re.compile(
    r"['’]s\b|(?: also| later| now| on \w+day)*"
    r" (?:will|would|has|have|had|is|are|was|were|said|says|may|might|must|can|could|should|did|does|do)\b"
)
Span = tuple[int, int]


def opener_before(lowered: str, start: int) -> str:
    """The word that opens the sentence where nothing but its phrase stands before an offset, else ""."""
    piece = lowered[max(0, start - _LONGEST) : start]
    cut = max(piece.rfind(mark) + len(mark) if mark in piece else 0 for mark in _MARKS)
    phrase = piece[cut:]
    if (not cut and start > _LONGEST) or any(mark in phrase for mark in ",;:"):
        return ""
    word = phrase.split(maxsplit=1)[:1]
    return word[0] if word and word[0] in _OPENERS else ""


def begins_main_clause(
    lowered: str, listed: Span, following: Sequence[Span], verbs: Sequence[int]
) -> bool:
    """Whether the first of the spans that follow is the subject behind an opening phrase.

    `listed` is the span of the list before it, of which it looks a further member; the second may
    be joined to it by "and". `verbs` are the offsets of verbs.
    """
    start, end = listed
    if lowered[end : following[0][0]] not in (", ", ", the ") or not opener_before(lowered, start):
        return False
    last = 0
    for first, after in following:
        if last and lowered[last:first] != " and ":
            return False
        last = after
        if last + 1 in verbs or _PREDICATE.match(lowered, last):
            return True
    return False


def is_finite(word: str) -> bool:
    """Whether a word opens a clause with a subject of its own."""
    return word in _FINITE
