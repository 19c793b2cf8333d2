"""The names of one text come in; cities and homonyms come out with the country that is meant.

London, Ontario and Cuba, Missouri go by the region behind them; Birmingham and Hamilton by the
countries that the article speaks of otherwise; weak names such as Reading stand only where the
context speaks for a place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.countries import is_country
from transforms.countries.lexicon import Reading
from transforms.countries.matches import Name
from transforms.countries.words import is_title_case, word_after, word_before, word_sets

STRONG_KINDS = frozenset(
    "country demonym region leader government military org cue city capital".split()
)
LOCAL_KINDS = frozenset(("city", "region", "cue"))
REGION_KINDS = frozenset(("region", "cue"))
TOWN_KINDS = frozenset(("city", "capital"))
SURE = 2  # towns and regions of another country that outweigh a well-known city
# Countries that hold no well-known namesake of a region's town: "Canada, Ontario" is no town.
PLACE_KINDS = frozenset("city capital region country".split())
COUNTIES = re.compile(r"(?:,? (?:and )?[A-Z][\w.]+){0,4} counties\b")
NEVER_TOWNS = frozenset(("CAN", "USA", "AUS", "GBR", "MEX"))


class Count(dict[str, int]):
    """Country -> number, 0 for all that were not counted; a Counter costs five times as much to make."""

    def __missing__(self, code: str) -> int:
        return 0


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Evidence:
    """What the unambiguous names of an article speak for."""

    count: Count  # names of each country
    local: Count  # the same, of towns, regions and local phrases alone
    different: Count  # regions, local phrases and different towns: "First Chicago" twice is one


def evidence(names: Sequence[Name], kinds: frozenset[str] = STRONG_KINDS) -> Evidence:
    """How often the unambiguous names of some kinds speak for each country."""
    found = Evidence(Count(), Count(), Count())
    towns: dict[tuple[Reading, ...], tuple[str, ...]] = {}
    for name in names:
        reading, options = name.reading, name.options
        codes, kind, flags = reading.codes, reading.kind, reading.flags
        if len(options) > 1 or (flags and flags.strip("ubv")):
            continue  # ambiguous
        if kind in REGION_KINDS:
            _add(found.different, codes)
        elif kind == "city":
            towns[options] = codes
        if kind in kinds:
            _add(found.count, codes)
            if kind in LOCAL_KINDS:
                _add(found.local, codes)
    for codes in towns.values():
        _add(found.different, codes)
    return found


def _add(count: Count, codes: Sequence[str]) -> None:
    for code in codes:
        count[code] += 1


def with_code(name: Name, code: str) -> Name:
    """The name as a place of another country: its own reading of that country, or a town's."""
    for option in name.options:
        if option.codes == (code,) and option.kind in TOWN_KINDS:
            return replace(name, reading=option)
    town = replace(name.reading, codes=(code,), kind="city")
    return replace(name, reading=town)


def by_region_behind(text: str, names: list[Name]) -> list[Name]:
    """`London, Ontario`: the town takes the country of the region that follows it."""
    out = list(names)
    for at, region in enumerate(names[1:]):
        town = out[at]
        if region.start - town.end != 2 or text[town.end : region.start] not in (", ", " ("):
            continue
        code = region.reading.codes[0]
        if town.reading.codes[0] != code and _is_town_of(text, town, region, code):
            out[at] = with_code(town, code)
    return out


def _is_town_of(text: str, town: Name, region: Name, code: str) -> bool:
    has_option = _has_town(town, code)
    if region.reading.kind == "country":
        return has_option
    if region.reading.kind != "region" or _is_in_a_list(text, town, region):
        return has_option and region.reading.kind == "region"
    if town.reading.kind == "country":
        return town.reading.codes[0] not in NEVER_TOWNS
    if town.reading.kind in ("region", "leader"):  # Surrey, B.C.; Churchill, Man.
        return code in NEVER_TOWNS
    return town.reading.kind in TOWN_KINDS


def _is_in_a_list(text: str, town: Name, region: Name) -> bool:
    """`Mexico, Texas and Ohio`, `France, Spain, Utah`: an enumeration, no address."""
    behind = text[region.end : region.end + 5]
    before = text[max(0, town.start - 2) : town.start]
    return behind.startswith((" and ", " or ")) or before == ", "


def by_article(names: list[Name], found: Evidence) -> list[Name]:
    """Homonymous towns go to the country that the article speaks of."""
    return [_moved(name, found) if len(name.options) > 1 else name for name in names]


def _moved(name: Name, found: Evidence) -> Name:
    count, local, different = found.count, found.local, found.different
    own = name.reading.codes[0]
    if name.reading.kind == "country":
        is_local = different["USA"] >= SURE and not count[own] and count["USA"] == _around(count)
        return with_code(name, "USA") if is_local and _has_town(name, "USA") else name
    if name.reading.kind not in TOWN_KINDS or count[own]:
        return name
    # A story of America's and Iran's talks in Geneva is not about Geneva, New York.
    is_well_known = "v" not in name.reading.flags
    is_capital = name.reading.kind == "capital"
    spoken = different if is_capital else local if is_well_known else count
    least = SURE if is_capital else 1
    best: Reading | None = None
    for option in name.options:
        code = option.codes[0]
        if option.kind in TOWN_KINDS and spoken[code] > (spoken[best.codes[0]] if best else 0):
            best = option
    if best is None or spoken[best.codes[0]] < least:
        return name
    return replace(name, reading=best)


def _around(count: Mapping[str, int]) -> int:
    """Names of all countries together, organisations apart."""
    return sum(number for code, number in count.items() if is_country(code))


def _has_town(name: Name, code: str) -> bool:
    return any(code in o.codes and o.kind in TOWN_KINDS for o in name.options)


def is_supported(text: str, name: Name, next_start: int, count: Mapping[str, int]) -> bool:
    """True where the context speaks for the place that a weak name (flags `c` and `w`) may be."""
    before = word_before(text, name.start).lower()
    is_followed = text[name.end : name.end + 2] == ", " and next_start == name.end + 2
    if is_followed:
        return True
    if before in word_sets()["prepositions"]:
        after = word_after(text, name.end)
        return "c" not in name.reading.flags or not after[:1].isupper()
    return "c" not in name.reading.flags and count[name.reading.codes[0]] > 0


def as_county(text: str, name: Name) -> Name:
    """`Nassau and Baker counties`: American ones, whatever else the name means."""
    if name.reading.kind in PLACE_KINDS and COUNTIES.match(text, name.end, name.end + 60):
        return with_code(name, "USA")
    return name


def is_part_of_name(text: str, name: Name, before: str) -> bool:
    """`Knight Ridder`, `Victoire Pisa`: a small town's name behind another capitalised word."""
    if not before or not before[0].isupper() or before in word_sets()["beside_place"]:
        return False
    at = name.start - 1 - len(before)
    opens = at == 0 or text[at - 1] != " " or text[at - 2] in ".!?:;-–—"
    return not opens and not is_title_case(text, name.end)


def is_part_of_address(kind: str, before: str, after: str) -> bool:
    """`London Road`, `New Paris`, `Fort Georgia`: another place's name."""
    street = after and after.rstrip(",;:")
    if street in word_sets()["street"] and kind in PLACE_KINDS:
        return not (street == "Square" or street.isupper())
    return kind == "city" and before in word_sets()["prefix"]
