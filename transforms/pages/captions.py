"""The element of a headline comes in, the caption of the lead image below it goes out, credits cut.

Many pages mark captions, by figcaption or by a class. On the others the words that share a container
with the first image after the headline are its caption, if nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from transforms.pages.line_rules import line_rule
from transforms.pages.read_dates import parse_date

MAX_IMAGES = 3  # after the headline, of which the first with a caption is taken
MAX_CHARS = 400  # a container with more text holds more than an image and its caption
MIN_WORDS = 3  # of a caption; in Chinese and Japanese seven characters
MAX_PARTS = 6  # elements of an unmarked container: an image, a break, a text
MAX_LEVELS = 3  # from an image up to the container that holds its caption

_IMAGES = ("img", "amp-img", "figcaption")
_SILENT = frozenset({"script", "style", "noscript", "template", "button", "svg"})
_ELSEWHERE = frozenset({"nav", "aside", "footer", "form", "button"})
_TOO_MUCH = ("a", "time", "button", "ul", "ol", "h2", "h3", "input")
_CAPTION_CLASS = re.compile(
    r"caption|legend|cutline|epigrafe|bildunter|bildtext|(?:image|img|foto|photo|pie)[-_]?text|"
    r"resim|pie-?(?:de)?-?foto|didascalia|bijschrift|bildtxt|(?:^|[\s_-])cap(?:$|[\s_-])",
    re.I,
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|source|photographer|firma|quelle|byline|author|attribution|rights", re.I
)
_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_CREDIT = re.compile(
    r"\s*(?:[|(\[（]\s*)?(?:photo(?:graph)?s?(?: credit)?|picture|image|credit|foto(?:ğraf|grafía|s)?|bild|"
    r"kuva|crédit|фото|تصوير|写真|撮影|source|quelle|bron|fonte|©|\(c\))\s*(?:by|von|par|de)?\s*[:：/©].*$"
    r"|\s*©.*$"
    r"|\s*\((?:AP|AFP|Reuters|Getty|EPA|dpa)\b[^()]{0,60}\)\s*$"
    r"|\s\([^()/]{3,40}/[^()/]{3,40}\)\s*$"
    r"|(?-i:\s+[A-Z]{2}[A-Z .]{0,30}/[^./]{3,40}$)"
    r"|\s*[（(]?[\u4e00-\u9fff]{2,8}(?:\s[\u4e00-\u9fff]{1,4})?\s?[摄攝][）)]?\s*$",
    re.I,
)
_CHINESE_CREDIT = re.compile(r"\s\S{1,8}(?:\s\S{1,8})?\s?[摄攝]\s*$")


def read_caption(headline: HtmlElement) -> str:
    """The caption of the first image after the headline that has one, or ""."""
    for image in islice(_images_after(headline), MAX_IMAGES):
        if text := _text_beside(image):
            return text
    return ""


def _images_after(headline: HtmlElement) -> Iterator[HtmlElement]:
    """Images that follow the headline in the same part of the page."""
    node: HtmlElement | None = headline
    for _ in range(6):
        if node is None:
            return
        for sibling in node.itersiblings():
            if sibling.tag not in _ELSEWHERE:
                yield from sibling.iter(*_IMAGES)
        node = node.getparent()


def _text_beside(image: HtmlElement) -> str:
    """The caption in the containers of an image, the smallest first."""
    if image.tag == "figcaption":
        return _caption(_shown(image))
    child, element = image, image.getparent()
    for _ in range(MAX_LEVELS):
        if element is None:
            return ""
        marked = [part for part in islice(child.itersiblings(), 2) if _is_marked(part)]
        is_whole = element.tag == "figure" or _holds_nothing_else(element)
        for part in [*marked, *([element] if is_whole else [])]:
            if caption := _caption(_shown(part)):
                return caption
        child, element = element, element.getparent()
    return ""


def _is_marked(element: HtmlElement) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return len(marks) > 3 and _CAPTION_CLASS.search(marks[:200]) is not None


def _holds_nothing_else(element: HtmlElement) -> bool:
    """Is there no more in a container than an image and some words?"""
    parts = sum(1 for _ in islice(element.iterdescendants(), MAX_PARTS + 1))
    return parts <= MAX_PARTS and next(element.iterdescendants(*_TOO_MUCH), None) is None


def _caption(text: str) -> str:
    """The text without its credit, or "" where it is no caption."""
    caption = without_credit(text)
    is_long_enough = len(_LETTER.findall(caption)) >= MIN_WORDS
    return caption if is_long_enough and len(text) <= MAX_CHARS and not _is_other(caption) else ""


def _is_other(text: str) -> bool:
    return line_rule(text) not in ("", "caption") or parse_date(text[:30]) is not None


def _shown(element: HtmlElement) -> str:
    """The text of an element without those of its parts that name who took the picture."""
    parts: list[str] = [element.text or ""]
    for child in islice(element, 40):
        marks = f"{child.get('class') or ''} {child.get('itemprop') or ''}"
        if child.tag not in _SILENT and not _CREDIT_CLASS.search(marks[:200]):
            parts.append(_shown(child))
        parts.append(child.tail or "")
    return " ".join(" ".join(parts).split())[: MAX_CHARS + 1]


def without_credit(caption: str) -> str:
    """ "The harbour. Photo: Ann Lee" -> "The harbour."."""
    return _CHINESE_CREDIT.sub("", _CREDIT.sub("", caption)).strip(" |")
