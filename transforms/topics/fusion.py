"""The lexicon's raw scores and the word table's logits in, probabilities of the 17 top topics out.

Two opinions: the lexicon knows phrases and names but is silent on much; the table of words always
has an opinion, often a weak one. The less sure the words are, the more the lexicon weighs. A
language without a table is left to its lexicon. The few figures below were fitted on labelled news,
each whole source left out in turn; see benchmarks/topics.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from schemas.topics import top_topics
from transforms.topics.word_table import WordScores


class Slope(NamedTuple):
    """How raw scores of the lexicon become logits: raw / (floor + total) ** power."""

    floor: float
    power: float


WORDS = 0.26  # times the words' logits
SURE, UNSURE = 1.25, 9.3  # times the lexicon's logits: at least, and more by 1 - confidence
BESIDE_WORDS = Slope(24.0, 1.0)
ALONE, ALONE_SLOPE = 3.34, Slope(4.5, 0.76)


def probabilities(raw: Mapping[str, float], words: WordScores | None) -> dict[str, float]:
    """Calibrated: of the texts given a topic with .7, seven in ten are about it."""
    tops = [raw.get(t, 0.0) for t in top_topics()]
    if words is None or not words.words:
        return _softmax([ALONE * logit for logit in _logits(tops, ALONE_SLOPE)])
    spoken = [WORDS * words.logits[t] for t in top_topics()]
    confidence = max(_softmax(spoken).values())
    weight = SURE + UNSURE * (1 - confidence)
    beside = _logits(tops, BESIDE_WORDS)
    return _softmax([word + weight * term for word, term in zip(spoken, beside, strict=True)])


def _logits(tops: list[float], slope: Slope) -> list[float]:
    total = sum(v for v in tops if v > 0)
    scale = (slope.floor + total) ** -slope.power
    return [v * scale for v in tops]


def _softmax(logits: list[float]) -> dict[str, float]:
    highest = max(logits)
    odds = [math.exp(v - highest) for v in logits]
    total = sum(odds)
    return {t: v / total for t, v in zip(top_topics(), odds, strict=True)}
