"""An article and what its page and its feed say come in, where each of its fields came from goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.records import Article, FeedEntry, FieldSource
from transforms.pages.page_metadata import PageMetadata

_OF_PAGE = {
    "headline": "headline",
    "standfirst": "standfirst",
    "authors": "authors",
    "section": "section",
    "publisher": "publisher",
    "date_modified": "modified",
    "image": "image",
    "caption": "caption",
}  # fmt: skip  (field of an article -> field of its page's metadata)


def page_sources(
    article: Article, metadata: PageMetadata, entry: FeedEntry, agency_in_story: bool
) -> list[FieldSource]:
    """The sources of the fields of a page's article that are not empty, in the order of the columns."""
    stated = {
        field: metadata.sources[field]
        for field, name in _OF_PAGE.items()
        if getattr(metadata, name)
    }
    beyond = dict.fromkeys(_OF_PAGE, "feed") | {"caption": "text"}
    if not entry.feed_title:
        beyond["publisher"] = "host"
    agency = {"agency": "dateline" if agency_in_story else "byline", "dateline": "dateline"}
    return list(_of(article, beyond | agency | stated))


def text_sources(article: Article, entry: FeedEntry) -> list[FieldSource]:
    """The sources of the fields of an article without a page: the record it came with, or its text."""
    given = "feed" if entry.source == "feed" else "meta"
    found = {
        "headline": given if entry.title else "text",
        "standfirst": "text",
        "authors": given if entry.authors else "byline",
        "section": given if article.section in entry.categories else "text",
        "publisher": given,
        "date_modified": given,
        "image": given,
        "caption": "text",
        "agency": "dateline" if article.dateline else "byline",
        "dateline": "dateline",
    }
    return list(_of(article, found))


def _of(article: Article, sources: Mapping[str, str]) -> Iterator[FieldSource]:
    for field in Article._fields:
        if field in sources and getattr(article, field):
            yield FieldSource(field, sources[field])
