"""The lines of a page with a first score come in, columns of numbers for what stands around each go out.

A line is judged better by those who know how its neighbours, its block and the lines of its make were
judged: an advert between two paragraphs scores like a paragraph, and so does a footer after the end.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.pages.line_neighbours import distances, shifted
from transforms.pages.page_blocks import FAR, Column, Columns, Indices, makes_of
from transforms.pages.page_lines import PageLines

Scores = NDArray[np.float32]
LONGEST = 400  # characters; longer lines count no more than that
GOOD, SURE, BAD = 0.5, 0.85, 0.15
_WORTH = 0.45  # what a line must score to make a run of lines longer
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MOST_LINES = 60


def level_of(texts: Sequence[str], scores: Scores, power: int = 1) -> float:
    """The mean score of a page's good lines, each weighted by its length and a power of its score."""
    sizes = np.fromiter(map(len, texts), np.float64, len(texts))
    weights = np.where(scores > BAD, sizes * scores**power, 0.0)
    total = weights.sum()
    return float((weights * scores).sum() / total) if total else 1.0


def line_context(page: PageLines, scores: Scores) -> Columns:
    """The context of each line, by name, in a fixed order."""
    sums = _Sums(page, scores)
    level = level_of(page.texts, scores)
    clipped = np.clip(scores, 1e-4, 1 - 1e-4)
    columns = {
        "score": scores,
        "logit": np.log(clipped / (1 - clipped)),
        "of-level": scores / level,
        "level": np.full(len(scores), level),
        "best": np.full(len(scores), scores.max()),
    }
    columns |= {f"score{offset:+d}": shifted(scores, offset, -1) for offset in _OFFSETS}
    columns |= _around(sums)
    columns |= _good_lines(scores)
    columns |= _blocks(page, sums)
    columns |= _makes(page, sums)
    columns |= _best_run(sums)
    columns |= _headings(page, sums)
    return {f"context.{name}": column for name, column in columns.items()}


_OFFSETS = (-4, -3, -2, -1, 1, 2, 3, 4)


class _Sums:
    """Running sums of the lines' sizes and of what the scores make of them."""

    def __init__(self, page: PageLines, scores: Scores) -> None:
        self.scores = scores
        self.at = np.arange(len(scores))
        chars = np.fromiter(map(len, page.texts), np.float64, len(page.texts))
        self.size = np.minimum(chars, LONGEST)
        self.mass = self.size * scores
        self._sizes = np.concatenate(([0.0], np.cumsum(self.size)))
        self._masses = np.concatenate(([0.0], np.cumsum(self.mass)))
        self.total = max(float(self._masses[-1]), 1.0)

    def mean(self, first: Indices, last: Indices, *, without_own: bool = False) -> Column:
        """The mean score of the characters of lines first .. last - 1; -1 where there are none."""
        size, mass = self._sizes[last] - self._sizes[first], self.mass_of(first, last)
        if without_own:
            size, mass = size - self.size, mass - self.mass
        return np.where(size > 0, mass / np.maximum(size, 1), -1)

    def mass_of(self, first: Indices, last: Indices) -> Column:
        return np.asarray(self._masses[last] - self._masses[first])


def _around(sums: _Sums) -> Columns:
    at, count = sums.at, len(sums.at)
    ends = np.full(count, count)
    columns: Columns = {}
    for reach in (2, 5, 12):
        columns[f"before-{reach}"] = sums.mean(np.maximum(at - reach, 0), at)
        columns[f"after-{reach}"] = sums.mean(at + 1, np.minimum(at + reach + 1, count))
    columns["mass-before"] = sums.mass_of(np.zeros(count, np.intp), at) / sums.total
    columns["mass-after"] = sums.mass_of(at + 1, ends) / sums.total
    columns["mass"] = np.full(count, sums.total)
    return columns


def _good_lines(scores: Scores) -> Columns:
    """How many good lines there are on either side, how far they are, and the best score there."""
    good = np.concatenate(([0], np.cumsum(scores > GOOD)))
    return {
        "good-before": good[:-1],
        "good-after": good[-1] - good[1:],
        **distances("good", scores > GOOD),
        **distances("sure", scores > SURE),
        **distances("bad", scores < BAD),
        "best-before": np.concatenate(([0], np.maximum.accumulate(scores)[:-1])),
        "best-after": np.concatenate((np.maximum.accumulate(scores[::-1])[::-1][1:], [0])),
    }


def _blocks(page: PageLines, sums: _Sums) -> Columns:
    """The other lines of the line's block and of the blocks above it."""
    first, last, parent, at = (
        np.array(column, np.intp) for column in (page.first, page.last, page.parent, page.block)
    )
    columns: Columns = {}
    for level in range(4):
        columns[f"block-{level}"] = sums.mean(first[at], last[at], without_own=True)
        columns[f"block-share-{level}"] = (
            sums.mass_of(first[at], last[at]) - sums.mass
        ) / sums.total
        at = parent[at]
    return columns


def _makes(page: PageLines, sums: _Sums) -> Columns:
    """The other lines of the same make, and of the same make under the same make."""
    columns: Columns = {}
    for name, make in zip(("make", "path"), makes_of(page), strict=True):
        mass = np.bincount(make, sums.mass)[make] - sums.mass
        size = np.bincount(make, sums.size)[make] - sums.size
        columns[name] = np.where(size > 0, mass / np.maximum(size, 1), -1)
        columns[f"{name}-share"] = mass / sums.total
    return columns


def _best_run(sums: _Sums) -> Columns:
    """Where the line stands towards the run of lines that is worth most (Kadane's algorithm)."""
    best = worth = 0.0
    first = last = start = 0
    for index, value in enumerate(((sums.scores - _WORTH) * sums.size).tolist()):
        if worth <= 0:
            worth, start = 0.0, index
        worth += value
        if worth > best:
            best, first, last = worth, start, index + 1
    at = sums.at
    whole = sums.mass_of(np.array([first]), np.array([last]))[0] / sums.total
    return {
        "in-run": (at >= first) & (at < last),
        "from-run-start": np.clip(at - first, -_MOST_LINES, _MOST_LINES),
        "from-run-end": np.clip(at - last + 1, -_MOST_LINES, _MOST_LINES),
        "run-share": np.full(len(at), whole),
        "run-position": (at - first) / max(last - first, 1),
    }


def _headings(page: PageLines, sums: _Sums) -> Columns:
    """The score of the heading above the line, and of the lines between it and the next ones."""
    at, count = sums.at, len(sums.at)
    is_heading = np.array([page.tags[block] in _HEADINGS for block in page.block])
    above = np.maximum.accumulate(np.where(is_heading, at, -1))
    above = np.concatenate(([-1], above[:-1]))
    below = np.minimum.accumulate(np.where(is_heading, at, count)[::-1])[::-1]
    below = np.concatenate((below[1:], [count]))
    has_one = above >= 0
    return {
        "heading": np.where(has_one, sums.scores[above], -1),
        "since-heading": np.where(has_one, sums.mean(np.minimum(above + 1, at), at), -1),
        "to-heading": sums.mean(at + 1, below),
        "lines-to-heading": np.minimum(below - at, FAR + 10),
    }
