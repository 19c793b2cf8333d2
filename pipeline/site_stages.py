"""Settled articles in, the same out, without the lines that their sites repeat from story to story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import apache_beam as beam
from apache_beam.pvalue import AsSingleton, TaggedOutput

from pipeline.bundles import AsyncDoFn, Output
from pipeline.options import RunOptions
from pipeline.parsing.remote import pack_without
from schemas.errors import RecordError
from transforms.settle import Settled
from transforms.site_repeats import SiteLines, lines_to_go, site_lines
from transforms.stages import ListOf


class LeaveOutRepeated(beam.PTransform):
    """`Settled` -> `Settled`: an article whose text changes is tagged again, no other crosses a process."""

    def __init__(self, options: RunOptions) -> None:
        super().__init__()
        self._options = options

    def expand(self, articles: beam.PCollection) -> beam.PCollection:
        sites = (
            articles
            | "Line keys" >> beam.Map(lambda settled: settled.article.line_keys)
            | "All line keys" >> ListOf()
            | "Lines of sites" >> beam.Map(site_lines)
        )
        told = articles | "Ask the site" >> beam.ParDo(_AskSite(), AsSingleton(sites)).with_outputs(
            "again", main="whole"
        )
        again = told.again | "Tag again" >> beam.ParDo(_TagAgain(self._options))
        return (told.whole, again) | "All articles" >> beam.Flatten()


class _AskSite(beam.DoFn):
    """`Settled` as it is; output `again` for (`Settled`, keys of its lines that are the site's)."""

    def process(self, settled: Settled, sites: dict[str, SiteLines]) -> Iterator[Output]:
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
