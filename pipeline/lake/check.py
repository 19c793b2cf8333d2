"""A lake's folder in, everything that is wrong with it out: findings, each with its remedy.

Nothing is changed. The files are checked against the log first; where they are all there and
readable, the rows are checked against each other (`check_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.lake.check_rules import MOST, RESTORE, RULES, Rule
from pipeline.lake.compact import parquet_files
from pipeline.lake.delta_log import LiveFile, current_version
from pipeline.lake.parquet_files import STAGING
from pipeline.lake.storage_errors import SEE_CHECK
from pipeline.lake.store import Lake
from pipeline.queries.query import connect
from schemas.errors import LakeError
from schemas.tables import TABLES

RUN_AGAIN = "the next run that writes mends it"
RESTORE_LOG = (
    "restore this folder and _head.json from the same backup, or delete the lake and ingest again"
)


class Finding(NamedTuple):
    """One thing that is wrong."""

    table: str
    where: str  # a file or a key
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.table}: {self.where}: {self.problem}; {self.remedy}"


def check_lake(root: Path) -> list[Finding]:
    """All findings about the lake at `root`; none means that it is whole.

    Where a log cannot be read, the logs and the staging are all that is told.

    Raises LakeError where there is no lake that this version can read.
    """
    lake = Lake.open(root)
    unread = [finding for table in TABLES for finding in _check_log(lake, table)]
    if unread:  # which files are live, nothing else can tell
        return [*_check_staging(root), *unread]
    broken = [finding for table in TABLES for finding in _check_files(lake, table)]
    findings = [*_check_staging(root), *_check_heads(lake), *broken, *_check_orphans(lake)]
    if broken:  # rows of lost files would be missed in every other table
        return findings
    return [*findings, *_check_rows(root)]


def _check_staging(root: Path) -> Iterator[Finding]:
    staging = root / STAGING
    for path in sorted(staging.iterdir()) if staging.is_dir() else []:
        yield Finding(STAGING, path.name, "a run in progress, or one that was killed", RUN_AGAIN)


def _check_log(lake: Lake, table: str) -> Iterator[Finding]:
    try:
        current_version(lake.root, table)
        lake.live(table)
    except LakeError as error:
        problem = str(error).removesuffix(SEE_CHECK)
        yield Finding(table, f"{table}/_delta_log", f"unreadable: {problem}", RESTORE_LOG)


def _check_heads(lake: Lake) -> Iterator[Finding]:
    for table, seen in lake.tables().items():
        newest = current_version(lake.root, table)
        if newest != seen:
            problem = f"readers see version {seen} of the log, which is at {newest}"
            yield Finding(table, "_head.json", problem, RUN_AGAIN)


def _check_files(lake: Lake, table: str) -> Iterator[Finding]:
    for file in lake.live(table):
        problem = _file_problem(lake.root, file)
        if problem:
            yield Finding(table, file.path, problem, RESTORE)


def _file_problem(root: Path, file: LiveFile) -> str:
    """What is wrong with a live file, or nothing."""
    path = root / file.path
    try:
        size = path.stat().st_size
        if size != file.bytes:
            return f"{size} bytes, the log says {file.bytes}"
        with pq.ParquetFile(path) as parquet:
            rows, schema = parquet.metadata.num_rows, parquet.schema_arrow
            for batch in parquet.iter_batches():
                batch.validate(full=True)
    except FileNotFoundError:
        return "the log calls it live, and it is gone"
    except (OSError, pa.ArrowException) as error:
        return f"unreadable: {str(error).splitlines()[0]}"
    if rows != file.rows:
        return f"{rows} rows, the log says {file.rows}"
    return _schema_problem(file.table, schema)


def _schema_problem(table: str, schema: pa.Schema) -> str:
    ours = TABLES[table].schema
    for field in schema:
        if field.name not in ours.names:
            return f"has a column {field.name!r} that the table does not have"
        if field.type != ours.field(field.name).type:
            return f"column {field.name!r} is {field.type}, not {ours.field(field.name).type}"
    return ""


def _check_orphans(lake: Lake) -> Iterator[Finding]:
    live = {file.path for table in TABLES for file in lake.live(table)}
    for path in parquet_files(lake.root):
        if path not in live:
            problem = "not in the log, and a plain glob reads it"
            yield Finding(path.split("/")[0], path, problem, "`dateline compact` deletes it")


def _check_rows(root: Path) -> Iterator[Finding]:
    with connect(root) as connection:
        for rule in RULES:
            rows = connection.execute(f"FROM ({rule.breaches}) LIMIT {MOST + 1}").fetchall()
            yield from _told(rule, rows)


def _told(rule: Rule, rows: list[tuple[str, str]]) -> Iterator[Finding]:
    for where, problem in rows[:MOST]:
        yield Finding(rule.table, where, problem, rule.remedy)
    if len(rows) > MOST:
        yield Finding(rule.table, "...", f"more than {MOST} of these", rule.remedy)
