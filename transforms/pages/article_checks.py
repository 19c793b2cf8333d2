"""What was read of a page comes in; the reason why it is no article goes out, and whether it is cut short.

Section fronts, videos, galleries, walls and error pages served as if all were well reach extraction
because feeds link to them. They are dead letters with that reason: a wrong article would be worse. A
page that says of itself that it is an article is believed unless its text is that of a wall.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.pages.boilerplate_phrases import fold
from transforms.pages.elements import split_url
from transforms.pages.page_metadata import PageMetadata

# What is said in characters holds for letters; a CJK character weighs as much as three.
MIN_BODY = 80
MIN_LEVEL = 0.5  # of what is read as a story without a word for it; no article of 647 is below .6
DOUBTFUL_LEVEL = 0.7  # two articles of 647 are below it
SHORT = 400  # of a story that may be all there is of a video, a gallery
WALL = 1500  # texts of walls are shorter
TEASER = 300  # a line of a list of articles is seldom longer
MIN_TEASERS = 6
LINES_OF_A_TEASER = 2  # headline and summary: a recipe has more lines than the stories beside it

NO_TEXT = "no text of an article was found"

_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_VIDEOS = frozenset({"VideoObject", "BroadcastEvent", "TVEpisode", "Movie"})
_GALLERIES = frozenset({"ImageGallery", "MediaGallery"})
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|mediathek|tv|player)/", re.I)
_GALLERY_PATH = re.compile(
    r"/(?:photo-?|foto-?|bilder-?|picture-?|image-?)?(?:galler(?:y|ies)|galerien?|galeria|galerie|slideshow|"
    r"strecken?|photos|pictures|fotos|diaporama)/",
    re.I,
)
_NOT_FOUND = re.compile(
    r"(?:error |fehler |erreur |erro )?(?:404|410)(?: (?:error|not found|fehler|page not found))?|"
    r"(?:the |this )?page (?:(?:was |is |could |can ?)?not(?: be)? (?:found|available)|not found|unavailable)|not found|"
    r"(?:die )?seite (?:wurde )?(?:leider )?nicht gefunden|page (?:non trouvée|introuvable)|cette page est introuvable|"
    r"p[áa]gina no (?:encontrada|existe)|p[áa]gina não encontrada|pagina non trovata|pagina niet gevonden|"
    r"страница не найдена|页面不存在|找不到页面|页面未找到|ページが見つかりません|الصفحة غير موجودة|sayfa bulunamadı"
)
_CONSENT = re.compile(
    r"before you continue|(?:your |we value your |we care about your )privacy(?: (?:settings|choices|matters|preferences))?|"
    r"(?:cookie|privacy)[ -](?:consent|settings|preferences|notice|wall)|consent(?: (?:management|required|form))?|"
    r"(?:datenschutz|cookie)[- ]?einstellungen|einwilligung|gestion des cookies|votre vie privée|configuración de cookies|"
    r"согласие на (?:обработку|использование) .{0,40}|cookie-?toestemming|le tue preferenze relative alla privacy"
)
_LOGIN = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|login)(?: (?:required|to (?:continue|read|your account)|page))?|(?:create|register) (?:an|your) account|"
    r"(?:bitte )?(?:anmelden|anmeldung|einloggen)|(?:se connecter|connexion|connectez-vous)|iniciar sesión|inicia sesión|"
    r"entrar|fazer login|accedi|inloggen|войти|вход|авторизация|登录|登錄|ログイン|تسجيل الدخول"
)
_BLOCKED = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|(?:are you|you are not) a (?:robot|human)|"
    r"(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human|pardon our interruption|security check|checking your browser|"
    r"(?:error )?403(?: forbidden)?|forbidden|(?:javascript|cookies) (?:is |are )?(?:required|disabled)|"
    r"(?:please )?enable (?:javascript|cookies).{0,60}|unusual traffic|too many requests|(?:error )?429|captcha|"
    r"(?:error )?50[0234](?: .{0,30})?|service unavailable|internal server error|bad gateway|zugriff verweigert|accès refusé|acceso denegado"
)
_WALLS = {
    "an error page (not found)": _NOT_FOUND,
    "a consent wall": _CONSENT,
    "a login wall": _LOGIN,
    "an access check": _BLOCKED,
}
_PAYWALL = re.compile(
    r"(?:subscribe to (?:continue|read)|to continue reading|already a subscriber|for subscribers only|"
    r"subscriber-only|nur für abonnenten|jetzt weiterlesen|weiterlesen mit|mit .{0,20}plus weiterlesen|"
    r"réservé aux abonnés|il vous reste .{0,20} à lire|para seguir leyendo|exclusivo para suscriptores|"
    r"exclusivo para assinantes|riservato agli abbonati|alleen voor abonnees|только для подписчиков|"
    r"会員限定|有料会員|付费阅读|للمشتركين فقط)"
)
_ENDS_OPEN = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_TITLE_PARTS = re.compile(r"\s+[|\-–—·»:]\s+")
_EDGES = " .!?…:,;-–—|\"'"


class Reading(NamedTuple):
    """What was read of a page, as far as the page's kind shows in it."""

    lines: list[str]
    level: float = 1.0  # the score of the page's good lines
    teasers: int = 0  # linked headlines between the first and last line, of the page if it is thin


def is_cut_short(body: str, page_text: str, metadata: PageMetadata) -> bool:
    """Is `body` only the open beginning of a paid article?"""
    if metadata.linked.is_free is False and len(body) < 2500:
        return True
    if len(body) < 2500 and _PAYWALL.search(fold(page_text)):
        return True
    return bool(_ENDS_OPEN.search(body)) and len(body) < 1500


def why_no_article(read: Reading, metadata: PageMetadata, url: str) -> str:
    """The reason why a page is no article ("" where it is one): its title, type, address, text."""
    weight = _weight(read.lines)
    if weight < WALL and (wall := _wall(metadata)):
        return wall
    claims_article = metadata.linked.type or "article" in metadata.og_type
    reason = _kind_without_text(metadata, url) if weight < SHORT else ""
    reason = reason or _list_of_articles(read, metadata, url)
    if weight < MIN_BODY:
        return NO_TEXT if claims_article or not reason else reason
    if claims_article:
        return ""
    return reason or (NO_TEXT if read.level < MIN_LEVEL else "")


def _list_of_articles(read: Reading, metadata: PageMetadata, url: str) -> str:
    address = split_url(url)
    if not address.netloc and read.teasers >= MIN_TEASERS:  # a saved page says where it is from
        address = split_url(metadata.canonical)
    if address.netloc and not address.path.strip("/") and not address.query:
        return "a front page"
    lines = len(read.lines) // (LINES_OF_A_TEASER if read.level < DOUBTFUL_LEVEL else 1)
    many = read.teasers >= max(MIN_TEASERS, lines)
    stated = metadata.linked.other_types & _LISTS and _weight(read.lines) < 600
    is_list = bool(stated) or (many and not metadata.authors and not metadata.published)
    return "a list of articles" if is_list and _is_shortish(read.lines) else ""


def _is_shortish(lines: list[str]) -> bool:
    """Are nearly all lines no longer than the teaser of a story?"""
    return sum(_weight([line]) < TEASER for line in lines) >= 0.8 * len(lines)


def _kind_without_text(metadata: PageMetadata, url: str) -> str:
    """A page of pictures, moving or not, that says so by its type or its address."""
    kinds, path = metadata.linked.other_types, split_url(url).path
    if metadata.og_type.startswith("video") or kinds & _VIDEOS or _VIDEO_PATH.search(path):
        return "a video without an article"
    if "gallery" in metadata.og_type or kinds & _GALLERIES or _GALLERY_PATH.search(path):
        return "a gallery without an article"
    return ""


def _wall(metadata: PageMetadata) -> str:
    """The kind of wall that the page's headline, or a whole part of it, names.

    A story has more to say in its headline: only what is nothing but such words counts.
    """
    if metadata.linked.type or metadata.authors:
        return ""
    headline = fold(metadata.headline)
    for part in {headline.strip(_EDGES), *(p.strip(_EDGES) for p in _TITLE_PARTS.split(headline))}:
        for kind, pattern in _WALLS.items():
            if pattern.fullmatch(part):
                return kind
    return ""


def _weight(lines: list[str]) -> int:
    """Characters of lines; what Latin says in three, Chinese and Japanese say in one."""
    wide = sum(len(_WIDE.findall(line, 0, 400)) for line in lines if not line.isascii())
    return sum(map(len, lines)) + 2 * wide
