"""A list of feeds in; out they come again and again, each batch of them when it is due, for ever.

A batch begins only when the run of the batch before it is in the lake: two runs side by side would
both take an entry for new. So the source holds the watermark behind the batch in hand, lets it pass
when the batch is out, and then waits until readers of the lake see its run, and a minute is over.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.io.watermark_estimators import ManualWatermarkEstimator
from apache_beam.transforms.core import RestrictionProvider
from apache_beam.transforms.window import TimestampedValue
from apache_beam.utils.timestamp import Duration, Timestamp

from pipeline.fetching.feed_state import waiting_times
from pipeline.lake.lock import is_told_to_stop
from pipeline.lake.store import Lake
from pipeline.options import MICROSECONDS, RunOptions
from pipeline.windows import batch_run

END_OF_TIME = 1 << 40  # seconds since 1970; below what a double counts exactly
LOOK_AGAIN_S = 1


class Seconds(OffsetRestrictionTracker):
    """The seconds in which batches may still begin; they are claimed in order, by one worker."""

    def try_split(self, fraction_of_remainder: float) -> tuple[OffsetRange, OffsetRange] | None:
        if fraction_of_remainder:
            return None
        parts: tuple[OffsetRange, OffsetRange] | None = super().try_split(0)
        return parts

    def is_bounded(self) -> bool:
        return False


class AllTime(RestrictionProvider):
    """Every second from now on."""

    def initial_restriction(self, _feeds: Sequence[str]) -> OffsetRange:
        return OffsetRange(0, END_OF_TIME)

    def create_tracker(self, restriction: OffsetRange) -> Seconds:
        return Seconds(restriction)

    def restriction_size(self, feeds: Sequence[str], _restriction: OffsetRange) -> int:
        return len(feeds)

    def truncate(self, _feeds: Sequence[str], _restriction: OffsetRange) -> None:
        """A runner that drains the job wants no further batch."""


SECONDS = beam.DoFn.RestrictionParam(AllTime())
WATERMARK = beam.DoFn.WatermarkEstimatorParam(ManualWatermarkEstimator.default_provider())


class DueFeeds(beam.DoFn):
    """Feed URLs, as one element -> those that are due, with the second in which their batch began."""

    def __init__(self, options: RunOptions) -> None:
        self.options = options

    @beam.DoFn.unbounded_per_element()
    def process(
        self,
        feeds: Sequence[str],
        seconds: Any = SECONDS,
        watermark: Any = WATERMARK,
    ) -> Iterator[TimestampedValue]:
        root, earliest = Path(self.options.lake), seconds.current_restriction().start
        if is_told_to_stop(root, self.options.run_id):
            seconds.try_claim(END_OF_TIME)
            return
        second = max(int(time.time()), earliest)  # a clock that was set back does not matter
        due = self._due(Lake.open(root), feeds, earliest - 1, second)
        if due:
            seconds.try_claim(second)
            for url in due:
                yield TimestampedValue(url, Timestamp(second))
            watermark.set_watermark(Timestamp(second + 1))
        seconds.defer_remainder(Duration(LOOK_AGAIN_S))

    def _due(self, lake: Lake, feeds: Sequence[str], last: int, second: int) -> list[str]:
        """What to ask now; nothing while the batch that began in second `last` is on its way."""
        if last >= 0 and second < last + self.options.batch_gap_s:
            return []
        if last >= 0 and not lake.has_run(batch_run(self.options, last).run_id):
            return []
        now = second * MICROSECONDS
        waits = waiting_times(feeds, lake.feed_states(now), now)
        return [url for url, wait in waits.items() if not wait]
