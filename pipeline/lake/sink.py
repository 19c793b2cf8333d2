"""PCollections of packed rows in, a PCollection of WrittenFile in the lake's staging folder out.

Each bundle gathers its rows by table, month and shard; one GroupByKey brings a file's rows together;
each group is encoded by a process of the parse pool, which has no page to read by then, and written
whole. A row's shard is a hash of its identity, so one worker and ten write the same bytes. Beam's
own `WriteToParquet` knows neither partitions nor sorting, compression level or Bloom filters.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import apache_beam as beam
from apache_beam.utils.windowed_value import WindowedValue

from pipeline import world
from pipeline.bundles import PendingDoFn
from pipeline.lake.encode import AT_ONCE, Encoded, Gathered, encode, unpacked
from pipeline.lake.parquet_files import keep_file
from pipeline.options import RunOptions
from pipeline.parsing import remote
from pipeline.parsing.parse_pool import ParsePool
from schemas.errors import RecordError
from schemas.records import PackedRows
from schemas.run_records import WrittenFile
from schemas.tables import TABLES

FileKey = tuple[str, str, int]  # table, partition, shard

WRITERS = 16  # files at once: while one waits for the disk, others are encoded
HANDED_OVER = 16 << 20  # bytes of packed rows that a parsing process can encode within its limits
_UNPACKING = Lock()  # rows are far larger as Python's objects: those of one file at a time


class WriteTables(beam.PTransform[Any, Any]):
    """Several PCollections of (`PackedRows`, decided columns) -> WrittenFile.

    Rows are checked already (`schemas.contract`). Each collection is gathered before they become one,
    so that few large elements cross to the next stage. `options.shards` is the number of files per
    table and month; no worker has a say in it.
    """

    def __init__(self, options: RunOptions) -> None:
        super().__init__()
        self._options = options

    def expand(self, rows: Iterable[Any]) -> Any:
        gathered = [
            some | f"GatherRows {number}" >> beam.ParDo(GatherRows(self._options.shards))
            for number, some in enumerate(rows)
        ]
        return (
            gathered
            | "AllRows" >> beam.Flatten()
            | "ByFile" >> beam.GroupByKey()
            | "WriteFile" >> beam.ParDo(WriteFiles(self._options))
        )


class GatherRows(beam.DoFn):
    """(`PackedRows`, decided columns) -> ((table, partition, shard), those of a bundle)."""

    def __init__(self, shards: int) -> None:
        self._shards = shards

    def start_bundle(self) -> None:
        """Begin with nothing."""
        self._batches: dict[tuple[Any, FileKey], tuple[Any, list[Gathered]]] = {}

    def process(
        self,
        element: tuple[PackedRows, Mapping[str, Any]],
        window: Any = beam.DoFn.WindowParam,
        timestamp: Any = beam.DoFn.TimestampParam,
    ) -> Iterator[tuple[FileKey, list[Gathered]]]:
        """Put the rows to those of their file; what is many leaves at once."""
        packed, decided = element
        key = file_key(packed, self._shards)
        # A batch has the time of its first row: a window's batches must not be late for it
        _, batch = self._batches.setdefault((window, key), (timestamp, []))
        batch.append((packed.rows, decided))
        if len(batch) >= AT_ONCE:
            del self._batches[window, key]
            yield key, batch

    def finish_bundle(self) -> Iterator[WindowedValue]:
        """Let the rest go, each batch in the window of its rows."""
        for (window, key), (timestamp, batch) in self._batches.items():
            yield WindowedValue((key, batch), timestamp, (window,))
        self._batches = {}


def file_key(packed: PackedRows, shards: int) -> FileKey:
    """The file that rows go to: the same for the same rows, whichever worker asks."""
    partition = f"{TABLES[packed.table].partition}={packed.month}"
    return packed.table, partition, zlib.crc32(packed.identity.encode()) % shards


class WriteFiles(PendingDoFn):
    """A file's rows -> its WrittenFile; encoding and syncing leave the interpreter to others."""

    in_flight = WRITERS

    def setup(self) -> None:
        """Have threads ready, which wait for processes and for the disk."""
        self._world = world.acquire(self.options)
        self._threads = ThreadPoolExecutor(WRITERS, "write")

    def teardown(self) -> None:
        """Let them go; a file that is being written is finished."""
        self._threads.shutdown()
        world.release(self.options)

    def start(
        self, element: tuple[FileKey, Iterable[list[Gathered]]], run: RunOptions
    ) -> Future[list[WrittenFile]]:
        """Write one file of a run."""
        key, batches = element
        gathered = list(chain.from_iterable(batches))
        return self._threads.submit(_write, self._world.pool, key, gathered, run)


def _write(
    pool: ParsePool, key: FileKey, gathered: Sequence[Gathered], run: RunOptions
) -> list[WrittenFile]:
    table, partition, shard = key
    encoded = _encoded(pool, table, gathered)
    return [keep_file(table, partition, encoded, shard, Path(run.lake), run.run_id)]


def _encoded(pool: ParsePool, table: str, gathered: Sequence[Gathered]) -> Encoded:
    if sum(len(rows) for rows, _ in gathered) <= HANDED_OVER:
        with suppress(RecordError):  # that process may be killed, and what is wrong is told below
            return pool.submit(remote.encode_packed, table, gathered).result()
    with _UNPACKING:
        data = unpacked(table, gathered)
    return encode(table, data)
