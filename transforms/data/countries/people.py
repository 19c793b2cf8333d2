"""From `countries/leaders.txt` to rows of full names and surnames with the days they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from transforms.data.countries.lists import lines_of
from transforms.data.countries.rows import EVER, Row, day_number

YEAR = 366
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
            yield row._replace(surface=name, first_day=days[0], last_day=days[1])
            if " " in name and flags in ("s", "t") and not name.endswith(("Jr", "II", "III")):
                yield _surname(row, name.split(" ")[-1], start, end, flags)


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
