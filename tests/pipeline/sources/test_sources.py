"""Documents from files, folders, globs and standard input."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from pipeline.sources.document import Document, SourceLimits, file_url
from pipeline.sources.files import read_documents
from schemas.errors import InputError

HTML = "<!doctype html><title>T</title><p>News</p>"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def read(*paths: str, limit: int = 10_000) -> list[Document]:
    return list(read_documents(paths, limits=SourceLimits(limit)))


def reasons(documents: list[Document]) -> list[str]:
    return [document.failure.reason for document in documents if document.failure]


def test_a_page_and_a_text_come_with_their_kind_and_name(folder):
    (folder / "a.html").write_text(HTML)
    (folder / "b.txt").write_text("Line one\r\nLine\x00 two\n")
    page, text = read("a.html", "b.txt")
    assert page.page is not None
    assert (page.entry.source, page.page.url, page.page.body) == (
        "html",
        "file:a.html",
        HTML.encode(),
    )
    assert page.text is None
    assert (text.entry.source, text.entry.link, text.text) == (
        "text",
        "file:b.txt",
        "Line one\nLine two\n",
    )
    assert text.page is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "cp1252", "utf-8"])
def test_a_text_is_read_in_its_encoding_with_or_without_a_mark(folder, encoding):
    story = "Die Fähre nach Öland fährt heute nicht.\n" * 3
    (folder / "a.txt").write_bytes(story.encode(encoding))
    (document,) = read("a.txt")
    assert document.text == story


@pytest.mark.parametrize(
    "body", [bytes(5_000), bytes(range(256)) * 20, b"\x89PNG\r\n\xff\x00\x01" * 99]
)
def test_bytes_that_are_no_text_are_a_failure(folder, body):
    (folder / "a.txt").write_bytes(body)
    (document,) = read("a.txt")
    assert document.failure is not None
    assert (document.failure.stage, document.failure.reason) == ("extract", "not-text")
    assert document.failure.is_final


def test_gzip_files_are_unpacked_and_bombs_are_not(folder):
    (folder / "a.html.gz").write_bytes(gzip.compress(HTML.encode()))
    (folder / "b.txt.gz").write_bytes(gzip.compress(b"x" * 50_000_000, 1))
    (folder / "c.txt.gz").write_bytes(gzip.compress(b"short")[:-6])
    (folder / "d.txt.gz").write_bytes(b"no gzip")
    documents = read("a.html.gz", "b.txt.gz", "c.txt.gz", "d.txt.gz")
    assert documents[0].page is not None
    assert documents[0].page.body == HTML.encode()
    assert reasons(documents) == ["too-large", "unreadable", "unreadable"]


def test_folders_are_read_in_order_with_what_is_below(folder):
    for name in ("b/2.txt", "b/1.html", "a.md", ".hidden/x.txt", "b/.x.txt", "b/picture.png"):
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text("words")
    assert [document.entry.link for document in read("in")] == [
        "file:in/a.md", "file:in/b/1.html", "file:in/b/2.txt",
    ]  # fmt: skip
    assert [document.entry.link for document in read("in/**/*.txt")] == ["file:in/b/2.txt"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.txt", "nowhere.txt does not exist; give a file"),
        ("none/*.txt", r"no file matches none/\*\.txt"),
        ("empty", "the folder empty holds no"),
        ("", "an empty path does not exist"),
        ("n" * 5_000, "File name too long; give a file"),
    ],
)
def test_a_path_that_names_nothing_is_an_error_before_anything_is_read(folder, path, message):
    (folder / "empty").mkdir()
    (folder / "a.txt").write_text("x")
    with pytest.raises(InputError, match=message):
        read_documents(["a.txt", path])


def test_a_folder_that_cannot_be_listed_is_left_alone(folder, monkeypatch):
    (folder / "in/proc/net").mkdir(parents=True)
    (folder / "in/a.txt").write_text("words")
    scan = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("net"):
            raise OSError(errno.EINVAL, "Invalid argument", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert [document.entry.link for document in read("in")] == ["file:in/a.txt"]


def test_an_unreadable_file_costs_only_itself(folder):
    (folder / "a.txt").write_text("words")
    (folder / "b.txt").write_text(" \n")
    documents = read("a.txt", "b.txt")
    assert documents[0].text == "words"
    assert reasons(documents) == ["empty"]
    assert documents[1].failure is not None
    assert documents[1].failure.message.startswith("b.txt: ")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Zürich".encode("utf-8-sig"), "Zürich"),
        ("Zürich".encode("utf-16"), "Zürich"),
        ("Zürich à la carte".encode("windows-1252"), "Zürich à la carte"),
        ("Zürich größe".encode() + b"\xff", "Zürich größe\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_texts_of_several_encodings_are_read(folder, body, text):
    (folder / "a.txt").write_bytes(body)
    assert read("a.txt")[0].text == text


def rows(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def test_rows_bring_their_fields(folder):
    row = {
        "id": 5, "url": "https://a.example/1", "headline": "Talks  begin", "article_body": "Body\x00 text",
        "date_published": "2026-01-05T10:00:00+02:00", "authors": ["A", {"name": "B"}, 7], "language": "en",
        "publisher": {"name": "Paper"}, "summary": "s",
    }  # fmt: skip
    (folder / "r.jsonl").write_text(rows(row))
    (document,) = read("r.jsonl")
    entry = document.entry
    assert (entry.guid, entry.link, entry.title) == ("5", "https://a.example/1", "Talks begin")
    assert entry.published == int(datetime(2026, 1, 5, 8, tzinfo=UTC).timestamp()) * 1_000_000
    assert (list(entry.authors), entry.language, entry.feed_title) == (["A", "B"], "en", "Paper")
    assert (document.text, document.page) == ("Body text", None)
    assert (entry.source, entry.feed_url) == ("jsonl", "file:r.jsonl")


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2025-09-01T10:00:00.5+02:00", datetime(2025, 9, 1, 8, 0, 0, 500_000, UTC)),
        ("2025-09-01 10:00:00 +0200", datetime(2025, 9, 1, 8, tzinfo=UTC)),
        ("Mon, 01 Sep 2025 10:00:00 +0200", datetime(2025, 9, 1, 8, tzinfo=UTC)),
        (1_756_720_800, datetime(2025, 9, 1, 10, tzinfo=UTC)),
        (1_756_720_800.25, datetime(2025, 9, 1, 10, tzinfo=UTC)),
        (1_756_720_800_000, datetime(2025, 9, 1, 10, tzinfo=UTC)),
        ("1756720800", datetime(2025, 9, 1, 10, tzinfo=UTC)),
        ("Sep 1, 2025", datetime(2025, 9, 1, tzinfo=UTC)),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("soon", None),
        ({"year": 2025}, None),
    ],
)
def test_a_row_may_state_its_date_in_many_ways(folder, date, moment):
    (folder / "r.jsonl").write_text(rows({"text": "words", "date": date}))
    (document,) = read("r.jsonl")
    wanted = None if moment is None else int(moment.timestamp() * 1_000_000)
    assert document.entry.published == wanted


def test_half_a_character_of_a_row_is_no_text(folder):
    row = {"id": "\ud83d", "title": "Talks \ud800 begin", "text": "A \udfff", "author": "\ud800 B"}
    (folder / "r.jsonl").write_text(rows(row, {"text": "whole \U0001f600"}))
    half, whole = read("r.jsonl")
    assert (half.entry.guid, half.entry.title) == ("\ufffd", "Talks \ufffd begin")
    assert (half.text, list(half.entry.authors)) == ("A \ufffd", ["\ufffd B"])
    assert whole.text == "whole \U0001f600"


def test_rows_with_html_are_pages_and_rows_without_a_url_are_known_by_their_line(folder):
    (folder / "r.ndjson").write_text(
        rows({"html": HTML, "url": "https://a.example/1"}, {"text": "x"})
    )
    page, text = read("r.ndjson")
    assert page.page is not None
    assert (page.page.url, page.page.body) == ("https://a.example/1", HTML.encode())
    assert text.entry.link == "file:r.ndjson#2"


def test_a_broken_row_is_a_failure_that_names_file_and_line(folder):
    good = rows({"text": "good"})
    long = rows({"text": "x" * 20_000})
    deep = "[" * 5_000 + "\n"
    (folder / "r.jsonl.gz").write_bytes(
        gzip.compress(
            (good + "{broken\n" + "[]\n" + rows({"a": 1}) + long + deep + "\n" + good).encode()
        )
    )
    documents = read("r.jsonl.gz")
    assert reasons(documents) == ["bad-json", "bad-row", "no-text", "too-large", "bad-json"]
    assert [document.text for document in documents if document.text] == ["good", "good"]
    assert documents[1].failure is not None
    assert documents[1].failure.message.startswith("r.jsonl.gz line 2: ")
    assert len({document.entry.entry_id for document in documents}) == len(documents)


def response(
    url: str, body: bytes, status: str = "200 OK", kind: str = "text/html", **headers: str
) -> bytes:
    extra = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode()
    return record(head + body, url)


def record(answer: bytes, url: str = "https://a.example/1") -> bytes:
    return record_of(WarcRecordType.response, answer, url, "application/http; msgtype=response")


def record_of(sort: WarcRecordType, content: bytes, url: str, kind: str) -> bytes:
    made = WarcRecord()
    made.init_headers(record_type=sort)
    made.headers["WARC-Target-URI"] = url
    made.headers["Content-Type"] = kind
    made.set_bytes_content(content)
    stream = io.BytesIO()
    made.write(stream)
    return stream.getvalue()


WARC = [
    response("https://a.example/1", HTML.encode(), kind="text/html; charset=koi8-r"),
    response("https://a.example/2", b"gone", "404 Not Found"),
    response("https://a.example/3", b"%PDF", kind="application/pdf"),
    response("https://a.example/4", b"<p>" + b"x" * 20_000),
    response("https://a.example/5", gzip.compress(HTML.encode()), Content_Encoding="gzip"),
    response("dns:a.example", HTML.encode()),
    response(
        "https://a.example/7", b"5\r\nfirst\r\n4\r\nlast\r\n0\r\n\r\n", Transfer_Encoding="chunked"
    ),
    response("https://a.example/8", b"whole", Transfer_Encoding="chunked", Content_Encoding="br"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_file_gives_its_pages(folder, packed):
    name = "crawl.warc.gz" if packed else "crawl.warc"
    (folder / name).write_bytes(b"".join(map(gzip.compress, WARC) if packed else WARC))
    documents = read(name)
    pages = [document.page for document in documents if document.page]
    assert [page.url[-1] for page in pages] == ["1", "5", "7", "8"]
    assert [page.body for page in pages] == [HTML.encode()] * 2 + [b"firstlast", b"whole"]
    assert pages[0].content_type == "text/html; charset=koi8-r"
    assert reasons(documents) == ["too-large", "no-url"]
    assert documents[0].entry.source == "warc"


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("packed", "name"),
    [
        (zlib.compress(HTML.encode()), "deflate"),
        (raw_deflate(HTML.encode()), "Deflate"),
        (HTML.encode(), "deflate"),
        (pa.compress(HTML.encode(), codec="zstd", asbytes=True), "zstd"),
        (pa.compress(HTML.encode(), codec="brotli", asbytes=True), "br"),
    ],
)
def test_a_page_is_unpacked_as_its_headers_or_its_start_say(folder, packed, name):
    (folder / "crawl.warc").write_bytes(
        response("https://a.example/1", packed, Content_Encoding=name)
    )
    (document,) = read("crawl.warc")
    assert document.page is not None
    assert document.page.body == HTML.encode()


def test_headers_without_carriage_returns_or_a_type_make_pages_too(folder):
    records = [
        record(b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + HTML.encode()),
        record(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + HTML.encode()),
        record(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\nGIF89a"),
    ]
    (folder / "crawl.warc").write_bytes(b"".join(records))
    pages = [document.page.body for document in read("crawl.warc") if document.page]
    assert pages == [HTML.encode()] * 2


def test_rubbish_between_records_costs_no_other_record(folder):
    (folder / "crawl.warc").write_bytes(WARC[0] + b"rubbish\r\n\r\n" * 3 + WARC[4])
    assert [d.page and d.page.url[-1] for d in read("crawl.warc")] == ["1", "5"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_that_the_file_cuts_short_is_a_failure(folder, packed):
    name = "crawl.warc.gz" if packed else "crawl.warc"
    records = [gzip.compress(WARC[0]), gzip.compress(WARC[0])] if packed else [WARC[0], WARC[0]]
    (folder / name).write_bytes(b"".join(records)[:-30])
    documents = read(name)
    assert documents[0].page is not None
    assert reasons(documents) == ["broken-record"]
    assert documents[1].failure is not None
    assert documents[1].failure.message == f"{name} record 2: the record is cut short"


@pytest.mark.parametrize("place", [10, 60, -12])  # in gzip's header, in the record, in its checksum
def test_a_broken_member_of_a_packed_archive_costs_itself_alone(folder, place):
    broken, whole = bytearray(gzip.compress(WARC[0])), gzip.compress(WARC[4])
    broken[place : place + 8] = b"\xff" * 8
    (folder / "crawl.warc.gz").write_bytes(whole + broken + whole + gzip.compress(WARC[6]))
    documents = read("crawl.warc.gz")
    assert [d.page.url[-1] for d in documents if d.page][:1] == ["5"]
    assert [d.page.url[-1] for d in documents if d.page][-2:] == ["5", "7"]
    (reason,) = reasons(documents)
    assert reason in ("broken-warc", "broken-record")


def test_a_broken_member_does_not_take_those_behind_it_for_its_own(folder):
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    broken = packer.compress(WARC[0]) + packer.flush(zlib.Z_SYNC_FLUSH)
    broken += b"\0\xff\xff\0\0"  # RFC 1951 3.2.4: 65,535 bytes follow as they are
    whole = gzip.compress(WARC[4]) + gzip.compress(WARC[6])
    (folder / "crawl.warc.gz").write_bytes(broken + whole)
    documents = read("crawl.warc.gz")
    assert [d.page.url[-1] for d in documents if d.page] == ["1", "5", "7"]
    assert reasons(documents) == ["broken-warc"]


def test_a_broken_member_behind_a_page_that_is_too_large_is_told_as_well(folder):
    broken = bytearray(gzip.compress(WARC[0]))
    broken[10:18] = b"\xff" * 8
    packed = [gzip.compress(WARC[3]), broken, gzip.compress(WARC[0])]
    (folder / "crawl.warc.gz").write_bytes(b"".join(packed))
    documents = read("crawl.warc.gz")
    assert reasons(documents) == ["too-large", "broken-warc"]
    assert documents[-1].page is not None


def test_an_archive_that_is_cut_short_in_the_head_of_a_record_says_so(folder):
    whole = gzip.compress(WARC[0])
    (folder / "crawl.warc.gz").write_bytes(whole + whole[:50])
    *_, last = read("crawl.warc.gz")
    assert last.failure is not None
    assert last.failure.message == "crawl.warc.gz after record 1: the file is cut short"


def test_what_is_all_broken_members_is_given_up(folder):
    (folder / "crawl.warc.gz").write_bytes(gzip.compress(WARC[0]) + b"\x1f\x8b\x08" * 5_000)
    documents = read("crawl.warc.gz")
    assert documents[0].page is not None
    assert len(documents) < 200


def test_members_are_found_wherever_a_piece_of_the_file_ends(folder, monkeypatch):
    packed = b"\0\0".join(gzip.compress(record) for record in WARC[4:7] * 20)
    (folder / "crawl.warc.gz").write_bytes(packed)
    monkeypatch.setattr("pipeline.sources.one_way.PIECE", 7)
    assert len([d for d in read("crawl.warc.gz") if d.page]) == 40


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@pytest.mark.parametrize("harm", ["cut short", "broken"])
def test_a_page_that_its_server_packed_badly_is_a_failure(folder, coding, harm):
    body = {"gzip": gzip.compress, "deflate": zlib.compress}[coding](HTML.encode() * 40)
    bad = body[:-30] if harm == "cut short" else body[:-30] + bytes(30)
    (folder / "crawl.warc").write_bytes(
        response("https://a.example/1", bad, Content_Encoding=coding) + WARC[0]
    )
    documents = read("crawl.warc")
    assert reasons(documents) == ["broken-record"]
    assert documents[0].failure is not None
    assert coding in documents[0].failure.message
    assert documents[1].page is not None


@pytest.mark.parametrize(("coding", "codec"), [("zstd", "zstd"), ("br", "brotli")])
def test_a_page_that_is_cut_short_in_a_newer_packing_is_a_failure_too(folder, coding, codec):
    body = pa.compress(HTML.encode() * 40, codec=codec, asbytes=True)
    bad = response("https://a.example/1", body[: len(body) * 2 // 3], Content_Encoding=coding)
    (folder / "crawl.warc").write_bytes(bad + WARC[0])
    documents = read("crawl.warc")
    assert reasons(documents) == ["broken-record"]
    assert [document.page is None for document in documents] == [True, False]


def test_a_resource_record_is_a_page_without_its_answer(folder):
    sort = WarcRecordType.resource
    (folder / "crawl.warc").write_bytes(
        record_of(sort, HTML.encode(), "https://a.example/1", "text/html; charset=utf-8")
        + record_of(sort, b"\x89PNG", "https://a.example/2", "image/png")
        + WARC[0]
    )
    pages = [document.page for document in read("crawl.warc") if document.page]
    assert [page.content_type[:15] for page in pages] == ["text/html; char"] * 2
    assert pages[0].body == HTML.encode()


@pytest.mark.parametrize("packed", [False, True])
def test_a_converted_record_of_a_wet_file_is_the_text_of_its_page(folder, packed):
    sort = WarcRecordType.conversion
    records = [
        record_of(WarcRecordType.warcinfo, b"isPartOf: CC", "", "application/warc-fields"),
        record_of(
            sort, "Café talks\r\nTwo sides met.".encode(), "https://a.example/1", "text/plain"
        ),
        record_of(sort, b"\x00\x01\x02" * 40, "https://a.example/2", "text/plain"),
        record_of(sort, b"%PDF", "https://a.example/3", "application/pdf"),
        record_of(sort, b"x" * 20_000, "https://a.example/4", "text/plain"),
    ]
    name = "crawl.warc.wet.gz" if packed else "crawl.warc"
    (folder / name).write_bytes(b"".join(map(gzip.compress, records) if packed else records))
    documents = read(name)
    assert documents[0].text == "Café talks\nTwo sides met."
    assert documents[0].entry.link == "https://a.example/1"
    assert reasons(documents[1:]) == ["not-text", "too-large"]


def test_what_is_no_warc_costs_nothing_but_itself(folder):
    (folder / "a.warc").write_bytes(b"junk " * 1_000)
    (folder / "b.warc.gz").write_bytes(b"\x1f\x8b\x08\x00junk")
    (folder / "c.txt").write_text("words")
    documents = read("a.warc", "b.warc.gz", "c.txt")
    assert reasons(documents) == ["broken-warc", "broken-warc"]
    assert documents[-1].text == "words"


def from_standard_input(body: bytes, shown: str) -> list[str]:
    code = f"""from pipeline.sources.files import read_documents
for d in read_documents(['-']): print({shown})"""
    done = subprocess.run([sys.executable, "-c", code], input=body, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("body", "source"),
    [
        (HTML.encode(), "html"),
        (rows({"text": "x"}, {"text": "y"}).encode(), "jsonl"),
        (b"A headline\n\nText.", "text"),
        (WARC[0] + WARC[4], "warc"),
    ],
)
def test_standard_input_is_recognised(body, source, packed):
    told = from_standard_input(
        gzip.compress(body) if packed else body, "d.entry.source, bool(d.failure)"
    )
    assert set(told) == {f"{source} False"}


def test_what_comes_by_standard_input_is_known_by_what_it_says():
    stories = [HTML, HTML.replace("News", "Other news"), rows({"text": "a"}), rows({"text": "b"})]
    names = [from_standard_input(story.encode(), "d.entry.link")[0] for story in [*stories, HTML]]
    assert len(set(names)) == len(stories)
    assert names[0] == names[-1]
    assert all(name.startswith("file:stdin#") for name in names)


def test_gzip_in_gzip_is_unpacked_once(folder):
    (folder / "a.gz").write_bytes(gzip.compress(gzip.compress(b"text")))
    assert reasons(read("a.gz")) == ["not-text"]


def test_files_of_one_name_in_two_places_are_two_articles(folder, monkeypatch):
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for place in ("a/news", "b/news"):
        (folder / place).mkdir(parents=True)
        (folder / place / "1.txt").write_text("words")
    first, second = (document.entry.link for document in read(str(folder / "a"), str(folder / "b")))
    assert first != second
    assert first.endswith("/news/1.txt")
    assert [first] == [document.entry.link for document in read(str(folder / "a/news/1.txt"))]


def test_a_long_first_row_of_standard_input_is_whole():
    code = (
        "from pipeline.sources.files import read_documents\n"
        "print([len(d.text) for d in read_documents(['-'])])"
    )
    body = rows({"text": "x" * 9_000}, {"text": "y" * 10})
    done = subprocess.run(
        [sys.executable, "-c", code], input=body, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[9000, 10]"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("a.txt", "file:a.txt"),
        ("./in/a.txt", "file:in/a.txt"),
        ("../../etc/passwd", "file:etc/passwd"),
        ("/home/somebody/secret project/a.txt", "file:8a615491/secret project/a.txt"),
        ("/home/somebody/other/secret project/a.txt", "file:9993f07f/secret project/a.txt"),
        ("/mnt/a.txt", "file:mnt/a.txt"),
        ("in/a\x00\n.txt", "file:in/a .txt"),
    ],
)
def test_the_name_of_a_file_tells_nothing_of_the_machine(folder, path, url):
    assert file_url(path) == url
    assert file_url(str(folder / "x" / "b.txt")) == "file:x/b.txt"


def test_a_long_file_is_never_in_memory_as_a_whole(folder):
    row = json.dumps({"text": "words " * 200}) + "\n"
    (folder / "long.jsonl").write_text(row * 5_000)
    documents = read_documents(["long.jsonl"])
    tracemalloc.start()
    assert sum(1 for document in documents if document.text) == 5_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000 < len(row) * 5_000
