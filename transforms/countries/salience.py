"""The mentions of one article by country come in; the salience of each country comes out.

Salience is the probability that the story is about the country: a logistic model over where, how
often and in which words it is named, what else the article names, and some products of these. The
weights are a packaged table (`transforms/data/countries/salience_weights.json`), fitted by
`build_salience_weights.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations_with_replacement
from operator import itemgetter, mul
from typing import Final

from schemas.records import CountryMention

LEAD: Final = 400  # characters of the body that are its lead
PLAIN: Final = (
    "bias", "dateline", "only the dateline", "dateline against others", "under a dateline",
    "headline", "headline silent", "times", "other times", "rival", "leads", "share", "order",
    "first", "lead", "opening", "spread", "length", "countries", "places", "modifiers", "demonyms",
    "cities", "leaders", "governments",
)  # fmt: skip
# What a name in the headline is worth depends on how many others stand there, and so on: products.
CROSSED: Final = ("dateline", "headline", "times", "order", "countries")
_PAIRS: Final = tuple(
    (PLAIN.index(a), PLAIN.index(b))
    for a, b in combinations_with_replacement(CROSSED, 2)
    if a != b or a not in ("dateline", "headline")  # 0 or 1: the square says nothing new
)
_FIRSTS: Final = itemgetter(*(a for a, _ in _PAIRS))
_SECONDS: Final = itemgetter(*(b for _, b in _PAIRS))
FEATURES: Final = (*PLAIN, *(f"{PLAIN[a]} x {PLAIN[b]}" for a, b in _PAIRS))
_KINDS: Final = {
    "demonym": 0,
    "city": 1,
    "capital": 1,
    "region": 1,
    "leader": 2,
    "government": 3,
    "military": 3,
}

_NOWHERE: Final = (2, 0)


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Standing:
    """What one country's mentions say, before it is compared with the others."""

    times: int  # mentions apart from dateline and byline
    in_headline: bool
    in_dateline: bool
    first: tuple[int, int]  # (0 headline, 1 body; offset) of the first mention
    opening: int  # offset of the first mention of the body below the dateline; -1 without one
    closing: int  # and of the last one
    places: int
    modifiers: int
    kinds: tuple[int, ...]  # mentions by the kinds of `_KINDS`


def standing_of(mentions: Sequence[CountryMention]) -> Standing:
    """Sum up the mentions of one country, which stand in the order of the text."""
    times = places = modifiers = 0
    in_headline = in_dateline = False
    first, opening, closing = _NOWHERE, -1, -1
    kinds = [0, 0, 0, 0]
    for _, field, start, _, _, kind, role in mentions:
        if role == "byline":
            continue
        if first is _NOWHERE:
            first = (int(field == "body"), start)
        if role == "dateline":
            in_dateline = True
            continue
        times += 1
        if field == "body":
            opening = start if opening < 0 else opening
            closing = start
        else:
            in_headline = True
        if role == "place":
            places += 1
        elif role == "modifier":
            modifiers += 1
        if kind in _KINDS:
            kinds[_KINDS[kind]] += 1
    return Standing(
        times, in_headline, in_dateline, first, opening, closing, places, modifiers, tuple(kinds)
    )


def features_of(
    by_code: Mapping[str, Sequence[CountryMention]], length: int
) -> dict[str, tuple[float, ...]]:
    """For each country the values of `FEATURES`; `length` of the body in characters."""
    stands = {code: standing_of(mentions) for code, mentions in by_code.items()}
    ranked = sorted(stand.times for stand in stands.values())
    best, second = ranked[-1], ranked[-2] if len(ranked) > 1 else 0
    total = sum(ranked)
    in_order = sorted([(stand.first, code) for code, stand in stands.items()])
    under_dateline = True in [stand.in_dateline for stand in stands.values()]
    is_silent = True not in [stand.in_headline for stand in stands.values()]
    size = max(1, length)
    article = (under_dateline, is_silent, math.log1p(length) / 8, math.log(len(stands)))
    return {
        code: _row(
            stand,
            second if stand.times == best else best,
            total,
            in_order.index((stand.first, code)),
            size,
            article,
        )
        for code, stand in stands.items()
    }


def _row(
    stand: Standing,
    rival: int,
    total: int,
    order: int,
    size: int,
    article: tuple[float, float, float, float],
) -> tuple[float, ...]:
    """The values of one country: `rival` is the highest count among the others."""
    under_dateline, is_silent, length, countries = article
    times, in_headline, in_dateline = stand.times, stand.in_headline, stand.in_dateline
    opening, closing = stand.opening, stand.closing
    demonyms, cities, leaders, governments = stand.kinds
    counted = times or 1
    log_times = math.log1p(times)
    is_only = in_dateline and not times
    plain = (
        1.0, in_dateline, is_only, is_only * math.log1p(total), under_dateline,
        in_headline, is_silent, log_times, math.log1p(total - times),
        math.log1p(rival) - log_times, times >= rival and times > 0, times / (total or 1),
        math.log1p(order), order == 0, 0 <= opening < LEAD, opening / size if opening >= 0 else 1.0,
        (closing - opening) / size, length, countries, stand.places / counted, stand.modifiers / counted,
        demonyms / counted, cities / counted, leaders / counted, governments / counted,
    )  # fmt: skip
    return (*plain, *map(mul, _FIRSTS(plain), _SECONDS(plain)))


@cache
def weights() -> tuple[float, ...]:
    """The packaged weights in the order of `FEATURES`."""
    table = files("transforms.data.countries") / "salience_weights.json"
    by_name = json.loads(table.read_text(encoding="utf-8"))["weights"]
    return tuple(by_name.get(name, 0.0) for name in FEATURES)  # 0: new, not yet fitted


def saliences(by_code: Mapping[str, Sequence[CountryMention]], length: int) -> dict[str, float]:
    """Probability that the story is about each country; `length` of the body in characters."""
    if not by_code:
        return {}
    fitted = weights()
    return {
        code: round(_chance(sum(map(mul, fitted, row))), 4)
        for code, row in features_of(by_code, length).items()
    }


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
