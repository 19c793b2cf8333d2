"""Labelled news in, `trust.json` out: what a probability of each top topic is worth.

    python -m transforms.data.topics.build_trust SOURCE.jsonl...

Each file holds the JSON lines (`training.py`) of one source of news. The tagger's first topic of a
text is right or wrong; a logistic regression of that on its log-odds, on its share of the lexicon's
words and on which topic it is gives two weights and 17 offsets, nothing else. Each source counts with the
root of its size. A source that knows no topic of war files wars under politics: where the tagger says
war there and the label politics, nothing is learned. What ships was fitted on news that is not shipped, as thresholds are; the benchmarks
leave each source out in turn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from schemas.topics import top_topics, topic
from transforms.data.topics.training import Floats
from transforms.topics.fusion import STAGE, WAR, grounds, probabilities
from transforms.topics.opinions import read_opinions
from transforms.topics.text import Document

TARGET = Path(__file__).resolve().with_name("trust.json")
PENALTY = 0.004  # on the squared offsets
STEPS = 60  # of Newton's method: it has long converged


class Answer(NamedTuple):
    """The first topic of a text."""

    odds: float
    share: float  # both as of `fusion.grounds`
    topic_id: str
    is_right: bool
    weight: float


def answers(source: Path) -> Iterator[Answer]:
    """What the tagger says of each labelled text of a source first."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").split("\n") if line]
    labels = [
        {topic(name).path[0] for name in row.get("topics") or row.get("gold_l1") or ()}
        for row in rows
    ]
    labelled = sum(map(bool, labels))
    knows_war = any(WAR in right for right in labels)
    for row, right in zip(rows, labels, strict=True):
        if not right:
            continue
        document = Document.of(row.get("title") or "", row["text"])
        opinions = read_opinions(document, row.get("lang") or "en")
        tops = probabilities(opinions.terms.raw, opinions.words, opinions.pieces)
        first = max(tops, key=lambda t: (tops[t], t))
        if first == WAR and not knows_war and STAGE in right:
            continue
        odds, share = grounds(tops[first], first, opinions.terms.raw)
        yield Answer(odds, share, first, first in right, labelled**-0.5)


def fit(given: list[Answer]) -> Floats:
    """Two weights, intercept and an offset per top topic, by Newton's method."""
    tops = top_topics()
    inputs = np.array(
        [[a.odds, a.share, 1.0, *(float(a.topic_id == top) for top in tops)] for a in given]
    )
    right = np.array([float(a.is_right) for a in given])
    weights = np.array([a.weight for a in given])
    weights = weights / weights.sum()
    penalty = np.array([0.0, 0.0, 0.0, *[PENALTY] * len(tops)])
    found: Floats = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weights * (chance - right)) + penalty * found
        spread = weights * chance * (1 - chance)
        bend = (inputs * spread[:, None]).T @ inputs + np.diag(penalty + 1e-9)
        found = found - np.linalg.solve(bend, slope)
    return found


def main(sources: list[Path]) -> None:
    """Fit on all sources."""
    given = [answer for path in sorted(sources) for answer in answers(path)]
    odds, share, intercept, *offsets = fit(given)
    worth = {"odds": round(float(odds), 3), "share": round(float(share), 3)} | {
        top: round(float(intercept + offset), 3)
        for top, offset in zip(top_topics(), offsets, strict=True)
    }
    TARGET.write_text(json.dumps(worth, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: fitted on {len(given)} texts")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
