"""Functions that misbehave, for the parse pool's workers to import."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from typing import Any

from schemas.errors import FinalError


def double(value: Any) -> Any:
    return value * 2


def process_id() -> int:
    time.sleep(0.01)
    return os.getpid()


def hang() -> None:
    time.sleep(60)


def allocate(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def recurse() -> None:
    recurse()


def leave() -> None:
    raise SystemExit(3)


def refuse() -> None:
    raise FinalError("extract", "not-an-article", "an index page")


def die() -> None:
    os._exit(9)


def touch_nothing() -> None:
    ctypes.string_at(0)


def unsendable() -> Any:
    return lambda: None


def remember(word: str) -> None:
    os.environ["REMEMBERED"] = word


def recall() -> str:
    return os.environ["REMEMBERED"]


def fail_to_start() -> None:
    raise OSError("no tables")


HOARD: list[bytes] = []


def grow(megabytes: int) -> None:
    HOARD.append(bytes(megabytes * 2**20))


def tables() -> int | None:
    """Which tables this process holds, without loading any: the address of the refiner."""
    refine = sys.modules.get("transforms.refine")
    return id(refine._refiner) if refine and refine._refiner else None


def parent_id() -> int:
    return os.getppid()
