"""A folder of saved pages in, or nothing; the bodies of pages to measure on out.

Without a folder the bundled newsroom's stories are taken, each under many addresses, in the frame of
`bench_frame`. Those in English are made as long as articles are: on 293 saved pages of as many
publishers 6 KB in the mean, and the logarithm of the length has a standard deviation of .88.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from benchmarks.bench_frame import framed, sizes
from benchmarks.bench_text import LINKED, paragraphs
from pipeline.newsroom.pages import story_page
from pipeline.newsroom.site import Newsroom
from pipeline.newsroom.stories import Story

SUMMARIES = 40
PARAGRAPH_CHARS = 300
TEXT_CHARS, TEXT_SPREAD = 6_500, 0.88  # median in English; articles in other languages stay short


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
        titles = [story.headline for o in newsroom.outlets for story in o.stories]
        summaries = [text.partition(".")[0] for text in islice(paragraphs(-port), SUMMARIES)]
        for outlet in newsroom.outlets:
            for story in outlet.stories:
                if story.kind != "article":
                    continue
                seed, is_english = next(seeds), outlet.language.startswith("en")
                told = _at_length(story, seed) if is_english else story
                page = story_page(outlet, told, newsroom.base(outlet)).decode(outlet.encoding)
                whole = framed(page, sizes(seed), titles, summaries, LINKED)
                yield whole.encode(outlet.encoding, "xmlcharrefreplace")


def _at_length(story: Story, seed: int) -> Story:
    """The story with paragraphs after its own, until it is as long as news usually is."""
    wanted = TEXT_CHARS * random.Random(seed).lognormvariate(0, TEXT_SPREAD)
    missing = wanted - sum(map(len, story.paragraphs))
    more = list(islice(paragraphs(seed), max(int(missing / PARAGRAPH_CHARS), 0)))
    return replace(story, paragraphs=[*story.paragraphs, *more])
