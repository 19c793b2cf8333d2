"""A lake's folder in, which version of each table readers see out: `_head.json`.

A Delta log commits one table at a time. The head names one version of every table and is replaced
in one rename, so a reader sees all tables of a run or none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from pipeline.lake.delta_log import create_tables, current_version
from pipeline.lake.durable import write_json
from pipeline.lake.storage_errors import storage_errors
from schemas.columns import SCHEMA_VERSION
from schemas.errors import LakeError
from schemas.tables import TABLES

HEAD = "_head.json"


class Head(NamedTuple):
    """What readers see."""

    schema_version: int
    versions: dict[str, int]  # table -> version of its Delta log


def is_lake(root: Path) -> bool:
    """Is there a lake in this folder?"""
    return (root / HEAD).is_file()


def read_head(root: Path) -> Head:
    """The head of the lake at `root`; LakeError, with a remedy, where there is none to read."""
    path = root / HEAD
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        head = Head(int(value["schema_version"]), {t: int(v) for t, v in value["tables"].items()})
    except FileNotFoundError:
        raise LakeError(f"{root}: not a lake; `dateline run --lake {root}` makes one") from None
    except NotADirectoryError:
        raise LakeError(f"{root}: a file, not a lake; name a folder") from None
    except OSError as error:
        raise LakeError(f"{path}: {error.strerror}; the lake cannot be read") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "delete it, and the next `dateline run` or `ingest` makes it anew from the logs"
        raise LakeError(f"{path}: damaged; {remedy}") from error
    if head.schema_version > SCHEMA_VERSION:
        raise LakeError(
            f"{root}: written by a newer dateline (schema {head.schema_version}, this one knows "
            f"{SCHEMA_VERSION}); upgrade dateline"
        )
    return head


def create_head(root: Path) -> None:
    """Make the lake: the folder, seven empty tables, and the head that makes them visible."""
    with storage_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        create_tables(root)
        _write(root, {table: current_version(root, table) for table in TABLES})


def advance_head(root: Path, newest: dict[str, int]) -> None:
    """Let readers see these versions of some tables."""
    head = read_head(root)
    if newest.items() - head.versions.items():
        _write(root, head.versions | newest)


def _write(root: Path, versions: dict[str, int]) -> None:
    with storage_errors(root / HEAD):
        write_json(root / HEAD, {"schema_version": SCHEMA_VERSION, "tables": versions})
