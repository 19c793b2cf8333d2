"""Out come the Arrow schemas of the seven tables of the lake: the contract that readers build on.

Every column carries its meaning in the field metadata under `comment` (the key that Delta readers
show), every table its schema version, sort order, key, Bloom columns and row group size.

Growing the contract: a new column is added at the end of its table, nullable, with `SCHEMA_VERSION`
raised by one. Files written before have no such column and read as null. Nothing is ever renamed,
retyped or removed.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import pyarrow as pa

SCHEMA_VERSION: Final = 2

TEXT: Final = pa.string()
TIME: Final = pa.timestamp("us", tz="UTC")
INT: Final = pa.int32()
REAL: Final = pa.float64()
BOOL: Final = pa.bool_()


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
        month = _column(self.partition, TEXT, "UTC month YYYY-MM; the folder that holds the row")
        return self.schema.append(month)


def _column(name: str, kind: pa.DataType, comment: str, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null, metadata={"comment": comment})


def _list_of(item: pa.DataType) -> pa.DataType:
    return pa.list_(pa.field("element", item, nullable=False))


def _structs(*fields: pa.Field) -> pa.DataType:
    return _list_of(pa.struct(fields))


def _schema(name: str, *fields: pa.Field) -> pa.Schema:
    metadata = {"dateline.table": name, "dateline.schema_version": str(SCHEMA_VERSION)}
    return pa.schema(fields, metadata=metadata)


_FIELD = _column("field", TEXT, "headline or body: the text that the offsets count in")
_START = _column("start", INT, "first character, counted from 0")
_END = _column("end", INT, "character after the last")
_RUN = _column("run_id", TEXT, "run that wrote the row")
_VERSION = _column("version", INT, "1 for the first text seen, one more for each changed text")
_CLUSTER = _column(
    "cluster_id", TEXT, "near-duplicate cluster: article_id of its first member; syndicated copies"
)
_DATE = _column(
    "date_published",
    TIME,
    "when it was published; where unknown, when it was fetched (date_source)",
)
_DAY = _column(
    "day_published",
    TEXT,
    "day of date_published by the clock of the place of publication, as far as the page says, YYYY-MM-DD",
)
_DATE_SOURCE = _column(
    "date_source",
    TEXT,
    "where date_published came from: json-ld, meta, shown, feed, url ...; or fetched",
)
_ARTICLE_ID = _column("article_id", TEXT, "hash of the canonical URL; the article's identity")
_URL = _column("url", TEXT, "canonical URL after redirects, without tracking parameters")
_HEADLINE = _column("headline", TEXT, "headline, plain text")
_PUBLISHER = _column("publisher", TEXT, "name of the publisher, empty where unstated")
_LANGUAGE = _column("in_language", TEXT, "language of the text, BCP 47")
_FEED = _column("feed_url", TEXT, "address of the feed as the user gave it, or the file ingested")
_ENTRY_ID = _column(
    "entry_id", TEXT, "hash of feed_url and guid; a GUID is unique only in its feed"
)
_GUID = _column("guid", TEXT, "identifier as the feed states it")

_MENTIONS = _structs(
    _FIELD,
    _START,
    _END,
    _column("text", TEXT, "the characters from start to end"),
    _column(
        "kind", TEXT, "country, demonym, capital, city, region, leader, government, military, org"
    ),
    _column("role", TEXT, "dateline, byline, actor, place, modifier"),
)

ARTICLES = Table(
    name="articles",
    row_is="version of an article",
    partition="published_month",
    schema=_schema(
        "articles",
        _ARTICLE_ID,
        _VERSION,
        _URL,
        _column("original_url", TEXT, "URL as the feed or the user gave it"),
        _PUBLISHER,
        _FEED,
        _GUID,
        _ENTRY_ID,
        _column("source", TEXT, "way in: feed, html, text, jsonl or warc"),
        _HEADLINE,
        _column("standfirst", TEXT, "summary line under the headline, empty where none"),
        _column("article_body", TEXT, "clean text, one newline between paragraphs"),
        _column("word_count", INT, "words of the body, counted by white space"),
        _column("section", TEXT, "section of the publisher's site, empty where unstated"),
        _column("authors", _list_of(TEXT), "names in the order of the byline"),
        _column("agency", TEXT, "news agency of the text, empty where none"),
        _column("dateline", TEXT, "place and date line as printed, empty where none"),
        _LANGUAGE,
        _column("image", TEXT, "URL of the lead image, empty where none"),
        _column("caption", TEXT, "caption of the lead image, empty where none"),
        _DATE,
        _DAY,
        _column("date_modified", TIME, "when the publisher says it changed the text", null=True),
        _column("date_fetched", TIME, "when this version was fetched"),
        _DATE_SOURCE,
        _column("text_source", TEXT, "where the text was read: page, feed, json-ld or file"),
        _column("is_truncated", BOOL, "true where only a part of the text could be had"),
        _column(
            "content_hash",
            TEXT,
            "hash of headline and body as the page alone gives them, after folding white space",
        ),
        _CLUSTER,
        _column(
            "signature", _list_of(pa.int64()), "MinHash bands of the body, for near-duplicates"
        ),
        _column(
            "countries",
            _structs(
                _column("code", TEXT, "ISO 3166-1 alpha-3, or the code of an organisation"),
                _column("salience", REAL, "0 to 1; from .5 on the story is about it"),
                _column("mentions", _MENTIONS, "each place that names it"),
            ),
            "countries that the text names, most salient first",
        ),
        _column(
            "pairs",
            _structs(
                _column("pair", TEXT, "two codes in alphabetical order, CHN-RUS"),
                _column("score", REAL, "probability that the two deal with each other"),
            ),
            "country pairs, best first; in full in country_pairs",
        ),
        _column(
            "topics",
            _structs(
                _column("id", TEXT, "medtop:..., ir:... or user:..."),
                _column("label", TEXT, "English name of the topic"),
                _column("level", INT, "1 for the broadest"),
                _column("ancestors", _list_of(TEXT), "ids, from the broadest down"),
                _column("score", REAL, "probability, 0 to 1"),
                _column("method", TEXT, "lexicon, model, fusion, rule or user"),
                _column(
                    "evidence",
                    _structs(
                        _FIELD, _START, _END, _column("text", TEXT, "characters from start to end")
                    ),
                    "terms that speak for the topic",
                ),
                _column("vocabulary_version", TEXT, "of the list that the id is from"),
            ),
            "IPTC Media Topics, best first",
        ),
        _column(
            "removed",
            _structs(
                _column("text", TEXT, "the line that was stripped"),
                _column("rule", TEXT, "rule that stripped it, see docs/extraction-policy.md"),
            ),
            "boilerplate stripped from the text, in the order of the page",
        ),
        _column("tagger_version", TEXT, "version of the taggers that made the annotations"),
        _RUN,
        _column(
            "field_sources",
            _structs(
                _column("field", TEXT, "column that the source is of: headline, authors ..."),
                _column("source", TEXT, "shown, json-ld, meta, title, dateline, byline, feed ..."),
            ),
            "where each field of the metadata came from; date_source has that of the date",
            null=True,
        ),
    ),
    key=("article_id", "version"),
    sort=("date_published", "article_id", "version"),
    bloom=("article_id", "url"),
    row_group=8_192,
    shard_by="article_id",
)

COUNTRY_PAIRS = Table(
    name="country_pairs",
    row_is="country pair of an article version",
    partition="published_month",
    schema=_schema(
        "country_pairs",
        _column("pair", TEXT, "two codes in alphabetical order: CHN-RUS, never RUS-CHN"),
        _column("country_a", TEXT, "first country of the pair, ISO 3166-1 alpha-3"),
        _column("country_b", TEXT, "second country of the pair"),
        _column("score", REAL, "probability that the two deal with each other, 0 to 1"),
        _column("rank", INT, "1 for the strongest pair of the article"),
        _ARTICLE_ID,
        _VERSION,
        _HEADLINE,
        _PUBLISHER,
        _URL,
        _LANGUAGE,
        _DATE,
        _DATE_SOURCE,
        _CLUSTER,
        _column(
            "topics",
            _structs(
                _column("id", TEXT, "medtop:..., ir:... or user:..."),
                _column("label", TEXT, "English name of the topic"),
                _column("score", REAL, "probability, 0 to 1"),
            ),
            "topics of the article, best first",
        ),
        _column(
            "evidence",
            _structs(
                _FIELD,
                _column("start", INT, "first character of the sentence"),
                _column("end", INT, "character after the sentence"),
                _column("text", TEXT, "the sentence that names both"),
                _column("a_start", INT, "where the sentence names country_a"),
                _column("a_end", INT, "end of that mention"),
                _column("b_start", INT, "where the sentence names country_b"),
                _column("b_end", INT, "end of that mention"),
                _column("trigger_start", INT, "the word that ties them; -1 where none"),
                _column("trigger_end", INT, "end of that word; -1 where none"),
            ),
            "sentences that prove the pair, best first, at most 3; offsets as in articles",
        ),
        _column(
            "goldstein",
            REAL,
            "mean Goldstein value of the article's relations between the two, -10 to 10",
            null=True,
        ),
        _column("cooperation", INT, "relations between the two of quad class 1 or 2"),
        _column("conflict", INT, "relations between the two of quad class 3 or 4"),
        _RUN,
    ),
    key=("article_id", "version", "pair"),
    sort=("pair", "date_published", "article_id", "version"),
    bloom=("article_id",),
    row_group=8_192,
    shard_by="article_id",
)

RELATIONS = Table(
    name="relations",
    row_is="coded statement: who did what to whom",
    partition="published_month",
    schema=_schema(
        "relations",
        _column("source", TEXT, "who acts: ISO 3166-1 alpha-3 or the code of an organisation"),
        _column("target", TEXT, "who is acted upon"),
        _column(
            "pair", TEXT, "the two in alphabetical order; null unless both are countries", null=True
        ),
        _column("event_type", TEXT, "PLOVER type: AGREE, CONSULT, SUPPORT, ACCUSE ..."),
        _column("cameo_root", TEXT, "CAMEO root code, 01 to 20"),
        _column(
            "quad_class",
            INT,
            "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict",
        ),
        _column("goldstein", REAL, "Goldstein value, -10 (conflict) to 10 (cooperation)"),
        _column("mode", TEXT, "happened, planned, threatened, denied or past"),
        _column("score", REAL, "confidence of the coder, 0 to 1"),
        _FIELD,
        _column("start", INT, "first character of the sentence"),
        _column("end", INT, "character after the sentence"),
        _column("text", TEXT, "the sentence"),
        _column("source_start", INT, "where the sentence names the source"),
        _column("source_end", INT, "end of that mention"),
        _column("target_start", INT, "where the sentence names the target"),
        _column("target_end", INT, "end of that mention"),
        _column("trigger_start", INT, "the word that codes the event; -1 where none"),
        _column("trigger_end", INT, "end of that word; -1 where none"),
        _ARTICLE_ID,
        _VERSION,
        _HEADLINE,
        _PUBLISHER,
        _URL,
        _DATE,
        _CLUSTER,
        _RUN,
    ),
    key=(),  # one sentence may say the same thing twice
    sort=(
        "source",
        "target",
        "date_published",
        "article_id",
        "version",
        "field",
        "start",
        "source_start",
        "target_start",
        "trigger_start",
        "event_type",
        "score",
    ),
    bloom=("article_id",),
    row_group=8_192,
    shard_by="article_id",
)

DEAD_LETTERS = Table(
    name="dead_letters",
    row_is="record that failed",
    partition="failed_month",
    schema=_schema(
        "dead_letters",
        _column("entry_id", TEXT, "entry that failed, empty where a whole feed failed"),
        _FEED,
        _GUID,
        _column("url", TEXT, "page that failed, empty where there is none"),
        _column("fingerprint", TEXT, "changes when the publisher changes the entry"),
        _column("stage", TEXT, "poll, parse, fetch, robots, extract, tag, contract ..."),
        _column("reason", TEXT, "short code: timeout, http-404, not-an-article ..."),
        _column("error_class", TEXT, "Python class of the error"),
        _column("message", TEXT, "what went wrong, in words"),
        _column("is_final", BOOL, "true: not tried again unless the entry changes"),
        _column("attempts", INT, "tries so far"),
        _column("failed_at", TIME, "when the last try failed"),
        _RUN,
    ),
    key=(),
    sort=("stage", "reason", "feed_url", "entry_id", "url", "failed_at", "message", "guid"),
    bloom=("entry_id",),
    row_group=65_536,
    shard_by="entry_id",
)

FEED_FETCHES = Table(
    name="feed_fetches",
    row_is="poll of a feed; the newest one is the feed's state",
    partition="fetched_month",
    schema=_schema(
        "feed_fetches",
        _column("feed_url", TEXT, "address that the user gave: the feed's identity"),
        _column("current_url", TEXT, "where the feed lives now"),
        _column("fetched_at", TIME, "when it was polled"),
        _column("status", INT, "HTTP status; 0 where no answer came"),
        _column("etag", pa.binary(), "validator, byte for byte as received"),
        _column("last_modified", pa.binary(), "validator, byte for byte as received"),
        _column("body_hash", TEXT, "hash of the feed's bytes, empty where none came"),
        _column("entries_seen", INT, "entries in the feed"),
        _column("entries_new", INT, "entries not seen before, or changed"),
        _column("next_check", TIME, "not polled again before"),
        _column("failures", INT, "failed polls in a row"),
        _column("error", TEXT, "what went wrong, empty where all was well"),
        _column("is_disabled", BOOL, "true after 410 Gone"),
        _column("moved_to", TEXT, "candidate of a permanent redirect, empty where none"),
        _column("moved_count", INT, "polls in a row that were redirected there"),
        _RUN,
    ),
    key=("feed_url", "fetched_at"),
    sort=("feed_url", "fetched_at"),
    bloom=(),
    row_group=65_536,
    shard_by="feed_url",
)

FEED_ENTRIES = Table(
    name="feed_entries",
    row_is="entry that did not end as already known: the ledger",
    partition="seen_month",
    schema=_schema(
        "feed_entries",
        _ENTRY_ID,
        _FEED,
        _GUID,
        _column("link", TEXT, "address as the feed gives it"),
        _column("fingerprint", TEXT, "changes when the publisher changes the entry"),
        _column("outcome", TEXT, "new, version, duplicate, dead, or retry (failed, tried again)"),
        _column("article_id", TEXT, "article that it became, empty for a dead letter"),
        _column("version", INT, "version of that article, 0 for a dead letter"),
        _column("reason", TEXT, "reason of a dead letter, else empty"),
        _column("attempts", INT, "tries so far"),
        _column("seen_at", TIME, "when the entry was handled"),
        _RUN,
    ),
    key=("entry_id", "run_id"),
    sort=("entry_id", "seen_at", "run_id"),
    bloom=("entry_id", "article_id"),
    row_group=65_536,
    shard_by="entry_id",
)

RUNS = Table(
    name="runs",
    row_is="run that was published",
    partition="started_month",
    schema=_schema(
        "runs",
        _RUN,
        _column("command", TEXT, "run, watch, ingest or demo"),
        _column("started_at", TIME, "when the run began"),
        _column("finished_at", TIME, "when its last file was written"),
        _column("feeds_polled", INT, "feeds asked"),
        _column("feeds_failed", INT, "feeds that gave no entries because of an error"),
        _column(
            "entries_seen", INT, "= new + versions + duplicates + already known + dead letters"
        ),
        _column("articles_new", INT, "entries that became a new article"),
        _column("versions", INT, "entries whose article had changed"),
        _column("duplicates", INT, "entries that led to an article this run or lake had already"),
        _column("already_known", INT, "entries handled by an earlier run and unchanged"),
        _column("dead_letters", INT, "entries that failed"),
        _column("software_version", TEXT, "version of dateline"),
    ),
    key=("run_id",),
    sort=("started_at", "run_id"),
    bloom=(),
    row_group=65_536,
    shard_by="run_id",
)

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        ARTICLES,
        COUNTRY_PAIRS,
        RELATIONS,
        DEAD_LETTERS,
        FEED_FETCHES,
        FEED_ENTRIES,
        RUNS,
    )
}
