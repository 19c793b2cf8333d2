"""Sentences on matches and on violence come in; only the second may tell of an assault."""

from __future__ import annotations

import pytest

from transforms.tag_countries import tag_countries
from transforms.tag_relations import tag_relations


def told(text: str) -> set[tuple[str, str, str]]:
    countries = tag_countries("", text, language="en")
    relations = tag_relations("", text, countries, language="en")
    return {(r.source, r.target, r.event_type) for r in relations}


@pytest.mark.parametrize(
    "text",
    [
        "Peru beat Chile 3-1 in Lima.",
        "Peru beat Chile in straight sets.",
        "Peru were beaten by Chile in the semi-final.",
        "India crushed Bangladesh by nine wickets.",
        "Ghana clashed with Togo in a World Cup qualifier.",
        "Italy routed Malta 6-0.",
        "Spain fought back to draw 1-1 with Portugal.",
        "The football team of Iran beat Iraq.",
    ],
)
def test_who_wins_a_match_assaults_nobody(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Chinese police beat Japanese fans after the football.",
        "Syrian jets bombed a football ground in Lebanon.",
        "Israel struck Iran in the first hours of a 12-day war.",
        "Ukraine struck an oil refinery in Russia with 20-30 drones.",
        "Ukrainian forces struck a Russian oil depot on the night of July 8-9.",
        "Israel struck a football pitch in Lebanon on Monday.",
        "Iran struck Israel with missiles after the World Cup final.",
        "India and Pakistan clashed on May 7-10 along the border.",
    ],
)
def test_violence_stays_violence_where_words_of_sport_stand(text: str) -> None:
    assert {event for _, _, event in told(text)} == {"ASSAULT"}


def test_a_count_of_votes_is_no_score() -> None:
    text = "Voting 51-48, Kenya and Uganda agreed to cooperate."
    assert ("KEN", "UGA", "AGREE") in told(text)
