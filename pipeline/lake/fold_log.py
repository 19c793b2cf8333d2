"""A table's Delta log of many commits in, a checkpoint of it out: opening the table reads that one.

The checkpoint is of the protocol's second kind ("V2"), named by a UUID and written as JSON. The
classic kind is a Parquet file inside the table's folder, and a plain `**/*.parquet` would read it
as data. All commits stay, and the table does not demand that its readers know such checkpoints, nor
is there a hint at one: who does not know them passes over the file and reads the commits. delta-rs
knows them. Source: the Delta transaction log protocol, "V2 Spec" and "Checkpoints".
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pipeline.lake import publish
from pipeline.lake.durable import sync_folder
from pipeline.lake.storage_errors import storage_errors

FOLD_AFTER = 100  # commits: reading them takes longer than looking for a checkpoint
KEPT = 2  # checkpoints: a reader may just have found the one before the newest

Action = dict[str, Any]


def fold_log(root: Path, table: str, version: int, after: int = FOLD_AFTER) -> bool:
    """Write a checkpoint of `version` where `after` commits or more up to it have none.

    Says whether it did. Hold the lock. A kill at any moment leaves a log that says the same: a
    checkpoint is there whole or not at all.
    """
    folder = root / table
    with storage_errors(folder):
        actions = _actions(folder, version) if version - _newest(folder) >= after else []
        if actions:
            _write(folder, version, actions)
        for old in _checkpoints(folder)[:-KEPT]:
            old.unlink()
    return bool(actions)


def _write(folder: Path, version: int, actions: list[Action]) -> None:
    lines = [json.dumps(action, ensure_ascii=False, separators=(",", ":")) for action in actions]
    name = uuid5(NAMESPACE_URL, f"{folder.name}/{version}")  # the same at a second try
    path = _log(folder) / f"{version:020d}.checkpoint.{name}.json"
    temporary = path.with_name(f"_{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())
    publish.reached(f"written {folder.name}")
    temporary.replace(path)
    sync_folder(path.parent)
    publish.reached(f"folded {folder.name}")


def _actions(folder: Path, version: int) -> list[Action]:
    """What holds at a version; nothing where the log is not all there, or has what we never write."""
    state: dict[tuple[str, str], Action] = {}
    try:
        for action in _history(folder, version):
            kind, value = next(iter(action.items()))
            if kind == "sidecar" or value.get("deletionVector"):
                return []
            _apply(state, kind, value)
    except FileNotFoundError:  # another engine has tidied up, and has checkpoints of its own
        return []
    return [{"checkpointMetadata": {"version": version}}, *state.values()]


def _apply(state: dict[tuple[str, str], Action], kind: str, value: Action) -> None:
    if kind in ("protocol", "metaData"):
        state[kind, ""] = {kind: value}
    elif kind in ("txn", "domainMetadata"):
        state[kind, value["appId" if kind == "txn" else "domain"]] = {kind: value}
    elif kind == "add":
        state["add", value["path"]] = {"add": {**value, "dataChange": False}}
    elif kind == "remove":
        state.pop(("add", value["path"]), None)


def _history(folder: Path, version: int) -> Iterator[Action]:
    """All actions up to a version, in order, from our newest checkpoint on."""
    start = _newest(folder)
    if start >= 0:
        yield from _lines(_checkpoints(folder)[-1])
    for number in range(start + 1, version + 1):
        yield from _lines(_log(folder) / f"{number:020d}.json")


def _lines(path: Path) -> Iterator[Action]:
    with path.open(encoding="utf-8") as file:
        for line in filter(str.strip, file):
            yield json.loads(line)


def _newest(folder: Path) -> int:
    """The version of our newest checkpoint, -1 where there is none."""
    found = _checkpoints(folder)
    return int(found[-1].name[:20]) if found else -1


def _checkpoints(folder: Path) -> list[Path]:
    return sorted(_log(folder).glob("[0-9]*.checkpoint.*.json"))


def _log(folder: Path) -> Path:
    return folder / "_delta_log"
