"""A user's YAML file of names comes in; the lexicon with those names added or overridden comes out.

- name: Zhongnanhai
  country: CHN          # ISO 3166-1 alpha-3 or an organisation's code; empty: never tag this name
  kind: government      # optional, default country
  languages: [en, de]   # optional, default every language
  from: 1949-10-01      # optional, first day on which the name means this
  to: 2026-12-31        # optional, last day

A name that stands in the file loses all its packaged readings; several entries may share a name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from schemas.countries import code_table
from schemas.errors import InputError
from transforms.countries.lexicon import Lexicon, Reading, build_lexicon, pack

KINDS = "country demonym capital city region leader government military org".split()
FIELDS = ("name", "country", "kind", "languages", "from", "to")
EPOCH = date(1970, 1, 1).toordinal()
MAX_BYTES = 10_000_000
SHORTEST_CAPITALS = 4  # letters of a name whose variant in capitals is looked for as well


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
    own: dict[str, tuple[Reading, ...]] = {}
    for user in user_names:
        reading = Reading(
            (user.country or "-",), user.kind, frozenset(user.languages), user.first_day,
            user.last_day, "", ""
        )  # fmt: skip
        own[user.name] = (*own.get(user.name, ()), reading)
    for name, readings in list(own.items()):
        capitals = name.upper()
        if len(name) >= SHORTEST_CAPITALS and capitals not in own:
            own[capitals] = tuple(replace(reading, flags="u") for reading in readings)
    gone = own.keys() | {article + name for name in own for article in ("the ", "The ")}
    kept = {s: packed for s, packed in lexicon.by_surface().items() if s not in gone}
    return build_lexicon(kept | {s: pack(r) for s, r in own.items()}, lexicon.endings)


def read_user_names(path: str | Path) -> list[UserName]:
    """Read the YAML file; raises InputError with the file, the line, what is wrong, and the remedy."""
    entries, lines = _entries(Path(path))
    if not isinstance(entries, list):
        raise InputError(f"{path}: must be a list of entries `- name: ...`")
    return [
        _user_name(f"{path}: line {line}", entry)
        for entry, line in zip(entries, lines, strict=True)
    ]


def _entries(path: Path) -> tuple[Any, list[int]]:
    """The document, and of a list the line of each entry."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES} bytes; split it")
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        entries = node.value if isinstance(node, yaml.SequenceNode) else ()
        lines = [entry.start_mark.line + 1 for entry in entries]
        return (loader.construct_document(node) if node else None), lines
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        raise InputError(f"{path}: {line}is no YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"{path}: is no YAML: {str(error)[:200]}") from error


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a few hundred bytes of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not read", mark)
        return super().compose_node(parent, index)


def _user_name(where: str, entry: Any) -> UserName:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: must have the fields name and country")
    unknown = sorted(map(str, set(entry) - set(FIELDS)))
    if unknown:
        raise InputError(f"{where}: unknown field {unknown[0]}; known are {', '.join(FIELDS)}")
    name, kind = entry.get("name"), entry.get("kind", "country")
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"{where}: field name must be a text; put it in quotes")
    if kind not in KINDS:
        raise InputError(f"{where}: field kind: {kind!r}; use one of {', '.join(KINDS)}")
    first = _day(where, "from", entry.get("from"), -1_000_000)
    last = _day(where, "to", entry.get("to"), 1_000_000)
    if first > last:
        raise InputError(f"{where}: field to: lies before field from; swap them")
    surface = unicodedata.normalize("NFC", name.strip())
    languages = _languages(where, entry.get("languages", ()))
    return UserName(surface, _country(where, entry), kind, languages, first, last)


def _country(where: str, entry: dict[str, Any]) -> str:
    if "country" not in entry:
        raise InputError(f"{where}: field country is missing; leave its value empty so that the"
                         " name is never tagged")  # fmt: skip
    code = entry["country"] or ""
    if code and (not isinstance(code, str) or code not in code_table()):
        raise InputError(f"{where}: field country: {code!r} is no known code; use ISO 3166-1"
                         " alpha-3 as `dateline countries list` shows it")  # fmt: skip
    return str(code)


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
