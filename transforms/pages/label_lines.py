"""One line of plain text comes in; out goes the rule of the labels that it is made of ("" = of others).

Share bars, menus and breadcrumbs arrive as one line: "Share Save Print", "Terms | Privacy | Contact",
"Home > World > Europe". Their parts are labels that the phrase table knows as whole lines, or names of
sections; a line falls where such parts fill it, whatever their order.
"""

from __future__ import annotations

import functools
import re

from transforms.pages.boilerplate_phrases import count_words, fold, load_phrases
from transforms.pages.section_names import load_section_names

MAX_WORDS = 30
MAX_LABEL = 6  # words
MAX_ROW = 16
_MAX_COUNTED = 12
_TELLING = frozenset(
    {"share", "comments", "legal", "newsletter", "subscribe", "app-promo", "icons", "related"}
)
_BETWEEN = re.compile(r"[\s,:;|/•·、：｜>»→\[\]()–—-]+")
_WORD = re.compile(r"[^\s,:;|/•·、：｜>»→\[\]()–—-]+")
_PIECES = re.compile(r"\s*[|•·｜]\s*|\s+[/–—-]\s+|\s{3,}")
_STEPS = re.compile(r"\s*[>›»→＞]\s*|\s+/\s+")
DIVIDERS = ">›»→|•·/–—-"  # of a folded line, one of which each of the next two needs, or blanks
_STEPPED = re.compile(r"[>›»→＞]|\s/\s")  # what asks first whether the others need be tried
_DIVIDED = re.compile(r"[|•·｜]|\s[/–—-]\s|\s{3}")
_HOMES = frozenset(
    "home homepage startseite accueil inicio início portada главная 首页 首頁 ホーム トップ "
    "الرئيسية".split()
)
_FILLERS = frozenset("and und et y e en и via on auf sur su op в the to par per".split())
_NUMBER = re.compile(r"^\+?\d[\d.,]*k?$")
# "Share0", "Facebook 12", "[ 167 comments ]", "Leserpost (23)": a label and how often
_COUNTED = re.compile(
    r"^[\s\[(•+]*(?:\d[\d.,]*k?\s)?([^\W\d][^\d\[(]{1,40}?)[\s:(\[]*(?:\d[\d.,]*k?)?[\s\])]*$"
)
_MAY_COUNT = frozenset("0123456789[]()k")
_OF_COUNTS = frozenset({"share", "comments", "icons"})
_NETWORK = (
    r"(?:facebook|twitter|instagram|whatsapp|telegram|linkedin|pinterest|reddit|youtube|tiktok|threads|"
    r"bluesky|mastodon|flipboard|tumblr|messenger|snapchat|xing|vkontakte|google\+|blogthis!?|pocket)"
)
_BESIDE = (
    r"(?:share|to|on|via|auf|sur|en|su|op|email|e-mail|mail|this|link|print|copy|sms|tweet|newsletter|"
    r"rss|x|\W|\d)"
)
_NETWORKS = re.compile(
    rf"^{_BESIDE}*{_NETWORK}{_BESIDE}*{_NETWORK}(?:{_NETWORK}|{_BESIDE})*$"
)  # a bar of them


def label_rule(line: str, folded: str, words: int, *, is_divided: bool) -> str:
    """The rule of a line, folded too, that is nothing but labels. Linear in the line.

    `is_divided` says whether one of DIVIDERS stands in it.
    """
    if words > MAX_WORDS:
        return ""
    if words <= _MAX_COUNTED and _is_bar(folded):
        return "share"
    if is_divided or "   " in line:
        if _STEPPED.search(line) and (rule := _breadcrumb_rule(line)):
            return rule
        if _DIVIDED.search(line) and (rule := _menu_rule(line)):
            return rule
    return _row_rule(folded) if words <= MAX_ROW else ""


def _is_bar(folded: str) -> bool:
    """Is it a label of sharing or comments with a number, or a bar of networks?"""
    # Folding leaves nothing of Arabic signs that are no letters
    if folded[-1:] in _MAY_COUNT or folded[:1] in _MAY_COUNT:
        match = _COUNTED.match(folded)
        if match and match[0] != match[1] and _label(match[1].strip(" .:!")) in _OF_COUNTS:
            return True
    if "book" in folded or "tter" in folded or "whatsapp" in folded:
        return _NETWORKS.match(folded) is not None
    return False


def _breadcrumb_rule(line: str) -> str:
    """ "Home > World > Europe": steps from the front page or a section, none of them a sentence."""
    steps = _STEPS.split(line.strip(" >›»→＞/"))
    if len(steps) < 2:
        return ""
    steps = [fold(step).strip(" .") for step in steps]
    if any(count_words(step) > MAX_LABEL for step in steps):
        return ""
    first, sections = steps[0], load_section_names()
    is_home = _label(first) == "ui"
    known = sum(step in sections or bool(_label(step)) for step in steps)
    is_short = count_words(" ".join(steps)) <= MAX_LABEL and (is_home or first in sections)
    return "section" if known >= (1 if is_short or (is_home and len(steps) > 2) else 2) else ""


def _menu_rule(line: str) -> str:
    """ "Terms | Privacy | Contact": at least three pieces, of which half are labels."""
    pieces = _PIECES.split(line)
    if len(pieces) < 3:
        names = {fold(piece).strip(" .:") for piece in pieces}
        return "section" if len(names) == 2 and names <= load_section_names() else ""
    pieces = [fold(piece).strip(" .:") for piece in pieces]
    if any(count_words(piece) > MAX_LABEL for piece in pieces):
        return ""
    rules = [rule for piece in pieces if (rule := _label(piece))]
    sections = sum(piece in load_section_names() for piece in pieces)
    if rules and len(rules) + sections >= len(pieces) / 2:
        return rules[0]
    return "section" if sections >= max(3, len(pieces) - 1) else ""


def _row_rule(folded: str) -> str:
    """ "Share Save Print Comment 14": labels and numbers, and nothing between them."""
    text = folded.strip(" .!")
    first, _, rest = text.partition(" ")
    if first in _HOMES and _is_path(rest.split()):
        return "section"
    if not first.isalnum():  # else it is a word
        word = _WORD.search(text)
        first = word[0] if word else ""
    # asked before the line is split: nearly all lines end here
    if not (first in _first_words() or _NUMBER.match(first)):
        return ""
    words = [word for word in _BETWEEN.split(text) if word]
    if len(words) < 3:
        return ""
    rules: list[str] = []
    labels: set[str] = set()
    at = 0
    while at < len(words):
        size = next(
            (n for n in range(min(MAX_LABEL, len(words) - at), 0, -1)
             if _label(" ".join(words[at : at + n]))), 0,
        )  # fmt: skip
        if size:
            label = " ".join(words[at : at + size])
            rules.append(_label(label))
            labels.add(label)
        elif words[at] not in _FILLERS and not _NUMBER.match(words[at]):
            return ""
        at += size or 1
    is_telling = any(rule in _TELLING for rule in rules)
    return rules[0] if len(labels) >= 3 and is_telling else ""


def _is_path(words: list[str]) -> bool:
    """Are the words names of sections, one after the other?"""
    sections = load_section_names()
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2, 1) if " ".join(words[at : at + n]) in sections), 0)
        if not size:
            return False
        at += size
    return at > 1


def _label(text: str) -> str:
    return load_phrases().exact.get(text, "")


@functools.cache
def _first_words() -> frozenset[str]:
    """The words that a known label begins with."""
    return frozenset(label.split(maxsplit=1)[0] for label in load_phrases().exact if label)
