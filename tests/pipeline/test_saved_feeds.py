"""Feeds that were saved as files: their entries ingested, or polled for the pages that they link to."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.fetch_stages import RefineDocuments
from pipeline.lake.check import check_lake
from pipeline.options import RunOptions
from pipeline.queries.query import run_query
from pipeline.sources import files
from pipeline.sources.document import Document, FeedFile, SourceLimits
from pipeline.sources.files import read_documents

STORY = (
    "The foreign ministers of Norway and Chile met in Oslo on Friday for talks on copper and cod. "
    "They signed an agreement that both parliaments will have to ratify before the spring."
)
PAGE = f"<html><body><article><h1>Ministers sign in Oslo</h1>{f'<p>{STORY}</p>' * 3}</article></body></html>"
CONTENT = (
    '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">{}</content:encoded>'
)
RSS = (
    '<?xml version="1.0"?>\n<!-- saved -->\n'
    '<rss version="2.0"><channel><title>Wire</title>{}</channel></rss>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title></feed>'
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'
JSON_FEED = '{"title": "Wire", "version": "https://jsonfeed.org/version/1.1", "items": []}'


def item(name: str, link: str, content: str = "") -> str:
    carried = CONTENT.format(f"<![CDATA[<p>{content}</p>]]>") if content else ""
    return f"<item><title>{name}</title><link>{link}</link><guid>{name}</guid>{carried}</item>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(sql: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run_query(Path("lake"), sql, "json").splitlines()]


def dateline(*words: str) -> int:
    return main([*words, "--lake", "lake", "--quiet", "--workers", "1"])


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("wire.xml", RSS.format("").encode()),
        ("wire.rss", RSS.format("").encode("utf-16")),
        ("wire.atom", b"\xef\xbb\xbf\r\n" + ATOM.encode()),
        ("wire.rdf", RDF.encode()),
        ("wire", SITEMAP.encode()),
        ("wire.xml.gz", gzip.compress(SITEMAP.encode(), mtime=0)),  # a test is named by its bytes
        ("wire.json", JSON_FEED.encode()),
    ],
)
def test_a_feed_is_known_by_how_it_begins(folder: Path, name: str, body: bytes) -> None:
    (folder / name).write_bytes(body)
    (found,) = read_documents([name])
    assert isinstance(found, FeedFile)
    assert found.url == f"file:{name}"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("page.xml", f'<?xml version="1.0"?><!DOCTYPE html>{PAGE}'),
        ("page", f"<!doctype html><!-- <rss version='2.0'> -->{PAGE}"),
        ("rows", json.dumps({"text": f"{STORY} https://jsonfeed.org/version/1.1"})),
        ("story", f"About <rss version='2.0'>\n{STORY}"),
    ],
)
def test_what_only_speaks_of_feeds_is_none(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(body)
    assert not any(isinstance(found, FeedFile) for found in read_documents([name]))


def test_comments_before_no_feed_cost_no_time(folder: Path) -> None:
    (folder / "page.xml").write_text(f"{'<!-- -->' * 400}{PAGE}")
    started = time.monotonic()
    (found,) = read_documents(["page.xml"])
    assert not isinstance(found, FeedFile)
    assert time.monotonic() - started < 1


def test_a_saved_feed_over_the_limit_is_a_failure_of_its_own(folder: Path) -> None:
    (folder / "wire.xml").write_text(RSS.format("x" * 500))
    (found,) = read_documents(["wire.xml"], limits=SourceLimits(max_feed_bytes=400))
    assert not isinstance(found, FeedFile)
    assert found.failure is not None
    assert found.failure.reason == "too-large"


def test_each_entry_of_a_saved_feed_that_carries_its_article_lands(folder: Path) -> None:
    entries = item("a", "https://wire.example/a", STORY * 6) + item("b", "", f"{STORY} Second.")
    (folder / "saved").mkdir()
    (folder / "saved" / "wire.xml").write_text(RSS.format(entries))
    (folder / "saved" / "index.xml").write_text("<sitemapindex ></sitemapindex>")
    (folder / "saved" / "empty.atom").write_text(ATOM)
    assert dateline("ingest", "saved") == 0
    told = asked("SELECT url, headline, publisher, text_source FROM articles ORDER BY headline")
    assert [(row["headline"], row["publisher"], row["text_source"]) for row in told] == [
        ("a", "Wire", "feed"), ("b", "Wire", "feed"),
    ]  # fmt: skip
    assert told[0]["url"] == "https://wire.example/a"
    assert told[1]["url"].startswith("file:saved/wire.xml#!")
    assert asked("SELECT entries_seen, articles_new, dead_letters FROM runs") == [
        {"entries_seen": 3, "articles_new": 2, "dead_letters": 1}
    ]
    assert asked("SELECT url, reason FROM dead_letters") == [
        {"url": "file:saved/index.xml", "reason": "sitemap-index"}
    ]
    assert not check_lake(Path("lake"))


def test_entries_with_a_link_and_a_teaser_wait_for_a_run_that_fetches_the_page(
    folder: Path, loopback: Any, respond: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    loopback.routes["/a"] = respond(PAGE, content_type="text/html")
    (folder / "wire.xml").write_text(RSS.format(item("a", loopback.url("/a"), STORY)))
    assert dateline("ingest", "wire.xml") == 1
    assert "1 read: no-text" in capsys.readouterr().out
    run = ("run", "--feeds", "wire.xml", "--allow-network", "127.0.0.0/8")
    assert dateline(*run) == 0
    assert "1 new article\n" in capsys.readouterr().out
    assert asked("SELECT headline, text_source, feed_url FROM articles") == [
        {"headline": "Ministers sign in Oslo", "text_source": "page", "feed_url": "file:wire.xml"}
    ]
    assert dateline(*run, "--force") == 0
    assert "0 entries seen" in capsys.readouterr().out
    (folder / "wire.xml").unlink()
    assert dateline(*run) == 2
    assert "wire.xml" in capsys.readouterr().err


def test_a_packed_feed_is_polled_too(folder: Path, loopback: Any, respond: Any) -> None:
    loopback.routes["/a"] = respond(PAGE, content_type="text/html")
    packed = gzip.compress(RSS.format(item("a", loopback.url("/a"))).encode())
    (folder / "wire.xml.gz").write_bytes(packed)
    run = ("run", "--feeds", "wire.xml.gz", "--allow-network", "127.0.0.0/8")
    assert dateline(*run) == 0
    assert asked("SELECT headline FROM articles") == [{"headline": "Ministers sign in Oslo"}]


def test_a_saved_feed_that_is_too_large_to_poll_is_told_without_the_folders_above(
    folder: Path,
) -> None:
    (folder / "wire.xml.gz").write_bytes(gzip.compress(RSS.format(" " * 51 * 2**20).encode(), 1))
    assert dateline("run", "--feeds", str(folder / "wire.xml.gz")) == 1
    assert asked("SELECT url, message FROM dead_letters") == [
        {"url": "file:wire.xml.gz", "message": "wire.xml.gz is over 52,428,800 bytes"}
    ]


def test_entries_of_a_long_saved_feed_beyond_the_limit_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = "".join(item(name, f"https://wire.example/{name}", STORY * 6) for name in "abc")
    (folder / "wire.xml").write_text(RSS.format(entries))
    assert dateline("ingest", "wire.xml", "--max-entries", "2") == 0
    assert "1 entry of long feeds left out" in capsys.readouterr().out


def test_a_saved_feed_is_not_one_article_to_explain(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wire.xml").write_text(RSS.format(item("a", "https://wire.example/a", STORY * 6)))
    assert main(["explain", "wire.xml"]) == 2
    assert "wire.xml: a feed" in capsys.readouterr().err


def test_a_list_of_feeds_is_no_article(folder: Path) -> None:
    (folder / "feeds.opml").write_text(
        '<opml><body><outline xmlUrl="http://a.example/"/></body></opml>'
    )
    (found,) = read_documents(["feeds.opml"])
    assert not isinstance(found, FeedFile)
    assert found.failure is not None
    assert "--feeds" in found.failure.message


def test_rows_in_brackets_are_one_failure_and_no_article(folder: Path) -> None:
    (folder / "rows.json").write_text(json.dumps([{"text": STORY}, {"text": STORY}], indent=1))
    (found,) = read_documents(["rows.json"])
    assert not isinstance(found, FeedFile)
    assert found.failure is not None
    assert "one object a line" in found.failure.message


def test_pages_are_refined_while_others_are_still_unread_though_a_feed_is_among_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "000.xml").write_text(RSS.format(item("One", "http://a.example/1", STORY * 9)))
    for number in range(1, 3 * RefineDocuments.in_flight):
        (folder / "in" / f"{number:03d}.html").write_text(PAGE.replace("Oslo", f"Oslo {number}"))
    read, waiting = [], []
    opened, started = files._open, RefineDocuments.start

    def open_noted(source: files.Source) -> Any:
        read.append(source)
        return opened(source)

    def start(self: RefineDocuments, element: Document, run: RunOptions) -> Any:
        waiting.append(len(read) - len(waiting))
        return started(self, element, run)

    monkeypatch.setattr(files, "_open", open_noted)
    monkeypatch.setattr(RefineDocuments, "start", start)

    assert dateline("ingest", "in") == 0
    assert len(waiting) == 3 * RefineDocuments.in_flight
    assert max(waiting) == 1
