"""A table of numbers comes in, a score for each row goes out: boosted symmetric trees, in numpy.

All splits of one level of a symmetric tree ask the same question, so a row's leaf is a number of
six bits and a tree is six features, six borders and 64 values. All trees are asked at once.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
_ROWS = 256  # at a time: memory stays bounded however many lines a page has


class LineModel(NamedTuple):
    """Trees as arrays of shape (depth, trees) and values of shape (trees, 2 ** depth)."""

    names: tuple[str, ...]  # of the columns it was fitted to
    columns: NDArray[np.intp]
    borders: Numbers
    values: Numbers
    bias: float

    def score(self, table: Numbers) -> Numbers:
        """The probability of each row of `table` (rows, names) that it is article text."""
        blocks = [self._sum(table[start : start + _ROWS]) for start in range(0, len(table), _ROWS)]
        raw = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return np.asarray(1 / (1 + np.exp(-np.clip(raw + self.bias, -30, 30))), np.float32)

    def loudest(self, table: Numbers) -> list[str]:
        """For each row the group of features that spoke loudest against it.

        For each question of each tree: how much would the other answer have added? The sums by
        group (the part of a name before the dot) are compared.
        """
        leaves = self._leaves(table)
        trees = np.arange(leaves.shape[1])
        here = self.values[trees, leaves]
        groups = sorted({name.split(".")[0] for name in self.names})
        number = np.array([groups.index(name.split(".")[0]) for name in self.names], np.intp)
        gains = np.zeros((len(table), len(groups)), np.float32)
        for level, columns in enumerate(self.columns):
            gain = self.values[trees, leaves ^ (1 << level)] - here
            gains += gain @ np.eye(len(groups), dtype=np.float32)[number[columns]]
        return [groups[i] for i in gains.argmax(axis=1)] if len(table) else []

    def _leaves(self, table: Numbers) -> NDArray[np.intp]:
        leaves = np.zeros((len(table), self.columns.shape[1]), np.uint8)
        for level, (columns, borders) in enumerate(zip(self.columns, self.borders, strict=True)):
            leaves |= (table[:, columns] > borders).view(np.uint8) << level
        return leaves.astype(np.intp)

    def _sum(self, table: Numbers) -> Numbers:
        leaves = self._leaves(table)
        return np.asarray(
            self.values[np.arange(leaves.shape[1]), leaves].sum(axis=1, dtype=np.float32)
        )


@functools.cache
def load_line_model(name: str) -> LineModel:
    """The model that comes with the package: "lines" or "lines_in_context"."""
    path = resources.files("transforms.data.pages") / f"{name}.npz"
    with path.open("rb") as file, np.load(file) as arrays:
        return LineModel(
            tuple(str(arrays["names"]).split("\n")),
            arrays["columns"].astype(np.intp),
            arrays["borders"],
            arrays["values"].astype(np.float32),
            float(arrays["bias"]),
        )
