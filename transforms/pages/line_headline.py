"""How far a line is from the page's headline: columns of numbers, in lines, in text and in the tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from transforms.pages.line_wording import is_key, tokens_of
from transforms.pages.page_blocks import Blocks, Column, Columns, ancestors_of, nearest_of
from transforms.pages.page_lines import PageLines

ALIKE = 0.7  # share of the words of the headline and of its line that both have
LONGER = 2  # times as long the one may be as the other, in characters


def find_headline(texts: Sequence[str], headline: str, base: Columns, key_words: Column) -> int:
    """The line that repeats the headline, -1 for none: the last one with most of the text after it."""
    wanted, size = set(tokens_of(headline)), len(headline)
    if not wanted:
        return -1
    is_near = (base["chars"] >= size / LONGER) & (base["chars"] <= size * LONGER)
    if any(map(is_key, wanted)):
        is_near &= key_words > 0
    near = np.flatnonzero(is_near)
    is_headline = np.zeros(len(texts), bool)
    for line in near.tolist():
        words = set(tokens_of(texts[line]))
        is_headline[line] = len(words & wanted) >= ALIKE * max(len(words), len(wanted), 1)
    if not is_headline.any():
        return -1
    mass = np.concatenate((np.cumsum(base["mass"][::-1])[::-1], [0.0]))
    good = is_headline & (mass[1:] >= 0.6 * mass[0])  # earlier ones are breadcrumbs
    return int(np.flatnonzero(good)[-1]) if good.any() else int(np.flatnonzero(is_headline)[0])


def from_headline(
    headline: int,
    page: PageLines,
    base: Columns,
    blocks: Blocks,
    mark: Columns,
) -> Columns:
    """How far the line is from the headline: in lines, in text, in the tree, in headings between."""
    index = np.arange(len(blocks.of_line))
    passed = {
        "h1": mark["h1"] <= 3,
        "h2": mark["h2"] <= 3,
        "h3": mark["h3-6"] <= 3,
        "authors": mark["author"] <= 1,
        "linked": base["linked"] > 0.8,
    }
    start = max(headline, 0)
    columns: Columns = {"known": np.full(len(index), headline >= 0)}
    columns["lines"] = index - start
    chars = blocks.sums.chars[:-1]
    columns["chars"] = chars - chars[start]
    for name, column in passed.items():
        run = np.concatenate(([0], np.cumsum(column)))
        columns[f"passed-{name}"] = run[index] - run[min(start + 1, len(index))]
    above = ancestors_of(int(blocks.of_line[start]), blocks)
    shared = nearest_of(above, blocks)
    columns["up"] = np.where(
        headline >= 0, blocks.depth[blocks.of_line[start]] - blocks.depth[shared], -1
    )
    columns["down"] = np.where(
        headline >= 0, blocks.depth[blocks.of_line] - blocks.depth[shared], -1
    )
    columns["shared-mass"] = blocks.totals(shared).mass / max(blocks.sums.mass[-1], 1)
    articles = np.array([tag == "article" for tag in page.tags])
    inside = np.cumsum(articles)  # ordinal of the last article opened at or before each block
    columns["article-number"] = inside[blocks.of_line] - inside[blocks.of_line[start]]
    columns["articles"] = np.full(len(index), articles.sum())
    return columns
