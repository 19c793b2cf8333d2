"""A topic id in, its place in the vocabulary out: labels, level, ancestors, retirement.

Two schemes: `medtop:` are the IPTC Media Topics (Copyright IPTC, CC BY 4.0), `ir:` is our extension
for relations between countries, where `broader` names the IPTC topic above.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

from schemas.errors import InputError

Row: TypeAlias = dict[str, Any]  # of the packaged vocabulary, as JSON

VOCABULARY_VERSION = "2023-10-24"  # of the IPTC Media Topics
EXTENSION_VERSION = "2026-11-24"  # of `ir:`; changes with every change of `ir_topics.tsv`


class VocabularyTopic(NamedTuple):
    """One topic of the vocabulary."""

    id: str
    label: str  # English
    labels: Mapping[str, str]  # by BCP 47 language
    definition: str  # English
    definitions: Mapping[str, str]
    broader: str  # id of the topic above, "" at the top
    ancestors: tuple[str, ...]  # ids from the top down, without the topic itself
    is_retired: bool

    @property
    def level(self) -> int:
        """1 for the 17 top topics."""
        return len(self.ancestors) + 1

    @property
    def path(self) -> tuple[str, ...]:
        """Ids from the top down to the topic itself."""
        return (*self.ancestors, self.id)


@cache
def vocabulary() -> Mapping[str, VocabularyTopic]:
    """All topics by id: the IPTC ones in their published order, then the extension."""
    topics: dict[str, VocabularyTopic] = {}
    rows = {row["id"]: row for row in _iptc_rows()}
    for name in rows:
        topics[name] = _iptc_topic(name, rows)
    for line in _read("ir_topics.tsv").splitlines():
        if line and not line.startswith("#"):
            name, label, broader, definition = line.split("\t")
            topics[name] = VocabularyTopic(
                name, label, {"en": label}, definition, {"en": definition}, broader,
                topics[broader].path, is_retired=False,
            )  # fmt: skip
    return topics


@cache
def all_topics() -> tuple[VocabularyTopic, ...]:
    """Every topic in use, parents before children within each branch."""
    in_use = (topic for topic in vocabulary().values() if not topic.is_retired)
    return tuple(sorted(in_use, key=lambda topic: topic.path))


@cache
def top_topics() -> tuple[str, ...]:
    """Ids of the 17 top topics, ascending."""
    return tuple(sorted(t.id for t in vocabulary().values() if t.level == 1 and not t.is_retired))


def topic(name: str) -> VocabularyTopic:
    """The topic of an id (`medtop:20000639`, `20000639`, `ir:state-visit`) or English label.

    Raises InputError, with the nearest labels, where there is none.
    """
    topics = vocabulary()
    found = topics.get(name) or topics.get(f"medtop:{name}") or _by_label().get(name.lower())
    if found is None:
        near = get_close_matches(name.lower()[:80], [*_by_label(), *topics], n=3, cutoff=0.6)
        hint = f"did you mean {', '.join(near)}? " if near else ""
        raise InputError(f"unknown topic {name[:80]!r}; {hint}`topics list` shows all")
    return found


def version_of(topic_id: str) -> str:
    """Version of the list that a topic of the vocabulary is from."""
    return EXTENSION_VERSION if topic_id.startswith("ir:") else VOCABULARY_VERSION


@cache
def _by_label() -> Mapping[str, VocabularyTopic]:
    return {t.label.lower(): t for t in reversed(all_topics())}  # the highest of a label wins


def _read(name: str) -> str:
    return (files("schemas") / "data" / name).read_text(encoding="utf-8")


def _iptc_rows() -> list[Row]:
    head, *rows = _read("iptc_topics.jsonl").splitlines()
    assert json.loads(head)["version"] == VOCABULARY_VERSION  # noqa: S101 - a packaging mistake
    return [json.loads(row) for row in rows]


def _iptc_topic(name: str, rows: Mapping[str, Row]) -> VocabularyTopic:
    row = rows[name]
    ancestors: list[str] = []
    above = row["parent"]
    while above:
        ancestors.insert(0, above)
        above = rows[above]["parent"]
    labels, definitions = row["label"], row["definition"]
    return VocabularyTopic(
        id=name,
        label=labels["en"],
        labels=labels,
        definition=definitions.get("en", ""),
        definitions=definitions,
        broader=ancestors[-1] if ancestors else "",
        ancestors=tuple(ancestors),
        is_retired=bool(row["retired"]),
    )
