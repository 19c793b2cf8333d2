"""The lines of a lexicon and labels of topics in, terms with the topics that they speak for out.

Lexicon files are `<language>.txt` beside this one, whose heads explain the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from schemas.errors import InputError
from schemas.topics import topic, vocabulary
from transforms.topics.terms import SOLID, Term
from transforms.topics.text import fold

LABEL_WEIGHT = 1.0  # of IPTC labels that no editor has weighed
# Languages whose words take endings freely: every term is open to the right.
SUFFIXING = frozenset("tr hu fi et fa am ti so az kk uz ta te ml".split())
MIN_COMPOUND = 3  # syllables of a Korean term that may stand within a compound
MIN_SUFFIXING = 4  # letters; shorter terms begin too many other words
_MISPLACED_STAR = re.compile(r"\w\*\w| \*")  # stars end a stem, or begin the whole term
ARABIC_ARTICLE = "ال"
_Key: TypeAlias = tuple[str, bool, bool, str, tuple[str, ...]]  # what makes a term, in its order


class Compiler:
    """Collects (term, topic, weight) lines into terms."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._weights: dict[_Key, dict[str, float]] = {}

    def add_file(self, name: str) -> None:
        """The lines of a packaged lexicon, where there is one."""
        source = files("transforms.data.topics") / f"{name}.txt"
        if name.isalpha() and source.is_file():
            for topic_id, weight, written in parse_lexicon(
                source.read_text(encoding="utf-8"), name
            ):
                for spelling in self._spellings(written):
                    self._add(topic_id, weight, spelling)

    def with_labels(self, labels: Iterable[tuple[str, str]]) -> Compiler:
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
        """The terms of all lines, with their weights."""
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
