"""An `OSError` or Delta error from the lake's disk in, one line with path and remedy out.

A full disk, a read-only folder and a damaged log are things that the operator mends: they end the
run with a `LakeError`, and running again afterwards loses nothing.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from deltalake.exceptions import DeltaError

from schemas.errors import LakeError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the disk says about `path` into a LakeError of one line."""
    try:
        yield
    except OSError as error:
        raise LakeError(f"{error.filename or path}: {_remedy(error)}") from error
    except (DeltaError, pa.ArrowException) as error:
        first_line = str(error).strip().splitlines()[0]
        raise LakeError(f"{path}: {first_line}; see `dateline check`") from error


def _remedy(error: OSError) -> str:
    text = error.strerror or str(error).splitlines()[0]
    if error.errno in _FULL or "No space left" in text:
        return f"{text}: free some space and run again, nothing is lost"
    if error.errno in _READ_ONLY or "Permission denied" in text or "Read-only" in text:
        return f"{text}: make the folder writable for this user, or name another lake"
    return text
