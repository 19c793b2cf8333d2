"""The whole graph on one screen: feeds or documents in, a published run in the lake out.

    feeds ─ poll ─ entries ─ by address ─ not known ─┐
                                                     ├─ fetch, extract, strip, tag ─ by article ─┐
    documents ───────────────────────────────────────┘                                          │
      lake ◄─ publish ◄─ files ◄─ by file ◄─ rows ◄─ copies, lines of sites ◄─ new, version ◄──┘

Every stage has an output for what failed (`letters`) and for where an entry ended (`outcomes`).
HTML is read and turned into an article in one step: none crosses a shuffle. A run is a window: a
bounded graph has one, the unbounded one a window for each batch of feeds that are due.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam import ParDo

from pipeline.feed_clock import DueFeeds
from pipeline.fetch_stages import PollFeeds, ReadDocuments, RefineDocuments, RefineEntries
from pipeline.lake.sink import WriteTables
from pipeline.lake_stages import (
    FindClusters,
    LeaveOutKnown,
    Publish,
    RecallFeeds,
    SettleArticles,
    end_of,
)
from pipeline.options import RunOptions
from pipeline.site_stages import LeaveOutRepeated
from pipeline.windows import BATCH, run_id_of
from transforms.stages import (
    CountNames,
    GroupByAddress,
    GroupByArticle,
    ListOf,
    RecordsToRows,
    SettleFetches,
    article_to_rows,
    register_coders,
    signed,
)

register_coders()


class Streams(NamedTuple):
    """What the two ways in have in common, before articles are settled."""

    landed: beam.PCollection  # Landed
    letters: beam.PCollection  # DeadLetter
    outcomes: beam.PCollection  # Outcome: entries that ended before an article was made
    fetches: beam.PCollection | None  # FeedFetch; documents are not polled
    names: beam.PCollection  # str: what to count for the run's row


def from_feeds(feeds: beam.PCollection, options: RunOptions) -> Streams:
    """Feed URLs -> articles: poll, leave out what the lake knows, fetch and refine the rest."""
    polled = (
        feeds
        | "Spread feeds" >> beam.Reshuffle()
        | "Recall feeds" >> ParDo(RecallFeeds(options))
        | "Poll feeds"
        >> ParDo(PollFeeds(options)).with_outputs("fetches", "letters", main="entries")
    )
    fresh = (
        polled.entries
        | "Entries by address" >> GroupByAddress()
        | "Leave out known" >> ParDo(LeaveOutKnown(options)).with_outputs("outcomes", main="work")
    )
    refined = (
        fresh.work
        | "Spread pages" >> beam.Reshuffle()
        | "Fetch and refine"
        >> ParDo(RefineEntries(options)).with_outputs("letters", "outcomes", main="landed")
    )
    return Streams(
        refined.landed,
        (polled.letters, refined.letters) | "All letters" >> beam.Flatten(),
        (fresh.outcomes, refined.outcomes) | "Early outcomes" >> beam.Flatten(),
        polled.fetches,
        (
            polled.entries | "Name entries" >> beam.Map(lambda _: "entries_seen"),
            polled.fetches | "Name polls" >> beam.Map(lambda _: "feeds_polled"),
            polled.fetches
            | "Only failed" >> beam.Filter(lambda fetch: fetch.error)
            | "Name failed polls" >> beam.Map(lambda _: "feeds_failed"),
        )
        | "Names of polls" >> beam.Flatten(),
    )


def from_documents(paths: beam.PCollection, options: RunOptions) -> Streams:
    """Paths of files and folders -> articles: read and refine."""
    documents = paths | "Spread paths" >> beam.Reshuffle() | "Read" >> ParDo(ReadDocuments(options))
    refined = documents | "Refine" >> ParDo(RefineDocuments(options)).with_outputs(
        "letters", "outcomes", main="landed"
    )
    return Streams(
        refined.landed,
        refined.letters,
        refined.outcomes,
        None,
        documents | "Name documents" >> beam.Map(lambda _: "entries_seen"),
    )


def land(streams: Streams, options: RunOptions) -> beam.PCollection:
    """Settle, cluster, write and publish; gives the row of the run once it is in the lake."""
    name_of_run = partial(run_id_of, options)
    settled = (
        streams.landed
        | "By article" >> GroupByArticle()
        | "Settle" >> ParDo(SettleArticles(options)).with_outputs("outcomes", main="articles")
    )
    clusters = (
        settled.articles
        | "Sign" >> beam.Map(signed)
        | "All signatures" >> ListOf()
        | "Find clusters" >> ParDo(FindClusters(options))
    )
    outcomes = (streams.outcomes, settled.outcomes) | "All outcomes" >> beam.Flatten()
    records = {"letters": streams.letters, "outcomes": outcomes}
    if streams.fetches is not None:
        records["fetches"] = {"fetches": streams.fetches, "outcomes": outcomes} | SettleFetches()
    articles = settled.articles | "What sites repeat" >> LeaveOutRepeated(options, clusters)
    article_rows = articles | "Article rows" >> beam.FlatMap(
        article_to_rows, beam.pvalue.AsSingleton(clusters), name_of_run
    )
    rows = (article_rows, *(records | "Record rows" >> RecordsToRows(name_of_run)))
    counts = (
        streams.names,
        outcomes | "Name outcomes" >> beam.Map(end_of),
    ) | "All names" >> beam.Flatten()
    return (
        rows
        | "Write" >> WriteTables(options)
        | "All files" >> ListOf()
        | "Publish"
        >> ParDo(Publish(options), beam.pvalue.AsSingleton(counts | "Count" >> CountNames()))
    )


def feeds_graph(root: beam.Pipeline, feeds: Sequence[str], options: RunOptions) -> Any:
    """One bounded run over `feeds`."""
    return land(from_feeds(root | "Feeds" >> beam.Create(list(feeds)), options), options)


def unbounded_graph(root: beam.Pipeline, feeds: Sequence[str], options: RunOptions) -> Any:
    """Run after run over `feeds`, each feed when it is due, until the job is told to stop."""
    due = (
        root
        | "All feeds" >> beam.Create([tuple(feeds)])
        | "Due feeds" >> ParDo(DueFeeds(options))
        | "A window a batch" >> beam.WindowInto(BATCH)
    )
    return land(from_feeds(due, options), options)


def documents_graph(root: beam.Pipeline, paths: Sequence[str], options: RunOptions) -> Any:
    """One backfill of `paths`."""
    return land(from_documents(root | "Paths" >> beam.Create(list(paths)), options), options)
