"""The error tree: each class says what the caller can do about it.

    DatelineError            anything that dateline raises on purpose
    ├── InputError           the user's input is wrong: says which input and the remedy (exit status 2)
    ├── ContractError        a record breaks the contract of the lake: names table, column and value
    ├── LakeError            the lake cannot be read or written: locked, newer schema, full disk
    ├── Stopped              an order to stop came while nothing was in hand
    └── RecordError          one record failed; it becomes a dead letter and the run goes on
        ├── RetryableError   trying again later may help (timeout, 503, refused connection)
        └── FinalError       trying again will not help (410, not an article, parse bomb)

A `RecordError` carries the `stage` it happened in and a short `reason` code, which are the columns
that the lake's `dead_letters` table is grouped by.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Anything that dateline raises on purpose."""


class InputError(DatelineError):
    """The user's input is wrong; the message names the input and the remedy."""


class ContractError(DatelineError):
    """A record breaks the contract of the lake; the message names table, column and value."""


class LakeError(DatelineError):
    """The lake cannot be read or written."""


class Stopped(DatelineError):
    """An order to stop came while nothing was in hand that wants to be finished."""


class RecordError(DatelineError):
    """One record failed. It becomes a dead letter; the run goes on."""

    def __init__(self, stage: str, reason: str, message: str = "") -> None:
        super().__init__(stage, reason, message)  # all arguments, so that the error pickles
        self.stage = stage
        self.reason = reason
        self.message = message or reason

    def __str__(self) -> str:
        return f"{self.stage}: {self.reason}: {self.message}"


class RetryableError(RecordError):
    """Trying this record again later may help."""


class FinalError(RecordError):
    """Trying this record again will not help."""
