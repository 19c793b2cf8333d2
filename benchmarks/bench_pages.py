"""A folder of saved pages in, or nothing; the bodies of pages to measure on out.

Without a folder the bundled newsroom's stories are taken, each under many addresses, in a frame that
gives them what a news page carries beside its text, and those in English at the length of a usual
one. Measured over 293 saved pages of as many publishers, a page has (mean) 223 KB, 974 elements, 166
links, 351 blocks, 126 KB of scripts and drawings, 21 KB of text, and 6 KB of it are its article.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path

from benchmarks.bench_text import paragraphs
from pipeline.newsroom.pages import story_page
from pipeline.newsroom.site import Newsroom
from pipeline.newsroom.stories import Story

SCRIPT_BYTES = 90_000
STYLE_BYTES = 45_000
TEASERS = 80
PARAGRAPH_CHARS = 300
TEXT_CHARS = range(3_000, 12_000)  # of an article in English


def saved_pages(folder: Path, limit: int) -> list[bytes]:
    """At most `limit` pages of a folder, `.html` or `.html.gz`: a fixed random sample."""
    found = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    chosen = random.Random(7).sample(found, min(limit, len(found)))
    return [_read(path) for path in sorted(chosen)]


def _read(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def newsroom_pages(limit: int) -> list[bytes]:
    """`limit` pages of the bundled newsroom in a frame of usual size, no two of one address."""
    return list(islice(_framed_pages(), limit))


def _framed_pages() -> Iterator[bytes]:
    seeds = count()
    for port in count(1):  # another port is another site
        newsroom = Newsroom(port=port)
        headlines = [story.headline for o in newsroom.outlets for story in o.stories]
        summaries = [text.partition(".")[0] for text in islice(paragraphs(-port), TEASERS)]
        for outlet in newsroom.outlets:
            for story in outlet.stories:
                if story.kind == "article":
                    longer = (
                        _at_length(story, seed=next(seeds))
                        if outlet.language[:2] == "en"
                        else story
                    )
                    body = story_page(outlet, longer, newsroom.base(outlet))
                    yield _framed(body.decode(outlet.encoding), headlines, summaries).encode(
                        outlet.encoding, "xmlcharrefreplace"
                    )


def _at_length(story: Story, seed: int) -> Story:
    """The story with paragraphs after its own, until it is as long as news usually is."""
    wanted = random.Random(seed).choice(TEXT_CHARS) - sum(map(len, story.paragraphs))
    more = list(islice(paragraphs(seed), max(wanted // PARAGRAPH_CHARS, 0)))
    return replace(story, paragraphs=[*story.paragraphs, *more])


def _framed(page: str, headlines: Sequence[str], summaries: Sequence[str]) -> str:
    head = f"<style>{_filled('.c{n}{{margin:0 auto}}', STYLE_BYTES)}</style>"
    state = json.dumps([{"id": n, "title": title} for n, title in enumerate(headlines)])
    script = f"<script>var state=[{_filled(state + ',', SCRIPT_BYTES)}]</script>"
    menu = "".join(
        f'<li class="menu-item"><a href="/s{n}/">Section {n}</a></li>' for n in range(45)
    )
    top = f'<header class="site-header"><nav><ul>{menu}</ul></nav></header>'
    titles = islice(cycle(headlines), TEASERS)
    teasers = "".join(
        _teaser(n, *told) for n, told in enumerate(zip(titles, summaries, strict=False))
    )
    links = "".join(f'<li><a href="/about/{n}">Service {n}</a></li>' for n in range(25))
    bottom = f'<aside class="teasers">{teasers}</aside><footer><ul>{links}</ul></footer>{script}'
    page = page.replace("</head>", head + "</head>", 1)
    before, body, after = page.partition("<body")
    opening, _, content = after.partition(">")
    return f"{before}{body}{opening}>{top}{content.replace('</body>', bottom + '</body>', 1)}"


def _teaser(number: int, title: str, summary: str) -> str:
    return (
        f'<div class="teaser card"><div class="card-media"><img src="/i{number}.jpg" alt=""></div>'
        f'<div class="card-body"><a href="/n{number}"><span class="card-title">{title}</span></a>'
        f'<p class="card-text">{summary}</p>'
        f'<div class="card-meta"><span>{number} min</span></div></div></div>'
    )


def _filled(pattern: str, size: int) -> str:
    pieces = (pattern.format(n=n) if "{n}" in pattern else pattern for n in count())
    one = next(pieces)
    return "".join([one, *islice(pieces, size // len(one))])
