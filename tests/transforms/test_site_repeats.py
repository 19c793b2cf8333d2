"""Which lines of a run's pages are their sites' own."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.records import LineKeys
from transforms.pages.line_keys import packed
from transforms.site_repeats import lines_to_go, site_lines

PROMO, BACKGROUND = 1, 2


def page(story: int, lines: Sequence[int] = (), doubtful: Sequence[int] = ()) -> LineKeys:
    return LineKeys("a.example", story, packed([100 + story, *lines]), packed(doubtful))


def gone(pages: Sequence[LineKeys], clusters: Sequence[str] = (), asked: int = 0) -> list[int]:
    """Which lines of one of the pages go, where each is a cluster of its own unless they are told."""
    names = clusters or list(map(str, range(len(pages))))
    return lines_to_go(
        pages[asked], {"a.example": site_lines(list(zip(names, pages, strict=True)))}
    )


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


def test_one_story_under_several_headlines_counts_once() -> None:
    pages = [page(story, [PROMO], [PROMO]) for story in range(8)]
    assert gone(pages, ["the same"] * 8) == []
    assert gone(pages, ["the same"] * 6 + ["another", "a third"]) == [PROMO]


def test_a_page_is_asked_of_its_own_site_alone() -> None:
    repeated = site_lines([(str(story), page(story, [PROMO], [PROMO])) for story in range(8)])
    assert lines_to_go(page(1, [PROMO], [PROMO]), {"b.example": repeated}) == []


def test_a_line_that_a_page_says_twice_stands_on_one_story() -> None:
    assert gone([page(1, [PROMO, PROMO], [PROMO]), page(2, [PROMO], [PROMO])]) == []


def test_the_order_of_the_pages_does_not_matter() -> None:
    pages = [(str(story), page(story, [PROMO, BACKGROUND], [PROMO])) for story in range(7)]
    assert site_lines(pages) == site_lines(pages[::-1])
