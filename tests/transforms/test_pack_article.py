"""An article crosses the run as bytes, and is the same rows at the other end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schemas.contract import article_rows
from schemas.errors import FinalError
from schemas.packed_rows import unpack_rows
from schemas.records import Article, PackedArticle, Refined
from schemas.rows import LEAD, Row
from transforms.pack_article import pack, pack_without, refine_to_rows
from transforms.pages.line_keys import line_key

NOW = 1_790_000_000_000_000
DECIDED: dict[str, Any] = {"version": 3, "cluster_id": "first-of-them", "run_id": "r7"}


def unpacked(article: PackedArticle) -> dict[str, list[Row]]:
    return {packed.table: unpack_rows(packed.rows, DECIDED) for packed in article.rows}


def test_packed_rows_are_those_of_the_article_with_what_was_decided(
    make_story: Callable[..., Article],
) -> None:
    article = make_story(1)
    assert unpacked(pack(article)) == article_rows(article, **DECIDED)


def test_packed_rows_tell_their_file(make_story: Callable[..., Article]) -> None:
    article = make_story(1)
    rows = article_rows(article, **DECIDED)
    for packed in pack(article).rows:
        assert packed.month == rows[packed.table][0]["published_month"]
        assert packed.identity == article.article_id


def test_a_table_that_an_article_does_not_reach_has_no_rows(
    make_story: Callable[..., Article],
) -> None:
    alone = make_story(1)._replace(pairs=[], relations=[])
    assert list(unpacked(pack(alone))) == ["articles"]


def test_what_settles_an_article_stands_beside_its_rows(make_story: Callable[..., Article]) -> None:
    article = make_story(1)
    packed = pack(article)._asdict()
    del packed["rows"], packed["line_keys"]
    assert packed == {name: getattr(article, name) for name in packed}


def test_a_row_that_breaks_the_contract_costs_its_article_alone(
    make_story: Callable[..., Article],
) -> None:
    article = make_story(1)
    moved = article.relations[0]._replace(start=5)
    with pytest.raises(FinalError) as refused:
        pack(article._replace(relations=[moved]))
    assert (refused.value.stage, refused.value.reason) == ("contract", "broken-row")
    assert "relations: body[5:" in refused.value.message


@pytest.mark.parametrize(("ahead", "is_kept"), [(LEAD, True), (LEAD + 1, False)])
def test_a_date_of_publication_that_is_still_to_come_is_unknown(
    make_story: Callable[..., Article], ahead: int, is_kept: bool
) -> None:
    article = make_story(1)._replace(date_published=NOW + ahead)
    packed = refine_to_rows(lambda: Refined(article, 0.1, 0.2), NOW)
    assert packed.article.date_published == (NOW + ahead if is_kept else None)
    row = unpacked(packed.article)["articles"][0]
    assert (row["date_source"] == "fetched") is not is_kept
    assert (packed.extract_seconds, packed.tag_seconds) == (0.1, 0.2)


def test_an_article_without_a_line_of_its_site_is_tagged_anew(
    make_story: Callable[..., Article],
) -> None:
    article = make_story(1)
    promo = "Free to read."
    article = article._replace(article_body=f"{promo}\n{article.article_body}")
    packed = pack(article._replace(countries=[], pairs=[], relations=[], topics=[]))
    shorter = pack_without(packed, [line_key(promo)])
    assert shorter is not None
    rows = unpacked(shorter)
    assert rows["articles"][0]["article_body"] == make_story(1).article_body
    assert rows["country_pairs"]
    assert (shorter.article_id, shorter.content_hash) == (packed.article_id, packed.content_hash)
    assert list(shorter.signature) == list(packed.signature)


def test_an_article_without_such_a_line_is_left_alone(make_story: Callable[..., Article]) -> None:
    assert pack_without(pack(make_story(1)), [7]) is None
