"""The body of a page: what stays, what goes and why, and where it is read when the page is thin."""

from __future__ import annotations

import json

import numpy as np
import pytest
from stories import MINISTERS

from schemas.errors import FinalError
from schemas.records import Article, Page
from transforms.extract_article import extract_article
from transforms.pages.article_lines import choose, read_table
from transforms.pages.line_model import LineModel
from transforms.pages.load_page import load_page
from transforms.pages.page_lines import read_lines
from transforms.pages.page_metadata import read_metadata

STORY = MINISTERS[:4]


def extract(markup: str) -> Article:
    url = "https://news.example/world/2026/ministers-meet"
    return extract_article(Page(url, url, "text/html", markup.encode(), 0))


def page(inside: str = "", head: str = "") -> str:
    story = "".join(f"<p>{line}</p>" for line in STORY)
    return (
        f"<html><head><title>Ministers meet in Oslo over copper</title>{head}</head><body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f'<article class="article-body"><h1>Ministers meet in Oslo over copper</h1>{story}{inside}</article>'
        "<footer><p>Copyright 2026 News Example. All rights reserved.</p></footer></body></html>"
    )


def test_the_story_stays_and_the_furniture_goes() -> None:
    article = extract(page())
    assert article.article_body.split("\n") == STORY
    assert article.text_source == "page"


def test_a_caption_is_removed_as_a_caption() -> None:
    caption = "The ministers on the steps of the old castle above the harbour"
    figure = f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>"
    article = extract(page(figure))
    assert caption not in article.article_body
    assert caption in [removal.text for removal in article.removed if removal.rule == "caption"]


def test_every_removed_line_has_a_rule() -> None:
    inside = '<div class="related"><a href="/a">Read more: Fishermen wait for the fleet</a></div>'
    assert all(removal.rule and removal.text for removal in extract(page(inside)).removed)


def test_a_body_that_stands_only_in_json_ld_is_read_there() -> None:
    data = {"@type": "NewsArticle", "headline": "Ministers meet", "articleBody": "\n".join(STORY)}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    article = extract(f"<html><head>{head}</head><body><p>{STORY[0]}</p></body></html>")
    assert article.text_source == "json-ld"
    assert article.article_body.split("\n") == STORY


def test_a_json_ld_body_about_something_else_is_not_believed() -> None:
    data = {"@type": "NewsArticle", "articleBody": "Our newsroom writes about many things. " * 20}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert extract(page(head=head)).text_source == "page"


@pytest.mark.parametrize(
    "opening", ["<div>" * 260, "<div>" * 1500, "<b>" * 400, "<a href=x>" * 300]
)
def test_what_never_closes_hides_no_text(opening: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in STORY)
    assert STORY[1] in extract(f"<html><body>{opening}{body}").article_body


def test_a_link_that_never_closes_takes_no_paragraph_for_a_link() -> None:
    body = "".join(f"<p>{line}</p>" for line in STORY)
    lines = read_lines(
        load_page(f"<p><a href=/>Home</a></p><p><a href=x>More</a></p><a href=x>{body}".encode())
    )
    assert lines.linked == [4, 4, 0, 0, 0, 0]
    assert lines.links == [1, 1, 0, 0, 0, 0]


def test_a_link_around_a_teaser_is_a_link() -> None:
    body = "".join(f"<p>{line}</p>" for line in STORY)
    lines = read_lines(
        load_page(f"{body}<a href=x><h3>Cod is back</h3><p>Fishermen wait</p></a>".encode())
    )
    assert lines.linked == [0, 0, 0, 0, 11, 14]
    assert lines.links == [0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize("markup", ["<frameset><frame src=a></frameset>", "<p>\x00</p>", "<svg/>"])
def test_a_page_without_text_is_no_article(markup: str) -> None:
    with pytest.raises(FinalError):
        extract(markup)


def test_lines_are_cut_at_blocks_and_breaks_and_skip_scripts() -> None:
    tree = load_page(b"<div>loose <b>bold</b> text<p>one<br>two</p><script>no</script>after</div>")
    lines = read_lines(tree)
    assert lines.texts == ["loose bold text", "one", "two", "after"]
    assert lines.bold == [4, 0, 0, 0]


def test_the_lines_of_a_block_follow_each_other() -> None:
    lines = read_lines(load_page(page().encode()))
    for block, (first, last) in enumerate(zip(lines.first, lines.last, strict=True)):
        assert 0 <= first <= last <= len(lines.texts)
        assert all(
            not first <= i < last
            for i, b in enumerate(lines.block)
            if lines.depth[b] < lines.depth[block]
        )


def test_trees_asked_at_once_answer_like_trees_asked_one_by_one() -> None:
    random = np.random.default_rng(3)
    columns, borders = random.integers(0, 5, (3, 7)), random.normal(size=(3, 7)).astype("f4")
    values = random.normal(size=(7, 8)).astype("f4")
    model = LineModel(tuple("ab.c.d.e".replace(".", "")), columns, borders, values, 0.1)
    table = random.normal(size=(300, 5)).astype("f4")
    for row, score in zip(table, model.score(table), strict=True):
        total = sum(
            values[t, sum(1 << d for d in range(3) if row[columns[d, t]] > borders[d, t])]
            for t in range(7)
        )
        assert score == pytest.approx(1 / (1 + np.exp(-(total + 0.1))), rel=1e-4)


def test_of_a_paragraph_said_twice_the_better_copy_stays() -> None:
    text = " ".join(f"word{i}" for i in range(30))
    tree = load_page(f"<div><ul><li>{text}</ul></div><div><p>{STORY[0]}<p>{text}</div>".encode())
    found = read_table(tree, read_metadata(tree, ""))
    choice = choose(found, np.array([0.7, 0.9, 0.95], np.float32))
    assert choice.kept.tolist() == [False, True, True]
    assert choice.repeated.tolist() == [True, False, False]


@pytest.mark.parametrize("count", [1, 4])
def test_comments_below_the_story_go(count: int) -> None:
    comment = (
        "<div class=comment><p>I saw it all from my window, and so did the neighbours.</p></div>"
    )
    comments = f'<div class="comments"><h2>Comments</h2>{comment * count}</div>'
    article = extract(page().replace("<footer>", f"{comments}<footer>"))
    assert article.article_body.split("\n") == STORY


def test_the_footer_of_a_page_with_a_short_story_is_no_part_of_it() -> None:
    about = "<p>News Example is the largest source of news about copper and cod in the north.</p>"
    found = scored(f"<div><p>{STORY[0]}</p></div><footer><h1>Us</h1>{about * 4}</footer>", 0.9)
    assert found == [STORY[0]]


@pytest.mark.parametrize("line", ["9:43PM", "17.30 Uhr", "18h05 GMT", "21:05:10"])
def test_a_clock_between_the_entries_of_a_live_blog_goes(line: str) -> None:
    assert scored(f"<p>{STORY[0]}</p><p>{line}</p><p>{STORY[1]}</p>", 0.9) == STORY[:2]


@pytest.mark.parametrize("line", ["2024", "3:1 on aggregate", "0.27", "Part 2: the harbour"])
def test_a_short_line_with_a_number_stays_where_the_models_keep_it(line: str) -> None:
    assert line in scored(f"<p>{STORY[0]}</p><p>{line}</p><p>{STORY[1]}</p>", 0.9)


def test_a_doubtful_line_stays_beside_one_that_stays_in_the_same_block() -> None:
    body = "<div><h2>Lines</h2><p>The ferry.</p><p>No one spoke.</p></div><p>Elsewhere</p>"
    assert scored(body, [0.4, 0.9, 0.4, 0.4]) == ["Lines", "The ferry.", "No one spoke."]


def test_one_doubtful_line_does_not_make_the_next_one_stay() -> None:
    body = "<p>The ferry.</p><p>No one spoke.</p><p>More of this</p>"
    assert scored(body, [0.9, 0.4, 0.4]) == ["The ferry.", "No one spoke."]


@pytest.mark.parametrize("name", ["ot-sdk-cookie-policy", "cookie-consent", "photo-caption"])
def test_what_a_page_says_of_cookies_or_under_a_picture_is_no_part_of_it(name: str) -> None:
    text = "It may be used on the site to make a picture of what you like."
    block = f"<div class={name}><p>{text}</p></div>"
    assert scored(f"<div><p>{STORY[0]}</p><p>{STORY[1]}</p></div>{block}", 0.9) == STORY[:2]
    assert scored(block, 0.9) == [text]


def scored(body: str, scores: float | list[float]) -> list[str]:
    """The lines that stay of a page with one score for all of its lines, or one for each."""
    tree = load_page(f"<html><body>{body}</body></html>".encode())
    found = read_table(tree, read_metadata(tree, ""))
    given = np.broadcast_to(np.array(scores, np.float32), (len(found.texts),))
    kept = choose(found, given).kept
    return [text for text, keep in zip(found.texts, kept, strict=True) if keep]
