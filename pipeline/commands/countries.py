"""`dateline countries`: the codes listed, a name looked up, or texts tagged, own names included."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from pipeline.commands.text_input import read_text
from schemas.countries import code_table, country_name
from schemas.errors import InputError
from transforms.countries.lexicon import Reading
from transforms.countries.user_names import UserName, read_user_names
from transforms.detect_language import detect_language
from transforms.tag_countries import CountryTagger, split_headline

EVER = 1_000_000
EPOCH = date(1970, 1, 1)


def _say(text: str) -> None:
    print(text)  # noqa: T201


def show_list(values: Sequence[str], own: Sequence[UserName]) -> int:
    """Every code with its kind and name, then the user's own names."""
    if values:
        raise InputError(f"countries list {values[0]}: lists all; look one up with countries show")
    for one in code_table().values():
        years = f"  {one.first_year or ''}-{one.last_year or ''}" if one.kind == "former" else ""
        _say(f"{one.code:<8}  {one.kind:<8}  {one.name}{years}")
    for mine in own:
        _say(f"{mine.country or '-':<8}  own name  {mine.name}")
    return 0


def show_names(values: Sequence[str], own: Sequence[UserName]) -> int:
    """What each name may mean; a code shows the country's names instead."""
    if not values:
        raise InputError("countries show: give a name such as Kremlin, or a code such as RUS")
    names = CountryTagger(own).names
    for value in values:
        if value in code_table():
            mine = [name for name, readings in names.items() if _means(readings, value)]
            _say(f"{value}  {country_name(value)}: {', '.join(sorted(mine))}")
            continue
        readings = names.get(value)
        if readings is None:
            raise InputError(f"{value}: no such name; names are written as texts write them")
        for reading in readings:
            _say(f"{value}: {_described(reading)}")
    return 0


def _means(readings: Sequence[Reading], code: str) -> bool:
    return any(code in reading.codes and "u" not in reading.flags for reading in readings)


def _described(reading: Reading) -> str:
    """`RUS, government, in de and fr, from 1991-12-25`."""
    parts = ["nothing" if reading.codes == ("-",) else "+".join(reading.codes), reading.kind]
    if reading.languages:
        parts.append("in " + " ".join(sorted(reading.languages)))
    if reading.first_day > -EVER:
        parts.append(f"from {EPOCH + timedelta(reading.first_day)}")
    if reading.last_day < EVER:
        parts.append(f"to {EPOCH + timedelta(reading.last_day)}")
    if reading.suffixes:
        parts.append(f"with endings {reading.suffixes}")
    return ", ".join(parts)


def test(values: Sequence[str], own: Sequence[UserName]) -> int:
    """The countries of texts, by salience, with each mention and its role."""
    tagger = CountryTagger(own)
    for name in values or ["-"]:
        text = read_text(name)
        headline, body = split_headline(text)
        found = tagger.tag(headline, body, language=detect_language(text))
        _say(f"{name}:{'' if found else ' no country'}")
        for country in found:
            _say(f"  {country.salience:.2f}  {country.code}  {country_name(country.code)}")
            for mention in country.mentions:
                _say(f"        {mention.field} {mention.start}-{mention.end}  {mention.text}"
                     f"  {mention.kind}, {mention.role}")  # fmt: skip
    return 0


def command(arguments: argparse.Namespace) -> int:
    """`dateline countries list|show|test`."""
    own = read_user_names(Path(arguments.names)) if arguments.names else []
    actions: dict[str, Callable[[Sequence[str], Sequence[UserName]], int]] = {
        "list": show_list, "show": show_names, "test": test,
    }  # fmt: skip
    return actions[arguments.action](arguments.values, own)
