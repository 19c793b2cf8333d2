"""Headline and body with their names come in; the names that mean a country come out.

The lexicon says what a name may mean, the rules here what it means in this article. They look at
the neighbours (a first name before it, a region behind it, capitals around it) and at the whole
article (which countries it speaks of otherwise, which people). Most names carry no flag and pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from transforms.countries.lexicon import SHADOW
from transforms.countries.matches import Name
from transforms.countries.person import PLACE_KINDS, is_person, is_possible
from transforms.countries.places import (
    Evidence,
    as_county,
    by_article,
    by_region_behind,
    evidence,
    is_part_of_address,
    is_part_of_name,
    is_supported,
)
from transforms.countries.special import SPECIAL
from transforms.countries.things import is_thing
from transforms.countries.words import (
    first_names,
    surnames,
    word_after,
    word_before,
    word_sets,
)

WEAK_FLAGS = frozenset("cw")
ASKING_FLAGS = WEAK_FLAGS | {"t"}  # of names that the whole article must speak for
WINDOW = 24  # characters around a name in capitals that are looked at


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Field:
    """One field of an article with the names found in it."""

    field: str  # headline | body
    text: str
    names: list[Name]


@dataclass(slots=True)
class Context:
    """What the whole article says."""

    evidence: Evidence  # what its unambiguous names speak for
    leaders: frozenset[tuple[str, str]]  # (country, surname) of the full names in the article
    people: frozenset[str]  # surnames of other people in it that are also place names
    has_counties: bool  # "Nassau and Baker counties"


def resolve(fields: Sequence[Field]) -> list[Field]:
    """The fields with only those names that mean a country, each with its right reading."""
    fields = [Field(f.field, f.text, _standing(f.text, f.names)) if f.names else f for f in fields]
    names = [name for f in fields for name in f.names]
    has_counties = any(" counties" in field.text for field in fields)
    context = Context(evidence(names), _full_names(fields), _people(fields), has_counties)
    return [Field(f.field, f.text, _meant(f, context)) if f.names else f for f in fields]


def _standing(text: str, names: Sequence[Name]) -> list[Name]:
    """The names that their neighbours let stand, towns with the country of the region behind them."""
    standing = []
    for name in names:
        reading = name.reading
        if reading.codes[0] != SHADOW and (not reading.flags or _stands(text, name)):
            standing.append(name)
    if not text.isascii():
        standing = _split_compounds(standing)
    return by_region_behind(text, standing)


def _meant(field: Field, context: Context) -> list[Name]:
    text, names = field.text, field.names
    out: list[Name] = []
    following = -1
    for name in reversed(names):
        meant = _before_a_hyphen(text, name) if len(name.options) > 1 else name
        if kept := _meaning(text, meant, following, context):
            out.append(kept)
        following = -1 if name.reading.kind == "org" else name.start
    out.reverse()
    return by_article(out, context.evidence)


def _meaning(text: str, name: Name, following: int, context: Context) -> Name | None:
    """The name with its reading, or None where it means no country; `following`: where the next one starts."""
    start, end, reading = name.start, name.end, name.reading
    if reading.kind == "cue":
        return None
    surface = text[start:end]
    if not ASKING_FLAGS.isdisjoint(reading.flags):
        allowed = _allowed(text, name, following, context)
        if allowed is None:
            return None
        name, reading = allowed, allowed.reading
    rule = SPECIAL.get(surface)
    if rule is not None:
        special = rule(text, name, context.evidence.count)
        if special is None:
            return None
        name, reading = special, special.reading
    kind = reading.kind
    if kind not in PLACE_KINDS:
        return None if kind == "leader" and _is_a_namesake(text, name, surface, context) else name
    before, after = word_before(text, start), word_after(text, end)
    if is_possible(surface, kind):
        if is_person(text, name, before, after, following):
            return None
        if surface in context.people and before not in word_sets()["prepositions"]:
            return None
    if is_thing(text, name, before, after) or is_part_of_address(kind, before, after):
        return None
    if "v" in reading.flags and is_part_of_name(text, name, before):
        return None
    return as_county(text, name) if context.has_counties else name


def _allowed(text: str, name: Name, following: int, context: Context) -> Name | None:
    """The name with the reading that the flags of its own allow here, or none."""
    flags = name.reading.flags
    if "t" in flags:
        return _the_leader(text, name, text[name.start : name.end], context)
    if WEAK_FLAGS.isdisjoint(flags) or is_supported(text, name, following, context.evidence.count):
        return name
    return None


def _before_a_hyphen(text: str, name: Name) -> Name:
    """`Franco-German` has nothing of the general."""
    if text[name.end : name.end + 1] != "-":
        return name
    prefix = next((option for option in name.options if "h" in option.flags), name.reading)
    return replace(name, reading=prefix)


def _stands(text: str, name: Name) -> bool:
    """The tests of flags that need the neighbours alone, so that evidence is counted from what passes."""
    flags = name.reading.flags
    if "a" in flags:
        return _is_abbreviation(text, name)
    if "x" in flags:
        return _is_acronym(text, name)
    if "h" in flags:
        return text[name.end : name.end + 1] == "-" and text[name.end + 1 : name.end + 2].isalpha()
    return not ("u" in flags and not _has_capitals_around(text, name))


def _is_abbreviation(text: str, name: Name) -> bool:
    """`Sevierville, Tenn.`, `R-Ga.`: behind a town or a party."""
    before = text[max(0, name.start - 3) : name.start]
    if before.endswith(("D-", "R-", "I-")):
        return True
    if not before.endswith(", ") or len(before) < 3 or not before[0].isalnum():
        return False
    word = text[max(0, name.start - 32) : name.start - 2].split()[-1:]
    return bool(word) and word[0][:1].isupper()


def _is_acronym(text: str, name: Name) -> bool:
    """`US` beside lower-case words, or in a headline of capitals where no verb governs it."""
    before = text[max(0, name.start - WINDOW) : name.start]
    after = text[name.end : name.end + WINDOW]
    if after.startswith("$"):
        return False  # US$ 2 million: a currency that every country counts in
    if any(map(str.islower, before + after)):
        return True
    words = before.split()
    if words and words[-1].strip(",") in word_sets()["pronoun_verbs"]:
        return False
    return bool(after.strip(" .!,\n"))


def _has_capitals_around(text: str, name: Name) -> bool:
    """A headline in capitals or a dateline, not an acronym among lower-case words."""
    if " " in text[name.start : name.end] or name.end - name.start > 8:
        return True
    before = text[max(0, name.start - WINDOW) : name.start].split()
    after = text[name.end : name.end + WINDOW].split()
    neighbours = [w for w in before[-1:] + after[:1] if any(map(str.isalpha, w))]
    if not before or text[name.start - 1] == "\n":
        return True
    return any(w.isupper() and len(w) > 1 for w in neighbours)


def _split_compounds(names: list[Name]) -> list[Name]:
    """`中俄` becomes one name a character; of `访华` only the second one is the name."""
    out: list[Name] = []
    for name in names:
        if "l" in name.reading.flags:
            out.append(replace(name, start=name.end - 1))
            continue
        if "k" not in name.reading.flags:
            out.append(name)
            continue
        for at, code in enumerate(name.reading.codes):
            single = replace(name.reading, codes=(code,))
            out.append(Name(name.start + at, name.start + at + 1, single, (single,)))
    return out


def _full_names(fields: Sequence[Field]) -> frozenset[tuple[str, str]]:
    """(country, surname) of every leader whose full name stands in the article."""
    out = set()
    for field in fields:
        text, names = field.text, field.names
        for name in names:
            if name.reading.kind == "leader":
                first, _, surname = text[name.start : name.end].rpartition(" ")
                if first:
                    out.add((name.reading.codes[0], surname.lower()))
    return frozenset(out)


def _people(fields: Sequence[Field]) -> frozenset[str]:
    """Surnames of people such as Michael Jordan, for `Jordan` alone later on."""
    out = set()
    for field in fields:
        text, names = field.text, field.names
        for at, name in enumerate(names):
            surface = text[name.start : name.end]
            if is_possible(surface, name.reading.kind):
                before, after = word_before(text, name.start), word_after(text, name.end)
                following = names[at + 1].start if at + 1 < len(names) else -1
                if is_person(text, name, before, after, following):
                    out.add(surface)
    return frozenset(out)


def _the_leader(text: str, name: Name, surface: str, context: Context) -> Name | None:
    """A common surname means a leader after an office, or where the full name stands as well.

    Of leaders who share it, the newest first, it means the one whose country the article names, or
    else one who goes by the surname alone. Without either a head needs no more than the office.
    """
    is_titled, is_free = _titles(text, name, surface)
    surname = surface.lower().rpartition(" ")[2]
    following = dropwhile(lambda option: option != name.reading, name.options)
    options = [option for option in following if option.kind == "leader"]
    for option in options if is_free else ():
        code = option.codes[0]
        if (code, surname) in context.leaders or (is_titled and context.evidence.count[code]):
            return replace(name, reading=option)
    for option in options:
        if "t" not in option.flags and not option.languages:
            return replace(name, reading=option)
    if not options or not is_free or "m" in name.reading.flags:
        return None
    return name if word_before(text, name.start) in word_sets()["offices"] - {"Secretary"} else None


def _titles(text: str, name: Name, surface: str) -> tuple[bool, bool]:
    """Whether an office stands beside the surname, and whether nobody else's name does."""
    before, after = word_before(text, name.start), word_after(text, name.end)
    if before in word_sets()["offices"]:  # but Economics Minister Martin Bangemann is no Martin
        is_first = surface in first_names() or len(after.rstrip(".")) == 1
        return True, not (is_first and after[:1].isupper())
    is_free = not (before[:1].isupper() and is_name_word(before))
    return after in word_sets()["office_nouns"], is_free


def _is_a_namesake(text: str, name: Name, surface: str, context: Context) -> bool:
    """`Trooper Matt Blair`, `Joaquin Navarro-Valls`, `Sturgeon & Associates`, `Blair Norton`."""
    if " " in surface:
        return False
    if text[name.start - 1 : name.start] == "-" or text[name.end : name.end + 3] == " & ":
        return True
    if surface in first_names() and word_after(text, name.end) in surnames():
        return True
    if surface not in surnames() or context.evidence.count[name.reading.codes[0]] > 1:
        return False
    return word_before(text, name.start) in first_names()


def is_name_word(word: str) -> bool:
    """True for `Lynne` before `Bush`: another person of that surname."""
    return word.isalpha() and len(word) > 2
