"""Names found in a text come in; those that mean a country come out, with their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.country_lexicon import SHADOW
from transforms.country_matches import Name

PLACE_WORDS = frozenset(
    "in at near from to inside outside across around into throughout within over through via off".split()
)
DATELINE = re.compile(
    r"\s*[A-ZÀ-Þ][\w.'’ -]{1,40}(?:, [\w.'’ -]{2,30})?(?:,? (?:\([\w/ .]+\)|[A-Z][a-z]{2,8}\.? \d{1,2}))?"
    r" ?(?:--?|–|—|:) "
)


def is_meant(text: str, name: Name) -> bool:
    """False where the context says that the name is no country here."""
    reading = name.reading
    if reading.codes[0] == SHADOW:
        return False
    return not ("x" in reading.flags and not _reads_as_acronym(text, name))


def _reads_as_acronym(text: str, name: Name) -> bool:
    """`US` between lower-case words or as the only word in capitals."""
    return not text[max(0, name.start - 30) : name.end + 30].isupper()


def role_of(text: str, name: Name, dateline_end: int) -> str:
    """dateline | byline | actor | place | modifier."""
    if name.start < dateline_end:
        return "dateline"
    if name.reading.kind == "demonym":
        return "modifier"
    before = text[max(0, name.start - 16) : name.start].split()
    if before and before[-1] in PLACE_WORDS:
        return "place"
    return "actor"


def dateline_end(body: str) -> int:
    """Where the dateline at the body's start ends; 0 without one."""
    match = DATELINE.match(body[:120])
    return match.end() if match else 0


def meant(text: str, names: Sequence[Name]) -> list[Name]:
    """The names that mean a country."""
    return [name for name in names if is_meant(text, name)]
