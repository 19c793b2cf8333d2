"""A streamed aiohttp response in, a `Response` with a body inside its limit out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Protocol

import aiohttp

from schemas.errors import FinalError, RecordError, RetryableError

# Statuses that a later try may heal; other 4xx are the publisher's last word.
_RETRYABLE = {408, 421, 423, 425, 429}
_CHUNK = 64 * 1024


class Response(NamedTuple):
    """An answer of any status, its body decompressed."""

    url: str  # as asked for
    final_url: str  # after redirects
    status: int
    headers: tuple[tuple[bytes, bytes], ...]  # as received, byte for byte
    body: bytes
    redirects: tuple[tuple[int, str], ...]  # (status, URL it led to), in order

    def header(self, name: str) -> bytes:
        """The first header of that name, byte for byte; b"" where there is none."""
        wanted = name.lower().encode("ascii")
        return next((value for key, value in self.headers if key.lower() == wanted), b"")

    def text_header(self, name: str) -> str:
        """The same as text: Latin-1, as RFC 9110 5.5 says of old field values."""
        return self.header(name).decode("latin-1").strip()

    def retry_after(self, now: int) -> int | None:
        """When Retry-After allows the next request, microseconds since 1970 (RFC 9110 10.2.3)."""
        value = self.text_header("retry-after")
        if value.isdecimal() and len(value) < 10:
            return now + int(value) * 1_000_000
        moment = http_date(value)
        return moment if moment is None else max(moment, now)


def http_date(text: str) -> int | None:
    """Microseconds since 1970 of an HTTP date; None where it is not one."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return int((aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000
    except OverflowError:
        return None


def check_status(response: Response) -> None:
    """Raise the error of a status that is no success: `http-404`, `http-503` and so on."""
    error = status_error(response)
    if error is not None:
        raise error


def status_error(response: Response) -> RecordError | None:
    """The error that a status stands for; None for 2xx and for 304 Not Modified."""
    status = response.status
    if 200 <= status < 300 or status == 304:
        return None
    kind = RetryableError if status >= 500 or status in _RETRYABLE else FinalError
    return kind("fetch", f"http-{status}", f"{response.final_url} answered {status}")


class _Inflater(Protocol):
    def inflate(self, data: bytes, room: int) -> Iterator[bytes]: ...

    def is_whole(self) -> bool: ...


class _Plain:
    def inflate(self, data: bytes, room: int) -> Iterator[bytes]:
        yield data

    def is_whole(self) -> bool:
        return True


class _Zlib:
    """Unpacks gzip (more than one member too) and both readings of `deflate`, a piece at a time.

    No call unpacks more than a piece plus the room that is left, so a bomb never unfolds.
    """

    def __init__(self, coding: str) -> None:
        self._wbits = 31 if "gzip" in coding else 15
        self._unpacker = zlib.decompressobj(self._wbits)
        self._is_fresh = True

    def inflate(self, data: bytes, room: int) -> Iterator[bytes]:
        while data and room >= 0:
            piece = self._step(data, min(room + 1, 2**20))
            room -= len(piece)
            yield piece
            data = self._unpacker.unconsumed_tail
            if self._unpacker.eof and self._unpacker.unused_data.startswith(b"\x1f\x8b"):
                data = self._unpacker.unused_data
                self._unpacker = zlib.decompressobj(self._wbits)

    def is_whole(self) -> bool:
        return self._unpacker.eof or self._is_fresh

    def _step(self, data: bytes, limit: int) -> bytes:
        try:
            piece = self._unpacker.decompress(data, limit)
        except zlib.error:
            if not (self._is_fresh and self._wbits == 15):
                raise
            self._wbits = -15  # `deflate` without the zlib head: against the standard, yet common
            self._unpacker = zlib.decompressobj(self._wbits)
            piece = self._unpacker.decompress(data, limit)
        self._is_fresh = False
        return piece


def _inflater(coding: str) -> _Inflater:
    if coding in ("", "identity"):
        return _Plain()
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Zlib(coding)
    raise FinalError("fetch", "bad-encoding", f"content coding {coding[:40]!r} was not asked for")


async def read_body(
    response: aiohttp.ClientResponse, max_bytes: int, *, truncate: bool = False
) -> bytes:
    """Read and unpack the body.

    A body over `max_bytes` is cut there (`truncate`) or raises `FinalError` `too-large` at once.
    """
    inflater = _inflater(response.headers.get("Content-Encoding", "").strip().lower())
    pieces: list[bytes] = []
    room = max_bytes
    async for chunk in response.content.iter_chunked(_CHUNK):
        for piece in _unpacked(inflater, chunk, room):
            pieces.append(piece)
            room -= len(piece)
            if room < 0 and truncate:
                return b"".join(pieces)[:max_bytes]
            if room < 0:
                raise FinalError("fetch", "too-large", f"the body is over {max_bytes:,} bytes")
    if not inflater.is_whole():
        raise RetryableError("fetch", "bad-encoding", "the compressed body is cut short")
    return b"".join(pieces)


def _unpacked(inflater: _Inflater, chunk: bytes, room: int) -> Iterator[bytes]:
    try:
        yield from inflater.inflate(chunk, room)
    except zlib.error as exc:
        raise RetryableError("fetch", "bad-encoding", f"broken compressed body: {exc}") from exc
