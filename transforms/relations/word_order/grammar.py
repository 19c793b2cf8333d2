"""A language comes in; the words by which it marks who acts and who is acted on go out.

One text file per language, `data/relations/grammar_*.txt`: a line names a class and its words. A
phrase of several words ("aux côtés de") is found as its words stand, longest first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

LONGEST_PHRASE: Final = 6  # words
OPENING: Final = ("doubt", "break")  # classes of what opens a clause
_SPACELESS: Final = frozenset({"zh"})
ROMANCE: Final = frozenset({"fr", "es", "it", "pt"})
_WORD: Final = re.compile(r"[^\W_]+(?:['’])?|[^\w\s]")
_CHARACTER: Final = re.compile(r"[a-z0-9]+|\S")


class Token(NamedTuple):
    """A word, a mark, or in Chinese a character; offsets into the sentence."""

    text: str
    start: int
    end: int


class Grammar(NamedTuple):
    """The word classes of a language and how its words are put together."""

    language: str
    classes: dict[str, str]  # word or phrase -> class, of the classes that mark a phrase
    groups: dict[str, frozenset[str]]  # class -> its words and phrases
    joint: str  # between the words of a phrase
    openers: frozenset[str]  # what a word or phrase that opens a clause begins with; see `head_of`

    def has(self, word: str, group: str) -> bool:
        """Whether the word is one of a class."""
        return word in self.groups.get(group, ())

    def head_of(self, phrase: str) -> str:
        """The first word of a phrase, or its first character where words stand without blanks."""
        return phrase.partition(self.joint)[0] if self.joint else phrase[:1]

    def ending_at(self, words: Sequence[str], last: int) -> tuple[str, int]:
        """Class and length in words of the longest marking phrase that ends with word `last`."""
        for length in range(min(LONGEST_PHRASE, last + 1), 0, -1):
            found = self.classes.get(self.joint.join(words[last + 1 - length : last + 1]))
            if found:
                return found, length
        return "", 0


_MARKING: Final = (
    "with against to by of from in on near for between about aside and object dative genitive"
).split()


@cache
def grammar_languages() -> frozenset[str]:
    """The languages that are read by word order."""
    files = resources.files("transforms.data.relations").iterdir()
    names = (file.name for file in files)
    return frozenset(n[8:-4] for n in names if n.startswith("grammar_") and n.endswith(".txt"))


@cache
def grammar_of(language: str) -> Grammar:
    """The grammar of one of `grammar_languages()`."""
    joint = "" if language in _SPACELESS else " "
    text = (
        resources.files("transforms.data.relations")
        .joinpath(f"grammar_{language}.txt")
        .read_text("utf-8")
    )
    groups: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, words = line.partition(":")
            phrases = (joint.join(_words(phrase, language)) for phrase in words.split(","))
            groups[name.strip()] = frozenset(filter(None, phrases))
    classes = {word: name for name in reversed(_MARKING) for word in groups.get(name, ())}
    grammar = Grammar(language, classes, groups, joint, frozenset())
    opening = (phrase for name in OPENING for phrase in groups.get(name, ()))
    return grammar._replace(openers=frozenset(map(grammar.head_of, opening)))


def _words(phrase: str, language: str) -> list[str]:
    return [token.text for token in tokens_of(phrase.strip(), language)]


def tokens_of(lowered: str, language: str) -> list[Token]:
    """The tokens of a lower-case sentence; an elided word keeps its apostrophe ("l'")."""
    shape = _CHARACTER if language in _SPACELESS else _WORD
    return [
        Token(found.group().replace("’", "'"), found.start(), found.end())
        for found in shape.finditer(lowered)
    ]
