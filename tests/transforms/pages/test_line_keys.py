"""What an article asks of other pages of its site, and the article without what they share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from schemas.records import Article, Removal
from transforms.pages.line_keys import (
    LEAST_BYTES,
    MOST_CHARS,
    MOST_LINES,
    line_key,
    line_keys,
    unpacked,
    without_lines,
)

PROMO = "Harbour Post members keep stories like this one free for everybody."


def with_text(article: Article, *lines: str) -> Article:
    return article._replace(article_body="\n".join(lines))


def test_case_and_blanks_make_no_other_line() -> None:
    assert line_key(PROMO) == line_key(f" {PROMO.upper()}  ") != line_key(PROMO[:-1])
    assert 0 <= line_key("") < 2**63


def test_short_lines_and_paragraphs_are_not_asked_about(make_story: Callable[..., Article]) -> None:
    article = with_text(
        make_story(1), "Why it matters", PROMO, "word " * MOST_CHARS, "我们的编辑部每天早上"
    )
    keys = sorted((line_key(PROMO), line_key("我们的编辑部每天早上")))
    assert unpacked(line_keys(article).lines).tolist() == keys
    assert len(b"Why it matters") < LEAST_BYTES


def test_the_site_is_the_host_of_the_page(make_story: Callable[..., Article]) -> None:
    def site(url: str) -> str:
        return line_keys(make_story(1)._replace(url=url)).site

    assert site("https://www.post.example/a") == site("http://post.example/b") == "post.example"
    assert site("file:///home/post.html") == site("no address") == site("http://[") == ""


def test_a_feed_has_no_say_in_the_pages_of_a_host_that_it_names(
    make_story: Callable[..., Article],
) -> None:
    page = make_story(1)._replace(url="https://post.example/a")
    text = page._replace(text_source="feed", feed_url="https://foe.example/feed")
    other = text._replace(url="https://post.example/b")
    assert line_keys(page).site != line_keys(text).site == line_keys(other).site
    assert line_keys(text).site != line_keys(text._replace(feed_url="https://post.example/f")).site
    assert line_keys(text._replace(url="")).site == ""


def test_a_page_of_endless_lines_is_asked_about_some_of_them(
    make_story: Callable[..., Article],
) -> None:
    lines = [f"Line {number} of a page without an end" for number in range(3 * MOST_LINES)]
    keys = line_keys(with_text(make_story(1), *lines)._replace(doubtful=lines))
    asked = unpacked(keys.lines)
    assert len(asked) == len(unpacked(keys.doubtful)) == MOST_LINES
    less = line_keys(with_text(make_story(1), *lines[: 2 * MOST_LINES]))
    assert (
        np.isin(asked, unpacked(less.lines)).sum() > MOST_LINES / 2
    )  # the same are chosen on both


def test_a_line_that_goes_is_told(make_story: Callable[..., Article]) -> None:
    text = ["Norway sold more gas. " * 4, PROMO, "Poland bought it. " * 8]
    article = with_text(make_story(1), *text)
    shorter = without_lines(article, {line_key(PROMO)})
    assert shorter.article_body.split("\n") == [text[0], text[2]]
    assert list(shorter.removed) == [*article.removed, Removal(PROMO, "site-repeats")]


def test_pages_that_share_most_of_their_text_keep_it(make_story: Callable[..., Article]) -> None:
    article = with_text(make_story(1), PROMO, PROMO.replace("free", "open"), "Poland bought it.")
    assert without_lines(article, set(unpacked(line_keys(article).lines).tolist())) is article
    assert without_lines(article, {7}) is article
