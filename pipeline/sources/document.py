"""One piece of a backfill in (bytes or a row), a `Document` out: the shape that the graph takes.

A document has a page to extract, or a text that is extracted already, or a failure, or an entry that
carries its article. A saved feed is a `FeedFile`, which becomes documents where feeds are parsed.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from schemas.records import BLANK_ENTRY, FeedEntry, Page
from schemas.run_records import DeadLetter
from transforms.feeds.raw_feed import clean, digest
from transforms.pages.text_or_binary import is_text, unmarked_utf_16

STANDARD_INPUT = "file:stdin"


@dataclass(frozen=True)
class SourceLimits:
    """Bytes that one document, and one saved feed, may have."""

    max_document_bytes: int = 20 * 2**20
    max_feed_bytes: int = 50 * 2**20


class Document(NamedTuple):
    """A document of a backfill: one of `page`, `text` and `failure`; or none, and the entry has it."""

    entry: FeedEntry
    page: Page | None
    text: str | None
    failure: DeadLetter | None


class FeedFile(NamedTuple):
    """A saved feed, not parsed yet: its bytes are a stranger's."""

    url: str
    body: bytes


def make_entry(source: str, file: str, **fields: object) -> FeedEntry:
    """An entry for a document of `file`; `guid`, `link` and the rest as keywords."""
    blank = BLANK_ENTRY._replace(feed_url=file, source=source, guid=file, link=file)
    entry = blank._replace(**fields)  # type: ignore[arg-type]
    return entry._replace(entry_id=digest(entry.feed_url, entry.guid))


def from_html(body: bytes, url: str) -> Document:
    """A page that was saved as a file; its own address is for the extraction to find."""
    entry = make_entry("html", url, fingerprint=_fingerprint(body))
    page = Page(url, url, "text/html", body, now_us())
    return Document(entry, page, None, None)


def from_text(body: bytes, url: str) -> Document:
    """A plain text, as scraped or written; a failure where the bytes are none."""
    text = decoded(body)
    if not is_text(text):
        return failed(url, "text", "not-text", "binary data, no text", stage="extract")
    entry = make_entry("text", url, fingerprint=_fingerprint(body))
    return Document(entry, None, clean_lines(text), None)


def failed(
    url: str, source: str, reason: str, message: str, place: str = "", stage: str = "read"
) -> Document:
    """A document that could not be read; `place` tells a row or a record of the file."""
    entry = make_entry(source, url, guid=f"{url}#{place}" if place else url)
    letter = DeadLetter(
        entry_id=entry.entry_id,
        feed_url=url,
        guid=entry.guid,
        url=url,
        fingerprint="",
        stage=stage,
        reason=reason,
        error_class="FinalError",
        message=f"{url.removeprefix('file:')}{f' {place}' if place else ''}: {message}",
        is_final=True,
        attempts=1,
        failed_at=now_us(),
    )
    return Document(entry, None, None, letter)


def decoded(body: bytes) -> str:
    """Text of unknown encoding: UTF-16 by its mark or its NULs, else UTF-8, else windows-1252 where
    most of it is not UTF-8."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    if name := unmarked_utf_16(body):
        return body.decode(name, errors="replace")
    text = body.decode("utf-8-sig", errors="replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    if bad and bad > sum(1 for char in text if char > "\x7f") - bad:
        text = body.decode("windows-1252", errors="replace")
    return text


def clean_lines(text: str) -> str:
    """The text with each line trimmed and free of control characters."""
    lines = (clean(line.replace("\t", " ")) for line in re.split(r"\r\n|\r|\n", text))
    return "\n".join(lines)


def now_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1_000


def file_url(path: str) -> str:
    """`file:` and the path as the user gave it, without any folder that tells of this machine.

    Relative paths stay, without `..`; of an absolute path, what is below the working folder stays,
    else its last folder and name, behind a hash of the folders above, since `a/news/1.txt` and
    `b/news/1.txt` are two articles.
    """
    place = Path(os.path.normpath(path))
    above = ""
    if place.is_absolute() and place.is_relative_to(Path.cwd()):
        place = place.relative_to(Path.cwd())
    elif len(place.parts[1:]) > 2 and place.is_absolute():
        above = digest(str(PurePosixPath(*place.parts[:-2])))[:8]
        place = Path(*place.parts[-2:])
    kept = [" ".join(clean(part).split()) for part in place.parts if part not in ("..", "/", ".")]
    return "file:" + str(PurePosixPath(above, *kept))


def _fingerprint(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
