"""Bytes of a feed as received in, bytes that a feed parser reads safely out.

Unpacks gzip within a limit, keeps one bad byte from garbling a whole UTF-8 feed, takes out control
characters, and cuts the entries above a cap before a slow parser sees them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from schemas.errors import FinalError

MAX_UNPACKED_BYTES = 64 * 2**20

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_OPEN = re.compile(rb"<(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry|url)(?=[\s>])")
_CLOSE = re.compile(rb"</(?:[A-Za-z][\w.-]{0,30}:)?(?:item|entry|url)\s*>")
# feedparser looks for an address in such texts with an expression that is quadratic in their length
_LONG_NAME = re.compile(
    rb"(<(?:[A-Za-z][\w.-]{0,30}:)?(?:author|creator|managingEditor|webMaster|publisher|contributor"
    rb"|owner|name|email)(?:\s[^<>]{0,500})?>(?:<!\[CDATA\[)?[^<\]]{500}[\x80-\xbf]{0,3})[^<\]]+",
    re.IGNORECASE,
)
# A bare ampersand ("AT&T", "?a=1&copy=2") makes XML ill-formed; what lenient parsers make of it differs.
_AMPERSAND = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]{0,31}|#\d{1,8}|#[xX][0-9A-Fa-f]{1,6});)")
_OTHER_ADDRESS = re.compile(
    rb"(<link\b[^<>]{0,300}?)\suri=(?:\"[^\"<>]{0,1000}\"|'[^'<>]{0,1000}')(?=[^<>]{0,300}>[^<])"
)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")
_UTF8_NAMES = {"", "utf-8", "utf8", "us-ascii", "ascii"}

# Encoding names that publishers declare and Python's codecs do not know by that name.
_ALIASES = {
    "csmacintosh": "mac-roman",
    "mac": "mac-roman",
    "x-mac-roman": "mac-roman",
    "ms-cyrl": "windows-1251",
    "x-cp1251": "windows-1251",
    "x-sjis": "shift_jis",
    "x-gbk": "gbk",
    "windows-31j": "cp932",
}


class FeedBytes(NamedTuple):
    """A body and the encoding it is in ("" where the parser has to find out)."""

    body: bytes
    charset: str


def unpack(body: bytes, limit: int = MAX_UNPACKED_BYTES) -> bytes:
    """Unpack a gzip file (a `sitemap.xml.gz`); other bytes come back as they are.

    Raises `FinalError` where it unpacks to more than `limit` bytes or is broken.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(body, limit)
    except zlib.error as exc:
        raise FinalError("parse", "bad-gzip", f"the body is broken gzip: {exc}") from exc
    if unpacker.unconsumed_tail:
        raise FinalError("parse", "too-large", f"the body unpacks to over {limit:,} bytes")
    return text


def settle_encoding(body: bytes, content_type: str = "") -> FeedBytes:
    """Rewrite a feed in UTF-8 where its encoding is beyond doubt, leave it alone elsewhere.

    Bytes that are valid UTF-8 are UTF-8, whatever the HTTP header says (RFC 7303 ranks the header
    first, but wrong headers are common and accidental UTF-8 is not). A few invalid bytes among
    valid ones become U+FFFD; a parser left alone would read the whole feed as windows-1252.
    """
    declared = _declared(body)
    header = _CHARSET.search(content_type)
    charset = header[1].lower() if header else ""
    if body.startswith(_WIDE) or declared not in _UTF8_NAMES:
        return (
            _renamed(body, charset or declared) if declared in _ALIASES else _as_is(body, charset)
        )
    text = body.decode("utf-8-sig", errors="replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    if bad and (charset not in _UTF8_NAMES or bad > _multibyte_count(text)):
        return _as_is(body, charset)
    return FeedBytes(text.translate(_CONTROLS).encode(), "utf-8")


def cap_entries(body: bytes, limit: int) -> tuple[bytes, int]:
    """Cut the entries after the first `limit`, keeping head and tail; returns (body, number cut).

    It works on tags, so that 100,000 entries cost milliseconds and not a parser's many seconds.
    """
    starts = [match.start() for match in _OPEN.finditer(body)]
    if len(starts) <= limit:
        return body, 0
    ends = [match.end() for match in _CLOSE.finditer(body, starts[-1])]
    tail = ends[-1] if ends else len(body)
    return body[: starts[limit]] + body[tail:], len(starts) - limit


def shorten_names(body: bytes) -> bytes:
    """Cut the names of authors after 500 bytes: feedparser takes 8 s for 40,000."""
    return _LONG_NAME.sub(rb"\1", body)


def escape_ampersands(body: bytes) -> bytes:
    """Write bare ampersands as XML wants them; leave CDATA as it is.

    `uri` on a link with an address of its own is no address of a page (AT Protocol).
    """
    if b"&" in body:
        body = b"".join(_escaped(body))
    return _OTHER_ADDRESS.sub(rb"\1", body) if b" uri=" in body else body


def _escaped(body: bytes) -> Iterator[bytes]:
    at = 0
    while (start := body.find(b"<![CDATA[", at)) >= 0 and (end := body.find(b"]]>", start)) >= 0:
        yield _AMPERSAND.sub(b"&amp;", body[at:start])
        yield body[start : end + 3]
        at = end + 3
    yield _AMPERSAND.sub(b"&amp;", body[at:])


def _declared(body: bytes) -> str:
    match = _DECLARED.match(body.removeprefix(b"\xef\xbb\xbf")[:300])
    return match[1].decode("ascii").lower() if match else ""


def _multibyte_count(text: str) -> int:
    return sum(1 for char in text if char > "\x7f" and char != "\N{REPLACEMENT CHARACTER}")


def _as_is(body: bytes, charset: str) -> FeedBytes:
    return FeedBytes(body, charset)


def _renamed(body: bytes, charset: str) -> FeedBytes:
    text = body.decode(_ALIASES.get(charset, "utf-8"), errors="replace")
    return FeedBytes(text.translate(_CONTROLS).encode(), "utf-8")
