"""The page of a story in, the same page with what a news page carries beside its story out.

What that is was counted over 293 saved pages of as many publishers (means): 223 KB, of them 69 KB of
scripts in 30 elements, 47 KB of styles, 15 KB of drawings, 69 KB of attributes and 21 KB of text; 974
elements, 10 deep, among them 166 links, 115 list items, 85 spans, 41 paragraphs, 40 cells of tables and
54 `meta` and `link`. Pages differ as theirs do: the logarithm of a page's bytes has a standard deviation
of .95, that of its elements one of .67.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from itertools import count, cycle, islice
from typing import NamedTuple

SCRIPT_BYTES, STYLE_BYTES, DRAWING_BYTES = 60_000, 45_000, 1_200  # in the mean
MENU, CARDS, LISTED, SERVICES, SLOTS, ICONS, HEAD_TAGS = 40, 28, 50, 25, 28, 12, 24
_WRAPPERS = ("site-canvas js-canvas", "l-page l-page--article", "l-row u-clear", "l-col l-col--8")


class Sizes(NamedTuple):
    """How many times the usual amount a page has."""

    blocks: float
    scripts: float


def sizes(seed: int) -> Sizes:
    """Those of a page, the same for the same seed; 1 in the mean."""
    chance = random.Random(seed)
    return Sizes(*(chance.lognormvariate(-(spread**2) / 2, spread) for spread in (0.67, 0.95)))


def framed(
    page: str, sizes: Sizes, titles: Sequence[str], summaries: Sequence[str], tags: Sequence[str]
) -> str:
    """The page within its site. The first mention of each of `tags` in its text becomes a link."""
    cards_here, listed_here = round(CARDS * sizes.blocks), round(LISTED * sizes.blocks)
    head, _, rest = page.partition("</head>")
    opening, _, content = rest.partition(">")  # the body's own tag
    content = content.replace("</body>", "").replace("</html>", "")
    for number, tag in enumerate(tags):
        content = content.replace(f" {tag}", f" {_link('tag', number, tag)}", 1)
    opened = "".join(f'<div class="{name}" data-region="main">' for name in _WRAPPERS)
    told = list(islice(cycle(titles), cards_here + listed_here))
    cards = _many(cards_here, lambda n: _card(n, told[n], summaries[n % len(summaries)]))
    listed = _list("most-read", listed_here, lambda n: told[cards_here + n])
    return (
        f"{head}{_head(sizes)}</head>{opening}>{_top(sizes)}{opened}{content}{_many(SLOTS, _slot)}"
        f'<aside class="c-rail"><div class="c-rail__in">{cards}{_prices()}{listed}</div></aside>'
        f"{'</div>' * len(_WRAPPERS)}{_bottom(titles, sizes)}</body></html>"
    )


def _head(sizes: Sizes) -> str:
    tags = _many(
        HEAD_TAGS,
        lambda n: (
            f'<meta name="app:setting-{n}" content="a value that an application reads, {n}">'
            f'<link rel="preload" as="script" href="https://static.example/assets/v4/chunk-{n:08d}.js">'
        ),
    )
    styles = _filled(".c-card--{n}{{margin:0 auto;color:#111}}", STYLE_BYTES * sizes.scripts)
    return f"{tags}<style>{styles}</style>"


def _top(sizes: Sizes) -> str:
    menu = _list("menu", round(MENU * sizes.blocks), lambda n: f"Section {n}")
    return f'<header class="c-header"><nav class="c-nav">{menu}</nav>{_many(ICONS, _icon)}</header>'


def _bottom(titles: Sequence[str], sizes: Sizes) -> str:
    state = json.dumps([{"id": n, "title": title} for n, title in enumerate(titles)])
    services = _list("service", SERVICES, lambda n: f"Service {n}")
    return (
        f'<footer class="c-footer">{services}</footer>'
        f"<script>var state=[{_filled(state + ',', SCRIPT_BYTES * sizes.scripts)}]</script>"
    )


def _list(kind: str, size: int, words: Callable[[int], str]) -> str:
    items = _many(size, lambda n: f'<li class="c-{kind}__item">{_link(kind, n, words(n))}</li>')
    return f'<ul class="c-{kind} c-{kind}--vertical" data-module="{kind}">{items}</ul>'


def _link(kind: str, number: int, words: str) -> str:
    return (
        f'<a class="c-{kind}__link js-track" href="/{kind}/{number}" data-track-name="{kind}-link" '
        f'data-track-place="{kind}|{number}|article|desktop" data-test="{kind}-{number}">'
        f"{words}</a>"
    )


def _card(number: int, title: str, summary: str) -> str:
    sizes = ", ".join(
        f"https://img.example/w{width}/photo-{number:06d}.jpg?quality=75&amp;auto=webp {width}w"
        for width in range(160, 1760, 160)
    )
    return (
        f'<div class="c-card c-card--{number}" data-track="card|{number}|rail" data-position="{number}">'
        f'<div class="c-card__media"><img class="c-card__img" src="/i{number}.jpg" srcset="{sizes}" '
        f'sizes="(min-width: 960px) 320px, 100vw" alt="" loading="lazy"></div>'
        f'<div class="c-card__body"><h3 class="c-card__title">{_link("card", number, title)}</h3>'
        f'<p class="c-card__text">{summary}</p>'
        f'<div class="c-card__meta"><span class="c-card__time">{number} min</span>'
        f'<button class="c-card__save" type="button"><i class="i-save"></i></button></div></div></div>'
    )


def _prices() -> str:
    rows = _many(
        10, lambda n: f"<tr><td>Index {n}</td><td>{n}4.20</td><td>+0.{n}</td><td>%</td></tr>"
    )
    return f'<table class="c-prices">{rows}</table>'


def _slot(number: int) -> str:
    return (
        f"<!-- place {number}: filled by the reader's browser once it is in sight, empty until then, "
        f"and never taller than it was when the page was opened; see the layout's notes -->"
        f'<div class="c-slot" id="slot-{number}" data-slot="article/{number}" style="min-height:90px"></div>'
        f'<noscript><img src="https://count.example/p?n={number}" alt=""></noscript>'
        f"<script>window.queue=window.queue||[];queue.push({{place:{number},sizes:[[300,250],[728,90]]}})"
        f"</script>"
    )


def _icon(number: int) -> str:
    path = _filled("M{n} 3.5c1.2 0 2.4-.8 3.1-2z", DRAWING_BYTES)
    return f'<span class="c-icon"><svg viewBox="0 0 24 24"><path d="{path}"/></svg></span>'


def _many(size: int, one: Callable[[int], str]) -> str:
    return "\n        ".join(map(one, range(size)))


def _filled(pattern: str, size: float) -> str:
    pieces = (pattern.format(n=n) if "{n}" in pattern else pattern for n in count())
    one = next(pieces)
    return "".join([one, *islice(pieces, int(size / len(one)))])
