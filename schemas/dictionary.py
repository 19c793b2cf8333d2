"""The Arrow schemas in, docs/data-dictionary.md out: `python -m schemas.dictionary`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from schemas.columns import SCHEMA_VERSION, Table
from schemas.tables import TABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"

HEAD = f"""\
# Data dictionary

Schema version {SCHEMA_VERSION}. This page is made from the Arrow schemas by `make docs`; a test
fails when it is stale. Every table is a folder of Hive partitions
(`<table>/<partition>=YYYY-MM/*.parquet`) with a Delta Lake log. Times are UTC. Offsets are
character offsets, end exclusive, into the field that stands beside them (`headline` or `body`):
`article_body[start:end] == text` in Python, and `article_body[start + 1 : end]` in DuckDB, which
counts from one.
"""


def kind(data_type: pa.DataType) -> str:
    """An Arrow type in words: `list of struct` where fields follow on lines of their own."""
    if pa.types.is_list(data_type):
        return f"list of {kind(data_type.value_type)}"
    if pa.types.is_struct(data_type):
        return "struct"
    return str(data_type)


def rows(field: pa.Field, prefix: str = "") -> Iterator[str]:
    """A Markdown table row for the field, and one for each field nested in it."""
    comment = (field.metadata or {}).get(b"comment", b"").decode()
    null = "yes" if field.nullable else ""
    yield f"| `{prefix}{field.name}` | {kind(field.type)} | {null} | {comment.replace('|', '/')} |"
    inner = field.type.value_type if pa.types.is_list(field.type) else field.type
    if pa.types.is_struct(inner):
        for nested in inner:
            yield from rows(nested, f"{prefix}{field.name}.")


def section(table: Table) -> Iterator[str]:
    """One table: what a row is, how it is laid out, its columns."""
    yield f"\n## {table.name}\n"
    yield f"One row per {table.row_is}. Partition `{table.partition}`; key {_names(table.key)};"
    yield f"sorted by {_names(table.sort)}; Bloom filters on {_names(table.bloom) or 'nothing'}.\n"
    yield "| column | type | null | meaning |\n|---|---|---|---|"
    for field in table.full_schema:
        yield from rows(field)


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def page() -> str:
    """The whole page as Markdown."""
    return HEAD + "\n".join(line for table in TABLES.values() for line in section(table)) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
