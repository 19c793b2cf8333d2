"""The lines of a page with their features come in, the probability of each that it is article text goes out.

Three models in turn. A small one, the gate, tells the furniture that nobody would take for text, two
lines of three, by what costs little to know. The second judges what is left by all features, the
third by what stands around it.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.packed_arrays import read_arrays
from transforms.pages.line_context import line_context
from transforms.pages.line_model import LineModel, Numbers, read_line_model
from transforms.pages.line_table import LineTable, Table, as_table

GATE = 0.08  # lines that score less are furniture; the models were taught by some that do


class LineModels(NamedTuple):
    """The gate reads what is known of all lines, the judge all features, the third `line_context`."""

    gate: LineModel
    judge: LineModel
    context: LineModel

    def score(self, found: LineTable) -> Numbers:
        """The score of each line: the mean of the last two models."""
        gate = _placed(self.gate, found.features).score(found.features.rows)
        open_lines = np.flatnonzero(gate > GATE)
        scores = np.minimum(gate, np.float32(GATE))
        if len(open_lines):
            whole = found.whole(open_lines)
            scores[open_lines] = _placed(self.judge, whole).score(whole.rows)
            around = context_table(found, scores)
            context = _placed(self.context, around).score(around.rows[open_lines])
            scores[open_lines] = (scores[open_lines] + context) / 2
        return scores


def _placed(model: LineModel, table: Table) -> LineModel:
    """The model as one that reads all columns of `table`: none of them need be copied for it."""
    places = _places(table.names, model.names)
    return model._replace(names=table.names, columns=places[model.columns])


def context_table(found: LineTable, scores: Numbers) -> Table:
    """What stands around each line, one row a line."""
    return as_table(line_context(found.page, found.blocks, scores))


def select(table: Table, wanted: tuple[str, ...]) -> Numbers:
    """The columns of `table` that are `wanted`, in their order."""
    return table.rows if table.names == wanted else table.rows.T[_places(table.names, wanted)].T


@functools.cache
def _places(names: tuple[str, ...], wanted: tuple[str, ...]) -> NDArray[np.intp]:
    place = {name: index for index, name in enumerate(names)}
    return np.array([place[name] for name in wanted], np.intp)


@functools.cache
def load_line_models() -> LineModels:
    """The models that come with the package."""
    arrays = read_arrays(resources.files("transforms.data.pages") / "lines.arrow")
    return LineModels(*(read_line_model(arrays, part) for part in LineModels._fields))
