"""The rooms of the house: imports go one way, and Beam stays where it belongs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path for room in ("schemas", "transforms", "pipeline") for path in (ROOT / room).rglob("*.py")
)
FORBIDDEN = {"schemas": {"transforms", "pipeline"}, "transforms": {"pipeline"}, "pipeline": set()}
WITH_BEAM = {
    "transforms/stages.py",
    "pipeline/bundles.py",
    "pipeline/feed_clock.py",
    "pipeline/fetch_stages.py",
    "pipeline/graph.py",
    "pipeline/lake_stages.py",
    "pipeline/progress.py",
    "pipeline/run.py",
    "pipeline/runners.py",
    "pipeline/site_stages.py",
    "pipeline/stream.py",
    "pipeline/windows.py",
    "pipeline/lake/sink.py",
}


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_go_one_way_and_beam_stays_in_its_files(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    names = imported(path)
    assert not names & FORBIDDEN[name.split("/")[0]]
    assert ("apache_beam" in names) == (name in WITH_BEAM)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring.split()) >= 5
