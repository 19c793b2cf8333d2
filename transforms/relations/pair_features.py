"""The countries and relations of an article come in; what speaks for and against each pair goes out.

A pair is scored by how salient both countries are, whether they meet in headline, lead or sentences, whether
a relation joins them, and what may explain them away: long lists, many countries, and a third
country that deals with both and stands in every sentence that names the two (a spurious triangle:
two capitals that talk of a war elsewhere do not deal with the victim).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final, NamedTuple

from schemas.countries import is_country
from schemas.records import Country, CountryMention, Relation

_LEAD: Final = 2  # sentences of the body that are its lead
_LISTED: Final = 5  # countries in one sentence from which it reads as a list
_SURVEYED: Final = 4  # countries that a short text is about from which it may be a survey of them
_FEW: Final = 5  # sentences with countries up to which a text is short


class Meeting(NamedTuple):
    """A sentence with the first mention of each country in it."""

    field: str
    number: int  # of the sentence in its field
    start: int
    end: int
    first: dict[str, CountryMention]


class Stand(NamedTuple):
    """How one country stands in the article."""

    salience: float
    rank: int
    order: int  # of its first mention among those of all countries
    times: int
    is_in_headline: bool
    is_in_lead: bool
    is_dateline_only: bool
    is_dated: bool  # the story comes from there
    acting: float  # share of mentions that act
    sentences: frozenset[int]  # indices into the meetings


def stands_of(countries: Sequence[Country], meetings: Sequence[Meeting]) -> dict[str, Stand]:
    """Code -> how the country stands; `countries` best first."""
    places: dict[str, set[int]] = {country.code: set() for country in countries}
    order: dict[str, int] = {}
    for index, meeting in enumerate(meetings):
        for code in meeting.first:
            places[code].add(index)
            order.setdefault(code, len(order))
    return {
        country.code: _stand(
            country, rank, order.get(country.code, len(order)), meetings, places[country.code]
        )
        for rank, country in enumerate(countries)
    }


def _stand(
    country: Country, rank: int, order: int, meetings: Sequence[Meeting], places: set[int]
) -> Stand:
    roles = [mention.role for mention in country.mentions]
    fields = {(meetings[i].field, meetings[i].number) for i in places}
    return Stand(
        salience=country.salience,
        rank=rank,
        order=order,
        times=len(roles),
        is_in_headline=any(field == "headline" for field, _ in fields),
        is_in_lead=any(field == "body" and index < _LEAD for field, index in fields),
        is_dateline_only=bool(roles) and all(role == "dateline" for role in roles),
        is_dated="dateline" in roles,
        acting=roles.count("actor") / max(1, len(roles)),
        sentences=frozenset(places),
    )


def strength_of(relations: Sequence[Relation]) -> dict[tuple[str, str], list[float]]:
    """Pair in alphabetical order -> scores of the relations that join it, coded ones only."""
    strength: dict[tuple[str, str], list[float]] = {}
    for relation in relations:
        if relation.quad_class:
            key = _pair(relation.source, relation.target)
            strength.setdefault(key, []).append(relation.score)
    return strength


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def features_of(
    a: str,
    b: str,
    stands: dict[str, Stand],
    meetings: Sequence[Meeting],
    strength: dict[tuple[str, str], list[float]],
) -> dict[str, float]:
    """Name -> value of everything that speaks for or against the pair."""
    one, other = stands[a], stands[b]
    shared = one.sentences & other.sentences
    ties = strength.get(_pair(a, b), [])
    low, high = sorted((_odds(one.salience), _odds(other.salience)))
    tie = max(ties, default=0.0)
    crowded = len(meetings) <= _FEW and sum(s.salience >= 0.5 for s in stands.values()) >= _SURVEYED
    return {
        "bias": 1.0,
        "low": low,
        "high": high,
        "both": one.salience * other.salience,
        "about": float(min(one.salience, other.salience) >= 0.5),
        "tie": tie,
        "ties": math.log1p(sum(ties)),
        "tied": float(bool(ties)),
        "second": float(max(one.rank, other.rank) == 1),
        "ranks": math.log1p(one.rank + other.rank - 1),
        "headlines": float(one.is_in_headline and other.is_in_headline),
        "headline": float(one.is_in_headline or other.is_in_headline),
        "leads": float(one.is_in_lead and other.is_in_lead),
        "dateline": float(one.is_dateline_only or other.is_dateline_only),
        "dated": float(one.is_dated or other.is_dated),
        "dated low": float(one.is_dated or other.is_dated) * low,
        "order": math.log1p(one.order + other.order - 1),
        "opening": float(max(one.order, other.order) == 1),
        "times": math.log1p(min(one.times, other.times)),
        "times high": math.log1p(max(one.times, other.times)),
        "share": (one.times + other.times) / sum(stand.times for stand in stands.values()),
        "acting": min(one.acting, other.acting),
        "triangle": _triangle(a, b, stands, strength),
        "venue": float(not ties and _is_venue(a, b, stands, strength)),
        "survey": float(crowded and not strength),
        "apart": float(crowded and not ties and not shared),
    } | _company(stands, meetings, shared, one, other, tie)


def _is_venue(
    a: str,
    b: str,
    stands: dict[str, Stand],
    strength: dict[tuple[str, str], list[float]],
) -> bool:
    """Whether one is but the place that the story comes from, while its headline joins two others."""
    idle = {code for code in (a, b) if stands[code].is_dateline_only}
    return bool(idle) and any(
        idle.isdisjoint(pair)
        and all(code in stands and stands[code].is_in_headline for code in pair)
        for pair in strength
    )


def _triangle(
    a: str,
    b: str,
    stands: dict[str, Stand],
    strength: dict[tuple[str, str], list[float]],
) -> float:
    """How surely a third country deals with both and is there whenever the two meet, 0 to 1.

    Less by twice of what joins the two themselves: one doubtful relation does not clear them.
    """
    shared = stands[a].sentences & stands[b].sentences
    found = 0.0
    for third, stand in stands.items():
        if third in (a, b) or not shared <= stand.sentences:
            continue
        one, other = strength.get(_pair(a, third), ()), strength.get(_pair(b, third), ())
        found = max(found, min(math.fsum(one), math.fsum(other)))
    return min(1.0, max(0.0, found - 2 * math.fsum(strength.get(_pair(a, b), ()))))


def _company(
    stands: dict[str, Stand],
    meetings: Sequence[Meeting],
    shared: frozenset[int],
    one: Stand,
    other: Stand,
    tie: float,
) -> dict[str, float]:
    """What the company of the two says: how often they meet, and with how many others.

    In a single sentence little else than a relation speaks for a pair, hence features of its own.
    """
    crowd = [len(meetings[i].first) for i in shared]
    fewer = min(len(one.sentences), len(other.sentences))
    many = math.log1p(max(0, len(stands) - 2))
    short = float(len(meetings) == 1)
    listed = float(bool(crowd) and min(crowd) >= _LISTED)
    low = min(one.salience, other.salience)
    return {
        "met": float(bool(shared)),
        "low met": _odds(low) * bool(shared),
        "meetings": math.log1p(len(shared)),
        "met share": len(shared) / fewer if fewer else 0.0,
        "alone": math.log1p(sum(1 for size in crowd if size == 2)),
        "never alone": float(bool(crowd) and min(crowd) > 2),
        "listed": listed,
        "loosely listed": listed * (not tie),
        "near": float(not shared and _are_near(one.sentences, other.sentences)),
        "countries": many,
        "only two": float(len(stands) == 2),
        "short": short,
        "short low": short * low,
        "short tie": short * tie,
        "short tied": short * bool(tie),
        "short countries": short * many,
        "third": _third(stands, meetings, shared, one, other),
    }


def _third(
    stands: dict[str, Stand],
    meetings: Sequence[Meeting],
    shared: frozenset[int],
    one: Stand,
    other: Stand,
) -> float:
    """Share of the shared sentences where a more salient third country stands between the two."""
    ceiling = max(one.salience, other.salience)
    codes = {code for code, stand in stands.items() if stand.salience > ceiling}
    if not shared or not codes:
        return 0.0
    return sum(1 for i in shared if codes & meetings[i].first.keys()) / len(shared)


def _are_near(one: frozenset[int], other: frozenset[int]) -> bool:
    return any(i + 1 in other or i - 1 in other for i in one)


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.01), 0.99)
    return math.log(chance / (1 - chance))


def candidate_pairs(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Every two ISO countries among the codes, each pair and the list in alphabetical order."""
    return list(combinations(sorted(code for code in codes if is_country(code)), 2))
