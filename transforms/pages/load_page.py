"""The bytes of a page come in, its element tree goes out; what is no page ends in a FinalError.

The bytes are decoded here and not by the parser, because a page's own claim about its encoding is
often wrong: valid UTF-8 is UTF-8 whatever the page says. Markup that is quadratic in a later step
(a tag with thousands of attributes, hundreds of thousands of elements) is refused or cut before.
"""

from __future__ import annotations

import functools
import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from resiliparse.parse.encoding import detect_encoding

from schemas.errors import FinalError
from transforms.pages.page_scripts import without_scripts
from transforms.pages.text_or_binary import is_text, unmarked_utf_16

MAX_BYTES = 20_000_000
MAX_ELEMENTS = 150_000  # the longest live blogs have 30,000
MAX_ATTRIBUTES = 200  # of one tag; more are dropped
MAX_DEPTH = 2_000
MAX_BAD_BYTES = 50  # of a page in UTF-8; a page in another encoding has more
DEEP = 250  # libxml2 silently drops what is nested deeper than 255, unless told otherwise

# lxml.html asks a Python function for the class of each element that is touched; a walk over the page
# takes a third less when forms and inputs are elements like all others.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.I)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([BIJ])")  # looks like ASCII to all who do not know it
# What the Internet Archive lays over each page that it shows: not the page's own.
_ARCHIVE_BANNER = (b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<!-- END WAYBACK TOOLBAR INSERT -->")
LONG = 16_000  # characters of attributes in one tag; legitimate ones of this size carry images
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{LONG},}}>")
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252",
    "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "shift_jis": "cp932",
    "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254",
    "windows-31j": "cp932", "utf8": "utf-8", "big5": "big5hkscs",
}  # fmt: skip


def load_page(body: bytes, content_type: str = "") -> HtmlElement:
    """Parse a page.

    Raises FinalError("extract", "empty-page" | "not-text" | "too-large" | "too-deep").
    """
    if len(body) > MAX_BYTES:
        raise FinalError("extract", "too-large", f"page of {len(body):,} bytes")
    text, encoded = _decoded(without_scripts(_without_archive_banner(body)), content_type)
    clean = encoded.translate(None, _CONTROLS)
    if not is_text(text, has_controls=len(clean) < len(encoded)):
        raise FinalError("extract", "not-text", "the page is binary data, no text")
    return _parse_text(text, clean)


def _decoded(body: bytes, content_type: str) -> tuple[str, bytes]:
    """The text of a page, and the same in UTF-8, which for most pages is what came in."""
    if name := _sure_encoding(body):
        text = body.decode(name, "replace").lstrip("\ufeff")
        return text, _encoded(text)
    try:
        return body.decode("utf-8"), body
    except UnicodeDecodeError as error:
        text = _decoded_by_claims(body, content_type, error.start)
        return text, _encoded(text)


def _decoded_by_claims(body: bytes, content_type: str, broken_at: int) -> str:
    """The text of a page by the header, the page's claims, or a guess at what is no valid UTF-8."""
    claims = [
        *_CHARSET.findall(content_type.encode("utf-8", "replace")),
        *_CHARSET.findall(body[:4096]),
    ]
    for claim in claims:
        name = claim.decode("ascii").lower()
        if name in ("utf-8", "utf8"):
            # A few bad bytes must not turn the whole page into another encoding.
            text = body.decode("utf-8", "replace")
            if text.count("\ufffd") <= max(MAX_BAD_BYTES, len(text) // 1000):
                return text
            continue  # the claim of a script or a frame around an old page
        try:
            return body.decode(_ALIASES.get(name, name), "replace")
        except (LookupError, ValueError):
            continue
    return body.decode(_guess(body, broken_at), "replace")


def _sure_encoding(body: bytes) -> str:
    """The encoding that the bytes themselves prove, which a claim cannot change; else ""."""
    for mark, name in _MARKS.items():
        if body.startswith(mark):
            return name
    if body.isascii() and _ISO_2022_JP.search(body):
        return "iso2022_jp_ext"
    return unmarked_utf_16(body)


def _guess(body: bytes, broken_at: int) -> str:
    around = body[max(0, broken_at - 10_000) : broken_at + 50_000]
    name = str(detect_encoding(around)).lower()
    name = _ALIASES.get(name, name)
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _parse_text(text: str, body: bytes) -> HtmlElement:
    """Parse a text that is given in UTF-8 without control characters as well."""
    whole = text
    if head := _XML_HEAD.match(text):
        text = text[head.end() :]
    text = _cut_long_tags(text)
    if "\ufffe" in text or "\uffff" in text:  # asking takes a tenth of the time
        text = text.replace("\ufffe", "").replace("\uffff", "")
    if text is not whole:
        body = _encoded(text).translate(None, _CONTROLS)
    if not body or body.isspace():
        raise FinalError("extract", "empty-page", "the page has no content")
    if len(body) > 2 * MAX_ELEMENTS and body.count(b"<") > 2 * MAX_ELEMENTS:
        raise FinalError("extract", "too-large", f"page of over {MAX_ELEMENTS:,} elements")
    tree = _parse(body, huge=False)
    if _is_cut_off(tree):
        tree = _parse(body, huge=True)
        _check_depth(tree)
    return tree


def _without_archive_banner(body: bytes) -> bytes:
    begin, end = _ARCHIVE_BANNER
    before, found, rest = body.partition(begin)
    _, ended, after = rest.partition(end)
    return before + after if found and ended else body


def _encoded(text: str) -> bytes:
    """UTF-8 without lone surrogates."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode("utf-8")


def _parse(body: bytes, *, huge: bool) -> HtmlElement:
    try:
        tree = document_fromstring(body, parser=_parser(huge=huge))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise FinalError("extract", "empty-page", f"no page could be parsed: {error}") from error
    if tree is None or not len(tree):
        raise FinalError("extract", "empty-page", "the page has no elements")
    return tree


@functools.cache
def _parser(*, huge: bool) -> etree.HTMLParser:
    parser = etree.HTMLParser(
        huge_tree=huge, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    return parser


def _cut_long_tags(text: str) -> str:
    """Most pages have none: a long tag would fill one of these pieces, and each holds a "<" or ">"."""
    size = LONG // 2
    if all(
        text.find("<", start, start + size) >= 0 or text.find(">", start, start + size) >= 0
        for start in range(0, len(text) - size + 1, size)
    ):
        return text
    return _LONG_TAG.sub(_cut_tag, text)


def _cut_tag(match: re.Match[str]) -> str:
    """A tag with its attributes cut to a bearable number (20,000 of them cost a minute later)."""
    tag = match[0]
    if tag.count("=") <= MAX_ATTRIBUTES:
        return tag
    name = re.match(r"<[\w:-]{1,50}", tag)
    return f"{name[0]}>" if name else ""


def _is_cut_off(tree: HtmlElement) -> bool:
    """Did the parser reach its own limit of depth? It gives no error, only an end."""
    element, depth = tree, 0
    while len(element):
        element, depth = element[-1], depth + 1
        if depth >= DEEP:
            return True
    return False


def _check_depth(tree: HtmlElement) -> None:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise FinalError("extract", "too-deep", f"over {MAX_DEPTH:,} nested elements")
