"""Functions over untrusted bytes in, their results out, from processes that can be killed.

Only a killed process stops a parser that has lost itself in hostile bytes: no exception reaches a
regular expression or libxml2 at work. Each record gets a deadline and a memory limit; passing them,
or taking the process down, costs that record alone.

Each worker has a thread here that feeds it one call at a time, so that it is always known which
record a dead worker died of. (A pool over shared pipes cannot tell: pebble's waits for ever when
the system kills a worker between two calls.)
"""

from __future__ import annotations

import asyncio
import pickle
import select
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.context import ForkServerContext
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from pipeline.parsing.fork_server import start_fork_server
from pipeline.parsing.parse_worker import Answer, Initializer, WorkerSettings, work
from schemas.errors import FinalError, RecordError, RetryableError

T = TypeVar("T")
_START_S = 120.0  # a worker may take this long to load its tables on a busy machine


class _Job(NamedTuple):
    payload: bytes
    outcome: Future[Any]


class ParsePool:
    """`workers` processes that run module-level functions on picklable arguments.

    `deadline_s` is wall time for one call, counted from its start in the worker. `memory_mb` is the
    address space that a worker may take beyond what it has after `initializer(*initargs)`.
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
        context = start_fork_server()
        settings = WorkerSettings(memory_mb, initializer, initargs)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._is_closed = False
        self._feeders = [
            _Feeder(self._jobs, context, settings, deadline_s) for _ in range(max(1, workers))
        ]

    def submit(self, function: Callable[..., T], /, *args: Any) -> Future[T]:
        """Run `function(*args)` in a worker.

        The future raises the function's own `RecordError`; or `FinalError` with stage `parse` and
        the reason `deadline`, `memory` or `crash`; or `RetryableError` where no worker can run, or
        where the machine lets it down. After `close` it is cancelled.
        """
        outcome: Future[T] = Future()
        payload = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        self._jobs.put(_Job(payload, outcome))
        if self._is_closed:  # nobody is left who would answer
            self._cancel_waiting()
        return outcome

    async def run(self, function: Callable[..., T], /, *args: Any) -> T:
        """The same for asyncio."""
        return await asyncio.wrap_future(self.submit(function, *args))

    def close(self) -> None:
        """Stop the workers, whatever they are doing, and wait until they are gone.

        A call at work ends as `RetryableError`; calls that wait are cancelled.
        """
        for feeder in self._feeders:
            feeder.stop()
        for _ in self._feeders:
            self._jobs.put(None)
        for feeder in self._feeders:
            feeder.join()
        self._is_closed = True
        self._cancel_waiting()

    def _cancel_waiting(self) -> None:
        with suppress(Empty):
            while True:
                if job := self._jobs.get_nowait():
                    job.outcome.cancel()

    def __enter__(self) -> ParsePool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Feeder(Thread):
    """Feeds one worker, watches its clock, and replaces it when it is gone."""

    def __init__(
        self,
        jobs: SimpleQueue[_Job | None],
        context: ForkServerContext,
        settings: WorkerSettings,
        deadline_s: float,
    ) -> None:
        super().__init__(name="parse-pool", daemon=True)
        self._jobs = jobs
        self._context = context
        self._settings = settings
        self._deadline_s = deadline_s
        self._is_stopping = False
        self._worker: _Worker | None = None
        self.start()

    def run(self) -> None:
        self._ready_worker()  # loads its tables while the first bytes are still on the wire
        while (job := self._jobs.get()) is not None:
            if self._is_stopping:
                job.outcome.cancel()
            elif job.outcome.set_running_or_notify_cancel():
                self._settle(job)
        self._drop_worker()

    def stop(self) -> None:
        """Have the thread end; a call at work is cut off."""
        self._is_stopping = True
        worker = self._worker
        if worker is not None:
            with suppress(ValueError):  # the thread has just closed it itself
                worker.process.kill()

    def _settle(self, job: _Job) -> None:
        answer = self._call(job.payload)
        if answer.is_error:
            job.outcome.set_exception(answer.value)
        else:
            job.outcome.set_result(answer.value)
        if answer.is_last:
            self._drop_worker()

    def _call(self, payload: bytes) -> Answer:
        for _ in range(2):  # a worker that was killed while it waited is not our record's fault
            worker = self._ready_worker()
            if isinstance(worker, str):
                return _lost(RetryableError("parse", "no-worker", worker))
            if not self._is_stopping and worker.send(payload):
                return worker.receive(self._deadline_s, self._is_stopping_now)
            self._drop_worker()
        return _lost(RetryableError("parse", "no-worker", "the workers die before they are asked"))

    def _is_stopping_now(self) -> bool:
        return self._is_stopping

    def _ready_worker(self) -> _Worker | str:
        """The worker, started if there is none; or why there is none."""
        if self._worker is not None:
            return self._worker
        if self._is_stopping:
            return "the pool is closing"
        try:
            self._worker = _Worker(self._context, self._settings)
        except (OSError, EOFError) as error:  # no process or memory left to fork into
            return f"the worker does not start: {type(error).__name__}: {error}"
        answer = self._worker.receive(_START_S, self._is_stopping_now)
        if not answer.is_error:
            return self._worker
        self._drop_worker()
        return f"the worker does not start: {answer.value}"

    def _drop_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, context: ForkServerContext, settings: WorkerSettings) -> None:
        self._pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, settings), daemon=True)
        self.process.start()
        theirs.close()  # so that the death of the worker reads as the end of the pipe
        self._word = select.poll()  # the pipe's own `poll` makes a new one of these at each call
        self._word.register(self._pipe, select.POLLIN)

    def send(self, payload: bytes) -> bool:
        """Hand over a call; False where the worker died before it had the call."""
        try:
            self._pipe.send_bytes(payload)
            if not self._speaks(_START_S):
                return False
            self._pipe.recv_bytes()  # its word that it has begun
        except (OSError, EOFError):
            return False
        return True

    def receive(self, deadline_s: float, is_stopping: Callable[[], bool]) -> Answer:
        """The worker's answer, or what its silence or death means."""
        try:
            if self._speaks(deadline_s):
                return Answer(*pickle.loads(self._pipe.recv_bytes()))  # noqa: S301 - our own child
        except (OSError, EOFError):
            return _lost(self._cause_of_death(is_stopping()))
        self.process.kill()
        message = f"parsing took longer than {deadline_s:g} s"
        return _lost(FinalError("parse", "deadline", message))

    def _speaks(self, within_s: float) -> bool:
        """Is there a word of the worker, or the end of its pipe, within that time?"""
        return bool(self._word.poll(within_s * 1000))

    def close(self) -> None:
        """End the process and leave nothing of it behind."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self._pipe.close()

    def _cause_of_death(self, is_stopping: bool) -> RecordError:
        if is_stopping:
            return RetryableError("parse", "stopped", "the pool was closed")
        self.process.join()
        code = self.process.exitcode
        return FinalError("parse", "crash", f"the parser's process died with exit code {code}")


def _lost(error: RecordError) -> Answer:
    return Answer(error, is_error=True, is_last=True)
