"""A table of numbers comes in, a score for each row goes out: boosted symmetric trees, in numpy.

All splits of one level of a symmetric tree ask the same question, so a row's leaf is a number of
six bits and a tree is six features, six borders and 64 values. All trees are asked at once.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.packed_arrays import as_array, as_text

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
        leaves, first = self._leaves(table).T.astype(np.intp), self._first_values()
        here = self.values.ravel().take(leaves + first)
        groups, number = _groups(self.names)
        gains = np.zeros((len(table), len(groups)), np.float32)
        for level, columns in enumerate(self.columns):
            gain = self.values.ravel().take((leaves ^ (1 << level)) + first) - here
            gains += gain @ np.eye(len(groups), dtype=np.float32)[number[columns]]
        return [groups[i] for i in gains.argmax(axis=1)] if len(table) else []

    def _leaves(self, table: Numbers) -> NDArray[np.uint8]:
        """The leaf that each row comes to in each tree; of shape (trees, rows)."""
        features = np.ascontiguousarray(table.T)  # a column is copied at once: three times as fast
        asked = features.take(self.columns.ravel(), axis=0, mode="clip")  # "raise" takes longer
        answers = (asked > self.borders.ravel()[:, None]).view(np.uint8)
        *levels, leaves = answers.reshape(*self.columns.shape, len(table))
        for level in levels[::-1]:
            leaves = leaves + leaves + level
        return np.asarray(leaves)

    def _sum(self, table: Numbers) -> Numbers:
        places = self._leaves(table).astype(np.intp)
        places += self._first_values()[:, None]
        values = self.values.ravel().take(places, mode="clip")
        return np.asarray(values.sum(axis=0, dtype=np.float32))

    def _first_values(self) -> NDArray[np.intp]:
        """Where the values of each tree begin in the flat array of all: one index is half the time of two."""
        trees, size = self.values.shape
        return np.arange(0, trees * size, size)


@functools.cache
def _groups(names: tuple[str, ...]) -> tuple[list[str], NDArray[np.intp]]:
    """The groups that features are of, and the number of each feature's group."""
    of = [name.split(".")[0] for name in names]
    groups = sorted(set(of))
    return groups, np.array([groups.index(group) for group in of], np.intp)


def read_line_model(arrays: Mapping[str, NDArray[Any]], part: str) -> LineModel:
    """A model out of the arrays that `write_line_model` made."""
    return LineModel(
        tuple(as_text(arrays[f"{part}.names"]).split("\n")),
        arrays[f"{part}.columns"].astype(np.intp),
        arrays[f"{part}.borders"],
        arrays[f"{part}.values"].astype(np.float32),
        float(arrays[f"{part}.bias"]),
    )


def write_line_model(
    model: LineModel, part: str, used: NDArray[np.intp]
) -> dict[str, NDArray[Any]]:
    """The arrays of a model, which knows no other columns than `used` from here on."""
    place = np.zeros(len(model.names), np.int16)
    place[used] = np.arange(len(used))
    return {
        f"{part}.names": as_array("\n".join(model.names[i] for i in used)),
        f"{part}.columns": place[model.columns],
        f"{part}.borders": model.borders,
        f"{part}.values": model.values.astype(np.float16),
        f"{part}.bias": np.asarray(model.bias, np.float32),
    }
