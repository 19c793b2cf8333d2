"""A folded document and its language in, the lexicon terms that it contains out.

Lexicon files are `data/topics/<language>.txt`, whose heads explain the format. The labels of the
IPTC vocabulary are added with low weights. One Aho-Corasick pass finds all terms; a longer term
hides the shorter ones inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick, Implementation

from schemas.errors import InputError
from schemas.topics import all_topics, topic, vocabulary
from transforms.detect_language import primary_tag
from transforms.topics.text import GAP, Document, fold

LABEL_WEIGHT = 1.0  # of IPTC labels that no editor has weighed
MAX_ENDING = 16  # characters that a word within a phrase may go on after its stem
MIN_LABEL = 5  # characters; shorter labels (game, men, war) mean too much
# Scripts without blanks between words: a term may stand anywhere.
SOLID = frozenset({"zh", "ja", "th", "km", "lo", "my", "bo"})
# Languages whose words take endings freely: every term is open to the right.
SUFFIXING = frozenset("tr hu fi et fa am ti so az kk uz ta te ml".split())
MIN_COMPOUND = 3  # syllables of a Korean term that may stand within a compound
MIN_SUFFIXING = 4  # letters; shorter terms begin too many other words
PLURAL_S = frozenset({"en", "fr", "es", "pt", "de", "nl", "it", "pcm"})
# What may stand before a term in the same word: articles, conjunctions, prepositions.
PREFIXES: Mapping[str, frozenset[str]] = {
    "ar": frozenset("و ف ب ل ك ال وال بال فال كال لل ولل فلل وب ول وبال وكال".split()),
    "he": frozenset("ה ו ב ל כ מ ש וה שה בה מה לה כש שב של ול ומ וב ומה שמ".split()),
    "am": frozenset("የ በ ለ ከ እ ስለ እንደ የሚ ባለ ያለ".split()),
    "ti": frozenset("ን ናይ ብ ካብ ዝ ኣብ ስለ እ".split()),
}
_MISPLACED_STAR = re.compile(r"\w\*\w| \*")  # stars end a stem, or begin the whole term
MAX_PREFIX = 4  # characters
ARABIC_ARTICLE = "ال"
_START = itemgetter(1)
_Key: TypeAlias = tuple[str, bool, bool, str, tuple[str, ...]]  # what makes a term, in its order
ALIASES = {"pcm": "en", "nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "ms": "id", "rn": "rw"}


class Term(NamedTuple):
    """A folded pattern with its conditions and what it says about topics."""

    pattern: str
    is_open_left: bool
    is_open_right: bool
    spelling: str  # the exact original spelling, or "" for any
    weights: Mapping[str, float]  # topic id -> weight, ancestors included
    rest: tuple[str, ...] = ()  # of a phrase of stems (`winter* game*`), those after the first


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Hit:
    """A term found in a document: `text[start:end]`."""

    start: int
    end: int
    term: Term


class Lexicon:
    """The terms of one language, compiled."""

    def __init__(self, language: str, terms: Iterable[Term], later: Iterable[Term] = ()) -> None:
        """`later` are terms that `add` may bring: the automaton is made once, and knows them."""
        self.language = language
        self._is_solid = language in SOLID
        self._is_chinese = language == "zh"
        self._plural = "s" if language in PLURAL_S else ""
        self._prefixes = PREFIXES.get(language, frozenset())
        self._terms: dict[str, list[Term]] = {self._needle(term): [] for term in (*terms, *later)}
        needles = list(self._terms)
        self._blanks = [needle.startswith(" ") for needle in needles]
        self._found = list(self._terms.values())
        self._automaton = AhoCorasick(needles, implementation=Implementation.ContiguousNFA)
        self.add(terms)

    def add(self, terms: Iterable[Term]) -> None:
        """Have these found as well; all of them were named when the lexicon was made."""
        for term in terms:
            found = self._terms[self._needle(term)]
            found.append(term)
            if len(found) > 1:
                found.sort(key=_narrowest_first)

    def scan(self, document: Document) -> list[Hit]:
        """The terms in the document, by position; of nested ones the longest."""
        hits = []
        text = document.text.translate(traditional()) if self._is_chinese else document.text
        end_of_last = 0
        for which, start, end in self._leftmost_longest(text):
            begin = start + self._blanks[which]
            if begin < end_of_last:
                continue
            for term in self._found[which]:
                stop = _phrase_end(term.rest, text, end) if term.rest else end
                if self._stands(term, text, begin, stop) and _spelled(term, document, begin, stop):
                    hits.append(Hit(begin, stop, term))
                    end_of_last = stop
                    break
        return hits

    def _leftmost_longest(self, text: str) -> list[tuple[int, int, int]]:
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found.reverse()  # they come by their end; sorting keeps the order of those that start alike
        found.sort(key=_START)
        return found

    def _needle(self, term: Term) -> str:
        """With a blank before it where a word must begin: saves most false starts."""
        is_bare = self._is_solid or self.language == "ko" or term.is_open_left
        if is_bare or (self._prefixes and not term.pattern.isascii()):
            return term.pattern
        return f" {term.pattern}"

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


def _narrowest_first(term: Term) -> tuple[int, bool, bool]:
    return -len(term.rest), not term.spelling, term.is_open_right


def _spelled(term: Term, document: Document, start: int, end: int) -> bool:
    return not term.spelling or document.span(start, end).text == term.spelling


def base_language(language: str) -> str:
    """The language whose tables hold for a BCP 47 language: `en` for `en-GB` and for `pcm`."""
    base = primary_tag(language)
    return ALIASES.get(base, base)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a BCP 47 language; of one that has no file, IPTC's labels alone.

    A label counts where no line of ours weighs any of its words.
    """
    base = base_language(language)
    terms = _Compiler(base)
    terms.add_file(base)
    labels = _labels(base)
    found = Lexicon(base, terms.compiled(), _Compiler(base).with_labels(labels).compiled())
    spoken_of = _in_which(found, [label for _, label in labels])
    unweighed = [entry for number, entry in enumerate(labels) if number not in spoken_of]
    found.add(_Compiler(base).with_labels(unweighed).compiled())
    return found


def _labels(language: str) -> list[tuple[str, str]]:
    """(topic id, label) of the IPTC topics of the lower levels."""
    labels = (
        (entry.id, entry.labels.get(language, "").split("(")[0].strip())
        for entry in all_topics()
        if entry.level > 1
    )
    return [(topic_id, label) for topic_id, label in labels if len(label) >= MIN_LABEL]


def _in_which(found: Lexicon, labels: Sequence[str]) -> set[int]:
    """Which labels hold a term: scanned as one text, in which none reaches into the next."""
    numbers, ends = set(), list(accumulate(len(fold(label)) + len(GAP) for label in labels))
    document = Document("", "", fold(f" {GAP.join(labels)} "), 0, None)
    for hit in found.scan(document):
        numbers.add(bisect_right(ends, hit.start - 1))
    return numbers


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


class _Compiler:
    """Collects (term, topic, weight) lines into terms."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._weights: dict[_Key, dict[str, float]] = {}

    def add_file(self, name: str) -> None:
        source = files("transforms.data.topics") / f"{name}.txt"
        if name.isalpha() and source.is_file():
            for topic_id, weight, written in parse_lexicon(
                source.read_text(encoding="utf-8"), name
            ):
                for spelling in self._spellings(written):
                    self._add(topic_id, weight, spelling)

    def with_labels(self, labels: Iterable[tuple[str, str]]) -> _Compiler:
        """(topic id, label) as terms."""
        for topic_id, label in labels:
            self._add(topic_id, LABEL_WEIGHT, label)
        return self

    def _spellings(self, written: str) -> tuple[str, ...]:
        """An Arabic phrase is defined in all its words or in none, so it gets both forms."""
        if self.language != "ar" or " " not in written or ARABIC_ARTICLE in written:
            return (written,)
        return written, written.replace(" ", f" {ARABIC_ARTICLE}")

    def compiled(self) -> list[Term]:
        return [Term(*key[:4], self._all(key), key[4]) for key in self._weights]

    def _all(self, key: _Key) -> Mapping[str, float]:
        """The weights of a word, with those of its stem: `summit` says what `summit*` says."""
        own = self._weights[key]
        pattern, open_left, is_open_right, spelling, rest = key
        stem = self._weights.get((pattern, open_left, True, "", rest))
        if is_open_right or spelling or not stem:
            return own
        return {**own, **{t: max(v, own.get(t, v)) for t, v in stem.items() if own.get(t, v) > 0}}

    def _add(self, topic_id: str, weight: float, written: str) -> None:
        weights = self._weights.setdefault(self._key(written), {})
        if weight > 0:
            for above in _path(topic_id):
                if weights.get(above, 0.0) < weight:
                    weights[above] = weight
        else:
            weights[topic_id] = min(weights.get(topic_id, 0.0), weight)

    def _key(self, written: str) -> _Key:
        spelling = written[1:] if written.startswith("=") else ""
        stems = [fold(stem).strip() for stem in (spelling or written.strip("*")).split("* ")]
        bare = stems[0]
        is_free = self.language in SOLID and not bare.isascii()
        open_left = written.startswith("*") or is_free
        open_right = written.endswith("*") or is_free
        if not spelling and not bare.isascii() and self.language == "ko":
            open_left, open_right = open_left or len(bare) >= MIN_COMPOUND, True
        open_right |= self.language in SUFFIXING and not spelling and len(bare) >= MIN_SUFFIXING
        return bare, open_left, open_right, spelling, tuple(stems[1:])


@cache
def _path(topic_id: str) -> tuple[str, ...]:
    return vocabulary()[topic_id].path


def parse_lexicon(text: str, name: str = "lexicon") -> Iterator[tuple[str, float, str]]:
    """(topic id, weight, term as written) of a lexicon file.

    Raises InputError with file and line where a line is not understood.
    """
    topic_id = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            topic_id = topic(line.strip("[] ")).id
            continue
        weight, _, terms = line.partition("|")
        try:
            value = float(weight)
        except ValueError:
            raise InputError(f"{name}, line {number}: weight expected, not {weight!r}") from None
        if not topic_id:
            raise InputError(f"{name}, line {number}: terms before the first [topic]")
        for term in filter(None, map(str.strip, terms.split(","))):
            if _MISPLACED_STAR.search(term):
                raise InputError(f"{name}, line {number}: a star within a word: {term!r}")
            yield topic_id, value, term
