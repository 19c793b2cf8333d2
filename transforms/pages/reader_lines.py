"""One line of plain text comes in; out goes the rule by which it speaks to its reader ("" = it does not).

A story tells of newsletters, cookies and subscriptions in the third person; a site offers its own to
whoever reads: it calls on the reader where a sentence begins ("Download", "Sign up", "Log in"), and
names what it offers in the same line. No word decides alone: classes of words have to meet
(`data/pages/reader_words.toml`, eleven languages and more).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick_rs

from transforms.pages.boilerplate_phrases import ends_sentence
from transforms.pages.reader_rules import MAX_WORDS, RULES, ReaderRule
from transforms.pages.word_lists import word_list

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = re.compile(r"(?:[.!?…؟]|[:|>»–—-])\s+|[。！？：｜]\s*|\s(?=[¿¡])")
_CLITICS = re.compile(
    r"(?:^|[^\w])[وفبكلا]{1,3}$"
)  # what Arabic writes together with the next word
_EDGES = " •·*|-–—►▶→>×✉📩\"'“„«‹¿¡()[]【】"  # what may stand before the first word
_PRICE = re.compile(
    r"(?:[$€£¥₽₹]|r\$)\s?\d|\d\s?(?:[$€£₽]|euros?\b|dollars?\b|pounds?\b|рубл|元|円|kr\b|دولار)|دولار واحد"
)


_BY_CLASS: dict[str, list[int]] = {}
for _index, _known in enumerate(RULES):
    for _class in _known.meets[0]:
        _BY_CLASS.setdefault(_class, []).append(_index)


class _Words(NamedTuple):
    automaton: ahocorasick_rs.AhoCorasick
    terms: tuple[str, ...]
    classes: tuple[frozenset[str], ...]  # of each term
    is_open: tuple[bool, ...]  # may a word go on where the term ends?
    bits: tuple[int, ...]  # of each term: its classes
    # A class of a rule's first group -> its three other groups of classes, each of which has to be met
    needs: dict[int, list[tuple[int, int, int]]]
    price: int  # the class that no term is of


class _Term(NamedTuple):
    """A term in a text, and the classes that it is of."""

    start: int
    is_cjk: bool
    classes: frozenset[str]


def reader_rule(folded: str, words: int) -> str:
    """The rule of a folded line of so many words that offers its reader something, or "".

    Linear in the line.
    """
    if not 1 < words <= MAX_WORDS:
        return ""
    text = folded.lstrip(_EDGES)
    terms = _terms(text)
    found = {name for term in terms for name in term.classes}
    candidates = _candidates(found)
    if not candidates or "told" in found:  # reported speech
        return ""
    calls, is_sentence = _calls(text, terms), ends_sentence(text)
    if _PRICE.search(text):
        found.add("price")
    for rule in candidates:
        if words > rule.words or (rule.is_label and is_sentence):
            continue
        if rule.calls and calls.isdisjoint(rule.calls):
            continue
        if all(not found.isdisjoint(group) for group in rule.meets):
            return rule.name
    return ""


def _candidates(found: set[str]) -> list[ReaderRule]:
    """The rules whose first group is met, in their order."""
    indices = {index for name in found for index in _BY_CLASS.get(name, ())}
    return [RULES[index] for index in sorted(indices)]


def is_reported(folded: str) -> bool:
    """Does a folded line say that somebody said it?"""
    return any("told" in term.classes for term in _terms(folded))


def term_bits() -> dict[str, int]:
    """The terms of all classes as they stand in folded texts, each with its classes as bits."""
    table = _load_words()
    terms: dict[str, int] = {}
    for term, bits in zip(table.terms, table.bits, strict=True):
        text = term.rstrip("*")
        terms[text] = terms.get(text, 0) | bits
    return terms


def may_offer(bits: int) -> bool:
    """Would any rule be met if these classes were all there? Nearly every line is spared the rest."""
    table = _load_words()
    bits |= table.price
    left = bits
    while left:
        bit = left & -left
        left ^= bit
        for second, third, fourth in table.needs.get(bit, ()):
            if bits & second and bits & third and bits & fourth:
                return True
    return False


def _terms(text: str) -> list[_Term]:
    """The known terms in a folded text, each where words begin and end as it does."""
    table = _load_words()
    found = []
    for index, start, end in table.automaton.find_matches_as_indexes(text, overlapping=True):
        is_cjk = _CJK.match(text[start]) is not None
        if is_cjk or _is_whole(text, start, end, table.is_open[index]):
            found.append(_Term(start, is_cjk, table.classes[index]))
    return found


def _calls(text: str, terms: list[_Term]) -> set[str]:
    """The classes whose terms begin a sentence; Chinese and Japanese put what is called for last."""
    starts = {0, *(match.end() for match in _SENTENCE.finditer(text))}
    return {name for term in terms if term.is_cjk or term.start in starts for name in term.classes}


def _is_whole(text: str, start: int, end: int, is_open: bool) -> bool:
    """Do the words begin and end where a term does?"""
    ends = is_open or end == len(text) or not text[end - 1].isalnum() or _is_edge(text[end])
    if start == 0 or not text[start].isalnum() or _is_edge(text[start - 1]):
        return ends
    return ends and _CLITICS.search(text, max(0, start - 4), start) is not None


def _is_edge(char: str) -> bool:
    return not char.isalnum() or _CJK.match(char) is not None


@functools.cache
def _load_words() -> _Words:
    classes: dict[str, set[str]] = {}
    for name, terms in word_list("reader_words").items():
        for term in terms:
            classes.setdefault(term, set()).add(name)
    terms = sorted(classes)
    names = {name for found in classes.values() for name in found} | {"price"}
    bit = {name: 1 << number for number, name in enumerate(sorted(names))}

    def bits(group: Iterable[str]) -> int:
        return sum(bit[name] for name in group)

    needs: dict[int, list[tuple[int, int, int]]] = {}
    for rule in RULES:
        first, *groups = (group for group in (*rule.meets, rule.calls) if group)
        second, third, fourth = (*map(bits, groups), *[bits(first)] * (3 - len(groups)))
        for name in first:
            needs.setdefault(bit[name], []).append((second, third, fourth))
    return _Words(
        ahocorasick_rs.AhoCorasick([term.rstrip("*") for term in terms]),
        tuple(terms),
        tuple(frozenset(classes[term]) for term in terms),
        tuple(term.endswith("*") for term in terms),
        tuple(bits(classes[term]) for term in terms),
        needs,
        bit["price"],
    )
