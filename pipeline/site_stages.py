"""Settled articles in, the same out, without the lines that their sites repeat from story to story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import apache_beam as beam
from apache_beam.pvalue import AsDict, AsSingleton, TaggedOutput

from pipeline.bundles import AsyncDoFn, Output
from pipeline.options import RunOptions
from pipeline.parsing.remote import pack_without
from schemas.errors import RecordError
from schemas.records import LineKeys
from transforms.settle import Settled
from transforms.site_repeats import Asked, SiteLines, lines_to_go, site_lines


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
            >> beam.FlatMap(_by_site, AsSingleton(self._clusters)).with_output_types(
                tuple[str, tuple[str, LineKeys]]
            )
            | "Pages of a site" >> beam.GroupByKey()
            | "Lines of a site" >> beam.FlatMap(_repeated)
        )
        told = articles | "Ask the site" >> beam.ParDo(_AskSite(), AsDict(sites)).with_outputs(
            "again", main="whole"
        )
        again = told.again | "Tag again" >> beam.ParDo(_TagAgain(self._options))
        return (told.whole, again) | "All articles" >> beam.Flatten()


def _by_site(settled: Settled, clusters: Mapping[str, str]) -> Iterator[tuple[str, Asked]]:
    article = settled.article
    if article.line_keys.site:
        yield article.line_keys.site, (clusters[article.article_id], article.line_keys)


def _repeated(site: tuple[str, Iterable[Asked]]) -> Iterator[tuple[str, SiteLines]]:
    name, pages = site
    lines = site_lines(pages)
    if lines.some:
        yield name, lines


class _AskSite(beam.DoFn):
    """`Settled` as it is; output `again` for (`Settled`, keys of its lines that are the site's)."""

    def process(self, settled: Settled, sites: Mapping[str, SiteLines]) -> Iterator[Output]:
        lines = lines_to_go(settled.article.line_keys, sites)
        yield TaggedOutput("again", (settled, lines)) if lines else settled


class _TagAgain(AsyncDoFn):
    """(`Settled`, keys of lines) -> `Settled` without them; as it was where that fails."""

    async def work(self, element: tuple[Settled, Sequence[int]], _run: RunOptions) -> list[Output]:
        settled, lines = element
        try:
            article = await self.world.pool.run(pack_without, settled.article, lines)
        except RecordError:
            article = None
        return [settled._replace(article=article) if article else settled]
