"""A word comes in, the number of the month that it names in some language goes out (0 for none)."""

from __future__ import annotations

import functools
from importlib import resources


def month_number(word: str) -> int:
    """The month that a word names, 1-12; 0 where it names none."""
    names, folded = _load_names(), word.casefold().strip(".")
    if number := names.get(folded, 0):
        return number
    return names.get(folded[1:], 0) if folded.startswith("ב") else 0  # Hebrew writes "in" with it


@functools.cache
def _load_names() -> dict[str, int]:
    path = resources.files("transforms.data.pages") / "month_names.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return {name: number for number, line in enumerate(lines, 1) for name in line.split()}
