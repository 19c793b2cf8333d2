"""A stream of WARC records in, a `Document` for each HTML page that was answered with 200 out.

A `resource` record that is HTML counts as answered: it has the page alone, without HTTP. A
`conversion` record, of which WET files are made, is the text of a page.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

import pyarrow as pa
from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipeline.content_coding import inflater
from pipeline.sources.document import (
    Document,
    SourceLimits,
    clean_lines,
    decoded,
    failed,
    make_entry,
    now_us,
)
from pipeline.sources.one_way import PIECE, OneWay, Rejoined, Unpacked
from schemas.records import FeedEntry, Page
from transforms.feeds.raw_feed import absolute, digest, microseconds
from transforms.pages.text_or_binary import is_text

_READ = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
_HTML_TYPES = ("", "text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain",)
_BROKEN = ("broken-record", "broken-warc")  # reasons that tell of a broken member already
_MOST_BROKEN = 100  # members of one file: it is no archive then
_GZIP = b"\x1f\x8b"
_START = 16  # bytes that tell a packed body from another
_NO_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a]")  # control characters that no text has
_HTML_START = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read_warc(stream: IO[bytes], file: str, limits: SourceLimits) -> Iterator[Document]:
    """Read a WARC file, gzip or not (Common Crawl's CC-NEWS files too), record by record.

    Other statuses and types are passed over, and what is no record between two that are. A record
    over the limit or broken is a failure; so is a member of gzip that cannot be unpacked, behind
    which the reading goes on, unless that happens again and again.
    """
    start = stream.read(len(_GZIP))
    whole = Rejoined(start, stream)
    if start != _GZIP:
        yield from _Part(file, limits).read(whole)
        return
    unpacked, number, is_warc = Unpacked(cast("IO[bytes]", whole)), 1, False
    for _ in range(_MOST_BROKEN):
        part, told = _Part(file, limits, number, is_warc), None
        for told in part.read(unpacked):
            yield told
        if not unpacked.broken:
            return
        number, is_warc = part.number, True  # what was there can be seen no more
        if told is None or told.failure is None or told.failure.reason not in _BROKEN:
            place = f"after record {number - 1}"
            yield failed(file, "warc", "broken-warc", unpacked.broken, place)
        unpacked.go_on()


class _Part:
    """The records of a file, or of what comes up to a broken piece of it."""

    def __init__(
        self, file: str, limits: SourceLimits, number: int = 1, is_warc: bool = False
    ) -> None:
        self.number, self.is_warc = number, is_warc
        self._file, self._limits = file, limits

    def read(self, stream: OneWay) -> Iterator[Document]:
        """A document for each record that is one, and for each that is broken."""
        records = iter(_records(io.BufferedReader(stream, PIECE)))
        while True:
            try:
                record = next(records)
                self.is_warc = True
                if record.record_type not in _READ:
                    continue
                document = _document(record, self._file, self.number, self._limits)
                self.number += 1
            except StopIteration:
                if not self.is_warc:
                    message = "there is no WARC record in it"
                    yield failed(self._file, "warc", "broken-warc", message)
                return
            except (OSError, ValueError, EOFError) as exc:
                place = f"after record {self.number - 1}"
                yield failed(self._file, "warc", "broken-warc", str(exc)[:300], place)
                return
            if document is not None:
                yield document


def _records(stream: Any) -> ArchiveIterator:
    return ArchiveIterator(stream, parse_http=False, fsspec_args=False, quirks_mode=True)


def _document(  # noqa: PLR0911 - one guard a way to be no document
    record: WarcRecord, file: str, number: int, limits: SourceLimits
) -> Document | None:
    place, converted = f"record {number}", record.record_type == WarcRecordType.conversion
    try:
        if record.record_type == WarcRecordType.response:
            record.parse_http(auto_decode="none", quirks_mode=True)
        kind = _content_type(record)
        if kind is None or _media_type(kind) not in (_TEXT_TYPES if converted else _HTML_TYPES):
            return None
        body = _body(record, limits.max_document_bytes + 1)
    except (OSError, ValueError) as exc:
        return failed(file, "warc", "broken-record", str(exc)[:300], place)
    if len(body) > limits.max_document_bytes:
        message = f"the page is over {limits.max_document_bytes:,} bytes"
        return failed(file, "warc", "too-large", message, place)
    if not kind and not _HTML_START.match(body):
        return None
    url = absolute("", (record.headers.get("WARC-Target-URI") or "").strip("<>"))
    if not url:
        return failed(file, "warc", "no-url", "the record has no http(s) WARC-Target-URI", place)
    entry = make_entry("warc", file, guid=url, link=url, fingerprint=digest(body.decode("latin-1")))
    if converted:
        return _text(body, entry, place)
    fetched = microseconds(record.record_date) or now_us()
    return Document(entry, Page(url, url, kind, body, fetched), None, None)


def _text(body: bytes, entry: FeedEntry, place: str) -> Document:
    text = decoded(body)
    if not is_text(text):
        message = "binary data, no text"
        return failed(entry.feed_url, "warc", "not-text", message, place, stage="extract")
    return Document(entry, None, clean_lines(text), None)


def _body(record: WarcRecord, limit: int) -> bytes:
    """The page, unpacked; `ValueError` where it is cut short, which FastWARC passes over."""
    raw: bytes = record.reader.read(limit)
    if len(raw) < min(record.content_length, limit):
        raise ValueError("the record is cut short")
    headers: Any = record.http_headers or {}
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        raw = _decoded(ChunkedReader(io.BytesIO(raw), fsspec_args=False), raw, limit, "")
    if raw.startswith(b"\x1f\x8b"):
        return _inflated(raw, "gzip", limit)
    if raw.startswith(b"\x28\xb5\x2f\xfd"):
        reader = pa.input_stream(pa.BufferReader(raw), compression="zstd")
        return _decoded(reader, raw, limit, "zstd")
    packed = (headers.get("Content-Encoding") or "").strip().lower()
    if packed == "br":
        return _decoded(BrotliReader(io.BytesIO(raw), fsspec_args=False), raw, limit, packed)
    return _inflated(raw, packed, limit)


def _inflated(raw: bytes, coding: str, limit: int) -> bytes:
    """Unpacked; as it is where not even its start is packed, since many archives store it so."""
    unpacker = inflater(coding)
    if unpacker is None:
        return raw
    try:
        pieces = list(unpacker.inflate(raw[:_START], limit))
    except zlib.error:
        return raw
    try:
        pieces.extend(unpacker.inflate(raw[_START:], limit))
    except zlib.error as exc:
        raise ValueError(f"broken {coding} body: {exc}") from exc
    body = b"".join(pieces)
    if len(body) < limit and not unpacker.is_whole():
        raise ValueError(f"the {coding} body is cut short")
    return body[:limit]


def _decoded(reader: Any, raw: bytes, limit: int, coding: str) -> bytes:
    """What the reader makes of it. Many archives keep the header and store the body decoded.

    `ValueError` where it is no text either: it is packed, and cut short or broken.
    """
    try:
        decoded: bytes = reader.read(limit)
    except OSError as exc:
        if coding and _NO_TEXT.search(raw):
            raise ValueError(f"the {coding} body is cut short or broken") from exc
        return raw
    return decoded


def _content_type(record: WarcRecord) -> str | None:
    """As the page's own headers name it, "" where they do not; None for what is no page."""
    if record.record_type != WarcRecordType.response:
        return record.headers.get("Content-Type") or ""
    if not record.is_http or record.http_headers is None or record.http_headers.status_code != 200:
        return None
    return record.http_headers.get("Content-Type") or ""


def _media_type(kind: str) -> str:
    return kind.partition(";")[0].strip().lower()
