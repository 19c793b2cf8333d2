"""Lists of feeds as people have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.sources.feed_list import FeedSource, feed_url, read_feeds, write_opml
from schemas.errors import InputError


@pytest.fixture
def read(tmp_path):
    def from_text(text: str | bytes, name: str = "feeds.opml") -> list[FeedSource]:
        place = tmp_path / name
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_feeds(place)

    return from_text


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World"><outline text="Africa"><outline text="A" title="Paper A" type="rss"
 xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline>
<outline TEXT="B" XMLURL="https://b.example/rss"/></outline>
<outline text="Again" xmlUrl="HTTPS://A.example/feed#top"/><outline text="no feed" type="link" url="x"/>
</body></opml>"""


def test_opml_is_read_with_its_nearest_folder_and_each_address_once(read):
    assert read(OPML) == [
        FeedSource("https://a.example/feed", "Paper A", "https://a.example/", "Africa"),
        FeedSource("https://b.example/rss", "B", "", "World"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<opml><body><outline text="Q & A" xmlUrl="https://a.example/f?x=1&y=2"/></body></opml>',
        '<opml><body><outline text="a < b" xmlUrl="https://a.example/f?x=1&amp;y=2"/></body></opml>',
        '<opml><body><outline text="x" xmlUrl="https://a.example/f?x=1&amp;y=2">',
        '<opml><body><outline xmlUrl="https://a.example/f?x=1&amp;y=2"></body></opml></opml>',
        '<opml><body><outline text="\x0bx\x00" xmlUrl="https://a.example/f?x=1&amp;y=2"/></body>',
        '\ufeff\n<?xml version="1.0" encoding="utf-16"?><opml><body>'
        '<outline xmlUrl="https://a.example/f?x=1&amp;y=2"/></body></opml>',
        "<opml><body><outline text='x' xmlUrl=https://a.example/f?x=1&y=2></body></opml>",
        '<outline text="&nbsp;" xmlUrl="https://a.example/f?x=1&amp;y=2"/>',
    ],
)
def test_opml_that_is_not_well_formed_is_recovered(read, text):
    assert [feed.url for feed in read(text)] == ["https://a.example/f?x=1&y=2"]


def test_an_outline_without_an_address_is_left_out_with_a_warning(read, caplog):
    text = '<opml><outline xmlUrl="http://[::1"/><outline xmlUrl="http://a.example/rss"/></opml>'
    assert [feed.url for feed in read(text)] == ["http://a.example/rss"]
    (warning,) = caplog.messages
    assert "'http://[::1' is no feed address" in warning


def test_an_outline_of_type_rss_is_a_feed_under_its_other_attribute_and_missed_without(
    read, caplog
):
    text = """<opml><outline type="rss" text="A" url="http://a.example/rss"/>
              <outline type="rss" text="Lost" htmlUrl="http://b.example/"/>
              <outline type="link" text="C" url="http://c.example/"/></opml>"""
    assert [feed.url for feed in read(text)] == ["http://a.example/rss"]
    (warning,) = caplog.messages
    assert "'Lost' is no feed address" in warning


@pytest.mark.parametrize(
    ("encoding", "told", "title"),
    [
        ("iso-8859-1", "ISO-8859-1", "Société"),
        ("windows-1251", "windows-1251", "Новости"),
        ("gb2312", "GB2312", "新闻"),
        ("utf-8", "ISO-8859-1", "Société"),
        ("windows-1252", "UTF-8", "Société"),
        ("windows-1252", "nonsense", "Société"),
        ("utf-16", "utf-16", "新闻"),
        ("utf-16-le", "utf-16", "新闻"),
    ],
)
def test_opml_is_read_in_its_encoding(read, encoding, told, title):
    text = f'<?xml version="1.0" encoding="{told}"?><opml><body><outline text="{title}" '
    text += 'xmlUrl="http://a.example/rss"/></body></opml>'
    assert [feed.title for feed in read(text.encode(encoding))] == [title]


def test_a_text_list_of_another_encoding_is_read(read):
    (feed,) = read("http://a.example/rss Société générale\n".encode("latin-1"), "feeds.txt")
    assert feed.title == "Société générale"


def test_a_password_keeps_its_capitals_and_bytes_make_no_address():
    assert feed_url("HTTP://Me:SeCret@A.example/Rss") == "http://Me:SeCret@a.example/Rss"
    assert feed_url("http://b\udcc3\udcbccher.example/") == ""


def test_opml_opens_no_file(read, tmp_path):
    (tmp_path / "secret").write_text("TOPSECRET")
    head = f'<!DOCTYPE o [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    text = head + '<opml><body><outline text="&x;" xmlUrl="https://a.example/f"/></body></opml>'
    assert "TOPSECRET" not in repr(read(text))


@pytest.mark.parametrize(
    "data",
    [
        ["https://a.example/feed", "https://b.example/feed"],
        [{"url": "https://a.example/feed"}, {"xmlUrl": "https://b.example/feed"}],
        {"feeds": [{"rss": "https://a.example/feed", "url": "https://a.example/"},
                   {"feed_url": "https://b.example/feed", "link": "https://b.example/"}]},
        {"AAA": [{"publication_rss_feed_uri": "https://a.example/feed",
                  "publication_website_uri": "https://a.example/"}],
         "BBB": [{"publication_rss_feed_uri": "https://b.example/feed"}]},
    ],
)  # fmt: skip
def test_json_lists_come_in_many_shapes(read, data):
    feeds = read(json.dumps(data), "feeds.json")
    assert [feed.url for feed in feeds] == ["https://a.example/feed", "https://b.example/feed"]


def test_a_json_list_by_country_keeps_title_site_and_country(read):
    entry = {
        "publication_name": "Paper",
        "publication_website_uri": "https://a.example/",
        "publication_rss_feed_uri": "https://a.example/feed",
    }
    expected = FeedSource("https://a.example/feed", "Paper", "https://a.example/", "KEN")
    assert read(json.dumps({"KEN": [entry]})) == [expected]


def test_plain_text_is_an_address_a_line(read):
    text = "# mine\n\nhttps://a.example/feed  # daily\nfeed://b.example/rss\nfeed:https://c.example/\nd.example/feed\r\n"
    assert read(text, "feeds.txt") == [
        FeedSource("https://a.example/feed", "daily"),
        FeedSource("http://b.example/rss"),
        FeedSource("https://c.example/"),
        FeedSource("https://d.example/feed"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no feed"),
        ("<opml><body/></opml>", "names no feed"),
        ("[]", "names no feed"),
        ('{"a": {"b": 7}}', "names no feed"),
        ('["file:///etc/passwd", "javascript:x"]', "names no feed"),
        ("{broken", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("not an address\n", "line 1"),
        ("https://a.example/\nfile:///etc/passwd\n", "line 2"),
        ('<rss version="2.0"><channel><title>x</title></channel></rss>', "is a feed"),
        ("<", "feeds.opml"),
        (b"\x00\xff\xfe\x01", "line 1"),
    ],
)
def test_rubbish_is_an_error_that_names_the_file_and_the_remedy(read, text, message):
    with pytest.raises(InputError, match=message) as caught:
        read(text)
    assert "feeds.opml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere.opml", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(InputError, match="cannot read the feed list"):
        read_feeds(tmp_path / name)


def test_what_is_written_is_read_back(tmp_path):
    feeds = [
        FeedSource("https://a.example/f?x=1&y=2", 'A "quoted" <paper> & co', "", "Africa & Asia"),
        FeedSource("https://b.example/", "B", "https://b.example/home", "Africa & Asia"),
        FeedSource("https://c.example/feed", "Plain"),
    ]
    place: Path = tmp_path / "out.opml"
    place.write_text(write_opml(feeds, "Mine & yours"), encoding="utf-8")
    assert read_feeds(place) == feeds
