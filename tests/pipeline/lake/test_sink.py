"""Rows through Beam into files: the same bytes however many workers there are."""

from __future__ import annotations

import json

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.lake.sink import WriteTables
from pipeline.lake.store import Lake
from pipeline.options import RunOptions
from schemas.packed_rows import pack_rows
from schemas.records import WrittenFile


def keep(file, folder):
    """Beam copies what a function closes over, so the answer comes back through a folder."""
    (folder / file.path.replace("/", "!")).write_text(json.dumps(file))


def write(root, rows, workers, shards):
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
            | WriteTables(RunOptions(str(root), "r1", 0, shards=shards))
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
