"""A stream that is read once in, one that libraries take for a file out: rejoined, or unpacked.

FastWARC asks a stream for its place, and ends the process where it has none.
"""

from __future__ import annotations

import io
import os
import zlib
from typing import IO, Any

PIECE = 1 << 18  # bytes that most pages have not
_MEMBER = b"\x1f\x8b\x08"  # RFC 1952 2.3: how each member of a gzip file begins


class OneWay(io.RawIOBase):
    """A stream that knows its place and goes nowhere else."""

    def __init__(self) -> None:
        self._place = 0

    def next_piece(self, size: int) -> bytes:
        """Up to `size` further bytes; none at the end."""
        raise io.UnsupportedOperation(f"{type(self).__name__} gives nothing")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Nothing: a reader of a part is closed when it is dropped, and there may be another."""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Only to where it is."""
        if (offset, whence) not in ((0, os.SEEK_CUR), (self._place, os.SEEK_SET)):
            raise io.UnsupportedOperation("a stream goes one way")
        return self._place

    def readinto(self, buffer: Any) -> int:
        piece = self.next_piece(len(buffer))
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)


class Rejoined(OneWay):
    """A stream with its start, which was read to see what it is, before it again."""

    def __init__(self, start: bytes, stream: IO[bytes]) -> None:
        super().__init__()
        self._start, self._stream = start, stream

    def next_piece(self, size: int) -> bytes:
        piece = self._start[:size] or self._stream.read(size)
        self._start = self._start[size:]
        return piece


class Unpacked(OneWay):
    """A gzip file unpacked. It ends in each broken member, until it is told to go on behind it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._raw = b""
        self._taken = b""  # of the member: a broken one may take those behind it for its own
        self._member: Any = None  # of zlib, which does not name its type
        self.broken = ""  # what is wrong with the member in which it ended

    def go_on(self) -> None:
        """Have it begin again behind a broken member."""
        self.broken = ""

    def next_piece(self, size: int) -> bytes:
        while not self.broken and (self._raw or self._read_on()):
            if self._member is None and not self._begin():
                continue
            if piece := self._unpacked(size):
                return piece
        return b"" if self.broken else self._rest(size)

    def _read_on(self) -> bool:
        self._raw = self._stream.read(PIECE)
        return bool(self._raw)

    def _begin(self) -> bool:
        """Find the next member in what was read; what stands before it is none."""
        place = self._raw.find(_MEMBER)
        if place < 0:  # perhaps it begins with the last bytes
            tail = self._raw[1 - len(_MEMBER) :]
            self._raw = tail + self._raw if self._read_on() else b""
            return False
        self._raw = self._raw[place:]
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True

    def _unpacked(self, size: int) -> bytes:
        try:
            piece: bytes = self._member.decompress(self._raw, size)
        except zlib.error as exc:
            self._break(str(exc))
            return b""
        if self._member.eof:
            self._raw, self._taken, self._member = self._member.unused_data, b"", None
        else:
            rest: bytes = self._member.unconsumed_tail
            taken = self._raw[: len(self._raw) - len(rest)]
            self._raw, self._taken = rest, (self._taken + taken)[-PIECE:]
        return piece

    def _break(self, message: str) -> None:
        """End in this member, and have the next one looked for behind the place where it began."""
        raw = self._taken + self._raw
        self._raw = raw[1:] if raw.startswith(_MEMBER) else raw
        self.broken, self._taken, self._member = message, b"", None

    def _rest(self, size: int) -> bytes:
        """What zlib still holds when all is read."""
        if self._member is not None:
            piece: bytes = self._member.decompress(b"", size)
            if piece:
                return piece
            if self._member.eof:
                self._member = None
            else:
                self._break("the file is cut short")
        return b""
