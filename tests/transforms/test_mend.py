"""Records that are about what failed, or where an entry ended, reach the lake whatever is in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that

from schemas.contract import dead_letter_row, entry_row, fetch_row
from schemas.errors import ContractError
from schemas.packed_rows import unpack_rows
from schemas.run_records import DeadLetter, FeedFetch, Outcome
from transforms.mend import mended
from transforms.stages import RecordsToRows, register_coders

LETTER = DeadLetter(
    "e1", "http://a.example/feed", "half a \ud83d face", "http://a.example/1", "f", "fetch", "timeout",
    "RetryableError", "it took \udc00 too long", False, 1 << 40, 1 << 62,
)  # fmt: skip
OUTCOME = Outcome(
    "e1", "http://a.example/feed", "half a \ud83d face", "http://a.example/1", "f", "retry", "", -(1 << 80),
    "timeout", 1, -(1 << 62),
)  # fmt: skip
FETCH = FeedFetch(
    "http://a.example/feed", "http://a.example/\ud83d", 1_790_000_000_000_000, 1 << 70, b"\xff", b"", "",
    1, 0, 1 << 63, 0, "", False, "", 0,
)  # fmt: skip
RECORDS: list[tuple[str, Any, Any]] = [
    ("dead_letters", dead_letter_row, LETTER),
    ("feed_entries", entry_row, OUTCOME),
    ("feed_fetches", fetch_row, FETCH),
]


@pytest.mark.parametrize(("table", "row_of", "record"), RECORDS)
def test_what_breaks_the_contract_keeps_it_when_mended(table, row_of, record):
    with pytest.raises(ContractError):
        row_of(record, run_id="r1")
    assert row_of(mended(table, record), run_id="r1")["run_id"] == "r1"


def test_only_what_the_table_cannot_keep_is_changed():
    letter = mended("dead_letters", LETTER)
    assert letter.guid == "half a \ufffd face"
    assert letter.attempts == (1 << 31) - 1
    assert letter.message == "it took \ufffd too long"
    same = {"guid", "message", "attempts", "failed_at"}
    assert {n for n, v in letter._asdict().items() if v != getattr(LETTER, n)} == same


class Emit(beam.DoFn):
    def __init__(self, record):
        self.record = record

    def process(self, _: Any) -> Iterator[Any]:
        yield self.record


def names(rows: list[Any]) -> None:
    found = sorted((packed.table, len(unpack_rows(packed.rows, {}))) for packed, _ in rows)
    assert found == [("dead_letters", 1), ("feed_entries", 1), ("feed_fetches", 1)]


def test_no_such_record_ends_a_run():
    register_coders()
    found = {"letters": LETTER, "outcomes": OUTCOME, "fetches": FETCH}
    with beam.Pipeline(runner="FnApiRunner") as pipeline:
        # Out of a stage without types, as in the graph: Beam makes rows of what has one
        records = {
            name: pipeline
            | f"One of {name}" >> beam.Create([name])
            | name >> beam.ParDo(Emit(record))
            for name, record in found.items()
        }
        rows = (records | RecordsToRows(lambda _: "r1")) | beam.Flatten()
        assert_that(rows, names)
