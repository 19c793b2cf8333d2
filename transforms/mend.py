"""A record that no run may lose in, the same record in values that its table can keep out.

An article whose row breaks the contract of the lake becomes a dead letter. A dead letter, an entry and
a poll have nothing to become: they are told as well as their table can.
"""

from __future__ import annotations

from typing import Any, TypeVar

import pyarrow as pa

from schemas.rows import EARLIEST, LATEST
from schemas.run_records import DeadLetter, FeedFetch, Outcome
from schemas.tables import TABLES
from transforms.pages.keepable import whole

R = TypeVar("R", DeadLetter, FeedFetch, Outcome)


def mended(table: str, record: R) -> R:
    """The record of a row of `table`: texts are Unicode, numbers and times within their bounds."""
    schema = TABLES[table].schema
    values = {
        name: _mended(value, schema.field(name).type) for name, value in record._asdict().items()
    }
    return record._replace(**values)


def _mended(value: Any, kind: pa.DataType) -> Any:
    if pa.types.is_string(kind):
        return whole(str(value))
    if pa.types.is_timestamp(kind):  # still in microseconds
        return _within(value, EARLIEST, LATEST - 1)
    if pa.types.is_integer(kind):
        limit = 1 << (kind.bit_width - 1)
        return _within(value, -limit, limit - 1)
    return bool(value) if pa.types.is_boolean(kind) else bytes(value or b"")


def _within(value: Any, least: int, most: int) -> int:
    return min(max(int(value or 0), least), most)
