"""Plain text with its lines broken at a width in (a mail, a wire copy); one line a paragraph out."""

from __future__ import annotations

import re
from itertools import pairwise

_WIDTHS = range(30, 121)  # characters; longer lines are paragraphs that nobody broke
_MIN_BREAKS = 2
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uff00-\uffef，。、]")


def unwrap_lines(text: str) -> str:
    """`text` with the breaks undone that only a line's width asked for.

    Such a break stands where the next word would have passed the longest line of the text. A blank
    line, an indented line and a line that ends early stay breaks, and so does every break of a text
    whose longest line is no usual width.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    width = max((len(line) for line in lines if "://" not in line), default=0)
    if width not in _WIDTHS:
        return text
    breaks = [_is_forced(line, after, width) for line, after in pairwise(lines)]
    if sum(breaks) < _MIN_BREAKS:
        return text
    out = lines[:1]
    for is_forced, line, before in zip(breaks, lines[1:], lines, strict=False):
        if is_forced:
            out[-1] += ("" if _NO_SPACES.match(before[-1]) else " ") + line.lstrip()
        else:
            out.append(line)
    return "\n".join(out)


def _is_forced(line: str, after: str, width: int) -> bool:
    if not line or not after or after[0].isspace():
        return False
    first = 1 if _NO_SPACES.match(after) else len(after.split(maxsplit=1)[0]) + 1
    return len(line) + first > width
