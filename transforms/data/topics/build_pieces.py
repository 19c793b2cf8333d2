"""Labelled sentences of many languages in, the table `pieces.arrow` of pieces of words out.

    python -m transforms.data.topics.build_pieces TEXTS.jsonl

What ships was learned from the training half of SIB-200 (Adelani et al. 2024; labels Apache-2.0,
sentences of FLORES-200, CC BY-SA 4.0): 643 sentences in each of 24 languages, of six topics. Only
figures ship, one byte each. Format of the lines: `training.py`. A softmax regression over hashed
pieces (`transforms/topics/pieces.py`), rare ones weighing more; all topics count alike.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from transforms.data.topics.training import Example, Floats, labelled_texts
from transforms.packed_arrays import as_array, write_arrays
from transforms.topics.lexicon import base_language
from transforms.topics.pieces import BITS, pieces
from transforms.topics.text import Document

TARGET = Path(__file__).resolve().with_name("pieces.arrow")
STEPS = 50  # of the descent: more would only learn the sentences by heart
PENALTY = 0.1
CURVATURE = 24.0  # times the largest weight of a topic: one over the step
CLIPPED = 0.1  # percent of the figures, the largest, that are cut to the scale

Numbers: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


class Bags(NamedTuple):
    """Texts as bags of hashed pieces: entry i says text, row and how much."""

    texts: Numbers
    rows: Numbers
    values: Floats
    rarity: Floats  # by row: log of texts over texts with the piece

    def scores(self, matrix: Floats) -> Floats:
        """(texts, topics) of a (rows, topics) matrix."""
        return self._sums(self.texts, self.rows, matrix, int(self.texts[-1]) + 1)

    def gradient(self, errors: Floats) -> Floats:
        """(rows, topics) of (texts, topics) errors."""
        return self._sums(self.rows, self.texts, errors, 1 << BITS)

    def _sums(self, into: Numbers, of: Numbers, matrix: Floats, size: int) -> Floats:
        columns = (np.bincount(into, self.values * column[of], size) for column in matrix.T)
        return np.stack(list(columns), axis=1)


def bags(texts: list[str]) -> Bags:
    """Pieces with their damped counts times their rarity, each text of length 1."""
    found = [np.unique(pieces(Document.of("", text).text)[0], return_counts=True) for text in texts]
    owners = np.repeat(np.arange(len(texts)), [len(rows) for rows, _ in found])
    rows = np.concatenate([rows for rows, _ in found]).astype(np.intp)
    rarity = np.log(len(texts) / (1 + np.bincount(rows, minlength=1 << BITS))).clip(0)
    values = (1 + np.log(np.concatenate([counts for _, counts in found]))) * rarity[rows]
    lengths = np.sqrt(np.bincount(owners, values**2, len(texts)))
    return Bags(owners, rows, values / lengths[owners], rarity)


def fit(known: Bags, answers: Floats, weights: Floats) -> Floats:
    """Softmax regression by accelerated gradient descent, stopped early: (rows, topics)."""
    bound = CURVATURE * float(weights.max())
    now: Floats = np.zeros((1 << BITS, answers.shape[1]))
    ahead = now
    for step in range(STEPS):
        scores = known.scores(ahead)
        odds = np.exp(scores - scores.max(1, keepdims=True))
        errors = (odds / odds.sum(1, keepdims=True) - answers) * weights[:, None]
        then = ahead - (known.gradient(errors) + PENALTY * ahead) / bound
        ahead = then + step / (step + 3) * (then - now)
        now = then
    return now


def learn(examples: list[Example]) -> tuple[Floats, list[str]]:
    """The table with rarity multiplied in, and its topics."""
    topics = sorted({e.topic_id for e in examples})
    answers = np.array([[float(e.topic_id == t) for t in topics] for e in examples])
    weights = np.array([e.weight for e in examples])
    weights = weights / (answers.T @ weights)[answers.argmax(1)] * weights.sum() / len(topics)
    known = bags([e.text for e in examples])
    table = fit(known, answers, weights) * known.rarity[:, None]
    centred: Floats = table - table.mean(1, keepdims=True)
    return centred, topics


def main(source: Path) -> None:
    """Build the table."""
    examples = list(labelled_texts(source))
    table, topics = learn(examples)
    languages = sorted({base_language(e.language) for e in examples})
    sizes = np.abs(table[np.abs(table).max(1) > 0])
    scale = float(np.percentile(sizes, 100 - CLIPPED)) / 127
    arrays: dict[str, NDArray[Any]] = {
        "table": np.clip(np.round(table / scale), -127, 127).astype(np.int8),
        "scale": np.asarray(scale, np.float32),
        "topics": as_array(" ".join(topics)),
        "languages": as_array(" ".join(languages)),
    }
    write_arrays(TARGET, arrays)
    print(f"{TARGET.name}: {len(examples)} texts, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
