"""The tokens of a sentence come in; the clause that each stands in goes out.

A clause opens at a subordinating word, a colon, a semicolon or a bracket. One that opens behind a
comma ends at the next comma, where the clause around it goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.relations.word_order.grammar import LONGEST_PHRASE, Grammar, Token

_COMMAS: Final = frozenset(",،，、")
_STOPS: Final = frozenset(";:()[]—–؛；：（）|")


class Clauses(NamedTuple):
    """Of each token the number of its clause, and the clauses that state nothing ("if ...")."""

    numbers: list[int]
    doubtful: frozenset[int]


def is_comma(word: str) -> bool:
    """Whether a token separates phrases."""
    return word in _COMMAS


def clauses_of(tokens: Sequence[Token], grammar: Grammar) -> Clauses:
    """Number the clauses of a sentence."""
    words = [token.text for token in tokens]
    numbers: list[int] = []
    doubtful: set[int] = set()
    current, around, newest = 0, -1, 0
    for i, word in enumerate(words):
        may_open = grammar.head_of(word) in grammar.openers  # one of twenty does
        doubts = may_open and _opens(words, i, grammar, "doubt")
        if doubts or word in _STOPS or (may_open and _opens(words, i, grammar, "break")):
            newest += 1
            around = current if i and words[i - 1] in _COMMAS else -1
            current = newest
            if doubts:
                doubtful.add(current)
                around = 0 if i == 0 else around
        elif word in _COMMAS and around >= 0:
            if current in doubtful and around == 0 and numbers[0] == current:
                newest += 1
                around = newest
            current, around = around, -1
        numbers.append(current)
    return Clauses(numbers, frozenset(doubtful))


def _opens(words: Sequence[str], first: int, grammar: Grammar, group: str) -> bool:
    """Whether a word or phrase of the class starts here."""
    members = grammar.groups.get(group, frozenset())
    return any(
        grammar.joint.join(words[first : first + length]) in members
        for length in range(1, LONGEST_PHRASE + 1)
        if first + length <= len(words)
    )
