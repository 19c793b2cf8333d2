"""Run every scorer of a data folder on our adapters: `python -m benchmarks.quality DATA`.

Prints the scorers' own tables as they end, then one table of each figure in `floors.toml` beside
its floor. Exit status 1 where a figure is below its floor (for `ece`: above its ceiling). A suite
whose folder is not there is left out, and said to be.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
LOWER_IS_BETTER = {"ece"}


class Suite(NamedTuple):
    """One call of one scorer."""

    name: str
    folder: str
    function: str
    flags: tuple[str, ...] = ()


SUITES = (
    Suite("countries", "countries", "tag_countries"),
    Suite("extraction", "extraction", "extract"),
    Suite("topics", "topics", "tag_topics"),
    Suite("lines", "extraction", "keep_lines", ("--lines",)),
    Suite("feeds", "feeds", "parse_feed"),
    Suite("robots", "feeds", "robots_allowed", ("--robots",)),
)


class Figure(NamedTuple):
    """One measured figure beside its floor."""

    name: str
    floor: float
    measured: float | None

    @property
    def holds(self) -> bool:
        if self.measured is None:
            return False
        if self.name.rsplit(".", 1)[-1] in LOWER_IS_BETTER:
            return self.measured <= self.floor
        return self.measured >= self.floor


def run_suite(data: Path, suite: Suite) -> dict[str, Any] | None:
    """The scorer's report; None where the data folder has no such suite."""
    scorer = data / suite.folder / "score.py"
    if not scorer.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        target = f"benchmarks.adapters:{suite.function}"
        command = [sys.executable, str(scorer), target, *suite.flags, "--json", str(report)]
        done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
        print(f"== {suite.name}\n{done.stdout}{done.stderr}", flush=True)
        if done.returncode:
            raise SystemExit(f"{suite.name}: the scorer ended with status {done.returncode}")
        return dict(json.loads(report.read_text(encoding="utf-8")))


def figures(floors: dict[str, Any], report: dict[str, Any], name: str) -> Iterator[Figure]:
    """Walk floors and report side by side; a floor that the report lacks is a failed figure."""
    for key, floor in floors.items():
        found = report.get(key) if isinstance(report, dict) else None
        if isinstance(floor, dict):
            yield from figures(floor, found or {}, f"{name}.{key}")
        else:
            yield Figure(f"{name}.{key}", float(floor), found)


def main() -> int:
    """Run all suites, two at a time, and hold them against the floors."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("usage: python -m benchmarks.quality DATA   (a folder with the scorers)")
        return 2
    data = Path(sys.argv[1]).resolve()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda suite: run_suite(data, suite), SUITES))
    rows = []
    for suite, report in zip(SUITES, reports, strict=True):
        if report is None:
            print(f"{suite.name}: no data, left out")
        else:
            rows += list(figures(floors.get(suite.name, {}), report, suite.name))
    print(f"{'figure':<48}{'measured':>10}{'floor':>10}")
    for row in rows:
        measured = "missing" if row.measured is None else f"{row.measured:.4g}"
        print(f"{row.name:<48}{measured:>10}{row.floor:>10.4g}{'' if row.holds else '   BELOW'}")
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    sys.exit(main())
