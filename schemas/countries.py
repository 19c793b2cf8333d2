"""A country code comes in; whether it is one, its name and its pair key come out.

Countries are ISO 3166-1 alpha-3 with XKX for Kosovo, former states ISO 3166-3's old alpha-3 codes
(SUN, DDR, YUG ...). Organisations that act like states have codes of their own (EU, NATO, IMF ...)
that ISO 3166 does not use; `is_country` tells the two apart.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class CountryCode(NamedTuple):
    """One row of the code table."""

    code: str
    alpha2: str  # "" for former states and organisations
    kind: str  # country | former | org
    name: str  # English, short
    first_year: int | None  # of a former state
    last_year: int | None
    successor: str  # today's code of a former state, else ""


@cache
def code_table() -> dict[str, CountryCode]:
    """All codes, in the order of the packaged table (`schemas/data/countries.tsv`)."""
    text = (files("schemas.data") / "countries.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: _code(row) for row in rows}


def _code(row: list[str]) -> CountryCode:
    code, alpha2, kind, name, first, last, successor = row
    years = (int(first) if first else None, int(last) if last else None)
    return CountryCode(code, alpha2, kind, name, *years, successor)


def is_country(code: str) -> bool:
    """True for a state or territory of today or a former state; False for organisations."""
    return code in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(row.code for row in code_table().values() if row.kind != "org")


def country_name(code: str) -> str:
    """The short English name for display; an unknown code stands for itself."""
    row = code_table().get(code)
    return row.name if row else code


def successor(code: str) -> str:
    """Today's code of a former state; any other code stands for itself."""
    row = code_table().get(code)
    return row.successor if row and row.successor else code


def pair_key(a: str, b: str) -> str:
    """The key of an unordered pair: alphabetical, `CHN-RUS`, never `RUS-CHN`."""
    return f"{a}-{b}" if a <= b else f"{b}-{a}"
