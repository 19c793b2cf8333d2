"""A YAML file of the user's own topics in, checked topics with parsed queries out.

- id: grey-zone
  label: grey-zone operations
  broader: ir:maritime-security      # optional: a topic of the vocabulary or of this file
  query: '"undersea cable*" OR "shadow fleet"^2'
  lang: [en, de]                     # optional: only articles in these languages
  min_score: 0.3                     # optional, 0..1
  title_boost: 2                     # optional: how much a word counts in the headline
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from schemas.errors import InputError
from schemas.topics import topic, vocabulary
from transforms.topics.query import Node, Operation, Query, Reference, parse_query, references

MAX_BYTES = 2_000_000
FIELDS = ("id", "label", "broader", "query", "lang", "min_score", "title_boost")
PREFIX = "user:"


class UserTopic(NamedTuple):
    """A topic of the user's own."""

    id: str  # user:...
    label: str
    ancestors: tuple[str, ...]
    query: Query
    languages: frozenset[str]  # BCP 47 primary tags; empty: all
    min_score: float
    title_boost: float


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a few hundred bytes of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not read", event.start_mark)
        return super().compose_node(parent, index)


def read_user_topics(path: Path | str) -> list[UserTopic]:
    """Read user-defined topics, in an order in which each comes after those it refers to.

    Raises InputError naming the file, the topic and what is wrong with it.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError(f"{file}: larger than {MAX_BYTES} bytes")
        rows = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"{file}: not readable as YAML: {str(error)[:500]}") from error
    try:
        return _in_order(_checked(rows))
    except InputError as error:
        raise InputError(f"{file}: {error}") from error


def topic_of_query(text: str) -> UserTopic:
    """A topic for trying out one query. Raises InputError that names the column."""
    query = Query(text, _with_ids(parse_query(text).root, {}))
    return UserTopic(f"{PREFIX}query", text[:60], (), query, frozenset(), 0.0, 2.0)


def _checked(rows: Any) -> list[_Row]:
    if isinstance(rows, dict) and isinstance(rows.get("topics"), list):
        rows = rows["topics"]
    if not isinstance(rows, list) or not rows:
        raise InputError("a list of topics expected, each with id, label and query")
    checked = [_check(row, number) for number, row in enumerate(rows, 1)]
    name, times = Counter(row.id for row in checked).most_common(1)[0]
    if times > 1:
        raise InputError(f"topic {name!r} is defined {times} times")
    return checked


class _Row(NamedTuple):
    id: str
    label: str
    broader: str
    query: Query
    languages: frozenset[str]
    min_score: float
    title_boost: float


def _check(row: Any, number: int) -> _Row:
    if not isinstance(row, dict):
        raise InputError(f"topic {number}: a mapping expected, not {type(row).__name__}")
    unknown = [str(key)[:40] for key in row if key not in FIELDS]
    if unknown:
        raise InputError(
            f"topic {number}: unknown field {unknown[0]!r}; known: {', '.join(FIELDS)}"
        )
    name = _text(row, "id", number)
    where = f"topic {name!r}"
    if name.startswith(("medtop:", "ir:")):
        raise InputError(f"{where}: this id belongs to the vocabulary; choose another")
    try:
        query = parse_query(_text(row, "query", number))
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
    return _Row(
        id=_user_id(name),
        label=_text(row, "label", number) if "label" in row else name.removeprefix(PREFIX),
        broader=_text(row, "broader", number) if row.get("broader") else "",
        query=query,
        languages=_languages(row.get("lang"), where),
        min_score=_number(row, "min_score", 0.0, 1.0, where),
        title_boost=_number(row, "title_boost", 2.0, 100.0, where),
    )


def _text(row: Mapping[str, Any], field: str, number: int) -> str:
    value = row.get(field)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        raise InputError(f"topic {number}: {field} is missing or not text")
    return str(value).strip()


def _user_id(name: str) -> str:
    return name if name.startswith(PREFIX) else PREFIX + name


def _languages(value: Any, where: str) -> frozenset[str]:
    listed = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(listed, list) or not all(isinstance(tag, str) for tag in listed):
        raise InputError(f"{where}: lang takes a language tag or a list of them (quote 'no')")
    return frozenset(tag.split("-")[0].lower() for tag in listed)


def _number(row: Mapping[str, Any], field: str, default: float, most: float, where: str) -> float:
    value = row.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise InputError(f"{where}: {field} is a number from 0 to {most:g}, not {value!r}")
    return float(value)


def _in_order(rows: Sequence[_Row]) -> list[UserTopic]:
    """Resolve `broader` and `topic:` references; definitions may not go in circles."""
    by_id = {row.id: row for row in rows}
    sorter = TopologicalSorter({row.id: sorted(_needs(row) & by_id.keys()) for row in rows})
    done: dict[str, UserTopic] = {}
    try:
        for name in sorter.static_order():
            done[name] = _resolved(by_id[name], done)
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise InputError(f"topics refer to each other in a circle: {circle[:200]}") from error
    return list(done.values())


def _needs(row: _Row) -> set[str]:
    named = {r.name for r in references(row.query.root) if r.kind == "topic"} | {row.broader}
    return {_user_id(name) for name in named if name}


def _resolved(row: _Row, done: Mapping[str, UserTopic]) -> UserTopic:
    try:
        ancestors = _path(row.broader, done) if row.broader else ()
        root = _with_ids(row.query.root, done)
    except InputError as error:
        raise InputError(f"topic {row.id!r}: {error}") from error
    query = Query(row.query.text, root)
    return UserTopic(
        row.id, row.label, ancestors, query, row.languages, row.min_score, row.title_boost
    )


def _path(name: str, done: Mapping[str, UserTopic]) -> tuple[str, ...]:
    mine = done.get(_user_id(name))
    if mine:
        return (*mine.ancestors, mine.id)
    return topic(name).path


def _with_ids(node: Node, done: Mapping[str, UserTopic]) -> Node:
    """The tree with topic names replaced by ids. Raises InputError at an unknown one's column."""
    if isinstance(node, Operation):
        return node._replace(parts=tuple(_with_ids(part, done) for part in node.parts))
    if not isinstance(node, Reference) or node.kind != "topic" or node.name in vocabulary():
        return node
    if _user_id(node.name) in done:
        return node._replace(name=_user_id(node.name))
    try:
        return node._replace(name=topic(node.name).id)
    except InputError as error:
        raise InputError(f"query, column {node.column}: {error}") from error
