"""The opinions of lexicon, word table and pieces in, probabilities of the 17 top topics out.

The lexicon knows phrases and names but is silent on much; the table of words has an opinion on all
that it reads, often a weak one: the less sure it is, the more the lexicon weighs. The pieces of
words, learned from single sentences of few topics, add a little where they were taught the
language, and speak alone where there is nothing else. The few figures below were fitted on labelled
news, each whole source left out in turn; see benchmarks/topics.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas.topics import top_topics
from transforms.topics.pieces import PieceScores
from transforms.topics.word_table import WordScores


class Slope(NamedTuple):
    """How raw scores of the lexicon become logits: raw / (floor + total) ** power."""

    floor: float
    power: float


WORDS = 0.15  # times the words' logits
SURE, UNSURE = 0.5, 16.0  # times the lexicon's logits: at least, and more by 1 - confidence
BESIDE_WORDS = Slope(24.0, 1.0)
ALONE, ALONE_SLOPE = 3.34, Slope(4.5, 0.76)
STAGE = "medtop:11000000"  # politics: the names on its stage are in many a story that is about
STAGE_FULL = 22.0  # something else, so beside words its raw score grows ever slower towards this
LEAST_STAGE = 25.0  # raw score from which on politics may stand beside a first topic
WAR = "medtop:16000000"  # conflict, war and peace
OFF_STAGE = ("medtop:15000000", WAR)  # sport: countries that meet on the pitch
EDGE = 1e-6  # keeps the log-odds of 1 finite
CALM = 0.75  # times all logits: texts of one kind err alike, and the sum of opinions knows not
PIECES_BESIDE, PIECES_ALONE = 1.5, 5.0  # times the logits of the pieces, with and without words


def probabilities(
    raw: Mapping[str, float], words: WordScores | None, pieces: PieceScores | None
) -> dict[str, float]:
    """What share of belief each top topic has; they add up to 1."""
    tops = [raw.get(t, 0.0) for t in top_topics()]
    logits = _alone(tops) if words is None else _with_words(tops, words)
    if pieces is not None:
        weight = PIECES_ALONE if words is None else PIECES_BESIDE
        logits = [
            logit + weight * pieces.logits.get(t, 0.0)
            for t, logit in zip(top_topics(), logits, strict=True)
        ]
    return _softmax([CALM * logit for logit in logits])


def trusted(chosen: Mapping[str, float], raw: Mapping[str, float]) -> dict[str, float]:
    """Probabilities as calibrated scores: of the texts whose first topic has .7, seven in ten are
    about it. What each topic's word is worth was learned (`data/topics/build_trust.py`), and how
    much more it is worth where much of what the lexicon found (`raw`) speaks for it; the others of
    a text are scaled as its first.
    """
    if not chosen:
        return {}
    first = max(chosen, key=lambda t: (chosen[t], t))
    odds, share = grounds(chosen[first], first, raw)
    worth = trust()
    score = 1 / (1 + math.exp(-worth["odds"] * odds - worth["share"] * share - worth[first]))
    return {t: p * score / chosen[first] for t, p in chosen.items()}


def with_stage(
    chosen: Mapping[str, float], raw: Mapping[str, float], *, is_the_story: bool
) -> dict[str, float]:
    """Politics beside a first topic of which the lexicon found less; before it where governments
    deal with each other in the headline, unless they do so in war or on the pitch.
    """
    if not chosen:
        return {}
    first = max(chosen, key=lambda t: (chosen[t], t))
    own, other = raw.get(STAGE, 0.0), max(raw.get(first, 0.0), 0.0)
    if first == STAGE or own < max(other, LEAST_STAGE):
        return dict(chosen)
    share = own / (own + other)
    if is_the_story and first not in OFF_STAGE:
        return {**chosen, first: chosen[first] * (1 - share), STAGE: chosen[first]}
    return {**chosen, STAGE: max(chosen.get(STAGE, 0.0), chosen[first] * share)}


def grounds(probability: float, topic_id: str, raw: Mapping[str, float]) -> tuple[float, float]:
    """What the score of a first topic rests on: log-odds, and its share of the lexicon's words."""
    found = sum(max(raw.get(t, 0.0), 0.0) for t in top_topics())
    share = max(raw.get(topic_id, 0.0), 0.0) / (BESIDE_WORDS.floor + found)
    return math.log(probability / (1 + EDGE - probability)), share


@cache
def trust() -> Mapping[str, float]:
    """Weights of the two grounds, and each top topic's offset, of the log-odds."""
    text = (files("transforms.data.topics") / "trust.json").read_text(encoding="utf-8")
    worth: dict[str, float] = json.loads(text)
    return worth


def _bounded(raw: float) -> float:
    return STAGE_FULL * (1 - math.exp(-raw / STAGE_FULL)) if raw > 0 else raw


def _alone(tops: list[float]) -> list[float]:
    return [ALONE * logit for logit in _logits(tops, ALONE_SLOPE)]


def _with_words(tops: list[float], words: WordScores) -> list[float]:
    spoken = [WORDS * words.logits[t] for t in top_topics()]
    confidence = max(_softmax(spoken).values())
    weight = SURE + UNSURE * (1 - confidence)
    bounded = [_bounded(v) if t == STAGE else v for t, v in zip(top_topics(), tops, strict=True)]
    beside = _logits(bounded, BESIDE_WORDS)
    return [word + weight * term for word, term in zip(spoken, beside, strict=True)]


def _logits(tops: list[float], slope: Slope) -> list[float]:
    total = sum(v for v in tops if v > 0)
    scale = (slope.floor + total) ** -slope.power
    return [v * scale for v in tops]


def _softmax(logits: list[float]) -> dict[str, float]:
    highest = max(logits)
    odds = [math.exp(v - highest) for v in logits]
    total = sum(odds)
    return {t: v / total for t, v in zip(top_topics(), odds, strict=True)}
