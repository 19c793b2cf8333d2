"""Live files and keys in, what the lake knows about those keys out.

Plain functions over Parquet paths, so that a worker can ask without holding the lake. All keys of
a call are asked for at once; the Bloom filters of the files keep most row groups unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.lake.reading import reading
from schemas.run_records import FeedFetch, Outcome

DAY = 86_400_000_000  # microseconds


class KnownArticle(NamedTuple):
    """The newest version of an article in the lake."""

    version: int
    content_hash: str
    cluster_id: str


class Signature(NamedTuple):
    """The newest version of an article, for finding near-duplicates of it."""

    article_id: str
    cluster_id: str
    date: int  # published, microseconds UTC
    signature: list[int]


def known_entries(files: Sequence[str], entry_ids: Sequence[str]) -> dict[str, Outcome]:
    """The newest outcome of each entry that the ledger has."""
    rows = _ask(
        """SELECT entry_id, feed_url, guid, link, fingerprint, outcome, article_id, version,
                  reason, attempts, epoch_us(seen_at)
           FROM lake WHERE entry_id IN (SELECT unnest($keys))
           ORDER BY seen_at, run_id""",
        files,
        keys=entry_ids,
    )
    return {row[0]: Outcome(*row) for row in rows}  # the newest comes last


def known_articles(files: Sequence[str], article_ids: Sequence[str]) -> dict[str, KnownArticle]:
    """The newest version of each article that the lake has."""
    rows = _ask(
        """SELECT article_id, version, content_hash, cluster_id
           FROM lake WHERE article_id IN (SELECT unnest($keys)) ORDER BY version""",
        files,
        keys=article_ids,
    )
    return {row[0]: KnownArticle(*row[1:]) for row in rows}


def signatures(files: Sequence[str], since: int) -> list[Signature]:
    """The signature of each article published at or after `since`, oldest first."""
    rows = _ask(
        """SELECT article_id, cluster_id, epoch_us(date_published), signature
           FROM lake WHERE date_published >= make_timestamptz($since)
           QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version DESC) = 1
           ORDER BY date_published, article_id""",
        files,
        since=since,
    )
    return [Signature(*row) for row in rows]


def feed_states(files: Sequence[str], now: int) -> dict[str, FeedFetch]:
    """The newest poll of every feed, at `now`.

    Polls of the day after tomorrow are left out: they were made under a clock that was wrong, and a
    feed that waited for it to come right would be silent for years.
    """
    rows = _ask(
        """WITH polls AS (
               SELECT feed_url, current_url, epoch_us(fetched_at), status, etag, last_modified,
                      body_hash, entries_seen, entries_new, epoch_us(next_check), failures, error,
                      is_disabled, moved_to, moved_count, (fetched_at, run_id) AS moment
               FROM lake WHERE fetched_at <= make_timestamptz($latest))
           SELECT unnest(arg_max(polls, moment)) FROM polls GROUP BY feed_url ORDER BY feed_url""",
        files,
        latest=now + DAY,
    )
    return {row[0]: FeedFetch(*row[:-1]) for row in rows}  # the moment comes last


def _ask(query: str, files: Sequence[str], **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query over `lake`, the table that the files make."""
    if not files or ("keys" in values and not values["keys"]):
        return []
    import duckdb  # not before there is something to ask: it takes 40 ms

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        with reading(files):
            lake = connection.read_parquet(list(files), union_by_name=True, hive_partitioning=False)
            lake.create_view("lake")
            return connection.execute(query, values).fetchall()
