"""The packaged table of country names comes in; an automaton with one entry list a surface comes out.

The table (`transforms/data/countries/lexicon.tsv.gz`, built by
`python -m transforms.data.countries.build_lexicon`) has a surface a line and its readings
behind it. A worker meets a few hundred of the hundred thousand surfaces, so that readings stay
as the table writes them until a text has their surface; equal ones are one object.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from sys import intern
from typing import BinaryIO, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

MICROSECONDS_A_DAY = 86_400_000_000
NEVER_BEGUN, NEVER_ENDED = -1_000_000, 1_000_000  # days
SHADOW = "-"  # the code of a longer name that hides the country name inside it


@dataclass(frozen=True, slots=True, eq=False)  # slots are read faster; what is equal is one object
class Reading:
    """What one surface may mean."""

    codes: tuple[str, ...]  # several for compounds such as 中俄; ("-",) for a shadow name
    kind: str  # as CountryMention.kind, or shadow
    languages: frozenset[str]  # empty: every language
    first_day: int  # days since 1970, inclusive
    last_day: int
    suffixes: str  # name of the suffix class that must follow the stem; "" = the surface is whole
    flags: str  # letters that the local rules read; see `countries/context`


class _Readings(dict[bytes, tuple[Reading, ...]]):
    """Readings as the table writes them -> the readings, parsed when they are first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, tuple[str, ...]] = {}
        self._languages: dict[str, frozenset[str]] = {"*": frozenset()}

    def __missing__(self, packed: bytes) -> tuple[Reading, ...]:
        found = self[packed] = tuple(map(self._parse, packed.decode().split("\t")))
        return found

    def _parse(self, text: str) -> Reading:
        """Parse `codes kind languages from to suffixes flags`; `*` or `.` stands for nothing."""
        codes, kind, languages, first, last, suffixes, flags = text.split(" ")
        return Reading(
            self._codes.setdefault(codes, tuple(codes.split("+"))),
            intern(kind),
            self._languages.setdefault(languages, frozenset(map(intern, languages.split(",")))),
            NEVER_BEGUN if first == "." else int(first),
            NEVER_ENDED if last == "." else int(last),
            "" if suffixes == "." else intern(suffixes),
            "" if flags == "." else intern(flags),
        )


def pack(readings: Iterable[Reading]) -> bytes:
    """Readings as the table writes them."""
    return "\t".join(map(_packed, readings)).encode()


def _packed(reading: Reading) -> str:
    codes, kind, languages, first, last, suffixes, flags = astuple(reading)
    return " ".join([
        "+".join(codes),
        kind,
        ",".join(sorted(languages)) or "*",
        "." if first == NEVER_BEGUN else str(first),
        "." if last == NEVER_ENDED else str(last),
        suffixes or ".",
        flags or ".",
    ])  # fmt: skip


class Lexicon(NamedTuple):
    """Surfaces by pattern number, their packed readings, and the automaton over them."""

    automaton: AhoCorasick
    rows: Sequence[bytes]  # packed readings of each pattern
    by_surface: Mapping[str, bytes]
    readings: Mapping[bytes, tuple[Reading, ...]]  # packed readings -> readings
    endings: Endings


class Endings(NamedTuple):
    """How names are inflected."""

    suffixes: Mapping[str, frozenset[str]]  # class -> its endings
    languages: frozenset[str]  # in which some name takes endings


def build_lexicon(rows: Mapping[str, bytes], endings: Endings) -> Lexicon:
    """Build the automaton: leftmost-longest, so that the longer name hides the shorter one."""
    automaton = AhoCorasick(
        rows,
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
        store_patterns=False,
    )
    return Lexicon(automaton, tuple(rows.values()), rows, _Readings(), endings)


def read_rows(table: BinaryIO) -> dict[str, bytes]:
    """Surface -> packed readings of what is left of the table; equal readings are one object."""
    rows: dict[str, bytes] = {}
    shared: dict[bytes, bytes] = {}
    for line in table:  # one at a time: all lines at once are 7 MB that no one gives back
        surface, _, packed = line[:-1].partition(b"\t")
        rows[surface.decode()] = shared.setdefault(packed, packed)
    return rows


def read_endings(table: BinaryIO) -> Endings:
    """The head of the table: lines `=class<TAB>ending ending ...`, `0` for the bare stem, and a last
    one `+<TAB>language language ...`.
    """
    suffixes: dict[str, frozenset[str]] = {}
    for line in table:
        name, _, words = line.decode().rstrip("\n").partition("\t")
        if name == "+":
            return Endings(suffixes, frozenset(map(intern, words.split(" "))))
        if name.startswith("="):
            suffixes[name[1:]] = frozenset(e.replace("0", "") for e in words.split(" "))
    raise ValueError("the table has no line of the languages that inflect names")


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon without any user's names; built once a process.

    The table is read as bytes, since one rare letter makes a str four times as large.
    """
    packed = (files("transforms.data.countries") / "lexicon.tsv.gz").read_bytes()
    table = BytesIO(gzip.decompress(packed))
    endings = read_endings(table)
    return build_lexicon(read_rows(table), endings)
