"""The package that `--setup_file` sends to workers elsewhere holds all that the code reads."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("schemas", "transforms", "pipeline", "examples/newsroom")


def test_the_package_for_workers_holds_every_module_and_table(tmp_path: Path) -> None:
    information = ("egg_info", "--egg-base", tmp_path)  # the checkout stays as it is
    package = ("sdist", "--dist-dir", tmp_path)
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", *information, *package],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (package,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(package) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    files = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(files) > 200
    assert files - packed == set()
