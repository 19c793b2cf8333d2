"""Who wrote it: names out of JSON-LD, meta elements and what small pages show."""

from __future__ import annotations

import json

import pytest
from stories import FERRIES

from transforms.pages.agencies import find_agency
from transforms.pages.bylines import split_byline
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import read_metadata


def authors(
    shown: str = "", *, head: str = "", author: object = None, below: str = ""
) -> list[str]:
    linked = {
        "@type": "NewsArticle",
        "headline": "Ferry crews strike",
        "author": author,
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
    }
    page = f"""<html><head><title>Ferry crews strike</title>{head}
        <script type="application/ld+json">{json.dumps(linked)}</script></head>
        <body><h1>Ferry crews strike</h1>{shown}{FERRIES}{FERRIES}{below}</body></html>"""
    url = "https://harbour-post.example/ferries"
    return list(read_metadata(load_page(page.encode()), url).authors)


@pytest.mark.parametrize(
    "author",
    [
        [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Li"}],
        {"@type": "Person", "name": ["Ann Lee", "Bo Li"]},
        "Ann Lee, Bo Li",
        "By Ann Lee and Bo Li, Harbour Post",
        ["ANN LEE", "Bo Li", "Ann Lee"],
    ],
)
def test_json_ld_names_authors_in_every_shape(author: object) -> None:
    assert authors(author=author) == ["Ann Lee", "Bo Li"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p>By Ann Lee and Bo Li</p>",
        "<p>Ann Lee</p>".replace("Ann Lee", "By Ann Lee, Bo Li | 3 May 2025"),
        "<div>By</div><div>Ann Lee and Bo Li</div>",
        '<p><a href="/authors/ann-lee">Ann Lee</a>, <a href="/authors/bo-li">Bo Li</a></p>',
        '<p>posted on 2025-05-03 12:10 by <span rel="author">Ann Lee</span>'
        ' and <span rel="author">Bo Li</span></p>',
        "<p>Von Ann Lee und Bo Li</p>",
        "<p>Photography by Cy Moss</p><p>By Ann Lee and Bo Li</p>",
    ],
)
def test_the_byline_under_the_headline_is_read(shown: str) -> None:
    assert authors(shown) == ["Ann Lee", "Bo Li"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Ann Lee">',
        '<meta name="articleAuthor" content="Ann Lee">',
        '<meta name="author" content="Harbour Post"><meta name="parsely-author" content="Ann Lee">',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">',
        '<meta property="article:author" content="https://social.example/harbourpost">'
        '<meta name="byl" content="By Ann Lee">',
    ],
)
def test_meta_elements_name_authors_under_many_names(head: str) -> None:
    assert authors(head=head) == ["Ann Lee"]


def test_a_page_that_states_only_its_own_name_is_asked_for_what_it_shows() -> None:
    assert authors("<p>By Ann Lee</p>", author={"name": "Harbour Post"}) == ["Ann Lee"]
    assert authors("<p>Ann Lee</p><p>3 May 2025</p>", author={"name": "Harbour Post"}) == [
        "Ann Lee"
    ]
    assert authors(author={"name": "Harbour Post"}) == ["Harbour Post"]


def test_editors_that_readers_are_not_shown_are_no_authors() -> None:
    stated = [{"name": "Ann Lee"}, {"name": "Eddie Tor"}]
    shown = "<p>By Ann Lee</p><p>Edited by Eddie Tor</p>"
    assert authors(shown, author=stated) == ["Ann Lee"]
    assert authors(author=stated) == ["Ann Lee", "Eddie Tor"]


def test_an_outlet_behind_a_name_goes_where_the_page_shows_the_name() -> None:
    shown = "<p>By Ann Lee</p>"
    assert authors(shown, author={"name": "Ann Lee Upper Town Courier"}) == ["Ann Lee"]


def test_names_in_comments_related_stories_and_forms_are_no_authors() -> None:
    below = """<div class="related"><span class="author">Zed Other</span></div>
        <ol class="comments"><li><cite class="author">Troll Twelve</cite></li></ol>
        <form><span class="author">Name *</span></form>"""
    assert authors(below=below) == []


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee and Bo Li, Staff Writers", ["Ann Lee", "Bo Li"]),
        ("Ann Lee on May 3, 2025", ["Ann Lee"]),
        ("Ann Lee 3:55pm", ["Ann Lee"]),
        ("Dec 24", []),
        ("Ann Lee MS, RDN, LD", ["Ann Lee"]),
        ("Ann Lee, Ph.D.", ["Ann Lee"]),
        ("Ann Lee | ann.lee@post.example", ["Ann Lee"]),
        ("ANN LEE", ["Ann Lee"]),
        ("Ann Lee Ann Lee", ["Ann Lee"]),
        ("By", []),
        ("Staff Writer", []),
        ("3 Comments", []),
        ("作者：王小明", ["王小明"]),
        ("https://post.example/ann", []),
        ("", []),
    ],
)
def test_a_byline_gives_names_and_nothing_else(byline: str, names: list[str]) -> None:
    assert split_byline(byline) == names


def test_agencies_are_found_among_credits() -> None:
    assert find_agency(["Ann Lee", "with Reuters"]) == "Reuters"
    assert find_agency(["dpa/AFP"]) == "dpa"
    assert find_agency(["Ann Lee"]) == ""


def test_a_byline_among_the_first_lines_signs_a_page_that_shows_no_headline() -> None:
    story = (
        "<p>"
        + "第四届年会在天津举行，来自各地的代表参加了会议，并就许多问题进行了讨论。" * 8
        + "</p>"
    )
    page = f"<html><head><title>年会</title></head><body><div>作者：宋怡 杨志华</div>{story}</body></html>"
    metadata = read_metadata(load_page(page.encode()), "https://post.example/a")
    assert list(metadata.authors) == ["宋怡", "杨志华"]
    assert metadata.sources["authors"] == "shown"
