"""An `OSError` or Delta error from the lake's disk in, one line with path and remedy out.

A full disk, a read-only folder and a damaged log are things that the operator mends: they end the
run with a `LakeError`, and running again afterwards loses nothing.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from deltalake.exceptions import DeltaError

from schemas.errors import LakeError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_OS_ERROR = re.compile(r"(?:os error|errno:?) (\d+)")
SEE_CHECK = "; see `dateline check`"
_LONGEST = 160  # characters of a Delta error, which goes on to draw its own structures
_NO_FOLDER = {errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the disk says about `path` into a LakeError of one line."""
    try:
        yield
    except (OSError, DeltaError, pa.ArrowException) as error:
        at = getattr(error, "filename", None) or path
        raise LakeError(f"{at}: {_remedy(error)}") from error


def _remedy(error: Exception) -> str:
    number = _errno(error)
    if number in _FULL:
        return f"{os.strerror(number)}: free some space and run again, nothing is lost"
    if number in _READ_ONLY:
        remedy = "make the folder writable for this user, or name another lake"
        return f"{os.strerror(number)}: {remedy}"
    if number in _NO_FOLDER:
        return f"{os.strerror(number)}: name a folder for the lake"
    return os.strerror(number) if number else _cut(str(error).split("\n")[0]) + SEE_CHECK


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST else message[:_LONGEST].rstrip() + " ..."


def _errno(error: Exception) -> int:
    """The system's number of an error, which delta-rs reports in words only; 0 where it has none."""
    if isinstance(error, OSError) and error.errno:
        return error.errno
    told = _OS_ERROR.search(str(error))
    return int(told[1]) if told else 0
