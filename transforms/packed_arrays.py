"""Named arrays of numbers in, one Arrow file of them out, and back.

Models are loaded before any page is read, and zstd unpacks them five times as fast as the zip of NumPy's.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

LEVEL = 9  # of zstd: higher ones are slower to unpack


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays, each as a column of one row, the same byte for byte at every run."""
    columns = [_one_row(np.ascontiguousarray(array).ravel()) for array in arrays.values()]
    schema = pa.schema([
        pa.field(name, column.type, metadata={"shape": " ".join(map(str, array.shape))})
        for (name, array), column in zip(arrays.items(), columns, strict=True)
    ])  # fmt: skip
    options = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", LEVEL))
    with pa.ipc.new_file(str(path), schema, options=options) as file:
        file.write_batch(pa.record_batch(columns, schema=schema))


def as_array(text: str) -> NDArray[np.uint8]:
    """A text as an array."""
    return np.frombuffer(text.encode(), np.uint8)


def as_text(array: NDArray[np.uint8]) -> str:
    """The text of such an array."""
    return array.tobytes().decode()


def _one_row(flat: NDArray[Any]) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array([0, len(flat)], pa.int32()), pa.array(flat))


def read_arrays(source: Traversable) -> dict[str, NDArray[Any]]:
    """The arrays of a file, in their shapes; nobody may write to them."""
    options = pa.ipc.IpcReadOptions(use_threads=False)  # processes are forked from one that reads
    with pa.ipc.open_file(source.read_bytes(), options=options) as file:
        batch = file.get_batch(0)
    return {
        field.name: np.from_dlpack(column.values).reshape(
            [int(size) for size in field.metadata[b"shape"].split()]
        )
        for field, column in zip(batch.schema, batch.columns, strict=True)
    }
