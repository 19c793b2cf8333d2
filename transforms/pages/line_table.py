"""A page and its metadata come in; its lines go out, with what is known of each as numbers.

All lines have the columns of `line_features`. Those of `line_wording` cost most of what reading a
page would cost, so they are made for the lines that are asked for: the third that the gate of
`line_scores` leaves open.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from transforms.pages.line_features import line_features
from transforms.pages.line_runs import LineRuns
from transforms.pages.line_wording import PageFacts, line_wording
from transforms.pages.page_blocks import Blocks, Columns
from transforms.pages.page_lines import PageLines, read_lines
from transforms.pages.page_metadata import PageMetadata

Numbers = NDArray[np.float32]


class Table(NamedTuple):
    """Columns by name, and one row a line; features stand side by side in memory."""

    names: tuple[str, ...]
    rows: Numbers

    def column(self, name: str) -> Numbers:
        """The values of one column."""
        return self.rows[:, self.names.index(name)]


class LineTable(NamedTuple):
    """The lines of a page and what is known of all of them."""

    page: PageLines
    blocks: Blocks
    facts: PageFacts
    runs: LineRuns
    features: Table

    @property
    def texts(self) -> list[str]:
        return self.page.texts

    @property
    def parents(self) -> NDArray[np.intp]:
        """For each line the block above its own."""
        return self.blocks.parent[self.blocks.of_line]

    def whole(self, lines: NDArray[np.intp]) -> Table:
        """All that can be known of some lines: `features`, and the columns of their wording."""
        wording = as_table(line_wording([self.texts[line] for line in lines.tolist()], self.facts))
        rows = np.vstack([self.features.rows.T.take(lines, axis=1), wording.rows.T])
        return Table(self.features.names + wording.names, rows.T)


def read_table(tree: HtmlElement, metadata: PageMetadata) -> LineTable | None:
    """The lines of a page with their features; None where it has none."""
    page = read_lines(tree)
    if not page.texts:
        return None
    facts = PageFacts(
        metadata.headline,
        metadata.standfirst,
        metadata.linked.body,
        metadata.authors,
        metadata.publisher,
    )
    blocks, runs, columns = line_features(page, facts)
    return LineTable(page, blocks, facts, runs, as_table(columns))


def as_table(columns: Columns) -> Table:
    """Columns of one length as a table."""
    values = np.concatenate(list(columns.values()), dtype=np.float32, casting="unsafe")
    return Table(tuple(columns), values.reshape(len(columns), -1).T)
