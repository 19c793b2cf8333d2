"""Adjectives of countries come in; whether they name a dish, a breed or a language goes out."""

from __future__ import annotations

import pytest

from transforms.tag_countries import tag_countries


def codes(text: str, language: str) -> list[str]:
    return sorted(country.code for country in tag_countries("", text, language=language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He plays the Spanish guitar."),
        ("fr", "Il servait un curry indien."),
        ("es", "La tortilla española y el guacamole mexicano."),
        ("it", "Un ristorante greco al porto."),
        ("ru", "Немецкая овчарка и французская кухня."),
        ("de", "Eine spanische Gitarre im Schaufenster."),
    ],
)
def test_dishes_breeds_and_instruments_name_no_country(language: str, text: str) -> None:
    assert codes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Elle enseigne le français."),
        ("es", "Habla alemán e italiano con sus vecinos."),
        ("it", "Parla russo e insegna il tedesco."),
        ("pt", "Ele fala bem francês."),
        ("de", "Sie spricht fließend Russisch."),
        ("ru", "Он учит немецкий язык."),
    ],
)
def test_a_language_that_somebody_speaks_names_no_country(language: str, text: str) -> None:
    assert codes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El ministro enseña a niños franceses.", ["FRA"]),
        ("de", "Er spricht mit russischen Soldaten.", ["RUS"]),
        ("it", "Il governo studia la proposta tedesca.", ["DEU"]),
        ("ru", "Россия запретила ввоз грузинского вина.", ["GEO", "RUS"]),
    ],
)
def test_people_and_goods_of_a_country_do(language: str, text: str, expected: list[str]) -> None:
    assert codes(text, language) == expected
