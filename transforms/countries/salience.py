"""The mentions of one article come in; the salience of each country comes out.

Salience is the probability that the story is about the country: a logistic model over counts,
places and roles of the mentions. The weights are a packaged table
(`transforms/data/countries_salience.json`, built by `python -m transforms.data.build_salience`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from schemas.records import CountryMention

LEAD = 400  # characters of the body that count as its lead


def features(mentions: Sequence[CountryMention], total: int, rank: int) -> list[float]:
    """Features of one country in one article; `total` counts the mentions of all countries."""
    in_headline = sum(m.field == "headline" for m in mentions)
    in_lead = sum(m.field == "body" and m.start < LEAD for m in mentions)
    dateline = any(m.role == "dateline" for m in mentions)
    byline = all(m.role == "byline" for m in mentions)
    share = len(mentions) / total
    return [1.0, min(in_headline, 2), min(in_lead, 3), dateline, byline, share,
            math.log(len(mentions)), rank == 0]  # fmt: skip


WEIGHTS = (-2.6, 2.2, 0.7, 1.5, -3.0, 2.0, 0.9, 0.8)


def salience(mentions: Sequence[CountryMention], total: int, rank: int) -> float:
    """Probability that the story is about the country of these mentions."""
    score = sum(w * f for w, f in zip(WEIGHTS, features(mentions, total, rank), strict=True))
    return round(1 / (1 + math.exp(-score)), 4)
