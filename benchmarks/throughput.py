"""Articles per second of the whole pipeline against a plain loop of trafilatura, as a ratio.

    python -m benchmarks.throughput [FOLDER] [--workers 2] [--rounds 3] [--limit 400]

FOLDER holds pages as .html or .html.gz; without one, the bundled newsroom's pages are taken,
several times over. Each round runs the loop (`trafilatura.bare_extraction` with metadata, one
process) and the pipeline (`dateline ingest`, with stripping, tagging and writing) one after the
other on the same pages, both from a cold start, so that a machine whose speed drifts slows both.
Absolute times mean nothing here; the median ratio does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from pipeline.newsroom.site import serve

LOOP = """
import gzip, pathlib, sys, trafilatura
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    trafilatura.bare_extraction(path.read_bytes(), with_metadata=True)
"""


def gather(source: Path | None, folder: Path, limit: int) -> int:
    """Write at most `limit` pages into `folder`, unpacked; says how many."""
    pages = list(_pages(source)) if source else _newsroom_pages(limit)
    if len(pages) > limit:
        pages = random.Random(7).sample(pages, limit)
    for number, body in enumerate(pages):
        (folder / f"{number:05d}.html").write_bytes(body)
    return len(pages)


def _pages(source: Path) -> list[bytes]:
    plain = [path.read_bytes() for path in sorted(source.rglob("*.html"))]
    return plain + [gzip.decompress(p.read_bytes()) for p in sorted(source.rglob("*.html.gz"))]


def _newsroom_pages(limit: int) -> list[bytes]:
    with serve() as newsroom:
        bodies = [r.body for r in newsroom.resources.values() if r.body.lstrip()[:1] == b"<"]
    # each copy gets a body of its own, or identity would fold them into one article
    copies = -(-limit // max(len(bodies), 1))
    return [body + b"<!-- %d -->" % n for n in range(copies) for body in bodies]


def seconds(command: list[str]) -> float:
    """Wall seconds of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> int:
    """Print each round's ratio and the median of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=400)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages"
        pages.mkdir()
        n = gather(arguments.folder, pages, arguments.limit)
        print(f"{n} pages, {arguments.workers} workers against a loop in one process")
        ratios = []
        for number in range(arguments.rounds):
            loop = seconds([sys.executable, "-c", LOOP, str(pages)])
            lake = str(Path(scratch) / f"lake{number}")
            ours = seconds(
                [
                    *(sys.executable, "-m", "pipeline.cli", "ingest", str(pages), "--quiet"),
                    *("--lake", lake, "--workers", str(arguments.workers)),
                ]
            )
            ratios.append(loop / ours)
            print(f"round {number + 1}: {json.dumps({'ratio': round(loop / ours, 3)})}", flush=True)
        print(f"median: {median(ratios):.2f} times the articles per second of the loop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
