"""The countries and relations of an article come in; what speaks for and against each pair goes out.

A pair is scored by how salient both countries are, whether they meet in headline, lead or sentences, whether
a relation joins them, and what may explain them away: long lists, many countries, and a third
country that deals with both and stands in every sentence that names the two (a spurious triangle:
two capitals that talk of a war elsewhere do not deal with the victim).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from schemas.countries import is_country
from schemas.records import Country, CountryMention, Relation

_LEAD: Final = 2  # sentences of the body that are its lead
_LISTED: Final = 5  # countries in one sentence from which it reads as a list
_SURVEYED: Final = 4  # countries that a short text is about from which it may be a survey of them
_FEW: Final = 5  # sentences with countries up to which a text is short
_LONG: Final = 12  # sentences with countries from which on one relation with each says less


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Meeting:
    """A sentence with the first mention of each country in it."""

    field: str
    number: int  # of the sentence in its field
    start: int
    end: int
    first: dict[str, CountryMention]


@dataclass(slots=True)
class Stand:
    """How one country stands in the article."""

    salience: float
    odds: float  # of its salience
    rank: int
    order: int  # of its first mention among those of all countries
    times: int
    is_in_headline: bool
    is_in_lead: bool
    is_dateline_only: bool
    is_dated: bool  # the story comes from there
    acting: float  # share of mentions that act
    sentences: frozenset[int]  # indices into the meetings


Strength = Mapping[tuple[str, str], Sequence[float]]  # pair -> scores of the relations that join it


@dataclass(slots=True)
class Story:
    """What the article says of all of its pairs."""

    stands: Mapping[str, Stand]  # best first
    meetings: Sequence[Meeting]
    strength: Strength
    partners: Mapping[str, Mapping[str, float]]  # country -> those joined to it, and how strongly
    times: int  # mentions of all countries together
    many: float  # countries but two, on a logarithmic scale
    is_crowded: bool  # a short text about so many that it may be a survey


def story_of(
    countries: Sequence[Country], meetings: Sequence[Meeting], strength: Strength
) -> Story:
    """What an article says of its countries, which come best first."""
    stands = _stands_of(countries, meetings)
    is_short = len(meetings) <= _FEW
    return Story(
        stands,
        meetings,
        strength,
        _partners(strength),
        sum([stand.times for stand in stands.values()]),
        math.log1p(max(0, len(stands) - 2)),
        is_short and sum([stand.salience >= 0.5 for stand in stands.values()]) >= _SURVEYED,
    )


def _partners(strength: Strength) -> dict[str, dict[str, float]]:
    partners: dict[str, dict[str, float]] = {}
    for (a, b), scores in strength.items():
        partners.setdefault(a, {})[b] = partners.setdefault(b, {})[a] = math.fsum(scores)
    return partners


def _stands_of(countries: Sequence[Country], meetings: Sequence[Meeting]) -> dict[str, Stand]:
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
    fields = {meetings[i].field for i in places}
    numbers = {meetings[i].number for i in places if meetings[i].field == "body"}
    return Stand(
        country.salience,
        _odds(country.salience),
        rank,
        order,
        len(roles),
        is_in_headline="headline" in fields,
        is_in_lead=min(numbers, default=_LEAD) < _LEAD,
        is_dateline_only=bool(roles) and roles.count("dateline") == len(roles),
        is_dated="dateline" in roles,
        acting=roles.count("actor") / max(1, len(roles)),
        sentences=frozenset(places),
    )


def strength_of(relations: Sequence[Relation]) -> Strength:
    """Pair in alphabetical order -> scores of the relations that join it, coded ones only."""
    strength: dict[tuple[str, str], list[float]] = {}
    for relation in relations:
        if relation.quad_class:
            key = _pair(relation.source, relation.target)
            strength.setdefault(key, []).append(relation.score)
    return strength


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


FEATURES: Final = (
    "bias", "low", "high", "both", "about", "tie", "ties", "tied", "second", "ranks", "headlines",
    "headline", "leads", "dateline", "dated", "dated low", "order", "opening", "times", "times high",
    "share", "acting", "triangle", "venue", "survey", "apart",
    *(
        "met", "low met", "meetings", "met share", "alone", "never alone", "listed",
        "loosely listed", "near", "countries", "only two", "short", "short low", "short tie",
        "short tied", "short countries", "third",
    ),
)  # fmt: skip


def features_of(a: str, b: str, story: Story) -> tuple[float, ...]:
    """The values of `FEATURES`: everything that speaks for or against the pair."""
    one, other = story.stands[a], story.stands[b]
    shared = one.sentences & other.sentences
    ties = story.strength.get(_pair(a, b), ())
    tie = max(ties) if ties else 0.0
    ranks = one.rank + other.rank
    low, high = (one.odds, other.odds) if one.odds < other.odds else (other.odds, one.odds)
    is_idle = one.is_dateline_only or other.is_dateline_only
    is_dated = one.is_dated or other.is_dated
    is_crowded = story.is_crowded
    few, many = (one.times, other.times) if one.times < other.times else (other.times, one.times)
    return (
        1.0,
        low,
        high,
        one.salience * other.salience,
        one.salience >= 0.5 and other.salience >= 0.5,
        tie,
        math.log1p(sum(ties)),
        bool(ties),
        ranks == 1,
        math.log1p(ranks - 1),
        one.is_in_headline and other.is_in_headline,
        one.is_in_headline or other.is_in_headline,
        one.is_in_lead and other.is_in_lead,
        is_idle,
        is_dated,
        is_dated * low,
        math.log1p(one.order + other.order - 1),
        max(one.order, other.order) == 1,
        math.log1p(few),
        math.log1p(many),
        (few + many) / story.times,
        one.acting if one.acting < other.acting else other.acting,
        _triangle(a, b, shared, story),
        is_idle and not ties and _is_venue(a, b, story),
        is_crowded and not story.strength,
        is_crowded and not ties and not shared,
        *_company(story, shared, one, other, low, tie),
    )


def _is_venue(a: str, b: str, story: Story) -> bool:
    """Whether one is but the place that the story comes from, while its headline joins two others."""
    stands = story.stands
    idle = {code for code in (a, b) if stands[code].is_dateline_only}
    return any(
        idle.isdisjoint(pair)
        and all(code in stands and stands[code].is_in_headline for code in pair)
        for pair in story.strength
    )


def _triangle(a: str, b: str, shared: frozenset[int], story: Story) -> float:
    """How surely a third country deals with both and is there whenever the two meet, 0 to 1.

    Less by twice of what joins the two themselves: one doubtful relation does not clear them. In a
    long text a third comes by a relation with each of many, so that it takes more of them there; and
    of a country that the story is hardly about there is little to explain away.
    """
    ones, others = story.partners.get(a), story.partners.get(b)
    if not ones or not others:
        return 0.0
    found = 0.0
    for third, tied in ones.items():
        if third in others and third in story.stands and shared <= story.stands[third].sentences:
            found = max(found, min(tied, others[third]))
    surplus = max(0.0, found - 2 * ones.get(b, 0.0))
    surely = min(1.0, surplus * _LONG / max(_LONG, len(story.meetings)))
    return surely * min(1.0, 2 * story.stands[a].salience, 2 * story.stands[b].salience)


def _company(
    story: Story, shared: frozenset[int], one: Stand, other: Stand, low: float, tie: float
) -> tuple[float, ...]:
    """What the company of the two says: how often they meet, and with how many others.

    In a single sentence little else than a relation speaks for a pair, hence features of its own.
    `low` are the odds of the less salient one.
    """
    crowd = [len(story.meetings[i].first) for i in shared]
    least = min(crowd) if crowd else 0
    fewer = min(len(one.sentences), len(other.sentences))
    many, is_short, is_listed = story.many, len(story.meetings) == 1, least >= _LISTED
    return (
        bool(shared),
        low if shared else 0.0,
        math.log1p(len(shared)),
        len(shared) / fewer if fewer else 0.0,
        math.log1p(crowd.count(2)),
        least > 2,
        is_listed,
        is_listed and not tie,
        not shared and _are_near(one.sentences, other.sentences),
        many,
        len(story.stands) == 2,
        is_short,
        min(one.salience, other.salience) if is_short else 0.0,
        tie if is_short else 0.0,
        is_short and tie > 0,
        many if is_short else 0.0,
        _third(story, shared, one, other),
    )


def _third(story: Story, shared: frozenset[int], one: Stand, other: Stand) -> float:
    """Share of the shared sentences where a more salient third country stands between the two."""
    if not shared:
        return 0.0
    ceiling = max(one.salience, other.salience)
    codes = {code for code, stand in story.stands.items() if stand.salience > ceiling}
    if not codes:
        return 0.0
    return sum([not codes.isdisjoint(story.meetings[i].first) for i in shared]) / len(shared)


def _are_near(one: frozenset[int], other: frozenset[int]) -> bool:
    return any(i + 1 in other or i - 1 in other for i in one)


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.01), 0.99)
    return math.log(chance / (1 - chance))


def candidate_pairs(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Every two ISO countries among the codes, each pair and the list in alphabetical order."""
    return list(combinations(sorted(code for code in codes if is_country(code)), 2))
