"""An article in, its checked rows as bytes out; those bytes and what was decided in, rows out.

Rows are made, held to the contract and packed where the article was made, in a process of the parse
pool; from there to the sink they are bytes. Beside them stands what an article is settled and
clustered by. Encoding the articles themselves, stage after stage, took longer than making the rows,
and all of it fell to one process.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from typing import Any

from schemas.contract import article_rows
from schemas.errors import ContractError, FinalError
from schemas.records import Article, PackedArticle, Refined, RefinedRows
from schemas.rows import Row

LEAD = 2 * 86_400_000_000  # microseconds that a publisher's clock and zone may be ahead of ours


def refine_to_rows(refine: Callable[..., Refined], now: int, *args: Any) -> RefinedRows:
    """What `refine(*args)` makes of a record that is fetched at `now`, packed.

    Raises what `refine` raises, and FinalError where a row would break the contract of the lake.
    """
    article, extract_seconds, tag_seconds = refine(*args)
    return RefinedRows(pack(dated(article, now)), extract_seconds, tag_seconds)


def dated(article: Article, now: int) -> Article:
    """The article, fetched at `now`; a day of publication that is still to come is no such day."""
    if article.date_published is not None and article.date_published > now + LEAD:
        article = article._replace(date_published=None, day_published="", date_source="")
    return article._replace(date_fetched=now)


def pack(article: Article) -> PackedArticle:
    """The article's rows, checked, but for the three columns that `unpack` fills in.

    Raises FinalError where a row would break the contract: it costs this article alone.
    """
    try:
        rows = article_rows(article, version=0, cluster_id="", run_id="")
    except ContractError as error:
        raise FinalError("contract", "broken-row", str(error)) from error
    return PackedArticle(
        article_id=article.article_id,
        feed_url=article.feed_url,
        entry_id=article.entry_id,
        content_hash=article.content_hash,
        date_published=article.date_published,
        date_fetched=article.date_fetched,
        signature=article.signature,
        rows=pickle.dumps(rows, pickle.HIGHEST_PROTOCOL),
    )


def unpack(
    article: PackedArticle, *, version: int, cluster_id: str, run_id: str
) -> Iterator[tuple[str, list[Row]]]:
    """(table, rows) of each table that the article reaches, with what the run decided filled in."""
    found: dict[str, list[Row]] = pickle.loads(article.rows)  # noqa: S301 - from `pack`
    for table, rows in found.items():
        for row in rows:
            row.update(version=version, cluster_id=cluster_id, run_id=run_id)
        if rows:
            yield table, rows
