"""The packaged table of country names comes in; a search for surfaces, and what each may mean, comes out.

The table (`transforms/data/countries/lexicon.arrow`, built by
`python -m transforms.data.countries.build_lexicon`) has the surfaces, a line each, the different readings,
and which of them each surface has. A worker meets a few hundred of the hundred thousand surfaces,
so that readings stay as the table writes them until a text has their surface.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from sys import intern
from typing import NamedTuple

from transforms.countries.surfaces import Surfaces
from transforms.packed_arrays import as_text, read_arrays

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
    """Surfaces by number, their packed readings, and how they are inflected."""

    surfaces: Surfaces
    rows: Sequence[bytes]  # packed readings of each surface
    readings: Mapping[bytes, tuple[Reading, ...]]  # packed readings -> readings
    endings: Endings

    def of(self, surface: str) -> tuple[Reading, ...]:
        """What a surface may mean; nothing where it is no name."""
        number = self.surfaces.number(surface)
        return () if number < 0 else self.readings[self.rows[number]]

    def by_surface(self) -> dict[str, bytes]:
        """The packed readings of each surface; a text asks for a dozen, and a table of all takes 30 ms."""
        return dict(zip(self.surfaces.names, self.rows, strict=True))


class Endings(NamedTuple):
    """How names are inflected."""

    suffixes: Mapping[str, frozenset[str]]  # class -> its endings
    languages: frozenset[str]  # in which some name takes endings


def build_lexicon(rows: Mapping[str, bytes], endings: Endings) -> Lexicon:
    """The lexicon of surfaces, in any order, with their packed readings."""
    names = sorted(rows)
    return Lexicon(Surfaces(names), [rows[name] for name in names], _Readings(), endings)


def read_endings(text: str) -> Endings:
    """How names are inflected: lines `=class<TAB>ending ending ...`, `0` for the bare stem, and a last
    one `+<TAB>language language ...`.
    """
    suffixes: dict[str, frozenset[str]] = {}
    for line in text.split("\n"):
        name, _, words = line.partition("\t")
        if name == "+":
            return Endings(suffixes, frozenset(map(intern, words.split(" "))))
        if name.startswith("="):
            suffixes[name[1:]] = frozenset(e.replace("0", "") for e in words.split(" "))
    raise ValueError("the table has no line of the languages that inflect names")


@cache
def packaged_lexicon() -> Lexicon:
    """The lexicon without any user's names; built once a process."""
    table = read_arrays(files("transforms.data.countries") / "lexicon.arrow")
    different = table["readings"].tobytes().split(b"\n")
    rows = [different[number] for number in table["numbers"].tolist()]
    names = as_text(table["surfaces"]).split("\n")  # sorted
    return Lexicon(Surfaces(names), rows, _Readings(), read_endings(as_text(table["endings"])))
