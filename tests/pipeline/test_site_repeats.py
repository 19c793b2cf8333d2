"""Pages of one site in one run: what they share leaves their texts, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import FixedWindows, TimestampedValue

from pipeline.lake.check import check_lake
from pipeline.options import RunOptions
from pipeline.queries.query import connect
from pipeline.report import RunReport
from pipeline.run import run_documents
from pipeline.runners import empty_pipeline
from pipeline.site_stages import LeaveOutRepeated
from schemas.packed_rows import unpack_rows
from schemas.records import LineKeys
from transforms.pack_article import pack
from transforms.pages.line_keys import packed
from transforms.settle import Settled

NOW = 1_795_000_000_000_000
PROMO = "Harbour Post members keep stories like this one free for everybody."
CAPITALS = {
    "Norway": "Oslo",
    "Poland": "Warsaw",
    "Chile": "Santiago",
    "Japan": "Tokyo",
    "Kenya": "Nairobi",
}
# The countries named behind the promotion have to move with the text
STORY = (
    "The foreign minister of {country} met colleagues from France in {capital} on Friday.",
    "They signed an agreement on {goods} that both parliaments will have to ratify before spring.",
    "Two years of talks in {capital} on {goods} had led nowhere, a spokesman of the ministry said.",
    PROMO,
    "France and {country} have traded in {goods} for a hundred years, figures from {capital} say.",
)
GOODS = ("gas", "coal and steel", "copper", "cars of all sizes", "tea")


def page(number: int, host: str = "post.example") -> str:
    country, capital = list(CAPITALS.items())[number]
    text = "".join(
        f"<p>{line.format(country=country, capital=capital, goods=GOODS[number])}</p>"
        for line in STORY
    )
    title = f"{country} and France agree on {GOODS[number]}"
    return (
        f"<html><head><title>{title}</title>"
        f'<link rel="canonical" href="http://{host}/world/{country.lower()}"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


class Desk:
    """A folder of saved pages and a lake beside it."""

    def __init__(self, folder: Path) -> None:
        self.pages, self.lake = folder / "pages", folder / "lake"
        self.pages.mkdir()
        self.options = RunOptions(lake=str(self.lake), run_id="first", now=NOW, workers=2)

    def save(self, *numbers: int) -> None:
        for number in numbers:
            (self.pages / f"{number}.html").write_text(page(number), encoding="utf-8")

    def run(self, **changes: Any) -> RunReport:
        return run_documents([str(self.pages)], replace(self.options, **changes), quiet=True)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with connect(self.lake) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_the_pages_of_a_site_share_is_no_text_of_theirs(desk: Desk) -> None:
    desk.save(0, 1, 2, 3, 4)
    assert desk.run().ended["new"] == 5
    texts = desk.rows("SELECT article_body, removed FROM articles")
    assert len(texts) == 5
    for body, removed in texts:
        assert PROMO not in body
        assert len(body.split("\n")) == len(STORY) - 1
        assert {"text": PROMO, "rule": "site-repeats"} in removed


def test_tags_are_those_of_the_text_that_is_left(desk: Desk) -> None:
    desk.save(0, 1, 2, 3, 4)
    desk.run()
    assert check_lake(desk.lake) == []  # offsets among them
    assert desk.rows("SELECT pair FROM country_pairs WHERE rank = 1 ORDER BY pair") == [
        ("CHL-FRA",), ("FRA-JPN",), ("FRA-KEN",), ("FRA-NOR",), ("FRA-POL",),
    ]  # fmt: skip
    behind = desk.rows(
        "SELECT m.text FROM articles, unnest(countries) c(c), unnest(c.mentions) m(m) "
        "WHERE m.field = 'body' AND m.start >= position('have traded' IN article_body) - 20"
    )
    assert len(behind) >= 5


def test_a_page_alone_keeps_what_only_others_could_tell(desk: Desk) -> None:
    desk.save(0)
    desk.run()
    assert [PROMO in body for (body,) in desk.rows("SELECT article_body FROM articles")] == [True]


def test_a_site_knows_nothing_of_another(desk: Desk) -> None:
    for number in range(5):
        saved = desk.pages / f"{number}.html"
        saved.write_text(page(number, f"post-{number}.example"), encoding="utf-8")
    desk.run()
    assert [PROMO in body for (body,) in desk.rows("SELECT article_body FROM articles")] == [
        True
    ] * 5


def test_each_window_is_compared_for_itself(make_story: Any) -> None:
    def told(number: int) -> Settled:
        text = f"{make_story(number).article_body}\n{PROMO}\n{' '.join([str(number)] * 99)}"
        return Settled(
            pack(make_story(number)._replace(article_body=text, doubtful=[PROMO])), 1, ""
        )

    def at(moment: int, value: Any) -> Any:
        return TimestampedValue(value, moment)

    early, late = [told(number) for number in range(3)], [told(number) for number in range(3, 5)]
    clusters = {settled.article.article_id: settled.article.article_id for settled in early + late}
    with empty_pipeline([]) as pipeline:
        articles = pipeline | beam.Create([*(at(5, s) for s in early), *(at(15, s) for s in late)])
        left = (
            articles
            | "Window" >> beam.WindowInto(FixedWindows(10))
            | LeaveOutRepeated(
                RunOptions(lake="unused", run_id="r", now=NOW, workers=1),
                pipeline
                | "Clusters" >> beam.Create([at(5, clusters), at(15, clusters)])
                | "Same windows" >> beam.WindowInto(FixedWindows(10)),
            )
        )
        assert_that(
            left | beam.Map(lambda settled: (settled.article.article_id, _has_promo(settled))),
            equal_to(
                [(s.article.article_id, s in late) for s in early + late],
            ),
        )


def _has_promo(settled: Settled) -> bool:
    rows = next(rows for rows in settled.article.rows if rows.table == "articles")
    return PROMO in unpack_rows(rows.rows, {})[0]["article_body"]


def test_a_page_that_comes_again_without_the_others_is_no_new_version(desk: Desk) -> None:
    desk.save(0, 1, 2, 3, 4)
    desk.run()
    for number in (1, 2, 3, 4):
        (desk.pages / f"{number}.html").unlink()
    (desk.pages / "0.html").write_text(page(0) + "<!-- built again -->", encoding="utf-8")
    again = desk.run(run_id="second", now=NOW + 3_600_000_000)
    assert (again.ended["version"], again.ended["new"]) == (0, 0)
    assert desk.rows("SELECT count(*), max(version) FROM articles") == [(5, 1)]


def test_an_article_that_cannot_be_tagged_again_stays_as_it_is(make_story: Any) -> None:
    def broken(number: int) -> Settled:
        article = pack(make_story(number))
        rows = [rows._replace(rows=b"no rows") for rows in article.rows]
        keys = LineKeys("post.example", number, packed([1]), packed([1]))
        return Settled(article._replace(rows=rows, line_keys=keys), 1, "")

    whole = [broken(number) for number in range(3)]
    with empty_pipeline([]) as pipeline:
        clusters = {settled.article.article_id: str(n) for n, settled in enumerate(whole)}
        left = (
            pipeline
            | beam.Create(whole)
            | LeaveOutRepeated(
                RunOptions(lake="unused", run_id="r", now=NOW, workers=1),
                pipeline | "Clusters" >> beam.Create([clusters]),
            )
        )
        names = left | beam.Map(lambda settled: settled.article.article_id)
        assert_that(names, equal_to([settled.article.article_id for settled in whole]))


def test_the_number_of_workers_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.save(0, 1, 2, 3, 4)
    desk.run()
    desk.run(lake=str(tmp_path / "twin"), workers=1)
    own, twin = (
        {
            path.relative_to(root): path.read_bytes()
            for path in root.rglob("*.parquet")
            if "articles" in str(path)
        }
        for root in (desk.lake, tmp_path / "twin")
    )
    assert own == twin != {}
