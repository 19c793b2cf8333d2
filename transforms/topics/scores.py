"""The lexicon terms found in a document in, a raw score per topic out.

A term counts more in the headline and the lead than further down, and each time less when it
comes again: the n-th time 1/n. A topic's raw score is the sum of its terms' weights times counts;
terms of a deep topic count for the topics above it as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from schemas.records import Span
from transforms.topics.lexicon import Hit
from transforms.topics.terms import Term
from transforms.topics.text import Document

HEADLINE, LEAD, BODY, TAIL = 3.0, 1.5, 1.0, 0.5  # how much a term counts, by where it stands
LEAD_END, BODY_END = 400, 1_500  # characters into the body
MAX_SPANS = 5  # evidence per topic
_STRENGTH = itemgetter(0, 1)  # of a term: what it adds, and of those that add alike the first


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class TermCount:
    """A term of the document with its damped count and the first place it stands."""

    term: Term
    weight: float  # damped count
    start: int
    end: int


class TopicScores(NamedTuple):
    """Raw scores per topic id, and the terms they come from."""

    raw: dict[str, float]
    terms: list[TermCount]


def score_hits(document: Document, hits: Iterable[Hit]) -> TopicScores:
    """Add up what the hits say about each topic."""
    terms = _count_terms(document, hits)
    raw: dict[str, float] = {}
    before = raw.get
    for one in terms:
        count = one.weight
        for topic_id, weight in one.term.weights.items():
            raw[topic_id] = before(topic_id, 0.0) + weight * count
    return TopicScores(raw, terms)


def places(document: Document) -> list[tuple[int, int, float]]:
    """Start, end and weight of headline, lead, body and the rest; cut between words."""
    text = document.text
    cuts = [text.find(" ", document.body_start + end) for end in (LEAD_END, BODY_END)]
    lead, body = (cut if cut >= 0 else len(text) for cut in cuts)
    edges = [0, document.body_start, lead, body, len(text)]
    return list(zip(edges, edges[1:], (HEADLINE, LEAD, BODY, TAIL), strict=False))


def place_weight(document: Document, start: int) -> float:
    """How much a term counts that stands at `start` of the folded text."""
    return next((weight for _, end, weight in places(document) if start < end), TAIL)


def _count_terms(document: Document, hits: Iterable[Hit]) -> list[TermCount]:
    body_start = document.body_start
    lead_end, body_end = body_start + LEAD_END, body_start + BODY_END
    seen: dict[int, int] = {}  # by identity: hashing a term would hash its weights
    counts: list[float] = []
    firsts: list[Hit] = []
    times: list[int] = []
    for hit in hits:
        start = hit.start
        if start < body_start:
            place = HEADLINE
        elif start < lead_end:
            place = LEAD
        else:
            place = BODY if start < body_end else TAIL
        which = seen.setdefault(id(hit.term), len(counts))
        if which == len(counts):
            counts.append(place)
            firsts.append(hit)
            times.append(1)
        else:
            times[which] += 1
            counts[which] += place / times[which]
    return [
        TermCount(hit.term, count, hit.start, hit.end)
        for hit, count in zip(firsts, counts, strict=True)
    ]


def speaking(scores: TopicScores, topic_ids: Iterable[str]) -> dict[str, list[TermCount]]:
    """By topic, the terms that speak for it, the strongest first; one look at the terms for all."""
    found: dict[str, list[tuple[float, int, TermCount]]] = {name: [] for name in topic_ids}
    for one in scores.terms:
        count, first = one.weight, -one.start
        for topic_id, weight in one.term.weights.items():
            if weight > 0 and topic_id in found:
                found[topic_id].append((weight * count, first, one))
    for terms in found.values():
        terms.sort(key=_STRENGTH, reverse=True)
    return {topic_id: [one for _, _, one in terms] for topic_id, terms in found.items()}


def evidence(document: Document, terms: Iterable[TermCount]) -> list[Span]:
    """The words of the first MAX_SPANS terms."""
    return [document.span(one.start, one.end) for one in islice(terms, MAX_SPANS)]
