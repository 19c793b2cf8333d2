"""A date as a page prints it comes in, microseconds since 1970 UTC go out (None where it is none).

ISO 8601 in its many shapes, RFC 822, epoch seconds, numeric dates and month names of the languages
that the product reads. A date without a time is midnight UTC; a time without a zone is taken as UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from transforms.pages.calendars import western_date
from transforms.pages.month_names import month_number

MICROSECONDS = 1_000_000
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no news page on the web is older
LATEST = datetime(
    2100, 1, 1, tzinfo=UTC
)  # a typing error; the caller knows when it fetched the page

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]\s?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.I,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?$")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./]\s?(\d{1,2})[./]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])")  # only with dots
_MONTH_WORD = r"([^\W\d]{3,14})"
_WORD_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|-?(?:го|е))?\.?,?(?:\s|[-/.](?=[^\W\d]))(?:of |de |d['’]|ta['’] )?"
    rf"{_MONTH_WORD}(?:\s?/\s?[^\W\d]{{3,14}})?\.?,?(?:\s|(?<=[^\W\d])[-/.])(?:de |del )?(\d{{4}})(?!\d)"
)
_WORD_MONTH_FIRST = re.compile(rf"{_MONTH_WORD}\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})(?!\d)")
# Mon Oct 11 14:57:21 CEST 2021, as some servers write
_CLOCK_BEFORE_YEAR = re.compile(
    rf"{_MONTH_WORD}\s+(\d{{1,2}})\s(\d\d:\d\d:\d\d)(?:\s([A-Z]{{1,4}}))?\s(\d{{4}})(?!\d)"
)
# 2025. november 3.; 2025 m. lapkričio 3 d.; 2025-Nov-03; 2025. gada 3. novembris
_WORD_YEAR_FIRST = re.compile(
    rf"(?<!\d)(\d{{4}})\.?[\s-](?:m\.\s|ko\s)?{_MONTH_WORD}[\s-](\d{{1,2}})(?!\d)"
)
_WORD_YEAR_DAY = re.compile(
    rf"(?<!\d)(\d{{4}})\.?\s(?:gada|ж\.|оны)\s(\d{{1,2}})\.?[\s-]{_MONTH_WORD}"
)
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})[:hHuU.](\d{2})(?::(\d{2}))?\s?(am|pm|a\.\s?m\.|p\.\s?m\.|μ\.μ\.|π\.μ\.|μμ|πμ)?"
    r"(?:\s?\(?(Z|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|AKST|AKDT|HST|ET|WET|WEST|CET|CEST|EET|EEST|BST|IST|"
    r"MSK|МСК|TRT|IRST|GST|PKT|BRT|ART|JST|KST|SGT|HKT|PHT|WIB|WITA|ICT|NPT|WAT|CAT|SAST|EAT|AEST|AEDT|AWST|"
    r"NZST|NZDT|[+-]\d{2}:?\d{2}))?(?![\d.])",
    re.I,
)
_URL_DATE = re.compile(
    r"[/_-](20\d\d|199\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:[/_.T-]|$)"
)
_URL_DAY_FIRST = re.compile(
    r"[/~](0[1-9]|[12]\d|3[01])([-_.]?)(0[1-9]|1[0-2])\2(20\d\d)(?:[/_.-]|$)"
)
_URL_MONTH = re.compile(r"/(20\d\d)/([a-z]{3,9})/(\d{1,2})/")

# Patterns of dates with a named month, and which of their groups is the year, the month and the day.
_NAMED = (
    (_WORD_MONTH_FIRST, 3, 1, 2),
    (_WORD_DAY_FIRST, 3, 2, 1),
    (_WORD_YEAR_FIRST, 1, 2, 3),
    (_WORD_YEAR_DAY, 1, 3, 2),
)
_CALENDAR_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi "
    "samedi dimanche lunes martes miércoles jueves viernes sábado domingo on at am vom den um le el il "
    "em op posted published updated last date".split()
)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "bst": 1, "ist": 5.5, "msk": 3, "jst": 9,
    "kst": 9, "sgt": 8, "hkt": 8, "aest": 10, "aedt": 11, "akst": -9, "akdt": -8, "hst": -10, "wet": 0,
    "west": 1, "eet": 2, "eest": 3, "мск": 3, "trt": 3, "irst": 3.5, "gst": 4, "pkt": 5, "brt": -3,
    "art": -3, "pht": 8, "wib": 7, "wita": 8, "ict": 7, "npt": 5.75, "wat": 1, "cat": 2, "sast": 2,
    "eat": 3, "awst": 8, "nzst": 12, "nzdt": 13,
}  # fmt: skip


class Moment(NamedTuple):
    """A date as a text states it."""

    micros: int  # microseconds UTC
    offset: int | None  # minutes east of UTC, None where the text names no zone
    has_clock: bool  # False where only the day is known

    @property
    def day(self) -> str:
        """The day by the clock of the text's own zone, YYYY-MM-DD."""
        return day_of(self.micros, self.offset or 0)


def parse_date(text: str, *, day_first: bool = True) -> int | None:
    """The first date in `text`, microseconds UTC; None without one. See `parse_moment`."""
    moment = parse_moment(text, day_first=day_first)
    return None if moment is None else moment.micros


def parse_moment(text: str, *, day_first: bool = True) -> Moment | None:
    """The first date in `text` (its first 200 characters), or None.

    `day_first` decides 03/04/2025 where both orders are possible; dots always put the day first.
    """
    text = _CLOCK_BEFORE_YEAR.sub(r"\1 \2, \5 \3 \4", western_date(text.strip()[:200]))
    found = _parse_machine(text) or _parse_printed(text, day_first)
    return found if found is not None and _MIN_MICROS <= found.micros <= _MAX_MICROS else None


def is_calendar_word(word: str) -> bool:
    """Is it a month, a weekday, or a word that leads to a date ("on", "published")?"""
    return month_number(word) > 0 or word.casefold() in _CALENDAR_WORDS


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z, exact (no floating point)."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


_MIN_MICROS, _MAX_MICROS = to_microseconds(EARLIEST), to_microseconds(LATEST)


def day_of(micros: int, offset: int = 0) -> str:
    """The day of a moment, YYYY-MM-DD, `offset` minutes east of Greenwich."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros, minutes=offset)
    return moment.date().isoformat()


def date_from_url(url: str) -> int | None:
    """Midnight UTC of the date in an address (/2025/11/10/, /2025/nov/10/, -20251110-, /10-11-2025-), or None."""
    if match := _URL_DATE.search(url):
        moment = _moment(match[1], match[2], match[3])
    elif match := _URL_DAY_FIRST.search(url):
        moment = _moment(match[4], match[3], match[1])
    elif match := _URL_MONTH.search(url):
        moment = _moment(match[1], str(month_number(match[2])), match[3])
    else:
        return None
    return moment.micros if moment and moment.micros >= _MIN_MICROS else None


def _parse_machine(text: str) -> Moment | None:
    if match := _ISO.search(text):
        return _moment(*match.groups())
    if match := _COMPACT.match(text):
        return _moment(*match.groups())
    if _EPOCH.match(text):
        return Moment(int(text[:10]) * MICROSECONDS, None, True)
    return None


def _parse_printed(text: str, day_first: bool) -> Moment | None:
    found = _printed_day(text, day_first)
    if found is None:
        return None
    (year, month, day), rest = found
    clock = _CLOCK.search(rest)
    if clock is None:
        return _moment(year, month, day)
    hour = int(clock[1])
    half = (clock[4] or "").lower().replace(".", "").replace(" ", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("pm", "μμ") else 0)
    moment = _moment(year, month, day, str(hour), clock[2], clock[3], clock[5])
    return moment or _moment(year, month, day)


def _printed_day(text: str, day_first: bool) -> tuple[tuple[str, str, str], str] | None:
    """(year, month, day) of a printed date and the text without it."""
    if match := _CJK.search(text) or _YEAR_FIRST.search(text):
        parts = match[1], match[2], match[3]
    elif match := _DAY_FIRST.search(text):
        first, second = match[1], match[3]
        month_leads = int(second) > 12 or (match[2] == "/" and not day_first and int(first) <= 12)
        parts = (match[4], first, second) if month_leads else (match[4], second, first)
    elif match := _SHORT_YEAR.search(text):
        century = "19" if int(match[3]) >= 90 else "20"
        parts = century + match[3], match[2], match[1]
    elif named := _named_day(text):
        parts, match = named
    else:
        return None
    return parts, text[: match.start()] + " " + text[match.end() :]


def _named_day(text: str) -> tuple[tuple[str, str, str], re.Match[str]] | None:
    """(year, month, day) of a date with a name of its month, and where it stands."""
    for pattern, year, month, day in _NAMED:
        for match in islice(pattern.finditer(text), 4):
            if number := month_number(match[month]):
                return (match[year], str(number), match[day]), match
    return None


def _moment(
    year: str,
    month: str,
    day: str,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> Moment | None:
    clock = (int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    if clock[0] == 24:
        clock = (0, clock[1], clock[2])
    try:
        moment = datetime(int(year), int(month), int(day), *clock, tzinfo=UTC)
        offset = _offset(zone) if zone else None
        micros = to_microseconds(moment - timedelta(minutes=offset or 0))
    except (ValueError, OverflowError):
        return None
    # Midnight in UTC is how systems write a day without a time.
    return Moment(micros, offset, bool(offset) or any(clock))


def _offset(zone: str) -> int:
    """Minutes east of UTC. Raises ValueError where there is no such zone."""
    if zone.lower() in _ZONES:
        return int(_ZONES[zone.lower()] * 60)
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if minutes > 14 * 60:
        raise ValueError(f"no zone is {zone} from UTC")
    return -minutes if zone[0] == "-" else minutes
