"""Each field of an article says where it came from: what readers see, what machines are told, the feed."""

from __future__ import annotations

import pytest

from pipeline.sources.document import make_entry
from schemas.records import Article, FeedEntry, Page
from schemas.rows import article_row
from transforms.extract_article import extract_article
from transforms.pages.read_text import article_from_text

URL = "https://harbour-post.example/2025/ferry-strike"
STORY = "".join(
    f"<p>{lead}The crews of the ferries stayed ashore on Monday, and the union said that it would not "
    f"sign the contract before the pay that was promised in spring {number} is paid.</p>"
    for number, lead in enumerate(("OSLO (Reuters) - ", "", ""))
)


def read(head: str, shown: str = "", entry: FeedEntry | None = None) -> Article:
    page = f"<html><head>{head}</head><body><article>{shown}{STORY}</article></body></html>"
    return extract_article(Page(URL, URL, "text/html", page.encode(), 0), entry)


def sources(article: Article) -> dict[str, str]:
    return {source.field: source.source for source in article.field_sources}


def test_what_readers_see_and_what_machines_are_told_are_told_apart() -> None:
    article = read(
        '<meta property="og:title" content="Ferry crews strike"><meta property="og:image" '
        'content="/i.jpg"><meta name="description" content="Talks broke down.">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry crews strike", '
        '"author": {"@type": "Person", "name": "Ann Lee"}, "articleSection": "World", '
        '"publisher": {"name": "Harbour Post"}}</script>',
        "<h1>Ferry crews strike</h1>",
    )
    assert sources(article) == {
        "headline": "shown",
        "standfirst": "meta",
        "section": "json-ld",
        "authors": "json-ld",
        "agency": "dateline",
        "dateline": "dateline",
        "publisher": "json-ld",
        "image": "meta",
    }


def test_a_byline_is_shown_and_a_headline_may_be_of_meta_elements_alone() -> None:
    article = read('<meta property="og:title" content="Ferry crews strike">')
    assert (article.headline, sources(article)["headline"]) == ("Ferry crews strike", "meta")
    article = read("", "<h1>Ferry crews strike</h1><p>By Ann Lee</p><p>June 3, 2025</p>")
    assert (article.authors, sources(article)["authors"]) == (["Ann Lee"], "shown")


def test_the_feed_fills_what_the_page_leaves_open_and_the_host_names_the_publisher() -> None:
    entry = make_entry("feed", "x")._replace(
        title="Ferry crews strike", authors=("Bo Li",), feed_title="", categories=("Sea",)
    )
    found = sources(read("", entry=entry))
    assert found["headline"] == found["authors"] == found["section"] == "feed"
    assert found["publisher"] == "host"


def test_a_text_says_what_it_holds_itself() -> None:
    story = "OSLO (Reuters) - The crews of the ferries stayed ashore."
    text = f"Politics\nFerry crews strike\nBy Ann Lee\n{story}"
    found = sources(article_from_text(text, make_entry("text", "story.txt")))
    assert found == {
        "headline": "text",
        "section": "text",
        "authors": "byline",
        "agency": "dateline",
        "dateline": "dateline",
    }


def test_the_lake_keeps_the_sources() -> None:
    article = read("", "<h1>Ferry crews strike</h1>")._replace(article_id="a" * 32)
    row = article_row(article, version=1, cluster_id="a" * 32, run_id="r")
    assert {"field": "headline", "source": "shown"} in row["field_sources"]


@pytest.mark.parametrize(
    ("address", "claimed", "known_as"),
    [
        ("file:in/page.html", URL, URL),
        ("file:in/page.html", "/2025/ferry-strike", "file:in/page.html"),
        (
            URL,
            "https://harbour-post.example/2025/ferries",
            "https://harbour-post.example/2025/ferries",
        ),
        (URL, "https://elsewhere.example/2025/ferry-strike", URL),
        ("https://m.harbour.co.uk/a", "https://www.harbour.co.uk/b", "https://www.harbour.co.uk/b"),
        ("https://one.blogspot.com/a", "https://two.blogspot.com/b", "https://one.blogspot.com/a"),
        ("https://bbc.co.uk/a", "https://harbour.co.uk/b", "https://bbc.co.uk/a"),
    ],
)
def test_a_saved_page_is_the_article_that_it_says_it_is(
    address: str, claimed: str, known_as: str
) -> None:
    page = f'<link rel="canonical" href="{claimed}"><h1>Ferry crews strike</h1>{STORY}'
    article = extract_article(Page(address, address, "text/html", page.encode(), 0), None)
    assert article.url == known_as
