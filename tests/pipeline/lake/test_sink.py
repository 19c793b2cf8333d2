"""Rows through Beam into files: the same bytes however many workers there are."""

from __future__ import annotations

import json
import os
import time
from importlib.util import find_spec

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.lake import sink
from pipeline.lake.encode import unpacked
from pipeline.lake.sink import WriteTables
from pipeline.lake.store import Lake
from pipeline.options import RunOptions
from pipeline.parsing import remote
from pipeline.parsing.parse_pool import ParsePool
from schemas.errors import FinalError
from schemas.packed_rows import pack_rows
from schemas.run_records import WrittenFile


def keep(file, folder):
    """Beam copies what a function closes over, so the answer comes back through a folder."""
    (folder / file.path.replace("/", "!")).write_text(json.dumps(file))


def write(root, rows, workers, shards, **settings):
    options = PipelineOptions(
        [
            "--runner=FnApiRunner",
            f"--direct_num_workers={workers}",
            "--direct_running_mode=multi_threading",
        ]
    )
    found = root.with_name(root.name + "-found")
    found.mkdir(parents=True)
    with beam.Pipeline(options=options) as pipeline:
        spread = tuple(
            pipeline
            | f"Rows of {table}" >> beam.Create([(pack_rows(table, [row]), {}) for row in found])
            | f"Spread {table}" >> beam.Reshuffle()
            for table, found in rows.items()
        )
        (
            spread
            | WriteTables(RunOptions(str(root), "r1", 0, shards=shards, **settings))
            | beam.Map(keep, found)
        )
    return [WrittenFile(*json.loads(path.read_text())) for path in sorted(found.iterdir())]


@pytest.mark.parametrize("shards", [1, 3])
def test_one_and_two_workers_write_the_same_bytes(tmp_path, make_story, make_rows, shards):
    rows = make_rows([make_story(n, day=n % 50) for n in range(60)], "r1")
    one = write(tmp_path / "one", rows, 1, shards)
    two = write(tmp_path / "two", {t: r[::-1] for t, r in rows.items()}, 2, shards)
    assert sorted(one) == sorted(two)
    assert all(
        (tmp_path / "one" / f.path).read_bytes() == (tmp_path / "two" / f.path).read_bytes()
        for f in one
    )
    assert sum(f.rows for f in one) == sum(map(len, rows.values()))


def test_files_that_beam_wrote_are_published(tmp_path, make_story, make_rows):
    lake = Lake.create_or_open(tmp_path / "lake")
    with lake.lock("r1"):
        lake.publish("r1", write(tmp_path / "lake", make_rows([make_story(1)], "r1"), 1, 1))
    assert len(lake.files("country_pairs")) == 1


def test_a_parsing_process_that_gives_a_file_up_costs_no_file(tmp_path, make_story, make_rows):
    rows = make_rows([make_story(n, day=n % 50) for n in range(20)], "r1")
    usual = write(tmp_path / "usual", rows, 1, 1)
    given_up = write(tmp_path / "given-up", rows, 1, 1, deadline_s=0.0)
    assert sorted(given_up) == sorted(usual)
    assert all(
        (tmp_path / "usual" / f.path).read_bytes() == (tmp_path / "given-up" / f.path).read_bytes()
        for f in usual
    )


def test_files_that_no_parsing_process_takes_are_unpacked_one_after_the_other(
    tmp_path, make_story, make_rows, monkeypatch
):
    rows = make_rows([make_story(n, day=n % 50) for n in range(40)], "r1")
    usual = write(tmp_path / "usual", rows, 1, 4)
    at_work, most = [], []

    def watched(*args):
        at_work.append(args)
        most.append(len(at_work))
        time.sleep(0.02)  # long enough for another thread to come in
        try:
            return unpacked(*args)
        finally:
            at_work.pop()

    monkeypatch.setattr(sink, "HANDED_OVER", 0)
    monkeypatch.setattr(sink, "unpacked", watched)
    assert sorted(write(tmp_path / "large", rows, 1, 4)) == sorted(usual)
    assert len(most) == len(usual) > 1
    assert max(most) == 1


def test_a_process_that_encoded_a_file_is_not_too_large_for_another(make_story, make_rows):
    rows = make_rows([make_story(n) for n in range(3)], "r1")["articles"]
    gathered = [(pack_rows("articles", [row]).rows, {}) for row in rows]
    with ParsePool(1, memory_mb=RunOptions("", "r1", 0).memory_mb) as pool:
        first = pool.submit(os.getpid).result()
        assert pool.submit(remote.encode_packed, "articles", gathered).result().rows == 3
        assert pool.submit(os.getpid).result() == first


def test_no_process_of_the_pool_loads_pandas_for_a_file():
    with ParsePool(1) as pool, pytest.raises(FinalError, match="hidden"):
        pool.submit(find_spec, "pandas").result()
