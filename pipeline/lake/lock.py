"""A lake and a run in, the right to write to that lake out: one writer at a time.

The lock is the kernel's (`flock`), so it ends with the process that holds it, however that ends.
Who holds it stands in the lock file, for the message that the second one gets.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.lake.storage_errors import storage_errors
from schemas.errors import LakeError

LOCK_FILE = "_lock"
HOLDER_FILE = "_lock.holder"


@contextmanager
def writing(root: Path, run_id: str, wait_s: float) -> Iterator[None]:
    """Hold the lake's lock; LakeError when another run still holds it after `wait_s` seconds."""
    lock = FileLock(root / LOCK_FILE)
    holder = root / HOLDER_FILE
    with storage_errors(root):
        try:
            lock.acquire(timeout=wait_s)
        except Timeout:
            raise LakeError(
                f"{root}: run {_read(holder)} is writing to this lake; "
                "try again when it is done, or wait longer with --wait"
            ) from None
    try:
        with storage_errors(root):
            holder.write_text(run_id, encoding="utf-8")
        yield
    finally:
        lock.release()


def _read(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"
