"""Functions over untrusted bytes in, their results out, from processes that can be killed.

Only a killed process stops a parser that has lost itself in hostile bytes: no exception reaches a
regular expression or libxml2 at work. Each record gets a deadline and a memory limit; passing them
costs that record alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from schemas.errors import FinalError, RecordError

T = TypeVar("T")
Initializer = Callable[..., object]


class ParsePool:
    """`workers` processes that run module-level functions on picklable arguments.

    `deadline_s` is wall time for one call, counted from its start in the worker; `memory_mb` is the
    address space that a worker may take beyond what it has after `initializer`.
    """

    def __init__(
        self,
        workers: int,
        *,
        deadline_s: float = 20.0,
        memory_mb: int = 1_024,
        initializer: Initializer | None = None,
        initargs: tuple[Any, ...] = (),
    ) -> None:
        self._workers = max(1, workers)
        self._deadline_s = deadline_s
        self._initargs = (memory_mb, initializer, initargs)
        self._lock = Lock()
        self._pool = self._start()

    def submit(self, function: Callable[..., T], /, *args: Any) -> Future[T]:
        """Run `function(*args)` in a worker.

        The future raises the function's own `RecordError`, or `FinalError` with stage `parse` and
        the reason `deadline`, `memory` or `crash`.
        """
        outcome: Future[T] = Future()
        self._schedule(outcome, function, args, tries=2)
        return outcome

    async def run(self, function: Callable[..., T], /, *args: Any) -> T:
        """The same for asyncio."""
        return await asyncio.wrap_future(self.submit(function, *args))

    def close(self) -> None:
        """Stop the workers, whatever they are doing, and wait until they are gone."""
        self._pool.stop()
        self._pool.join()

    def __enter__(self) -> ParsePool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> Any:
        return ProcessPool(
            max_workers=self._workers,
            initializer=_prepare_worker,
            initargs=self._initargs,
            context=multiprocessing.get_context("forkserver"),
        )

    def _schedule(
        self, outcome: Future[T], function: Callable[..., T], args: tuple[Any, ...], tries: int
    ) -> None:
        pool = self._pool

        def settle(inner: Future[Any]) -> None:
            if inner.cancelled() or not outcome.set_running_or_notify_cancel():
                outcome.cancel()
                return
            error = inner.exception()
            if isinstance(error, BrokenProcessPool) and tries > 1:
                self._replace(pool)
                self._schedule(outcome, function, args, tries - 1)
            elif error is not None:
                outcome.set_exception(_record_error(error, self._deadline_s))
            else:
                outcome.set_result(inner.result())

        inner = pool.schedule(_call, args=(function, args), timeout=self._deadline_s)
        inner.add_done_callback(settle)

    def _replace(self, broken: Any) -> None:
        """A worker that dies between two calls breaks a whole pebble pool: start another."""
        with self._lock:
            if self._pool is broken:
                self._pool = self._start()


def _prepare_worker(
    memory_mb: int, initializer: Initializer | None, initargs: tuple[Any, ...]
) -> None:
    if initializer is not None:
        initializer(*initargs)
    limit = _address_space() + memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes of address space that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _call(function: Callable[..., T], args: tuple[Any, ...]) -> T:
    """Runs in the worker: whatever a parser raises leaves as a `RecordError`."""
    try:
        return function(*args)
    except RecordError:
        raise
    except MemoryError:
        raise FinalError(
            "parse", "memory", "the record needs more memory than it may have"
        ) from None
    except Exception as exc:
        raise FinalError("parse", "crash", f"{type(exc).__name__}: {str(exc)[:500]}") from None


def _record_error(error: BaseException, deadline_s: float) -> RecordError:
    if isinstance(error, RecordError):
        return error
    if isinstance(error, TimeoutError):
        return FinalError("parse", "deadline", f"parsing took longer than {deadline_s:g} s")
    if isinstance(error, ProcessExpired):
        return FinalError("parse", "crash", f"the parser's process died ({error})")
    return FinalError("parse", "crash", f"{type(error).__name__}: {str(error)[:500]}")
