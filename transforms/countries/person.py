"""A name of the lexicon in its text comes in; whether it is part of a person's name comes out.

Jordan the player, Paris the heiress, Israel the boxer: a first name or a title before a name that is
also a surname, or a surname behind a name that is also a first name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.countries.matches import Name
from transforms.countries.words import (
    first_names,
    is_title_case,
    surnames,
    word_before,
    word_sets,
)

# Place names that parents give and the census list lacks, or that are too much a place for the list.
ALSO_FIRST_NAMES = frozenset(
    "Brooklyn London India China Chelsea Cuba Ireland Kenya Phoenix Dakota Montana Carolina Virginia"
    " Georgia Israel Jordan Chad Paris Asia Milan Cairo Vienna Troy Orlando Florence German".split()
)
# Place names whose bearers the census list is too short for.
ALSO_SURNAMES = frozenset(
    "Cairo Cuba Brazil Scotland Wales Spain Ireland Lima Troy Milan Paris".split()
)
# Surnames that no list need name: O'Keeffe, McBride, MacDonald.
IRISH_OR_SCOTTISH = re.compile(r"(?:O['’]|Mc|Mac)[A-Z][a-z]")
PLACE_KINDS = frozenset(("country", "city", "capital", "region", "demonym"))


@lru_cache(maxsize=4096)
def is_possible(surface: str, kind: str) -> bool:
    """True where the surface is a first name or a surname at all (a cheap test for the many)."""
    if kind not in PLACE_KINDS or " " in surface:
        return False
    if kind == "city":
        return True
    return (
        surface in surnames()
        or surface in first_names()
        or surface in ALSO_FIRST_NAMES
        or surface in ALSO_SURNAMES
    )


def is_person(text: str, name: Name, before: str, after: str, next_start: int) -> bool:
    """True where the words beside the name make it a person's; `next_start`: of the next name."""
    if not (before[:1].isupper() or after[:1].isupper() or _is_title(before)):
        return False
    surface = text[name.start : name.end]
    return _is_surname(text, name, surface, before) or _is_first_name(
        text, name, surface, before, after, next_start
    )


def _is_title(before: str) -> bool:
    """`uncle`, `Mr`."""
    sets = word_sets()
    return before in sets["titles"] or before.rstrip(",") in sets["kin"]


def _is_surname(text: str, name: Name, surface: str, before: str) -> bool:
    if surface not in surnames() and surface not in ALSO_SURNAMES:
        return name.reading.kind == "city" and before in first_names()
    if not before or not before[0].isupper():
        return before in word_sets()["kin"] and surface in first_names()
    if before in word_sets()["titles"]:
        return True
    if before in first_names():
        return not _is_sentence_start_word(text, name.start - 1 - len(before), before)
    is_initial = len(before) == 2 and before[1] == "."
    return is_initial and word_before(text, name.start - 3) in first_names()


def _is_sentence_start_word(text: str, start: int, word: str) -> bool:
    """First names that are also places (Georgia Tech) prove nothing before a place."""
    return word in ALSO_FIRST_NAMES and (start == 0 or text[start - 1] != " ")


def _is_first_name(
    text: str, name: Name, surface: str, before: str, after: str, next_start: int
) -> bool:
    if surface not in first_names() and surface not in ALSO_FIRST_NAMES:
        return False
    if _is_title(before):
        return True
    if (
        not after
        or not after[0].isupper()
        or after.isupper()
        or after in word_sets()["after_place"]
    ):
        return False
    if next_start == name.end + 1:  # another name of the lexicon: Paris Texas, Georgia Florida
        return (
            after.strip(".,'’") in surnames() and before.lower() not in word_sets()["prepositions"]
        )
    stem = after.split("'", maxsplit=1)[0].split("’", maxsplit=1)[0].strip(".")
    if stem in surnames() or stem in first_names() or IRISH_OR_SCOTTISH.match(after):
        return before not in word_sets()["prepositions"]
    is_also_a_name = name.reading.kind == "city" and surface in first_names()
    return (
        (name.reading.kind == "country" or is_also_a_name)
        and stem.isalpha()
        and before.lower() not in word_sets()["wide_prepositions"]
        and not is_title_case(text, name.end)
        and not (stem.endswith("s") or stem.endswith("n"))
    )
