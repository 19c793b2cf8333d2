"""What the tables of the lake are made of: kinds of columns, and the columns that several tables share.

Every column carries its meaning in the field metadata under `comment` (the key that Delta readers
show), every schema its table and the version of the contract.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import pyarrow as pa

SCHEMA_VERSION: Final = 2

TEXT: Final = pa.string()
TIME: Final = pa.timestamp("us", tz="UTC")
INT: Final = pa.int32()
LONG: Final = pa.int64()
REAL: Final = pa.float64()
BOOL: Final = pa.bool_()
BYTES: Final = pa.binary()


class Table(NamedTuple):
    """One table: its columns on disk, and how its files are laid out."""

    name: str
    row_is: str  # what one row stands for
    partition: str  # the Hive column, held by the folder name: YYYY-MM
    schema: pa.Schema  # the columns inside the files, without the partition column
    key: tuple[str, ...]  # unique over the whole table
    sort: tuple[str, ...]  # a total order, so that equal rows make equal bytes
    bloom: tuple[str, ...]
    row_group: int
    shard_by: str  # rows with the same value land in the same file of a month

    @property
    def full_schema(self) -> pa.Schema:
        """The columns as a reader sees them, the partition column last."""
        month = column(self.partition, TEXT, "UTC month YYYY-MM; the folder that holds the row")
        return self.schema.append(month)


def column(name: str, kind: pa.DataType, comment: str, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null, metadata={"comment": comment})


def list_of(item: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("element", item, nullable=False))


def structs(*fields: pa.Field) -> pa.DataType:
    return list_of(pa.struct(fields))


def schema(name: str, *fields: pa.Field) -> pa.Schema:
    metadata = {"dateline.table": name, "dateline.schema_version": str(SCHEMA_VERSION)}
    return pa.schema(fields, metadata=metadata)


FIELD = column("field", TEXT, "headline or body: the text that the offsets count in")
START = column("start", INT, "first character, counted from 0")
END = column("end", INT, "character after the last")
RUN = column("run_id", TEXT, "run that wrote the row")
VERSION = column("version", INT, "1 for the first text seen, one more for each changed text")
CLUSTER = column(
    "cluster_id", TEXT, "near-duplicate cluster: article_id of its first member; syndicated copies"
)
DATE = column(
    "date_published",
    TIME,
    "when it was published; where unknown, when it was fetched (date_source)",
)
DAY = column(
    "day_published",
    TEXT,
    "day of date_published by the clock of the place of publication, as far as the page says, YYYY-MM-DD",
)
DATE_SOURCE = column(
    "date_source",
    TEXT,
    "where date_published came from: json-ld, meta, shown, feed, url ...; or fetched",
)
ARTICLE_ID = column("article_id", TEXT, "hash of the canonical URL; the article's identity")
URL = column("url", TEXT, "canonical URL after redirects, without tracking parameters")
HEADLINE = column("headline", TEXT, "headline, plain text")
PUBLISHER = column("publisher", TEXT, "name of the publisher, empty where unstated")
LANGUAGE = column("in_language", TEXT, "language of the text, BCP 47")
FEED = column("feed_url", TEXT, "address of the feed as the user gave it, or the file ingested")
ENTRY_ID = column("entry_id", TEXT, "hash of feed_url and guid; a GUID is unique only in its feed")
GUID = column("guid", TEXT, "identifier as the feed states it")

MENTIONS = structs(
    FIELD,
    START,
    END,
    column("text", TEXT, "the characters from start to end"),
    column(
        "kind", TEXT, "country, demonym, capital, city, region, leader, government, military, org"
    ),
    column("role", TEXT, "dateline, byline, actor, place, modifier"),
)
