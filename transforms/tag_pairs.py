"""An article's text, countries and relations come in; its country pairs with score and evidence go out.

The score is calibrated: of the pairs that get 0.8, eight in ten are pairs that deal with each
other. Only near .5 is it lifted, so that .5 is where most pairs are told right. Every two countries
of the article make a candidate, and all are returned, best first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from operator import attrgetter, mul
from typing import Final, NamedTuple

from schemas.countries import is_country
from schemas.records import Country, CountryMention, CountryPair, Evidence, Relation
from transforms.relations.pair_features import (
    FEATURES,
    Meeting,
    Story,
    candidate_pairs,
    features_of,
    story_of,
    strength_of,
)
from transforms.split_sentences import split_sentences

_START: Final = attrgetter("start")
MOST_EVIDENCE: Final = 3
# The fitted chance -> the score. Where a text has five sentences with countries or fewer, F1 is best
# from a chance of .4, in longer ones from .28, and there the score jumps to .5; the chances between
# are told in the narrow room above it, and elsewhere score and chance are the same.
FEW: Final = 5
OF_FEW: Final = ((0.0, 0.0), (0.39, 0.39), (0.4, 0.5), (0.55, 0.55), (1.0, 1.0))
OF_MANY: Final = ((0.0, 0.0), (0.27, 0.27), (0.28, 0.5), (0.52, 0.52), (1.0, 1.0))
MOST_COUNTRIES: Final = 40  # the most salient make pairs; 780 pairs are a table, not a story


class Weights(NamedTuple):
    """Two weights for each of `FEATURES`."""

    likely: Sequence[float]  # how likely a pair is
    order: Sequence[float]  # which one comes first


def tag_pairs(
    headline: str,
    body: str,
    countries: Sequence[Country],
    relations: Sequence[Relation],
    *,
    language: str = "",
) -> list[CountryPair]:
    """Every pair of ISO countries of the article with its score, best first.

    Organisations make no pairs. Ties are broken alphabetically. Evidence is the best three
    sentences that name both, with the offsets of the trigger of a relation between them.
    """
    ranked = ranked_countries(countries) if len(countries) > 1 else []
    if len(ranked) < 2:
        return []
    meetings = find_meetings(headline, body, ranked, language)
    story = story_of(ranked, meetings, strength_of(relations))
    pairs = candidate_pairs([country.code for country in ranked])
    scores = scores_of([features_of(a, b, story) for a, b in pairs], len(meetings))
    scored = [(round(score, 4), a, b) for score, (a, b) in zip(scores, pairs, strict=True)]
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    texts = {"headline": headline, "body": body}
    proofs = _proofs(relations)
    return [
        CountryPair(a, b, score, _evidence(a, b, texts, story, proofs.get((a, b), {})))
        for score, a, b in scored
    ]


def ranked_countries(countries: Sequence[Country]) -> list[Country]:
    """The ISO countries that make pairs, the most salient first."""
    return sorted(
        (country for country in countries if is_country(country.code)),
        key=lambda country: (-country.salience, country.code),
    )[:MOST_COUNTRIES]


def find_meetings(
    headline: str, body: str, countries: Sequence[Country], language: str
) -> list[Meeting]:
    """The sentences that name a country, headline first, each country with its first mention there."""
    meetings = []
    for field, text in (("headline", headline), ("body", body)):
        mentions = sorted(
            [m for country in countries for m in country.mentions if m.field == field],
            key=_START,
        )
        starts = [*map(_START, mentions), len(text)]  # the last stops the walk
        position = 0
        for index, (start, end) in enumerate(split_sentences(text, language) if mentions else ()):
            first: dict[str, CountryMention] = {}
            while starts[position] < end:
                first.setdefault(mentions[position].code, mentions[position])
                position += 1
            if first:
                meetings.append(Meeting(field, index, start, end, first))
    return meetings


def scores_of(
    rows: Sequence[Sequence[float]], sentences: int, weights: Weights | None = None
) -> list[float]:
    """The score of each pair of an article from its features, in their order.

    How likely a pair is and which pair comes first are two questions, with weights of their own:
    the best score goes to the pair that comes first. In a single sentence the two are one.
    """
    weights = packaged_weights() if weights is None else weights
    scores = [score_of(row, sentences, weights.likely) for row in rows]
    if len(scores) > 1 and sentences > 1:
        order = [_total(row, weights.order) for row in rows]
        first, best = order.index(max(order)), scores.index(max(scores))
        scores[first], scores[best] = scores[best], scores[first]
    return scores


def _total(row: Sequence[float], weights: Sequence[float]) -> float:
    """The sum of the features times their weights."""
    total: float = sum(map(mul, row, weights))
    return total


@cache
def packaged_weights() -> Weights:
    """The weights of `data/relations/pair_weights.json`."""
    text = (
        resources.files("transforms.data.relations")
        .joinpath("pair_weights.json")
        .read_text("utf-8")
    )
    tables: dict[str, dict[str, float]] = json.loads(text)
    likely, order = tables["weights"], tables["order"]
    return Weights([likely.get(n, 0.0) for n in FEATURES], [order.get(n, 0.0) for n in FEATURES])


def score_of(row: Sequence[float], sentences: int, weights: Sequence[float]) -> float:
    """How surely the two countries deal with each other, 0 to 1; from .5 on they do.

    `sentences` is how many of the text name a country.
    """
    value = _total(row, weights)
    value = 30.0 if value > 30.0 else -30.0 if value < -30.0 else value
    chance = 1.0 / (1.0 + math.exp(-value))
    return _on_curve(chance, OF_FEW if sentences <= FEW else OF_MANY)


def _on_curve(chance: float, curve: Sequence[tuple[float, float]]) -> float:
    for (low, start), (high, end) in pairwise(curve):
        if chance <= high:
            return start + (end - start) * (chance - low) / (high - low)
    return 1.0


def _proofs(
    relations: Sequence[Relation],
) -> dict[tuple[str, str], dict[tuple[str, int], Relation]]:
    """Pair -> (field, start of sentence) -> the best relation there."""
    proofs: dict[tuple[str, str], dict[tuple[str, int], Relation]] = {}
    for relation in relations:
        key = (min(relation.source, relation.target), max(relation.source, relation.target))
        places = proofs.setdefault(key, {})
        best = places.get((relation.field, relation.start))
        if best is None or (relation.trigger_start >= 0, relation.score) > (
            best.trigger_start >= 0,
            best.score,
        ):
            places[relation.field, relation.start] = relation
    return proofs


def _evidence(
    a: str,
    b: str,
    texts: dict[str, str],
    story: Story,
    proofs: dict[tuple[str, int], Relation],
) -> list[Evidence]:
    """The best sentences that name both countries, best first."""
    found = []
    for index in story.stands[a].sentences & story.stands[b].sentences:
        meeting = story.meetings[index]
        proof = proofs.get((meeting.field, meeting.start))
        strength = (proof.score + (proof.trigger_start >= 0)) if proof else 0.0
        is_headline = meeting.field == "headline"
        rank = (-strength, len(meeting.first), is_headline, meeting.number, index)
        found.append((rank, meeting, proof))
    found.sort(key=lambda item: item[0])
    return [
        _piece(a, b, texts[meeting.field], meeting, proof)
        for _, meeting, proof in found[:MOST_EVIDENCE]
    ]


def _piece(a: str, b: str, text: str, meeting: Meeting, proof: Relation | None) -> Evidence:
    one, other = meeting.first[a], meeting.first[b]
    a_span, b_span = (one.start, one.end), (other.start, other.end)
    if proof is not None:
        source = (proof.source_start, proof.source_end)
        target = (proof.target_start, proof.target_end)
        a_span, b_span = (source, target) if proof.source == a else (target, source)
    return Evidence(
        meeting.field,
        meeting.start,
        meeting.end,
        text[meeting.start : meeting.end],
        *a_span,
        *b_span,
        proof.trigger_start if proof else -1,
        proof.trigger_end if proof else -1,
    )
