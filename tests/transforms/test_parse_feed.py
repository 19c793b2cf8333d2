"""Feeds of every format, and feeds that are out to hurt."""

from __future__ import annotations

import json

import pytest

from schemas.errors import FinalError
from transforms.parse_feed import parse_feed

URL = "http://h.example/feed"


def rss(item: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    return (
        f'{head}<rss version="2.0"><channel><title>Wire</title><item>{item}</item></channel></rss>'
    ).encode()


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Talks</title>
<id>tag:h.example,2026:1</id><link href="/a"/><updated>2026-01-02T03:04:05Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="http://h.example/"><title>Wire</title></channel>
<item rdf:about="http://h.example/a"><title>Talks</title><link>http://h.example/a</link></item></rdf:RDF>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://h.example/a</loc>
<news:news><news:title>Talks</news:title><news:publication_date>2026-01-02</news:publication_date>
</news:news></url></urlset>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "items": [{"id": "1", "url": "http://h.example/a", "title": "Talks"}],
    }
).encode()


@pytest.mark.parametrize(
    "body",
    [rss("<title>Talks</title><link>http://h.example/a</link>"), ATOM, RDF, SITEMAP, JSON_FEED],
    ids=["rss", "atom", "rdf", "sitemap", "json"],
)
def test_every_format_gives_the_same_entry(body: bytes) -> None:
    (entry,) = parse_feed(body, URL).entries
    assert (entry.title, entry.link) == ("Talks", "http://h.example/a")
    assert entry.entry_id


def test_one_wrong_byte_does_not_garble_the_rest() -> None:
    body = rss("<title>Zürich @</title><link>http://h.example/a</link>").replace(b"@", b"\xff")
    assert parse_feed(body, URL).entries[0].title.startswith("Zürich")


def test_entities_do_not_open_files_and_do_not_explode() -> None:
    laughs = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    for doctype, use in ((laughs, "&j;"), ('<!ENTITY x SYSTEM "file:///etc/hostname">', "A&x;B")):
        head = f'<?xml version="1.0"?><!DOCTYPE l [{doctype}]>'
        body = rss(f"<title>{use}</title><link>http://h.example/a</link>", head)
        try:
            title = parse_feed(body, URL).entries[0].title
        except FinalError:
            continue
        assert len(title) < 10_000
        assert title in ("AB", "A&x;B", "") or "lol" in title or "&" in title


@pytest.mark.parametrize(
    "body", [b"/etc/hostname", b"http://127.0.0.1:1/", b"<html><body>x</body></html>", b"", b"{}"]
)
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(FinalError) as failed:
        parse_feed(body, URL)
    assert failed.value.stage == "parse"


def test_markup_and_control_characters_do_not_reach_a_title() -> None:
    item = "<title>=1+2 &lt;b&gt;Talks&lt;/b&gt;\x01</title><link>http://h.example/a</link>"
    assert parse_feed(rss(item), URL).entries[0].title == "=1+2 Talks"


def test_entries_above_the_cap_are_counted() -> None:
    items = "</item><item>".join(f"<guid>{i}</guid><title>t{i}</title>" for i in range(30))
    feed = parse_feed(rss(items), URL, max_entries=10)
    assert (len(feed.entries), feed.skipped) == (10, 20)


def test_a_changed_title_changes_the_fingerprint_and_not_the_identity() -> None:
    first = parse_feed(rss("<guid>1</guid><title>a</title>"), URL).entries[0]
    again = parse_feed(rss("<guid>1</guid><title>b</title>"), URL).entries[0]
    assert first.entry_id == again.entry_id
    assert first.fingerprint != again.fingerprint
    elsewhere = parse_feed(rss("<guid>1</guid><title>a</title>"), "http://other.example/").entries[
        0
    ]
    assert elsewhere.entry_id != first.entry_id
