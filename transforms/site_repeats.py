"""What the pages of a site say of their lines comes in; the lines that belong to the site go out.

A story is told once. A line that stands on the pages of several stories of a site is the site's own,
where the models doubt it, or where next to all of the site's stories have it. Both, because outlets
also repeat on purpose: a paragraph on how a war began stands in every story on that war. No page alone can
show it, so it is asked once all pages of a run are read. `transforms.pages.line_keys` makes the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.records import LineKeys
from transforms.pages.line_keys import unpacked

DOUBTED_ON = 3  # stories with headlines of their own: a line that the models doubt is the site's
STANDS_ON = 5  # any other line is, if that many stories have it
SHARE = 2 / 3  # and that share of all the site's stories in the run

Keys = NDArray[np.int64]
Asked = tuple[str, LineKeys]  # the cluster of an article, and its lines


class SiteLines(NamedTuple):
    """The lines of a site by their keys."""

    some: frozenset[int]  # on `DOUBTED_ON` stories or more
    most: frozenset[int]  # on next to all of them


def site_lines(pages: Iterable[Asked]) -> SiteLines:
    """The lines that the pages of one site repeat; as arrays, since a site may have millions of lines.

    A story is told apart by its headline and by its cluster: one that is told under several headlines
    is still one.
    """
    rest = iter(pages)
    first = list(islice(rest, DOUBTED_ON))
    if len(first) < DOUBTED_ON:  # most sites of most runs
        return SiteLines(frozenset(), frozenset())
    lines, headlines, clusters, sizes = [], [], [], []
    numbers: dict[str, int] = {}
    for cluster, page in chain(first, rest):
        lines.append(np.union1d(unpacked(page.lines), unpacked(page.doubtful)))
        headlines.append(page.story)
        clusters.append(numbers.setdefault(cluster, len(numbers)))
        sizes.append(len(lines[-1]))
    told = np.concatenate(lines)
    keys, by_headline, of_headlines = _stories(told, np.repeat(np.array(headlines), sizes))
    _, by_cluster, of_clusters = _stories(told, np.repeat(np.array(clusters), sizes))
    stories = np.minimum(by_headline, by_cluster)
    least = max(STANDS_ON, SHARE * min(of_headlines, of_clusters))
    return SiteLines(*(frozenset(keys[stories >= n].tolist()) for n in (DOUBTED_ON, least)))


def _stories(lines: Keys, stories: Keys) -> tuple[Keys, Keys, int]:
    """The different lines, in order, on how many different stories each stands, and how many there are."""
    order = np.lexsort((stories, lines))
    lines, stories = lines[order], stories[order]
    is_new = np.ones(len(lines), bool)
    is_new[1:] = (lines[1:] != lines[:-1]) | (stories[1:] != stories[:-1])
    keys, counts = np.unique(lines[is_new], return_counts=True)
    return keys, counts, len(np.unique(stories))


def lines_to_go(page: LineKeys, sites: Mapping[str, SiteLines]) -> list[int]:
    """The lines of a page's text that belong to its site."""
    if page.site not in sites:
        return []
    some, most = sites[page.site]
    doubted = some.intersection(unpacked(page.doubtful).tolist())
    return sorted(
        {line for line in unpacked(page.lines).tolist() if line in most or line in doubted}
    )
