"""Lines of text come in, a column of numbers for each feature of their form goes out.

What can be read off the characters is counted for all lines at once: the text of a page becomes one
array of code points, each with a class, and one `bincount` gives the classes of every line.
"""

from __future__ import annotations

import functools
import unicodedata
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

_CLASSES = ("other", "digit", "upper", "lower", "blank", "comma", "stop", "quote", "colon", "dash", "bar", "bracket", "cjk", "letter", "sign", "kana")  # fmt: skip
_CHARS = {
    "comma": ",،、，", "stop": ".。!?！？…؟।", "quote": "\"'“”„«»‘’「」『』‹›`´", "colon": ":;：；؛",
    "dash": "-–—−‐", "bar": "|/\\›»>•·●■▪→←▶►✓*+<~_", "bracket": "()[]{}（）【】［］", "sign": "@#©®™&%$€£°=",
}  # fmt: skip
_BLANK, _UPPER, _STOP, _CJK = (_CLASSES.index(name) for name in ("blank", "upper", "stop", "cjk"))
# Thai, Lao, Burmese and Khmer set no blank between words: blocks of 128 code points, characters of a word.
_UNSPACED = np.array([block in (0x0E00, 0x0E80, 0x1000, 0x1780) for block in range(0, 0x1880, 128)])
_UNSPACED_WORD = 5
# Han, Hangul, what is no character, Han again: four of five code points, not asked one by one
_OF_ONE_CLASS = (
    (0x3400, 0x9FFF, "cjk"), (0xAC00, 0xD7A3, "letter"), (0xD800, 0xF8FF, "other"), (0xF900, 0xFAFF, "cjk"),
)  # fmt: skip
_IS_CLOSING = np.array([name in ("quote", "bracket") for name in _CLASSES])

# The words that hold sentences together, of the languages most pages are in; labels lack them.
_STOP_WORDS = frozenset(
    "the of and to in a is that for it on was with as by at from be this have are or an were which has had not but they he she his her who been their will would there said "
    "der die das und in zu den von mit ist im nicht ein eine auf für dem sich des auch es an als wird aus bei er sie hat nach dass werden wie noch nur war einer einem um sind oder aber so zum zur "
    "le la les de des du et en un une que qui dans est pour par sur pas au avec il elle ce plus sont ne se ont aux cette mais son sa ses été "
    "el los las del y por con una su para es se lo al como más o pero sus le ya fue este ha sí porque esta entre cuando muy sin sobre también me hasta hay donde "
    "o os as da do das dos em um uma e não na no ao por com mais foi que se seu sua como mas são pelo pela já também "
    "il lo gli di che è e un una per non sono con del della dei delle al alla si da ha anche come più nel nella ma questo "
    "de het een en van in is dat op te zijn met voor niet aan er om dan zou ook als bij hij maar naar die wordt worden heeft werd "
    "и в не на что с по как это из у за от о к он она его был для а но же все так при или бы до они мы со ее которые после "
    "na se že je to v s z do o k pro ale jako by za od po podle i jak jest się nie w na ale przez że oraz są został "
    "och att det som en på är av för med till den har de inte om ett men var sig så från eller hade kan er på til av som ikke med den har for at det "
    "ve bir bu da de için ile olarak olan daha çok gibi ancak sonra kadar ise en "
    "في من على أن إلى عن مع هذا التي الذي ما لا كان بعد قد بين أو كما حيث هذه "
    "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka oleh".split()
)
# Whoever speaks to the reader sells or asks for something.
_READER_WORDS = frozenset(
    "you your yours yourself us our we sie ihr ihre ihren ihrem du dein deine dich dir vous votre vos nos notre usted tu tus su nuestro nuestra você seu sua nosso nossa voi tuo tua nostro nostra je jouw uw ons onze вы вас вам ваш ваши наш наши мы 您 你 我们".split()
)
# What a site says of itself, hardly ever what a story says.
_SITE_WORDS = frozenset(
    "cookie cookies consent privacy browser javascript newsletter newsletters subscribe subscription subscribers login password email e-mail website app advertising advertisement advertisers preferences "
    "einwilligung datenschutz datenschutzerklärung abonnieren anmelden registrieren werbung browsers confidentialité consentement abonnez-vous abonné privacidad consentimiento suscríbete suscriptores privacidade assine assinantes "
    "abbonati iscriviti nieuwsbrief abonnee подписка подписаться реклама facebook twitter instagram whatsapp youtube linkedin telegram comments comment commenting copyright".split()
)
_KIND_BITS = (1, 2, 4)
_KINDS = {
    word: sum(
        bit
        for bit, words in zip(_KIND_BITS, (_STOP_WORDS, _READER_WORDS, _SITE_WORDS), strict=True)
        if word in words
    )
    for word in _STOP_WORDS | _READER_WORDS | _SITE_WORDS
}

FORMS = (
    "chars", "words", "word-size", "digits", "capitals", "initials", "commas", "stops", "quotes", "colons", "dashes",
    "bars", "brackets", "signs", "cjk", "kana", "first-class", "last-class", "ends-sentence", "sentences",
    "sentence-words", "stop-words", "reader-words", "site-words", "non-ascii",
    "opens-loud", "opens-label",
)  # fmt: skip


def line_forms(texts: list[str], folded: list[str]) -> dict[str, Numbers]:
    """The columns of FORMS for each line, also given in small letters; shares are of its characters or words."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), np.uint32)
    classes = _class_table()[np.minimum(codes, 0xFFFF)]
    sizes = np.fromiter(map(len, texts), np.intp, len(texts))
    ends = np.cumsum(sizes)
    starts = ends - sizes
    places = np.repeat(np.arange(0, 16 * len(texts), 16), sizes)
    places += classes
    counts = np.bincount(places, minlength=16 * len(texts)).reshape(-1, 16)
    of = dict(zip(_CLASSES, counts.T.astype(np.float32), strict=True))
    opens = np.empty(len(classes), bool)
    opens[1:] = classes[:-1] == _BLANK
    opens[starts] = True
    closes = np.empty(len(classes), bool)
    closes[:-1] = opens[1:] | (classes[1:] == _CJK)
    closes[-1:] = True

    def count(where: NDArray[np.bool_]) -> Numbers:
        return np.add.reduceat(where, starts, dtype=np.int32).astype(np.float32)

    last = classes[ends - 1]
    before = classes[np.maximum(ends - 2, starts)]
    chars = sizes.astype(np.float32)
    dense = of["cjk"] + of["kana"]
    blanked = count(opens)
    words = np.where(dense > 0.3 * chars, dense / 2 + of["digit"] / 3, blanked)
    if of["letter"].any():  # of a script without capitals
        unspaced = count(_UNSPACED.take(np.minimum(codes >> 7, len(_UNSPACED) - 1)))
        words = np.where(unspaced > 0.3 * chars, unspaced / _UNSPACED_WORD, words)
    sentences = count((classes == _STOP) & closes)
    known = _known_words(folded, blanked.astype(np.intp)) / np.maximum(blanked, 1)
    opens_loud = [len(text) > 3 and text.partition(" ")[0].isupper() for text in texts]
    opens_label = [":" in text[:24] or "：" in text[:12] for text in texts]
    ends_sentence = (last == _STOP) | (_IS_CLOSING[last] & (before == _STOP))
    columns = (
        chars, words, chars / np.maximum(words, 1), of["digit"] / chars, of["upper"] / chars,
        count(opens & (classes == _UPPER)) / np.maximum(blanked, 1), of["comma"] / chars, of["stop"] / chars,
        of["quote"] / chars, of["colon"] / chars, of["dash"] / chars, of["bar"] / chars, of["bracket"] / chars,
        of["sign"] / chars, dense / chars, of["kana"] / chars, classes[starts], last, ends_sentence, sentences,
        words / np.maximum(sentences, 1), *known,
        count(codes > 127) / chars, opens_loud, opens_label,
    )  # fmt: skip
    return {name: np.asarray(c, np.float32) for name, c in zip(FORMS, columns, strict=True)}


def _known_words(folded: list[str], sizes: NDArray[np.intp]) -> Numbers:
    """How many words of each line are stop words, reader words, site words: three rows.

    `sizes` are the words that each line has; no letter becomes a blank in small letters.
    """
    words = " ".join(folded).split()
    kinds = np.fromiter(map(_KINDS.get, words, repeat(0)), np.uint8, len(words))
    known = np.flatnonzero(kinds)
    kinds, lines = kinds[known], np.repeat(np.arange(len(folded)), sizes)[known]
    rows = [np.bincount(lines[(kinds & bit) > 0], minlength=len(folded)) for bit in _KIND_BITS]
    return np.array(rows, np.float32)


@functools.cache
def _class_table() -> NDArray[np.uint8]:
    """The class of each code point of the basic plane; what lies above counts as the last one."""
    table = np.empty(0x10000, np.uint8)
    begin = 0
    for first, last, name in (*_OF_ONE_CLASS, (0x10000, 0x10000, "other")):
        table[begin:first] = [_CLASSES.index(_class_of(chr(code))) for code in range(begin, first)]
        table[first : last + 1] = _CLASSES.index(name)
        begin = last + 1
    for name, chars in _CHARS.items():
        table[[ord(char) for char in chars]] = _CLASSES.index(name)
    return table


def _class_of(char: str) -> str:
    if char.isspace():
        return "blank"
    if char.isupper():
        return "upper"
    if char.islower():
        return "lower"
    if "\u3040" <= char <= "\u30ff":
        return "kana"
    if char.isdigit():
        return "digit"
    return "letter" if unicodedata.category(char)[0] in "LM" else "other"
