"""Every table and column is documented, and the page is the one that the schemas make."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest

from schemas.dictionary import PAGE, page
from schemas.tables import TABLES


def top_columns() -> Iterator[tuple[str, pa.Field]]:
    for table in TABLES.values():
        for field in table.full_schema:
            yield table.name, field


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    ("table", "field"), list(top_columns()), ids=lambda v: getattr(v, "name", v)
)
def test_every_column_says_what_it_holds(table: str, field: pa.Field) -> None:
    assert len((field.metadata or {}).get(b"comment", b"")) >= 8, f"{table}.{field.name}"
