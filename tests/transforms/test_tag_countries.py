"""What the tagger says of countries in short texts of our own."""

from __future__ import annotations

from transforms.tag_countries import split_headline, tag_countries


def codes(text: str, language: str = "") -> list[str]:
    """Codes named in a text, in alphabetical order."""
    return sorted(country.code for country in tag_countries("", text, language=language))


def test_every_country_named_is_listed_with_its_mentions() -> None:
    text = "France and Germany met a Chinese delegation in Oslo."
    countries = tag_countries("", text)
    assert sorted(c.code for c in countries) == ["CHN", "DEU", "FRA", "NOR"]
    assert all(text[m.start : m.end] == m.text for c in countries for m in c.mentions)


def test_countries_are_ranked_by_salience_and_then_by_code() -> None:
    found = tag_countries("Russia warns Poland", "Russia warned Poland again. Peru was silent.")
    assert found == sorted(found, key=lambda c: (-c.salience, c.code))
    assert found[-1].code == "PER"


def test_organisations_have_rows_of_their_own() -> None:
    assert "FRA" in codes("NATO praised France.")


def test_a_first_paragraph_that_is_no_sentence_is_the_headline() -> None:
    assert split_headline("RICE UP\n\nTOKYO - Rice rose.") == ("RICE UP", "\nTOKYO - Rice rose.")
    assert split_headline("Rice rose.\nIt fell.") == ("", "Rice rose.\nIt fell.")


def test_a_name_of_another_language_hides_no_name_that_begins_inside_it() -> None:
    for text in ("Nepal rejected an Indian plan.", "Nepal has more wheat than India."):
        assert {c.code for c in tag_countries("", text, language="en")} == {"IND", "NPL"}
    assert tag_countries("", "It lies in an Indian Ocean atoll.", language="en") == []
