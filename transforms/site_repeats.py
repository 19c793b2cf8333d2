"""What the pages of a run say of their lines comes in; the lines that belong to their sites go out.

A story is told once. A line that stands on the pages of several stories of a site is the site's own,
where the models doubt it, or where next to all of the site's stories have it. Both, because outlets
also repeat on purpose: a paragraph on how a war began stands in every story on that war. No page alone can
show it, so it is asked once all pages of a run are read. `transforms.pages.line_keys` makes the keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from schemas.records import LineKeys

DOUBTED_ON = 3  # stories with headlines of their own: a line that the models doubt is the site's
STANDS_ON = 5  # any other line is, if that many stories have it
SHARE = 2 / 3  # and that share of all the site's stories in the run


class SiteLines(NamedTuple):
    """The lines of a site by their keys."""

    some: list[int]  # on `DOUBTED_ON` stories or more
    most: list[int]  # on next to all of them


def site_lines(pages: Iterable[LineKeys]) -> dict[str, SiteLines]:
    """The lines that each site repeats; sites that repeat none are left out."""
    stories: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for page in pages:
        for line in (*page.lines, *page.doubtful) if page.site else ():
            stories[page.site][line].add(page.story)
    found = {site: _repeated(lines) for site, lines in stories.items()}
    return {site: lines for site, lines in found.items() if lines.some}


def _repeated(lines: Mapping[int, set[int]]) -> SiteLines:
    least = max(STANDS_ON, SHARE * len(set().union(*lines.values())))
    some = sorted(line for line, stories in lines.items() if len(stories) >= DOUBTED_ON)
    return SiteLines(some, [line for line in some if len(lines[line]) >= least])


def lines_to_go(page: LineKeys, sites: Mapping[str, SiteLines]) -> list[int]:
    """The lines of a page's text that belong to its site."""
    if page.site not in sites:
        return []
    some, most = sites[page.site]
    return sorted(set(page.lines) & (set(most) | set(some).intersection(page.doubtful)))
