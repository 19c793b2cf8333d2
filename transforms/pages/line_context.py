"""The lines of a page with a first score come in, columns of numbers for what stands around each go out.

A line is judged better by those who know how its neighbours, its block and the lines of its make were
judged: an advert between two paragraphs scores like a paragraph, and so does a footer after the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.pages.line_neighbours import distances, shifted
from transforms.pages.page_blocks import FAR, Blocks, Column, Columns, Indices
from transforms.pages.page_lines import PageLines

Scores = NDArray[np.float32]
Run = tuple[Indices, Indices]  # for each line the first of some lines, and the one after the last
LONGEST = 400  # characters; longer lines count no more than that
GOOD, SURE, BAD = 0.5, 0.85, 0.15
_WORTH = 0.45  # what a line must score to make a run of lines longer
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MOST_LINES = 60
_BESIDE = 4  # lines before and after a block


def level_of(texts: Sequence[str], scores: Scores, power: int = 1) -> float:
    """The mean score of a page's good lines, each weighted by its length and a power of its score."""
    sizes = np.fromiter(map(len, texts), np.float64, len(texts))
    weights = np.where(scores > BAD, sizes * scores**power, 0.0)
    total = weights.sum()
    return float((weights * scores).sum() / total) if total else 1.0


def line_context(page: PageLines, blocks: Blocks, scores: Scores) -> Columns:
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
    shifts = zip(_OFFSETS, shifted(scores, _OFFSETS, -1), strict=True)
    columns |= {f"score{offset:+d}": column for offset, column in shifts}
    columns |= _around(sums)
    columns |= _good_lines(scores)
    columns |= _blocks(blocks, sums)
    columns |= _makes(blocks, sums)
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
        self.masses = np.concatenate(([0.0], np.cumsum(self.mass)))
        self.total = max(float(self.masses[-1]), 1.0)

    def means(self, runs: Mapping[str, Run], *, without_own: bool = False) -> Columns:
        """For each run the mean score of the characters of its lines; -1 where there are none."""
        first, last = (np.array([run[end] for run in runs.values()]) for end in (0, 1))
        size, mass = self._sizes[last] - self._sizes[first], self.mass_of(first, last)
        if without_own:
            size, mass = size - self.size, mass - self.mass
        means = np.where(size > 0, mass / np.maximum(size, 1), -1)
        return dict(zip(runs, means, strict=True))

    def mass_of(self, first: Indices, last: Indices) -> Column:
        return np.asarray(self.masses[last] - self.masses[first])


def _around(sums: _Sums) -> Columns:
    at, count = sums.at, len(sums.at)
    runs: dict[str, Run] = {}
    for reach in (2, 5, 12):
        runs[f"before-{reach}"] = np.maximum(at - reach, 0), at
        runs[f"after-{reach}"] = at + 1, np.minimum(at + reach + 1, count)
    return sums.means(runs) | {
        "mass-before": sums.masses[:-1] / sums.total,
        "mass-after": (sums.masses[-1] - sums.masses[1:]) / sums.total,
        "mass": np.full(count, sums.total),
    }


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


def _blocks(blocks: Blocks, sums: _Sums) -> Columns:
    """The other lines of the line's block and of the blocks above it, and the lines beside the block."""
    at, count = blocks.of_line, len(sums.at)
    within: dict[str, Run] = {}
    beside: dict[str, Run] = {}
    shares: Columns = {}
    for level in range(4):
        first, last = blocks.first[at], blocks.last[at]
        within[f"block-{level}"] = first, last
        beside[f"before-block-{level}"] = np.maximum(first - _BESIDE, 0), first
        beside[f"after-block-{level}"] = last, np.minimum(last + _BESIDE, count)
        shares[f"block-share-{level}"] = (sums.mass_of(first, last) - sums.mass) / sums.total
        at = blocks.parent[at]
    return sums.means(within, without_own=True) | sums.means(beside) | shares


def _makes(blocks: Blocks, sums: _Sums) -> Columns:
    """The other lines of the same make, and of the same make under the same make."""
    columns: Columns = {}
    for name, make in (("make", blocks.make), ("path", blocks.path)):
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
    means = sums.means(
        {"since-heading": (np.minimum(above + 1, at), at), "to-heading": (at + 1, below)}
    )
    return {
        "heading": np.where(has_one, sums.scores[above], -1),
        "since-heading": np.where(has_one, means["since-heading"], -1),
        "to-heading": means["to-heading"],
        "lines-to-heading": np.minimum(below - at, FAR + 10),
    }
