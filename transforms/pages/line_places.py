"""Where a line stands: columns of numbers for its links, its block, the blocks above, the story's block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from transforms.pages.block_marks import GROUPS
from transforms.pages.line_neighbours import distances
from transforms.pages.page_blocks import FAR, Blocks, Columns, ancestors_of, nearest_of
from transforms.pages.page_lines import PageLines

_INLINE_MARKS = ("caption", "author", "date", "related", "advert", "share", "popup", "note", "tags")
# What makes a block no part of the story where it does not hold the story.
_APART = (
    "media", "author", "date", "related", "teaser", "newsletter", "advert", "share", "comment", "nav",
    "footer", "consent", "header", "side", "tags", "quote", "embed", "box", "live", "list", "popup", "form",
    "note", "aside", "footer-tag", "figure", "section", "article-tag", "ul", "table", "quote-tag", "hidden",
)  # fmt: skip
_APART_BITS = [GROUPS.index(name) for name in _APART]


def links(page: PageLines, base: Columns) -> Columns:
    links = np.array(page.links, np.float32)
    return {
        "share": base["linked"],
        "count": links,
        "words-each": base["words"] / np.maximum(links, 1),
        "bold": np.array(page.bold, np.float32) / base["chars"],
        "italic": np.array(page.italic, np.float32) / base["chars"],
    }


def marks(page: PageLines, blocks: Blocks) -> Columns:
    """For each group of marks how many levels up the nearest block of the group stands.

    "apart" counts only blocks that do not hold the story: a wrapper named "comments" around the whole
    page says nothing, a block of that name beside the story says all.
    """
    own = _bits_of(page.block_marks)
    apart = own[:, _APART_BITS] & ~ancestors_of(_narrowest(blocks, 0.6), blocks)[:, None]
    levels = _levels_up(np.hstack([own, apart]), blocks)
    names = (*GROUPS, *(f"apart-{name}" for name in _APART))
    columns = dict(zip(names, levels[blocks.of_line].T, strict=True))
    inline = _bits_of(page.marks).T
    return columns | {f"inline-{name}": inline[GROUPS.index(name)] for name in _INLINE_MARKS}


def _bits_of(masks: list[int]) -> NDArray[np.bool_]:
    """One row a mask, one column a group of GROUPS."""
    octets = np.array(masks, "<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(octets, axis=1, count=len(GROUPS), bitorder="little").view(bool)


def _levels_up(own: NDArray[np.bool_], blocks: Blocks) -> NDArray[np.uint8]:
    """For each block and column the levels up to the nearest block that is marked, FAR for none.

    Each round knows twice as many levels as the one before it. Above the root stands the root: what it
    holds is known from nearer already.
    """
    levels = np.where(own, np.uint8(0), np.uint8(FAR))
    deepest = blocks.depth.max()
    above, reach = blocks.parent, 1
    while reach < FAR and reach <= deepest:
        levels = np.minimum(levels, levels[above] + np.uint8(reach))
        above, reach = above[above], 2 * reach
    return levels


def places(page: PageLines, base: Columns, blocks: Blocks) -> Columns:
    count = len(page.texts)
    index = np.arange(count, dtype=np.float32)
    chars, mass, links, paragraphs, _ = blocks.sums
    return {
        "index": index,
        "share": index / count,
        "chars-before": chars[:-1] / chars[-1],
        "mass-before": mass[:-1] / max(mass[-1], 1),
        "paragraphs-before": paragraphs[:-1],
        "paragraphs-after": paragraphs[-1] - paragraphs[1:],
        **distances("paragraph", base["mass"] > 0),
        "depth": blocks.depth[blocks.of_line],
        "page-lines": np.full(count, count),
        "page-mass": np.full(count, mass[-1]),
        "page-linked": np.full(count, links[-1] / chars[-1]),
        "page-paragraphs": np.full(count, paragraphs[-1]),
        "page-mass-share": np.full(count, mass[-1] / chars[-1]),
    }


def levels(base: Columns, blocks: Blocks) -> Columns:
    """What the line's block and the blocks above it hold."""
    columns: Columns = {}
    at, mass = blocks.of_line, blocks.sums.mass
    page_mass, index = max(mass[-1], 1), np.arange(len(at))
    for level in range(5):
        held = blocks.totals(at)
        chars = np.maximum(held.chars, 1)
        here = {
            "mass": held.mass / page_mass,
            "paragraphs": held.paragraphs,
            "linked": held.links / chars,
            "lines": held.lines,
            "line-size": chars / held.lines,
        }
        if level in (1, 2, 3):
            here["from-start"] = index - blocks.first[at]
            here["from-end"] = blocks.last[at] - 1 - index
            here["mass-after"] = (mass[blocks.last[at]] - mass[1:]) / page_mass
        columns |= {f"{name}-{level}": column for name, column in here.items()}
        at = blocks.parent[at]
    return columns


def cores(base: Columns, blocks: Blocks) -> Columns:
    """Where the line stands towards the block that holds the story, found in three ways."""
    columns: Columns = {}
    found = _core_blocks(base, blocks)
    towards = {core: _towards(core, blocks) for core in set(found.values())}
    for name, core in found.items():
        columns |= {f"{name}-{key}": c for key, c in towards[core].items()}
    main = np.bincount(blocks.path, weights=base["mass"]).argmax() if len(blocks.of_line) else 0
    columns["same-signature"] = (blocks.path == main).astype(np.float32)
    columns["same-tag-label"] = (blocks.make == blocks.make[np.argmax(blocks.path == main)]).astype(
        np.float32
    )
    return columns


def _core_blocks(base: Columns, blocks: Blocks) -> dict[str, int]:
    """The block whose own paragraphs weigh most, and the narrowest with 60 and 85 % of the mass."""
    parents, count = blocks.parent[blocks.of_line], len(blocks.parent)
    score = np.bincount(parents, base["mass"], count)
    score += np.bincount(blocks.parent[parents], base["mass"] / 2, count)
    found = {"dense": int(score.argmax())}
    return found | {f"narrow{share}": _narrowest(blocks, share / 100) for share in (60, 85)}


def _narrowest(blocks: Blocks, share: float) -> int:
    """The narrowest block with this share of the page's running text; the root where there is none."""
    mass = blocks.sums.mass[blocks.last] - blocks.sums.mass[blocks.first]
    return int(np.flatnonzero(mass >= share * mass[0])[-1]) if mass[0] else 0


def _towards(core: int, blocks: Blocks) -> Columns:
    """In the core or not, how deep, and what the branch of it holds that the line stands in."""
    index = np.arange(len(blocks.of_line))
    start, end = blocks.first[core], blocks.last[core]
    inside = (index >= start) & (index < end)
    is_top = blocks.parent == core
    is_top |= blocks.depth[blocks.parent] <= blocks.depth[core]
    branch = nearest_of(is_top, blocks)
    held, mass = blocks.totals(branch), blocks.sums.mass
    page_mass = max(mass[-1], 1)
    size = max(end - start, 1)
    return {
        "inside": inside,
        "below": np.where(inside, blocks.depth[blocks.of_line] - blocks.depth[core], -1),
        "position": np.where(inside, (index - start) / size, np.where(index < start, -1, 2)),
        "away": np.where(inside, 0, np.where(index < start, index - start, index - end + 1)),
        "branch-mass": held.mass / page_mass,
        "branch-linked": held.links / np.maximum(held.chars, 1),
        "branch-lines": held.lines,
        "branch-paragraphs": held.paragraphs,
        "mass-after": (mass[max(end, 0)] - mass[1:]) / page_mass,
    }
