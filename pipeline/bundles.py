"""DoFns that gather elements inside a bundle: many at once, on a loop or elsewhere, or in batches.

Both hand results back as `WindowedValue`s of the element that they came from, since an answer may
be ready only while a later element, or the end of the bundle, is being processed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any

import apache_beam as beam
from apache_beam.utils.windowed_value import WindowedValue

from pipeline import world
from pipeline.options import RunOptions
from pipeline.windows import run_of

Output = Any  # an element or a beam.pvalue.TaggedOutput
FLUSH = 500  # elements a look-up in the lake takes at once


def _placed(output: Output, timestamp: Any, window: Any) -> Output:
    if isinstance(output, beam.pvalue.TaggedOutput):
        value = WindowedValue(output.value, timestamp, (window,))
        return beam.pvalue.TaggedOutput(output.tag, value)
    return WindowedValue(output, timestamp, (window,))


class PendingDoFn(beam.DoFn):
    """Has up to `in_flight` elements started at once; results keep the order of the elements."""

    in_flight = 64

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    def start_bundle(self) -> None:
        self._pending: deque[tuple[Future[list[Output]], Any, Any]] = deque()

    def start(self, element: Any, run: RunOptions) -> Future[list[Output]]:
        """Begin with one element of a run; the future brings its outputs."""
        raise TypeError(f"{type(self).__name__} has no start()")

    def settle(self, outputs: list[Output], run: RunOptions) -> Iterable[Output]:
        """Called on the DoFn's own thread, where counters may be raised."""
        return outputs

    def process(
        self,
        element: Any,
        timestamp: Any = beam.DoFn.TimestampParam,
        window: Any = beam.DoFn.WindowParam,
    ) -> Iterator[Output]:
        started = self.start(element, run_of(self.options, window))
        self._pending.append((started, timestamp, window))
        while len(self._pending) > self.in_flight or (self._pending and self._pending[0][0].done()):
            yield from self._next()

    def finish_bundle(self) -> Iterator[Output]:
        while self._pending:
            yield from self._next()

    def _next(self) -> Iterator[Output]:
        future, timestamp, window = self._pending.popleft()
        for output in self.settle(future.result(), run_of(self.options, window)):
            yield _placed(output, timestamp, window)


class AsyncDoFn(PendingDoFn):
    """Runs `work` on the world's event loop, where many wait for the network or for a worker.

    `work` must turn every failure that a record can cause into an output.
    """

    def setup(self) -> None:
        self.world = world.acquire(self.options)

    def teardown(self) -> None:
        world.release(self.options)

    def start(self, element: Any, run: RunOptions) -> Future[list[Output]]:
        return self.world.start(self.work(element, run))

    async def work(self, element: Any, run: RunOptions) -> list[Output]:
        """The outputs of one element."""
        raise TypeError(f"{type(self).__name__} has no work()")


class BatchDoFn(beam.DoFn):
    """Runs `work` for up to 500 elements at once, so that one query answers for all of them."""

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    def start_bundle(self) -> None:
        self._held: list[tuple[Any, Any, Any]] = []

    def work(self, elements: Sequence[Any], run: RunOptions) -> Iterable[tuple[int, Output]]:
        """(position of the element, output) for the outputs of elements of one run."""
        raise TypeError(f"{type(self).__name__} has no work()")

    def process(
        self,
        element: Any,
        timestamp: Any = beam.DoFn.TimestampParam,
        window: Any = beam.DoFn.WindowParam,
    ) -> Iterator[Output]:
        if self._held and (len(self._held) >= FLUSH or self._held[0][2] != window):
            yield from self._flush()
        self._held.append((element, timestamp, window))

    def finish_bundle(self) -> Iterator[Output]:
        if self._held:
            yield from self._flush()

    def _flush(self) -> Iterator[Output]:
        held, self._held = self._held, []
        run = run_of(self.options, held[0][2])
        for position, output in self.work([element for element, _, _ in held], run):
            _, timestamp, window = held[position]
            yield _placed(output, timestamp, window)
