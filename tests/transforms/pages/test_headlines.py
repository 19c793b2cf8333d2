"""The headline of small pages: what readers see wins, the names of sites and kickers go."""

from __future__ import annotations

import pytest

from transforms.pages.headlines import cut_site_name, squashed
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import read_metadata

URL = "https://www.harbour-post.example/2025/ferry-strike"


def headline(head: str, body: str, url: str = URL) -> str:
    page = f"<html><head>{head}</head><body>{body}<p>Some text.</p></body></html>"
    return read_metadata(load_page(page.encode()), url).headline


def test_the_heading_that_readers_see_wins_over_what_search_engines_are_given() -> None:
    found = headline(
        '<meta property="og:title" content="Ferry crews on strike: what it means">',
        "<h1>Ferry crews strike for a third day</h1>",
    )
    assert found == "Ferry crews strike for a third day"


def test_a_heading_that_names_the_site_or_something_else_is_no_headline() -> None:
    title = "<title>Ferry crews strike for a third day | Harbour Post</title>"
    assert headline(title, "<h1>The Harbour Post</h1>") == "Ferry crews strike for a third day"
    assert headline(title, "<h1>Open menu</h1>") == "Ferry crews strike for a third day"
    title = "<title>Ferries: what they are and how you catch them</title>"
    assert headline(title, "<h1>Maps and timetables</h1>").startswith("Ferries: what")


def test_the_heading_that_metadata_repeats_wins_wherever_it_stands() -> None:
    found = headline(
        '<meta property="og:title" content="Ferry crews strike">',
        "<h1>Ferry strike: crews and owners</h1><h1>Ferry crews strike</h1>",
    )
    assert found == "Ferry crews strike"


def test_a_kicker_in_the_heading_is_cut_where_the_metadata_lacks_it() -> None:
    found = headline(
        '<meta property="og:title" content="Ferry crews strike for a third day">',
        "<h1><span>Politics |</span> Ferry crews strike for a third day</h1>",
    )
    assert found == "Ferry crews strike for a third day"


def test_a_page_without_heading_takes_the_wording_that_most_of_its_metadata_share() -> None:
    found = headline(
        '<meta property="og:title" content="Crews strike again">'
        '<meta name="twitter:title" content="Ferry crews strike">'
        "<title>Ferry crews strike - Harbour Post</title>",
        "",
    )
    assert found == "Ferry crews strike"


def test_json_ld_that_gives_the_site_as_headline_is_not_believed() -> None:
    found = headline(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour Post",'
        '"publisher":{"name":"Harbour Post"}}</script><title>Ferry crews strike</title>',
        "",
    )
    assert found == "Ferry crews strike"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry crews strike | Harbour Post", "Ferry crews strike"),
        ("Harbour Post - Ferry crews strike", "Ferry crews strike"),
        ("Ferry crews strike – News – Harbour Post", "Ferry crews strike – News"),
        ("Ferry crews strike – and win", "Ferry crews strike – and win"),
        ("渡轮船员罢工_港口邮报", "渡轮船员罢工"),
        ("Harbour Post", "Harbour Post"),
        ("", ""),
    ],
)
def test_parts_of_a_title_go_only_where_they_name_the_site(title: str, headline: str) -> None:
    sites = squashed(["Harbour Post", "港口邮报", "harbour-post.example"])
    assert cut_site_name(title, sites, set()) == headline


def test_a_part_goes_where_the_rest_is_known_as_the_headline() -> None:
    title = "Ferry crews strike – News – Something"
    assert cut_site_name(title, [], {"ferry crews strike"}) == "Ferry crews strike"
