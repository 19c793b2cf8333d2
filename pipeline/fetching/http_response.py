"""A streamed aiohttp response in, a `Response` with a body inside its limit out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.content_coding import Inflater, inflater
from schemas.errors import FinalError, RecordError, RetryableError

if TYPE_CHECKING:
    import aiohttp

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


async def read_body(
    response: aiohttp.ClientResponse, max_bytes: int, *, truncate: bool = False
) -> bytes:
    """Read and unpack the body.

    A body over `max_bytes` is cut there (`truncate`) or raises `FinalError` `too-large` at once.
    """
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    unpacker = inflater(coding)
    if unpacker is None:
        raise FinalError("fetch", "bad-encoding", f"coding {coding[:40]!r} was not asked for")
    pieces: list[bytes] = []
    room = max_bytes
    async for chunk in response.content.iter_chunked(_CHUNK):
        for piece in _unpacked(unpacker, chunk, room):
            pieces.append(piece)
            room -= len(piece)
            if room < 0 and truncate:
                return b"".join(pieces)[:max_bytes]
            if room < 0:
                raise FinalError("fetch", "too-large", f"the body is over {max_bytes:,} bytes")
    if not unpacker.is_whole():
        raise RetryableError("fetch", "bad-encoding", "the compressed body is cut short")
    return b"".join(pieces)


def _unpacked(unpacker: Inflater, chunk: bytes, room: int) -> Iterator[bytes]:
    try:
        yield from unpacker.inflate(chunk, room)
    except zlib.error as exc:
        raise RetryableError("fetch", "bad-encoding", f"broken compressed body: {exc}") from exc
