"""Rows into the bytes of a Parquet file: their order, and what a reader can ask of a file unread."""

from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.lake import encode
from schemas.packed_rows import pack_rows
from schemas.tables import TABLES

# The last two stand the other way round by UTF-16: we want the order of code points, and of bytes
WORDS = ["", "Z", "a", "z", "é", "中", "\uffee", "\U00010400"]


def parquet(encoded: encode.Encoded) -> pq.ParquetFile:
    return pq.ParquetFile(pa.BufferReader(encoded.content))


@pytest.fixture
def pairs(make_story, make_rows):
    """Rows of `country_pairs` whose order hangs on every column that they are sorted by."""
    found = make_rows([make_story(n, day=n % 3) for n in range(64)], "r1")["country_pairs"]
    some = [dict(row, article_id=WORDS[n % 8], version=n // 8) for n, row in enumerate(found)]
    random.Random(1).shuffle(some)
    return some


def test_rows_that_are_put_together_from_several_heaps_make_the_bytes_of_one_heap(
    pairs, monkeypatch
):
    gathered = [(pack_rows("country_pairs", [row]).rows, {}) for row in pairs]
    at_once = encode.encode_packed("country_pairs", gathered)
    monkeypatch.setattr(encode, "AT_ONCE", 5)
    assert encode.encode_packed("country_pairs", gathered).content.equals(at_once.content)


def test_rows_stand_in_the_order_of_their_table(pairs):
    read = parquet(encode.encode("country_pairs", pairs)).read()
    order = [(column, "ascending") for column in TABLES["country_pairs"].sort]
    assert read.equals(read.sort_by(order))
    assert read.column("article_id").to_pylist() != [row["article_id"] for row in pairs]


def test_a_file_tells_the_least_and_greatest_of_what_readers_ask_for_alone(make_story, make_rows):
    rows = make_rows([make_story(n) for n in range(3)], "r1")["articles"]
    columns = parquet(encode.encode("articles", rows)).metadata.row_group(0).to_dict()["columns"]
    told = {column["path_in_schema"] for column in columns if column["is_stats_set"]}
    assert told >= {*TABLES["articles"].sort, *TABLES["articles"].bloom, "url", "in_language"}
    assert "article_body" not in told
    assert not any("." in path for path in told)
