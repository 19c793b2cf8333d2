"""From `countries/leaders.txt` to rows of full names and surnames with the days they hold."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from transforms.data.countries.endings import inflected
from transforms.data.countries.lists import lines_of
from transforms.data.countries.rows import EVER, Row, day_number

YEAR = 366
LATIN = ("cs", "da", "de", "et", "fi", "hu", "no", "pl", "sk", "sv")  # endings on foreign names
CYRILLIC = ("be", "bg", "kk", "sr", "uk")  # mostly spelled as in Russian
SHORTEST_STEM = 4
KEEPS_TOGETHER = "_"  # in a surname of several words: Alexander Van_der_Bellen
PLAIN = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "ß": "ss", "ı": "i", "ə": "a", "Ə": "A",
})  # fmt: skip
OFFICES = frozenset({"head", "foreign", "defence", "other"})
MINISTERS = frozenset({"foreign", "defence"})
GRACE = 2 * YEAR  # after leaving office a bare surname still means the person


class Person(NamedTuple):
    """One line of the list."""

    code: str
    language: str  # "" = every language
    names: tuple[str, ...]  # the fullest first
    start: int  # days since 1970
    end: int  # EVER[1] = in office
    flags: str
    offices: tuple[str, ...]  # of OFFICES, the last one where there were several; () = not told


def _days(first: str, last: str) -> tuple[int, int]:
    return day_number(first), day_number(last) if last else EVER[1]


def people() -> list[Person]:
    """The lines of the list."""
    return [_person(line) for line in lines_of("leaders.txt")]


def _person(line: str) -> Person:
    where, forms, first, last, flags, *office = line.split("|")
    code, _, language = where.partition(" ")
    offices = tuple(office[0].split(",")) if office and office[0] else ()
    if unknown := set(offices) - OFFICES:
        raise ValueError(f"leaders.txt: no office {sorted(unknown)} in {line!r}")
    names = dict.fromkeys(forms.split("/"))
    if not language:
        names |= dict.fromkeys(map(_plain, names))
    return Person(code, language, tuple(names), *_days(first, last), flags, offices)


def _plain(name: str) -> str:
    """The name as a keyboard of bare Latin letters writes it: Łukasz Strøm is Lukasz Strom."""
    letters = unicodedata.normalize("NFD", name.translate(PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def leaders() -> Iterator[Row]:
    """Full names at any date, or in office as the flags tell; surnames as they allow."""
    listed = people()
    count = Counter(name for person in listed for name in set(person.names))
    for person in listed:
        row = Row("", person.code, "leader", person.language or "*", weight=person.start)
        for name in person.names:
            is_bounded = count[name] > 1 or "d" in person.flags
            days = (person.start - YEAR, min(person.end + YEAR, EVER[1])) if is_bounded else EVER
            if " " not in name and not person.language:
                days = (person.start - YEAR, EVER[1])
            full = name.replace(KEEPS_TOGETHER, " ")
            yield from _spellings(row._replace(surface=full, first_day=days[0], last_day=days[1]))
            if " " in name:
                yield from _surnames(row, name, person)


def _surnames(row: Row, name: str, person: Person) -> Iterator[Row]:
    """The surname of a full name, where the flags let it stand alone."""
    flags = person.flags.replace("d", "")
    if not flags or name.endswith(("Jr", "II", "III")):
        return
    surname = name.split(" ")[0 if flags == "f" else -1].replace(KEEPS_TOGETHER, " ")
    row = row._replace(surface=surname, first_day=person.start - YEAR)
    if flags != "s":
        is_minister = person.offices and MINISTERS.issuperset(person.offices)
        last = min(person.end + GRACE, EVER[1])
        row = row._replace(last_day=last, flags="tm" if is_minister else "t")
    yield from _spellings(row)


def _spellings(row: Row) -> Iterator[Row]:
    """The name, its cases where it is one word that stands alone, and its Cyrillic in other languages."""
    yield row
    if row.languages == "ru":
        yield from (row._replace(languages=language) for language in CYRILLIC)
    if " " in row.surface or row.flags or len(row.surface) < SHORTEST_STEM:
        return
    for language in LATIN if row.languages == "*" else row.languages.split(","):
        yield from inflected(row._replace(languages=language))


def all_people() -> Iterator[Row]:
    """All rows, with upper-case variants for headlines."""
    seen = set()
    for row in leaders():
        if row in seen:
            continue
        seen.add(row)
        yield row
        upper = row.surface.upper()
        if (
            row.languages == "*"
            and upper != row.surface
            and len(upper) > 3
            and "t" not in row.flags
        ):
            yield row._replace(surface=upper, flags=row.flags + "u")
