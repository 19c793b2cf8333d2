"""What a run notes beside its articles: failures, where entries ended, polls and files.

Plain NamedTuples with the conventions of `schemas.records`; `schemas.run_tables` has their tables.
"""

from __future__ import annotations

from typing import NamedTuple


class DeadLetter(NamedTuple):
    """A record that failed, where, and why."""

    entry_id: str  # "" where a whole feed failed
    feed_url: str
    guid: str
    url: str
    fingerprint: str
    stage: str  # poll | parse | fetch | robots | extract | tag | contract ...
    reason: str  # short code: timeout, http-404, not-an-article, parse-deadline ...
    error_class: str
    message: str
    is_final: bool  # True: not tried again unless the entry changes
    attempts: int
    failed_at: int


class Outcome(NamedTuple):
    """Where one entry ended. The run's outcomes add up to its entries."""

    entry_id: str
    feed_url: str
    guid: str
    link: str
    fingerprint: str
    outcome: str  # new | version | known | duplicate | dead
    article_id: str  # "" for a dead letter
    version: int  # 0 for a dead letter
    reason: str  # of a dead letter, else ""
    attempts: int
    seen_at: int


class FeedFetch(NamedTuple):
    """One poll of one feed; the newest one of a feed is the feed's state."""

    feed_url: str  # the address the user gave: the feed's identity
    current_url: str  # where the feed lives now, after permanent moves that proved themselves
    fetched_at: int
    status: int  # HTTP status, 0 where no answer came
    etag: bytes  # byte for byte as received; b"" where none
    last_modified: bytes
    body_hash: str
    entries_seen: int
    entries_new: int
    next_check: int
    failures: int  # in a row
    error: str  # "" where all was well
    is_disabled: bool  # 410 Gone
    moved_to: str  # candidate of a permanent redirect, "" where none
    moved_count: int  # polls in a row that were permanently redirected there


class WrittenFile(NamedTuple):
    """One Parquet file in staging, waiting for the finalizer."""

    table: str
    path: str  # relative to the lake
    partition: str  # e.g. published_month=2026-01
    rows: int
    bytes: int
