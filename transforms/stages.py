"""Beam wiring of the pure transforms: elements in, elements and rows out. No logic here.

The logic is in plain functions that a test calls without Beam: `settle`, `deduplicate`, `contract`.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

import apache_beam as beam
from apache_beam.coders import registry
from apache_beam.coders.row_coder import RowCoder

from schemas import records, run_records
from schemas.contract import dead_letter_row, entry_row, fetch_row
from schemas.errors import ContractError
from schemas.packed_rows import pack_rows
from schemas.records import FeedEntry, PackedRows
from schemas.rows import Row
from schemas.run_records import DeadLetter, FeedFetch, Outcome
from transforms.deduplicate import Signed
from transforms.mend import mended
from transforms.settle import Landed, Settled, Work, address, settle_fetch

RowsToWrite = tuple[PackedRows, dict[str, Any]]  # and the columns that were decided since
RunIdOf = Callable[[Any], str]  # a window -> the name of the run that it is


def register_coders() -> None:
    """Let Beam encode the records as rows: a third of the cost of pickling them."""
    known = chain(vars(records).values(), vars(run_records).values())
    named = (value for value in known if hasattr(value, "_fields"))
    for record in (*named, Work, Landed, Settled, Signed):
        registry.register_coder(record, RowCoder)


class GroupByAddress(beam.PTransform):
    """`FeedEntry` -> (address, every entry of the run that points there)."""

    def expand(self, entries: beam.PCollection) -> beam.PCollection:
        return (
            entries
            | beam.WithKeys(address).with_output_types(tuple[str, FeedEntry])
            | beam.GroupByKey()
        )


class GroupByArticle(beam.PTransform):
    """`Landed` -> (article id, every find of the run that claims it)."""

    def expand(self, landed: beam.PCollection) -> beam.PCollection:
        return (
            landed
            | beam.WithKeys(_article_id).with_output_types(tuple[str, Landed])
            | beam.GroupByKey()
        )


def _article_id(landed: Landed) -> str:
    return landed.article.article_id


class SettleFetches(beam.PTransform):
    """{"fetches": FeedFetch, "outcomes": Outcome} -> `FeedFetch` as it is to be committed."""

    def expand(self, pcolls: dict[str, beam.PCollection]) -> beam.PCollection:
        keyed = {
            "fetches": pcolls["fetches"] | "Fetch by feed" >> beam.WithKeys(_feed_url),
            "outcomes": pcolls["outcomes"] | "Outcome by feed" >> beam.WithKeys(_feed_url),
        }
        return keyed | beam.CoGroupByKey() | beam.FlatMap(_settled_fetches)


def _feed_url(record: FeedFetch | Outcome) -> str:
    return record.feed_url


def _settled_fetches(grouped: tuple[str, dict[str, Any]]) -> Iterator[FeedFetch]:
    outcomes = list(grouped[1]["outcomes"])
    for fetch in grouped[1]["fetches"]:
        yield settle_fetch(fetch, outcomes)


class ListOf(beam.PTransform):
    """Every element of a window -> one list; an empty list for an empty bounded input."""

    def expand(self, pcoll: beam.PCollection) -> beam.PCollection:
        return pcoll | _combined(_Together(), pcoll) | "Unpickle" >> beam.Map(pickle.loads)


class _Together(beam.CombineFn):
    """Elements -> one pickled list; Beam would pickle each of them at each of seven steps.

    A runner may have the elements so far made compact, which pickles them, at any time.
    """

    def create_accumulator(self) -> list[Any]:
        return []

    def add_input(self, some: list[Any] | bytes, element: Any) -> list[Any]:
        together = _as_list(some)
        together.append(element)
        return together

    def compact(self, some: list[Any] | bytes) -> bytes:
        return some if isinstance(some, bytes) else pickle.dumps(some)

    def merge_accumulators(self, lists: Iterable[list[Any] | bytes]) -> list[Any]:
        return list(chain.from_iterable(map(_as_list, lists)))

    def extract_output(self, some: list[Any] | bytes) -> bytes:
        return self.compact(some)


def _as_list(some: list[Any] | bytes) -> list[Any]:
    return pickle.loads(some) if isinstance(some, bytes) else some  # noqa: S301 - our own bytes


class CountNames(beam.PTransform):
    """Names -> one dictionary of how often each occurred in a window."""

    def expand(self, names: beam.PCollection) -> beam.PCollection:
        return names | _combined(_Tally(), names)


class _Tally(beam.CombineFn):
    """Names -> {name: how often}."""

    def create_accumulator(self) -> dict[str, int]:
        return {}

    def add_input(self, tally: dict[str, int], name: str) -> dict[str, int]:
        tally[name] = tally.get(name, 0) + 1
        return tally

    def merge_accumulators(self, tallies: Iterable[dict[str, int]]) -> dict[str, int]:
        return dict(sum(map(Counter, tallies), Counter[str]()))

    def extract_output(self, tally: dict[str, int]) -> dict[str, int]:
        return tally


def _combined(how: beam.CombineFn, pcoll: beam.PCollection) -> beam.CombineGlobally:
    """All of a window as one; Beam has a result for no elements only where there is one window."""
    combine = beam.CombineGlobally(how)
    return combine if pcoll.windowing.is_default() else combine.without_defaults()


def signed(settled: Settled) -> Signed:
    """What clustering needs of a settled article."""
    article = settled.article
    date = article.date_fetched if article.date_published is None else article.date_published
    return Signed(article.article_id, date, tuple(article.signature), settled.cluster_id)


def article_to_rows(
    settled: Settled,
    clusters: dict[str, str],
    run_id_of: RunIdOf,
    window: Any = beam.DoFn.WindowParam,
) -> Iterator[RowsToWrite]:
    """The rows of one article version in every table that it reaches."""
    article, version, _ = settled
    cluster_id = clusters[article.article_id]
    decided = {"version": version, "cluster_id": cluster_id, "run_id": run_id_of(window)}
    for rows in article.rows:
        yield rows, decided


class RecordsToRows(beam.PTransform):
    """{"letters", "outcomes", "fetches"} -> rows to write of each; a known entry has its row already.

    Without "fetches" where nothing was polled.
    """

    def __init__(self, run_id_of: RunIdOf) -> None:
        super().__init__()
        self.run_id_of = run_id_of

    def expand(self, pcolls: dict[str, beam.PCollection]) -> tuple[beam.PCollection, ...]:
        ended = pcolls["outcomes"] | beam.Filter(_is_new)
        rows = (
            pcolls["letters"] | beam.Map(_letter_row, self.run_id_of),
            ended | beam.Map(_outcome_row, self.run_id_of),
        )
        if "fetches" not in pcolls:
            return rows
        return (*rows, pcolls["fetches"] | beam.Map(_fetch_row, self.run_id_of))


def _is_new(outcome: Outcome) -> bool:
    return outcome.outcome != "known"


def _letter_row(
    letter: DeadLetter, run_id_of: RunIdOf, window: Any = beam.DoFn.WindowParam
) -> RowsToWrite:
    return _packed("dead_letters", dead_letter_row, letter, run_id_of(window))


def _fetch_row(
    fetch: FeedFetch, run_id_of: RunIdOf, window: Any = beam.DoFn.WindowParam
) -> RowsToWrite:
    return _packed("feed_fetches", fetch_row, fetch, run_id_of(window))


def _outcome_row(
    outcome: Outcome, run_id_of: RunIdOf, window: Any = beam.DoFn.WindowParam
) -> RowsToWrite:
    return _packed("feed_entries", entry_row, outcome, run_id_of(window))


def _packed(table: str, row_of: Callable[..., Row], record: Any, run_id: str) -> RowsToWrite:
    """The row of a record; one that breaks the contract is mended, for it may not end the run."""
    try:
        row = row_of(record, run_id=run_id)
    except ContractError:
        row = row_of(mended(table, record), run_id=run_id)
    return pack_rows(table, [row]), {}
