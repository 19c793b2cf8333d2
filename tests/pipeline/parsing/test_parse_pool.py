"""The parse pool: a record that misbehaves costs itself alone."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.parsing import remote
from pipeline.parsing.parse_pool import ParsePool
from pipeline.parsing.parse_worker import WorkerSettings, work
from pipeline.sources.document import from_html
from schemas.errors import FinalError, RecordError, RetryableError
from schemas.records import FeedEntry, Page
from transforms.refine import prepare, refine_page

sys.path.insert(0, str(Path(__file__).parent))  # workers import the functions by name

import hostile


@pytest.fixture(scope="module")
def pool() -> Iterator[ParsePool]:
    with ParsePool(2, deadline_s=1.0, memory_mb=200) as workers:
        yield workers


@pytest.fixture(scope="module")
def pages() -> Iterator[ParsePool]:
    with ParsePool(1, deadline_s=2.0, initializer=prepare, initargs=("", "")) as workers:
        yield workers


def failure(pool: ParsePool, function: Callable[..., Any], *args: Any) -> RecordError:
    with pytest.raises(RecordError) as caught:
        pool.submit(function, *args).result(30)
    return caught.value


def test_results_come_back_in_any_number(pool):
    futures = [pool.submit(hostile.double, bytes([n]) * 300_000) for n in range(50)]
    assert [len(future.result(30)) for future in futures] == [600_000] * 50


def test_both_workers_are_used_and_kept(pool):
    futures = [pool.submit(hostile.process_id) for _ in range(30)]
    assert len({future.result(30) for future in futures}) == 2


def test_asyncio_can_wait_for_it(pool):
    assert asyncio.run(pool.run(hostile.double, 21)) == 42


def test_an_error_of_the_function_arrives_whole(pool):
    error = failure(pool, hostile.refuse)
    assert (error.stage, error.reason, error.message) == (
        "extract",
        "not-an-article",
        "an index page",
    )


@pytest.mark.parametrize(
    ("function", "args", "reason"),
    [
        (hostile.hang, (), "deadline"),
        (hostile.allocate, (1_000,), "memory"),
        (hostile.recurse, (), "crash"),
        (hostile.leave, (), "crash"),
        (hostile.die, (), "crash"),
        (hostile.touch_nothing, (), "crash"),
        (hostile.unsendable, (), "crash"),
    ],
)
def test_misbehaviour_ends_as_a_final_error_and_the_next_record_goes_through(
    pool, function, args, reason
):
    bad, good = pool.submit(function, *args), pool.submit(hostile.double, 1)
    with pytest.raises(FinalError) as caught:
        bad.result(30)
    assert (caught.value.stage, caught.value.reason) == ("parse", reason)
    assert good.result(30) == 2
    assert pool.submit(hostile.double, 2).result(30) == 4


@pytest.mark.parametrize(
    "inner",
    ["<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">x</p>", "<p>words</p>" * 100_000],
)
def test_pages_that_extractors_choke_on_end_in_time_and_the_next_goes_through(pages, inner):
    bad = pages.submit(refine_page, *page(inner))
    good = pages.submit(refine_page, *page(""))
    error = bad.exception(30)
    assert error is None or isinstance(error, RecordError)
    assert "harbour" in good.result(30).article.article_body


def page(inner: str) -> tuple[Page, FeedEntry]:
    words = "".join(
        f"<p>Ministers met {n} times at the harbour to sign a treaty.</p>" for n in range(9)
    )
    body = f"<html><title>Talks</title><body><article>{words}{inner}</article></body></html>"
    document = from_html(body.encode(), "file:page.html")
    assert document.page is not None
    return document.page, document.entry


def test_workers_killed_while_idle_cost_nothing(pool):
    for process in {pool.submit(hostile.process_id).result(30) for _ in range(20)}:
        os.kill(process, signal.SIGKILL)
    futures = [pool.submit(hostile.double, n) for n in range(10)]
    assert [future.result(30) for future in futures] == [2 * n for n in range(10)]


def test_a_worker_that_has_grown_is_replaced():
    with ParsePool(1, deadline_s=5.0, memory_mb=200) as pool:
        first = pool.submit(hostile.process_id).result(30)
        pool.submit(hostile.grow, 120).result(30)
        assert pool.submit(hostile.process_id).result(30) != first


def test_workers_are_prepared_before_their_first_call():
    with ParsePool(1, initializer=hostile.remember, initargs=("tables",)) as pool:
        assert pool.submit(hostile.recall).result(30) == "tables"
        assert failure(pool, hostile.die).reason == "crash"
        assert pool.submit(hostile.recall).result(30) == "tables"


def test_workers_are_forked_with_their_tables_loaded():
    with ParsePool(2) as pool:
        held = [pool.submit(hostile.tables).result(30)]
        pool.submit(hostile.die).exception(30)
        held.append(pool.submit(hostile.tables).result(30))
    assert held[0] is not None
    assert len(set(held)) == 1


def test_workers_and_their_server_die_with_the_process_of_the_pool(tmp_path):
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "import hostile; from pipeline.parsing.parse_pool import ParsePool\n"
        "pool = ParsePool(2, deadline_s=60)\n"
        "idle, server = (pool.submit(f).result(30) for f in (hostile.process_id, hostile.parent_id))\n"
        "pool.submit(hostile.hang); print(idle, server, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker, server = map(int, process.stdout.readline().split())
        family = {worker, *children(server)}
        assert len(family) == 2
        process.kill()
    for number in (server, *family):
        wait_until(lambda number=number: not is_alive(number))


def test_ctrl_c_while_the_server_loads_is_not_told_by_it():
    code = (
        "import os, signal, time; from pipeline.parsing.parse_pool import ParsePool\n"
        "signal.signal(signal.SIGINT, lambda *_: None)\n"
        "pool = ParsePool(1)\n"
        "for _ in range(20): time.sleep(0.05); os.killpg(0, signal.SIGINT)\n"
        "print(pool.submit(len, b'works').result(30)); pool.close()"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, start_new_session=True, timeout=60, check=True
    )
    assert (done.stdout, done.stderr) == ("5\n", "")


def children(process: int) -> set[int]:
    return {int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()}


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_a_worker_that_cannot_start_says_why():
    with ParsePool(1, initializer=hostile.fail_to_start) as pool:
        error = failure(pool, hostile.double, 1)
        assert isinstance(error, RetryableError)
        assert "no tables" in error.message


@pytest.mark.parametrize("initializer", [None, hostile.fail_to_start])
def test_a_worker_says_nothing_when_its_pool_dies_while_it_starts(initializer, capfd):
    spawn = multiprocessing.get_context("spawn")
    ours, its = spawn.Pipe()
    worker = spawn.Process(target=work, args=(its, WorkerSettings(200, initializer, ())))
    ours.close()
    worker.start()
    its.close()
    worker.join(60)
    assert worker.exitcode == 0
    assert capfd.readouterr().err == ""


def test_closing_cuts_off_what_runs_and_leaves_no_process():
    before = set(multiprocessing.active_children())
    pool = ParsePool(2, deadline_s=60.0)
    futures = [pool.submit(hostile.hang) for _ in range(5)]
    pool.submit(hostile.double, 1)
    while not futures[1].running():
        pass
    pool.close()
    assert [type(future.exception()) for future in futures[:2]] == [RetryableError] * 2
    assert all(future.cancelled() for future in futures[2:])
    assert set(multiprocessing.active_children()) <= before


def test_a_call_that_comes_after_the_end_is_cancelled():
    with ParsePool(1) as pool:
        assert pool.submit(hostile.double, 1).result() == 2
    assert pool.submit(hostile.double, 1).cancelled()


def test_a_worker_that_its_own_thread_closes_meanwhile_is_no_error():
    with ParsePool(1) as pool:
        pool.submit(hostile.double, 1).result()
        feeder = pool._feeders[0]
        worker = feeder._worker
    assert feeder._worker is None
    feeder._worker = worker  # as it is between the thread's `close` and its next line
    pool.close()


def test_what_is_named_for_the_workers_is_there():
    refiners = ("refine_page", "refine_text", "refine_entry", "refine_to_rows")
    for name in ("prepare", *refiners, "pack_without", "parse_feed", "encode_packed"):
        function = pickle.loads(pickle.dumps(getattr(remote, name)))
        assert function.__name__ == name


def test_the_process_of_the_graph_imports_no_extraction(tmp_path):
    (tmp_path / "story.txt").write_text("Paris votes\n\n" + "The ministers of France met. " * 20)
    asked = (
        "import sys\n"
        "from pipeline.cli import main\n"
        "if __name__ == '__main__':\n"
        f"    main(['ingest', {str(tmp_path)!r}, '--lake', {str(tmp_path / 'lake')!r}, '--quiet'])\n"
        "    print('transforms.refine' in sys.modules)\n"
    )
    (tmp_path / "asked.py").write_text(asked)
    command = [sys.executable, str(tmp_path / "asked.py")]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "1 new article" in out
    assert out.splitlines()[-1] == "False"


def test_what_the_machine_refuses_is_to_be_tried_again():
    with ParsePool(1) as pool, pytest.raises(RetryableError) as caught:
        pool.submit(os.stat, "/no/such/file").result()
    assert (caught.value.stage, caught.value.reason) == ("parse", "machine")
