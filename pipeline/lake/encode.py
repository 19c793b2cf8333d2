"""Rows of one table in, the bytes of a sorted Parquet file out; no disk is touched.

The same rows make the same bytes, in whatever order they come and whichever process encodes them:
sorted by a total order, in one chunk, with zstd level 3 and Bloom filters sized by the rows of a row
group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.columns import Table
from schemas.errors import ContractError
from schemas.packed_rows import unpack_rows
from schemas.tables import TABLES

Gathered = tuple[bytes, Mapping[str, Any]]  # packed rows, and the columns that were decided since

BLOOM_FALSE_POSITIVES = 0.01
FEW_ROWS = 512  # fewer repeat too little: dictionaries made such files larger and slower to write
AT_ONCE = 2_000  # packed rows that are unpacked at once: memory stays flat


class Encoded(NamedTuple):
    """A Parquet file that is on no disk yet."""

    rows: int
    content: pa.Buffer


def encode_packed(table: str, gathered: Iterable[Gathered]) -> Encoded:
    """Packed rows of one file, encoded."""
    return encode(table, unpacked(table, gathered))


def unpacked(table: str, gathered: Iterable[Gathered]) -> pa.Table:
    """All rows of a file as one Arrow table; few of them are Python's objects at a time."""
    rest, tables = iter(gathered), []
    while some := list(islice(rest, AT_ONCE)):
        tables.append(to_arrow(table, [row for one in some for row in unpack_rows(*one)]))
    return pa.concat_tables(tables)


def encode(table: str, rows: Sequence[Mapping[str, Any]] | pa.Table) -> Encoded:
    """`rows` as a Parquet file. Raises ContractError for rows that the table does not have."""
    spec = TABLES[table]
    data = rows if isinstance(rows, pa.Table) else to_arrow(table, rows)
    in_group = min(spec.row_group, max(data.num_rows, 1))
    encoded = pa.BufferOutputStream()  # a file of Python's would be called for each of many pieces
    pq.write_table(
        in_one_chunk(spec, data),
        encoded,
        row_group_size=spec.row_group,
        compression="zstd",
        compression_level=3,
        use_dictionary=data.num_rows >= FEW_ROWS,
        write_statistics=_compared(spec.name),
        bloom_filter_options={
            column: {"ndv": in_group, "fpp": BLOOM_FALSE_POSITIVES} for column in spec.bloom
        },
        sorting_columns=_sorting_columns(spec.name),
    )
    return Encoded(data.num_rows, encoded.getvalue())


def to_arrow(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Checked rows as an Arrow table in one chunk, in the table's order.

    The partition column stays behind, the folder holds it. Few rows are put in order here: Arrow, which
    has the same order, takes half a millisecond for any number of them, and 27 to load what does it.
    """
    spec = TABLES[table]
    try:
        in_order = sorted(rows, key=itemgetter(*spec.sort))
        return pa.Table.from_pylist(in_order, schema=spec.schema)
    except (pa.ArrowException, UnicodeError) as error:
        raise ContractError(f"{table}: {str(error).splitlines()[0]}") from error


def in_one_chunk(spec: Table, data: pa.Table) -> pa.Table:
    """The rows in the table's order; chunks that each are in it already leave no trace in the file."""
    if data.column(0).num_chunks > 1:
        data = data.sort_by(_order(spec)).combine_chunks()
    return data


def _order(spec: Table) -> list[tuple[str, str]]:
    return [(column, "ascending") for column in spec.sort]


@cache
def _compared(table: str) -> list[str]:
    """The columns whose least and greatest value let a reader skip rows.

    No reader asks that of what is inside lists, nor of the text itself: theirs were a twelfth of the
    bytes of small files.
    """
    flat = (column.name for column in TABLES[table].schema if not pa.types.is_nested(column.type))
    return [name for name in flat if name != "article_body"]


@cache
def _sorting_columns(table: str) -> tuple[pq.SortingColumn, ...]:
    spec = TABLES[table]
    return tuple(pq.SortingColumn.from_ordering(spec.schema, _order(spec)))
