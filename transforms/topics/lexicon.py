"""A folded document and its language in, the lexicon terms that it contains out.

One Aho-Corasick pass finds all terms; a longer term hides the shorter ones inside it.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.detect_language import primary_tag
from transforms.topics.terms import SOLID, Needles, Term, unpack
from transforms.topics.text import Document

MAX_ENDING = 16  # characters that a word within a phrase may go on after its stem
PLURAL_S = frozenset({"en", "fr", "es", "pt", "de", "nl", "it", "pcm"})
# What may stand before a term in the same word: articles, conjunctions, prepositions.
PREFIXES: Mapping[str, frozenset[str]] = {
    "ar": frozenset("و ف ب ل ك ال وال بال فال كال لل ولل فلل وب ول وبال وكال".split()),
    "he": frozenset("ה ו ב ל כ מ ש וה שה בה מה לה כש שב של ול ומ וב ומה שמ".split()),
    "am": frozenset("የ በ ለ ከ እ ስለ እንደ የሚ ባለ ያለ".split()),
    "ti": frozenset("ን ናይ ብ ካብ ዝ ኣብ ስለ እ".split()),
}
MAX_PREFIX = 4  # characters
_START = itemgetter(1)
ALIASES = {"pcm": "en", "nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "ms": "id", "rn": "rw"}


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Hit:
    """A term found in a document: `text[start:end]`."""

    start: int
    end: int
    term: Term


class Lexicon:
    """The terms of one language, compiled."""

    def __init__(self, language: str, needles: Needles) -> None:
        self.language = language
        self._is_solid = language in SOLID
        self._is_chinese = language == "zh"
        self._plural = "s" if language in PLURAL_S else ""
        self._prefixes = PREFIXES.get(language, frozenset())
        self._terms = needles.terms
        self._automaton = AhoCorasick(needles.words, implementation=Implementation.ContiguousNFA)

    def scan(self, document: Document) -> list[Hit]:
        """The terms in the document, by position; of nested ones the longest."""
        hits = []
        text = document.text.translate(traditional()) if self._is_chinese else document.text
        end_of_last = 0
        for which, start, end in self._leftmost_longest(text):
            begin = start + (text[start] == " ")  # a needle has one where a word must begin
            if begin < end_of_last:
                continue
            for term in self._terms[which]:
                stop = _phrase_end(term.rest, text, end) if term.rest else end
                is_whole = stop and text[begin - 1] == text[stop] == " "  # as most are
                if (is_whole or self._stands(term, text, begin, stop)) and (
                    not term.spelling or document.span(begin, stop).text == term.spelling
                ):
                    hits.append(Hit(begin, stop, term))
                    end_of_last = stop
                    break
        return hits

    def _leftmost_longest(self, text: str) -> list[tuple[int, int, int]]:
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found.reverse()  # they come by their end; sorting keeps the order of those that start alike
        found.sort(key=_START)
        return found

    def _stands(self, term: Term, text: str, start: int, end: int) -> bool:
        after = text[end]
        if not end or not (
            after == " " or term.is_open_right or self._is_edge(after) or self._is_plural(text, end)
        ):
            return False
        if text[start - 1] == " " or term.is_open_left or self._is_edge(text[start - 1]):
            return True
        return self._is_prefixed(text, start)

    def _is_edge(self, char: str) -> bool:
        """Whether no word of the term's script goes on with this character."""
        return char == " " or (self._is_solid and not char.isascii())

    def _is_plural(self, text: str, end: int) -> bool:
        return text[end] == self._plural and text[end + 1] == " "

    def _is_prefixed(self, text: str, start: int) -> bool:
        begin = text.rfind(" ", max(0, start - MAX_PREFIX - 1), start) + 1
        return begin > 0 and text[begin:start] in self._prefixes


def _phrase_end(rest: tuple[str, ...], text: str, end: int) -> int:
    """Where a phrase ends whose first stem ends at `end`; 0 where another word follows."""
    for stem in rest:
        blank = text.find(" ", end, end + MAX_ENDING)
        if blank < 0 or not text.startswith(stem, blank + 1):
            return 0
        end = blank + 1 + len(stem)
    return end


def base_language(language: str) -> str:
    """The language whose tables hold for a BCP 47 language: `en` for `en-GB` and for `pcm`."""
    base = primary_tag(language)
    return ALIASES.get(base, base)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a BCP 47 language; an empty one where there is no table of its terms."""
    base = base_language(language)
    source = files("transforms.data.topics") / f"terms_{base}.tsv.gz"
    if not source.is_file():
        return Lexicon(base, Needles((), {}))
    return Lexicon(base, unpack(gzip.decompress(source.read_bytes()).decode()))


@cache
def traditional() -> Mapping[int, str]:
    """The simplified form of each traditional character that a Chinese term may be written with."""
    table = (files("transforms.data.topics") / "traditional.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {ord(char): simplified for simplified, chars in rows for char in chars}


def languages() -> list[str]:
    """Languages with a lexicon of their own."""
    names = [f.name for f in files("transforms.data.topics").iterdir()]
    return sorted(name[:-4] for name in names if name.endswith(".txt"))
