"""Nothing in; a folder for the temporary files of this process out, which goes with it.

Each process holds the kernel's lock on its folder. Where a process was killed, its folder is left and
the lock is not: the next command removes it, and asks no process number, which another may have by then.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import current_process
from pathlib import Path

LONGEST_OF_SOCKETS = 85  # bytes of a folder: 108 are all that the name of a socket in it may have
PREFIX = "dateline-own-"
FRESH_S = 60.0  # a folder this young may belong to a process that is about to lock it


@contextmanager
def folder_of_our_own() -> Iterator[OSError | None]:
    """A folder for temporary files; where there can be none, why: a query needs none."""
    with ExitStack() as stack:
        try:
            folder = sockets = _temporary(stack, None)
            if len(os.fsencode(folder)) > LONGEST_OF_SOCKETS:
                sockets = _temporary(stack, "/tmp")  # noqa: S108
        except OSError as error:
            yield error
            return
        tempfile.tempdir = folder
        # The fork server's socket, in no folder of its own
        current_process()._config["tempdir"] = sockets  # type: ignore[attr-defined]
        yield None


def _temporary(stack: ExitStack, place: str | None) -> str:
    """A new folder, locked until it goes; those that nobody holds any more go at once."""
    folder = stack.enter_context(
        tempfile.TemporaryDirectory(prefix=PREFIX, dir=place, ignore_cleanup_errors=True)
    )
    _locked(stack, Path(folder))
    for other in Path(folder).parent.glob(f"{PREFIX}*"):
        with suppress(OSError), ExitStack() as held:
            if _is_old(other) and _locked(held, other):
                shutil.rmtree(other, ignore_errors=True)
    return folder


def _is_old(folder: Path) -> bool:
    """Is it a folder of this user, and not one that has just been made?"""
    found = folder.lstat()
    return found.st_uid == os.getuid() and time.time() - found.st_mtime > FRESH_S


def _locked(held: ExitStack, folder: Path) -> bool:
    """Whether we hold the lock on a folder now, for as long as `held` lasts."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    held.callback(os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another process holds it, or the disk knows no locks
        return False
    return True
