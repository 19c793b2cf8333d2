"""Files that were moved into place in, a Delta Lake log that says which of them are live out.

The log is delta-rs' own over the plain Hive folders, with relative paths, so the lake can be moved
and DuckDB, Polars, Spark, Flink and Trino read it. `fold_log` writes checkpoints, not delta-rs: its
own are Parquet files inside the table's folder, and a plain `**/*.parquet` would read them as data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Transaction
from deltalake.transaction import AddAction, RemoveAction

from pipeline.lake.storage_errors import storage_errors
from schemas.tables import TABLES

NO_CHECKPOINT = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


class LiveFile(NamedTuple):
    """One Parquet file that the log calls live."""

    table: str
    path: str  # relative to the lake
    partition: str  # e.g. published_month=2026-01
    rows: int
    bytes: int


def create_tables(root: Path) -> None:
    """Give every table that has none an empty log."""
    for spec in TABLES.values():
        folder = root / spec.name
        with storage_errors(folder):
            if not DeltaTable.is_deltatable(str(folder)):
                DeltaTable.create(
                    str(folder),
                    schema=spec.full_schema,
                    partition_by=[spec.partition],
                    description=f"one row per {spec.row_is}",
                    mode="ignore",
                )


def current_version(root: Path, table: str) -> int:
    """The newest version of a table's log."""
    return _open(root, table).version()


def live_files(root: Path, table: str, version: int | None = None) -> list[LiveFile]:
    """The files of a table at a version of its log (None: the newest), by path."""
    log = _open(root, table, version)
    with storage_errors(root / table):
        actions = pa.table(log.get_add_actions(flatten=True)).to_pylist()
    found = [_live_file(table, action) for action in actions]
    return sorted(found, key=lambda file: file.path)


def has_run(root: Path, run_id: str, tables: Iterable[str], version: int | None = None) -> bool:
    """Did this run commit to any of these tables, up to `version` (None: the newest)?"""
    logs = (_open(root, table, version) for table in tables)
    return any(log.transaction_version(run_id) is not None for log in logs)


def commit(
    root: Path, run_id: str, table: str, adds: Iterable[LiveFile], removes: Iterable[LiveFile]
) -> int:
    """Make `adds` live and `removes` dead in one commit, once: a run that did is left alone.

    Gives the newest version of the log.
    """
    spec = TABLES[table]
    log = _open(root, table)
    if log.transaction_version(run_id) is not None:
        return log.version()
    gone = list(map(_remove_action, removes))
    with storage_errors(root / table):
        log.create_write_transaction(
            [*(_add_action(file, data_change=not gone) for file in adds), *gone],
            "append",
            spec.full_schema,
            [spec.partition],
            commit_properties=CommitProperties(app_transactions=[Transaction(run_id, 1)]),
            post_commithook_properties=NO_CHECKPOINT,
        )
        log.update_incremental()
    return log.version()


def _open(root: Path, table: str, version: int | None = None) -> DeltaTable:
    with storage_errors(root / table):
        return DeltaTable(str(root / table), version=version)


def _live_file(table: str, action: dict[str, object]) -> LiveFile:
    partition = TABLES[table].partition
    return LiveFile(
        table,
        f"{table}/{action['path']}",
        f"{partition}={action['partition.' + partition]}",
        int(str(action["num_records"])),
        int(str(action["size_bytes"])),
    )


def _add_action(file: LiveFile, *, data_change: bool) -> AddAction:
    return AddAction(
        path=_in_table(file),
        size=file.bytes,
        partition_values=_partition_values(file),
        modification_time=0,  # the log's own time says when; the file's would differ between runs
        data_change=data_change,
        stats=json.dumps({"numRecords": file.rows}),
    )


def _remove_action(file: LiveFile) -> RemoveAction:
    return RemoveAction(
        path=_in_table(file),
        data_change=False,
        deletion_timestamp=0,
        partition_values=_partition_values(file),
        size=file.bytes,
    )


def _in_table(file: LiveFile) -> str:
    return file.path.removeprefix(f"{file.table}/")


def _partition_values(file: LiveFile) -> dict[str, str | None]:
    column, _, value = file.partition.partition("=")
    return {column: value}
