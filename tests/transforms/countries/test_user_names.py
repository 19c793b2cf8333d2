"""A user's own names, from the YAML file to the countries of an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import InputError
from transforms.countries.user_names import read_user_names
from transforms.tag_countries import CountryTagger


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.yaml"


def codes(file: Path, text: str, date: int | None = None) -> list[str]:
    tagger = CountryTagger(read_user_names(file))
    return sorted(c.code for c in tagger.tag("", text, language="en", date=date))


def test_an_own_name_is_found_in_small_letters_and_in_headlines_of_capitals(file: Path) -> None:
    file.write_text("- name: Grey House\n  country: SRB\n  kind: government\n")
    assert codes(file, "The Grey House denied it.") == ["SRB"]
    assert codes(file, "GREY HOUSE DENIES EVERYTHING") == ["SRB"]


def test_an_own_name_overrides_the_packaged_one_with_its_article(file: Path) -> None:
    file.write_text("- name: Kremlin\n  country: POL\n")
    assert codes(file, "The Kremlin spoke, and the Kremlin was heard.") == ["POL"]


def test_a_name_without_a_country_is_never_tagged(file: Path) -> None:
    file.write_text("- name: Jordan\n  country:\n")
    assert codes(file, "Jordan and Egypt agreed.") == ["EGY"]


def test_a_longer_own_name_hides_the_country_in_it(file: Path) -> None:
    file.write_text('- name: "Norway Street Bakery"\n  country: ""\n')
    assert codes(file, "The Norway Street Bakery opened in Oslo.") == ["NOR"]
    assert codes(file, "The Norway Street Bakery opened.") == []


def test_days_bound_what_a_name_means(file: Path) -> None:
    file.write_text(
        "- {name: Old Mill, country: BEL, to: 1999-12-31}\n"
        "- {name: Old Mill, country: LUX, from: 2000-01-01}\n"
    )
    year = 365 * 86_400 * 10**6
    assert codes(file, "The Old Mill voted.", 20 * year) == ["BEL"]
    assert codes(file, "The Old Mill voted.", 40 * year) == ["LUX"]


def test_an_own_name_of_one_language_is_silent_in_others(file: Path) -> None:
    file.write_text("- {name: Berenjak, country: IRN, languages: [de]}\n")
    assert codes(file, "The Berenjak is a restaurant in the north of the city.") == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "- name: A b\n  country: FRA\n- name: C d\n  country: ZZZ\n",
            3,
            "dateline countries list",
        ),
        ("- name: A b\n  country: FRA\n\n- country: FRA\n", 4, "field name"),
        ("- name: A b\n  country: FRA\n  colour: red\n", 1, "unknown field colour"),
        ("- name: A b\n", 1, "field country is missing"),
        ("- {name: A b, country: FRA, kind: planet}\n", 1, "use one of country"),
        ("- {name: A b, country: FRA, from: soon}\n", 1, "no date YYYY-MM-DD"),
        ("- {name: A b, country: FRA, from: 2020-01-01, to: 2019-01-01}\n", 1, "swap them"),
        ("- {name: A b, country: FRA, languages: {a: b}}\n", 1, "a list such as"),
        ("- name: A b\n  country: [FRA\n", 3, "no YAML"),
        ("- &a\n  name: A b\n  country: FRA\n- *a\n", 4, "aliases"),
        ("- 12\n", 1, "fields name and country"),
    ],
)
def test_an_error_names_the_file_the_line_and_the_remedy(
    file: Path, text: str, line: int, words: str
) -> None:
    file.write_text(text)
    with pytest.raises(InputError) as raised:
        read_user_names(file)
    message = str(raised.value)
    assert message.startswith(f"{file}: line {line}: ")
    assert words in message


@pytest.mark.parametrize("text", ["name: France\n", "", "just words\n"])
def test_a_file_that_is_no_list_is_refused(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(InputError, match="must be a list"):
        read_user_names(file)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_user_names(tmp_path / "nowhere.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"- name: Caf\xe9\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_user_names(tmp_path / "latin.yaml")
