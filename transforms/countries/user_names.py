"""A user's YAML file of names comes in; the lexicon with those names added or overridden comes out.

- name: Zhongnanhai
  country: CHN
  kind: government      # optional, default country
  languages: [en, de]   # optional, default every language
  from: 1949-10-01      # optional
  to: 2026-12-31        # optional
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from schemas.countries import code_table
from schemas.errors import InputError
from transforms.countries.lexicon import Lexicon, Reading, build_lexicon

KINDS = "country demonym capital city region leader government military org".split()
EPOCH = date(1970, 1, 1).toordinal()


class UserName(NamedTuple):
    """One name that a user adds; it replaces all packaged readings of the same surface."""

    name: str
    country: str  # "" means: no country, never tag this name
    kind: str = "country"
    languages: tuple[str, ...] = ()
    first_day: int = -1_000_000
    last_day: int = 1_000_000


def with_user_names(lexicon: Lexicon, user_names: Sequence[UserName]) -> Lexicon:
    """The lexicon with the user's names in place of packaged ones of the same surface."""
    if not user_names:
        return lexicon
    own: dict[str, tuple[Reading, ...]] = {}
    for user in user_names:
        reading = Reading(
            (user.country or "-",), user.kind, frozenset(user.languages), user.first_day,
            user.last_day, "", ""
        )  # fmt: skip
        own[user.name] = (*own.get(user.name, ()), reading)
    kept = {s: r for s, r in lexicon.by_surface.items() if s not in own}
    return build_lexicon([*kept.items(), *own.items()], lexicon.suffixes)


def read_user_names(path: str | Path) -> list[UserName]:
    """Read the YAML file; raises InputError with the entry, the field and the remedy."""
    try:
        entries = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path}: is no YAML: {error}") from error
    if not isinstance(entries, list):
        raise InputError(f"{path}: must be a list of entries `- name: ...`")
    return [_user_name(f"{path}: entry {n}", entry) for n, entry in enumerate(entries, 1)]


def _user_name(where: str, entry: Any) -> UserName:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: must have the fields name and country")
    unknown = sorted(map(str, set(entry) - {"name", "country", "kind", "languages", "from", "to"}))
    if unknown:
        raise InputError(f"{where}: unknown field {unknown[0]}; known are name, country, kind,"
                         " languages, from, to")  # fmt: skip
    name, country = entry.get("name"), entry.get("country")
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"{where}: field name must be a text")
    if country not in code_table() and country not in ("", None):
        raise InputError(f"{where}: field country: {country!r} is no known code; use ISO 3166-1"
                         " alpha-3, or leave it empty so that the name is never tagged")  # fmt: skip
    kind = entry.get("kind", "country")
    if kind not in KINDS:
        raise InputError(f"{where}: field kind: {kind!r}; use one of {', '.join(KINDS)}")
    return UserName(
        name.strip(), country or "", kind, _languages(where, entry.get("languages", ())),
        _day(where, "from", entry.get("from"), -1_000_000),
        _day(where, "to", entry.get("to"), 1_000_000),
    )  # fmt: skip


def _languages(where: str, value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
        raise InputError(f"{where}: field languages must be a list such as [en, de]")
    return tuple(v.split("-")[0].lower() for v in values)


def _day(where: str, field: str, value: Any, default: int) -> int:
    if value is None:
        return default
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"{where}: field {field}: {value!r} is no date YYYY-MM-DD") from None
    return date.toordinal(day) - EPOCH
