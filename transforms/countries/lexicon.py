"""The packaged table of country names comes in; an automaton with one entry list a surface comes out.

The table (`transforms/data/countries/lexicon.tsv.gz`, built by
`python -m transforms.data.countries.build_lexicon`) has a surface a line and its readings
behind it. Equal readings are one object, which keeps a worker's memory small.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from sys import intern
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
    flags: str  # letters that the local rules read; see `countries/context`


class Lexicon(NamedTuple):
    """Surfaces by pattern number, their readings, and the automaton over them."""

    automaton: AhoCorasick
    readings: Sequence[tuple[Reading, ...]]
    by_surface: dict[str, tuple[Reading, ...]]
    suffixes: dict[str, frozenset[str]]


class ReadingParser:
    """Parses readings of one table; equal ones, and equal parts of them, are one object."""

    def __init__(self) -> None:
        self._readings: dict[Reading, Reading] = {}
        self._codes: dict[str, tuple[str, ...]] = {}
        self._languages: dict[str, frozenset[str]] = {"*": frozenset()}

    def parse(self, text: str) -> Reading:
        """Parse `codes kind languages from to suffixes flags`; `*` or `.` stands for nothing."""
        codes, kind, languages, first, last, suffixes, flags = text.split(" ")
        reading = Reading(
            self._codes.setdefault(codes, tuple(codes.split("+"))),
            intern(kind),
            self._languages.setdefault(languages, frozenset(map(intern, languages.split(",")))),
            -1_000_000 if first == "." else int(first),
            1_000_000 if last == "." else int(last),
            "" if suffixes == "." else intern(suffixes),
            "" if flags == "." else intern(flags),
        )
        return self._readings.setdefault(reading, reading)


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


def read_rows(table: bytes) -> Iterable[tuple[str, tuple[Reading, ...]]]:
    """Yield each surface of the packaged table with its readings."""
    shared: dict[bytes, tuple[Reading, ...]] = {}
    parser = ReadingParser()
    for line in BytesIO(table):  # one at a time: all lines at once are 7 MB that no one gives back
        if line[:1] in b"#=\n":
            continue
        surface, _, rest = line.rstrip(b"\n").partition(b"\t")
        readings = shared.get(rest)
        if readings is None:
            readings = shared[rest] = tuple(map(parser.parse, rest.decode().split("\t")))
        yield surface.decode(), readings


def read_suffixes(table: bytes) -> dict[str, frozenset[str]]:
    """The suffix classes: lines `=name<TAB>ending ending ...`, `0` for the bare stem."""
    marked = (line for line in table.splitlines() if line.startswith(b"="))
    lines = (line[1:].decode().split("\t") for line in marked)
    return {name: frozenset(e.replace("0", "") for e in ends.split(" ")) for name, ends in lines}


def packaged_table() -> bytes:
    """The packaged table, unpacked: UTF-8, since one rare letter makes a str four times as large."""
    packed = (files("transforms.data.countries") / "lexicon.tsv.gz").read_bytes()
    return gzip.decompress(packed)


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon without any user's names; built once a process."""
    table = packaged_table()
    return build_lexicon(read_rows(table), read_suffixes(table))
