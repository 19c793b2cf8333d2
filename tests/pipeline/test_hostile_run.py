"""One `dateline run` over feeds and pages that are broken or mean: each costs only itself."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hostile_site import DATES, LANDING, MAX_ENTRIES, TITLES, put_up

from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.queries.query import connect
from schemas.tables import TABLES

Dateline = Callable[..., subprocess.CompletedProcess[str]]


class Ended(NamedTuple):
    """A run that has ended, and what it left."""

    process: subprocess.CompletedProcess[str]
    folder: Path  # holds nothing but feeds.txt and the lake
    dateline: Dateline

    @property
    def lake(self) -> Path:
        return self.folder / "lake"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with connect(self.lake) as connection:
            return connection.execute(sql).fetchall()

    def shown(self, sql: str, output: str) -> str:
        answer = self.dateline("query", sql, "--lake", str(self.lake), "--format", output)
        assert (answer.returncode, answer.stderr) == (0, "")
        return answer.stdout


@pytest.fixture(scope="module")
def ended(
    tmp_path_factory: pytest.TempPathFactory,
    loopback_of_module: Any,
    respond: Callable[..., bytes],
    dateline: Dateline,
) -> Ended:
    folder = tmp_path_factory.mktemp("hostile")
    feeds = folder / "feeds.txt"
    feeds.write_text("\n".join(put_up(loopback_of_module, respond)), encoding="utf-8")
    process = dateline(
        *("run", "--feeds", str(feeds), "--lake", str(folder / "lake"), "--workers", "2"),
        *("--allow-network", "127.0.0.0/8", "--timeout", "6", "--max-page-mb", "2"),
        *("--max-entries", str(MAX_ENTRIES), "--quiet", "--json"),
    )
    return Ended(process, folder, dateline)


def test_the_run_ends_well_and_adds_up(ended: Ended) -> None:
    assert (ended.process.returncode, ended.process.stderr) == (0, "")
    summary = json.loads(ended.process.stdout)
    assert summary["adds_up"]
    assert summary["entries"] == sum(summary["ended"].values()) > 60
    assert check_lake(ended.lake) == []


def test_every_page_that_holds_an_article_landed(ended: Ended) -> None:
    urls = [url for (url,) in ended.rows("SELECT url FROM articles")]
    assert {url.rpartition("/")[2] for url in urls} >= set(LANDING)


@pytest.mark.parametrize(
    ("feed", "reasons"),
    [
        ("unreachable", {"connect"}),
        ("html", {"not-a-feed"}),
        ("silent", {"not-a-feed"}),
        ("bomb", {"too-large"}),
        ("endless", {"too-large", "timeout"}),
        ("dripping", {"timeout"}),
        ("loop", {"redirect-loop"}),
    ],
)
def test_a_feed_that_cannot_be_had_is_one_letter_with_its_reason(
    ended: Ended, feed: str, reasons: set[str]
) -> None:
    letters = ended.rows(
        f"SELECT reason FROM dead_letters WHERE stage = 'poll' AND feed_url LIKE '%/{feed}'"
    )
    assert len(letters) == 1
    assert letters[0][0] in reasons
    summary = json.loads(ended.process.stdout)
    assert letters[0][0] in {row["reason"] for row in summary["feed_failures"]}


@pytest.mark.parametrize("feed", ["good", "empty", "nul", "bad-utf8", "long", "hostile", "dates"])
def test_a_feed_that_can_be_read_is_no_failure(ended: Ended, feed: str) -> None:
    sql = f"SELECT status, error FROM feed_fetches WHERE feed_url LIKE '%/feed/{feed}'"
    assert ended.rows(sql) == [(200, "")]


def test_entries_of_a_long_feed_beyond_the_limit_are_counted(ended: Ended) -> None:
    sql = "SELECT entries_seen FROM feed_fetches WHERE feed_url LIKE '%/feed/long'"
    assert ended.rows(sql) == [(MAX_ENTRIES,)]
    assert json.loads(ended.process.stdout)["entries_over_limit"] == 100_000 - MAX_ENTRIES


@pytest.mark.parametrize(
    ("page", "stage", "reasons"),
    [
        ("50-mb", "fetch", {"too-large"}),
        ("bomb", "fetch", {"too-large"}),
        ("endless", "fetch", {"too-large"}),
        ("dripping", "fetch", {"timeout"}),
        ("loop", "fetch", {"redirect-loop"}),
        ("nothing", "fetch", {"empty-body"}),
        ("x", "fetch", {"refused-address"}),
        ("inward", "fetch", {"refused-address"}),
        ("climb", "fetch", {"http-404"}),
    ],
)
def test_a_page_that_cannot_be_had_is_one_letter_with_its_reason(
    ended: Ended, page: str, stage: str, reasons: set[str]
) -> None:
    letters = ended.rows(
        f"SELECT stage, reason FROM dead_letters WHERE stage <> 'poll' AND url LIKE '%/{page}'"
    )
    assert len(letters) == 1
    assert letters[0][0] == stage
    assert letters[0][1] in reasons


def test_a_page_that_parsers_choke_on_ends_somewhere(ended: Ended) -> None:
    sql = "SELECT outcome FROM feed_entries WHERE link LIKE '%/attributes'"
    assert ended.rows(sql) in ([("new",)], [("dead",)])


def test_a_link_that_is_no_web_address_opens_nothing(ended: Ended) -> None:
    assert ended.rows("SELECT url FROM articles WHERE NOT starts_with(url, 'http')") == []
    sql = "SELECT outcome FROM feed_entries WHERE guid LIKE '%passwd' OR guid LIKE '%alert%'"
    assert ended.rows(sql) == [("dead",), ("dead",)]


def test_no_name_from_outside_becomes_a_path(ended: Ended) -> None:
    assert {path.name for path in ended.folder.iterdir()} == {"feeds.txt", "lake"}
    folders = {path.name for path in ended.lake.iterdir() if not path.name.startswith("_")}
    assert folders == set(TABLES)
    files = [file for table in TABLES for file in Lake.open(ended.lake).files(table)]
    assert len(files) >= len(TABLES)
    assert sorted(files) == sorted(map(str, ended.lake.rglob("*.parquet")))


def test_what_is_no_text_does_not_reach_the_lake(ended: Ended) -> None:
    controls = "'[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]'"
    for column in ("headline", "article_body", "publisher", "original_url"):
        sql = f"SELECT {column} FROM articles WHERE regexp_matches({column}, {controls})"
        assert ended.rows(sql) == []
    (body,) = ended.rows("SELECT article_body FROM articles WHERE url LIKE '%/bad-utf8'")[0]
    assert "France and Algeria met" in body


def test_half_a_character_is_no_text_and_takes_no_article_with_it(ended: Ended) -> None:
    sql = "SELECT headline, publisher FROM articles WHERE url LIKE '%/half-characters'"
    ((headline, publisher),) = ended.rows(sql)
    assert "Ministers" in headline
    assert publisher == "The Times"


@pytest.mark.parametrize("page", DATES)
def test_a_date_that_nobody_can_mean_is_no_date(ended: Ended, page: str) -> None:
    sql = f"""SELECT date_source, date_published = date_fetched FROM articles
              WHERE url LIKE '%/{page}'"""
    assert ended.rows(sql) == [("fetched", True)]


def test_the_titles_are_kept_as_they_are_written(ended: Ended) -> None:
    headlines = {headline for (headline,) in ended.rows("SELECT headline FROM articles")}
    assert {TITLES[name] for name in ("formula", "at-sign", "script", "climber")} <= headlines
    as_json = ended.shown("SELECT headline FROM articles", "json").splitlines()
    assert {json.loads(line)["headline"] for line in as_json} == headlines


def test_a_title_that_a_spreadsheet_would_run_is_text_in_csv(ended: Ended) -> None:
    sql = "SELECT headline, -1 AS number FROM articles"
    rows = list(csv.reader(io.StringIO(ended.shown(sql, "csv"))))[1:]
    assert "'" + TITLES["formula"] in {row[0] for row in rows}
    assert all(row[0][0] not in "=+-@" for row in rows)
    assert {row[1] for row in rows} == {"-1"}


def test_a_title_brings_no_markup_into_a_markdown_table(ended: Ended) -> None:
    sql = "SELECT headline FROM articles WHERE url LIKE '%/script'"
    line = ended.shown(sql, "markdown").splitlines()[2]
    assert line == (
        r"| Ministers \<script>alert(1)\</script> meet \| in \[Tunis](javascript:alert(1)) |"
    )


def test_nothing_gives_orders_to_the_terminal(ended: Ended) -> None:
    sql = "SELECT chr(27) || '[2J' || headline AS title FROM articles"
    assert "\x1b" not in ended.shown(sql, "table")
