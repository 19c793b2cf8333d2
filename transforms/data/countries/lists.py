"""The hand-written lists beside this file, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def lines_of(name: str) -> Iterator[str]:
    """The lines of a hand-written list, without comments and empty lines."""
    text = (HERE / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
