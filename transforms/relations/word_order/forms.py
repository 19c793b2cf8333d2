"""A trigger in its sentence comes in; whether it is verb or noun, active or passive, goes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from transforms.relations.word_order.grammar import Grammar, Token
from transforms.relations.word_order.standing import Scenery
from transforms.relations.word_order.stems import Hit

_OBJECT: Final = 2  # characters from a Chinese verb to its object: 了, 过
_WINDOW: Final = 4  # words from the auxiliary to the participle
_PARTICIPLE: Final = {
    "fr": re.compile(
        r"\w+(?:é|és|ée|ées|i|is|ie|ies|it|ite|its|ites|u|us|ue|ues|ert|erte|ise|ises)$"
    ),
    "es": re.compile(r"\w+(?:[ai]d[oa]s?|tos?|tas?|chos?|chas?|sos?|sas?)$"),
    "pt": re.compile(r"\w+(?:[ai]d[oa]s?|tos?|tas?|sos?|sas?)$"),
    "it": re.compile(r"\w+(?:t[oaie]|s[oaie]|rt[oaie]|nt[oaie]|pint[oaie])$"),
}
_RUSSIAN_PASSIVE: Final = re.compile(r"\w{3,}(?:[еёая]н[аоы]?|[ыя]т[аоы]?)$")
_GERMAN_PARTICIPLE: Final = re.compile(r"\w*ge\w+(?:en|t)$|\w+t$")


def is_passive(index: int, scenery: Scenery) -> bool:
    """Whether the trigger is a participle with the auxiliary of the passive."""
    hit = scenery.hits[index]
    grammar = scenery.grammar
    first = next(i for i, token in enumerate(scenery.tokens) if token.end > hit.start)
    word = scenery.tokens[first].text
    if "i" in hit.flags:
        return False
    if grammar.language == "de":
        return _is_german_passive(hit.clause, word, scenery)
    if grammar.language == "ru":
        return _RUSSIAN_PASSIVE.match(word) is not None
    shape = _PARTICIPLE.get(grammar.language)
    if shape is None or not shape.match(word):
        return False
    before = [
        token.text
        for i, token in enumerate(scenery.tokens[max(0, first - _WINDOW) : first])
        if max(0, first - _WINDOW) + i not in scenery.hit_at
    ]
    return any(grammar.has(w, "passive") for w in before) and not any(
        grammar.has(w, "reflexive") for w in before
    )


def _is_german_passive(clause: int, word: str, scenery: Scenery) -> bool:
    words = [
        token.text
        for token, number in zip(scenery.tokens, scenery.clauses.numbers, strict=True)
        if number == clause
    ]
    if any(w in ("wurde", "wurden", "worden") for w in words):
        return True
    return any(scenery.grammar.has(w, "passive") for w in words) and bool(
        _GERMAN_PARTICIPLE.match(word)
    )


def with_kinds(
    hits: Sequence[Hit], tokens: Sequence[Token], actor_starts: Sequence[int], grammar: Grammar
) -> list[Hit]:
    """The triggers, each either verb or noun."""
    found = []
    for hit in hits:
        kind = hit.kind
        if kind == "m":
            kind = "n" if _is_noun_here(hit, tokens, actor_starts, grammar) else "v"
        found.append(hit if kind == hit.kind else hit._replace(kind=kind))
    return found


def _is_noun_here(
    hit: Hit, tokens: Sequence[Token], actor_starts: Sequence[int], grammar: Grammar
) -> bool:
    """Whether a form that is both verb and noun is a noun where it stands.

    In Chinese a verb is followed by whom it concerns, in Arabic it leads; elsewhere an article or a
    preposition stands before a noun.
    """
    first = next(i for i, token in enumerate(tokens) if token.end > hit.start)
    if not grammar.joint:
        return not any(hit.end <= start <= hit.end + _OBJECT for start in actor_starts)
    if first == 0:
        return grammar.language != "ar"  # an Arabic sentence opens with its verb
    if grammar.language == "ar":
        return True
    word = tokens[first - 1].text
    return grammar.has(word, "article") or word in grammar.classes or not word.rstrip("'").isalpha()
