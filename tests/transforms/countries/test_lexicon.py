"""What the lexicon holds: names of each kind, in many languages, scripts and cases, on their days."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from transforms.tag_countries import default_tagger, tag_countries


def codes(text: str, language: str = "en", day: str = "") -> set[str]:
    """Codes named in a text of one language on one day."""
    date = None
    if day:
        date = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 10**6
    return {country.code for country in tag_countries("", text, language=language, date=date)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kremlin said no.", "RUS"),
        ("Downing Street said no.", "GBR"),
        ("Zhongnanhai said no.", "CHN"),
        ("The Pentagon said no.", "USA"),
        ("The Élysée said no.", "FRA"),
        ("The Quai d'Orsay said no.", "FRA"),
        ("Itamaraty said no.", "BRA"),
        ("Torre Tagle said no.", "PER"),
        ("The Bundestag said no.", "DEU"),
        ("The Knesset said no.", "ISR"),
        ("The State Department said no.", "USA"),
        ("The Bundesbank said no.", "DEU"),
        ("The SNB said no.", "CHE"),
        ("The People's Bank of China said no.", "CHN"),
        ("The Reserve Bank of Australia said no.", "AUS"),
        ("The Bundeswehr said no.", "DEU"),
        ("The Royal Navy said no.", "GBR"),
        ("The Revolutionary Guards said no.", "IRN"),
        ("The People's Liberation Army said no.", "CHN"),
        ("Hamas said no.", "PSE"),
        ("Hezbollah said no.", "LBN"),
        ("The Taliban said no.", "AFG"),
        ("The Houthis said no.", "YEM"),
        ("The Rapid Support Forces said no.", "SDN"),
        ("Boko Haram said no.", "NGA"),
        ("Sergei Lavrov said no.", "RUS"),
        ("Marco Rubio said no.", "USA"),
        ("Boris Pistorius said no.", "DEU"),
    ],
)
def test_seats_ministries_forces_banks_and_groups_stand_for_their_country(
    text: str, expected: str
) -> None:
    assert codes(text) == {expected}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The European Commission agreed.", "en", "EU"),
        ("Die Europäische Union stimmte zu.", "de", "EU"),
        ("NATO agreed.", "en", "NATO"),
        ("Last week the ships of NATO left.", "en", "NATO"),
        ("A summit of ASEAN ended.", "en", "ASEAN"),
        ("Some members of ECOWAS left.", "en", "ECOWAS"),
        ("A summit of BRICS ended.", "en", "BRICS"),
        ("L'OTAN a accepté.", "fr", "NATO"),
        ("The United Nations agreed.", "en", "UN"),
        ("ООН согласилась.", "ru", "UN"),
        ("ASEAN agreed.", "en", "ASEAN"),
        ("BRICS agreed.", "en", "BRICS"),
        ("欧盟表示同意。", "zh", "EU"),
    ],
)
def test_organisations_are_actors_of_their_own(text: str, language: str, expected: str) -> None:
    assert codes(text, language) == {expected}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the Soviet Union", "SUN"),
        ("East Germany", "DDR"),
        ("Czechoslovakia", "CSK"),
        ("Yugoslavia", "YUG"),
        ("Zaire", "COD"),
        ("Burma", "MMR"),
        ("Ceylon", "LKA"),
        ("Upper Volta", "BFA"),
        ("Swaziland", "SWZ"),
        ("Rhodesia", "ZWE"),
        ("Persia", "IRN"),
        ("Siam", "THA"),
    ],
)
def test_former_names_and_former_states_are_known(name: str, code: str) -> None:
    assert codes(f"They sailed to {name} that year.") == {code}


def test_every_iso_country_has_a_name_in_a_dozen_languages() -> None:
    from schemas.countries import code_table, is_country

    spoken: dict[str, set[str]] = {}
    for readings in default_tagger().names.values():
        for reading in readings:
            if reading.kind == "country":
                for code in reading.codes:
                    spoken.setdefault(code, set()).update(reading.languages)
    today = [code for code, row in code_table().items() if row.alpha2 and is_country(code)]
    assert len(today) > 240
    assert [code for code in today if len(spoken.get(code, ())) < 12] == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Le ministre allemand est arrivé.", "fr", "DEU"),
        ("Der französische Minister kam an.", "de", "FRA"),
        ("El ministro alemán llegó.", "es", "DEU"),
        ("O ministro francês chegou.", "pt", "FRA"),
        ("Il ministro tedesco è arrivato.", "it", "DEU"),
        ("De Duitse minister kwam aan.", "nl", "DEU"),
        ("Niemiecki minister przyjechał.", "pl", "DEU"),
        ("Německý ministr přijel.", "cs", "DEU"),
        ("Немецкий министр прибыл.", "ru", "DEU"),
        ("Німецький міністр прибув.", "uk", "DEU"),
        ("Den tyske ministeren kom.", "no", "DEU"),
        ("Den tyska ministern kom.", "sv", "DEU"),
        ("Alman bakan geldi.", "tr", "DEU"),
        ("Ο Γερμανός υπουργός έφτασε.", "el", "DEU"),
        ("A német miniszter megérkezett.", "hu", "DEU"),
        ("وصل الوزير الألماني.", "ar", "DEU"),
        ("وصل الوزير الصيني.", "ar", "CHN"),
        ("وصل الوفد للوزير السوداني.", "ar", "SDN"),
        ("وصلت الوزيرة النرويجية.", "ar", "NOR"),
        ("Menteri Jerman tiba.", "id", "DEU"),
    ],
)
def test_adjectives_of_countries_are_known_in_many_languages(
    text: str, language: str, expected: str
) -> None:
    assert codes(text, language) == {expected}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Переговоры с Россией и Турцией идут.", "ru", {"RUS", "TUR"}),
        ("В Германии и Польше бастуют.", "ru", {"DEU", "POL"}),
        ("وقعت مع روسيا ولمصر حصة وبالعراق أخرى.", "ar", {"RUS", "EGY", "IRQ"}),
        ("Almanya'dan Türkiye'ye ve Fransa'nın tepkisi.", "tr", {"DEU", "TUR", "FRA"}),
        ("Saksasta ja Ranskassa sekä Venäjälle.", "fi", {"DEU", "FRA", "RUS"}),
        ("We Francji, w Niemczech i do Rosji.", "pl", {"FRA", "DEU", "RUS"}),
        ("Ve Francii, v Německu a do Ruska.", "cs", {"FRA", "DEU", "RUS"}),
        ("Németországban, Ukrajnából és Oroszországgal.", "hu", {"DEU", "UKR", "RUS"}),
        ("한국은 일본에서 중국으로 보냈다.", "ko", {"KOR", "JPN", "CHN"}),
        ("भारत ने रूस को चीन से पहले बताया।", "hi", {"IND", "RUS", "CHN"}),
        ("שר החוץ טס מישראל לצרפת ובגרמניה.", "he", {"ISR", "FRA", "DEU"}),
        ("Στη Γερμανία και της Γαλλίας.", "el", {"DEU", "FRA"}),
        ("България и Румъния са в Шенген.", "bg", {"BGR", "ROU"}),
    ],
)
def test_cases_clitics_and_particles_hide_no_country(
    text: str, language: str, expected: set[str]
) -> None:
    assert codes(text, language) == expected


def test_every_case_of_a_name_is_found() -> None:
    lines = (Path(__file__).parent / "cases.txt").read_text("utf-8").splitlines()
    found, missed = 0, []
    for head, _, forms in (line.partition(": ") for line in lines if not line.startswith("#")):
        language, code = head.split(" ")
        for form in forms.split("|"):
            is_found = code in codes(f"— {form}, 12.", language)
            found += is_found
            missed += [] if is_found else [(language, form)]
    assert missed == []
    assert found > 600


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("日本政府は韓国とインドに抗議した。", "ja", {"JPN", "KOR", "IND"}),
        ("中日韩三国外长会晤。", "zh", {"CHN", "JPN", "KOR"}),
        ("中美贸易谈判开始。", "zh", {"CHN", "USA"}),
        ("ไทยและกัมพูชาตกลงหยุดยิง", "th", {"THA", "KHM"}),
        ("アメリカンフットボールの試合。", "ja", set()),
    ],
)
def test_scripts_without_spaces_are_read_by_their_names(
    text: str, language: str, expected: set[str]
) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("GERMANY AND FRANCE SIGN PACT", "en", {"DEU", "FRA"}),
        ("US TELLS UK TO PAY", "en", {"USA", "GBR"}),
        ("ΕΛΛΑΔΑ ΚΑΙ ΚΥΠΡΟΣ ΥΠΕΓΡΑΨΑΝ", "el", {"GRC", "CYP"}),
        ("LES ETATS-UNIS QUITTENT LA CONFERENCE", "fr", {"USA"}),
        ("РОССИЯ И КИТАЙ ПОДПИСАЛИ", "ru", {"RUS", "CHN"}),
        ("france and germany agree on the jet", "en", {"FRA", "DEU"}),
        ("she kept the good china beside the turkey", "en", set()),
    ],
)
def test_capitals_and_small_letters_hide_no_country(
    text: str, language: str, expected: set[str]
) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Island hopping is a pastime.", "en", set()),
        ("Island hat gewählt.", "de", {"ISL"}),
        ("The Man of the match was late.", "en", set()),
        ("Indie labels met on Monday.", "en", set()),
        ("Indie podpisały umowę.", "pl", {"IND"}),
        ("The sign read 中国 in red.", "en", {"CHN"}),
        ("Netflixは米国で値上げした。", "ja", {"USA"}),
    ],
)
def test_a_name_counts_in_its_own_languages_and_its_own_script(
    text: str, language: str, expected: set[str]
) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trade in the South China Sea fell.", set()),
        ("The New York Times hired him.", set()),
        ("Papua New Guinea voted.", {"PNG"}),
        ("New Mexico voted.", {"USA"}),
        ("The Bank of England cut rates.", {"GBR"}),
        ("Georgia's governor vetoed the bill in Atlanta.", {"USA"}),
        ("Georgia jailed two in Tbilisi.", {"GEO"}),
        ("Michael Jordan bought a team.", set()),
        ("Jordan missed his first six shots.", set()),
        ("Jordan closed its border with Syria.", {"JOR", "SYR"}),
        ("Roast the turkey slowly.", set()),
        ("Turkey closed the strait.", {"TUR"}),
        ("Chad told his boss no.", set()),
        ("Chad expelled the envoy.", {"TCD"}),
        ("Washington state raised taxes in Olympia.", {"USA"}),
        ("Congo's Brazzaville government resigned.", {"COG"}),
        ("The Democratic Republic of Congo voted.", {"COD"}),
        ("The two Koreas talked.", {"KOR", "PRK"}),
        ("North Korea fired; South Korea watched.", {"KOR", "PRK"}),
        ("Guinea-Bissau and Equatorial Guinea met Guinea.", {"GNB", "GNQ", "GIN"}),
        ("Northern Ireland and the Republic of Ireland agreed.", {"GBR", "IRL"}),
    ],
)
def test_names_that_many_share_mean_what_stands_around(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Medvedev spoke.", "2010-05-01", {"RUS"}),
        ("Prime Minister Burnham spoke.", "2026-11-01", {"GBR"}),
        ("Prime Minister Burnham spoke.", "2012-11-01", set()),
        ("Prime Minister Jetten met Merkel.", "2015-01-01", {"DEU"}),
        ("Carney spoke.", "2026-05-01", set()),
        ("Prime Minister Carney spoke.", "2026-05-01", {"CAN"}),
        ("Prime Minister Carney spoke.", "2015-05-01", set()),
        ("Takaichi spoke.", "2026-05-01", {"JPN"}),
        ("Reagan spoke.", "1985-05-01", {"USA"}),
        ("President Bush spoke.", "2005-05-01", {"USA"}),
    ],
)
def test_a_surname_means_the_leader_in_office_on_that_day(
    text: str, day: str, expected: set[str]
) -> None:
    assert codes(text, day=day) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Whisk the mustard, then drizzle Greek honey over the glaze.",
        "The cruise ship Norwegian Star was late.",
        'The band covered "Hotel California" and "Africa".',
        "An Afghan hound and a Shetland pony won.",
        "All roads lead to Rome, she said.",
        "Texas Instruments calculators sold out.",
        "Virginia Woolf and Georgia O'Keeffe never met.",
    ],
)
def test_dishes_ships_works_breeds_sayings_and_brands_are_no_countries(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("MOSCOW (Reuters) - Rain fell.", "dateline"),
        ("Rain fell in Moscow.", "place"),
        ("Moscow's envoy left. Russian oil rose.", "modifier"),
        ("Russia attacked.", "actor"),
        ("Rain fell.\n(Reporting by Jo Doe in Moscow; Moscow did not reply)", "byline"),
    ],
)
def test_a_mention_has_the_role_that_its_place_gives_it(text: str, role: str) -> None:
    from transforms.countries.context import Field, resolve
    from transforms.tag_countries import mentions_of

    names = default_tagger()._matcher.find(text, ("en", "en"), None)
    (field,) = resolve([Field("body", text, names)])
    assert role in {mention.role for mention in mentions_of(field)}
