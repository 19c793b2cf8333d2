"""PCollections of (table, rows) in, a PCollection of WrittenFile in the lake's staging folder out.

Each bundle packs its rows into Arrow batches by table, month and shard; one GroupByKey brings a
file's batches together; each group is sorted and written whole. A row's shard is a hash of its
identity, so one worker and ten write the same bytes. Beam's own `WriteToParquet` knows neither
partitions nor sorting, compression level or Bloom filters.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.utils.windowed_value import WindowedValue

from pipeline.bundles import PendingDoFn
from pipeline.lake.parquet_files import to_arrow, write_file
from pipeline.options import RunOptions
from schemas.records import WrittenFile
from schemas.tables import TABLES

FileKey = tuple[str, str, int]  # table, partition, shard
TableRows = tuple[str, Sequence[Mapping[str, Any]]]  # rows of one file

WRITERS = 16  # files at once: while one waits for the disk, others are packed
BATCH_ROWS = 1_000  # a bundle's batch leaves early at this size, so that memory stays flat


class WriteTables(beam.PTransform[Any, Any]):
    """Several PCollections of (table, rows of one file) -> WrittenFile.

    Rows are checked already (`schemas.contract`). Each collection is packed before they become one:
    rows as such would cross to another stage there, pickled, which took as long as making them.
    `options.shards` is the number of files per table and month; no worker has a say in it.
    """

    def __init__(self, options: RunOptions) -> None:
        super().__init__()
        self._options = options

    def expand(self, rows: Iterable[Any]) -> Any:
        packed = [
            some | f"PackBatches {number}" >> beam.ParDo(PackBatches(self._options.shards))
            for number, some in enumerate(rows)
        ]
        return (
            packed
            | "AllBatches" >> beam.Flatten()
            | "ByFile" >> beam.GroupByKey()
            | "WriteFile" >> beam.ParDo(WriteFiles(self._options))
        )


class PackBatches(beam.DoFn):
    """(table, rows) -> ((table, partition, shard), Arrow IPC bytes), a batch per bundle."""

    def __init__(self, shards: int) -> None:
        self._shards = shards

    def start_bundle(self) -> None:
        """Begin with empty batches."""
        self._batches: dict[tuple[Any, FileKey], tuple[Any, list[Mapping[str, Any]]]] = {}

    def process(
        self,
        element: TableRows,
        window: Any = beam.DoFn.WindowParam,
        timestamp: Any = beam.DoFn.TimestampParam,
    ) -> Iterator[tuple[FileKey, bytes]]:
        """Put the rows into their batch; a full batch leaves at once."""
        table, rows = element
        key = file_key(table, rows[0], self._shards)
        # A batch has the time of its first row: a window's batches must not be late for it
        _, batch = self._batches.setdefault((window, key), (timestamp, []))
        batch += rows
        if len(batch) >= BATCH_ROWS:
            del self._batches[window, key]
            yield key, pack(table, batch)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        """Let the rest go, each batch in the window of its rows."""
        for (window, key), (timestamp, batch) in self._batches.items():
            yield WindowedValue((key, pack(key[0], batch)), timestamp, (window,))
        self._batches = {}


def file_key(table: str, row: Mapping[str, Any], shards: int) -> FileKey:
    """The file that a row goes to: the same for the same row, whichever worker asks."""
    column = TABLES[table].partition
    identity = str(row[TABLES[table].shard_by])
    return table, f"{column}={row[column]}", zlib.crc32(identity.encode()) % shards


def pack(table: str, rows: list[Mapping[str, Any]]) -> bytes:
    """Rows as one Arrow IPC stream: a tenth of the size of pickled dicts, and already columns."""
    data = to_arrow(table, rows)
    buffer = pa.BufferOutputStream()
    with pa.ipc.new_stream(buffer, data.schema) as stream:
        stream.write_table(data)
    return bytes(buffer.getvalue())


def unpack(batches: Iterable[bytes]) -> pa.Table:
    """The rows of several Arrow IPC streams as one table."""
    return pa.concat_tables(pa.ipc.open_stream(batch).read_all() for batch in batches)


class WriteFiles(PendingDoFn):
    """A file's batches -> its WrittenFile; packing and syncing leave the interpreter to others."""

    in_flight = WRITERS

    def setup(self) -> None:
        """Have threads ready."""
        self._threads = ThreadPoolExecutor(WRITERS, "write")

    def teardown(self) -> None:
        """Let them go; a file that is being written is finished."""
        self._threads.shutdown()

    def start(
        self, element: tuple[FileKey, Iterable[bytes]], run: RunOptions
    ) -> Future[list[WrittenFile]]:
        """Write one file of a run."""
        key, batches = element
        return self._threads.submit(_write, key, list(batches), run)  # a runner's list ends here


def _write(key: FileKey, batches: Iterable[bytes], run: RunOptions) -> list[WrittenFile]:
    table, partition, shard = key
    data = unpack(batches)
    return [write_file(table, partition, data, shard, Path(run.lake), run.run_id)]
