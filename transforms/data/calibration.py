"""Scores come in, each with whether it was right; how far they are from telling the truth comes out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

BINS: Final = 10
DRAWS: Final = 50

Answers = Sequence[tuple[float, bool]]


def calibration_error(answers: Answers) -> float:
    """Expected calibration error over ten bins of equal width, weighted by their size."""
    sums, rights = [0.0] * BINS, [0] * BINS
    for score, is_right in answers:
        bin_ = min(BINS - 1, int(score * BINS))
        sums[bin_] += score
        rights[bin_] += is_right
    gaps = (abs(a - b) for a, b in zip(sums, rights, strict=True))
    return sum(gaps) / max(1, len(answers))


def error_by_chance(scores: Sequence[float]) -> float:
    """The error that as many scores would show by chance if each were exactly right.

    Of a small set no calibration can be told apart from a perfect one below this figure.
    """
    draw = random.Random(0).random
    errors = [calibration_error([(s, draw() < s) for s in scores]) for _ in range(DRAWS)]
    return sum(errors) / DRAWS
