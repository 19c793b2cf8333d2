"""Text comes in, its BCP 47 language tag goes out ("" where nothing can be said).

The script decides first: Hangul is Korean and kana is Japanese whatever a classifier thinks. Only
scripts that several languages share go to the naive Bayes classifier of py3langid, restricted to
the languages that are written in that script. On a short text the page's own claim is worth more
than statistics, so `hint` wins there unless the script rules it out.
"""

from __future__ import annotations

import functools
import re

import numpy as np

from transforms.english_words import LOOKED_AT, is_clearly_english
from transforms.language_classifier import Classifier, classifier_of, known_languages
from transforms.neighbour_languages import are_alike, is_papiamento, neighbour

SAMPLE_CHARS = 4000  # enough for any language; the classifier is linear in it
FIRST_LOOK = 300  # characters that settle 99 texts in 100, in a tenth of the time
CLEARLY_ENGLISH = 4  # such words in the first look: no other language of 10,000 texts had them
LATIN_SHARE = 0.95  # of the characters, from which no script that says more with fewer can win
SETTLED = 0.95  # from this probability on a second look changed none of 2,000 texts
SHORT_CHARS = 60  # below this the hint, where it is possible at all, wins
DOUBTFUL = 0.5  # below this probability a text is English where that is nearly as likely:
ENGLISH_SHARE = (
    0.3  # of 5,000 English headlines 99.1 % are then told, before 95.5, of others as many
)
UNSURE = 0.80  # below this probability the hint wins among languages of the same script

# First code points of the blocks that matter, and the script each block is in.
_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, ""),
    (0x0041, "latin"),
    (0x005B, ""),
    (0x0061, "latin"),
    (0x007B, ""),
    (0x00C0, "latin"),
    (0x0250, ""),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0530, "armenian"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0700, ""),
    (0x0750, "arabic"),
    (0x0780, ""),
    (0x0900, "devanagari"),
    (0x0980, "bengali"),
    (0x0A00, "gurmukhi"),
    (0x0A80, "gujarati"),
    (0x0B00, "oriya"),
    (0x0B80, "tamil"),
    (0x0C00, "telugu"),
    (0x0C80, "kannada"),
    (0x0D00, "malayalam"),
    (0x0D80, "sinhala"),
    (0x0E00, "thai"),
    (0x0E80, "lao"),
    (0x0F00, ""),
    (0x1000, "burmese"),
    (0x10A0, "georgian"),
    (0x1100, "hangul"),
    (0x1200, "ethiopic"),
    (0x1380, ""),
    (0x1780, "khmer"),
    (0x1800, ""),
    (0x1E00, "latin"),
    (0x1F00, "greek"),
    (0x2000, ""),
    (0x3040, "kana"),
    (0x3100, ""),
    (0x3400, "han"),
    (0x4DC0, ""),
    (0x4E00, "han"),
    (0xA000, ""),
    (0xAC00, "hangul"),
    (0xD7B0, ""),
    (0xF900, "han"),
    (0xFB00, ""),
    (0xFB50, "arabic"),
    (0xFE00, ""),
    (0xFE70, "arabic"),
    (0xFF00, ""),
)
_STARTS = np.array([start for start, _ in _BLOCKS])
_BLOCK_OF = np.searchsorted(_STARTS, np.arange(0x10000), side="right") - 1  # of each code point

# Languages by script, as far as the classifier knows them. One language: no question is left.
_LANGUAGES: dict[str, tuple[str, ...]] = {
    "greek": ("el",),
    "cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt", "ba"),
    "armenian": ("hy",),
    "hebrew": ("he",),
    "arabic": ("ar", "fa", "ur", "ps", "ug", "sdh"),
    "devanagari": ("hi", "mr", "ne"),
    "bengali": ("bn", "as"),
    "gurmukhi": ("pa",),
    "gujarati": ("gu",),
    "oriya": ("or",),
    "tamil": ("ta",),
    "telugu": ("te",),
    "kannada": ("kn",),
    "malayalam": ("ml",),
    "sinhala": ("si",),
    "thai": ("th",),
    "lao": ("lo",),
    "burmese": ("my",),
    "georgian": ("ka",),
    "hangul": ("ko",),
    "kana": ("ja",),
    "han": ("zh",),
    "ethiopic": ("am", "ti"),
    "khmer": ("km",),
}
# Languages in Latin letters that the classifier does not know, or hardly: a claim names them. Left out are
# those whose tag is often meant for a country (ch, co, ee, kr, li, sg, tn, to, tw, ve).
_ONLY_BY_HINT = frozenset(
    "so ha yo ig om sn sw xh zu rn pcm st "
    "ak ay ban bem bi bik bm bug ceb chr crk csb dag din dsb dyu efi fat ff fj fon frp frr fur gaa gn "
    "gsw gv haw hil hmn hsb ilo iu ki kl kmb kw lad lmo loz lua luo lus mai mh mi min mos nah nap nd "
    "nds nr nv ny nyn pag pam pap pau pms quc rm rom sco sma smj smn srn ss su szl tet tpi ts tum ty "
    "umb war wo yap yua zap".split()
)
_ALSO_LATIN = frozenset({"sr", "kk"})  # written in Latin letters as well
# Words of English that no other language's texts are full of; half of all news needs no more than these.
_ENGLISH = re.compile(r"\b(?:the|and|that|with|his|from|this|has|were|which|been|would|their)\b")
_TIGRINYA = re.compile("[\u1250-\u125d\u12a3]")
_LETTER = re.compile("[A-Za-z]")
# Labels of the classifier that are no language of news in Latin letters.
_NOT_LATIN = frozenset({"zxx", "grc", "hbo", "sa", "wuu", "yue", "dz", "ary", "arz", "gom", "vo"})
_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))*$")
_ALIASES = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
    "cn": "zh",
    "jp": "ja",
    "kr": "ko",
    "sdh": "ku",
    "ckb": "ku",
    "kmr": "ku",
    "uzs": "uz",
    "sh": "sr",
    "fuv": "ff",
    "gug": "gn",
    "kik": "ki",
    "fil": "tl",
    "cmn": "zh",
    "prs": "fa",
}


def primary_tag(hint: str) -> str:
    """The primary language of a lang attribute or feed language ("de_CH" -> "de"), or ""."""
    match = _TAG.match(hint.strip()) if hint else None
    if not match:
        return ""
    tag = match[1].lower()
    return _ALIASES.get(tag, tag)


def script_counts(text: str) -> dict[str, int]:
    """Letters of `text` by script; characters of no script (digits, signs) are not counted."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    found = np.bincount(_BLOCK_OF[np.minimum(codes, len(_BLOCK_OF) - 1)], minlength=len(_BLOCKS))
    counts: dict[str, int] = {}
    for block in np.flatnonzero(found).tolist():
        if script := _BLOCKS[block][1]:
            counts[script] = counts.get(script, 0) + int(found[block])
    return counts


def main_script(text: str) -> str:
    """The script that `text` is written in; mixed Han and kana counts as kana (Japanese)."""
    if text.isascii():
        return "latin" if _LETTER.search(text) else ""
    counts = script_counts(text)
    if not counts:
        return ""
    script = max(counts, key=lambda name: (counts[name], name))
    # A Chinese text quotes a Japanese name now and then; a Japanese one is a third kana.
    if script == "han" and counts.get("kana", 0) > 0.05 * counts["han"]:
        return "kana"
    # CJK says in one character what Latin says in five: brand names must not win.
    if script == "latin":
        for dense in ("hangul", "kana", "han"):
            if counts.get(dense, 0) * 3 > counts["latin"]:
                return "kana" if dense == "han" and counts.get("kana", 0) else dense
    return script


def detect_language(text: str, hint: str = "") -> str:
    """BCP 47 primary tag of `text`, e.g. "en"; `hint` is what the page or the feed claims.

    Returns the hint's language where the text is too short to tell, "" where there is neither.
    """
    sample = text[:SAMPLE_CHARS]
    claimed = primary_tag(hint)
    script = "latin" if _is_latin(sample) else main_script(sample)
    if not script:
        return claimed
    allowed = _LANGUAGES.get(script)
    if allowed is not None and len(allowed) == 1:
        return allowed[0]
    if script == "ethiopic":
        return _ethiopic(sample)
    possible = claimed in allowed if allowed else bool(claimed) and not _is_other_script(claimed)
    if possible and (len(sample) < SHORT_CHARS or _is_only_claimed(claimed, sample)):
        return claimed
    found, probability = _classify(script, sample)
    if possible and (probability < UNSURE or are_alike(claimed, found)):
        return claimed
    found = neighbour(found, sample)
    return _ALIASES.get(found, found)


def _is_latin(sample: str) -> bool:
    """Whether nearly all of a text is in Latin-1, so that its characters need not be counted."""
    if not sample.isascii():
        latin = sample.encode("latin-1", "ignore").decode("latin-1")
        if len(latin) < LATIN_SHARE * len(sample):
            return False
        sample = latin
    return _LETTER.search(sample) is not None


def _is_only_claimed(claimed: str, sample: str) -> bool:
    """Is it a language that only a claim can name, and the text not plainly English?"""
    if claimed not in _ONLY_BY_HINT:
        return False
    return len(_ENGLISH.findall(sample, 0, FIRST_LOOK)) < CLEARLY_ENGLISH


def _ethiopic(sample: str) -> str:
    """Tigrinya begins with \u12a3 the words that Amharic begins with \u12a0, and has a row of its own."""
    tigrinya = len(_TIGRINYA.findall(sample))
    return "ti" if tigrinya > sample.count("\u12a0") else "am"


def _classify(script: str, sample: str) -> tuple[str, float]:
    """The likeliest language and its probability, from as little of the text as settles it."""
    if script == "latin" and is_clearly_english(sample[:LOOKED_AT]):
        return "en", 1.0
    classifier = _identifier(script)
    if len(sample) > FIRST_LOOK:
        found, probability, _ = classifier.tell(sample[:FIRST_LOOK])
        if probability >= SETTLED:
            return found, probability
    found, probability, english = classifier.tell(sample)
    if probability < UNSURE and is_papiamento(sample):
        return "pap", 1.0
    is_doubtful = probability < DOUBTFUL and english >= ENGLISH_SHARE * probability
    return ("en" if is_doubtful else found), probability


def load_classifier() -> None:
    """Load the classifier's table (about a second), so that the first article need not wait."""
    _identifier("latin")


def _is_other_script(language: str) -> bool:
    is_known = any(language in languages for languages in _LANGUAGES.values())
    return is_known and language not in _ALSO_LATIN


@functools.cache
def _identifier(script: str) -> Classifier:
    """The classifier of one script."""
    if script in _LANGUAGES:
        return classifier_of(_LANGUAGES[script])
    elsewhere = {tag for tags in _LANGUAGES.values() for tag in tags} - _ALSO_LATIN
    return classifier_of(known_languages() - elsewhere - _NOT_LATIN)
