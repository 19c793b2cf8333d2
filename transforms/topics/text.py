"""A headline and a body in, one folded text out whose offsets lead back into both.

Folding makes spellings meet: lower case, no Latin or Greek accents, Arabic letter variants as one,
punctuation as blanks. It keeps one character for one, except that combining marks go; then an
index maps each folded character to where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import NamedTuple

from schemas.records import Span
from transforms.beyond_ascii import beyond_ascii

MAX_HEADLINE = 1_000  # characters looked at
MAX_BODY = 20_000  # the topic of an article is settled long before; keeps 10 MB cheap
GAP = "  "  # between headline and body: no phrase matches across two blanks

# Combining accents, Arabic vowel signs and tatweel, soft hyphen, zero-width characters.
_DROPPED = re.compile("[\u0300-\u036f\u0640\u064b-\u0652\u00ad\u200b-\u200f\ufeff]")
TERM = 64  # characters, up to which looking for what is no ASCII takes longer than folding it
MOST_OTHERS = 40  # different characters that are replaced one by one
_VARIANTS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك",
             "ё": "е", "ß": "s", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ɓ": "b", "ɗ": "d",
             "ƙ": "k", "ɛ": "e", "ɔ": "o", "ŋ": "n", "ƴ": "y"}  # fmt: skip


class _Fold(dict[int, str]):
    """The translation table, filled as characters are met: one character each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if unicodedata.category(char)[0] not in "LNM":
        return " "
    lower = char.lower()[0]
    if lower in _VARIANTS:
        return _VARIANTS[lower]
    base = unicodedata.normalize("NFD", lower)[0]
    is_european = base.isascii() or "\u0370" <= base <= "\u03ff"
    return base if is_european else lower


_TABLE = _Fold()


def fold(text: str) -> str:
    """The folded form of a term or text, without a way back to offsets."""
    if text.isascii():
        return text.translate(_TABLE)
    text = _DROPPED.sub("", text)
    return text.translate(_TABLE) if len(text) <= TERM else _translated(text, beyond_ascii(text))


def _translated(text: str, others: frozenset[str]) -> str:
    """Each character folded. A text of ASCII alone is folded ten times as fast as another one, so the
    quotation marks and accents of a European one go first: `others` are those beyond ASCII.
    """
    if len(others) <= MOST_OTHERS and all(_TABLE[ord(char)].isascii() for char in others):
        for char in others:
            text = text.replace(char, _TABLE[ord(char)])
    return text.translate(_TABLE)


class Document(NamedTuple):
    """A headline and a body, folded into one text that starts and ends with a blank."""

    headline: str
    body: str
    text: str  # folded: blank, headline, GAP, body, blank
    body_start: int  # in `text`
    origin: list[int] | None  # of each folded character in the joined original; None: the same

    @classmethod
    def of(cls, headline: str, body: str) -> Document:
        """Fold the parts that are looked at: the first MAX_HEADLINE and MAX_BODY characters."""
        head, rest = headline[:MAX_HEADLINE], body[:MAX_BODY]
        joined = f" {head}{GAP}{rest} "
        start = len(head) + len(GAP) + 1
        others = beyond_ascii(joined)
        if _DROPPED.search("".join(others)) is None:
            return cls(headline, body, _translated(joined, others), start, None)
        index = [i for i, char in enumerate(joined) if not _DROPPED.match(char)]
        text = fold("".join([joined[i] for i in index]))
        folded_start = sum(1 for i in index if i < start)
        return cls(headline, body, text, folded_start, index)

    def span(self, start: int, end: int) -> Span:
        """The original words behind `text[start:end]`."""
        headline, body, _, original_start, origin = self
        if origin is not None:
            start, end = origin[start], origin[end - 1] + 1
            original_start = len(headline[:MAX_HEADLINE]) + len(GAP) + 1
        if start >= original_start:
            start, end = start - original_start, end - original_start
            return Span("body", start, end, body[start:end])
        return Span("headline", start - 1, end - 1, headline[start - 1 : end - 1])

    def first(self, word: str) -> Span:
        """The original of the first place where a folded word stands on its own."""
        start = self.text.find(f" {word} ") + 1
        return self.span(start, start + len(word))

    def find(self, field: str, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the original stands in `text`; None past what is looked at."""
        limit = MAX_HEADLINE if field == "headline" else MAX_BODY
        if end > limit:
            return None
        shift = 1 if field == "headline" else len(self.headline[:MAX_HEADLINE]) + len(GAP) + 1
        start, end = start + shift, end + shift
        if self.origin is not None:
            start, end = bisect_left(self.origin, start), bisect_left(self.origin, end)
        return (start, end) if start < end else None
