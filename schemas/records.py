"""The records that travel between the steps, as plain NamedTuples of plain types.

Times are integers: microseconds since 1970-01-01T00:00:00Z. Text offsets are character offsets,
end exclusive, into the field that `field` names (`headline` or `body`), so that
`article.article_body[start:end] == text` holds for every span in the body.
Field names follow schema.org NewsArticle in snake_case; countries are ISO 3166-1 alpha-3,
languages BCP 47, topics IPTC Media Topics, events PLOVER.

NamedTuples and no mappings, because Beam's RowCoder then encodes them deterministically and three
times faster than it pickles dataclasses. Sequences decode as lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class FeedEntry(NamedTuple):
    """One entry of one feed, or one document of a backfill. Ends as exactly one `Outcome`."""

    entry_id: str  # hash of feed_url and guid: a GUID is unique only inside its feed
    feed_url: str  # for a backfill: the file the document came from
    source: str  # feed | html | text | jsonl | warc
    guid: str  # as the feed states it; else the link; else a hash of title and date
    link: str  # absolute; "" where the entry has none
    title: str  # plain text
    summary: str  # HTML as in the feed
    content: str  # HTML of a full-text feed, else ""
    authors: Sequence[str]
    categories: Sequence[str]
    language: str  # BCP 47, of the entry or else of the feed; "" where unstated
    published: int | None  # microseconds UTC
    updated: int | None  # microseconds UTC
    image: str  # absolute URL or ""
    feed_title: str
    fingerprint: str  # changes when the publisher changes the entry: title, dates, summary, content


BLANK_ENTRY = FeedEntry._make("" for _ in FeedEntry._fields)._replace(
    authors=(), categories=(), published=None, updated=None
)


class Feed(NamedTuple):
    """A parsed feed."""

    url: str
    title: str
    link: str  # the site
    language: str
    format: str  # rss20, atom10, json11, sitemap ...
    entries: Sequence[FeedEntry]
    ttl_minutes: int | None  # the longest of ttl and sy:updatePeriod/updateFrequency
    next_page: str  # RFC 5005 rel=next / prev-archive, absolute, or ""
    skipped: int  # entries over the limit, counted and reported


class Page(NamedTuple):
    """The bytes of one fetched or ingested document, on their way to extraction."""

    url: str  # as asked for
    final_url: str  # after redirects
    content_type: str  # the header, verbatim
    body: bytes  # decompressed
    fetched_at: int


class Removal(NamedTuple):
    """One line that was stripped, and why."""

    text: str
    rule: str  # e.g. share-bar, sponsored, newsletter, related, caption, credit, byline, legal


class Span(NamedTuple):
    """A piece of the headline or the body: `field_text[start:end] == text`."""

    field: str  # headline | body
    start: int
    end: int
    text: str


class CountryMention(NamedTuple):
    """One place where the text names a country, or an organisation that acts like one."""

    code: str  # ISO 3166-1 alpha-3, or the code of an organisation
    field: str  # headline | body
    start: int
    end: int
    text: str
    kind: str  # country | demonym | capital | city | region | leader | government | military | org
    role: str  # dateline | byline | actor | place | modifier


class Country(NamedTuple):
    """A country of an article with the salience model's answer."""

    code: str
    salience: float  # 0..1; from .5 on the story is about it
    mentions: Sequence[CountryMention]


class Evidence(NamedTuple):
    """A sentence that proves a pair, with the two mentions and the trigger inside it."""

    field: str  # headline | body
    start: int  # of the sentence
    end: int
    text: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    trigger_start: int  # -1 where no trigger spoke
    trigger_end: int


class CountryPair(NamedTuple):
    """Two countries of an article, in alphabetical order (CHN-RUS, never RUS-CHN)."""

    a: str
    b: str
    score: float  # calibrated probability that the two deal with each other
    evidence: Sequence[Evidence]  # best first, at most 3


class Relation(NamedTuple):
    """A coded statement: who did what to whom."""

    source: str
    target: str
    event_type: str  # PLOVER: AGREE, CONSULT, SUPPORT, COOPERATE, AID, YIELD, REQUEST, ACCUSE ...
    cameo_root: str  # "01".."20"
    quad_class: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict
    goldstein: float  # -10..10
    mode: str  # happened | planned | threatened | denied | past
    score: float
    field: str
    start: int  # of the sentence
    end: int
    text: str
    source_start: int
    source_end: int
    target_start: int
    target_end: int
    trigger_start: int
    trigger_end: int


class Topic(NamedTuple):
    """One IPTC Media Topic (or `ir:` extension, or user-defined topic) of an article."""

    id: str  # medtop:20000639, ir:arms-trade, user:...
    label: str
    level: int
    ancestors: Sequence[str]  # ids, from the top down
    score: float  # calibrated 0..1
    method: str  # lexicon | model | fusion | rule | user
    evidence: Sequence[Span]
    vocabulary_version: str = ""  # of the list that the id is from; "" for topics of the user


class FieldSource(NamedTuple):
    """Where one field of an article came from."""

    field: str  # headline | standfirst | authors | agency | section | publisher ...
    source: str  # shown | json-ld | meta | title | dateline | byline | feed | host | text


class Article(NamedTuple):
    """One version of one article, from extraction to the lake."""

    entry_id: str
    feed_url: str
    guid: str
    source: str  # as FeedEntry.source
    original_url: str  # as the feed or the user gave it
    url: str  # canonical, final
    article_id: str  # hash of `url`
    headline: str
    standfirst: str
    article_body: str  # paragraphs separated by one newline
    section: str
    authors: Sequence[str]
    agency: str
    dateline: str  # place and date line as printed, e.g. "MOSCOW"
    publisher: str
    in_language: str  # BCP 47
    date_published: int | None
    day_published: str  # YYYY-MM-DD where it was published; "" : the day of date_published in UTC
    date_modified: int | None
    date_source: str  # json-ld | meta | shown | feed | url | fetched ...
    date_fetched: int
    image: str
    caption: str
    text_source: str  # page | feed | json-ld | file
    is_truncated: bool
    content_hash: str  # of headline and body as its page alone gives them, blanks folded
    signature: Sequence[int]  # MinHash bands of the body, for near-duplicates
    removed: Sequence[Removal]
    countries: Sequence[Country]
    pairs: Sequence[CountryPair]
    relations: Sequence[Relation]
    topics: Sequence[Topic]
    field_sources: Sequence[FieldSource] = ()  # of the fields that are not empty
    doubtful: Sequence[str] = ()  # lines, in the text or not, that its page alone cannot settle


class Refined(NamedTuple):
    """A finished article and the CPU seconds that it took."""

    article: Article
    extract_seconds: float  # parsing, extraction and stripping
    tag_seconds: float  # language, identity, countries, relations, pairs and topics


class PackedRows(NamedTuple):
    """Checked rows of one file, as bytes; see `schemas.packed_rows`."""

    table: str
    month: str  # YYYY-MM: of the file's partition
    identity: str  # chooses the file among those of the month
    rows: bytes


class LineKeys(NamedTuple):
    """What tells which lines of an article belong to its site; see `transforms.site_repeats`."""

    site: str  # whose pages it is compared with; "" where with none
    story: int  # key of the headline
    lines: bytes  # int64, little-endian: keys of the lines of its text
    doubtful: bytes  # the same of the lines, in the text or not, of which the models are not sure


class PackedArticle(NamedTuple):
    """A finished article as the lake takes it: its rows, and what decides about them."""

    article_id: str
    feed_url: str
    entry_id: str
    content_hash: str
    date_published: int | None
    date_fetched: int
    signature: Sequence[int]
    rows: Sequence[PackedRows]  # of each table that it reaches
    line_keys: LineKeys = LineKeys("", 0, b"", b"")


class RefinedRows(NamedTuple):
    """A finished article, packed, and the CPU seconds that it took until then."""

    article: PackedArticle
    extract_seconds: float
    tag_seconds: float
