"""Feeds of all formats, and bodies that are none or mean harm."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from schemas.errors import FinalError
from schemas.records import Feed
from transforms.parse_feed import feed_dict, parse_feed

URL = "https://news.example/feeds/world.xml"


def micros(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type, misc]


def rss(items: str = "", head: str = "<title>Paper</title>", attributes: str = "") -> bytes:
    return f'<rss version="2.0"{attributes}><channel>{head}{items}</channel></rss>'.encode()


def parse(body: bytes | str, **options: str) -> Feed:
    return parse_feed(body.encode() if isinstance(body, str) else body, URL, **options)


def reason(body: bytes | str) -> str:
    with pytest.raises(FinalError) as caught:
        parse(body)
    assert caught.value.stage == "parse"
    return caught.value.reason


RSS20 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Harbour Post</title><link>https://news.example/</link>
<language>en-gb</language><ttl>90</ttl>
<item><title>Ministers &amp; envoys meet</title><link>/world/1</link><guid isPermaLink="false">hp-1</guid>
<description>A &lt;b&gt;short&lt;/b&gt; word</description>
<content:encoded><![CDATA[<p>Whole text</p>]]></content:encoded>
<dc:creator>Ana Writer</dc:creator><category>World</category><category>Trade</category>
<pubDate>Mon, 05 Jan 2026 10:00:00 +0200</pubDate>
<media:content url="/img/1.jpg" medium="image"/></item></channel></rss>"""

ATOM10 = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://zeitung.example/">
<title>Die Zeitung</title><link href="/"/><entry><id>urn:z:1</id>
<title type="html">Der &lt;i&gt;Gipfel&lt;/i&gt;</title>
<link rel="enclosure" href="a.mp3"/><link href="welt/1"/><updated>2026-01-05T08:00:00Z</updated>
<published>2026-01-05T07:00:00.5Z</published><author><name>B. Autor</name></author>
<summary>Kurz</summary></entry></feed>"""

ATOM03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><id>tag:o,1</id>
<title>One</title><link rel="alternate" type="text/html" href="http://old.example/1"/>
<issued>2026-01-05T08:00:00Z</issued></entry></feed>"""

RSS10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="x"><title>Heise</title><link>http://rdf.example/</link>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="http://rdf.example/1"><title>One</title><link>http://rdf.example/1</link>
<dc:date>2026-01-05T08:00:00Z</dc:date></item></rdf:RDF>"""

RSS091 = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Older</title>
<item><title>One</title><link>http://older.example/1</link></item></channel></rss>"""


def test_rss_2_is_read_whole():
    feed = parse(RSS20)
    (entry,) = feed.entries
    assert (feed.title, feed.link, feed.format) == (
        "The Harbour Post",
        "https://news.example/",
        "rss20",
    )
    assert (feed.language, feed.ttl_minutes, feed.skipped) == ("en-gb", 90, 0)
    assert (entry.title, entry.link) == ("Ministers & envoys meet", "https://news.example/world/1")
    assert (entry.guid, entry.source, entry.feed_title) == ("hp-1", "feed", "The Harbour Post")
    assert entry.summary == "A <b>short</b> word"
    assert entry.content == "<p>Whole text</p>"
    assert list(entry.authors) == ["Ana Writer"]
    assert list(entry.categories) == ["World", "Trade"]
    assert entry.published == micros(2026, 1, 5, 8)
    assert entry.image == "https://news.example/img/1.jpg"


@pytest.mark.parametrize(
    ("body", "kind", "link"),
    [
        (ATOM10, "atom10", "https://zeitung.example/welt/1"),
        (ATOM03, "atom03", "http://old.example/1"),
        (RSS10, "rss10", "http://rdf.example/1"),
        (RSS091, "rss091n", "http://older.example/1"),
    ],
)
def test_older_and_other_formats_are_read(body, kind, link):
    feed = parse(body)
    assert (feed.format, feed.entries[0].link) == (kind, link)


def test_atom_states_language_author_and_both_dates():
    (entry,) = parse(ATOM10).entries
    assert (entry.title, entry.language, list(entry.authors)) == ("Der Gipfel", "de", ["B. Autor"])
    assert (entry.published, entry.updated) == (micros(2026, 1, 5, 7), micros(2026, 1, 5, 8))


def test_rss_is_dated_by_dublin_core_where_it_has_no_pub_date():
    (entry,) = parse(RSS10).entries
    assert entry.published == micros(2026, 1, 5, 8)


def test_an_atom_entry_that_tells_its_last_change_alone_is_not_said_to_be_published_then():
    atom = ATOM10.replace("<published>2026-01-05T07:00:00.5Z</published>", "")
    (entry,) = parse(atom).entries
    assert (entry.published, entry.updated) == (None, micros(2026, 1, 5, 8))


def test_a_syndication_period_is_a_hint_in_minutes():
    assert parse(RSS10).ttl_minutes == 360


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "JSON Paper",
    "home_page_url": "https://json.example/",
    "next_url": "https://json.example/feed?p=2",
    "language": "fr",
    "items": [
        {
            "id": 7,
            "url": "https://json.example/7",
            "title": "Sommet",
            "content_html": "<p>Texte</p>",
            "date_published": "2026-01-05T10:00:00+02:00",
            "authors": [{"name": "C. Auteur"}],
            "tags": ["Monde"],
            "image": "https://json.example/7.jpg",
        },
        "no object",
        {"id": "8", "author": {"name": "D. Ancien"}, "external_url": "https://else.example/8"},
    ],
}


def test_json_feed_is_read_whole():
    feed = parse(json.dumps(JSON_FEED))
    first, second = feed.entries
    assert (feed.format, feed.title, feed.next_page) == (
        "json11", "JSON Paper", "https://json.example/feed?p=2",
    )  # fmt: skip
    assert (first.guid, first.link, first.title) == ("7", "https://json.example/7", "Sommet")
    assert (first.published, first.language) == (micros(2026, 1, 5, 8), "fr")
    assert (list(first.authors), list(first.categories)) == (["C. Auteur"], ["Monde"])
    assert (first.content, first.image) == ("<p>Texte</p>", "https://json.example/7.jpg")
    assert (second.link, list(second.authors)) == ("https://else.example/8", ["D. Ancien"])


NEWS_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://news.example/1</loc><lastmod>2026-01-05T09:00:00Z</lastmod><news:news><news:publication>
<news:name>Paper</news:name><news:language>es</news:language></news:publication>
<news:publication_date>2026-01-05T08:00:00Z</news:publication_date>
<news:title>Cumbre &amp; tratado</news:title>
<news:keywords>paz, comercio</news:keywords></news:news><image:image><image:loc>https://news.example/1.jpg</image:loc>
</image:image></url><url><loc></loc></url></urlset>"""


def test_a_news_sitemap_is_a_feed():
    feed = parse(NEWS_SITEMAP)
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.language) == ("sitemap", "Paper", "es")
    assert (entry.title, entry.link) == ("Cumbre & tratado", "https://news.example/1")
    assert (entry.published, entry.updated) == (micros(2026, 1, 5, 8), micros(2026, 1, 5, 9))
    assert list(entry.categories) == ["paz", "comercio"]
    assert entry.image == "https://news.example/1.jpg"


def test_a_packed_sitemap_is_unpacked():
    assert len(parse(gzip.compress(NEWS_SITEMAP.encode())).entries) == 1


def test_a_sitemap_index_names_the_children_to_subscribe_to():
    body = (
        "<sitemapindex><sitemap><loc>https://news.example/news.xml</loc></sitemap></sitemapindex>"
    )
    with pytest.raises(FinalError, match=r"https://news\.example/news\.xml") as caught:
        parse(body)
    assert caught.value.reason == "sitemap-index"


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n",
        "no markup at all",
        "/etc/hostname",
        "http://127.0.0.1:1/",
        "{}",
        "[]",
        '{"items": 7}',
        "{" * 100_000,
        '{"items": ' + "[" * 100_000,
        "<html><body><p>Welcome</p></body></html>",
        "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x00" * 1_000,
        "<urlset",
    ],
)
def test_what_is_no_feed_is_refused(body):
    assert reason(body) == "not-a-feed"


def test_a_page_instead_of_a_feed_is_told_with_the_feed_that_it_announces():
    link = '<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">'
    with pytest.raises(FinalError, match=r"https://news\.example/rss\?a=1&b=2"):
        parse(f"<!doctype html><html><head>{link}</head></html>")


@pytest.mark.parametrize(
    "body", ["<rss version='2.0'><channel/></rss>", '{"version": "1", "items": []}', "<urlset/>"]
)
def test_an_empty_feed_is_a_feed(body):
    assert parse(body).entries == ()


def test_broken_packing_and_packed_bombs_are_refused():
    assert reason(gzip.compress(b"x")[:12] + b"junk") in ("bad-gzip", "not-a-feed")
    assert reason(gzip.compress(b"\x1f\x8b" + b"\0" * 70_000_000, 1)) == "too-large"


def test_one_invalid_byte_does_not_garble_the_feed():
    title = "Zürich Größe @".encode().replace(b"@", b"\xff")
    (entry,) = parse(
        rss().replace(b"</channel>", b"<item><title>" + title + b"</title></item></channel>")
    ).entries
    assert entry.title == "Zürich Größe \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("declared", "header", "codec"),
    [
        ("utf-8", "", "utf-8"),
        ("", "", "utf-8"),
        ("", "application/xml; charset=utf-8", "utf-8"),
        ("", "text/xml; charset=iso-8859-1", "utf-8"),
        ("iso-8859-2", "", "iso-8859-2"),
        ("windows-1250", "text/xml", "windows-1250"),
        ("", "text/xml; charset=windows-1250", "windows-1250"),
        ("utf-16", "", "utf-16"),
        ("mac", "", "mac-roman"),
    ],
)
def test_encodings_are_found_out(declared, header, codec):
    word = (
        "Émile Öl"
        if codec == "mac-roman"
        else "Łódź Čapek"
        if "8" not in codec[-2:]
        else "Žižka Öl"
    )
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f'{head}<rss version="2.0"><channel><title>{word}</title></channel></rss>'
    assert parse(text.encode(codec), content_type=header).title == word


def test_control_characters_are_gone_from_all_that_is_kept():
    body = rss(
        "<item><title>a\x08b\x00c\u202e</title><link>/1</link><description>x\x00y\x01z</description></item>"
    )
    (entry,) = parse(body).entries
    assert entry.title.startswith("abc")
    assert entry.summary == "xyz"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Talks &amp;amp; tea", "Talks & tea"),
        ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
        ("=1+2&lt;script&gt;alert(1)&lt;/script&gt;", "=1+2"),
        ("Z&lt;b&gt;ü&lt;/b&gt;rich&lt;br/&gt;Bern", "Zürich Bern"),
        ("x &lt; y and z &gt; y", "x < y and z > y"),
        ("History of the &lt;blink&gt; tag", "History of the <blink> tag"),
        ("&lt;" * 9_000 + "script" + "&lt;script&gt;" * 900, "<" * 2_000),
        ("  two\n\t lines ", "two lines"),
        ("&lt;img src=x onerror=alert(1)&gt;Picture", "Picture"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("x" * 5_000, "x" * 2_000),
    ],
)
def test_titles_are_one_line_of_plain_text(markup, text):
    (entry,) = parse(rss(f"<item><title>{markup}</title><link>/1</link></item>")).entries
    assert entry.title == text


def test_external_entities_are_not_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("TOPSECRET")
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = head + '<rss version="2.0"><channel><item><title>A&x;B</title></item></channel></rss>'
    assert "TOPSECRET" not in repr(parse(body))
    sitemap = head + "<urlset><url><loc>https://a.example/&x;</loc></url></urlset>"
    assert "TOPSECRET" not in repr(parse(sitemap))


def test_entities_do_not_multiply():
    laughs = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    head = f'<?xml version="1.0"?><!DOCTYPE r [{laughs}]>'
    assert len(repr(parse(head + rss("<item><title>&a9;</title></item>").decode()))) < 10_000
    sitemap = head + "<urlset><url><loc>https://a.example/&a9;</loc></url></urlset>"
    assert len(repr(parse(sitemap))) < 10_000


@pytest.mark.parametrize("name", ["a." * 50_000 + "@", "<![CDATA[" + "é." * 50_000 + "@]]>"])
@pytest.mark.parametrize("tag", ["author", "managingEditor", "dc:creator"])
def test_a_name_made_to_backtrack_costs_nothing(name, tag):
    space = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = f"<item><title>t</title><{tag}>{name}</{tag}><link>/1</link></item>"
    (entry,) = parse(rss(body, attributes=space)).entries
    assert (entry.title, entry.link) == ("t", "https://news.example/1")
    assert all(len(author) <= 600 for author in entry.authors)


def test_entries_above_the_cap_are_counted_and_cost_nothing():
    items = "".join(f"<item><title>t{n}</title><link>/{n}</link></item>" for n in range(100_000))
    feed = parse_feed(rss(items), URL, max_entries=50)
    assert (len(feed.entries), feed.skipped) == (50, 99_950)
    assert (feed.entries[-1].title, feed.title) == ("t49", "Paper")
    body = json.dumps({"items": [{"id": str(n)} for n in range(60)]}).encode()
    assert parse_feed(body, URL, max_entries=50).skipped == 10


def item(**fields: str) -> str:
    return (
        "<item>"
        + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
        + "</item>"
    )


def ids(*items: str, url: str = URL) -> list[str]:
    return [entry.entry_id for entry in parse_feed(rss("".join(items)), url).entries]


def test_an_entry_is_known_by_its_guid_in_its_feed():
    first = ids(item(guid="7", link="/a", title="x"))
    assert ids(item(guid="7", link="/b", title="y")) == first
    assert ids(item(guid="8", link="/a", title="x")) != first
    assert ids(item(guid="7", link="/a", title="x"), url="https://other.example/feed") != first
    assert len(first[0]) == 32


def test_without_a_guid_the_link_and_else_the_title_and_date_identify():
    (entry,) = parse(rss(item(link="/a", title="x"))).entries
    assert entry.guid == "https://news.example/a"
    assert ids(item(title="x")) == ids(item(title="x"))
    assert ids(item(title="x")) != ids(item(title="y"))


def test_one_guid_for_all_entries_does_not_fold_them():
    same = [item(guid="x", link=f"/{n}", title=str(n)) for n in range(3)]
    assert len(set(ids(*same, same[0]))) == 3
    assert len(ids(*same, same[0])) == 3


def test_a_fingerprint_changes_with_what_the_publisher_changes():
    def fingerprint(**fields: str) -> str:
        return parse(rss(item(guid="1", **fields))).entries[0].fingerprint

    base = {"title": "x", "description": "s", "pubDate": "Mon, 05 Jan 2026 10:00:00 GMT"}
    assert fingerprint(**base) == fingerprint(**base, category="c")
    later = {"pubDate": "Mon, 05 Jan 2026 11:00:00 GMT"}
    for change in ({"title": "y"}, {"description": "t"}, later):
        assert fingerprint(**(base | change)) != fingerprint(**base)


def test_a_moved_feed_resolves_links_where_it_lives_and_keeps_its_identity():
    body = rss(item(guid="tag:news.example,2026:7", link="/a"))
    (there,) = parse_feed(body, URL, base_url="https://moved.example/feed").entries
    (here,) = parse_feed(body, URL).entries
    assert there.link == "https://moved.example/a"
    assert there.entry_id == here.entry_id
    assert there.feed_url == URL


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example"]
)
def test_links_that_are_no_pages_are_left_out(link):
    (entry,) = parse(rss(item(guid="7", link=link))).entries
    assert entry.link == ""


def test_nothing_is_made_up_where_an_entry_states_no_title_and_no_link():
    enclosure = '<enclosure url="https://news.example/a.mp3" type="audio/mpeg" length="1"/>'
    (entry,) = parse(
        rss(
            f"<item><guid isPermaLink='false'>7</guid><description>text</description>{enclosure}</item>"
        )
    ).entries
    assert (entry.title, entry.link) == ("", "")


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_the_next_page_is_absolute(rel):
    link = f'<link xmlns="http://www.w3.org/2005/Atom" rel="{rel}" href="?page=2"/>'
    assert parse(rss(head=link)).next_page == URL + "?page=2"


def test_the_stated_form_keeps_markup_and_gives_dates_in_iso_8601():
    stated = feed_dict(ATOM10.encode(), "https://zeitung.example/feed")
    assert stated["title"] == "Die Zeitung"
    assert stated["entries"][0]["title"] == "Der <i>Gipfel</i>"
    assert stated["entries"][0]["updated"] == "2026-01-05T08:00:00+00:00"


def test_bare_ampersands_are_meant_as_such() -> None:
    item = (
        "<item><title>AT&T and R&D</title><link>https://news.example/?a=1&copy=2&b=3</link></item>"
    )
    entry = parse(rss(item)).entries[0]
    assert (entry.title, entry.link) == ("AT&T and R&D", "https://news.example/?a=1&copy=2&b=3")


def test_ampersands_of_cdata_stay_what_they_are() -> None:
    item = (
        "<item><title>A &</title><link><![CDATA[https://news.example/?a=1&copy=2]]></link></item>"
    )
    assert parse(rss(item)).entries[0].link == "https://news.example/?a=1&copy=2"


def test_an_id_that_is_a_bare_word_is_no_address() -> None:
    entry = parse(rss("<item><title>One</title><guid>hp-1</guid></item>")).entries[0]
    assert (entry.guid, entry.link) == ("hp-1", "")


def test_the_address_of_another_protocol_does_not_hide_the_page() -> None:
    item = '<item><title>One</title><link uri="at://did:plc:x/post/3l">https://news.example/1</link></item>'
    assert parse(rss(item)).entries[0].link == "https://news.example/1"


def test_unclosed_cdata_costs_nothing() -> None:
    assert parse(rss("<![CDATA[ & " * 50_000)).title == "Paper"
