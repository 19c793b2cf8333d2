"""The first lines of a story come in, the place and the agency of its dateline go out.

"MOSCOW, Dec. 30 (Reuters) -- ..." is Moscow and Reuters. A place in capitals is one by what follows
it; a place in small letters needs an agency, brackets, or a language that writes datelines so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.pages.agencies import find_agency

MAX_CHARS = 160  # of a paragraph's beginning that may hold a dateline
MAX_WORDS = 6  # of a place
MIN_LETTERS = 3  # "US - China talks" is no dateline
SPEAKERS = 12  # lines among which a second label shows an interview
MIN_LABELLED = 80  # characters of a paragraph behind "PLACE:"
LINES = 4  # a standfirst, a byline and a caption may stand before the story

_DASH = r"(?:--+|[–—]|\s-\s|[.,]-+)"
_CREDIT = r"[(（\[](?P<agency>[^()（）\[\]]{2,40})[)）\]]"
_UPPER = r"[^\W\d_a-zà-öø-ÿа-яё]"
_CAPS = rf"(?P<place>{_UPPER}(?:{_UPPER}|[.'’ /\-]){{1,40}}(?:,\s[^\W\d_][\w.'’ \-]{{2,25}})?)"
_AFTER_PLACE = r"(?:,\s*[^()（）—–]{1,25}?)?"  # a date, a state

_PATTERNS = (
    # MOSCOW, Dec. 30 (Reuters) - ...; KYIV, Ukraine (AP) -- ...
    re.compile(rf"^\s*{_CAPS}{_AFTER_PLACE}\s*{_CREDIT}\s*(?P<dash>{_DASH}|[:.]|\s)"),
    # Berlin (dpa) - ...
    re.compile(
        rf"^\s*(?P<place>[^\W\d_][\w.'’/\- ]{{1,30}}?){_AFTER_PLACE}\s*{_CREDIT}\s*(?P<small>{_DASH}|[:.]|\s)"
    ),
    # (Reuters) - ...
    re.compile(rf"^\s*{_CREDIT}\s*{_DASH}"),
    # LONDON - ...; LIMA.- ...; GLIWICE, Poland - ...; PARIS, 3 mai - ...
    re.compile(rf"^\s*{_CAPS}{_AFTER_PLACE}\s*{_DASH}\s*(?=\S)"),
)
# NAGPUR: ...; MANILA | ...: so begin the answers of an interview, too
_LABELLED = re.compile(rf"^\s*{_CAPS}(?::|\s?[|│])\s(?=\S)")
# МОСКВА, 30 дек - РИА Новости. ...; АСТАНА, «Вестник». ...
_RUSSIAN = re.compile(
    r"^\s*(?P<place>[А-ЯЁ][А-ЯЁ.\- ]{2,40})(?:,\s[^—–«»]{1,20}[—–-]+\s*(?P<agency>[^.,]{3,30})"
    r"|,\s«(?P<paper>[^»]{3,40})»)[.,]\s"
)
# 新华社北京12月30日电; 江海晨报首尔电; （北京3日讯）
_CHINESE = re.compile(
    r"^\s*[（(【]?(?P<agency>[\u4e00-\u9fff]{1,8}?(?:社|报|報|网|網|台|讯社|訊社))?"
    r"(?P<place>[\u4e00-\u9fff]{2,9}?)\s?(?:\d{1,2}月)?\s?(?:\d{1,2}日)?(?:综合|綜合)?(?:电|電|讯|訊)[）)】]?"
    r"(?:(?<=[）)】])|(?=[\s\u3000，,:：]|$))"
)
# 【ワシントン時事】; 【ロンドン=山田太郎】; [東京 3日 ロイター]
_JAPANESE = re.compile(
    r"^\s*[【［\[](?P<place>[^\s=＝】\]］]{2,10}?)(?:\s?\d{1,2}日)?(?:[=＝][^】]{1,20}|\s?(?P<agency>時事|共同|ロイター))[】］\]]"
)
_KOREAN = re.compile(r"^\s*[(\[（](?P<place>[가-힣]{2,8})=(?P<agency>[^)\]）]{2,20})[)\]）]")
_ARABIC = re.compile(
    r"^\s*(?P<place>[\u0621-\u064a]{2,12}(?:\s[\u0621-\u064a]{2,12}){0,2})\s*[-–—]\s+(?=\S)"
)
# Hamburg. ...; Frankfurt (Oder). ...
_GERMAN = re.compile(
    r"^\s*(?P<place>[A-ZÄÖÜ][a-zäöüß]{3,20}(?:[ /-][A-ZÄÖÜ][a-zäöüß]{2,20}){0,2}(?:\s\([A-Z][a-zäöüß]{2,12}\))?)"
    r"\.\s(?=[A-ZÄÖÜ»„\"0-9])"
)
_OF_LANGUAGE = {
    "ru": _RUSSIAN, "uk": _RUSSIAN, "zh": _CHINESE, "ja": _JAPANESE, "ko": _KOREAN, "ar": _ARABIC,
    "de": _GERMAN,
}  # fmt: skip
_NO_PLACE = re.compile(
    r"^(?:watch|required|aviso|updated?|breaking|exclusive|analysis|opinion|video|photos?|live|read|note|news|correction|factbox|"
    r"explainer|editorial|comment|review|interview|podcast|listen|sponsored|advert\w*|warning|spoiler|more|related|"
    r"nein|doch|ende|genau|richtig|falsch|danke|hallo|endlich|klar|stopp?|leider|natürlich|ergebnis|fazit|"
    r"dear|tldr|isbn|nato|fifa|usa|uefa|opec|nasa|covid|faq)\b",
    re.I,
)


def find_dateline(lines: Sequence[str], language: str = "") -> tuple[str, str]:
    """(place, agency) of the first dateline among the first lines of a story."""
    for line in lines[:LINES]:
        if any(found := read_dateline(line, language)):
            return found
    labelled = [match for line in lines[:SPEAKERS] if (match := _LABELLED.match(line))]
    if len(labelled) == 1 and labelled[0].string in lines[:LINES]:
        is_story = len(labelled[0].string) >= MIN_LABELLED
        return _place_and_agency(labelled[0]) if is_story else ("", "")
    return "", ""


def read_dateline(paragraph: str, language: str = "") -> tuple[str, str]:
    """(place, agency) of the dateline that opens `paragraph`; "" for what it does not have."""
    beginning = paragraph[:MAX_CHARS]
    own = _OF_LANGUAGE.get(language[:2])
    for pattern in (*((own,) if own else ()), *_PATTERNS):
        if match := pattern.match(beginning):
            found = _place_and_agency(match)
            if any(found) and len(paragraph) > match.end() + 10:
                return found
    return "", ""


def _place_and_agency(match: re.Match[str]) -> tuple[str, str]:
    parts = match.groupdict()
    place = re.sub(r",[^,]*\d.*$", "", parts.get("place") or "").strip(" ,-")
    credit = (parts.get("agency") or "").strip()
    agency = find_agency([credit]) if credit else ""
    # "The Organisation (OPEC) said": an acronym, no agency; behind capitals and a dash it is one.
    if credit and not agency and "place" in parts and match.re in _PATTERNS:
        if not re.search(_DASH, parts.get("dash") or "") or not credit[:1].isupper():
            return "", ""
        agency = credit
    if credit and not agency and "place" not in parts:
        return "", ""
    is_short = len(place) < MIN_LETTERS and (match.re in _PATTERNS or match.re is _LABELLED)
    in_capitals = match.re not in (_PATTERNS[0], _PATTERNS[3], _LABELLED) or place[:3].isupper()
    if any(char.isdigit() for char in place) or not in_capitals:
        return "", agency
    if len(place.split()) > MAX_WORDS or (place and is_short) or _NO_PLACE.match(place):
        return "", ""
    return place, agency
