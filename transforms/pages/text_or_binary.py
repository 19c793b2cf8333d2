"""Decoded text in, whether it is text at all out; bytes in, the encoding that their NULs betray, out.

Windows-1252 and its like decode anything, so a picture or a program would pass for a strange story.
"""

from __future__ import annotations

import re

MAX_NOISE = 0.05  # of the characters; random bytes have 0.13 in a single-byte encoding
MIN_NOISE = 10  # characters; a short text may hold a stray NUL
MOST_ICONS = 60  # characters of an icon font
_UNREAD = "\N{REPLACEMENT CHARACTER}"
_LOOKED_AT = 4_096  # bytes or characters
# Private use and unassigned planes: random UTF-16 has a tenth of them, a page with icon fonts a few
_NOBODYS = re.compile("[\ue000-\uf8ff\U00040000-\U0010ffff]")
# Not tabs, line ends and form feeds, nor the escapes of terminals and of ISO 2022
_NOISE = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])


def is_text(text: str, *, has_controls: bool = True) -> bool:
    """Are all but a few of the characters neither controls, nobody's, nor what no decoder could read?

    Controls are counted unless the text is known to have none.
    """
    noise = text.count(_UNREAD) if _UNREAD in text else 0  # asking takes a tenth of the time
    if has_controls:
        body = text.encode("utf-8", "replace")
        noise += len(body) - len(body.translate(None, _NOISE))
    start = text[:_LOOKED_AT]
    if len(_NOBODYS.findall(start)) > max(MOST_ICONS, MAX_NOISE * len(start)):
        return False
    return noise <= max(MIN_NOISE, MAX_NOISE * len(text))


def unmarked_utf_16(body: bytes) -> str:
    """`utf-16-le` or `utf-16-be` for a body of Latin text and markup without a mark, else ""."""
    start = body[:_LOOKED_AT]
    first, second, pairs = start[::2].count(0), start[1::2].count(0), len(start) // 2
    if not pairs or max(first, second) < 0.3 * pairs or min(first, second) > 0.02 * pairs:
        return ""
    return "utf-16-be" if first > second else "utf-16-le"
