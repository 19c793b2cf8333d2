"""A stream of JSON rows in, a `Document` a row out; a broken row is a failure naming its line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from pipeline.sources.document import (
    STANDARD_INPUT,
    Document,
    SourceLimits,
    clean_lines,
    failed,
    make_entry,
    now_us,
)
from schemas.records import Page
from transforms.feeds.feed_dates import feed_moment
from transforms.feeds.raw_feed import absolute, digest, iso_moment, plain_text
from transforms.pages.keepable import whole

_TEXT = ("text", "body", "article_body", "articleBody", "maintext", "content", "content_text")
_HTML = ("html", "raw_html", "content_html", "page")
_TITLE = ("title", "headline", "name")
_URL = ("url", "link", "canonical_url", "uri", "source_url")
_DATE = ("date_published", "datePublished", "published", "date", "date_publish", "pubDate")
_UPDATED = ("date_modified", "dateModified", "updated", "date_modify")
_LANGUAGE = ("language", "lang", "inLanguage", "in_language")
_PUBLISHER = ("publisher", "source", "outlet", "site_name", "source_domain")


def read_rows(
    stream: IO[bytes], file: str, limits: SourceLimits, start: bytes = b""
) -> Iterator[Document]:
    """Read JSONL; `start` is what was read of the stream already.

    A row has `text` (or `body`, `article_body` ...) or `html`, and may have url, title or headline,
    date, language, authors, publisher and summary. A row without a URL is known by its line, or on standard
    input by what it says.
    """
    rows = _lines(stream, start, limits.max_document_bytes)
    for number, line in enumerate(rows, start=1):
        if line is None:
            message = f"the row is over {limits.max_document_bytes:,} bytes"
            yield failed(file, "jsonl", "too-large", message, f"line {number}")
        elif line.strip():
            yield _document(line, file, number)


def _lines(stream: IO[bytes], start: bytes, limit: int) -> Iterator[bytes | None]:
    """Each line; None for one over the limit, which is skipped and not kept in memory."""
    head = io.BytesIO(start)
    while True:
        line = head.readline()
        if not line.endswith(b"\n"):
            line += stream.readline(limit + 1)
        if not line:
            return
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(2**20)
        yield None


def _document(line: bytes, file: str, number: int) -> Document:
    place = f"line {number}"
    try:
        row = _whole(json.loads(line.decode("utf-8-sig", errors="replace")))
    except (ValueError, RecursionError) as exc:
        return failed(file, "jsonl", "bad-json", str(exc)[:200], place)
    if not isinstance(row, dict):
        return failed(
            file, "jsonl", "bad-row", f"a row is an object, not {type(row).__name__}", place
        )
    text, html = _first(row, _TEXT), _first(row, _HTML)
    if not text and not html:
        fields = ", ".join(sorted(row)[:8])
        return failed(
            file, "jsonl", "no-text", f"neither text nor html among: {fields[:200]}", place
        )
    name = digest(line.decode("latin-1"))[:16] if file == STANDARD_INPUT else number
    url = absolute("", _first(row, _URL)) or f"{file}#{name}"
    entry = make_entry(
        "jsonl",
        file,
        guid=_identifier(row) or url,
        link=url,
        title=plain_text(_first(row, _TITLE), is_html=False),
        summary=_first(row, ("summary", "description", "abstract")),
        authors=_authors(row),
        language=_first(row, _LANGUAGE),
        published=_moment(row, _DATE),
        updated=_moment(row, _UPDATED),
        feed_title=_first(row, _PUBLISHER),
        fingerprint=digest(line.decode("utf-8", errors="replace")),
    )
    if html:
        body = html.encode("utf-8", errors="replace")
        page = Page(url, url, "text/html; charset=utf-8", body, now_us())
        return Document(entry, page, None, None)
    return Document(entry, None, clean_lines(text), None)


def _whole(value: Any) -> Any:
    """The value with its texts whole: JSON can name half of a surrogate pair, which is no text."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return list(map(_whole, value))
    if isinstance(value, dict):
        return {whole(key): _whole(inner) for key, inner in value.items()}
    return value


def _first(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """The first of the fields that is a text (or an object with a name, as in schema.org)."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _identifier(row: Mapping[str, Any]) -> str:
    value = row.get("id", row.get("guid"))
    return str(value)[:500] if isinstance(value, (str, int)) and value != "" else ""


def _authors(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = row.get("authors", row.get("author", row.get("byline")))
    people = value if isinstance(value, list) else [value]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    return tuple(
        plain_text(name, is_html=False) for name in names if isinstance(name, str) and name
    )


def _moment(row: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    """The first readable date: ISO 8601, or whatever else a feed may state."""
    for key in keys:
        stated = row.get(key)
        moment = iso_moment(stated)
        if moment is None:
            moment = feed_moment(stated)
        if moment is not None:
            return moment
    return None
