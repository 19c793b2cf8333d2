"""An article in, its checked rows as bytes out, beside what it is settled and clustered by.

Rows are made and held to the contract where the article was made, in a process of the parse pool:
what is left for the end of a run falls to one process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from schemas.contract import article_rows
from schemas.errors import ContractError, FinalError
from schemas.packed_rows import pack_rows, unpack_rows
from schemas.records import Article, PackedArticle, Refined, RefinedRows
from schemas.rows import LEAD, untagged_article
from transforms.pages.line_keys import line_keys, without_lines
from transforms.refine import tag_again


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
    """The article with its rows, checked, but for the columns that are decided when it is settled.

    Raises FinalError where a row would break the contract: it costs this article alone.
    """
    try:
        found = article_rows(article, version=0, cluster_id="", run_id="")
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
        rows=[pack_rows(table, rows) for table, rows in found.items() if rows],
        line_keys=line_keys(article),
    )


def pack_without(packed: PackedArticle, keys: Sequence[int]) -> PackedArticle | None:
    """The article without lines of its site, tagged and packed again; None where none of them goes.

    Raises FinalError where a row would break the contract.
    """
    rows = next(rows for rows in packed.rows if rows.table == "articles")
    article = untagged_article(unpack_rows(rows.rows, {})[0])
    shorter = without_lines(article, set(keys))
    return None if shorter is article else pack(tag_again(shorter))
