"""A content coding's name in (RFC 9110 8.4.1), what unpacks it piece by piece out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol


class Inflater(Protocol):
    """Unpacks one body. `inflate` raises `zlib.error` at what is not of the coding."""

    def inflate(self, data: bytes, room: int) -> Iterator[bytes]:
        """The next bytes, unpacked; not many more than `room` of them."""
        ...

    def is_whole(self) -> bool:
        """Whether the body may end here."""
        ...


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


def inflater(coding: str) -> Inflater | None:
    """What unpacks a coding, its name in lower case; None for one that is not known."""
    if coding in ("", "identity"):
        return _Plain()
    return _Zlib(coding) if coding in ("gzip", "x-gzip", "deflate") else None
