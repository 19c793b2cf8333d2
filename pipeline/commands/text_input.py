"""The name of a text on the command line in, its text out."""

from __future__ import annotations

import sys
from pathlib import Path

from schemas.errors import InputError

MAX_TEXT_BYTES = 10 * 2**20


def read_text(name: str) -> str:
    """A text file, or standard input for `-`, up to 10 MB. Raises InputError that names it."""
    try:
        if name == "-":
            return sys.stdin.read(MAX_TEXT_BYTES)
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            return file.read(MAX_TEXT_BYTES)
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}; name a text file, or - for stdin") from error
