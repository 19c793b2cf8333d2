"""Labelled texts in JSON lines in, examples for the builders of the topic models out.

A line has `text`, and `topics` (ids or English labels; also read as `gold_l1`), and may have
`title` and `lang` (BCP 47, English if left out).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from schemas.errors import InputError
from schemas.topics import topic

Floats: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class Example(NamedTuple):
    """A text with one of its top topics."""

    text: str
    topic_id: str
    weight: float
    language: str = "en"


def labelled_texts(source: Path) -> Iterator[Example]:
    """The rows of a file, or of every `*.jsonl` of a folder; a text of two topics counts halves.

    Raises InputError naming file and line where a row is not understood.
    """
    for path in sorted(source.glob("*.jsonl")) if source.is_dir() else [source]:
        lines = path.read_text(encoding="utf-8").split("\n")  # a text may hold other line breaks
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            try:
                yield from _read(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, InputError) as error:
                raise InputError(f"{path.name}, line {number}: {error}") from None


def _read(row: dict[str, Any]) -> Iterator[Example]:
    names = row["topics"] if "topics" in row else row["gold_l1"]
    tops = sorted({topic(name).path[0] for name in names})
    text = f"{row.get('title') or ''} {row['text']}"
    for top in tops:
        yield Example(text, top, 1 / len(tops), row.get("lang") or "en")
