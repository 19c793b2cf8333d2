"""From `countries/leaders.txt` to rows of full names and surnames with the days they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from transforms.data.countries.endings import inflected
from transforms.data.countries.lists import lines_of
from transforms.data.countries.rows import EVER, Row, day_number

YEAR = 366
LATIN = ("cs", "da", "de", "et", "fi", "hu", "no", "pl", "sk", "sv")  # endings on foreign names
CYRILLIC = ("be", "bg", "kk", "sr", "uk")  # mostly spelled as in Russian
SHORTEST_STEM = 4
GRACE = 2 * YEAR  # after leaving office a bare surname still means the person


def _days(first: str, last: str) -> tuple[int, int]:
    return day_number(first), day_number(last) if last else EVER[1]


def leaders() -> Iterator[Row]:
    """Full names at any date; surnames as the flag of the line allows."""
    lines = [line.split("|") for line in lines_of("leaders.txt")]
    count = Counter(name for _, forms, *_ in lines for name in set(forms.split("/")))
    for where, forms, first, last, flags in lines:
        code, _, language = where.partition(" ")
        start, end = _days(first, last)
        row = Row("", code, "leader", language or "*", weight=start)
        for name in forms.split("/"):
            days = (start - YEAR, min(end + YEAR, EVER[1])) if count[name] > 1 else EVER
            single = " " not in name and not language
            if single:
                days = (start - YEAR, EVER[1])
            yield from _spellings(row._replace(surface=name, first_day=days[0], last_day=days[1]))
            if " " in name and flags and not name.endswith(("Jr", "II", "III")):
                surname = name.split(" ")[0 if flags == "f" else -1]
                yield from _spellings(_surname(row, surname, start, end, flags))


def _spellings(row: Row) -> Iterator[Row]:
    """The name, its cases where it is one word that stands alone, and its Cyrillic in other languages."""
    yield row
    if row.languages == "ru":
        yield from (row._replace(languages=language) for language in CYRILLIC)
    if " " in row.surface or row.flags or len(row.surface) < SHORTEST_STEM:
        return
    for language in LATIN if row.languages == "*" else row.languages.split(","):
        yield from inflected(row._replace(languages=language))


def _surname(row: Row, surname: str, start: int, end: int, flags: str) -> Row:
    if flags == "s":
        return row._replace(surface=surname, first_day=start - YEAR)
    last = min(end + GRACE, EVER[1])
    return row._replace(surface=surname, first_day=start - YEAR, last_day=last, flags="t")


def all_people() -> Iterator[Row]:
    """All rows, with upper-case variants for headlines."""
    seen = set()
    for row in leaders():
        if row in seen:
            continue
        seen.add(row)
        yield row
        upper = row.surface.upper()
        if row.languages == "*" and upper != row.surface and len(upper) > 3 and row.flags != "t":
            yield row._replace(surface=upper, flags=row.flags + "u")
