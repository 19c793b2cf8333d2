"""Live files and what DuckDB says about reading them in; a `LakeError` that names the lost one out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import LakeError

if TYPE_CHECKING:
    import duckdb


@contextmanager
def reading(files: Sequence[str]) -> Iterator[None]:
    """Raise LakeError for a DuckDB error within the block that is the fault of one of `files`."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        told = _fault(files, error)
        if told:
            raise LakeError(
                f"{told}; `dateline check` says what else is, and what to do"
            ) from error
        raise


def _fault(files: Sequence[str], error: duckdb.Error) -> str:
    gone = [file for file in files if not Path(file).is_file()]
    if gone:
        others = f", and {len(gone) - 1:,} more" if len(gone) > 1 else ""
        return f"{gone[0]}{others}: the log calls it live, and it is gone"
    import duckdb

    broken = next((file for file in files if file in str(error)), "")
    if not broken and type(error) is duckdb.Error:  # what the decoder says names no file
        broken = "a file of the lake"
    return f"{broken}: damaged" if broken else ""
