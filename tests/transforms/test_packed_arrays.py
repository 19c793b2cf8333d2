"""What is written into a file of arrays is read from it, in shape and type."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from transforms.packed_arrays import as_array, as_text, read_arrays, write_arrays


def test_arrays_come_back_as_they_were_written_and_make_the_same_bytes(tmp_path: Path) -> None:
    arrays = {
        "table": np.arange(6, dtype=np.float16).reshape(2, 3),
        "scale": np.asarray(0.5, np.float32),
        "none": np.zeros((0, 4), np.uint16),
        "words": as_array("Łódź\nOslo"),
    }
    one, other = tmp_path / "one.arrow", tmp_path / "other.arrow"
    write_arrays(one, arrays)
    write_arrays(other, arrays)
    read = read_arrays(one)
    assert one.read_bytes() == other.read_bytes()
    assert read.keys() == arrays.keys()
    for name, array in arrays.items():
        assert (read[name].dtype, read[name].shape) == (array.dtype, array.shape)
        assert np.array_equal(read[name], array)
    assert as_text(read["words"]) == "Łódź\nOslo"
