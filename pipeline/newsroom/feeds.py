"""From an outlet's stories to the bytes of its feeds, in every format that publishers use."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from string import Template
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pipeline.newsroom.pages import encode, story_paragraphs, story_path
from pipeline.newsroom.stories import NewsFeed, Outlet, Story


class Item(NamedTuple):
    """One entry, with every text plain."""

    title: str
    link: str
    guid: str
    summary: str
    content: str  # HTML
    authors: list[str]
    section: str
    published: datetime
    updated: datetime


CONTENT_TYPES = {
    "json11": "application/feed+json",
    "atom03": "application/atom+xml",
    "atom10": "application/atom+xml",
    "rss10": "application/rdf+xml",
    "sitemap": "application/xml",
}


def feed_body(outlet: Outlet, feed: NewsFeed, base: str) -> bytes:
    """The feed's bytes, in the outlet's encoding (JSON is always UTF-8)."""
    text = FORMATS[feed.format](outlet, feed, base, feed_items(outlet, feed, base))
    if feed.format == "json11":
        return text.encode()
    return encode(outlet, f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n{text}')


def feed_content_type(feed: NewsFeed) -> str:
    """The media type that the format is sent with."""
    return CONTENT_TYPES.get(feed.format, "application/rss+xml")


def feed_stories(outlet: Outlet, feed: NewsFeed) -> list[Story]:
    """The stories that the feed lists, newest first."""
    return [
        story for story in outlet.stories if not feed.sections or story.section in feed.sections
    ]


def feed_items(outlet: Outlet, feed: NewsFeed, base: str) -> list[Item]:
    """The feed's entries, newest first."""
    return [_item(outlet, feed, base, story) for story in feed_stories(outlet, feed)]


def _item(outlet: Outlet, feed: NewsFeed, base: str, story: Story) -> Item:
    url = base + story_path(outlet, story)
    paragraphs = story_paragraphs(outlet, story)
    return Item(
        title=story.headline,
        link=f"{url}?{feed.tracking}" if feed.tracking else url,
        guid=Template(feed.guid or "$url").substitute(slug=story.slug, url=url),
        summary=story.standfirst or paragraphs[0],
        content="\n".join(f"<p>{html.escape(text, False)}</p>" for text in paragraphs),
        authors=list(story.authors),
        section=story.section,
        published=story.published,
        updated=story.modified or story.published,
    )


def _newest(items: list[Item]) -> datetime:
    return max((item.updated for item in items), default=datetime(2025, 1, 1, tzinfo=UTC))


def _title(outlet: Outlet, feed: NewsFeed) -> str:
    return escape(feed.title or outlet.name)


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"


def _rss091(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    """RSS 0.91: items of title, link and description; no dates, no identifiers."""
    return _rss(outlet, feed, base, [_rss_core(item) for item in items], 'version="0.91"')


def _rss092(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    rows = [_rss_core(item) + _element("category", item.section) for item in items]
    return _rss(outlet, feed, base, rows, 'version="0.92"')


def _rss20(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    dc = "http://purl.org/dc/elements/1.1/"
    rows = [_rss_core(item) + _rss20_rest(item) for item in items]
    return _rss(outlet, feed, base, rows, f'version="2.0" xmlns:dc="{dc}"')


def _rss20_full(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    spaces = (
        'version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    rows = [
        f"{_rss_core(item)}{_rss20_rest(item)}"
        f"<content:encoded><![CDATA[{item.content}]]></content:encoded>\n"
        for item in items
    ]
    return _rss(outlet, feed, base, rows, spaces)


def _rss(outlet: Outlet, feed: NewsFeed, base: str, rows: list[str], attributes: str) -> str:
    items = "".join(f"<item>\n{row}</item>\n" for row in rows)
    return (
        f"<rss {attributes}><channel>\n<title>{_title(outlet, feed)}</title>"
        f"<link>{base}/</link><description>{_title(outlet, feed)}</description>"
        f"<language>{outlet.language}</language>\n{items}</channel></rss>\n"
    )


def _rss_core(item: Item) -> str:
    return "\n".join(
        (
            _element("title", item.title),
            _element("link", item.link),
            _element("description", item.summary),
            "",
        )
    )


def _rss20_rest(item: Item) -> str:
    link_is_guid = str(item.guid.startswith("http")).lower()
    creators = "".join(_element("dc:creator", author) for author in item.authors)
    return (
        f'<guid isPermaLink="{link_is_guid}">{escape(item.guid)}</guid>'
        f"<pubDate>{format_datetime(item.published)}</pubDate>"
        f"{creators}{_element('category', item.section)}\n"
    )


def _rss10(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    """RSS 1.0: an RDF graph; the channel lists its items, which stand beside it."""
    index = "".join(f"<rdf:li resource={quoteattr(item.link)}/>" for item in items)
    rows = "".join(
        f"<item rdf:about={quoteattr(item.link)}>\n{_rss_core(item)}"
        f"<dc:date>{item.published.isoformat()}</dc:date>"
        f"{_element('dc:creator', ', '.join(item.authors))}</item>\n"
        for item in items
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{base}{feed.path}"><title>{_title(outlet, feed)}</title>'
        f"<link>{base}/</link><description>{_title(outlet, feed)}</description>"
        f"<dc:language>{outlet.language}</dc:language>"
        f"<items><rdf:Seq>{index}</rdf:Seq></items></channel>\n{rows}</rdf:RDF>\n"
    )


def _atom03(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    rows = "".join(
        f"<entry>{_element('title', item.title)}"
        f'<link rel="alternate" type="text/html" href={quoteattr(item.link)}/>'
        f"{_element('id', item.guid)}<issued>{item.published.isoformat()}</issued>"
        f"<modified>{item.updated.isoformat()}</modified>{_atom_authors(item)}"
        f'<summary type="text/plain" mode="escaped">{escape(item.summary)}</summary></entry>\n'
        for item in items
    )
    return (
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="{outlet.language}">'
        f"<title>{_title(outlet, feed)}</title>"
        f'<link rel="alternate" type="text/html" href="{base}/"/>'
        f"<modified>{_newest(items).isoformat()}</modified>\n{rows}</feed>\n"
    )


def _atom10(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    rows = "".join(
        f"<entry>{_element('title', item.title)}<link href={quoteattr(item.link)}/>"
        f"{_element('id', item.guid)}<published>{item.published.isoformat()}</published>"
        f"<updated>{item.updated.isoformat()}</updated>{_atom_authors(item)}"
        f"<category term={quoteattr(item.section)}/>"
        f'<summary type="html">{escape(html.escape(item.summary, False))}</summary></entry>\n'
        for item in items
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<title>{_title(outlet, feed)}</title><id>{base}{feed.path}</id>"
        f'<link href="{base}/"/><link rel="self" href="{base}{feed.path}"/>'
        f"<updated>{_newest(items).isoformat()}</updated>\n{rows}</feed>\n"
    )


def _atom_authors(item: Item) -> str:
    return "".join(f"<author>{_element('name', author)}</author>" for author in item.authors)


def _json11(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    rows = [
        {
            "id": item.guid,
            "url": item.link,
            "title": item.title,
            "summary": item.summary,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [{"name": author} for author in item.authors],
            "tags": [item.section],
        }
        for item in items
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title or outlet.name,
        "home_page_url": f"{base}/",
        "feed_url": base + feed.path,
        "language": outlet.language,
        "items": rows,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _sitemap(outlet: Outlet, feed: NewsFeed, base: str, items: list[Item]) -> str:
    name = f"<news:publication>{_element('news:name', feed.title or outlet.name)}"
    rows = "".join(
        f"<url><loc>{escape(item.link)}</loc><news:news>{name}"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{item.published.isoformat()}</news:publication_date>"
        f"{_element('news:title', item.title)}</news:news>"
        f"<lastmod>{item.updated.isoformat()}</lastmod></url>\n"
        for item in items
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>\n'
    )


FORMATS: dict[str, Callable[[Outlet, NewsFeed, str, list[Item]], str]] = {
    "rss091": _rss091,
    "rss092": _rss092,
    "rss10": _rss10,
    "rss20": _rss20,
    "rss20-full": _rss20_full,
    "atom03": _atom03,
    "atom10": _atom10,
    "json11": _json11,
    "sitemap": _sitemap,
}
