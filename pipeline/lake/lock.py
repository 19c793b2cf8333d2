"""A lake and a run in, the right to write to that lake out: one writer at a time.

The lock is the kernel's (`flock`), so it ends with the process that holds it, however that ends.
Who holds it stands in the lock file, for the message that the second one gets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.lake.storage_errors import storage_errors
from schemas.errors import LakeError, Stopped

LOCK_FILE = "_lock"
HOLDER_FILE = "_lock.holder"
PUBLISHING_FILE = "_lock.publishing"
STOP_FILE = "_lock.stop"
LIST_LOCK_FILE = "_lock.feeds"  # held for the moment in which the list of feeds is written
LOCK_FILES = (LOCK_FILE, HOLDER_FILE, PUBLISHING_FILE, STOP_FILE, LIST_LOCK_FILE)
LOOK_EVERY_S = 0.5  # for an order to stop, while waiting for the lock

StopAsked = Callable[[], bool]


def never() -> bool:
    """For who takes no order to stop."""
    return False


@contextmanager
def writing(
    root: Path, run_id: str, wait_s: float, stop_asked: StopAsked = never
) -> Iterator[None]:
    """Hold the lake's lock; LakeError when another run still holds it after `wait_s` seconds.

    Stopped when `stop_asked` says so while it waits.
    """
    lock = FileLock(root / LOCK_FILE)
    holder = root / HOLDER_FILE
    with storage_errors(root):
        try:
            _acquire(lock, wait_s, stop_asked)
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


def _acquire(lock: FileLock, wait_s: float, stop_asked: StopAsked) -> None:
    deadline = time.monotonic() + wait_s
    while True:
        left = max(deadline - time.monotonic(), 0.0)
        try:
            lock.acquire(timeout=min(left, LOOK_EVERY_S))
            return
        except Timeout:
            if stop_asked():
                raise Stopped("told to stop while another run was writing to the lake") from None
            if left <= LOOK_EVERY_S:
                raise


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
