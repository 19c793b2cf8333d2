"""The text of a JSON-LD script comes in, its value goes out, mended or in parts where it is broken.

Pages write JSON by hand and by templates: comments, stray commas, raw newlines, bad escapes, quotes
that nobody escaped. What stays unreadable all the same still names the plain fields of its article.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

MAX_SCRIPT = 300_000  # characters; a script of 1 MB costs a second to parse
HEAD, TAIL = 50_000, 20_000  # characters of a broken or longer one that are looked at
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_STRAY_COMMA = re.compile(r",\s*(?=,|[}\]])()")
_LINE_COMMENT = re.compile(r'(?<=[,{\[\s"])//(?=[^\n]{0,300}\n)[^\n]*')
_BROKEN_TYPE = re.compile(
    r'["\']@type["\']\s*:\s*\[?\s*["\'](\w{0,30}(?:Article|Posting|Report))["\']'
)
# A value ends at the quote before the next name, since careless systems do not escape quotes in it.
_BROKEN_FIELD = re.compile(
    r'["\']?\b(headline|description|datePublished|dateModified|articleSection|inLanguage)["\']?\s*:\s*'
    r'(["\'])((?:[^\\\n]|\\.){1,600}?)\2(?=\s*+(?:,\s*+)?(?:["\'}\]]|\w+\s*+:|$))'
)
_BROKEN_AUTHOR = re.compile(
    r'["\']author["\']\s*:[\s\[{]*[^{}\[\]]{0,200}?["\']name["\']\s*:\s*["\']([^"]{2,100}?)["\']\s*(?:[,}\]]|$)'
)
_BLOCK_COMMENT = re.compile(r"/\*[^*\n]{0,300}\*/(?=\s*[\"'}\]{\[,])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_MENDS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: _BAD_ESCAPE.sub(r"\\\\", text),
    lambda text: _BLOCK_COMMENT.sub("", text),
    lambda text: _LINE_COMMENT.sub("", _STRAY_COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", text))),
)


def parse_json(text: str) -> Any:
    """The value of a JSON-LD script, or None.

    Comment wrappers and raw newlines are forgiven; of what is broken all the same, the plain fields
    of an article are read where they can still be told.
    """
    if len(text) > MAX_SCRIPT:
        return _salvaged(text)
    if "&quot;" in text and '"' not in text:  # escaped as if it were an attribute
        text = html.unescape(text)
    text = _WRAPPER.sub("", text.strip()).strip().rstrip(";")
    for mend in _MENDS:
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _salvaged(text: str) -> dict[str, Any] | None:
    """The plain fields of an article out of JSON that cannot be parsed, from its beginning and end."""
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    kind = _BROKEN_TYPE.search(text)
    if kind is None:
        return None
    node: dict[str, Any] = {"@type": kind[1]}
    for match in _BROKEN_FIELD.finditer(text):
        node.setdefault(match[1], match[3].replace('\\"', '"'))
    if author := _BROKEN_AUTHOR.search(text):
        node["author"] = {"@type": "Person", "name": author[1]}
    return node
