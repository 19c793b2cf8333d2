"""What the list of leaders holds, and what its flags let a name mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from transforms.data.countries.people import people
from transforms.data.countries.rows import EVER
from transforms.tag_countries import tag_countries

EAST = (  # Asia without the former Soviet states, Africa, the islands of the Pacific
    "AFG BGD BRN BTN CHN IDN IND JPN KHM KOR LAO LKA MDV MMR MNG MYS NPL PAK PHL PRK SGP THA TLS TWN VNM "
    "ARE BHR EGY IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM DZA LBY MAR TUN "
    "AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DJI ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR LSO "
    "MDG MLI MOZ MRT MUS MWI NAM NER NGA RWA SDN SEN SLE SOM SSD STP SWZ SYC TCD TGO TZA UGA ZAF ZMB ZWE "
    "FJI FSM KIR MHL NRU PLW PNG SLB TON TUV VUT WSM"
).split()
WEST = (  # Europe, the Americas, the former Soviet Union, Australia, New Zealand
    "ALB AND AUT BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GRC HRV HUN IRL ISL ITA LIE LTU "
    "LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU RUS SMR SRB SVK SVN SWE UKR VAT XKX "
    "ARM AZE GEO KAZ KGZ TJK TKM UZB AUS NZL ARG ATG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU "
    "GRD GTM GUY HND HTI JAM KNA LCA MEX NIC PAN PER PRY SLV SUR TTO URY USA VCT VEN"
).split()
# without a ministry of defence, or with a minister that no public record at hand tells
NO_DEFENCE = set(
    "BTN ERI FSM KIR MHL NRU PLW PSE SLB TUV VUT WSM COM CPV GNQ IRQ LSO MLI MMR MNG NPL SLE STP SWZ "
    "AND ATG BHS BRB COL CRI DMA GRD KNA LCA LIE MCO PAN SMR SVN VAT VCT".split()
)
NO_FOREIGN = {"CPV", "SLB", "UGA"}  # governments of 2026


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
        ("A mill in Bradford burned down.", "1998-05-01", {"GBR"}),
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


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Foreign Minister Kuranari spoke.", "2017-04-10", set()),
        ("Tadashi Kuranari spoke.", "2017-04-10", {"JPN"}),
        ("Defence Minister Koizumi spoke.", "2026-11-20", {"JPN"}),
        ("Foreign Minister Lamola spoke.", "2026-11-20", {"ZAF"}),
        ("Foreign Minister Sugiono spoke.", "2026-11-20", {"IDN"}),
        ("President Talon spoke.", "2020-05-01", {"BEN"}),
        ("A talon of the eagle. Talon grew up in Ohio.", "2020-05-01", {"USA"}),
        ("Hasan Mahmud bowled well.", "2021-05-01", set()),
    ],
)
def test_ministers_of_asia_and_africa_count_on_their_days(
    text: str, day: str, expected: set[str]
) -> None:
    assert codes(text, day) == expected


@pytest.mark.parametrize("code", EAST + WEST)
def test_a_state_has_its_leaders_in_office(code: str) -> None:
    offices = {
        office
        for person in people()
        if person.code == code and not person.language and person.end == EVER[1]
        for office in person.offices
    }
    expected = {"head"}
    expected |= set() if code in NO_FOREIGN else {"foreign"}
    expected |= set() if code in NO_DEFENCE else {"defence"}
    assert expected <= offices


def test_nobody_leaves_office_before_taking_it() -> None:
    assert [person for person in people() if person.start > person.end] == []
