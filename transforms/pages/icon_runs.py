"""One line of plain text comes in; out goes whether it is a run of the names of icons and share buttons."""

from __future__ import annotations

import re

MAX_CHARS = 600
MIN_ICONS = 3  # names of a run

ICON_WORDS = frozenset(
    "icon arrow chevron artboard caret hamburger sketch logo glyph svg path layer stroke "
    "shape polygon facebook twitter linkedin whatsapp instagram youtube telegram pinterest reddit "
    "flipboard tumblr mail email e-mail print share link close menu search x more save bookmark "
    "comment messenger threads bluesky line weibo pocket viber vk icône icono ícone icona icoon иконка "
    "imprimer drucken imprimir stampa printen copy copylink clipboard rss".split()
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s|,/•·_]+|(?<=[a-z])-(?=[a-z])")


def is_icon_run(line: str) -> bool:
    """Is the line a run of icon and share-button names ("IconFacebookIcon Mail ContactPath")?"""
    if len(line) > MAX_CHARS:
        return False
    parts = [part for part in _CAMEL.split(line) if part]
    named = sum(part.lower() in ICON_WORDS for part in parts)
    return named >= MIN_ICONS and named >= 0.5 * len(parts)
