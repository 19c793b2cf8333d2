"""A date as a feed states it comes in, microseconds since 1970 UTC go out (None where it is none).

feedparser reads RFC 822 and ISO 8601 and gives a date to much that is none of them: the first digits
of epoch seconds become a year, a zone that it does not know is Greenwich. What it cannot know is read
here: epochs, weeks, more zones, and dates as people write them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from transforms.feeds.raw_feed import iso_moment, microseconds
from transforms.pages.read_dates import parse_moment

_EPOCH = re.compile(r"^(\d{9,10})(?:\.\d+)?$|^(\d{9,10})\d{3}$")
_ORDINAL = re.compile(r"^(\d{4})-?(\d{3})$")
_ISO = re.compile(r"^\d{4}-?(?:W\d\d|\d\d-?\d\d(?:[T ]|$))", re.I)
# feedparser knows these; "UTC+0200" it reads as UTC
_KNOWN_ZONE = re.compile(r"(?:\s(?:Z|UT|UTC|GMT|[ECMP][SD]T|[A-Z])|[\d ][+-]\d\d:?\d\d|\dZ)$", re.I)
_SHIFTED = re.compile(r"\b(?:GMT|UTC|UT)\s?([+-])(\d{1,2})(?::?(\d\d))?$", re.I)
_HALF = re.compile(r"\d\s?[AP]M\b", re.I)  # American: the month leads
_ZONE = re.compile(r"\d\s*\(?[A-Za-z]{2,5}\)?$")


def feed_moment(text: object, parsed: int | None = None) -> int | None:
    """The moment of a stated date; `parsed` is what feedparser made of it, None for nothing."""
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        text = str(int(text)) if abs(text) < 1e15 else ""
    if not isinstance(text, str) or not (stated := text.strip()[:100]):
        return parsed
    if match := _EPOCH.match(stated):
        return int(match[1] or match[2]) * 1_000_000
    if match := _ORDINAL.match(stated):
        return _ordinal(int(match[1]), int(match[2]))
    if _ISO.match(stated) and (moment := iso_moment(stated)) is not None:
        return moment - moment % 1_000_000  # feeds that state fractions change them
    if parsed is not None and not _is_misread(stated):
        return parsed
    found = parse_moment(_SHIFTED.sub(_offset, stated), day_first=_HALF.search(stated) is None)
    return parsed if found is None else found.micros


def _is_misread(stated: str) -> bool:
    """Might feedparser have read a date otherwise than it is meant: other scripts, other zones?"""
    if not stated.isascii() or _SHIFTED.search(stated):
        return True
    return _KNOWN_ZONE.search(stated) is None and _ZONE.search(stated) is not None


def _offset(match: re.Match[str]) -> str:
    """ "GMT+1" -> "+01:00"."""
    return f"{match[1]}{match[2]:0>2}:{match[3] or '00'}"


def _ordinal(year: int, day: int) -> int | None:
    if not (1 <= year <= 9998 and 1 <= day <= 366):
        return None
    return microseconds(datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day - 1))
