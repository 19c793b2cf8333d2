"""The whole flow on the bundled newsroom: real HTTP over loopback, real Parquet, real DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.lake.check import check_lake
from pipeline.newsroom.site import Newsroom, serve
from pipeline.options import RunOptions
from pipeline.queries.query import connect
from pipeline.report import RunReport
from pipeline.run import run_feeds
from pipeline.sources.feed_list import read_feeds
from schemas.tables import TABLES

NOW = 1_795_000_000_000_000
HOUR = 3_600_000_000
LOOPBACK = ("127.0.0.0/8",)
COMPARED = (
    "articles",
    "country_pairs",
    "relations",
    "dead_letters",
    "feed_entries",
    "feed_fetches",
)


def run(newsroom: Newsroom, lake: Path, run_id: str, **changes: object) -> RunReport:
    feeds_file = lake.parent / "feeds.opml"
    feeds_file.write_text(newsroom.feeds_opml, encoding="utf-8")
    options = RunOptions(
        lake=str(lake),
        run_id=run_id,
        now=NOW,
        workers=2,
        fetch=FetchSettings(allow_networks=LOOPBACK, per_host=4),
    )
    urls = [feed.url for feed in read_feeds(feeds_file)]
    return run_feeds(urls, replace(options, **changes), quiet=True)  # type: ignore[arg-type]


class Runs:
    """Two runs over the newsroom: before and after its second edition."""

    def __init__(self, folder: Path) -> None:
        with serve() as newsroom:
            self.newsroom = newsroom
            self.lake = folder / "lake"
            self.first = run(newsroom, self.lake, "first")
            twin = run(newsroom, folder / "twin", "first", workers=1)
            self.twin, self.twin_lake = twin, folder / "twin"
            newsroom.publish_second_edition()
            seen = len(newsroom.requests)
            self.second = run(newsroom, self.lake, "second", now=NOW + 25 * HOUR)
            self.second_requests = newsroom.requests[seen:]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    yield Runs(tmp_path_factory.mktemp("newsroom"))


def test_every_entry_ends_somewhere_and_the_sums_agree(runs: Runs) -> None:
    for report in (runs.first, runs.second):
        assert report.adds_up
    assert runs.first.entries >= 80
    assert runs.first.ended["new"] >= 60
    assert runs.first.ended["known"] == 0


def test_the_lake_is_whole_after_two_runs(runs: Runs) -> None:
    assert [str(finding) for finding in check_lake(runs.lake)] == []


def test_the_second_run_brings_only_what_changed(runs: Runs) -> None:
    assert runs.second.ended["version"] == 1
    assert runs.second.ended["new"] == 1
    with connect(runs.lake) as connection:
        rows = connection.sql("SELECT max(version), count(*) FROM articles WHERE version > 1")
        assert rows.fetchall() == [(2, 1)]


def test_unchanged_feeds_are_asked_conditionally_and_answer_304(runs: Runs) -> None:
    not_modified = [r for r in runs.second_requests if r.status == 304]
    assert len(not_modified) >= 5
    assert all(
        "if-none-match" in r.headers or "if-modified-since" in r.headers for r in not_modified
    )


def test_a_gone_feed_is_not_asked_again(runs: Runs) -> None:
    with connect(runs.lake) as connection:
        gone = connection.sql(
            "SELECT feed_url, count(*) FROM feed_fetches WHERE feed_url IN "
            "(SELECT feed_url FROM feed_fetches WHERE status = 410) GROUP BY ALL"
        ).fetchall()
    assert [polls for _, polls in gone] == [1]


def test_one_worker_and_two_write_the_same_bytes(runs: Runs) -> None:
    assert runs.twin.ended == runs.first.ended
    for table in COMPARED:
        mine = sorted((runs.lake / table).rglob("first-*.parquet"))
        twin = sorted((runs.twin_lake / table).rglob("first-*.parquet"))
        assert [p.name for p in mine] == [p.name for p in twin]
        assert [p.read_bytes() for p in mine] == [p.read_bytes() for p in twin], table


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_polars_pandas_and_readers_of_delta_see_the_same_rows(
    runs: Runs, table: str
) -> None:
    folder, columns = runs.lake / table, list(TABLES[table].key or TABLES[table].sort)
    pattern = str(folder / "**" / "*.parquet")
    found = duckdb.sql(
        f"SELECT {', '.join(columns)} FROM read_parquet('{pattern}', hive_partitioning=true)"
    ).to_arrow_table()
    by_duckdb = sorted(pl.DataFrame(found).rows(), key=str)
    by_polars = pl.read_parquet(pattern, hive_partitioning=True)[columns].rows()
    by_delta = pl.scan_delta(str(folder)).select(columns).collect().rows()
    by_pandas = list(pd.read_parquet(folder)[columns].itertuples(index=False, name=None))
    assert by_duckdb
    assert sorted(by_polars, key=str) == by_duckdb
    assert sorted(by_delta, key=str) == by_duckdb
    assert len(by_pandas) == len(by_duckdb)
    assert {row[0] for row in by_pandas} == {row[0] for row in by_duckdb}


def test_a_syndicated_story_is_one_cluster_of_three_articles(runs: Runs) -> None:
    with connect(runs.lake) as connection:
        sizes = connection.sql(
            "SELECT count(DISTINCT article_id) FROM articles GROUP BY cluster_id ORDER BY 1 DESC"
        ).fetchall()
    assert sizes[0][0] >= 3
    assert sizes[-1][0] == 1


def test_what_failed_is_a_dead_letter_with_its_reason(runs: Runs) -> None:
    with connect(runs.lake) as connection:
        reasons = set(connection.sql("SELECT DISTINCT stage, reason FROM dead_letters").fetchall())
    assert {
        ("fetch", "http-404"),
        ("robots", "disallowed"),
        ("extract", "not-an-article"),
    } <= reasons


def test_a_second_writer_is_told_so_and_nothing_breaks(runs: Runs) -> None:
    from pipeline.lake.store import Lake
    from schemas.errors import LakeError

    with Lake.open(runs.lake).lock("other"), pytest.raises(LakeError, match="other"):
        run(runs.newsroom, runs.lake, "third")


def cookbook_queries() -> list[str]:
    page = (Path(__file__).resolve().parent.parent / "docs" / "cookbook.md").read_text("utf-8")
    return re.findall(r"```sql\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("sql", cookbook_queries())
def test_every_query_of_the_cookbook_runs_and_answers(runs: Runs, sql: str) -> None:
    with connect(runs.lake) as connection:
        assert connection.sql(sql).fetchall(), sql
