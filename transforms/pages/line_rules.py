"""One line of plain text comes in, the rule by which it is no article text goes out ("" = content).

Wording is `boilerplate_phrases`; here is what the *form* of a line gives away: runs of icon names,
bare dates, caption credits in brackets, contact addresses, section labels. Each line is judged by
itself, so whatever could be a sentence of a story stays.
"""

from __future__ import annotations

import functools
import re

from ahocorasick_rs import AhoCorasick

from transforms.pages.boilerplate_phrases import count_words, fold, load_phrases, phrase_rule

_AGENCIES = (
    r"Reuters|REUTERS|AFP|AP|A\.P\.|Associated Press|Getty|EPA(?:-EFE)?|EFE|dpa|DPA|APA|Sputnik|TASS|"
    r"Xinhua|Kyodo|KYODO|Anadolu|AA|Shutterstock|SHUTTERSTOCK|Bloomberg|iStock|[Ii]mago|IMAGO|ANSA|Ansa|LUSA|Lusa|"
    r"Belga|BELGA|ANP|Keystone|KEYSTONE|PA|Zuma|ZUMA|Alamy|ALAMY|NurPhoto|UPI|Jiji|JIJI|Yonhap|"
    r"РИА Новости|ТАСС|Unsplash|Pixabay|Pexels|[Pp]icture[ -][Aa]lliance|Ritzau|NTB|Lehtikuva|新华社|新華社|共同|時事|中新社|中央社"
)
_CREDIT_WORDS = r"[Pp]hotos?|PHOTO|[Ff]otos?|FOTO|[Ii]mage|[Bb]ild|[Фф]ото|摄|攝|写真|صورة"
# "... on Dec. 30. (Sputnik via Reuters)": a credit in brackets that ends the line.
_CAPTION_END = re.compile(
    rf"[(\[（【](?:[^()\[\]（）]{{0,60}}\b)?(?:{_AGENCIES}|{_CREDIT_WORDS})(?!\w)"
    rf"[^()\[\]（）]{{0,60}}[)\]）】]\.?$"
)
_SLASH_CREDIT = re.compile(
    rf"^[\w .,'’&-]{{0,60}}(?:/| / |\| ?|via )(?:{_AGENCIES})\b.{{0,30}}$",
)
_COPYRIGHT = re.compile(r"©|\(c\) ?(?:19|20)\d\d|copyright ?(?:©|\(c\)|19|20)", re.I)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_COUNT_COMMENTS = re.compile(
    r"^[(\[]?\d[\d.,]*[)\]]? ?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|"
    r"commenti?|reacties?|комментари\w*|shares?|likes?|views?|votes?|条?评论|件?のコメント|コメント|"
    r"تعليقات?|replies|reply|retweets?|yorum|followers)[)\]]?$",
    re.I,
)
_MONTH = (
    r"jan\w*|feb\w*|mar\w*|m[aä]rz|apr\w*|ma[iyj]\w?|juni?\w*|juil\w*|jul\w*|aug\w*|ago\w*|ao[uû]t|"
    r"sep\w*|set\w*|o[ck]t\w*|out\w*|nov\w*|de[czs]\w*|janv\w*|févr\w*|fev\w*|avr\w*|abr\w*|ene\w*|"
    r"gen\w*|mag\w*|giu\w*|lug\w*|dic\w*|mrt|январ\w*|феврал\w*|март\w*|апрел\w*|ма[йя]|июн\w*|"
    r"июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*|يناير|فبراير|مارس|أبريل|مايو|يونيو|"
    r"يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|"
    r"eylül|ekim|kasım|aralık"
)
_DAY = (
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|"
    r"dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mo|di|mi|do|fr|sa|so"
)
_DATE_WORD = re.compile(
    rf"^(?:{_MONTH}|{_DAY}|\d{{1,4}}(?:st|nd|rd|th|º|er|\.)?|am|pm|a\.m|p\.m|uhr|h|utc|gmt|est|edt|et|"
    r"pst|pdt|pt|ist|cet|cest|msk|мск|bst|jst|kst|wib|at|um|à|a|as|às|alle|ore|om|в|on|de|del|di|le|den|vom|of|the|г|года|"
    r"updated?|published|posted|last|modified|created|date|on|first|aktualisiert|veröffentlicht|stand|"
    r"publié|mis|jour|modifié|publicado|actualizado|atualizado|em|el|pubblicato|aggiornato|il|"
    r"gepubliceerd|bijgewerkt|laatste|update|опубликовано|обновлено|сегодня|вчера|today|yesterday|"
    r"heute|gestern|hours?|hrs?|minutes?|mins?|days?|ago|vor|stunden?|minuten|tagen?|il y a|heures?|hace|horas|"
    r"há|fa|geleden|uur|назад|час\w*|минут\w*|小时前|分钟前|发布时间|发布于|更新时间|时间|日期|公開日?|更新日?|配信|掲載|نشر|تحديث|في|نُشر|"
    r"年|月|日|时|分|時|t|z)$",
    re.I,
)
_DATE_NUMBERS = re.compile(
    r"\d{1,4}[./\-年]\d{1,2}[./\-月]\d{1,4}|\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b"
)
_DATE_WORDS = re.compile(rf"\b(?:{_MONTH}|ago|vor|hace|назад|前)\b", re.I)
_DATE_SPLIT = re.compile(
    r"[\s,:/|.\-–—•·()+、：／]+|(?<=\d)(?=[年月日时分時])|(?<=[年月日时分時])(?=\d)"
)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|от|автор|text(?:e|o)?|words by|reported by|af|av|作者|文)[ :：]\s?"
    r"(?:[A-ZÀ-ÞА-Я\u4e00-\u9fff][\w.'’\u4e00-\u9fff-]*[ ,&]*(?:and |und |et |y |e |en |и |de |van |von |der |del |"
    r"di |da |for )*){1,6}(?:[|•·,(/-].{0,60})?$",
)
_ICON_WORDS = frozenset(
    "icon arrow chevron artboard caret hamburger sketch logo glyph svg path layer stroke "
    "shape polygon facebook twitter linkedin whatsapp instagram youtube telegram pinterest reddit "
    "flipboard tumblr mail email e-mail print share link close menu search x more save bookmark "
    "comment messenger threads bluesky line weibo pocket".split()
)
_ICONS = AhoCorasick(sorted(_ICON_WORDS))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s|,/•·]+")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।:;\"”»'’)\]]\s*$")
_HEADLINE_PREFIX = re.compile(
    r"^(?:more|related|read|watch|see also|video|photos|gallery|listen|live|opinion|analysis|"
    r"explainer|exclusive|podcast|mehr|lesen|auch|video|lire|leia|lee|leggi|lees)\s*[:|>»]\s*\S",
    re.I,
)
_SELF_NAMING = re.compile(
    r"\b(?:now known as|formerly known as|is now called)\b.{0,80}\bwill be\b", re.I
)
_PROMO_VERB = re.compile(
    r"^(?:discover|customi[sz]e|personali[sz]e|celebrate|subscribe|download|install|join|explore|enjoy|"
    r"unlock|upgrade|try|sign up|log in|register|become|follow|support|never miss|take your|stay|get)\s+"
    r"(?:the|our|your|an?|us|more|all|unlimited|free|now|today|up|to|for|with)\b",
    re.I,
)
_FREE_OFFER = re.compile(
    r"^free (?:access|trial|shipping|delivery|newsletter|registration|for)\b", re.I
)
_URL_ONLY = re.compile(r"^(?:https?://|www\.)\S+$")


@functools.lru_cache(maxsize=16_384)  # the furniture of a site comes with each of its pages
def line_rule(line: str) -> str:
    """The rule that `line` falls to, by wording or form; "" for article text. Linear in the line."""
    line = line.strip()
    if not line:
        return "empty"
    if len(line) > 1200:  # a paragraph; even its wording can no longer speak against it
        return ""
    words = count_words(line)
    return _form_rule(line, words) or _wording_rule(line, words) or _label_rule(line, words)


def _wording_rule(line: str, words: int) -> str:
    rule = phrase_rule(line)
    if not rule:
        return ""
    # A quotation or a long sentence that merely opens like boilerplate is reported speech.
    if line[0] in "\"“„«»'‘「『" and words > 6 and rule not in ("legal", "newsletter"):
        return ""
    return rule


def _form_rule(line: str, words: int) -> str:  # noqa: PLR0911 - one guard a rule
    if is_icon_run(line):
        return "icons"
    if words <= 12 and is_date_line(line):
        return "byline"
    if words <= 16 and _BYLINE.match(line):
        return "byline"
    if _COUNT_COMMENTS.match(line):
        return "comments"
    if words <= 60 and _CAPTION_END.search(line) and not _is_dateline_start(line):
        return "caption"
    if words <= 10 and _SLASH_CREDIT.match(line):
        return "credit"
    if words <= 30 and _COPYRIGHT.search(line):
        return "legal"
    if words <= 16 and "@" in line and _EMAIL.search(line) and line[0] not in '"“—':
        return "bio"
    if words <= 40 and _URL_ONLY.match(line):
        return "related"
    return _promo_rule(line, words)


def _promo_rule(line: str, words: int) -> str:
    if _HEADLINE_PREFIX.match(line) and words <= 25:
        return "related"
    if words <= 30 and _SELF_NAMING.search(line):
        return "self-promo"
    if words <= 8 and not _SENTENCE_END.search(line) and _PROMO_VERB.match(line.lstrip(" •·*-")):
        return "self-promo"
    if words <= 12 and _FREE_OFFER.match(line):
        return "subscribe"
    return ""


def _label_rule(line: str, words: int) -> str:
    if words <= 4 and fold(line).strip(" •|/»>›:-–—") in section_labels():
        return "section"
    return ""


def is_icon_run(line: str) -> bool:
    """Is the line a run of icon and share-button names ("IconFacebookIcon Mail ContactPath")?"""
    if len(line) > 600 or len(_ICONS.find_matches_as_indexes(line.lower(), overlapping=True)) < 3:
        return False
    parts = [part for part in _CAMEL.split(line) if part]
    named = sum(part.lower() in _ICON_WORDS for part in parts)
    return named >= 3 and named >= 0.5 * len(parts)


def is_date_line(line: str) -> bool:
    """Is the line a date or time and nothing else ("Updated 10.11.2025 17:59 Uhr")?"""
    if not any(map(str.isdigit, line)) or not _is_dated(line):
        return False
    parts = [part for part in _DATE_SPLIT.split(line) if part]
    return bool(parts) and all(map(_DATE_WORD.match, parts))


def _is_dated(line: str) -> bool:
    """Enough digits or words for a date: "2" or "10 - 3" alone are scores or numbers."""
    return bool(_DATE_NUMBERS.search(line) or _DATE_WORDS.search(line))


def _is_dateline_start(line: str) -> bool:
    """ "ST. JOSEPH, Mich. (AP) — ..." opens a story; the agency there is no credit at the end."""
    return bool(re.match(r"^.{0,60}\([^)]{1,30}\)\s*[-–—]+\s*\S", line))


@functools.cache
def section_labels() -> frozenset[str]:
    """Names that sites give their sections, folded, in the languages of the phrase table."""
    from transforms.pages.section_names import load_section_names

    load_phrases()
    return load_section_names()
