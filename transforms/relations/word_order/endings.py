"""An actor comes in; what its ending, or a particle written on its word, says of it goes out.

Russian tells subject from object by case; Arabic writes some prepositions on the word itself. Case
endings are few but shared ("-а" is feminine nominative and masculine genitive), so the names and
offices that a first declension takes are listed in the grammar file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from transforms.relations.actors import Actor
from transforms.relations.word_order.grammar import Grammar, Token

_HEAD_REACH: Final = 4  # words from a genitive back to the office it belongs to
_NOMINATIVE: Final = "bare"

# Longest ending first. Adjectives: of the sorts "российский", "немецкая".
_ADJECTIVE: Final = (
    ("ими", "by"), ("ыми", "by"), ("ого", "genitive"), ("его", "genitive"), ("ому", "to"),
    ("ему", "to"), ("ая", _NOMINATIVE), ("яя", _NOMINATIVE), ("ую", "object"), ("юю", "object"),
    ("ие", _NOMINATIVE), ("ые", _NOMINATIVE), ("ий", _NOMINATIVE), ("ый", _NOMINATIVE),
    ("ое", _NOMINATIVE), ("их", "genitive"), ("ых", "genitive"), ("им", "by"), ("ым", "by"),
    ("ой", "oblique"), ("ей", "oblique"), ("ом", "in"), ("ем", "in"),
)  # fmt: skip
_NAME: Final = (
    ("ией", "by"), ("ия", _NOMINATIVE), ("ея", _NOMINATIVE), ("ию", "object"), ("ею", "object"),
    ("ии", "oblique"), ("еи", "oblique"), ("ой", "by"), ("ей", "by"), ("ом", "by"), ("ем", "by"),
    ("ём", "by"), ("ым", "by"), ("ю", "to"), ("я", "genitive"), ("ы", "genitive"), ("е", "to"),
)  # fmt: skip
_INDECLINABLE: Final = frozenset(
    "сша фрг кнр кндр оаэ юар ссср перу чили мали конго марокко баку токио осло тбилиси дели сомали "
    "монако зимбабве гаити никарагуа таити бурунди джибути вашингтон".split()
)
_ARABIC_AND: Final = ("وال", "ونظير", "ووزير", "ورئيس")


def clitic_of(lowered: str, start: int, language: str) -> str:
    """The mark that a preposition written on the actor's word gives, "" where none."""
    if language != "ar":
        return ""
    begin = start
    while begin and lowered[begin - 1].isalpha() and start - begin < 5:
        begin -= 1
    return _mark_of_prefix(lowered[begin:start])


def _mark_of_prefix(prefix: str) -> str:
    joined = prefix[:1] in ("و", "ف")
    rest = prefix[1:] if joined else prefix
    if rest in ("ل", "لل"):
        return "to"
    if rest in ("ب", "بال"):
        return "on"
    return "aside" if rest in ("ك", "كال") else ""


def head_clitic_of(word: str, language: str) -> str:
    """The mark that a word of an Arabic phrase gives to what follows in it."""
    if language != "ar":
        return ""
    if word.startswith("لل") and len(word) > 4:
        return "to"
    return "and" if word.startswith(_ARABIC_AND) else ""


def case_of(mark: str, actor: Actor, tokens: Sequence[Token], first: int, grammar: Grammar) -> str:
    """The mark of a Russian phrase by its case; `first` is its first token."""
    office = _office_before(first, tokens, grammar) if actor.is_name else ""
    case = office or _case_of_word(tokens[first].text, actor.is_name, grammar)
    if mark == "with" and case in ("genitive", "oblique") and not office:
        return "from" if case == "genitive" else mark
    if mark not in ("bare", "of"):
        return mark
    if mark == "of":
        return "by" if case == "by" else "of"
    return {"genitive": "bare", "oblique": "bare", "in": "bare"}.get(case, case)


def _office_before(first: int, tokens: Sequence[Token], grammar: Grammar) -> str:
    """The case of the office or force that a genitive belongs to ("президентом России")."""
    for i in range(first - 1, max(-1, first - 1 - _HEAD_REACH), -1):
        word = tokens[i].text
        if not word[0].isalnum() or word in grammar.classes:
            return ""
        case = _case_of_office(word, grammar)
        if case:
            return case
    return ""


def _case_of_office(word: str, grammar: Grammar) -> str:
    if grammar.has(word, "office"):
        return _NOMINATIVE
    for ending, case in (("ом", "by"), ("ем", "by"), ("ём", "by"), ("ой", "by"), ("ами", "by"),
                         ("ями", "by"), ("а", "object"), ("я", "object"), ("у", "to"), ("ю", "to"),
                         ("ы", "oblique"), ("и", "oblique"), ("е", "to"), ("ей", "by")):  # fmt: skip
        stem = word[: -len(ending)]
        if word.endswith(ending) and (
            grammar.has(stem, "office")
            or grammar.has(stem + "ь", "office")
            or grammar.has(stem + "й", "office")
        ):
            return case
        if word.endswith(ending) and (
            grammar.has(stem + "а", "office") or grammar.has(stem + "я", "office")
        ):
            return {"у": "object", "ю": "object", "ы": "bare", "и": "bare"}.get(ending, case)
    return ""


def _case_of_word(word: str, is_name: bool, grammar: Grammar) -> str:
    if word in _INDECLINABLE:
        return _NOMINATIVE
    if not is_name:
        for ending, case in _ADJECTIVE:
            if word.endswith(ending):
                return case
    if word.endswith(("а", "у")):
        is_first = grammar.has(word[:-1] + "а", "feminine")
        if word.endswith("а"):
            return _NOMINATIVE if is_first else "genitive"
        return "object" if is_first else "to"
    return next((case for ending, case in _NAME if word.endswith(ending)), _NOMINATIVE)
