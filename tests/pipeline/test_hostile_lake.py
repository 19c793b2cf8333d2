"""A lake that cannot be written or read: one line that names it and the remedy, and nothing lost."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_site import article, item, rss

from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.queries.query import connect

Dateline = Callable[..., subprocess.CompletedProcess[str]]
SQL = "SELECT count(*) FROM articles"
PR_CAPBSET_DROP = 24  # linux/prctl.h
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2  # linux/capability.h


def without_the_power_of_root() -> None:
    """Let file permissions hold for root as well, in the process that is about to begin."""
    for power in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, power, 0, 0, 0)


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.html"
    path.write_text(article("Oran"), encoding="utf-8")
    return str(path)


def refused(process: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """It ended with this status and one line that holds these words."""
    assert (process.returncode, process.stdout) == (status, "")
    assert len(process.stderr.splitlines()) == 1, process.stderr
    line = process.stderr
    assert line.startswith("dateline: ")
    assert all(word in line for word in words), line


def articles(lake: Path) -> int:
    with connect(lake) as connection:
        return int(connection.execute(SQL).fetchall()[0][0])


@pytest.mark.parametrize(
    "words", [["ingest", "story.html"], ["query", "SELECT 1"], ["check"], ["feeds", "list"]]
)
def test_a_lake_of_a_newer_schema_is_left_alone(
    tmp_path: Path, story: str, dateline: Dateline, words: list[str]
) -> None:
    lake = tmp_path / "lake"
    Lake.create_or_open(lake)
    head = json.loads((lake / "_head.json").read_text())
    (lake / "_head.json").write_text(json.dumps(head | {"schema_version": 99}))
    before = sorted(lake.rglob("*"))
    process = dateline(*words, "--lake", str(lake), cwd=tmp_path)
    refused(process, 3, str(lake), "newer dateline (schema 99", "upgrade dateline")
    assert sorted(lake.rglob("*")) == before


def test_a_disk_that_fills_up_in_a_run_costs_nothing_but_that_run(
    tmp_path: Path, loopback: Any, respond: Callable[..., bytes], dateline: Dateline
) -> None:
    lake, feeds = tmp_path / "lake", tmp_path / "feeds.txt"
    feeds.write_text(loopback.url("/feed"))
    options = ["--feeds", str(feeds), "--lake", str(lake), "--allow-network", "127.0.0.0/8"]
    command = [sys.executable, "-m", "pipeline", "run", *options, "--force", "--quiet"]
    links = [loopback.url(f"/{place}") for place in ("oran", "paris", "algiers")]
    loopback.routes["/feed"] = respond(rss("".join(map(item, links))), content_type="text/xml")
    pages = {f"/{p}": respond(article(p), content_type="text/html") for p in ("paris", "algiers")}
    loopback.routes |= pages
    full = asyncio.Event()

    async def fill(_request: Any, writer: asyncio.StreamWriter) -> None:
        if not full.is_set():
            full.set()
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (2_000, 2_000))
        writer.write(respond(article("oran"), content_type="text/html"))

    loopback.routes["/oran"] = fill
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        out, words = process.communicate(timeout=300)
    ended = subprocess.CompletedProcess(command, process.returncode, out, words)
    refused(ended, 3, str(lake), "File too large", "free some space and run again")
    assert articles(lake) == 0
    again = dateline(*command[3:])
    assert (again.returncode, again.stderr) == (0, "")
    assert articles(lake) == 3
    assert check_lake(lake) == []


def test_a_disk_that_is_full_from_the_start_is_named(
    tmp_path: Path, story: str, dateline: Dateline
) -> None:
    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    lake = tmp_path / "lake"
    process = dateline("ingest", story, "--lake", str(lake), "--quiet", preexec_fn=fill)
    refused(process, 3, str(lake), "File too large", "free some space")
    assert dateline("ingest", story, "--lake", str(lake), "--quiet").returncode == 0
    assert articles(lake) == 1


def test_a_full_temporary_folder_costs_no_article(
    tmp_path: Path, story: str, dateline: Dateline
) -> None:
    """No table of the tagger is unpacked there."""

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    lake = tmp_path / "lake"
    first = dateline("ingest", story, "--lake", str(lake), "--quiet", preexec_fn=fill)
    assert "1 new article\n" in first.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "story.html", "--quiet"],
        ["compact"],
        ["feeds", "add", "http://news.example/rss"],
    ],
)
def test_a_read_only_folder_is_named_with_the_remedy(
    tmp_path: Path, story: str, dateline: Dateline, words: list[str]
) -> None:
    lake = tmp_path / "lake"
    Lake.create_or_open(lake)
    for path in (lake, lake / "_lock"):
        path.chmod(path.stat().st_mode & ~0o222)
    run = {"cwd": tmp_path, "preexec_fn": without_the_power_of_root}
    refused(
        dateline(*words, "--lake", str(lake), **run),
        *(3, str(lake), "Permission denied", "make the folder writable", "name another lake"),
    )
    asked = dateline("query", SQL, "--lake", str(lake), "--format", "csv", **run)
    assert (asked.returncode, asked.stdout.split()[-1], asked.stderr) == (0, "0", "")


def test_a_lake_in_a_read_only_folder_is_not_made(
    tmp_path: Path, story: str, dateline: Dateline
) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o555)
    words = ["ingest", story, "--lake", str(shut / "lake")]
    process = dateline(*words, preexec_fn=without_the_power_of_root)
    refused(process, 3, str(shut / "lake"), "Permission denied", "make the folder writable")
    assert list(shut.iterdir()) == []


def test_a_file_that_may_not_be_read_costs_only_itself(
    tmp_path: Path, story: str, dateline: Dateline
) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text(article("Tunis"), encoding="utf-8")
    secret.chmod(0)
    words = ["ingest", story, str(secret), "--lake", str(tmp_path / "lake"), "--quiet", "--json"]
    process = dateline(*words, preexec_fn=without_the_power_of_root)
    summary = json.loads(process.stdout)
    assert (process.returncode, process.stderr) == (0, "")
    assert (summary["ended"]["new"], summary["ended"]["dead"]) == (1, 1)
    assert summary["dead_letters"] == [{"stage": "read", "reason": "unreadable", "count": 1}]


def test_a_pipe_that_is_closed_early_is_no_error(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    Lake.create_or_open(lake)
    query = "SELECT range FROM range(1000000)"
    command = [sys.executable, "-m", "pipeline", "query", query, "--lake", str(lake)]
    read, write = os.pipe()
    with subprocess.Popen(command, stdout=write, stderr=subprocess.PIPE, text=True) as process:
        os.close(write)
        assert os.read(read, 10)
        os.close(read)
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["query", "SELECT 1"],
        ["query", "SELECT range FROM range(1000000)", "--format", "csv"],
        ["check"],
        ["feeds", "list"],
        ["feeds", "list", "--format", "json"],
    ],
)
def test_an_output_that_its_disk_has_no_room_for_is_told_in_one_line(
    tmp_path: Path, dateline: Callable[..., subprocess.CompletedProcess[str]], words: list[str]
) -> None:
    lake = tmp_path / "lake"
    Lake.create_or_open(lake)
    with Path("/dev/full").open("w") as full:
        options = {"capture_output": False, "stdout": full, "stderr": subprocess.PIPE}
        done = dateline(*words, "--lake", str(lake), **options)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "the output is cut short: No space left on device" in done.stderr


def test_a_lake_that_is_a_file_is_named_with_the_remedy(
    tmp_path: Path, story: str, dateline: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    place = tmp_path / "lake"
    place.write_text("a file")
    for name in (str(place), str(place / "below")):
        done = dateline("ingest", story, "--lake", name)
        assert done.returncode == 3
        assert done.stderr == f"dateline: {name}: Not a directory: name a folder for the lake\n"


@pytest.mark.parametrize(("words", "status"), [(["query", SQL], 0), (["ingest", "story.html"], 3)])
def test_without_a_folder_for_temporary_files_the_lake_can_be_asked(
    tmp_path: Path, story: str, words: list[str], status: int
) -> None:
    lake = tmp_path / "lake"
    Lake.create_or_open(lake)
    code = """import sys, tempfile
from pipeline.__main__ import program
tempfile._candidate_tempdir_list = lambda: ["/nowhere"]
if __name__ == "__main__":
    program()"""
    (tmp_path / "start.py").write_text(code)
    process = subprocess.run(
        [sys.executable, "start.py", *words, "--lake", str(lake)],
        check=False, capture_output=True, text=True, cwd=Path(story).parent,
    )  # fmt: skip
    assert process.returncode == status, process.stderr
    if status:
        refused(process, 3, "No usable temporary directory", "TMPDIR")


def test_a_long_name_of_the_folder_for_temporary_files_is_no_hindrance(
    tmp_path: Path, story: str, dateline: Dateline
) -> None:
    far = tmp_path / ("deep" * 25)
    far.mkdir()
    words = ["ingest", story, "--lake", str(tmp_path / "lake"), "--quiet"]
    process = dateline(*words, env={**os.environ, "TMPDIR": str(far)})
    assert (process.returncode, process.stderr) == (0, "")
    assert list(far.iterdir()) == []
