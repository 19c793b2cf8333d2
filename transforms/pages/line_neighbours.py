"""What stands around a line: columns of numbers for the lines before and after it and those of its make."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.pages.page_blocks import FAR, Blocks, Column, Columns
from transforms.pages.page_lines import PageLines

_OFFSETS = (-3, -2, -1, 1, 2, 3)
_BESIDE = 4  # lines before and after a block


def likeness(page: PageLines, base: Columns, blocks: Blocks) -> Columns:
    """How often the page repeats the line, and what lines of the same make are like."""
    seen: dict[str, int] = {}
    for text in page.texts:
        seen[text] = seen.get(text, 0) + 1
    columns: Columns = {"copies": np.array([seen[text] for text in page.texts], np.float32)}
    total_mass = max(float(base["mass"].sum()), 1)
    for name, key in (("own", blocks.make), ("path", blocks.path)):
        lines = np.bincount(key)
        for what, weights in (
            ("words", base["words"]),
            ("linked", base["linked"]),
            ("stops", base["stop-words"]),
        ):
            columns[f"{name}-{what}"] = (np.bincount(key, weights=weights) / np.maximum(lines, 1))[
                key
            ]
        columns[f"{name}-mass"] = (np.bincount(key, weights=base["mass"]) / total_mass)[key]
        columns[f"{name}-lines"] = lines[key]
    return columns


def neighbours(base: Columns, blocks: Blocks) -> Columns:
    columns: Columns = {}
    watched = {
        "words": base["words"], "linked": base["linked"], "stops": base["stop-words"],
        "ends": base["ends-sentence"],
    }  # fmt: skip
    around = {name: shifted(column, _OFFSETS, -1) for name, column in watched.items()}
    parents = blocks.parent[blocks.of_line]
    same_make = [path == blocks.path for path in shifted(blocks.path, _OFFSETS, -1)]
    same_parent = [other == parents for other in shifted(parents, _OFFSETS, -1)]
    for row, offset in enumerate(_OFFSETS):
        columns |= {f"{name}{offset:+d}": rows[row] for name, rows in around.items()}
        columns[f"make{offset:+d}"] = same_make[row]
        if abs(offset) < 3:
            columns[f"parent{offset:+d}"] = same_parent[row]
    mass, at = blocks.sums.mass, np.arange(len(blocks.of_line))
    for reach in (4, 10):
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(at))
        columns[f"mass-before-{reach}"] = mass[at] - mass[low]
        columns[f"mass-after-{reach}"] = mass[high] - mass[at + 1]
    return columns | _around_blocks(mass, blocks)


def _around_blocks(mass: Column, blocks: Blocks) -> Columns:
    """The running text right before and after the blocks above the line: a box stands within a story."""
    columns: Columns = {}
    block, count = blocks.of_line, len(blocks.of_line)
    for level in range(4):
        first, last = blocks.first[block], blocks.last[block]
        columns[f"mass-before-block-{level}"] = mass[first] - mass[np.maximum(first - _BESIDE, 0)]
        columns[f"mass-after-block-{level}"] = mass[np.minimum(last + _BESIDE, count)] - mass[last]
        block = blocks.parent[block]
    return columns


def distances(name: str, marked: NDArray[np.bool_]) -> Columns:
    """How many lines ago the last marked line was, and in how many the next one comes."""
    count = len(marked)
    index = np.arange(count)
    before = np.maximum.accumulate(np.where(marked, index, -FAR))
    after = np.minimum.accumulate(np.where(marked, index, count + FAR)[::-1])[::-1]
    return {
        f"last-{name}": np.minimum(index - np.concatenate(([-FAR], before[:-1])), FAR),
        f"next-{name}": np.minimum(np.concatenate((after[1:], [count + FAR])) - index, FAR),
    }


def key_words_around(hits: Column) -> Columns:
    """Words of the headline in the lines around: an appended article has its own."""
    run = np.concatenate(([0.0], np.cumsum(hits, dtype=np.float64)))
    at = np.arange(len(hits))
    return {
        f"key-words-{reach}": run[np.minimum(at + reach + 1, len(at))]
        - run[np.maximum(at - reach, 0)]
        for reach in (3, 8)
    }


def shifted(column: Column, offsets: Sequence[int], fill: float) -> list[Column]:
    """For each offset the values that many lines further on, `fill` past the ends."""
    most, count = max(map(abs, offsets)), len(column)
    padded = np.full(count + 2 * most, fill, column.dtype)
    padded[most : most + count] = column
    return [padded[most + offset : most + offset + count] for offset in offsets]
