"""A table's live files in, fewer and larger files with the same rows out, still in staging.

Ten thousand small files make a query twelve times slower, and each run opens them all. Every
month's small files are merged, sorted again, so that the row groups stay worth skipping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.lake.delta_log import LiveFile
from pipeline.lake.parquet_files import write_file
from pipeline.lake.storage_errors import storage_errors
from schemas.run_records import WrittenFile
from schemas.tables import TABLES

TARGET = 128 << 20  # bytes on disk; a merge holds this much, decompressed, in memory
QUICK_TARGET = 32 << 20  # the same, where a run waits for it
CROWD = 64  # small files of a month: opening them takes longer than merging them, once in a while


def merge_small_files(
    root: Path, table: str, live: Iterable[LiveFile], run_id: str, target: int = TARGET
) -> tuple[list[WrittenFile], list[LiveFile]]:
    """The merged files, in staging under `run_id`, and the live files that they replace."""
    merged: list[WrittenFile] = []
    replaced: list[LiveFile] = []
    for batch in batches(live, target):
        data = pa.concat_tables(read_rows(root / file.path, table) for file in batch)
        written = write_file(table, batch[0].partition, data, len(merged), root, run_id)
        merged.append(written)
        replaced.extend(batch)
    return merged, replaced


def crowded(live: Iterable[LiveFile]) -> list[LiveFile]:
    """The small files of the months that have many of them."""
    months = (list(files) for files in _small(live, QUICK_TARGET))
    return [file for files in months if len(files) >= CROWD for file in files]


def batches(live: Iterable[LiveFile], target: int = TARGET) -> Iterator[list[LiveFile]]:
    """Small files of the same month, at least two and at most about `target` bytes together."""
    for files in _small(live, target):
        batch: list[LiveFile] = []
        for file in files:
            if batch and sum(f.bytes for f in batch) + file.bytes > target:
                yield from _if_several(batch)
                batch = []
            batch.append(file)
        yield from _if_several(batch)


def _small(live: Iterable[LiveFile], target: int) -> Iterator[Iterator[LiveFile]]:
    """The files under half of `target` bytes, month by month."""
    by_month = attrgetter("partition")
    small = sorted((file for file in live if file.bytes < target // 2), key=by_month)
    return (files for _, files in groupby(small, key=by_month))


def _if_several(batch: list[LiveFile]) -> Iterator[list[LiveFile]]:
    if len(batch) > 1:
        yield batch


def read_rows(path: Path, table: str) -> pa.Table:
    """The rows of one file with today's columns; those that it is too old to have are null."""
    schema = TABLES[table].schema
    with storage_errors(path):
        data = pq.ParquetFile(path).read()
    columns = [
        data[field.name].cast(field.type)
        if field.name in data.column_names
        else pa.nulls(data.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def parquet_files(root: Path) -> Iterator[str]:
    """Every Parquet file under the table folders, live or not, relative to the lake."""
    for table in TABLES:
        for path in sorted((root / table).rglob("*.parquet")):
            yield path.relative_to(root).as_posix()
