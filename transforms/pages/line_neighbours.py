"""What stands around a line: columns of numbers for the lines before and after it and those of its make."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transforms.pages.page_blocks import FAR, Blocks, Column, Columns, Indices
from transforms.pages.page_lines import PageLines


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
        "ends": base["ends-sentence"], "rule": base["rule"],
    }  # fmt: skip
    parents = blocks.parent[blocks.of_line]
    for offset in (-3, -2, -1, 1, 2, 3):
        for name, column in watched.items():
            columns[f"{name}{offset:+d}"] = shifted(column, offset, -1)
        columns[f"make{offset:+d}"] = _same(blocks.path, offset)
        if abs(offset) < 3:
            columns[f"parent{offset:+d}"] = _same(parents, offset)
    mass = np.concatenate(([0.0], np.cumsum(base["mass"], dtype=np.float64)))
    at = np.arange(len(blocks.of_line))
    for reach in (4, 10):
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(at))
        columns[f"mass-before-{reach}"] = mass[at] - mass[low]
        columns[f"mass-after-{reach}"] = mass[high] - mass[at + 1]
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


def key_words_around(hits: Column, base: Columns) -> Columns:
    """Words of the headline in the lines around: an appended article has its own."""
    run = np.concatenate(([0.0], np.cumsum(hits, dtype=np.float64)))
    at = np.arange(len(hits))
    return {
        f"key-words-{reach}": run[np.minimum(at + reach + 1, len(at))]
        - run[np.maximum(at - reach, 0)]
        for reach in (3, 8)
    }


def shifted(column: Column, offset: int, fill: float) -> Column:
    """The value `offset` lines further on, `fill` past the ends."""
    out = np.full(len(column), fill, np.float32)
    if abs(offset) >= len(column):
        return out
    if offset > 0:
        out[:-offset] = column[offset:]
    else:
        out[-offset:] = column[:offset]
    return out


def _same(key: Indices, offset: int) -> Column:
    """1 where the line `offset` further on has the same key."""
    return np.asarray(shifted(key.astype(np.float32), offset, -1) == key)
