"""Records in, rows of the lake's tables out: plain dicts, one key for every column.

A row holds every column of its table and the partition column (`YYYY-MM`), which comes from our own
integers only. An unknown publication date becomes the date of the fetch, and `date_source` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from schemas.countries import is_country, pair_key
from schemas.errors import ContractError
from schemas.records import (
    Article,
    Country,
    CountryPair,
    Evidence,
    FieldSource,
    Relation,
    Removal,
    Topic,
)
from schemas.run_records import DeadLetter, FeedFetch, Outcome

Row = dict[str, Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = -2_208_988_800_000_000  # 1900-01-01; older than any news page
LATEST = 4_102_444_800_000_000  # 2100-01-01
LEAD = 2 * 86_400_000_000  # microseconds that a publisher's clock and zone may be ahead of ours


class RunRow(NamedTuple):
    """What one run did. The five ends add up to `entries_seen`."""

    run_id: str
    command: str  # run | watch | ingest | demo
    started_at: int
    finished_at: int
    feeds_polled: int
    feeds_failed: int
    entries_seen: int
    articles_new: int
    versions: int
    duplicates: int
    already_known: int
    dead_letters: int
    software_version: str


def moment(micros: int, column: str = "time") -> datetime:
    """Microseconds since 1970 as a UTC datetime; ContractError outside 1900 to 2100."""
    if not EARLIEST <= micros < LATEST:
        raise ContractError(f"{column} is {micros}: not a time between the years 1900 and 2100")
    return EPOCH + timedelta(microseconds=micros)


def month(micros: int, column: str = "time") -> str:
    """The UTC month of a time in microseconds, `YYYY-MM`."""
    return moment(micros, column).strftime("%Y-%m")


def article_row(
    article: Article, *, version: int, cluster_id: str, run_id: str, tagger_version: str = ""
) -> Row:
    """The row of `articles`."""
    return {
        **_shared(article, version, cluster_id, run_id),
        "original_url": article.original_url,
        "feed_url": article.feed_url,
        "guid": article.guid,
        "entry_id": article.entry_id,
        "source": article.source,
        "standfirst": article.standfirst,
        "article_body": article.article_body,
        "word_count": len(article.article_body.split()),
        "section": article.section,
        "authors": list(article.authors),
        "agency": article.agency,
        "dateline": article.dateline,
        "in_language": article.in_language,
        "image": article.image,
        "caption": article.caption,
        "day_published": article.day_published
        or f"{moment(_published(article), 'date_published'):%Y-%m-%d}",
        "date_source": _date_source(article),
        "date_modified": _optional_moment(article.date_modified, "date_modified"),
        "date_fetched": moment(article.date_fetched, "date_fetched"),
        "text_source": article.text_source,
        "is_truncated": article.is_truncated,
        "content_hash": article.content_hash,
        "signature": list(article.signature),
        "countries": [_country(country) for country in article.countries],
        "pairs": [{"pair": pair_key(p.a, p.b), "score": p.score} for p in article.pairs],
        "topics": [_topic(topic) for topic in article.topics],
        "removed": [{"text": text, "rule": rule} for text, rule in article.removed],
        "tagger_version": tagger_version,
        "field_sources": [source._asdict() for source in article.field_sources],
    }


def untagged_article(row: Row) -> Article:
    """The article that a row of `articles` was made of, before it was tagged: makes the same row again."""
    same = {name: row[name] for name in Article._fields if name in row}
    is_dated = row["date_source"] != "fetched"
    told: dict[str, Any] = {
        "date_published": _micros(row["date_published"]) if is_dated else None,
        "date_modified": None if row["date_modified"] is None else _micros(row["date_modified"]),
        "date_fetched": _micros(row["date_fetched"]),
        "removed": [Removal(**removal) for removal in row["removed"]],
        "field_sources": [FieldSource(**source) for source in row["field_sources"]],
    }
    return Article(**{**same, **told, "countries": [], "pairs": [], "relations": [], "topics": []})


def _micros(when: datetime) -> int:
    return (when - EPOCH) // timedelta(microseconds=1)


def pair_rows(article: Article, *, version: int, cluster_id: str, run_id: str) -> list[Row]:
    """The rows of `country_pairs`, strongest pair first."""
    shared = {
        **_shared(article, version, cluster_id, run_id),
        "in_language": article.in_language,
        "date_source": _date_source(article),
        "topics": [{"id": t.id, "label": t.label, "score": t.score} for t in article.topics],
    }
    ranked = sorted(article.pairs, key=lambda pair: (-pair.score, pair_key(pair.a, pair.b)))
    return [
        {**shared, **_pair(pair, article.relations), "rank": rank}
        for rank, pair in enumerate(ranked, start=1)
    ]


def relation_rows(article: Article, *, version: int, cluster_id: str, run_id: str) -> list[Row]:
    """The rows of `relations`, in the order of the text."""
    shared = _shared(article, version, cluster_id, run_id)
    return [
        {**shared, **relation._asdict(), "pair": _pair_of(relation)}
        for relation in article.relations
    ]


def dead_letter_row(letter: DeadLetter, *, run_id: str) -> Row:
    """The row of `dead_letters`."""
    return {
        **letter._asdict(),
        "failed_at": moment(letter.failed_at, "failed_at"),
        "failed_month": month(letter.failed_at, "failed_at"),
        "run_id": run_id,
    }


def fetch_row(fetch: FeedFetch, *, run_id: str) -> Row:
    """The row of `feed_fetches`."""
    return {
        **fetch._asdict(),
        "fetched_at": moment(fetch.fetched_at, "fetched_at"),
        "next_check": moment(fetch.next_check, "next_check"),
        "fetched_month": month(fetch.fetched_at, "fetched_at"),
        "run_id": run_id,
    }


def entry_row(outcome: Outcome, *, run_id: str) -> Row:
    """The row of `feed_entries`; an entry that ended as known has none (ContractError)."""
    if outcome.outcome == "known":
        raise ContractError("feed_entries.outcome is 'known': known entries are only counted")
    return {
        **outcome._asdict(),
        "seen_at": moment(outcome.seen_at, "seen_at"),
        "seen_month": month(outcome.seen_at, "seen_at"),
        "run_id": run_id,
    }


def run_row(run: RunRow) -> Row:
    """The row of `runs`."""
    return {
        **run._asdict(),
        "started_at": moment(run.started_at, "started_at"),
        "finished_at": moment(run.finished_at, "finished_at"),
        "started_month": month(run.started_at, "started_at"),
    }


def _shared(article: Article, version: int, cluster_id: str, run_id: str) -> Row:
    """What all three tables of an article repeat, so that one table answers one question."""
    published = _published(article)
    return {
        "article_id": article.article_id,
        "version": version,
        "url": article.url,
        "headline": article.headline,
        "publisher": article.publisher,
        "date_published": moment(published, "date_published"),
        "published_month": month(published, "date_published"),
        "cluster_id": cluster_id,
        "run_id": run_id,
    }


def _published(article: Article) -> int:
    return article.date_fetched if article.date_published is None else article.date_published


def _date_source(article: Article) -> str:
    return "fetched" if article.date_published is None else article.date_source


def _optional_moment(micros: int | None, column: str) -> datetime | None:
    return None if micros is None else moment(micros, column)


def _country(country: Country) -> Row:
    mentions = [
        {"field": field, "start": start, "end": end, "text": text, "kind": kind, "role": role}
        for _, field, start, end, text, kind, role in country.mentions
    ]
    return {"code": country.code, "salience": country.salience, "mentions": mentions}


def _topic(topic: Topic) -> Row:
    return {
        **topic._asdict(),
        "ancestors": list(topic.ancestors),
        "evidence": [span._asdict() for span in topic.evidence],
    }


def _pair(pair: CountryPair, relations: Any) -> Row:
    key = pair_key(pair.a, pair.b)
    between = [r for r in relations if _pair_of(r) == key]
    kindly = sum(r.quad_class <= 2 for r in between)
    return {
        "pair": key,
        "country_a": min(pair.a, pair.b),
        "country_b": max(pair.a, pair.b),
        "score": pair.score,
        "evidence": [_sentence(sentence, is_swapped=pair.a > pair.b) for sentence in pair.evidence],
        "goldstein": sum(r.goldstein for r in between) / len(between) if between else None,
        "cooperation": kindly,
        "conflict": len(between) - kindly,
    }


def _sentence(evidence: Evidence, *, is_swapped: bool) -> Mapping[str, Any]:
    if not is_swapped:
        return evidence._asdict()
    return evidence._replace(
        a_start=evidence.b_start,
        a_end=evidence.b_end,
        b_start=evidence.a_start,
        b_end=evidence.a_end,
    )._asdict()


def _pair_of(relation: Relation) -> str | None:
    is_pair = is_country(relation.source) and is_country(relation.target)
    return pair_key(relation.source, relation.target) if is_pair else None
