"""From CLDR and the hand-written lists in `countries/` to rows of names, demonyms, people, shadows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel import Locale, localedata

from schemas.countries import code_table
from transforms.data.country_rows import Row

HERE = Path(__file__).parent / "countries"
NO_PLURAL = (
    "ese",
    "sh",
    "ch",
    "ss",
    "s",
    "men",
    "man",
    "women",
    "woman",
    "ois",
    "abe",
    "abé",
    "abè",
)
# CLDR surfaces that are everyday words of the language, or worse than the hand-written name.
UNWANTED = {"Man", "Island", "Indie", "Ö", "Congo", "Georgia", "Pole"}
# Languages whose upper-case headlines are worth a pattern of their own.
UPPER_CASE = {"en", "*"}


def lines_of(name: str) -> Iterator[str]:
    """The lines of a hand-written list, without comments and empty lines."""
    text = (HERE / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def cldr_names() -> Iterator[Row]:
    """Territory names of CLDR in all its languages."""
    alpha3 = {row.alpha2: code for code, row in code_table().items() if row.alpha2}
    for identifier in sorted(localedata.locale_identifiers()):
        language = identifier.split("_")[0]
        if "_" in identifier and identifier not in ("zh_Hant", "sr_Latn", "pt_PT", "es_MX"):
            continue
        for alpha2, name in sorted(Locale.parse(identifier).territories.items()):
            code = alpha3.get(alpha2)
            if code and _is_usable(name, alpha2):
                yield Row(_plain(name), code, "country", language)


def _is_usable(name: str, alpha2: str) -> bool:
    if name == alpha2 or len(name) < 2 or name in UNWANTED:
        return False
    return not (name.isascii() and len(name) < 4)


def _plain(name: str) -> str:
    """`Myanmar (Burma)` -> `Myanmar`."""
    return name.split(" (", maxsplit=1)[0].split("（", maxsplit=1)[0].strip()


def hand_names() -> Iterator[Row]:
    """Names, short forms and abbreviations written by hand."""
    for line in lines_of("names.txt"):
        code, languages, kind, surfaces = line.split(" ", 3)
        for surface in surfaces.split("|"):
            flags = "x" if surface.endswith("~") else ""
            yield Row(surface.rstrip("~"), code, kind, languages, flags=flags)


def english_demonyms() -> Iterator[Row]:
    """English adjectives and nouns with their plurals."""
    for line in lines_of("demonyms_en.txt"):
        code, *forms = line.split(" ")
        for form in (f.replace("_", " ") for f in forms):
            yield Row(form, code, "demonym", "en")
            if not form.endswith(NO_PLURAL):
                yield Row(form + "s", code, "demonym", "en")


def upper_case(rows: list[Row]) -> Iterator[Row]:
    """Variants for headlines in capitals; flag `u` asks for capitals around them."""
    for row in rows:
        upper = row.surface.upper()
        if row.languages in UPPER_CASE and upper != row.surface and len(upper) >= 3:
            yield row._replace(surface=upper, flags=row.flags + "u")


def all_names() -> Iterator[Row]:
    """All rows of this module."""
    rows = [*cldr_names(), *hand_names(), *english_demonyms()]
    yield from rows
    yield from upper_case(rows)


def suffix_lines() -> list[str]:
    """The suffix classes, one a line."""
    return []
