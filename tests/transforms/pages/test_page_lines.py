"""A page cut into lines: what is one, what is passed over, and where each stands."""

from __future__ import annotations

import pytest

from transforms.pages.load_page import load_page
from transforms.pages.page_lines import MOST_AROUND, PageLines, read_lines

MENU = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"


def lines_of(body: str) -> PageLines:
    return read_lines(load_page(f"<html><body>{body}</body></html>".encode()))


def test_a_line_ends_where_a_block_or_a_break_does() -> None:
    page = lines_of("<div>one <b>two</b><p>three</p>four<br>five<table><tr><td>six</table></div>")
    assert page.texts == ["one two", "three", "four", "five", "six"]


def test_a_menu_is_passed_over() -> None:
    assert lines_of(f"{MENU}<p>The ferry sailed.</p>").texts == ["The ferry sailed."]


def test_a_menu_that_never_ends_hides_no_story() -> None:
    page = lines_of(f"{MENU.replace('</nav>', '')}<p>The ferry sailed.</p>")
    assert page.texts == ["Home", "World", "The ferry sailed."]


def test_a_footer_with_less_to_say_than_the_page_is_passed_over() -> None:
    story = "<p>The ferry sailed at noon with forty cars on board.</p>"
    assert lines_of(f"{story}<footer><p>Harbour Post, Oslo</p></footer><p>End</p>").texts == [
        "The ferry sailed at noon with forty cars on board.",
        "End",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Menu</p><footer><p>The ferry sailed at noon.</p></footer>",
        "<p>Home, world, sports and weather</p><footer><h1>The ferry sailed at noon.</h1></footer>",
        "<p>Menu</p><footer>Share<div><p>The ferry sailed at noon.</p></div>",
        "<p>He was asked, he said.</p><blockquote>Yes<footer>The ferry sailed at noon.</footer></blockquote>",
    ],
    ids=["more text than before", "a headline", "never closed", "of a quotation"],
)
def test_a_footer_that_may_hold_a_story_is_read(markup: str) -> None:
    assert "The ferry sailed at noon." in lines_of(markup).texts


def test_blocks_without_a_line_are_forgotten() -> None:
    page = lines_of("<div class=a><div class=b><img></div></div><div class=c><p>one</p></div>")
    assert page.tags == ["root", "html", "body", "div", "p"]
    assert [label.strip() for label in page.labels] == ["", "", "", "c", ""]
    assert page.parent == [0, 0, 1, 2, 3]
    assert page.block == [4]


def test_each_block_knows_its_lines() -> None:
    page = lines_of("<ul><li>one<li>two<ul><li>three</ul><li>four</ul><p>five</p>")
    held = [page.texts[a:b] for a, b in zip(page.first, page.last, strict=True)]
    assert [texts for tag, texts in zip(page.tags, held, strict=True) if tag in ("ul", "p")] == [
        ["one", "two", "three", "four"],
        ["three"],
        ["five"],
    ]


def test_links_are_counted_in_the_line_that_holds_them() -> None:
    page = lines_of("<a href=/><img></a><p>one</p><p>two <a href=/>three</a></p><a><p>four</p></a>")
    assert page.links == [0, 1, 1]
    assert page.linked == [0, 5, 4]


def test_the_names_of_the_elements_that_a_line_begins_in_are_read() -> None:
    page = lines_of(
        "<p>\n <span class=byline>By Ann Lee</span></p><p>Ann <i class=byline>Lee</i></p>"
    )
    assert page.marks[0] > 0
    assert page.marks[1] == 0


@pytest.mark.parametrize("hidden", ["hidden", "style='Display: none'", "aria-hidden=true"])
def test_a_hidden_block_is_marked(hidden: str) -> None:
    plain, marked = lines_of(f"<div>one</div><div {hidden}>two</div>").block_marks[3:]
    assert marked != plain


def test_of_many_elements_around_a_line_the_nearest_are_read() -> None:
    deep = "<span class=byline>" + "<span>" * MOST_AROUND + "one"
    near = "<span>" * MOST_AROUND + "<span class=byline>one"
    assert lines_of(f"<p>{deep}").marks == [0]
    assert lines_of(f"<p>{near}").marks[0] > 0
