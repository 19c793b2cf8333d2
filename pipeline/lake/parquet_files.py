"""Rows of one table and month in, one sorted Parquet file in the run's staging folder out."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.lake.encode import Encoded, encode
from pipeline.lake.storage_errors import storage_errors
from schemas.columns import Table
from schemas.errors import ContractError, LakeError
from schemas.run_records import WrittenFile
from schemas.tables import TABLES

STAGING = "_staging"
RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PARTITION = re.compile(r"([a-z_]+)=((?:19|20)\d\d-\d\d)")


def write_file(
    table: str,
    partition: str,
    rows: Sequence[Mapping[str, Any]] | pa.Table,
    shard: int,
    lake_root: Path,
    run_id: str,
) -> WrittenFile:
    """Encode `rows` and keep them: see `keep_file`. Raises ContractError for rows of another table."""
    return keep_file(table, partition, encode(table, rows), shard, lake_root, run_id)


def keep_file(
    table: str, partition: str, encoded: Encoded, shard: int, lake_root: Path, run_id: str
) -> WrittenFile:
    """Write to `_staging/<run_id>/<table>.<partition>.<run_id>-<shard>.parquet`.

    All of a run lie in one folder, which is made, synced and removed once. `partition` is
    `<column>=YYYY-MM`. The file is complete and on the disk when this returns.
    Raises ContractError for a partition that the table does not have, LakeError where the disk
    refuses.
    """
    check_run_id(run_id)
    check_partition(TABLES[table], partition)
    staged = Path(STAGING) / run_id / f"{table}.{partition}.{run_id}-{shard:04d}.parquet"
    path = lake_root / staged
    # Under a name of its own first: a worker that a cluster gave up may still write to the same file
    own = path.with_suffix(f".{secrets.token_hex(4)}")
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(encoded.content, own)
        own.replace(path)
    return WrittenFile(table, staged.as_posix(), partition, encoded.rows, encoded.content.size)


def place_of(file: WrittenFile) -> str:
    """Where a staged file goes, relative to the lake: `<table>/<partition>/<run_id>-<shard>.parquet`."""
    name = Path(file.path).name.removeprefix(f"{file.table}.{file.partition}.")
    return f"{file.table}/{file.partition}/{name}"


def check_run_id(run_id: str) -> None:
    """Raise LakeError unless `run_id` can be part of a file name, whoever made it up."""
    if not RUN_ID.fullmatch(run_id):
        raise LakeError(f"run id {run_id!r}: use up to 64 letters, digits, '.', '_' and '-'")


def check_partition(spec: Table, partition: str) -> None:
    """Raise ContractError unless `partition` names a month of the table's own column."""
    match = PARTITION.fullmatch(partition)
    if match is None or match[1] != spec.partition:
        raise ContractError(f"{spec.name}: partition {partition!r} is not {spec.partition}=YYYY-MM")


def _write(content: pa.Buffer, path: Path) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
