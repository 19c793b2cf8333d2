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
PUBLISHING_FILE = "_lock.publishing"
STOP_FILE = "_lock.stop"
LOCK_FILES = (LOCK_FILE, HOLDER_FILE, PUBLISHING_FILE, STOP_FILE)


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
        with storage_errors(root), FileLock(root / PUBLISHING_FILE):
            (root / STOP_FILE).unlink(missing_ok=True)
            holder.write_text(run_id, encoding="utf-8")
        yield
    finally:
        lock.release()


@contextmanager
def still_writing(root: Path, run_id: str) -> Iterator[None]:
    """Keep other runs from beginning while the block publishes; LakeError where one has begun.

    A cluster's workers go on when the command that sent them has died, and its lock with it. The
    run that took the lake since has deleted what they staged, and does their work anew.
    """
    with storage_errors(root), FileLock(root / PUBLISHING_FILE):
        holder = _read(root / HOLDER_FILE)
        if holder != run_id:
            raise LakeError(
                f"{root}: run {holder} has taken this lake over from {run_id}, "
                "which leaves its work to it"
            )
        yield


def tell_to_stop(root: Path, run_id: str) -> None:
    """Have the unbounded run that holds the lock begin no further batch."""
    with storage_errors(root):
        (root / STOP_FILE).write_text(run_id, encoding="utf-8")


def is_told_to_stop(root: Path, run_id: str) -> bool:
    """Has the unbounded run been told to stop, or lost the lake to another one?"""
    return _read(root / STOP_FILE) == run_id or _read(root / HOLDER_FILE) != run_id


def _read(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"
