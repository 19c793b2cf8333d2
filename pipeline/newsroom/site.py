"""The bundled newsroom: from `examples/newsroom` to fictional outlets on a loopback web server.

    with serve() as newsroom:
        run(feeds=newsroom.feeds_opml)
        newsroom.publish_second_edition()
        run(feeds=newsroom.feeds_opml)

Every outlet has a host of its own, `http://harbour-courier.localhost:<port>/`; names under
`localhost` are loopback by RFC 6761, section 6.3. The server tells them apart by the Host header.
`http://localhost:<port>/` lists the outlets, `/feeds.opml` their feeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from pipeline.newsroom.feeds import feed_body, feed_content_type, feed_stories
from pipeline.newsroom.pages import (
    front_page,
    portal_page,
    story_page,
    story_paragraphs,
    story_path,
)
from pipeline.newsroom.server import NOT_FOUND, Request, Resource, SiteServer
from pipeline.newsroom.stories import NewsFeed, Outlet, Story, load_outlets
from schemas.errors import InputError

PORTAL = "newsroom"  # the site that lists the outlets and has the OPML file
PORTAL_NAMES = {"", "localhost", "127.0.0.1", PORTAL}


class Expected(NamedTuple):
    """One entry of the feeds, and what a reader of it must find out."""

    outlet: str  # its host name without `.localhost`
    url: str  # canonical
    kind: str  # article | advert | gallery | broken | dead | robots
    headline: str
    authors: tuple[str, ...]
    published: datetime
    language: str  # BCP 47
    paragraphs: tuple[str, ...]
    place: str  # of the dateline, "" where there is none
    caption: str
    pairs: tuple[str, ...]  # best first
    not_pairs: tuple[str, ...]
    topics: tuple[str, ...]
    story_of: str  # the same for all tellings of one story, in any language
    copy_of: str  # the same for copies of one agency text
    boilerplate: tuple[str, ...]  # lines of the page that are no part of the article


@dataclass
class Newsroom:
    """The outlets on their server: `edition` 1 or 2, and a log of the requests."""

    port: int
    edition: int = 1
    requests: list[Request] = field(default_factory=list)
    outlets: list[Outlet] = field(init=False)
    resources: dict[tuple[str, str], Resource] = field(init=False)

    def __post_init__(self) -> None:
        self._publish(self.edition)

    def publish_second_edition(self) -> None:
        """One story changes and one is added; everything else stays byte for byte."""
        self._publish(2)

    def base(self, outlet: Outlet) -> str:
        """The root address of an outlet, without a slash at its end."""
        return f"http://{outlet.host}.localhost:{self.port}"

    @property
    def feeds_opml(self) -> str:
        """An OPML 2.0 list of all feeds, the moved, gone and unreachable ones among them."""
        rows = "".join(
            f"<outline text={quoteattr(outlet.name)}>\n"
            + "".join(self._outline(outlet, feed) for feed in outlet.feeds)
            + "</outline>\n"
            for outlet in self.outlets
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">'
            f"<head><title>The bundled newsroom</title></head><body>\n{rows}</body></opml>\n"
        )

    def expectations(self) -> list[Expected]:
        """Every entry of the feeds in this edition, by outlet, newest first."""
        return [
            self._expected(outlet, story) for outlet in self.outlets for story in outlet.stories
        ]

    def answer(self, host: str, path: str, headers: Mapping[str, str]) -> tuple[Resource, int]:
        """The resource at a host and path, and the status to send it with; logs the request."""
        name = host.rsplit(":", 1)[0].removesuffix(".localhost")
        site = PORTAL if name in PORTAL_NAMES else name
        resource = self.resources.get((site, urlsplit(path).path), NOT_FOUND)
        status = 304 if resource.is_fresh(headers) else resource.status
        self.requests.append(Request(host, path, status, headers))
        return resource, status

    def feed_url(self, outlet: Outlet, feed: NewsFeed) -> str:
        """The address that subscribers know, which may have moved since."""
        port = feed.port or self.port
        return f"http://{outlet.host}.localhost:{port}{feed.moved_from or feed.path}"

    def _outline(self, outlet: Outlet, feed: NewsFeed) -> str:
        title = quoteattr(feed.title or outlet.name)
        url = quoteattr(self.feed_url(outlet, feed))
        return f'<outline type="rss" text={title} xmlUrl={url} language="{outlet.language}"/>\n'

    def _publish(self, edition: int) -> None:
        self.edition = edition
        self.outlets = load_outlets(edition)
        self.resources = {
            (outlet.host, path): resource
            for outlet in self.outlets
            for path, resource in self._site(outlet)
        }
        sites = {outlet.name: self.base(outlet) for outlet in self.outlets if outlet.stories}
        self.resources[PORTAL, "/"] = Resource(portal_page(sites), "text/html; charset=utf-8")
        self.resources[PORTAL, "/feeds.opml"] = Resource(self.feeds_opml.encode(), "text/x-opml")

    def _site(self, outlet: Outlet) -> Iterator[tuple[str, Resource]]:
        base = self.base(outlet)
        yield "/", Resource(front_page(outlet, base), _html_type(outlet))
        yield "/robots.txt", Resource(outlet.robots.encode(), "text/plain; charset=utf-8")
        for story in outlet.stories:
            yield story_path(outlet, story), self._page(outlet, story)
        for feed in outlet.feeds:
            yield feed.path, self._feed(outlet, feed)
            if feed.moved_from:
                yield feed.moved_from, Resource(status=301, location=base + feed.path)

    def _page(self, outlet: Outlet, story: Story) -> Resource:
        if story.status != HTTPStatus.OK:
            return Resource(b"<h1>Not here</h1>", _html_type(outlet), story.status)
        body = story_page(outlet, story, self.base(outlet))
        return Resource(body, _html_type(outlet), gzip=outlet.gzip)

    def _feed(self, outlet: Outlet, feed: NewsFeed) -> Resource:
        if feed.status != HTTPStatus.OK:
            return Resource(b"This feed has ended.", "text/plain", feed.status)
        dates = [story.modified or story.published for story in feed_stories(outlet, feed)]
        return Resource(
            feed_body(outlet, feed, self.base(outlet)),
            feed_content_type(feed),
            last_modified=max(dates, default=None),
            gzip=outlet.gzip,
        )

    def _expected(self, outlet: Outlet, story: Story) -> Expected:
        return Expected(
            outlet=outlet.host,
            url=self.base(outlet) + story_path(outlet, story),
            kind=story.kind,
            headline=story.headline,
            authors=tuple(story.authors),
            published=story.published,
            language=outlet.language,
            paragraphs=tuple(story_paragraphs(outlet, story)) if story.paragraphs else (),
            place=story.place,
            caption=story.caption,
            pairs=tuple(story.pairs),
            not_pairs=tuple(story.not_pairs),
            topics=tuple(story.topics),
            story_of=story.story_of,
            copy_of=story.copy_of,
            boilerplate=tuple(line for lines in outlet.boilerplate.values() for line in lines),
        )


def _html_type(outlet: Outlet) -> str:
    return f"text/html; charset={outlet.encoding}" if outlet.charset_header else "text/html"


@contextmanager
def serve(port: int = 0, edition: int = 1) -> Iterator[Newsroom]:
    """Run the newsroom on 127.0.0.1 until the block ends; port 0 takes any free one.

    Raises InputError for a port that cannot be had.
    """
    try:
        listening = SiteServer(port)
    except OSError as error:
        raise InputError(f"port {port}: {error.strerror}; name another one") from error
    with listening as server:
        newsroom = Newsroom(port=server.server_port, edition=edition)
        with server.answering(newsroom.answer):
            yield newsroom
