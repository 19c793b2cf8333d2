"""Checked rows of one file in, bytes out; those bytes and what was decided since in, rows out.

Between the process that made a row and the file that it goes to, it is bytes that no stage reads:
encoding rows at each stage took longer than making them.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.records import PackedRows
from schemas.rows import Row
from schemas.tables import TABLES


def pack_rows(table: str, rows: Sequence[Row]) -> PackedRows:
    """Rows that share a month and an identity, and so a file."""
    spec = TABLES[table]
    month, identity = rows[0][spec.partition], str(rows[0][spec.shard_by])
    return PackedRows(table, month, identity, pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))


def unpack_rows(packed: bytes, decided: Mapping[str, Any]) -> list[Row]:
    """The rows, with the columns that were decided after they were made."""
    rows: list[Row] = pickle.loads(packed)  # noqa: S301 - from `pack_rows`
    for row in rows:
        row.update(decided)
    return rows
