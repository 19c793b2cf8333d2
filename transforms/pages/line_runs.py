"""The lines of a page come in, which of them say the same goes out: by runs of four words.

The words of a page are numbered once, for the features of its lines and for the choice among them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.pages.line_wording import MOST_COMPARED, tokens_of
from transforms.pages.shared_words import RUN, Held, Indices, shared_runs

Numbers = NDArray[np.float32]


class LineRuns(NamedTuple):
    """The runs of the lines of a page that could be a story's."""

    texts: list[str]
    is_whole: NDArray[np.bool_]  # lines of which all runs are known
    held: Held  # the runs of those lines, and of the beginnings of longer ones

    def of(self, lines: Indices) -> Held:
        """All runs of some lines, each by its place among them; read again where not all are known."""
        others = lines[~self.is_whole[lines]].tolist()
        if any(len(tokens_of(self.texts[line])) >= RUN for line in others):
            return shared_runs([tokens_of(self.texts[line]) for line in lines.tolist()])
        return self.held.among(lines, len(self.texts))


def line_runs(texts: list[str], asked: NDArray[np.bool_]) -> LineRuns:
    """The runs of the lines that are asked for, of each as far as lines are compared."""
    tokens = [
        tokens_of(text[:MOST_COMPARED]) if is_asked else ()
        for text, is_asked in zip(texts, asked.tolist(), strict=True)
    ]
    is_short = np.fromiter((len(text) <= MOST_COMPARED for text in texts), bool, len(texts))
    return LineRuns(texts, asked & is_short, shared_runs(tokens))


def said_twice(runs: LineRuns, asked: NDArray[np.bool_]) -> dict[str, Numbers]:
    """The shares of a line's runs of four words that lines before it hold, and that lines after it say again.

    Only of the lines that are asked for, and among them.
    """
    lines = np.flatnonzero(asked)
    held = runs.held.among(lines, len(asked))
    first = held.first()
    again = first < held.texts
    counts = np.maximum(np.bincount(held.texts, minlength=len(lines)), 1)
    columns = {name: np.zeros(len(asked), np.float32) for name in ("said-before", "said-later")}
    for column, held_by in zip(columns.values(), (held.texts[again], first[again]), strict=True):
        column[lines] = np.bincount(held_by, minlength=len(lines)) / counts
    return columns
