"""The packaged table of country names comes in; an automaton with one entry list a surface comes out.

The table (`transforms/data/countries/lexicon.tsv.gz`, built by
`python -m transforms.data.countries.build_lexicon`) has a surface a line and its readings
behind it. Readings are shared objects: 200,000 surfaces have only some thousand different ones, which
keeps a worker's memory small.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

MICROSECONDS_A_DAY = 86_400_000_000
SHADOW = "-"  # the code of a longer name that hides the country name inside it


class Reading(NamedTuple):
    """What one surface may mean."""

    codes: tuple[str, ...]  # several for compounds such as 中俄; ("-",) for a shadow name
    kind: str  # as CountryMention.kind, or shadow
    languages: frozenset[str]  # empty: every language
    first_day: int  # days since 1970, inclusive
    last_day: int
    suffixes: str  # name of the suffix class that must follow the stem; "" = the surface is whole
    flags: str  # letters that the local rules read; see country_context


class Lexicon(NamedTuple):
    """Surfaces by pattern number, their readings, and the automaton over them."""

    automaton: AhoCorasick
    readings: Sequence[tuple[Reading, ...]]
    by_surface: dict[str, tuple[Reading, ...]]
    suffixes: dict[str, frozenset[str]]


def parse_reading(text: str) -> Reading:
    """Parse `codes kind languages from to suffixes flags`, blanks between, `*` or `.` for nothing."""
    codes, kind, languages, first, last, suffixes, flags = text.split(" ")
    return Reading(
        tuple(codes.split("+")),
        kind,
        frozenset() if languages == "*" else frozenset(languages.split(",")),
        -1_000_000 if first == "." else int(first),
        1_000_000 if last == "." else int(last),
        "" if suffixes == "." else suffixes,
        "" if flags == "." else flags,
    )


def build_lexicon(
    rows: Iterable[tuple[str, tuple[Reading, ...]]], suffixes: dict[str, frozenset[str]]
) -> Lexicon:
    """Build the automaton: leftmost-longest, so that the longer name hides the shorter one."""
    by_surface: dict[str, tuple[Reading, ...]] = {}
    for surface, readings in rows:
        by_surface[surface] = readings + by_surface.get(surface, ())
    automaton = AhoCorasick(
        by_surface,
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
        store_patterns=False,
    )
    return Lexicon(automaton, tuple(by_surface.values()), by_surface, suffixes)


def read_rows(text: str) -> Iterable[tuple[str, tuple[Reading, ...]]]:
    """Yield each surface of the packaged table with its readings."""
    shared: dict[str, tuple[Reading, ...]] = {}
    for line in text.splitlines():
        if not line or line[0] in "#=":
            continue
        surface, _, rest = line.partition("\t")
        readings = shared.get(rest)
        if readings is None:
            readings = shared[rest] = tuple(map(parse_reading, rest.split("\t")))
        yield surface, readings


def read_suffixes(text: str) -> dict[str, frozenset[str]]:
    """The suffix classes: lines `=name<TAB>ending ending ...`, `0` for the bare stem."""
    lines = (line[1:].split("\t") for line in text.splitlines() if line.startswith("="))
    return {name: frozenset(e.replace("0", "") for e in ends.split(" ")) for name, ends in lines}


@cache
def packaged_text() -> str:
    """The packaged table, unpacked."""
    packed = (files("transforms.data.countries") / "lexicon.tsv.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8")


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon without any user's names; built once a process."""
    text = packaged_text()
    return build_lexicon(read_rows(text), read_suffixes(text))
