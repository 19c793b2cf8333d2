"""Beam's own portable runner (Prism) and a pool of Beam workers, each a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

POOL = ("-m", "apache_beam.runners.worker.worker_pool_main")


@cache
def find_prism() -> str:
    """The program, where `make prism` or `go install` puts it, or on the path; or nothing."""
    places = [Path(sys.executable).parent, Path.home() / "go/bin", *os.get_exec_path()]
    found = (shutil.which("prism", path=str(place)) for place in places)
    return next((program for program in found if program and is_of_this_beam(program)), "")


def is_of_this_beam(program: str) -> bool:
    """Go writes the version of its module into a program; one that has none is taken."""
    built_from = re.search(
        rb"\tgithub\.com/apache/beam/sdks/v2\tv([\w.-]+)", Path(program).read_bytes()
    )
    return built_from is None or built_from[1].decode() == version("apache-beam")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def listening(command: Sequence[str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command, once something listens on its port; it ends with the block."""
    scripts = str(Path(sys.executable).parent)  # the pool starts workers as `python`
    environment = os.environ | {"PATH": scripts + os.pathsep + os.environ["PATH"]}
    with (
        log.open("wb") as words,
        subprocess.Popen(command, stdout=words, stderr=words, env=environment) as process,
    ):
        try:
            while process.poll() is None and not is_open(port):
                time.sleep(0.05)
            assert process.poll() is None, log.read_text("utf-8", "replace")
            yield process
        finally:
            process.terminate()


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def cluster(folder: Path) -> Iterator[list[str]]:
    """A job server and a pool of workers; gives the Beam options that send a job there."""
    jobs, pool = free_port(), free_port()
    prism = [find_prism(), f"--job_port={jobs}", "--serve_http=false"]
    workers = [sys.executable, *POOL, f"--service_port={pool}"]
    with (
        listening(prism, jobs, folder / "prism.log"),
        listening(workers, pool, folder / "pool.log"),
    ):
        yield [
            "--runner=PortableRunner",
            f"--job_endpoint=localhost:{jobs}",
            "--environment_type=EXTERNAL",
            f"--environment_config=localhost:{pool}",
        ]


def workers_of(beam_args: Sequence[str]) -> list[int]:
    """The processes of the Beam workers that the cluster has at work."""
    jobs = beam_args[1].partition("=")[2].encode()
    return [
        int(command.parent.name)
        for command in Path("/proc").glob("[0-9]*/cmdline")
        if b"SdkHarness" in (words := _read(command)) and jobs in words
    ]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
