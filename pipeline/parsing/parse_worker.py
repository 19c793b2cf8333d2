"""Pickled calls in over a pipe, pickled answers out: what runs inside a process of the parse pool.

Every call ends as an answer or as the death of this process; both are the pool's to tell apart.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import pickle
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from schemas.errors import FinalError, RecordError, RetryableError

Initializer = Callable[..., object]


class WorkerSettings(NamedTuple):
    """What a worker is told at its start."""

    memory_mb: int
    initializer: Initializer | None
    initargs: tuple[Any, ...]


class Answer(NamedTuple):
    """What became of a call."""

    value: Any  # the result, or the error to raise
    is_error: bool
    is_last: bool  # the worker has grown too large to go on, and leaves


def work(connection: Connection, settings: WorkerSettings) -> None:
    """Serve calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent()
    try:
        if settings.initializer is not None:
            settings.initializer(*settings.initargs)
        ceiling, ready = _limit_memory(settings.memory_mb), Answer(None, False, False)
    except Exception as exc:
        ceiling, ready = 0, Answer(f"{type(exc).__name__}: {exc}", True, True)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the pool has closed
        connection.send_bytes(_packed(ready))
        if not ready.is_last:
            _serve(connection, ceiling)


def _die_with_parent() -> None:
    """Have the kernel end this process with the pool's, whatever a parser is doing then.

    The end of that process closes a pipe; a signal announces it, whose default action is death.
    The fork server ends after its last worker, since each holds the pipe that it watches.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    if parent := multiprocessing.parent_process():
        fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
        fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)


def _serve(connection: Connection, ceiling: int) -> None:
    is_last = False
    while not is_last:
        payload = connection.recv_bytes()
        connection.send_bytes(b"begun")
        answer = _answer(payload)
        is_last = address_space() > ceiling
        connection.send_bytes(_packed(answer._replace(is_last=is_last)))


def _answer(payload: bytes) -> Answer:
    """Run one call; whatever it raises becomes a `RecordError`."""
    try:
        function, args = pickle.loads(payload)  # noqa: S301 - from our own parent
        return Answer(function(*args), False, False)
    except RecordError as exc:
        return Answer(exc, True, False)
    except OSError as exc:  # a parser of bytes opens nothing: a full disk, no files left
        return Answer(RetryableError("parse", "machine", str(exc)[:500]), True, False)
    except MemoryError:
        message = "the record needs more memory than it may have"
        return Answer(FinalError("parse", "memory", message), True, False)
    except BaseException as exc:  # SystemExit and KeyboardInterrupt too: nothing ends a worker
        message = f"{type(exc).__name__}: {str(exc)[:500]}"
        return Answer(FinalError("parse", "crash", message), True, False)


def _packed(answer: Answer) -> bytes:
    try:
        return pickle.dumps(tuple(answer), pickle.HIGHEST_PROTOCOL)
    except Exception as exc:  # a result that does not pickle, or is too large to
        reason = "memory" if isinstance(exc, MemoryError) else "crash"
        error = FinalError("parse", reason, f"the result cannot be sent: {str(exc)[:300]}")
        return pickle.dumps((error, True, answer.is_last), pickle.HIGHEST_PROTOCOL)


def _limit_memory(memory_mb: int) -> int:
    """Limit the address space; returns the size in bytes from which a worker is to be replaced.

    What a worker holds when half of its allowance is gone would be charged to innocent records.
    """
    start, allowance = address_space(), memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (start + allowance, start + allowance))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return start + allowance // 2


def address_space() -> int:
    """Bytes of address space that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split(maxsplit=1)[0])
    return pages * resource.getpagesize()
