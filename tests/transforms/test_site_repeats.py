"""Which lines of a run's pages are their sites' own."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.records import LineKeys
from transforms.site_repeats import lines_to_go, site_lines

PROMO, BACKGROUND = 1, 2


def page(
    story: int, lines: Sequence[int] = (), doubtful: Sequence[int] = (), site: str = "a.example"
) -> LineKeys:
    return LineKeys(site, story, (100 + story, *lines), doubtful)


def gone(pages: Sequence[LineKeys], asked: int = 0) -> list[int]:
    return lines_to_go(pages[asked], site_lines(pages))


def test_a_doubtful_line_of_three_stories_is_the_sites() -> None:
    others = [page(story) for story in range(10, 30)]
    pages = [page(story, [PROMO], [PROMO]) for story in range(3)]
    assert gone([*pages, *others]) == [PROMO]
    assert gone([*pages[:2], *others]) == []


def test_pages_that_left_the_line_out_of_their_text_count_as_well() -> None:
    pages = [page(1, [PROMO], [PROMO]), page(2, [], [PROMO]), page(3, [], [PROMO])]
    assert gone(pages) == [PROMO]
    assert gone(pages, asked=1) == []  # it is not in that text


def test_a_line_without_doubt_stays_where_some_stories_share_it() -> None:
    about_the_war = [page(story, [BACKGROUND]) for story in range(6)]
    others = [page(story) for story in range(10, 16)]
    assert gone([*about_the_war, *others]) == []


def test_a_line_of_next_to_all_stories_goes_though_nobody_doubts_it() -> None:
    pages = [page(story, [PROMO]) for story in range(6)]
    others = [page(story) for story in range(10, 14)]
    assert gone([*pages, *others[:3]]) == [PROMO]
    assert gone([*pages, *others]) == []
    assert gone(pages[:5]) == [PROMO]
    assert gone(pages[:4]) == []


def test_one_story_under_several_addresses_counts_once() -> None:
    assert gone([page(1, [PROMO], [PROMO]) for _ in range(8)]) == []


def test_a_site_knows_nothing_of_another() -> None:
    pages = [page(story, [PROMO], [PROMO], site=f"{story}.example") for story in range(8)]
    assert gone(pages) == []


def test_files_without_an_address_share_no_site() -> None:
    assert gone([page(story, [PROMO], [PROMO], site="") for story in range(8)]) == []


def test_the_order_of_the_pages_does_not_matter() -> None:
    pages = [page(story, [PROMO, BACKGROUND], [PROMO]) for story in range(7)]
    assert site_lines(pages) == site_lines(pages[::-1])
