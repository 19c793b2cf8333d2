"""Settled articles in, the same out, without the lines that their sites repeat from story to story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import AsDict, AsSingleton

from pipeline.bundles import AsyncDoFn, Output
from pipeline.options import RunOptions
from pipeline.parsing.remote import pack_without
from schemas.errors import RecordError
from schemas.records import LineKeys
from transforms.settle import Settled
from transforms.site_repeats import SiteLines, lines_to_go, site_lines


class LeaveOutRepeated(beam.PTransform):
    """`Settled` -> `Settled`: an article whose text changes is tagged again, no other crosses a process.

    `clusters` is {article id: cluster id}. The pages of a run are compared site by site: their lines are
    never all in one place.
    """

    def __init__(self, options: RunOptions, clusters: beam.PCollection) -> None:
        super().__init__()
        self._options = options
        self._clusters = clusters

    def expand(self, articles: beam.PCollection) -> beam.PCollection:
        sites = (
            articles
            | "Lines by site"
            >> beam.FlatMap(_by_site).with_output_types(tuple[str, tuple[str, LineKeys]])
            | "Pages of a site" >> beam.GroupByKey()
            | "Lines of a site" >> beam.FlatMap(_repeated, AsSingleton(self._clusters))
        )
        return articles | "Ask the site" >> beam.ParDo(_AskSite(self._options), AsDict(sites))


def _by_site(settled: Settled) -> Iterator[tuple[str, tuple[str, LineKeys]]]:
    article = settled.article
    if article.line_keys.site:
        yield article.line_keys.site, (article.article_id, article.line_keys)


def _repeated(
    site: tuple[str, Iterable[tuple[str, LineKeys]]], clusters: Mapping[str, str]
) -> Iterator[tuple[str, SiteLines]]:
    name, pages = site
    lines = site_lines((clusters[article_id], keys) for article_id, keys in pages)
    if lines.some:
        yield name, lines


class _AskSite(AsyncDoFn):
    """`Settled` without the lines that are its site's; as it was where it has none, or that fails."""

    def process(  # type: ignore[override]  # Beam passes what the sites say second
        self,
        settled: Settled,
        sites: Mapping[str, SiteLines],
        timestamp: Any = beam.DoFn.TimestampParam,
        window: Any = beam.DoFn.WindowParam,
    ) -> Iterator[Output]:
        lines = lines_to_go(settled.article.line_keys, sites)
        if lines:
            yield from super().process((settled, lines), timestamp, window)
        else:
            yield settled

    async def work(self, element: tuple[Settled, Sequence[int]], run: RunOptions) -> list[Output]:
        """Tag the article again without these lines."""
        settled, lines = element
        try:
            article = await self.world.pool.run(pack_without, settled.article, lines)
        except RecordError:
            article = None
        return [settled._replace(article=article) if article else settled]
