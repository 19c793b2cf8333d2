"""An extracted article in, the same without what the lake cannot keep out.

A `\\ud83d` in JSON-LD is half a character, and a feed may date its entry to the year 1201 or 9999: one
such value must not cost the article, still less the run.
"""

from __future__ import annotations

from typing import Any

from schemas.records import Article, Removal
from schemas.rows import EARLIEST, LATEST


def keepable(article: Article) -> Article:
    """Half characters become U+FFFD; a time outside the years 1900 to 2100 is unknown."""
    changes: dict[str, Any] = {
        name: whole(value)
        for name, value in zip(article._fields, article, strict=True)
        if isinstance(value, str)
    }
    return _dated(article)._replace(
        **changes,
        authors=list(map(whole, article.authors)),
        doubtful=list(map(whole, article.doubtful)),
        removed=[Removal(whole(line.text), line.rule) for line in article.removed],
    )


def whole(text: str) -> str:
    """The text with U+FFFD for half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _dated(article: Article) -> Article:
    if not _is_known(article.date_modified):
        article = article._replace(date_modified=None)
    if not _is_known(article.date_published):
        article = article._replace(date_published=None, day_published="", date_source="")
    return article


def _is_known(micros: int | None) -> bool:
    return micros is not None and EARLIEST <= micros < LATEST
