"""A folded line comes in, the classes of the words that furniture of a page is made of go out.

Buttons, labels and notices are short, and made of few words: what is done (share, read, log in), what
it is done with (article, comments, cookies), which of them (latest, most read), and what stands between
(`data/pages/furniture_words.toml`, a language a row). A line is read in one language.
"""

from __future__ import annotations

import functools
import operator
import re
from typing import NamedTuple

from transforms.pages.word_lists import word_list

_MAX_CJK = 12  # characters of one
_SPARE = 3  # strange words that a line may have
_MIN_STEM = 2  # characters of the beginning of a word

_CJK = r"\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff々"
_TOKEN = re.compile(
    rf"[{_CJK}]+|(?:(?![{_CJK}])[\w'&+\u0900-\u0963])+(?:[-/](?:(?![{_CJK}])[\w'&])+)*"
)
_IS_CJK = re.compile(rf"[{_CJK}]")
_CLITICS = re.compile(r"^[وف]?(?:[بكل]?ال|لل|[بكلس])?(?=[\u0621-\u064a]{2,})")

Classes = dict[str, int]  # class -> the languages in which a term is of it, as bits

ANY_LANGUAGE = -1
_GLUE: Classes = {"glue": ANY_LANGUAGE}
_STRANGE: Classes = {}  # a word of no class
ACTS = frozenset("share save look join react".split())  # the classes of what is done
_OPENERS = ACTS | {"you"}  # only a line that begins with one of these may hold strange words


class _Words(NamedTuple):
    terms: dict[str, Classes]
    stems: dict[str, Classes]
    longest: int  # characters of a stem
    heads: frozenset[str]  # how stems begin
    sizes: dict[str, int]  # a word -> words of the longest term that begins with it


def words_of(folded: str) -> list[str]:
    """The words of a folded line; a run of Chinese or Japanese is one."""
    return _TOKEN.findall(folded)


def furniture_terms(folded: str) -> list[set[str]]:
    """The classes of each term of a folded line, none for a strange word; [] where there are too many."""
    found = _terms(folded)
    if not found:
        return []
    language = functools.reduce(operator.and_, map(_languages, filter(None, found)), ANY_LANGUAGE)
    if not language:  # words of different languages
        return []
    return [{name for name, bits in term.items() if bits & language} for term in found]


def _languages(classes: Classes) -> int:
    return functools.reduce(operator.or_, classes.values(), 0)


def _terms(folded: str) -> list[Classes]:
    """The classes of each term of a folded line; none at all where too many words are strange."""
    table = _load_words()
    first = folded.partition(" ")[0]
    if not (first.isascii() and first.isalnum()):  # else it is a token
        match = _TOKEN.search(folded)
        if match is None:
            return []
        first = match[0]
    if _begins_strangely(first):  # most lines
        return []
    is_plain = folded.isascii() and folded.replace(" ", "").isalnum()
    tokens = folded.split() if is_plain else _TOKEN.findall(folded)
    found: list[Classes] = []
    at = strange = 0
    while at < len(tokens):
        if _IS_CJK.match(tokens[at]):
            inner, size = _cjk_terms(tokens[at], table), 1
        else:
            size, classes = _longest(tokens, at, table)
            inner = [classes or _STRANGE]
        strange += _STRANGE in inner
        if strange and (strange > _SPARE or _OPENERS.isdisjoint(found[0] if found else inner[0])):
            return []
        found += inner
        at += size
    return found


@functools.lru_cache(maxsize=8_192)  # lines begin with few words
def _begins_strangely(word: str) -> bool:
    table = _load_words()
    return not (_IS_CJK.match(word) or word in table.sizes or _classes(word))


def _longest(tokens: list[str], at: int, table: _Words) -> tuple[int, Classes]:
    """How many words the longest term has that begins at a word, and its classes."""
    longest = table.sizes.get(tokens[at], 1)
    for size in range(min(longest, len(tokens) - at), 1, -1):
        if classes := table.terms.get(" ".join(tokens[at : at + size])):
            return size, classes
    return 1, _classes(tokens[at])


@functools.lru_cache(maxsize=8_192)  # most words of short lines are common ones
def _classes(word: str) -> Classes:
    table = _load_words()
    whole = table.terms.get(word, {})
    if word[0].isdigit():
        return whole or _GLUE
    known = word[:_MIN_STEM] in table.heads
    for end in range(min(table.longest, len(word)) if known else 0, _MIN_STEM - 1, -1):
        if classes := table.stems.get(word[:end]):
            return _joined(whole, classes) if whole else classes
    if whole:
        return whole
    if "'" in word:  # l'article
        return table.terms.get(word.partition("'")[2], {})
    return table.terms.get(_CLITICS.sub("", word, count=1), {}) if word[0] >= "\u0621" else {}


def _joined(some: Classes, others: Classes) -> Classes:
    return {name: some.get(name, 0) | others.get(name, 0) for name in some.keys() | others.keys()}


def _cjk_terms(run: str, table: _Words) -> list[Classes]:
    """The longest terms of a run of Chinese or Japanese, and what is strange between them."""
    found: list[Classes] = []
    at = 0
    while at < len(run):
        for end in range(min(len(run), at + _MAX_CJK), at, -1):
            if classes := table.terms.get(run[at:end]):
                found.append(classes)
                at = end
                break
        else:
            if not found or found[-1] is not _STRANGE:
                found.append(_STRANGE)
            at += 1
    return found


@functools.cache
def _load_words() -> _Words:
    table = word_list("furniture_words")
    terms, stems = table["terms"], table["stems"]
    heads = frozenset(stem[:_MIN_STEM] for stem in stems)
    sizes: dict[str, int] = {}
    for term in terms:
        first, size = term.partition(" ")[0], term.count(" ") + 1
        sizes[first] = max(size, sizes.get(first, 1))
    return _Words(terms, stems, max(map(len, stems)), heads, sizes)
