"""What the list of leaders holds, and what its flags let a name mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from transforms.tag_countries import tag_countries


def codes(text: str, day: str) -> set[str]:
    """Codes named in an English text of one day."""
    date = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 10**6
    return {country.code for country in tag_countries("", text, language="en", date=date)}


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Defence Secretary Ben Wallace spoke.", "2022-05-01", {"GBR"}),
        ("Ben Wallace took twenty rebounds.", "2004-05-01", set()),
        ("Alexander Van der Bellen spoke.", "2022-05-01", {"AUT"}),
        ("President Van der Bellen spoke.", "2022-05-01", {"AUT"}),
        ("Alexander Van der Bellen won. Mr Van der Bellen spoke.", "2022-05-01", {"AUT"}),
        ("President Van der Bellen spoke.", "2002-05-01", set()),
    ],
)
def test_a_name_that_others_bear_and_a_long_surname_count_in_office(
    text: str, day: str, expected: set[str]
) -> None:
    assert codes(text, day) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Prime Minister Martin spoke in Dublin.", "2021-05-01", {"IRL"}),
        ("Prime Minister Martin spoke in Ottawa.", "2005-05-01", {"CAN"}),
        ("Economics Minister Martin Bangemann spoke.", "2021-05-01", set()),
        ("President Sant S. Chatwal spoke.", "1997-05-01", set()),
        ("Italy's President Napolitano spoke.", "2010-05-01", {"ITA"}),
        ("Secretary Napolitano spoke.", "2010-05-01", set()),
        ("Mexico's Foreign Secretary Castaneda spoke.", "2002-05-01", {"MEX"}),
        ("Secretary Castaneda of the club spoke.", "2002-05-01", set()),
        ("Fidel Castro met Raul Castro. Castro spoke.", "2024-05-01", {"CUB"}),
        ("Blair spoke.", "2024-05-01", {"GBR"}),
    ],
)
def test_a_surname_of_several_people_means_the_one_that_the_text_speaks_of(
    text: str, day: str, expected: set[str]
) -> None:
    assert codes(text, day) == expected


def test_a_name_is_found_without_its_diacritics() -> None:
    assert codes("Dovilė Šakalienė spoke.", "2025-05-01") == {"LTU"}
    assert codes("Dovile Sakaliene spoke.", "2025-05-01") == {"LTU"}
    assert codes("Espen Barth Eide met Jonas Gahr Store.", "2025-05-01") == {"NOR"}
