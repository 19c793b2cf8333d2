"""Files, folders, globs and standard input in, a stream of `Document`s for a backfill out.

Of a saved feed comes a `FeedFile`.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

from pipeline.sources.document import (
    STANDARD_INPUT,
    Document,
    FeedFile,
    SourceLimits,
    failed,
    file_url,
    from_html,
    from_text,
)
from pipeline.sources.jsonl_rows import read_rows
from pipeline.sources.one_way import PIECE, Rejoined
from pipeline.sources.warc import read_warc
from schemas.errors import InputError

_KINDS = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".txt", ".md", ".text"), "text"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".warc": "warc",
    ".wet": "warc",
    **dict.fromkeys((".xml", ".rss", ".atom", ".rdf"), "xml"),
}
# Or a list of feeds: what its first element is called, or its first member. A comment ends in one
# place, since each that may end in several doubles the time of a file that is no feed.
_FEED = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*"
    rb"(?:(?:<\?[^>]{0,500}>\s*|<!--(?:(?!-->).){0,1000}-->\s*|<!doctype[^>\[]{0,300}>\s*)*"
    rb"<(?:[a-z][\w.-]{0,30}:)?(?:rss|feed|rdf|urlset|sitemapindex|(opml))[\s>]"
    rb"|\{.{0,1000}?\"version\"\s*:\s*\"https?://(?:www\.)?jsonfeed\.org/version)",
    re.IGNORECASE | re.DOTALL,
)
_NO_DOCUMENT = {  # what it is instead: reason, message
    "json": ("bad-json", "a JSON array; write one object a line"),
    "opml": ("list-of-feeds", "a list of feeds; `dateline run --feeds` polls them"),
}
_ROWS_IN_BRACKETS = re.compile(rb"\[\s*\{\s*[\"}]")


class Source(NamedTuple):
    """A file to read, and the name under which its documents are known."""

    path: Path | None  # None: standard input
    url: str  # file:... without any folder of this machine
    kind: str  # html | text | jsonl | warc | xml and "" to be found out


def read_documents(
    paths: Sequence[str], *, limits: SourceLimits | None = None
) -> Iterator[Document | FeedFile]:
    """Read documents from files, folders (with what is below), globs, and `-` for standard input.

    HTML, text and Markdown are one document a file; JSONL and WARC are streamed, a document a row
    or record; of feeds come the bytes. All may be gzip files too; what has no telling name is known
    by its start. What cannot be read is a `Document` with a `failure`; the others go on.
    Raises `InputError` at once for a path that does not exist.
    """
    sources = [source for path in paths for source in _sources(path)]
    return _read_all(sources, limits or SourceLimits())


def require(paths: Sequence[str]) -> None:
    """Raise `InputError` for a path that does not exist or a folder with nothing to read in it."""
    for path in paths:
        next(_sources(path), None)


def _read_all(sources: Sequence[Source], limits: SourceLimits) -> Iterator[Document | FeedFile]:
    for source in sources:
        try:
            with _open(source) as stream:
                yield from _read(source, cast("IO[bytes]", stream), limits)
        except (OSError, EOFError, zlib.error) as exc:
            reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
            yield failed(source.url, source.kind or "text", "unreadable", reason or "cut short")


def _open(source: Source) -> BinaryIO | gzip.GzipFile:
    if source.path is None:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    return source.path.open("rb") if source.kind == "warc" else open_unpacked(source.path)


def open_unpacked(path: Path) -> BinaryIO | gzip.GzipFile:
    """The file, unpacked where its name ends in `.gz`."""
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def _read(source: Source, stream: IO[bytes], limits: SourceLimits) -> Iterator[Document | FeedFile]:
    kind, start = source.kind, b""
    if kind in ("", "xml"):
        start = stream.read(4_096)
        kind = _sniff(start)
    if kind == "gzip" and not isinstance(stream, gzip.GzipFile):  # once: a bomb may go on for ever
        with gzip.GzipFile(fileobj=_rejoined(start, stream)) as unpacked:
            yield from _read(source, cast("IO[bytes]", unpacked), limits)
    elif kind == "jsonl":
        yield from read_rows(stream, source.url, limits, start)
    elif kind == "warc":
        yield from read_warc(_rejoined(start, stream), source.url, limits)
    else:
        yield _whole(stream, source.url, kind, limits, start)


def _whole(
    stream: IO[bytes], url: str, kind: str, limits: SourceLimits, start: bytes
) -> Document | FeedFile:
    limit = limits.max_feed_bytes if kind == "feed" else limits.max_document_bytes
    body = start + _read_up_to(stream, limit + 1 - len(start))
    if len(body) > limit:
        return failed(url, kind, "too-large", f"over {limit:,} bytes")
    if not body.strip():
        return failed(url, kind, "empty", "nothing in it")
    if kind == "feed":
        return FeedFile(url, body)
    if kind in _NO_DOCUMENT:
        return failed(url, kind, *_NO_DOCUMENT[kind])
    if url == STANDARD_INPUT:  # has no name: each text that comes that way is an article of its own
        url = f"{url}#{hashlib.sha256(body).hexdigest()[:16]}"
    return from_html(body, url) if kind == "html" else from_text(body, url)


def _rejoined(start: bytes, stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", io.BufferedReader(Rejoined(start, stream), PIECE))


def _read_up_to(stream: IO[bytes], most: int) -> bytes:
    """At most so many bytes, in pieces: a stream makes room for all that it is asked for."""
    pieces = []
    while most > 0 and (piece := stream.read(min(most, PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _sniff(start: bytes) -> str:
    """JSONL opens with a brace, HTML and feeds with a tag, WARC and gzip as they do; else it is text."""
    if start.startswith((b"WARC/", b"\x1f\x8b")):
        return "warc" if start.startswith(b"WARC/") else "gzip"
    if found := _FEED.match(start.replace(b"\x00", b"")):  # which UTF-16 has
        return "opml" if found[1] else "feed"
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:300].lower()
    if head.startswith(b"{"):
        return "jsonl"
    if _ROWS_IN_BRACKETS.match(head):
        return "json"
    if head.startswith(
        (b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<article")
    ):
        return "html"
    return "text"


def is_saved_feed(path: Path) -> bool:
    """Is this file a feed? One that cannot be read is none, nor is a pipe, which is read once."""
    if not _is_file(path):
        return False
    try:
        with open_unpacked(path) as file:
            return _sniff(file.read(4_096)) == "feed"
    except (OSError, EOFError, zlib.error):
        return False


def _sources(path: str) -> Iterator[Source]:
    if path == "-":
        yield Source(None, STANDARD_INPUT, "")
        return
    place = Path(path)
    try:
        is_folder, is_there = place.is_dir(), bool(path) and place.exists()
    except OSError as exc:  # a name too long, a folder that may not be entered
        raise InputError(f"{path}: {exc.strerror}; give a file, a folder or a pattern") from exc
    if path and is_folder:
        yield from _below(place)
    elif is_there:
        yield Source(place, file_url(path), _kind(place))
    else:
        yield from _matching(path)


def _below(folder: Path) -> Iterator[Source]:
    """The files of a folder whose names say what they are, sorted; hidden ones are left alone.

    So are folders that cannot be listed.
    """
    places: list[Path] = []
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        places += (Path(above, name) for name in names if not name.startswith("."))
    files = [place for place in sorted(places) if _kind(place) and _is_file(place)]
    yield from (Source(place, file_url(str(place)), _kind(place)) for place in files)
    if not files:
        raise InputError(
            f"the folder {folder} holds no .html, .txt, .md, .jsonl, .warc or .xml file; name the files"
        )


def _is_file(place: Path) -> bool:
    try:
        return place.is_file()
    except OSError:  # a link into a folder that may not be entered
        return False


def _matching(pattern: str) -> Iterator[Source]:
    if not glob.has_magic(pattern):
        raise InputError(
            f"{pattern or 'an empty path'} does not exist; give a file, a folder, a pattern or -"
        )
    places = sorted(Path(name) for name in glob.glob(pattern, recursive=True))  # noqa: PTH207 - absolute patterns
    files = [place for place in places if _is_file(place)]
    if not files:
        raise InputError(f"no file matches {pattern}; quote the pattern and check its folder")
    yield from (Source(place, file_url(str(place)), _kind(place)) for place in files)


def _kind(place: Path) -> str:
    suffixes = [suffix.lower() for suffix in place.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return _KINDS.get(suffixes[-1], "") if suffixes else ""
