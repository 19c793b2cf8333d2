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
