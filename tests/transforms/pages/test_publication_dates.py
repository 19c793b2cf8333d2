"""The date of publication of small pages: what wins over what, and whose day it is."""

from __future__ import annotations

import pytest
from stories import FERRIES, MINISTERS

from schemas.records import BLANK_ENTRY, Page
from transforms.extract_article import extract_article
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import PageMetadata, read_metadata
from transforms.pages.read_dates import parse_moment

URL = "https://harbour-post.example/ferry-strike"
HEADLINE = "<h1>Ferry crews strike for a third day</h1>"


def read(head: str, shown: str, *, url: str = URL, lang: str = "en") -> PageMetadata:
    page = f"""<html lang="{lang}"><head><title>Ferry crews strike for a third day</title>{head}</head>
        <body><div>{HEADLINE}{shown}</div>{FERRIES}{FERRIES}
        <ul><li>Tunnel shut <span>Jan 2, 2019</span></li></ul></body></html>"""
    return read_metadata(load_page(page.encode()), url)


def json_ld(published: str, modified: str = "") -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry crews strike",'
        f'"datePublished":"{published}","dateModified":"{modified}"}}</script>'
    )


def test_the_day_is_that_of_the_zone_that_the_date_names() -> None:
    found = read(json_ld("2025-06-03T23:30:00-05:00"), "")
    assert (found.day_published, found.date_source) == ("2025-06-03", "json-ld")
    assert found.published == 1_749_011_400_000_000


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2025-06-03T23:30:00-05:00">June 3</time>',
        "<p>June 3, 2025 11:30 PM</p>",
        "<p>Published June 3, 2025</p>",
        "<p>By Ann Lee | <span>3 June 2025</span></p>",
    ],
)
def test_a_moment_stated_in_utc_gets_the_day_that_the_page_shows(shown: str) -> None:
    found = read(json_ld("2025-06-04T04:30:00Z"), shown)
    assert (found.day_published, found.date_source) == ("2025-06-03", "json-ld")
    assert found.published == 1_749_011_400_000_000


def test_the_address_gives_the_day_where_the_page_shows_none() -> None:
    url = "https://harbour-post.example/2025/06/03/ferry-strike"
    assert read(json_ld("2025-06-04T04:30:00Z"), "", url=url).day_published == "2025-06-03"


def test_a_day_that_no_zone_has_at_that_moment_does_not_count() -> None:
    found = read(json_ld("2025-06-04T04:30:00Z"), "<p>June 5, 2025</p>")
    assert found.day_published == "2025-06-04"


def test_an_earlier_date_on_the_page_wins_over_stamps_of_the_last_change() -> None:
    found = read(json_ld("2025-06-04T20:30:00Z", "2025-06-04T20:30:00Z"), "<p>12 May 2022</p>")
    assert (found.day_published, found.date_source) == ("2022-05-12", "shown")


def test_a_later_date_on_the_page_is_that_of_a_change() -> None:
    found = read(json_ld("2025-06-04T20:30:00Z"), "<p>Updated 12 August 2025</p>")
    assert found.day_published == "2025-06-04"


def test_a_later_date_that_the_page_calls_the_one_of_publication_is_believed() -> None:
    found = read(json_ld("2022-06-04T20:30:00Z"), "<p>Published 12 August 2025</p>")
    assert (found.day_published, found.date_source) == ("2025-08-12", "shown")


def test_a_page_that_states_nothing_is_dated_by_what_it_shows_under_its_headline() -> None:
    found = read("", "<p>Updated: June 9, 2025</p><p>Published: June 3, 2025</p>")
    assert (found.day_published, found.date_source) == ("2025-06-03", "shown")


def test_dates_in_captions_sentences_and_related_stories_are_no_publication_dates() -> None:
    caption = "<figure><figcaption>A ferry on May 1, 2020.</figcaption></figure>"
    sentence = (
        "<p>The strike that began on May 2, 2020 in all ports of the northern coast goes on.</p>"
    )
    found = read("", caption + sentence)
    assert (found.day_published, found.date_source) == ("", "")


def test_a_time_element_whose_machine_date_is_a_leftover_gives_what_it_shows() -> None:
    found = read("", '<time datetime="2022-02-11">June 3, 2025</time>')
    assert found.day_published == "2025-06-03"


def test_day_and_month_are_read_as_the_place_writes_them() -> None:
    assert read("", "<p>03/04/2025</p>", lang="en-US").day_published == "2025-03-04"
    assert read("", "<p>03/04/2025</p>", lang="en-GB").day_published == "2025-04-03"
    assert read("", "<p>03/04/2025</p>", lang="pt-BR").day_published == "2025-04-03"


def test_day_and_month_are_swapped_where_the_stated_date_says_so() -> None:
    shown = '<p>Published on <time datetime="2026-01-06">06/01/2026</time></p>'
    assert read(json_ld("2026-01-06T12:55:27Z"), shown, lang="en-US").day_published == "2026-01-06"


@pytest.mark.parametrize(
    ("text", "day", "offset"),
    [
        ("2023-12-22 23:21:43 -0600", "2023-12-22", -360),
        ("Oct 3, 2025 | 9:05 p.m. EDT", "2025-10-03", -240),
        ("Saturday 23 December 2023 05:39", "2023-12-23", None),
        ("2026年1月3日", "2026-01-03", None),
        ("3 мая 2025, 12:10", "2025-05-03", None),
        ("2025-02-30", "", None),
        ("in 4 of 7 cases", "", None),
    ],
)
def test_dates_are_read_with_their_zone(text: str, day: str, offset: int | None) -> None:
    moment = parse_moment(text)
    assert (moment.day if moment else "") == day
    assert (moment.offset if moment else None) == offset


def test_midnight_in_utc_says_no_more_than_the_day() -> None:
    moment = parse_moment("2025-06-03T00:00:00Z")
    assert moment is not None
    assert not moment.has_clock


@pytest.mark.parametrize("more", ["", " Mehr dazu hören Sie in unserer Audiothek, zu jeder Zeit."])
def test_when_a_programme_was_on_air_is_no_date_of_publication(more: str) -> None:
    day = "<time>02.06.2025</time> um 6 Uhr"
    shown = f"<p>Über dieses Thema berichtet: Radio Nord am {day}.{more}</p>"
    found = read(json_ld("2025-06-03T10:30:00Z", "2025-06-03T10:30:00Z"), shown, lang="de")
    assert (found.day_published, found.date_source) == ("2025-06-03", "json-ld")


def test_the_date_of_the_last_change_is_better_than_none() -> None:
    page = f"<html><body>{FERRIES}{FERRIES}<footer><p>Last updated: June 3, 2025</p></footer></body></html>"
    found = read_metadata(load_page(page.encode()), URL)
    assert (found.day_published, found.date_source) == ("2025-06-03", "text")


def test_an_entry_that_tells_its_last_change_alone_dates_a_page_that_shows_none() -> None:
    story = "".join(f"<p>{line}</p>" for line in MINISTERS)
    body = f"<html><body><article>{HEADLINE}{{}}{story}</article></body></html>"
    entry = BLANK_ENTRY._replace(link=URL, updated=1_762_178_700_000_000)

    def dated(shown: str) -> tuple[int | None, str]:
        article = extract_article(Page(URL, URL, "", body.format(shown).encode(), 0), entry)
        return article.date_published, article.date_source

    assert dated("") == (entry.updated, "feed")
    assert dated("<p>Published 3 June 2025</p>")[1] == "shown"


def test_when_the_whole_site_was_changed_dates_no_page() -> None:
    below = "<footer><p>Site last updated: June 3, 2025</p></footer>"
    page = f"<html><body>{FERRIES}{FERRIES}{below}</body></html>"
    assert read_metadata(load_page(page.encode()), URL).published is None


def test_a_date_beside_a_count_of_readers_is_that_of_the_story() -> None:
    page = f"<html><body><table><tr><td>2005-06-03 阅读10544次</td></tr></table>{FERRIES}</body></html>"
    found = read_metadata(load_page(page.encode()), URL)
    assert (found.day_published, found.date_source) == ("2005-06-03", "text")


def dated(before: str = "", after: str = "", url: str = URL, lang: str = "en") -> tuple[str, str]:
    """Day and source of a page with something above its headline and something below its story."""
    page = f'<html lang="{lang}"><body><div>{before}{HEADLINE}</div>{FERRIES}{FERRIES}{after}</body></html>'
    found = read_metadata(load_page(page.encode()), url)
    return found.day_published, found.date_source


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<span>Bonn, 3.6.2025</span>", "", ("2025-06-03", "shown")),
        ("<h2 class='date-header'>Tuesday, June 3, 2025</h2>", "", ("2025-06-03", "shown")),
        ("", "<abbr class='published' title='2025-06-03T23:11:00-05:00'>23</abbr>", ("2025-06-03", "time")),
        ("", "<div class='submitted'>By <b>rasp</b> am 3. Juni 2025 - 18:55</div>", ("2025-06-03", "byline")),
        ("", "<p>This story was published on June 3, 2025 at noon.</p>", ("2025-06-03", "text")),
        ("", "<p>Sale starts on June 3, 2025.</p>", ("", "")),
    ],
)  # fmt: skip
def test_a_page_that_states_no_date_shows_it_in_many_places(
    before: str, after: str, expected: tuple[str, str]
) -> None:
    assert dated(before, after) == expected


def test_the_day_in_the_address_settles_which_shown_date_is_that_of_the_story() -> None:
    url = "https://post.example/videos/2025/06/23/driver.htm"
    assert dated("<span>16.06.2025</span>", url=url) == ("2025-06-23", "url")
    found = read(json_ld("2025-06-23T19:45:00Z"), "<p>16 June 2025</p>", url=url)
    assert (found.day_published, found.date_source) == ("2025-06-23", "json-ld")


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/news/23-01-2022-a-race", "2022-01-23"),
        ("/press/~02-01-2022-boars", "2022-01-02"),
        ("/aktuelles/08112021-fachtag", "2021-11-08"),
        ("/news/31-13-2022-no-date", ""),
    ],
)
def test_addresses_may_put_the_day_first(address: str, day: str) -> None:
    assert dated(url="https://post.example" + address)[0] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mon Oct 11 14:57:21 CEST 2021", "2021-10-11"),
        ("الجمعة 24 نيسان / أبريل 2020 09:22", "2020-04-24"),
        ("2 تير 1399 - 12:09", "2020-06-22"),
    ],
)
def test_dates_are_read_as_servers_and_other_calendars_write_them(text: str, day: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.day == day
