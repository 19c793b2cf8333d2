"""A text without a language tag comes in; the language whose names it is searched for comes out.

This only opens and shuts the lexicon's language gates, so a quick look at script and function words
is enough; the article's own language is told by `detect_language`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from transforms.beyond_ascii import beyond_ascii
from transforms.english_words import LOOKED_AT as ENGLISH_LOOK
from transforms.english_words import is_clearly_english

LOOKED_AT = 500  # characters
SURE = 6  # votes by which a text overrules the tag it came with
# A word of two letters or more, but not the s of Georgia's. It begins with its first letter, for which
# `re` looks faster than for what must not stand before it.
WORD = re.compile(r"[^\W\d_](?<![\w'’].)[^\W\d_]+")
FUNCTION_WORDS = {
    "en": "the of and to in a is that for on was with as by at from it he his are has have said an who",
    "fr": "le la les de des du et en un une est que dans pour sur au aux par avec il elle ses son à ce",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine hat nach am",
    "es": "el la los las de del y en que un una es por con para su se al lo ha más sus como",
    "pt": "o a os as de do da dos das e em que um uma é por com para no na nos nas ao não se mais",
    "it": "il la i gli le di del della dei e in che un una è per con su nel al dal ha si non alla",
    "nl": "de het een en van in op te dat is voor met zijn aan door niet ook heeft bij om naar",
    "pl": "i w z na do się że jest nie o po za od przez dla jak oraz który są ze we",
    "cs": "a v na se že je s z do o k za po ve pro jako by od při také byl",
    "tr": "ve bir bu için ile de da olarak çok gibi daha en ne olan kadar sonra dedi",
    "sv": "och i att det som en på är av för med den till har inte ett om från de",
    "da": "og i at det som en på er af for med den til har ikke et om fra de der",
    "no": "og i at det som en på er av for med den til har ikke et om fra de",
    "fi": "ja on ei että se oli hän mutta myös ovat kun joka sekä mukaan kanssa jo",
    "hu": "a az és hogy nem is egy van volt meg ez csak mint már el szerint",
    "ro": "și în de la a cu pe un o din că nu este care pentru mai sau au fost",
    "id": "yang dan di dari untuk dengan pada ini itu dalam akan tidak ke oleh juga telah",
    "vi": "và của là có các được trong cho một những với không người đã này để tại",
    "sw": "na ya wa kwa ni katika za la kuwa hii huo alisema cha",
}
_TABLE: dict[str, tuple[str, ...]] = {}  # word -> its languages
for _language, _words in FUNCTION_WORDS.items():
    for _word in _words.split():
        _TABLE[_word] = (*_TABLE.get(_word, ()), _language)

# First letter of a script's block, and the language that speaks for it unless letters say otherwise.
SCRIPTS = (
    (0x0370, 0x0400, "el"), (0x0400, 0x0530, "ru"), (0x0530, 0x0590, "hy"), (0x0590, 0x0600, "he"),
    (0x0600, 0x0780, "ar"), (0x0900, 0x0980, "hi"), (0x0980, 0x0A00, "bn"), (0x0A00, 0x0A80, "pa"),
    (0x0A80, 0x0B00, "gu"), (0x0B00, 0x0B80, "or"), (0x0B80, 0x0C00, "ta"), (0x0C00, 0x0C80, "te"),
    (0x0C80, 0x0D00, "kn"), (0x0D00, 0x0D80, "ml"), (0x0D80, 0x0E00, "si"), (0x0E00, 0x0E80, "th"),
    (0x0E80, 0x0F00, "lo"), (0x1000, 0x10A0, "my"), (0x10A0, 0x1100, "ka"), (0x1200, 0x1380, "am"),
    (0x1780, 0x1800, "km"), (0x3040, 0x3100, "ja"), (0x3400, 0xA000, "zh"), (0xAC00, 0xD7B0, "ko"),
)  # fmt: skip
OTHER_SCRIPTS = "\u0370"  # the first letter of them
# Letters that only some Latin alphabets have.
LETTERS = (("ğışİ", "tr"), ("łąęśżźńć", "pl"), ("řěůčšž", "cs"), ("őű", "hu"), ("șțăî", "ro"),
           ("åö", "sv"), ("øæ", "da"), ("øæå", "no"), ("ãõ", "pt"), ("ñ¿¡", "es"), ("ßäöü", "de"),
           ("ươđạếộ", "vi"), ("ä", "fi"), ("àèùêç", "fr"), ("àèìòù", "it"), ("ëï", "nl"))  # fmt: skip
# A script's second language, where short texts cannot tell.
CLOSE = {"ru": "uk", "uk": "ru", "zh": "ja", "ja": "zh", "ar": "fa", "fa": "ar", "ur": "fa", "hi": "mr",
         "kk": "ru", "sr": "ru", "be": "ru"}  # fmt: skip
SISTERS = (frozenset("ru uk be bg sr mk kk ky mn tg tt ba".split()), frozenset("ar fa ur ps ug ku ckb sd".split()),
           frozenset("hi mr ne bho mai sa".split()), frozenset("bn as".split()), frozenset("am ti".split()),
           frozenset("he yi".split()))  # fmt: skip
TELLING_LETTERS = (("ru", "іїєґ", "uk"), ("ru", "ў", "be"), ("ru", "ђћџљњ", "sr"), ("ru", "әғқңөұү", "kk"),
                   ("ar", "ٹڈڑےں", "ur"), ("ar", "پچژگی", "fa"))  # fmt: skip


@lru_cache(maxsize=8)
def base_language(tag: str) -> str:
    """`pt-BR` -> `pt`; Norwegian's two standards are one here."""
    base = tag.replace("_", "-").split("-")[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl"}.get(base, base)


def spoken_languages(tag: str, text: str) -> tuple[str, str]:
    """The one or two languages whose names count in a text that came with the tag `tag` ("" = none).

    The tag is believed, but a text that clearly speaks another language is believed more, and a
    detector's guess at a short text ("Dakota Johnson wore black" is Nigerian Pidgin) never shuts
    out the language that its few function words speak.
    """
    stated = base_language(tag)
    if stated == "en" and is_clearly_english(text[:ENGLISH_LOOK]):
        return stated, stated
    first, second, lead = guess_languages(text)
    if not stated:
        return first, second
    is_overruled = lead >= SURE and first != stated and not is_sister(stated, first)
    return (first, second) if is_overruled else (stated, first)


def is_sister(one: str, other: str) -> bool:
    """True for languages that share a script which the look at the letters takes for one of them."""
    return any(one in sisters and other in sisters for sisters in SISTERS)


def guess_languages(text: str) -> tuple[str, str, int]:
    """The likeliest language, the next one (the same where it has no votes), and the lead in votes."""
    head = text[:LOOKED_AT]
    script = "" if head.isascii() else _by_script(head)
    if script:
        return script, CLOSE.get(script, script), SURE
    votes: dict[str, int] = {}
    for languages, count in Counter(map(_TABLE.get, WORD.findall(head.lower()))).items():
        for language in languages or ():
            votes[language] = votes.get(language, 0) + count
    if not head.isascii():
        for letters, language in LETTERS:
            if any(letter in head for letter in letters):
                votes[language] = votes.get(language, 0) + 1
    votes.setdefault("en", 0)
    ranked = sorted(votes, key=lambda language: (-votes[language], language != "en", language))
    second = ranked[1] if len(ranked) > 1 and votes[ranked[1]] else ranked[0]
    return ranked[0], second, votes[ranked[0]] - (votes[second] if second != ranked[0] else 0)


@lru_cache(maxsize=64)
def languages_of_letter(letter: str) -> tuple[str, str]:
    """The languages that a letter outside the Latin alphabets speaks for by itself; "" without any."""
    language = _language_of(letter)
    return language, CLOSE.get(language, language)


def _language_of(letter: str) -> str:
    point = ord(letter)
    return next((name for first, last, name in SCRIPTS if first <= point < last), "")


def _by_script(head: str) -> str:
    counts: dict[str, int] = {}
    for char in beyond_ascii(head):
        if char >= OTHER_SCRIPTS and (language := _language_of(char)):
            counts[language] = counts.get(language, 0) + head.count(char)
    if not counts:
        return ""
    latin = sum(char.isalpha() for char in head if char < OTHER_SCRIPTS)
    if sum(counts.values()) * 2 < latin:
        return ""
    if counts.get("ja") and counts.get("ja", 0) * 20 > counts.get("zh", 0):
        return "ja"
    best = max(counts, key=lambda language: (counts[language], language))
    for script, letters, language in TELLING_LETTERS:
        if script == best and sum(map(head.lower().count, letters)) * 100 > counts[best]:
            return language
    return best
