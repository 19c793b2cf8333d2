"""Which London is meant: what decides between towns of one name."""

from __future__ import annotations

import pytest

from transforms.tag_countries import tag_countries


def codes(text: str) -> list[str]:
    return sorted(country.code for country in tag_countries("", text, language="en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United States and Iran met in Geneva. U.S. officials stayed.", ["CHE", "IRN", "USA"]),
        ("LONDON, March 3 - U.S. stocks fell. American bonds rose in London.", ["GBR", "USA"]),
        ("The U.S. will ship aid to Cuba, the White House said.", ["CUB", "USA"]),
        ("A U.S. envoy came to Lebanon, the State Department said.", ["LBN", "USA"]),
    ],
)
def test_a_well_known_place_stays_itself_in_stories_of_another_country(
    text: str, expected: list[str]
) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lebanon school district and the Hendersonville, Tennessee, sheriff agreed.", ["USA"]),
        ("A bridge in Gloucester reopened, the English county of Wiltshire said.", ["GBR"]),
        ("A man from Surrey, B.C., was charged.", ["CAN"]),
        ("Nassau and Baker counties in Florida were hit.", ["USA"]),
        ("The horses came to Victoria from New South Wales.", ["AUS"]),
        ("Belgium, First Chicago said, will borrow. First Chicago leads.", ["BEL", "USA"]),
        ("A judge in Athens, Georgia, freed him.", ["USA"]),
    ],
)
def test_towns_and_regions_around_decide_between_namesakes(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Franco-German tanks are a dream.", ["DEU", "FRA"]),
        ("Greco-Turkish ties warmed.", ["GRC", "TUR"]),
        ("The Dominican president inspected the wall.", ["DOM"]),
        ("The Dominican premier flew home to Dominica.", ["DMA"]),
        ("Korea's Kim Jong-un watched from Pyongyang.", ["PRK"]),
        ("Chad said he would fix the roof himself.", []),
        ("Chad said its army had crossed the border.", ["TCD"]),
    ],
)
def test_names_that_mean_two_things_go_by_what_stands_around(
    text: str, expected: list[str]
) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The chief of Knight Ridder resigned on the day after the sale.",
        "Joaquin Navarro-Valls had no comment.",
        "It cost about US$2 million.",
        "The tribe opened an Indian casino on its reservation.",
        "Kim Day runs St. John's Health System.",
    ],
)
def test_names_of_other_things_are_no_places(text: str) -> None:
    assert codes(text) == []
