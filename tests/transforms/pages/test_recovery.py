"""Pages whose story is hard to get at: live blogs, split bodies, deep trees, bodies elsewhere, stubs."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import MINISTERS

from schemas.errors import FinalError
from schemas.records import Article, FeedEntry, Page
from transforms.extract_article import extract_article
from transforms.pages.removal_rules import RULES

STORY = MINISTERS
UPDATES = {
    "18:40": "The ministers leave the castle. Neither of them answers questions on the way to the cars.",
    "17:15": "The agreement is signed. It runs to forty pages and names a quota for the first time.",
    "15:05": "Lunch is over, and the talks go on behind closed doors, a spokeswoman tells reporters.",
    "12:30": "A protest of about two hundred fishermen has reached the square in front of the castle.",
    "10:10": "The Chilean delegation arrives with a delay of half an hour because of fog at the airport.",
    "09:00": "Good morning from Oslo, where the foreign ministers of Norway and Chile meet today.",
}
TITLE = "Ministers meet in Oslo over copper"
NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
FOOT = "<footer><p>Copyright 2026 Harbour Post. All rights reserved.</p></footer>"


def page(inside: str, head: str = "") -> str:
    return (
        f"<html><head><title>{TITLE} | Harbour Post</title>{head}</head>"
        f"<body>{NAV}<main><h1>{TITLE}</h1>{inside}</main>{FOOT}</body></html>"
    )


def extract(markup: str | bytes, content: str = "") -> Article:
    url = "https://post.example/world/2026/ministers-meet"
    body = markup.encode() if isinstance(markup, str) else markup
    entry = FeedEntry(
        "e1", "https://post.example/rss", "feed", "g1", url, TITLE, "", content, [], [], "en",
        None, None, "", "Harbour Post", "f1",
    )  # fmt: skip
    return extract_article(Page(url, url, "text/html", body, 0), entry)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def data(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_the_entries_of_a_live_blog_stay_in_the_order_of_the_page() -> None:
    entries = "".join(
        f'<article class="live-entry"><time>{time}</time><p>{text}</p></article>'
        for time, text in UPDATES.items()
    )
    article = extract(page(f'<div class="live-blog">{entries}</div>'))
    assert [line for line in article.article_body.split("\n") if ":" not in line] == list(
        UPDATES.values()
    )


def test_a_live_blog_that_a_script_draws_is_read_from_its_json_ld() -> None:
    updates = [{"@type": "BlogPosting", "articleBody": text} for text in UPDATES.values()]
    head = data(**{"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": updates})
    article = extract(page('<div id="live"></div>', head))
    assert article.text_source == "json-ld"
    assert article.article_body.split("\n") == list(UPDATES.values())


def test_a_story_in_several_containers_is_put_together() -> None:
    parts = [
        f'<div class="story-part"><div class="text">{paragraphs(STORY[i : i + 2])}</div></div>'
        '<div class="ad-slot"><p>Advertisement</p></div>'
        for i in (0, 2, 4)
    ]
    assert extract(page("".join(parts))).article_body.split("\n") == STORY


@pytest.mark.parametrize("levels", [100, 260, 600])
def test_a_story_far_down_in_the_tree_is_found(levels: int) -> None:
    inside = "<div>" * levels + paragraphs(STORY) + "</div>" * levels
    assert extract(page(inside)).article_body.split("\n") == STORY


def test_elements_that_stay_open_behind_each_paragraph_hide_none() -> None:
    inside = "".join(f"<p>{line}" + "<font size=2>" * 60 for line in STORY)
    body = extract(page(inside)).article_body
    assert all(line in body for line in STORY)


def test_a_body_that_stands_only_in_the_feed_is_read_there() -> None:
    article = extract(page(paragraphs(STORY[:1])), content=paragraphs(STORY))
    assert article.text_source == "feed"
    assert article.article_body.split("\n") == STORY


def test_a_feed_text_about_something_else_is_not_believed() -> None:
    other = [
        "Our newsletter tells you every morning what the harbour and the town are talking of."
    ] * 6
    article = extract(page(paragraphs(STORY[:2])), content=paragraphs(other))
    assert article.text_source == "page"
    assert article.article_body.split("\n") == STORY[:2]


@pytest.mark.parametrize(
    "barrier",
    [
        "Subscribe to continue reading",
        "Already a subscriber? Log in",
        "Jetzt weiterlesen mit Hafenpost Plus",
        "Cet article est réservé aux abonnés",
        "Para seguir leyendo, hazte premium",
        "この記事は会員限定です",
    ],
)
def test_a_stub_before_a_barrier_is_marked_as_cut_short(barrier: str) -> None:
    article = extract(page(paragraphs(STORY[:2]) + f'<div class="paywall"><p>{barrier}</p></div>'))
    assert article.is_truncated
    assert article.article_body.split("\n") == STORY[:2]


def test_a_stub_that_json_ld_calls_paid_is_marked_as_cut_short() -> None:
    head = data(**{"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False})
    assert extract(page(paragraphs(STORY[:2]), head)).is_truncated


def test_signs_that_nobody_sees_are_no_part_of_the_text() -> None:
    lines = [
        line.replace("Norway", "Nor&shy;way").replace("Chile", "Chile&#8203;") for line in STORY
    ]
    assert extract(page(paragraphs(lines))).article_body.split("\n") == STORY


def test_a_whole_story_is_not_cut_short() -> None:
    assert not extract(page(paragraphs(STORY))).is_truncated


REASONS = ("not-an-article", "not-text", "empty-page", "too-large", "too-deep")


def assert_text_or_reason(body: bytes) -> None:
    """An article with text, of rules that are known, or a reason why there is none."""
    try:
        article = extract(body)
    except FinalError as error:
        assert error.reason in REASONS
        return
    assert article.article_body.strip()
    assert {removal.rule for removal in article.removed} <= RULES.keys()


WHOLE = page(
    f'<figure><img src=a.jpg><figcaption>The castle</figcaption></figure>{paragraphs(STORY)}<table><tr><td>'
    '<ul class="related"><li><a href=/a>Fishermen wait for the fleet</a></ul></table><div hidden>'
).encode()  # fmt: skip


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=60))
@settings(max_examples=50, deadline=None)
def test_spliced_pages_end_in_text_or_in_a_reason(start: int, end: int, inserted: bytes) -> None:
    assert_text_or_reason(WHOLE[:start] + inserted + WHOLE[end:])


@given(st.integers(0, len(WHOLE)), st.sampled_from(["utf-16", "cp1251", "gb18030", "utf-7"]))
@settings(max_examples=30, deadline=None)
def test_cut_and_recoded_pages_end_in_text_or_in_a_reason(end: int, encoding: str) -> None:
    assert_text_or_reason(WHOLE[:end].decode().encode(encoding))


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_shuffled_tags_end_in_text_or_in_a_reason(seed: int) -> None:
    parts = WHOLE.decode().split("<")
    random.Random(seed).shuffle(parts)
    assert_text_or_reason("<".join(parts).encode())
