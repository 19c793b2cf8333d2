"""What a page costs: our extraction with all metadata against trafilatura's, interleaved page by page.

    python -m benchmarks.extraction_cost FOLDER [--pages 200]

FOLDER holds saved pages as .html or .html.gz. Processor time of one process, start-up left out. Only
the ratio means something on another machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import trafilatura

from benchmarks.bench_pages import saved_pages
from schemas.errors import DatelineError
from schemas.records import Page
from transforms.detect_language import load_classifier
from transforms.extract_article import extract_article


def ours(body: bytes) -> object:
    """Body, metadata and what was removed."""
    url = "https://news.example/story"
    with suppress(DatelineError):
        return extract_article(Page(url, url, "text/html", body, 0))
    return None


def theirs(body: bytes) -> object:
    """Body and metadata."""
    return trafilatura.bare_extraction(body, include_comments=False, with_metadata=True)


def spent(work: Callable[[bytes], object], body: bytes) -> float:
    """Processor seconds of one call."""
    started = time.process_time()
    work(body)
    return time.process_time() - started


def main(argv: Sequence[str] | None = None) -> None:
    """Print both costs and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=200)
    arguments = parser.parse_args(argv)
    bodies = saved_pages(arguments.folder, arguments.pages)
    load_classifier()  # as `refine.prepare` does: English pages do not ask for it
    for body in bodies[:3]:  # tables are loaded
        ours(body), theirs(body)
    mine = other = 0.0
    for number, body in enumerate(bodies):
        first, second = (ours, theirs) if number % 2 else (theirs, ours)
        costs = {first: spent(first, body), second: spent(second, body)}
        mine, other = mine + costs[ours], other + costs[theirs]
    count = len(bodies)
    print(f"{count} pages: dateline {1000 * mine / count:.1f} ms a page, trafilatura with metadata "
          f"{1000 * other / count:.1f} ms, ratio {mine / other:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
