"""Temporary files go with their process, and those of a killed one with the next."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOLD = """
import sys, tempfile
from pipeline.own_folder import folder_of_our_own
with folder_of_our_own():
    print(tempfile.gettempdir(), flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process with a folder of its own in `place`, and that folder."""
    command = [sys.executable, "-c", HOLD]
    environment = {**os.environ, "TMPDIR": str(place)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.communicate()


def aged(folder: Path) -> None:
    os.utime(folder, (0, 0))


def test_a_folder_goes_with_its_process(tmp_path):
    with holding(tmp_path) as (_, folder):
        (folder / "file").touch()
    assert not list(tmp_path.iterdir())


def test_a_killed_process_leaves_a_folder_that_the_next_one_removes(tmp_path):
    with holding(tmp_path) as (process, folder):
        (folder / "file").touch()
        process.kill()
    assert folder.is_dir()
    aged(folder)
    with holding(tmp_path):
        assert not folder.exists()


def test_the_folder_of_a_process_that_lives_stays_however_old(tmp_path):
    with holding(tmp_path) as (_, folder):
        aged(folder)
        with holding(tmp_path):
            assert folder.is_dir()


def test_a_folder_that_was_just_made_stays_and_so_does_what_is_no_folder(tmp_path):
    (tmp_path / "dateline-own-new").mkdir()
    (tmp_path / "dateline-own-note").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dateline-own-link").symlink_to(tmp_path / "elsewhere")
    for name in ("dateline-own-note", "elsewhere"):
        aged(tmp_path / name)
    with holding(tmp_path):
        names = {place.name for place in tmp_path.iterdir()}
    assert names >= {"dateline-own-new", "dateline-own-note", "elsewhere", "dateline-own-link"}


@pytest.mark.parametrize("command", [["--help"], ["query", "SELECT 1"]])
def test_a_command_leaves_nothing_behind(tmp_path, command):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "pipeline", *command]
    subprocess.run(command, env=environment, capture_output=True, check=False)
    assert not list(tmp_path.iterdir())
