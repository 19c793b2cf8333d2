"""Questions to a lake, and what they may not do."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from pipeline.lake.store import Lake
from pipeline.queries import query
from pipeline.queries.query import connect, run_query
from schemas.errors import InputError, LakeError


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


@pytest.mark.parametrize("name", ["Russia", "RU", "CHN-RUS", ""])
def test_a_macro_takes_no_other_name_of_a_country_for_a_code(tmp_path, make_story, run_into, name):
    run_into(tmp_path, [make_story(1)], "r1")
    with pytest.raises(InputError, match=f'"{name}" is no country code; .*countries list'):
        run_query(tmp_path, f"FROM pair_news('CHN', '{name}')")


def test_a_macro_takes_no_number_for_a_date(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1)], "r1")
    with pytest.raises(InputError, match=r'"10" is no date; .* n := 20'):
        run_query(tmp_path, "FROM top_pairs(10)")


def test_dates_of_every_type_bound_the_list(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1)], "r1")
    for since in ("'2026-01-01'", "DATE '2026-01-01'", "TIMESTAMP '2026-01-01 08:00:00'"):
        assert ask(tmp_path, f"FROM top_pairs(since := {since})")[0]["pair"] == "CHN-RUS"


def test_a_macro_with_a_missing_argument_says_what_it_takes(tmp_path):
    Lake.create_or_open(tmp_path)
    with pytest.raises(InputError, match=r"^query: .*pair_news\(a, b.*$"):
        run_query(tmp_path, "FROM pair_news('CHN')")


def test_wrong_sql_is_an_error_of_one_line(tmp_path):
    Lake.create_or_open(tmp_path)
    with pytest.raises(InputError, match=r"^query: .*nonsense.*$"):
        run_query(tmp_path, "SELECT nonsense FROM articles")
    with pytest.raises(InputError, match=r'^query: .*language.* bindings: .*"in_language".*$'):
        run_query(tmp_path, "SELECT language FROM articles")


def test_sql_of_bytes_that_are_no_text_is_an_error_that_says_where(tmp_path):
    Lake.create_or_open(tmp_path)
    with pytest.raises(InputError, match=r"^query: character 9 of the SQL"):
        run_query(tmp_path, "SELECT '\udcff'")


def ask(lake, sql: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run_query(lake, sql, "json").splitlines()]


def hostile(story, goldstein: float):
    relation = story.relations[0]._replace(event_type="ACCUSE", goldstein=goldstein)
    return story._replace(relations=[*story.relations, relation])


def test_a_timeline_counts_by_week_and_weighs_both_sides(tmp_path, make_story, run_into):
    run_into(
        tmp_path,
        [
            make_story(1),
            hostile(make_story(2, "China", "Russia", day=6), -3.0),
            make_story(3, day=7),
            make_story(4, "Ukraine", "Russia"),
        ],
        "r1",
    )
    assert ask(tmp_path, "FROM pair_timeline('CHN', 'RUS')") == [
        {"week": "2026-01-05", "articles": 2, "stories": 2, "cooperation": 8.0, "conflict": -3.0,
         "goldstein": pytest.approx(5 / 3)},
        {"week": "2026-01-12", "articles": 1, "stories": 1, "cooperation": 4.0, "conflict": 0.0,
         "goldstein": 4.0},
    ]  # fmt: skip


def test_only_the_newest_version_of_an_article_counts(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1), make_story(2)], "r1")
    run_into(tmp_path, [make_story(1, "France", "China")], "r2", version=2)
    pairs = ask(tmp_path, "SELECT pair, articles FROM top_pairs()")
    assert pairs == [{"pair": "CHN-FRA", "articles": 1}, {"pair": "CHN-RUS", "articles": 1}]
    assert ask(tmp_path, "SELECT count(*) AS n FROM articles") == [{"n": 3}]
    assert ask(tmp_path, "SELECT count(*) AS n FROM latest_articles") == [{"n": 2}]


def test_syndicated_copies_are_one_story(tmp_path, make_story, make_rows, stage_rows):
    lake = Lake.create_or_open(tmp_path)
    rows = make_rows([make_story(1), make_story(2)], "r1", cluster_id="c1")
    with lake.lock("r1"):
        lake.publish("r1", stage_rows(tmp_path, rows, "r1"))
    (pair,) = ask(tmp_path, "FROM top_pairs()")
    assert (pair["articles"], pair["stories"], pair["publishers"]) == (2, 1, 1)
    (topic,) = ask(tmp_path, "FROM topic_mix('RUS', 'CHN')")
    assert (topic["topic"], topic["articles"], topic["stories"]) == ("medtop:20000639", 2, 1)


def test_a_pair_counts_from_its_score_and_dates_bound_the_list(tmp_path, make_story, run_into):
    weak = make_story(1)
    weak = weak._replace(pairs=[weak.pairs[0]._replace(score=0.49)])
    run_into(tmp_path, [weak, make_story(2, "Ukraine", "Russia", day=40)], "r1")
    assert [p["pair"] for p in ask(tmp_path, "FROM top_pairs()")] == ["RUS-UKR"]
    everything = ask(tmp_path, "FROM top_pairs(min_score := 0)")
    assert {p["pair"] for p in everything} == {"CHN-RUS", "RUS-UKR"}
    assert ask(tmp_path, "FROM top_pairs(until := '2026-02-01')") == []
    assert ask(tmp_path, "FROM top_pairs(since := '2026-02-14')")[0]["pair"] == "RUS-UKR"
    assert ask(tmp_path, "FROM pair_news('CHN', 'RUS')") == []


def test_evidence_gives_the_sentence_and_the_word_that_ties_the_two(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1)], "r1")
    (row,) = ask(tmp_path, "FROM evidence('CHN', 'RUS')")
    assert row["sentence"] == "Russia signed deal 1 with China."
    assert row["trigger"] == "signed"


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM articles",
        "COPY articles TO 'stolen.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "INSTALL httpfs",
        "ATTACH 'other.db'",
        "SET allowed_paths = ['/']",
        "",
    ],
)
def test_a_query_reads_this_lake_and_does_nothing_else(tmp_path, make_story, run_into, sql):
    run_into(tmp_path, [make_story(1)], "r1")
    with pytest.raises(InputError, match=r"\Aquery: .*\Z"):
        run_query(tmp_path, sql)


def lose(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def garble(path: Path) -> None:
    body = path.read_bytes()
    path.write_bytes(body[:4] + bytes(255 for _ in body[4:-2000]) + body[-2000:])


@pytest.mark.parametrize(
    ("damage", "words"), [(lose, "gone"), (cut, "damaged"), (garble, "damaged")]
)
def test_a_lost_file_is_named_by_every_question(tmp_path, make_story, run_into, damage, words):
    lake = run_into(tmp_path, [make_story(1)], "r1")
    (path,) = lake.files("articles")
    damage(Path(path))
    with pytest.raises(LakeError, match=rf"{words}.*`dateline check`"):
        run_query(tmp_path, "SELECT * FROM articles")
    with pytest.raises(LakeError, match=rf"{words}.*`dateline check`"):
        lake.known_articles([make_story(1).article_id])


def test_a_reader_follows_a_compaction_that_takes_its_files(
    tmp_path, make_story, run_into, monkeypatch
):
    run_into(tmp_path, [make_story(1)], "r1")
    run_into(tmp_path, [make_story(2)], "r2")
    connect_first = query._connected

    def compacted_meanwhile(lake: Lake) -> duckdb.DuckDBPyConnection:
        connection = connect_first(lake)
        writer = Lake.open(tmp_path)
        with writer.lock("compact"):
            writer.compact("articles")
        return connection

    monkeypatch.setattr(query, "_connected", compacted_meanwhile)
    answer = run_query(tmp_path, "SELECT count(article_body) AS n FROM articles", "json")
    assert json.loads(answer) == {"n": 2}


def test_a_question_that_is_interrupted_ends_as_any_command(tmp_path, monkeypatch):
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")  # as DuckDB says it when Ctrl-C comes

    Lake.create_or_open(tmp_path)
    monkeypatch.setattr(query, "_only_reading", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_query(tmp_path, "SELECT 1")
