"""A text in Markdown comes in, the same without its marks goes out; other texts come out as they are."""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"^#{1,6}\s\S|^!?\[[^\[\]\n]{1,300}\]\(|\]\(https?://|\*\*[^*\n]{1,300}\*\*", re.M
)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,1000}(?:\s\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,1000}(?:\s\"[^\"\n]{0,300}\")?\)"
)
# Blanks and no line breaks, or every empty line would be tried with all that follow it
_OPENING = re.compile(
    r"^(?:(?:[-*_][ \t]?){3,}$|#{1,6}[ \t]+|>[ \t]?|[ \t]*[*+-][ \t]{1,3}(?=\S))", re.M
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![\w*])")
_LIST = re.compile(r"^[ \t]*[*+-][ \t]{1,3}")


def plain_markdown(text: str) -> str:
    """`text` without headings' marks, emphasis, quotation marks, images and addresses of links."""
    if not _SIGNS.search(text):
        return text
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _OPENING.sub(_opening, text)
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))


def _opening(match: re.Match[str]) -> str:
    """A mark of a list stays one: lists are part of an article."""
    return "- " if _LIST.match(match[0]) and match[0].strip() in ("*", "+", "-") else ""
