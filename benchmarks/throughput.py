"""Articles per second of the whole pipeline against a plain loop of trafilatura, as a ratio.

    python -m benchmarks.throughput [FOLDER] [--workers 2] [--rounds 3] [--pages 2000]

FOLDER holds saved pages as .html or .html.gz; without one, the bundled newsroom's stories are taken
in frames of usual size. Each round runs, from a cold start and on the same pages: the loop
(`trafilatura.bare_extraction`, one process), the loop that also reads headline, date and authors
(`with_metadata=True`), and the pipeline (`dateline ingest`: extraction, metadata, stripping, tagging,
writing). Who goes first changes, so that a machine whose speed drifts slows all of them.

Two ratios are told. By the clock, which holds where the machine has nothing else to do; and by
processor time spread over the workers, which other work on the machine leaves alone, and which the
clock reaches when no worker ever waits. See benchmarks/throughput.md.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.bench_pages import newsroom_pages, saved_pages

LOOP = """
import json, pathlib, sys, trafilatura
options = json.loads(sys.argv[2])
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    trafilatura.bare_extraction(path.read_bytes(), **options)
"""
SIDES = ("plain loop", "loop with metadata", "pipeline")
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


class Spent(NamedTuple):
    """Seconds that a command took: by the clock, and of processors."""

    clock: float
    processor: float


def adopt_orphans() -> None:
    """Have processes that outlive their parent become ours, so that their time is counted."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(command: Sequence[str]) -> Spent:
    """What a command that must succeed spends, with all processes that it starts."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    clock = time.perf_counter() - started
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(pages: Path, number: int, workers: int) -> dict[str, Spent]:
    """One round, by side; the first side to run changes from round to round."""
    loop = [sys.executable, "-c", LOOP, str(pages)]
    ingest = [sys.executable, "-m", "pipeline", "ingest", str(pages), "--quiet"]
    commands = {
        SIDES[0]: [*loop, "{}"],
        SIDES[1]: [*loop, json.dumps({"with_metadata": True})],
        SIDES[2]: [*ingest, "--lake", f"{pages}-{number}", "--workers", str(workers)],
    }
    order = [SIDES[(number + place) % len(SIDES)] for place in range(len(SIDES))]
    return {side: run(commands[side]) for side in order}


def show(number: int, spent: dict[str, Spent], pages: int) -> None:
    """One line on each side of a round."""
    for side in SIDES:
        clock, processor = spent[side]
        each = 1000 * processor / pages
        print(f"round {number + 1}  {side:<18}  {pages / clock:6.1f}/s  {each:5.1f} ms a page")


def show_ratios(rounds: Sequence[dict[str, Spent]], workers: int) -> None:
    """The medians over the rounds, against both loops."""
    for side in SIDES[:2]:
        clock = median(r[side].clock / r["pipeline"].clock for r in rounds)
        even = median(workers * r[side].processor / r["pipeline"].processor for r in rounds)
        print(f"times the {side}: {clock:.2f} by the clock, {even:.2f} by processor time")


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=2_000)
    return parser.parse_args(argv)


def main() -> int:
    """Print the figures of each round and the median ratios."""
    arguments = parse()
    n = arguments.pages
    bodies = saved_pages(arguments.folder, n) if arguments.folder else newsroom_pages(n)
    adopt_orphans()
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(scratch) / "pages"
        pages.mkdir()
        for number, body in enumerate(bodies):
            (pages / f"{number:05d}.html").write_bytes(body)
        size = sum(map(len, bodies)) / len(bodies) / 1000
        print(f"{len(bodies)} pages of {size:.0f} KB, {arguments.workers} workers", flush=True)
        rounds = []
        for number in range(arguments.rounds):
            rounds.append(measure(pages, number, arguments.workers))
            show(number, rounds[-1], len(bodies))
    show_ratios(rounds, arguments.workers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
