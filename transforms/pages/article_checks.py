"""What a page is comes out: an article, or the reason why it is none; and whether it is cut short.

Section fronts, videos, galleries and error pages reach extraction because feeds link to them. They
are dead letters with that reason: a wrong article would be worse.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from transforms.pages.boilerplate_phrases import fold
from transforms.pages.page_metadata import PageMetadata

MIN_BODY_CHARS = 80  # of text; CJK says as much in a third
_PAYWALL = re.compile(
    r"(?:subscribe to (?:continue|read)|to continue reading|already a subscriber|for subscribers only|"
    r"subscriber-only|nur für abonnenten|jetzt weiterlesen|weiterlesen mit|mit .{0,20}plus weiterlesen|"
    r"réservé aux abonnés|il vous reste .{0,20} à lire|para seguir leyendo|exclusivo para suscriptores|"
    r"exclusivo para assinantes|riservato agli abbonati|alleen voor abonnees|только для подписчиков|"
    r"会員限定|有料会員|付费阅读|للمشتركين فقط)"
)
_ENDS_OPEN = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


def is_cut_short(body: str, page_text: str, metadata: PageMetadata) -> bool:
    """Is `body` only the open beginning of a paid article?"""
    if metadata.linked.is_free is False and len(body) < 2500:
        return True
    if len(body) < 2500 and _PAYWALL.search(fold(page_text)):
        return True
    return bool(_ENDS_OPEN.search(body)) and len(body) < 1500


def why_no_article(body: str, metadata: PageMetadata, url: str) -> str:
    """The reason why a page is no article ("" where it is one): its type, its address, its text."""
    weight = len(body) + 2 * sum(char > "\u2e7f" for char in body[:400])
    if weight < MIN_BODY_CHARS:
        return "no text of an article was found"
    claims_article = bool(metadata.linked.type) or "article" in metadata.og_type
    address = urlsplit(url)
    if address.netloc and not address.path.strip("/") and not address.query and not claims_article:
        return "a front page"
    kinds = metadata.linked.other_types
    if (
        not metadata.linked.type
        and kinds & {"CollectionPage", "SearchResultsPage", "ItemList"}
        and weight < 600
    ):
        return "a list of articles"
    if metadata.og_type.startswith("video") and weight < 400:
        return "a video without an article"
    return ""
