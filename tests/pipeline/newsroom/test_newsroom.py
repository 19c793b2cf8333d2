"""The bundled newsroom is whole: sites, feeds, special cases and expectations."""

from __future__ import annotations

import gzip
import html
import http.client
import io
import json
import re
import socket
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from threading import Event
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from pipeline.newsroom.server import Resource, SiteServer
from pipeline.newsroom.site import Expected, Newsroom, serve
from pipeline.newsroom.stories import NewsFeed, Outlet

PARSED_BY_FEEDPARSER = {"rss091", "rss092", "rss10", "rss20", "rss20-full", "atom03", "atom10"}
BOILERPLATE_KINDS = {
    "share-bar", "sponsored", "newsletter", "app-promo", "related", "cookie", "subscription",
    "comments", "author-bio", "read-more", "live-blog", "breadcrumb", "most-read", "legal",
    "ad-marker", "credits",
}  # fmt: skip


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with serve() as running:
        yield running


def get(
    newsroom: Newsroom, url: str, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Fetch through the real server; the name goes into the Host header only."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", newsroom.port, timeout=10)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request("GET", target, headers={"Host": parts.netloc, **(headers or {})})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def articles(newsroom: Newsroom) -> list[Expected]:
    return [expected for expected in newsroom.expectations() if expected.kind == "article"]


def live_feeds(newsroom: Newsroom) -> list[tuple[Outlet, NewsFeed]]:
    pairs = [(outlet, feed) for outlet in newsroom.outlets for feed in outlet.feeds]
    return [(outlet, feed) for outlet, feed in pairs if feed.status == 200 and not feed.port]


def visible_text(outlet: Outlet, body: bytes) -> str:
    page = body.decode(outlet.encoding)
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", page)))


def test_the_newsroom_is_as_large_as_it_says(newsroom: Newsroom) -> None:
    found = articles(newsroom)
    assert len({expected.outlet for expected in found}) >= 8
    assert len(found) >= 60
    assert len({expected.language.split("-")[0] for expected in found}) >= 6
    assert len({f"{expected.published:%Y-%m}" for expected in found}) >= 2
    assert len({pair for expected in found for pair in expected.pairs}) >= 40


def test_every_page_holds_its_headline_and_all_of_its_paragraphs(newsroom: Newsroom) -> None:
    outlets = {outlet.host: outlet for outlet in newsroom.outlets}
    for expected in articles(newsroom):
        status, _, body = get(newsroom, expected.url)
        text = visible_text(outlets[expected.outlet], body)
        assert status == 200
        for passage in (expected.headline, expected.caption, *expected.paragraphs):
            assert passage in text, (expected.url, passage)


def test_every_boilerplate_line_stands_on_every_page_and_in_no_story(newsroom: Newsroom) -> None:
    outlets = {outlet.host: outlet for outlet in newsroom.outlets}
    for expected in articles(newsroom):
        text = visible_text(outlets[expected.outlet], get(newsroom, expected.url)[2])
        for line in expected.boilerplate:
            assert line in text, (expected.url, line)
            assert line not in "\n".join(expected.paragraphs)


def test_every_kind_of_boilerplate_occurs(newsroom: Newsroom) -> None:
    assert {kind for outlet in newsroom.outlets for kind in outlet.boilerplate} >= BOILERPLATE_KINDS


def test_pairs_are_alphabetical_and_never_both_wanted_and_unwanted(newsroom: Newsroom) -> None:
    for expected in articles(newsroom):
        assert expected.topics, expected.url
        assert not set(expected.pairs) & set(expected.not_pairs), expected.url
        for pair in expected.pairs + expected.not_pairs:
            assert re.fullmatch(r"[A-Z]{3}-[A-Z]{3}", pair), expected.url
            assert pair[:3] < pair[4:], expected.url


def test_translations_and_copies_agree_on_the_main_pair(newsroom: Newsroom) -> None:
    by_story: dict[str, list[Expected]] = defaultdict(list)
    for expected in articles(newsroom):
        if expected.story_of:
            by_story[expected.story_of].append(expected)
    couples = [story for story in by_story.values() if len({told.language for told in story}) > 1]
    assert len(couples) >= 4
    for story in by_story.values():
        assert len(story) > 1, story[0].url
        assert len({told.pairs[0] for told in story}) == 1, story[0].story_of


def test_three_outlets_carry_nearly_the_same_agency_text(newsroom: Newsroom) -> None:
    copies = [expected for expected in articles(newsroom) if expected.copy_of]
    assert len({expected.outlet for expected in copies}) >= 3
    for one, other in combinations(copies, 2):
        words, others = (set(" ".join(copy.paragraphs).split()) for copy in (one, other))
        assert one.paragraphs != other.paragraphs
        assert len(words & others) / len(words | others) > 0.8


def test_all_feed_formats_are_served_and_parse(newsroom: Newsroom) -> None:
    seen = set()
    for outlet, feed in live_feeds(newsroom):
        status, headers, body = get(newsroom, newsroom.base(outlet) + feed.path)
        assert status == 200
        links = feed_links(feed, headers["content-type"], body)
        paths = {urlsplit(link).path for link in links}
        served = {path for host, path in newsroom.resources if host == outlet.host}
        assert links
        assert paths <= served, paths - served
        seen.add(feed.format)
    assert seen == PARSED_BY_FEEDPARSER | {"json11", "sitemap"}


def feed_links(feed: NewsFeed, content_type: str, body: bytes) -> list[str]:
    if feed.format == "json11":
        return [item["url"] for item in json.loads(body)["items"]]
    if feed.format == "sitemap":
        root = ElementTree.fromstring(body)
        return [
            loc.text or "" for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
        ]
    parsed = feedparser.parse(io.BytesIO(body), response_headers={"content-type": content_type})
    assert not parsed.bozo, (feed, parsed.get("bozo_exception"))
    assert parsed.version.replace("rss090", "rss091").startswith(feed.format.split("-")[0])
    return [entry.link for entry in parsed.entries]


def test_one_feed_carries_the_full_text(newsroom: Newsroom) -> None:
    outlet, feed = next(pair for pair in live_feeds(newsroom) if pair[1].format == "rss20-full")
    _, _, body = get(newsroom, newsroom.base(outlet) + feed.path)
    entries = {entry.link: entry for entry in feedparser.parse(io.BytesIO(body)).entries}
    for expected in articles(newsroom):
        if expected.outlet == outlet.host:
            content = html.unescape(entries[expected.url].content[0].value)
            assert all(paragraph in content for paragraph in expected.paragraphs)


def test_every_entry_of_every_feed_is_expected_and_the_other_way_round(newsroom: Newsroom) -> None:
    listed = set()
    for outlet, feed in live_feeds(newsroom):
        _, headers, body = get(newsroom, newsroom.base(outlet) + feed.path)
        listed |= {link.split("?")[0] for link in feed_links(feed, headers["content-type"], body)}
    assert listed == {expected.url for expected in newsroom.expectations()}


def test_an_article_is_linked_from_two_feeds_with_different_guids(newsroom: Newsroom) -> None:
    guids: dict[str, set[str]] = defaultdict(set)
    for outlet, feed in live_feeds(newsroom):
        if feed.format == "rss20":
            _, _, body = get(newsroom, newsroom.base(outlet) + feed.path)
            for entry in feedparser.parse(io.BytesIO(body)).entries:
                guids[entry.link.split("?")[0]].add(entry.id)
    assert max(map(len, guids.values())) == 2


@pytest.mark.parametrize(
    "header", [("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")]
)
def test_a_conditional_request_is_answered_with_304(
    newsroom: Newsroom, header: tuple[str, str]
) -> None:
    for outlet, feed in live_feeds(newsroom):
        url = newsroom.base(outlet) + feed.path
        _, headers, _ = get(newsroom, url)
        status, again, body = get(newsroom, url, {header[1]: headers[header[0]]})
        assert (status, body, again["etag"]) == (304, b"", headers["etag"])
        assert newsroom.requests[-1].status == 304
        assert header[1].lower() in newsroom.requests[-1].headers


def test_a_wrong_validator_gets_the_whole_feed(newsroom: Newsroom) -> None:
    outlet, feed = live_feeds(newsroom)[0]
    url = newsroom.base(outlet) + feed.path
    assert get(newsroom, url, {"If-None-Match": '"other"'})[0] == 200
    assert get(newsroom, url, {"If-Modified-Since": "nonsense"})[0] == 200
    assert get(newsroom, url, {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"})[0] == 200


def test_the_moved_the_gone_and_the_unreachable_feed_are_in_the_opml(newsroom: Newsroom) -> None:
    urls = [
        outline.attrib["xmlUrl"]
        for outline in ElementTree.fromstring(newsroom.feeds_opml).iter("outline")
        if "xmlUrl" in outline.attrib
    ]
    reachable = [url for url in urls if urlsplit(url).port == newsroom.port]
    statuses = Counter(get(newsroom, url)[0] for url in reachable)
    assert (statuses[301], statuses[410]) == (1, 1)
    assert len(urls) == len(reachable) + 1
    moved = next(url for url in reachable if get(newsroom, url)[0] == 301)
    assert get(newsroom, get(newsroom, moved)[1]["location"])[0] == 200


def test_dead_links_answer_404_and_410(newsroom: Newsroom) -> None:
    dead = [expected for expected in newsroom.expectations() if expected.kind == "dead"]
    assert sorted(get(newsroom, expected.url)[0] for expected in dead) == [404, 410]
    assert get(newsroom, "http://harbour-courier.localhost/nothing")[0] == 404
    assert get(newsroom, "http://no-such-outlet.localhost/")[0] == 404


def test_the_special_entries_are_what_they_are_called(newsroom: Newsroom) -> None:
    pages = {
        expected.kind: get(newsroom, expected.url)[2].decode()
        for expected in newsroom.expectations()
        if expected.kind in {"advert", "gallery", "broken", "robots"}
    }
    assert "Sponsored content. Paid for by" in pages["advert"]
    assert "VideoObject" in pages["gallery"]
    assert "</html>" not in pages["broken"]
    robots = next(e for e in newsroom.expectations() if e.kind == "robots")
    rules = get(newsroom, f"http://{robots.outlet}.localhost/robots.txt")[2].decode()
    disallowed = re.findall(r"Disallow: (\S+)", rules)
    assert any(urlsplit(robots.url).path.startswith(path) for path in disallowed)


def test_pages_come_in_three_encodings_and_one_site_sends_gzip(newsroom: Newsroom) -> None:
    encodings = {outlet.encoding for outlet in newsroom.outlets}
    assert encodings == {"utf-8", "windows-1251", "iso-8859-1"}
    outlet = next(outlet for outlet in newsroom.outlets if outlet.gzip)
    url = newsroom.base(outlet) + outlet.feeds[0].path
    _, headers, packed = get(newsroom, url, {"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == get(newsroom, url)[2]


def test_tracking_parameters_do_not_change_the_page(newsroom: Newsroom) -> None:
    expected = articles(newsroom)[0]
    assert get(newsroom, f"{expected.url}?utm_source=rss")[2] == get(newsroom, expected.url)[2]


def test_the_second_edition_changes_one_article_and_adds_one() -> None:
    with serve() as newsroom:
        before = {expected.url: expected for expected in newsroom.expectations()}
        pages, first = newsroom.resources, newsroom.edition
        newsroom.publish_second_edition()
        after = {expected.url: expected for expected in newsroom.expectations()}
        changed = [url for url in before if after[url] != before[url]]
        changed_paths = {path for path in pages if newsroom.resources[path] != pages[path]}
    assert (first, newsroom.edition) == (1, 2)
    assert len(changed) == 1
    assert len(after) == len(before) + 1
    # its page, the two feeds that list the changed and the new story, and the two front pages
    assert len(changed_paths) == 5


def test_two_newsrooms_on_one_port_are_the_same_byte_for_byte() -> None:
    with serve() as first:
        port, resources, opml = first.port, first.resources, first.feeds_opml
    second = Newsroom(port)
    assert second.resources == resources
    assert second.feeds_opml == opml


def test_the_front_page_leads_to_every_story(newsroom: Newsroom) -> None:
    for expected in newsroom.expectations():
        _, headers, front = get(newsroom, f"http://{expected.outlet}.localhost/")
        assert urlsplit(expected.url).path.encode() in front
        assert headers["content-type"].startswith("text/html")


def test_the_bare_address_lists_the_outlets_and_has_their_feeds(newsroom: Newsroom) -> None:
    _, _, portal = get(newsroom, f"http://localhost:{newsroom.port}/")
    assert all(outlet.name in portal.decode() for outlet in newsroom.outlets if outlet.stories)
    _, _, opml = get(newsroom, f"http://127.0.0.1:{newsroom.port}/feeds.opml")
    assert opml.decode() == newsroom.feeds_opml


@pytest.mark.parametrize(("is_gone", "is_told"), [(True, False), (False, True)])
def test_a_client_that_breaks_off_is_no_error_to_tell(
    is_gone: bool, is_told: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    handled = Event()

    class Watched(SiteServer):
        def handle_error(self, request: object, client_address: object) -> None:
            super().handle_error(request, client_address)
            handled.set()

    def broken(*_: object) -> tuple[Resource, int]:
        raise LookupError("no such outlet")

    server = Watched(0)
    with (
        server.answering(broken),
        socket.create_connection(server.server_address[:2]) as connection,
    ):
        if is_gone:
            reset = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
            connection.sendall(b"GET /")
            connection.close()
        else:
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert handled.wait(10)
    server.server_close()
    assert ("Traceback" in capfd.readouterr().err) is is_told
