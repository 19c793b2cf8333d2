"""JSON-LD as pages write it: several nodes, references, and JSON that is broken."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from transforms.pages.read_json_ld import LinkedArticle, read_json_ld

URL = "https://post.example/ferries"


def read(*scripts: str, url: str = URL) -> LinkedArticle:
    tags = "".join(f'<script type="application/ld+json">{text}</script>' for text in scripts)
    tree = fromstring(f"<html><head>{tags}</head><body><p>Text</p></body></html>")
    return read_json_ld(tree.iter("script"), url)


def test_authors_and_publisher_are_found_through_references_in_a_graph() -> None:
    found = read(
        """{"@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "Harbour Post"},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            {"@type": ["NewsArticle", "Article"], "headline": "Ferry &amp; crew",
             "author": [{"@id": "#ann"}],
             "publisher": {"@id": "#site"}, "isAccessibleForFree": "False"}]}"""
    )
    assert found.headline == "Ferry & crew"
    assert found.authors == ("Ann Lee",)
    assert found.publisher == "Harbour Post"
    assert found.is_free is False


def test_among_several_articles_the_one_of_the_page_wins() -> None:
    other = """{"@type": "NewsArticle", "headline": "Another", "url": "https://post.example/other",
        "datePublished": "2020-01-01", "author": "Zed", "articleBody": "x", "publisher": "P"}"""
    own = '{"@type": "Article", "headline": "Ferries", "mainEntityOfPage": {"@id": "/ferries/"}}'
    assert read(other, own).headline == "Ferries"
    assert read(other, own, url="").headline == "Another"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type": "NewsArticle", "headline": "Ferries"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferries"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Ferries",}',
        '{"@type": "NewsArticle", // or "Article"\n "headline": "Ferries"}',
        '{"@type": "NewsArticle", "headline": "Ferries", "description": "raw\nbreak"}',
        r'{"@type": "NewsArticle", "headline": "Ferries", "description": "a \d b"}',
        '{"@type": "NewsArticle", "headline": "Ferries", "image": "<img width="300">"}',
        '{"@type": "NewsArticle", "headline": "Ferries", "description": \'in quotes\'}',
        '{"@type": "NewsArticle", "headline": "Ferries", "author": {"name": "Ann',
        '[[{"@type": "http://schema.org/NewsArticle", "name": "Ferries"}]]',
        "{'@type': 'NewsArticle', 'headline': 'Ferries'}",
        '{"@type": "NewsArticle", headline: "Ferries", "description": broken}',
        '{"@type": "NewsArticle", /* of the day */ "headline": "Ferries"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Ferries&quot;}",
        '{"@type": "NewsArticle", "headline": "Fer\x01ries\\ud800"}',
        '{"@type": "NewsArticle", "headline": "Ferries", "articleBody": "' + "a" * 1_000_000 + '"}',
    ],
)
def test_broken_json_still_gives_the_headline(text: str) -> None:
    assert read(text).headline == "Ferries"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '"NewsArticle"',
        "[" * 5000,
        '{"@type": 7}',
        '{"a": ' * 500,
        "x" * 400_000,
    ],
)
def test_what_is_no_json_ld_says_nothing(text: str) -> None:
    assert read(text) == LinkedArticle()


def test_quotes_that_nobody_escaped_belong_to_the_headline() -> None:
    text = '{"@type": "NewsArticle", "headline": "The "Ferry" case", "author": {"name": "Ann Lee"}}'
    assert (read(text).headline, read(text).authors) == ('The "Ferry" case', ("Ann Lee",))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"a":' * 100_000,
        '{"@type":"NewsArticle" ' + 'headline:"x! ' * 20_000,
        '{"@type":"NewsArticle" "headline":"a"' + " " * 250_000 + "!",
        '{"@type":"NewsArticle" "headline":"' + '" ' * 140_000,
        '{"@type":"NewsArticle", "headline": NaN, "n": 1e999}',
        '{"@type":"NewsArticle", "author": [[[[[[[[{"name": "Ann"}]]]]]]]]}',
        "/*" * 140_000,
        ", " * 140_000,
    ],
)
def test_hostile_scripts_say_little_and_raise_nothing(text: str) -> None:
    assert len(read(text).headline) < 700
