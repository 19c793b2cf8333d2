"""The blocks of a page as arrays: sums over any block are differences of running sums over the lines.

That works because the lines of a block follow each other, and it makes every question about a block
cost the same, however large it is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.pages.page_lines import PageLines

Column = NDArray[Any]  # one value a line
Columns = dict[str, Column]
Indices = NDArray[np.intp]

FAR = 30  # levels up, or lines away; also what "none" counts as


class Sums(NamedTuple):
    """Sums over lines: of one run of them in each column."""

    chars: NDArray[np.float64]
    mass: NDArray[np.float64]  # characters of running text
    links: NDArray[np.float64]  # characters within links
    paragraphs: NDArray[np.float64]
    lines: NDArray[np.float64]


class Blocks(NamedTuple):
    """The block table as arrays, and running sums over the lines."""

    parent: Indices
    depth: Indices
    first: Indices
    last: Indices
    of_line: Indices  # the block of each line
    make: Indices  # of each line: a number for its block's tag and label
    path: Indices  # the same, with the block above it
    sums: Sums  # of the lines before each, and of all
    table: NDArray[np.float64]  # the same, one row a sum

    def totals(self, blocks: Indices) -> Sums:
        """The sums over the lines of each of `blocks`."""
        ends, starts = self.last[blocks], self.first[blocks]
        return Sums(*(self.table.take(ends, axis=1) - self.table.take(starts, axis=1)))


def read_blocks(page: PageLines, base: Columns) -> Blocks:
    """The block table of a page, and running sums of the columns of `base`."""
    parent, depth, first, last = (
        np.array(column, np.intp) for column in (page.parent, page.depth, page.first, page.last)
    )
    table = np.zeros((len(Sums._fields), len(page.texts) + 1))
    summed = (base["chars"], base["mass"], base["link-chars"], base["mass"] > 0)
    for row, column in zip(table, summed, strict=False):
        np.cumsum(column, out=row[1:])
    table[-1] = np.arange(len(page.texts) + 1)
    of_line = np.array(page.block, np.intp)
    return Blocks(parent, depth, first, last, of_line, *_makes_of(page), Sums(*table), table)


def _makes_of(page: PageLines) -> tuple[Indices, Indices]:
    """For each line a number for its block's tag and label, and one for the block above as well."""
    own: dict[object, int] = {}
    both: dict[object, int] = {}
    by_block = [own.setdefault(key, len(own)) for key in zip(page.tags, page.labels, strict=True)]
    far = [
        both.setdefault((by_block[i], by_block[up]), len(both)) for i, up in enumerate(page.parent)
    ]
    lines = np.array(page.block, np.intp)
    return np.array(by_block, np.intp)[lines], np.array(far, np.intp)[lines]


def ancestors_of(block: int, blocks: Blocks) -> NDArray[np.bool_]:
    """Which blocks are `block` or stand above it."""
    marked = np.zeros(len(blocks.parent), bool)
    while not marked[block]:
        marked[block] = True
        block = int(blocks.parent[block])
    return marked


def nearest_of(marked: NDArray[np.bool_], blocks: Blocks) -> Indices:
    """For each line the nearest marked block at or above its own; the root where there is none.

    Each round looks twice as far up as the one before it.
    """
    nearest = np.where(marked, np.arange(len(marked)), blocks.parent)
    for _ in range(int(blocks.depth.max()).bit_length()):
        nearest = nearest[nearest]
    return np.asarray(nearest[blocks.of_line])
