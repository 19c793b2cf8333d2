"""Questions to a lake, and what they may not do."""

from __future__ import annotations

import json

import pytest

from pipeline.lake.store import Lake
from pipeline.queries.query import connect, run_query
from schemas.errors import InputError


def test_pair_news_takes_either_order(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1), make_story(2, "Ukraine", "Russia")], "r1")
    one = run_query(tmp_path, "SELECT headline FROM pair_news('RUS', 'CHN')", "json")
    assert json.loads(one) == {"headline": "Russia and China, part 1"}
    assert one == run_query(tmp_path, "SELECT headline FROM pair_news('chn', 'rus')", "json")


@pytest.mark.parametrize("macro", ["pair_news", "pair_timeline", "topic_mix", "evidence"])
def test_every_macro_answers_an_empty_lake_with_no_rows(tmp_path, macro):
    Lake.create_or_open(tmp_path)
    with connect(tmp_path) as connection:
        assert connection.execute(f"FROM {macro}('RUS', 'CHN')").fetchall() == []
        assert connection.execute("FROM top_pairs()").fetchall() == []


def test_wrong_sql_is_an_error_of_one_line(tmp_path):
    Lake.create_or_open(tmp_path)
    with pytest.raises(InputError, match=r"^query: .*nonsense.*$"):
        run_query(tmp_path, "SELECT nonsense FROM articles")
