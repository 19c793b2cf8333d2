"""One line of plain text comes in; out goes the rule by which it speaks to its reader ("" = it does not).

A story tells of newsletters, cookies and subscriptions in the third person; a site offers its own to
whoever reads: it calls on the reader where a sentence begins ("Download", "Sign up", "Log in"), and
names what it offers in the same line. No word decides alone: classes of words have to meet
(`data/pages/reader_words.toml`, eleven languages and more).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import NamedTuple

import ahocorasick_rs

from transforms.pages.boilerplate_phrases import ends_sentence, fold

MAX_WORDS = 50  # offers are short; longer lines tell of something

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = re.compile(r"(?:[.!?…؟]|[:|>»–—-])\s+|[。！？：｜]\s*|\s(?=[¿¡])")
_CLITICS = re.compile(
    r"(?:^|[^\w])[وفبكلا]{1,3}$"
)  # what Arabic writes together with the next word
_EDGES = " •·*|-–—►▶→>×✉📩\"'“„«‹¿¡()[]【】"  # what may stand before the first word
_PRICE = re.compile(
    r"(?:[$€£¥₽₹]|r\$)\s?\d|\d\s?(?:[$€£₽]|euros?\b|dollars?\b|pounds?\b|рубл|元|円|kr\b|دولار)|دولار واحد"
)


class _Rule(NamedTuple):
    name: str
    calls: frozenset[str]  # classes of which one has to begin a sentence; none where none has to
    meets: tuple[frozenset[str], ...]  # of each group one class has to be there
    words: int
    is_label: bool  # only for a line that does not end like a sentence


def _rule(
    name: str, calls: str, meets: tuple[str, ...], words: int = MAX_WORDS, is_label: bool = False
) -> _Rule:
    groups = tuple(frozenset(group.split()) for group in meets)
    return _Rule(name, frozenset(calls.split()), groups, words, is_label)


_RULES = (
    _rule("newsletter", "sign-up get thanks follow", ("mail",)),
    _rule("newsletter", "sign-up get", ("email", "free")),
    _rule("newsletter", "get", ("email", "sign-up")),
    _rule("newsletter", "sign-up", ("readers",), 30),
    _rule("newsletter", "sign-up get", ("weekly", "free"), 30),
    _rule("newsletter", "thanks", ("subscription mail",), 25),
    _rule("app-promo", "download get enable", ("app", "store free alerts")),
    _rule("app-promo", "download", ("app",), 8, is_label=True),
    _rule("app-promo", "download", ("own", "app"), 20),
    _rule("app-promo", "enable", ("alerts",), 20),
    _rule("newsletter", "sign-up get", ("email", "own")),
    _rule("subscribe", "subscribe-to", ("trial unlimited", "price")),
    _rule("subscribe", "", ("cancel", "price"), 30),
    _rule("subscribe", "you-have", ("remaining",), 20),
    _rule("subscribe", "", ("already",), 14),
    _rule("subscribe", "", ("preview", "subscription unlimited subscribe-to only-members"), 30),
    _rule("subscribe", "", ("only-members",), 14),
    _rule("subscribe", "", ("unlimited", "log-in"), 30),
    _rule("subscribe", "log-in sign-up", ("unlimited article", "subscription free trial"), 25),
    _rule("subscribe", "sign-up", ("log-in",), 20),
    _rule("subscribe", "support", ("gift", "journalism price")),
    _rule("comments", "log-in be-first write-in", ("comment",), 16),
    _rule("comments", "", ("comment", "closed"), 10),
    _rule("comments", "write-in", ("error", "tell-us"), 30),
    _rule("legal", "", ("use", "cookies")),
    _rule("legal", "use", ("ads", "store-data")),
    _rule("legal", "by-acting", ("terms",)),
    _rule("legal", "manage", ("cookies",), 5, is_label=True),
    _rule("share", "follow", ("social",), 30),
    _rule("share", "", ("share-call", "social"), 6, is_label=True),
    _rule("share", "", ("link", "copied"), 8, is_label=True),
    _rule("share", "share-call write-in", ("friend",), 9, is_label=True),
    _rule("share", "share-call article write-in", ("email", "article"), 6, is_label=True),
    _rule("credit", "photo", ("courtesy",), 12, is_label=True),
    _rule("bio", "desk", ("desk",), 6, is_label=True),
    _rule("share", "", ("own", "social"), 14, is_label=True),
    _rule("app-promo", "", ("available", "store", "app own phone"), 16, is_label=True),
    _rule("ui", "show", ("show", "large-image"), 8, is_label=True),
    _rule("comments", "react", ("article own",), 7, is_label=True),
    _rule("subscribe", "", ("unlimited", "article subscription own"), 10, is_label=True),
    _rule("subscribe", "", ("donate-now",), 30),
    _rule("related", "read", ("text-kind",), 16, is_label=True),
    _rule("bio", "author-noun", ("post",), 30),
    _rule("legal", "", ("reproduction", "forbidden"), 22),
    _rule("sponsored", "content-is", ("made-with",), 16),
    _rule("sponsored", "", ("article", "continues", "ads"), 16),
    _rule("sponsored", "ads", ("scroll",), 10),
    _rule("sponsored", "", ("continues unlimited", "after", "ads"), 9, is_label=True),
    _rule("related", "", ("own", "live"), 25),
    _rule("legal", "", ("opinion", "reflect"), 45),
    _rule("related", "", ("most-read",), 9, is_label=True),
    _rule("affiliate", "", ("purchase", "commission")),
    _rule("newsletter", "", ("your-box", "on-days digest"), 25, is_label=True),
    _rule("newsletter", "", ("your-box", "on-days"), 25),
    _rule("newsletter", "", ("one-mail",), 20),
    _rule("newsletter", "letter-noun", ("on-days",), 20, is_label=True),
    _rule("newsletter", "letter-noun", ("on-days", "own digest your-box you-have"), 25),
    _rule("legal", "", ("cookies", "accept", "to-show")),
    _rule("legal", "we-and", ("device-data",)),
    _rule("sponsored", "", ("newsroom", "not-involved", "this-paid"), 40),
    _rule("self-promo", "take-part", ("survey", "own readers"), 25),
    _rule("subscribe", "", ("fundraiser", "own"), 30),
    _rule(
        "subscribe", "sign-up subscribe-to log-in support go-on",
        ("go-on", "sign-up log-in subscription gift only-members"),
    ),
    _rule("subscribe", "sign-up subscribe-to log-in", ("go-on",), 12, is_label=True),
    _rule("subscribe", "", ("reached", "limit"), 20),
    _rule("newsletter", "dose", ("dose",), 16, is_label=True),
    _rule("ui", "oops", ("oops",), 12),
    _rule("newsletter", "", ("your-address", "used"), 30),
    _rule("newsletter", "letter-noun", ("your-box free",), 20, is_label=True),
    _rule("comments", "", ("address", "unpublished"), 25),
    _rule("self-promo", "write-us", ("write-us", "qmark"), 20),
    _rule("subscribe", "", ("your-support", "impossible"), 25),
    _rule("newsletter", "", ("your-box", "confirm subscription"), 25),
    _rule("newsletter", "thanks", ("subscribed",), 25),
    _rule("subscribe", "", ("our-work", "free", "own readers your-support"), 20),
    _rule("newsletter", "never-miss", ("issue",), 14),
    _rule("newsletter", "on-days", ("own your-box",), 16, is_label=True),
    _rule("subscribe", "", ("your-support", "our-work"), 40),
    _rule("subscribe", "support-us", ("support-us",), 25),
    _rule("app-promo", "", ("app", "up-to-date"), 20, is_label=True),
    _rule("app-promo", "", ("app", "up-to-date", "own you-have sign-up download"), 25),
    _rule("ui", "own-version", ("ai-made",), 30),
    _rule("subscribe", "sign-up subscribe-to", ("sign-up subscribe-to", "price"), 16, is_label=True),
    _rule("subscribe", "get subscribe-to read sign-up", ("unlimited",), 10, is_label=True),
    _rule("subscribe", "you-want", ("go-on", "you-want"), 14),
    _rule("subscribe", "you-want", ("you-want", "help-us", "newsroom journalism our-work"), 14),
    _rule("legal", "consent-me", ("consent-me", "consent-to"), 30),
    _rule("subscribe", "", ("reader-funded", "own your-support support-us we-are"), 20),
    _rule("newsletter", "get sign-up", ("days-news",), 25),
    _rule("newsletter", "start-day", ("news-word digest mail up-to-date",), 30),
    _rule("share", "follow sign-up", ("channel",)),
    _rule("newsletter", "", ("informs-you", "your-box"), 45),
    _rule("newsletter", "", ("delivered", "own get sign-up"), 25),
    _rule("comments", "", ("comment", "must-log-in", "must-you"), 25),
    _rule("app-promo", "sign-up", ("alerts",), 20),
    _rule("subscribe", "", ("go-on", "must-log-in", "must-you"), 30),
    _rule("subscribe", "get", ("unlimited", "price"), 25),
)  # fmt: skip


_BY_CLASS: dict[str, list[int]] = {}
for _index, _known in enumerate(_RULES):
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


def _candidates(found: set[str]) -> list[_Rule]:
    """The rules whose first group is met, in their order."""
    indices = {index for name in found for index in _BY_CLASS.get(name, ())}
    return [_RULES[index] for index in sorted(indices)]


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
    path = resources.files("transforms.data.pages") / "reader_words.toml"
    classes: dict[str, set[str]] = {}
    for name, terms in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for term in terms:
            classes.setdefault(fold(term), set()).add(name)
    terms = sorted(classes)
    names = {name for found in classes.values() for name in found} | {"price"}
    bit = {name: 1 << number for number, name in enumerate(sorted(names))}

    def bits(group: Iterable[str]) -> int:
        return sum(bit[name] for name in group)

    needs: dict[int, list[tuple[int, int, int]]] = {}
    for rule in _RULES:
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
