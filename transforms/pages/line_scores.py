"""The lines of a page with their features come in, the probability of each that it is article text goes out.

Three models in turn. A small one, the gate, tells the furniture that nobody would take for text: two
lines of three. The second judges what is left by all features, the third by what stands around it.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.pages.line_context import line_context
from transforms.pages.line_model import LineModel, Numbers, read_line_model
from transforms.pages.page_lines import PageLines

GATE = 0.01  # lines that score less are furniture


class LineModels(NamedTuple):
    """The gate and the judge read the same features, the third model those of `line_context`."""

    gate: LineModel
    judge: LineModel
    context: LineModel

    def score(self, page: PageLines, names: tuple[str, ...], table: Numbers) -> Numbers:
        """The score of each line: the mean of the last two models."""
        features = select(table, names, self.gate.names)
        scores, open_lines = self.first_scores(features)
        if len(open_lines):
            found = context_table(page, scores)
            around = select(found.table[open_lines], found.names, self.context.names)
            scores[open_lines] = (scores[open_lines] + self.context.score(around)) / 2
        return scores

    def first_scores(self, features: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
        """What gate and judge say, and which lines the gate left open."""
        return judge_open(self.judge, features, self.gate.score(features))


class ContextTable(NamedTuple):
    """The columns of `line_context` as one table."""

    names: tuple[str, ...]
    table: Numbers


def judge_open(
    judge: LineModel, features: Numbers, gate: Numbers
) -> tuple[Numbers, NDArray[np.intp]]:
    """The scores of a page, with those of `judge` for the lines that the gate left open."""
    open_lines = np.flatnonzero(gate > GATE)
    scores = np.minimum(gate, np.float32(GATE))
    scores[open_lines] = judge.score(features[open_lines])
    return scores, open_lines


def context_table(page: PageLines, scores: Numbers) -> ContextTable:
    """What stands around each line, one row a line."""
    return ContextTable(*as_table(line_context(page, scores)))


def as_table(columns: dict[str, NDArray[np.float32]]) -> tuple[tuple[str, ...], Numbers]:
    """Columns as names and one table with features side by side in memory."""
    table = np.empty((len(columns), len(next(iter(columns.values())))), np.float32)
    for row, column in zip(table, columns.values(), strict=True):
        row[:] = column
    return tuple(columns), table.T


def select(table: Numbers, names: tuple[str, ...], wanted: tuple[str, ...]) -> Numbers:
    """The columns of `table` that are `wanted`, in their order."""
    return table if names == wanted else table.T[_places(names, wanted)].T


@functools.cache
def _places(names: tuple[str, ...], wanted: tuple[str, ...]) -> NDArray[np.intp]:
    place = {name: index for index, name in enumerate(names)}
    return np.array([place[name] for name in wanted], np.intp)


@functools.cache
def load_line_models() -> LineModels:
    """The models that come with the package."""
    path = resources.files("transforms.data.pages") / "lines.npz"
    with path.open("rb") as file, np.load(file) as arrays:
        return LineModels(*(read_line_model(arrays, part) for part in LineModels._fields))
