"""Articles, and lakes that hold them, for the tests of the lake and of what reads it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from pipeline.lake.parquet_files import write_file
from pipeline.lake.store import Lake
from schemas.contract import article_rows, entry_row, run_row
from schemas.records import (
    Article,
    Country,
    CountryMention,
    CountryPair,
    Evidence,
    Relation,
    Removal,
    Span,
    Topic,
)
from schemas.rows import RunRow
from schemas.run_records import Outcome, WrittenFile
from schemas.tables import TABLES

settings.register_profile("ci", derandomize=True)  # chance is for those who can look into it
if os.environ.get("CI"):
    settings.load_profile("ci")

DAY = 86_400_000_000
JANUARY = 1_767_571_200_000_000  # Monday 2026-01-05

Rows = dict[str, list[dict[str, Any]]]

PEOPLE = {"Russia": "RUS", "China": "CHN", "Ukraine": "UKR", "France": "FRA"}


def story(number: int, first: str = "Russia", second: str = "China", day: int = 0) -> Article:
    """One article in which two countries sign a deal, with all annotations and true offsets."""
    sentence = f"{first} signed deal {number} with {second}."
    body = f"{sentence}\nOfficials smiled."
    a, b = sorted([first, second], key=PEOPLE.__getitem__)
    at = {name: (sentence.index(name), sentence.index(name) + len(name)) for name in (a, b)}
    signed = sentence.index("signed")
    return Article(
        entry_id=f"e{number}",
        feed_url="https://news.example/feed",
        guid=f"guid-{number}",
        source="feed",
        original_url=f"https://news.example/{number}?utm_source=x",
        url=f"https://news.example/{number}",
        article_id=hashlib.sha256(str(number).encode()).hexdigest()[:32],
        headline=f"{first} and {second}, part {number}",
        standfirst="",
        article_body=body,
        section="World",
        authors=["A. Writer"],
        agency="",
        dateline="MOSCOW",
        publisher="The Example",
        in_language="en",
        day_published="",
        date_published=JANUARY + day * DAY,
        date_modified=None,
        date_source="feed",
        date_fetched=JANUARY + (day + 1) * DAY,
        image="",
        caption="",
        text_source="page",
        is_truncated=False,
        content_hash=hashlib.sha256(body.encode()).hexdigest()[:16],
        signature=[number, -number],
        removed=[Removal("Share this", "share-bar")],
        countries=[
            Country(
                PEOPLE[name],
                0.9,
                [CountryMention(PEOPLE[name], "body", *at[name], name, "country", "actor")],
            )
            for name in (a, b)
        ],
        pairs=[
            CountryPair(
                PEOPLE[a],
                PEOPLE[b],
                0.8,
                [Evidence("body", 0, len(sentence), sentence, *at[a], *at[b], signed, signed + 6)],
            )
        ],
        relations=[
            Relation(
                PEOPLE[first],
                PEOPLE[second],
                "AGREE",
                "05",
                1,
                4.0,
                "happened",
                0.7,
                "body",
                0,
                len(sentence),
                sentence,
                *at[first],
                *at[second],
                signed,
                signed + 6,
            )
        ],
        topics=[
            Topic(
                "medtop:20000639",
                "treaty",
                3,
                ["medtop:11000000"],
                0.6,
                "lexicon",
                [Span("body", signed, signed + 6, "signed")],
            )
        ],
    )


def rows_of(
    articles: Iterable[Article], run_id: str, version: int = 1, cluster_id: str = ""
) -> Rows:
    """The rows of a whole run that landed `articles`: also its ledger and its line in `runs`."""
    rows: Rows = {}
    count = 0
    for article in articles:
        cluster = cluster_id or article.article_id
        made = article_rows(article, version=version, cluster_id=cluster, run_id=run_id)
        made["feed_entries"] = [entry_row(landed(article, version), run_id=run_id)]
        for table, found in made.items():
            rows.setdefault(table, []).extend(found)
        count += 1
    rows["runs"] = [
        run_row(finished(run_id, new=count * (version == 1), changed=count * (version > 1)))
    ]
    return rows


def landed(article: Article, version: int = 1) -> Outcome:
    """The ledger's line of an article that was written."""
    return Outcome(
        article.entry_id,
        article.feed_url,
        article.guid,
        article.original_url,
        f"f{version}",
        "new" if version == 1 else "version",
        article.article_id,
        version,
        "",
        0,
        article.date_fetched,
    )


def finished(run_id: str, new: int = 0, changed: int = 0) -> RunRow:
    """A run that ended well."""
    return RunRow(
        run_id, "run", JANUARY, JANUARY + DAY, 1, 0, new + changed, new, changed, 0, 0, 0, "0.1.0"
    )


def stage(
    root: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]], run_id: str
) -> list[WrittenFile]:
    """Write rows to the run's staging folder, one file per table and month."""
    files = []
    for table, found in rows.items():
        column = TABLES[table].partition
        for month in sorted({row[column] for row in found}):
            chosen = [row for row in found if row[column] == month]
            files.append(write_file(table, f"{column}={month}", chosen, 0, root, run_id))
    return files


def publish_run(root: Path, articles: Iterable[Article], run_id: str, version: int = 1) -> Lake:
    """One whole run: lock, recover, stage, publish."""
    lake = Lake.create_or_open(root)
    with lake.lock(run_id):
        lake.recover()
        lake.publish(run_id, stage(root, rows_of(articles, run_id, version), run_id))
    return lake


@pytest.fixture
def make_story() -> Callable[..., Article]:
    """Makes one article."""
    return story


@pytest.fixture
def make_rows() -> Callable[..., Rows]:
    """Makes the rows of a run."""
    return rows_of


@pytest.fixture
def stage_rows() -> Callable[..., list[WrittenFile]]:
    """Writes rows to staging."""
    return stage


@pytest.fixture
def run_into() -> Callable[..., Lake]:
    """Publishes articles as one run."""
    return publish_run
