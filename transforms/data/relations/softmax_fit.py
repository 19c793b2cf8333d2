"""Sentences with readings that compete come in; the weights under which the right ones win go out.

The chance of a reading is a softmax over all readings of its sentence and an empty one whose sum is
0. Fitted is the log of the chance that all right readings of a sentence have together, less a ridge
penalty, by limited-memory BFGS (Nocedal 1980).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from transforms.data.relations.coded_sentences import Example

LEAST: Final = 3  # sentences a feature must be seen in
RIDGE: Final = 1.6
SPECIFIC: Final = 3.0  # times the ridge for features of one kind of event
STEPS: Final = 150
MEMORY: Final = 10
Vector = NDArray[np.float64]


def fit(
    sentences: Sequence[Sequence[Example]], trust: Sequence[float] | None = None
) -> dict[str, float]:
    """Weights by name; a sentence counts by its trust and the inverse root of its number of readings."""
    names = _names(sentences)
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((sum(map(len, sentences)), len(names)))
    for row, example in enumerate(example for sentence in sentences for example in sentence):
        for name in example.features:
            if name in column:
                matrix[row, column[name]] += 1.0
    penalty = np.array([RIDGE * (SPECIFIC if "*" in name[:2] else 1.0) for name in names])
    shares = np.ones(len(sentences)) if trust is None else np.array(trust)
    found = minimum(_loss_of(matrix, sentences, penalty, shares), np.zeros(len(names)))
    return {name: round(float(found[i]), 3) for name, i in column.items() if abs(found[i]) >= 5e-4}


def _names(sentences: Sequence[Sequence[Example]]) -> list[str]:
    seen: Counter[str] = Counter()
    for sentence in sentences:
        seen.update({name for example in sentence for name in example.features})
    return sorted(name for name, count in seen.items() if count >= LEAST)


def _loss_of(
    matrix: Vector, sentences: Sequence[Sequence[Example]], penalty: Vector, trust: Vector
) -> Callable[[Vector], tuple[float, Vector]]:
    """The penalised loss with its slope, as a function of the weights."""
    sizes = np.array([len(sentence) for sentence in sentences])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    group = np.repeat(np.arange(len(sentences)), sizes)
    is_empty = np.array([not any(e.is_right for e in s) for s in sentences])
    counts = np.array(
        [
            e.is_right or (empty and e.is_open)
            for s, empty in zip(sentences, is_empty, strict=True)
            for e in s
        ]
    )
    importance = trust * sizes**-0.5 * len(sizes) / float(np.sum(sizes**-0.5))

    def loss(weights: Vector) -> tuple[float, Vector]:
        sums = matrix @ weights
        top = np.maximum(np.maximum.reduceat(sums, starts), 0.0)
        power, none = np.exp(sums - top[group]), np.exp(-top)
        right = np.where(counts, power, 0.0)
        whole = np.add.reduceat(power, starts) + none
        part = np.maximum(np.add.reduceat(right, starts) + np.where(is_empty, none, 0.0), 1e-300)
        value = -float(importance @ np.log(part / whole)) + 0.5 * float(penalty @ weights**2)
        slope = importance[group] * (power / whole[group] - right / part[group])
        return value, matrix.T @ slope + penalty * weights

    return loss


def minimum(loss: Callable[[Vector], tuple[float, Vector]], start: Vector) -> Vector:
    """Where the loss is least, by limited-memory BFGS with halved steps."""
    here, (value, slope) = start, loss(start)
    moves: list[tuple[Vector, Vector]] = []
    for _ in range(STEPS):
        way = _direction(slope, moves)
        length = 1.0 if moves else min(1.0, 1.0 / float(np.abs(slope).sum()))
        after, (lower, incline) = here + length * way, loss(here + length * way)
        while lower > value + 1e-4 * length * float(slope @ way) and length > 1e-8:
            length /= 2
            after, (lower, incline) = here + length * way, loss(here + length * way)
        if float((after - here) @ (incline - slope)) > 1e-10:
            moves = [*moves, (after - here, incline - slope)][-MEMORY:]
        is_done = abs(value - lower) < 1e-5 * max(1.0, abs(value))
        here, value, slope = after, lower, incline
        if is_done:
            break
    return here


def _direction(slope: Vector, moves: Sequence[tuple[Vector, Vector]]) -> Vector:
    """The quasi-Newton direction of descent from the last moves and their changes of slope."""
    way = slope.copy()
    pulls = []
    for move, change in reversed(moves):
        pull = float(move @ way) / float(change @ move)
        way -= pull * change
        pulls.append(pull)
    if moves:
        move, change = moves[-1]
        way *= float(move @ change) / float(change @ change)
    for (move, change), pull in zip(moves, reversed(pulls), strict=True):
        way += move * (pull - float(change @ way) / float(change @ move))
    return -way
