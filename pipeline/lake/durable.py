"""Small files and folder entries in, the same on the disk for good out: atomic, and synced.

A file that appears by `write_json` is either whole or not there, also after a power cut.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

SYNCS = 16  # at once


def write_json(path: Path, value: Any) -> None:
    """Write `value` as JSON under a temporary name, sync it, and rename it to `path`."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(f"{json.dumps(value)}\n")  # `dump`, or an indent, takes five times as long
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folders(folders: Iterable[Path]) -> None:
    """Make the names in all of them durable; side by side, since a disk takes many syncs at once."""
    distinct = list(dict.fromkeys(folders))
    with ThreadPoolExecutor(SYNCS) as threads:  # a share each: handing over took as long as a sync
        list(threads.map(_sync_each, (distinct[first::SYNCS] for first in range(SYNCS))))


def _sync_each(folders: Iterable[Path]) -> None:
    for folder in folders:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable: a rename is only in memory until this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
