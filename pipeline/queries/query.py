"""A lake's folder in, a DuckDB connection with views and macros over its live files out.

The connection sees one head of the lake. It may read the live files and nothing else of the
machine, cannot install or attach anything, and its settings are locked.
"""

from __future__ import annotations

from itertools import dropwhile
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.lake.reading import reading
from pipeline.lake.store import Lake
from pipeline.queries.macros import LATEST_VIEWS, MACROS
from pipeline.queries.output import render
from schemas.columns import Table
from schemas.errors import InputError
from schemas.tables import TABLES

READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


def connect(root: Path) -> duckdb.DuckDBPyConnection:
    """A connection with a view for each table, the `latest_` views, and the macros.

    Times are UTC. A table without files still has its columns. Raises LakeError where `root` is
    not a lake that this version can read, or a file of it is lost.
    """
    return _connected(Lake.open(root))


def _connected(lake: Lake) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    with reading(_files(lake)):
        for spec in TABLES.values():
            _create_view(connection, spec, lake.files(spec.name))
    for statement in (*LATEST_VIEWS, *MACROS):
        connection.execute(statement)
    _lock_down(connection, _files(lake))
    return connection


def _files(lake: Lake) -> list[str]:
    return [path for table in TABLES for path in lake.files(table)]


def run_query(root: Path, sql: str, output: str = "table") -> str:
    """The answer to one SELECT as `table`, `csv`, `json` or `markdown`.

    Raises InputError, of one line, for SQL that is wrong or does more than read; LakeError where a
    file of the lake is lost.
    """
    lake = Lake.open(root)
    return lake.ask(lambda: render(_answer(lake, sql), output))


def _answer(lake: Lake, sql: str) -> pa.Table:
    with _connected(lake) as connection:
        try:
            sql.encode("utf-8")
            _only_reading(connection, sql)
            with reading(_files(lake)):
                return connection.sql(sql).to_arrow_table()
        except RuntimeError as error:  # DuckDB's word for Ctrl-C while it works
            if "interrupted" in str(error):
                raise KeyboardInterrupt from error
            raise
        except duckdb.Error as error:
            raise InputError(f"query: {_one_line(error)}") from error
        except UnicodeEncodeError as error:  # a byte of the command line that is no character
            raise InputError(
                f"query: character {error.start + 1} of the SQL is not valid UTF-8; write it anew"
            ) from error


def _only_reading(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise InputError(f"query: {len(statements)} statements; give one SELECT")
    if statements[0].type not in READING:
        raise InputError(f"query: {statements[0].type.name} is not allowed; give one SELECT")


def _create_view(connection: duckdb.DuckDBPyConnection, spec: Table, files: list[str]) -> None:
    """A view with exactly the table's columns: what old files lack is null."""
    wanted = _columns_of(connection, spec.full_schema.empty_table())
    source, present = "WHERE false", {}
    if files:
        source = f"FROM {_read_parquet(spec, files)}"
        present = {row[0]: row[1] for row in connection.execute(f"DESCRIBE {source}").fetchall()}
    columns = ", ".join(_expression(name, kind, present) for name, kind in wanted.items())
    connection.execute(f'CREATE VIEW "{spec.name}" AS SELECT {columns} {source}')


def _columns_of(connection: duckdb.DuckDBPyConnection, empty: pa.Table) -> dict[str, str]:
    connection.register("empty_table", empty)
    rows = connection.execute("DESCRIBE empty_table").fetchall()
    connection.unregister("empty_table")
    return {row[0]: row[1] for row in rows}


def _expression(name: str, kind: str, present: dict[str, str]) -> str:
    if name not in present:
        return f'NULL::{kind} AS "{name}"'
    return f'"{name}"' if present[name] == kind else f'"{name}"::{kind} AS "{name}"'


def _read_parquet(spec: Table, files: list[str]) -> str:
    listed = ", ".join(map(quoted, files))
    return (
        f"read_parquet([{listed}], union_by_name = true, "
        f"hive_partitioning = true, hive_types = {{'{spec.partition}': VARCHAR}})"
    )


def quoted(text: str) -> str:
    """`text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def _lock_down(connection: duckdb.DuckDBPyConnection, files: list[str]) -> None:
    listed = ", ".join(map(quoted, files))
    connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _one_line(error: duckdb.Error) -> str:
    """What is wrong, and what DuckDB offers instead, without its drawing of the statement."""
    first, *others = str(error).strip().splitlines()
    offer, *more = [*dropwhile(_is_no_offer, others), "", ""][:2]
    return " ".join([first, offer, *(line.strip() for line in more if offer.endswith(":"))]).strip()


def _is_no_offer(line: str) -> bool:
    return not line.startswith(("Candidate", "Did you mean"))
