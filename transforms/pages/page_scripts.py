"""The bytes of a page come in; the same without its scripts, styles, drawings and comments goes out.

They make more than half of a news page and nothing reads them but for JSON-LD, which stays. Without
them decoding, checking and parsing the page, and each walk over it, cost a third to a half less.
"""

from __future__ import annotations

import re

# In capitals or small letters, not in both: that would take a fourth longer.
_OPENS = re.compile(rb"<(?:!--|(script|style|svg|SCRIPT|STYLE|SVG)(?=[\s/>]))")
_CLOSES = {
    tag: re.compile(rb"</(?:" + tag + rb"|" + tag.upper() + rb")(?=[\s/>])")
    for tag in (b"script", b"style", b"svg")
}


def without_scripts(body: bytes) -> bytes:
    """A page in any encoding that writes ASCII as it is; what never ends is left to the parser.

    Linear in the page: each search begins where the last one ended, and the first without success ends all.
    """
    kept: list[bytes] = []
    start = at = 0  # of what is to be kept, and of what is still to be read
    while opens := _OPENS.search(body, at):
        end = _end_of(body, opens)
        if end < 0:
            break
        if not _is_read(body, opens):
            kept.append(body[start : opens.start()])
            start = end
        at = end
    kept.append(body[start:])
    return b"".join(kept)


def _end_of(body: bytes, opens: re.Match[bytes]) -> int:
    """Where a comment or an element ends; below 0 where it does not."""
    if not opens[1]:
        end = body.find(b"-->", opens.start() + 2)  # "<!-->" is a whole comment
        return end + 3 if end >= 0 else -1
    tag = body.find(b">", opens.end())
    if tag < 0:
        return -1
    if body[tag - 1 : tag] == b"/":  # a drawing ends here, and to libxml2 a script as well
        return tag + 1
    closes = _CLOSES[opens[1].lower()].search(body, tag)
    return body.find(b">", closes.end()) + 1 or -1 if closes else -1


def _is_read(body: bytes, opens: re.Match[bytes]) -> bool:
    """Is it JSON-LD?"""
    return bool(opens[1]) and b"ld+json" in body[opens.end() : body.find(b">", opens.end())].lower()
