"""Rows of one table and month in, one sorted Parquet file in the run's staging folder out.

The same rows make the same bytes, in whatever order they come: sorted by a total order, in one
chunk, with zstd level 3 and Bloom filters sized by the rows of a row group.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute  # what sorting needs, loaded before a file waits for it
import pyarrow.parquet as pq

from pipeline.lake.storage_errors import storage_errors
from schemas.errors import ContractError, LakeError
from schemas.records import WrittenFile
from schemas.tables import TABLES, Table

STAGING = "_staging"
RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PARTITION = re.compile(r"([a-z_]+)=((?:19|20)\d\d-\d\d)")
BLOOM_FALSE_POSITIVES = 0.01
FEW_ROWS = 64  # fewer repeat too little: dictionaries made such files larger and slower to write


def write_file(
    table: str,
    partition: str,
    rows: Sequence[Mapping[str, Any]] | pa.Table,
    shard: int,
    lake_root: Path,
    run_id: str,
) -> WrittenFile:
    """Write `rows` to `_staging/<run_id>/<table>.<partition>.<run_id>-<shard>.parquet`.

    All of a run lie in one folder, which is made, synced and removed once. `partition` is
    `<column>=YYYY-MM`. The file is complete and on the disk when this returns.
    Raises ContractError for rows or a partition that the table does not have, LakeError where the
    disk refuses.
    """
    spec = TABLES[table]
    check_run_id(run_id)
    check_partition(spec, partition)
    data = to_arrow(table, rows) if not isinstance(rows, pa.Table) else rows
    staged = Path(STAGING) / run_id / f"{table}.{partition}.{run_id}-{shard:04d}.parquet"
    path = lake_root / staged
    # Under a name of its own first: a worker that a cluster gave up may still write to the same file
    own = path.with_suffix(f".{secrets.token_hex(4)}")
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        size = _write(spec, sort_rows(spec, data), own)
        own.replace(path)
    return WrittenFile(table, staged.as_posix(), partition, data.num_rows, size)


def place_of(file: WrittenFile) -> str:
    """Where a staged file goes, relative to the lake: `<table>/<partition>/<run_id>-<shard>.parquet`."""
    name = Path(file.path).name.removeprefix(f"{file.table}.{file.partition}.")
    return f"{file.table}/{file.partition}/{name}"


def to_arrow(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Checked rows as an Arrow table; the partition column stays behind, the folder holds it."""
    try:
        return pa.Table.from_pylist(list(rows), schema=TABLES[table].schema)
    except (pa.ArrowException, UnicodeError) as error:
        raise ContractError(f"{table}: {str(error).splitlines()[0]}") from error


def sort_rows(spec: Table, data: pa.Table) -> pa.Table:
    """The rows in the table's order, in one chunk, so that batches leave no trace in the file."""
    if data.num_rows > 1:
        data = data.sort_by(_order(spec))
    return data.combine_chunks()


def check_run_id(run_id: str) -> None:
    """Raise LakeError unless `run_id` can be part of a file name, whoever made it up."""
    if not RUN_ID.fullmatch(run_id):
        raise LakeError(f"run id {run_id!r}: use up to 64 letters, digits, '.', '_' and '-'")


def check_partition(spec: Table, partition: str) -> None:
    """Raise ContractError unless `partition` names a month of the table's own column."""
    match = PARTITION.fullmatch(partition)
    if match is None or match[1] != spec.partition:
        raise ContractError(f"{spec.name}: partition {partition!r} is not {spec.partition}=YYYY-MM")


def _order(spec: Table) -> list[tuple[str, str]]:
    return [(column, "ascending") for column in spec.sort]


@cache
def _sorting_columns(table: str) -> tuple[pq.SortingColumn, ...]:
    spec = TABLES[table]
    return tuple(pq.SortingColumn.from_ordering(spec.schema, _order(spec)))


def _write(spec: Table, data: pa.Table, path: Path) -> int:
    in_group = min(spec.row_group, max(data.num_rows, 1))
    encoded = pa.BufferOutputStream()  # a file of Python's would be called for each of many pieces
    pq.write_table(
        data,
        encoded,
        row_group_size=spec.row_group,
        compression="zstd",
        compression_level=3,
        use_dictionary=data.num_rows >= FEW_ROWS,
        bloom_filter_options={
            column: {"ndv": in_group, "fpp": BLOOM_FALSE_POSITIVES} for column in spec.bloom
        },
        sorting_columns=_sorting_columns(spec.name),
    )
    with path.open("wb") as file:
        file.write(encoded.getvalue())
        file.flush()
        os.fsync(file.fileno())
        return file.tell()
