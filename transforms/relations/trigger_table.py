"""The packaged triggers come in; an automaton a language goes out, with what each surface stands for.

`data/relations/triggers.tsv` has a surface a line with its language, code, form and flags; behind a
verb and ` ~ ` stand the objects with which it means something of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

_NO_SPACES: Final = frozenset({"zh", "ja", "th", "ko"})  # Korean: particles follow the stem
WORD: Final = re.compile(r"\d[\d,]*\d|[\w'’.-]*[\w'’-]|[^\w\s]")


# Slots are read several times faster than the fields of a NamedTuple.
@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: what a surface stands for."""

    code: str  # CAMEO; "-" where only its complement tells
    kind: str
    flags: str
    is_prefix: bool


@dataclass(slots=True)
class Objects:
    """What a verb says with the words that it may take as its object."""

    words: dict[str, Entry]
    phrases: dict[str, list[tuple[str, Entry]]]  # those of several words by their first one


@dataclass(slots=True)
class TriggerTable:
    """The surfaces of one language."""

    machine: AhoCorasick
    surfaces: list[str]
    indices: dict[str, int]  # surface of whole words -> its index
    entries: list[Entry]
    objects: list[Objects | None]  # of each surface
    has_spaces: bool


@cache
def trigger_rows() -> dict[str, dict[str, Entry]]:
    """Language -> surface as the table has it -> entry, read once."""
    table: dict[str, dict[str, Entry]] = {}
    text = resources.files("transforms.data.relations").joinpath("triggers.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        surface, language, code, kind, flags = line.split("\t")
        entry = _entry(code, kind, flags, surface.endswith("*"))
        table.setdefault(language, {})[surface] = entry
    return table


@cache
def _entry(code: str, kind: str, flags: str, is_prefix: bool) -> Entry:
    """What a row says; thousands of rows say the same few hundred things."""
    return Entry(code, kind, flags, is_prefix)


@cache
def trigger_languages() -> frozenset[str]:
    """The languages that have triggers of their own."""
    return frozenset(trigger_rows())


@cache
def trigger_table(language: str) -> TriggerTable:
    """The table of a language that has triggers, built once."""
    has_spaces = language not in _NO_SPACES
    surfaces: dict[str, Entry] = {}
    objects: dict[str, dict[str, Entry]] = {}
    for row, entry in trigger_rows()[language].items():
        surface, _, words = row.partition(" ~ ")
        if words:
            objects.setdefault(surface, {}).update(dict.fromkeys(words.split("|"), entry))
            surfaces.setdefault(surface, _entry("-", entry.kind, "S", entry.is_prefix))
        else:
            surfaces[surface] = entry
    return TriggerTable(
        AhoCorasick(
            [surface.rstrip("*") for surface in surfaces], matchkind=MatchKind.LeftmostLongest
        ),
        list(surfaces),
        {surface: i for i, surface in enumerate(surfaces) if not surface.endswith("*")},
        list(surfaces.values()),
        [_objects(objects[surface]) if surface in objects else None for surface in surfaces],
        has_spaces,
    )


def _objects(said: dict[str, Entry]) -> Objects:
    phrases: dict[str, list[tuple[str, Entry]]] = {}
    for words, entry in said.items():
        if " " in words:
            phrases.setdefault(_first_word(words), []).append((words, entry))
    return Objects({word: entry for word, entry in said.items() if " " not in word}, phrases)


@cache  # every form of a verb has the same phrases
def _first_word(phrase: str) -> str:
    return str(WORD.findall(phrase)[0])
