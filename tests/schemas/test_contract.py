"""What the contract lets through, and what it refuses by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from schemas.contract import article_rows, check_row, entry_row, run_row
from schemas.errors import ContractError
from schemas.records import Article, FieldSource, Removal
from schemas.rows import RunRow, article_row, untagged_article
from schemas.run_records import Outcome
from schemas.tables import TABLES

ARGUMENTS: dict[str, Any] = {"version": 1, "cluster_id": "c", "run_id": "r1"}


@pytest.fixture
def article(make_story: Callable[..., Article]) -> Article:
    return make_story(1)


@pytest.fixture
def row(article: Article) -> dict[str, Any]:
    return article_rows(article, **ARGUMENTS)["articles"][0]


def test_a_true_article_has_rows_in_three_tables(article: Article) -> None:
    found = article_rows(article, **ARGUMENTS)
    assert {table: len(rows) for table, rows in found.items()} == {
        "articles": 1,
        "country_pairs": 1,
        "relations": 1,
    }
    for table, rows in found.items():
        assert set(rows[0]) == set(TABLES[table].full_schema.names)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"headlin": "x"}, "articles.'headlin': unknown column"),
        ({"headline": None}, "articles.headline is null"),
        ({"headline": 7}, "articles.headline is 7 (int): not text"),
        ({"headline": "half \ud83d"}, "articles.headline: not Unicode text at character 5"),
        ({"version": 2**40}, "articles.version is 1099511627776: more than 32 bits"),
        ({"version": True}, "articles.version is True (bool): not an integer"),
        ({"date_published": datetime(2026, 1, 1)}, "not a time with a time zone"),  # noqa: DTZ001
        ({"published_month": "../../etc"}, "articles.published_month is '../../etc'"),
        ({"published_month": "2026-13"}, "not a month"),
        ({"authors": "A. Writer"}, "articles.authors is 'A. Writer' (str): not a list"),
        ({"authors": [None]}, "articles.authors is null"),
        ({"countries": [{"code": "RUS"}]}, "articles.countries.mentions: column is missing"),
        ({"pairs": [{"pair": "CHN-RUS", "score": float("nan")}]}, "articles.pairs.score is nan"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_column(
    row: dict[str, Any], change: dict[str, Any], words: str
) -> None:
    check_row("articles", row)
    with pytest.raises(ContractError) as refused:
        check_row("articles", row | change)
    assert words in str(refused.value)


def test_a_missing_column_and_an_unknown_table_are_named(row: dict[str, Any]) -> None:
    del row["url"]
    with pytest.raises(ContractError, match=r"articles\.url: column is missing"):
        check_row("articles", row)
    with pytest.raises(ContractError, match="artikel: no such table; there are articles"):
        check_row("artikel", row)


def test_a_mention_must_cut_its_text_out_of_the_article(article: Article) -> None:
    country = article.countries[0]
    moved = country.mentions[0]._replace(start=country.mentions[0].start + 1)
    wrong = article._replace(countries=[country._replace(mentions=[moved])])
    with pytest.raises(ContractError, match=r"articles\.countries\.mentions: "):
        article_rows(wrong, **ARGUMENTS)


def test_a_sentence_must_cut_its_text_out_of_the_article(article: Article) -> None:
    pair = article.pairs[0]
    moved = pair.evidence[0]._replace(end=pair.evidence[0].end - 1)
    with pytest.raises(ContractError, match=r"country_pairs\.evidence: body\[0:"):
        article_rows(article._replace(pairs=[pair._replace(evidence=[moved])]), **ARGUMENTS)
    relation = article.relations[0]._replace(text="something else")
    with pytest.raises(ContractError, match=r"relations: .* not 'something else'"):
        article_rows(article._replace(relations=[relation]), **ARGUMENTS)


@pytest.mark.parametrize("part", ["a", "b", "trigger"])
def test_what_proves_a_pair_lies_inside_its_sentence(article: Article, part: str) -> None:
    pair = article.pairs[0]
    end = pair.evidence[0].end
    moved = pair.evidence[0]._replace(**{f"{part}_start": end, f"{part}_end": end + 3})
    with pytest.raises(ContractError, match=rf"country_pairs\.evidence\.{part}_start"):
        article_rows(article._replace(pairs=[pair._replace(evidence=[moved])]), **ARGUMENTS)


def test_a_run_must_add_up() -> None:
    run = RunRow("r1", "run", 1, 2, 1, 0, 5, 3, 0, 1, 1, 0, "0.1.0")
    assert run_row(run)["entries_seen"] == 5
    with pytest.raises(ContractError, match=r"runs\.entries_seen is 6, but 5 ended somewhere"):
        run_row(run._replace(entries_seen=6))


def test_a_known_entry_has_no_row() -> None:
    known = Outcome("e", "f", "g", "l", "x", "known", "a", 1, "", 0, 1)
    with pytest.raises(ContractError, match="known entries are only counted"):
        entry_row(known, run_id="r1")


def test_rows_become_arrow_without_loss(article: Article) -> None:
    for table, rows in article_rows(article, **ARGUMENTS).items():
        schema = TABLES[table].schema
        bare = [{name: row[name] for name in schema.names} for row in rows]
        read_back = pa.Table.from_pylist(bare, schema=schema).to_pylist()
        as_text = [json.dumps(r, default=str, sort_keys=True) for r in bare]
        assert [json.dumps(r, default=str, sort_keys=True) for r in read_back] == as_text


def test_every_table_says_how_it_is_kept() -> None:
    for table in TABLES.values():
        names = set(table.full_schema.names)
        assert {*table.key, *table.sort, *table.bloom, table.shard_by} <= names
        assert set(table.key) <= set(table.sort), "equal keys must not leave the order open"


@pytest.mark.parametrize("date", [None, -86_400_000_000, 1_700_000_000_000_001])
def test_a_row_gives_back_its_article_without_the_tags(
    make_story: Callable[..., Article], date: int | None
) -> None:
    article = make_story(1)._replace(
        date_published=date,
        date_source="" if date is None else "meta",
        day_published="" if date is None else "2023-11-14",
        date_modified=date,
        removed=[Removal("Share", "share")],
        field_sources=[FieldSource("headline", "shown")],
    )
    given: dict[str, Any] = {"version": 1, "cluster_id": "c", "run_id": "r"}
    untagged = article._replace(countries=[], pairs=[], relations=[], topics=[])
    assert article_row(untagged_article(article_row(article, **given)), **given) == article_row(
        untagged, **given
    )
