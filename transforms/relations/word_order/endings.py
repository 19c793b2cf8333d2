"""An actor without a preposition comes in; what its ending or a particle on its word says goes out.

Russian tells subject from object by case endings; Arabic writes some prepositions on the word itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.relations.actors import Actor
from transforms.relations.word_order.grammar import Token


def clitic_of(lowered: str, start: int, language: str) -> str:
    """The mark that a preposition written on the actor's word gives, "" where none."""
    return ""


def case_of(
    lowered: str,
    actor: Actor,
    tokens: Sequence[Token],
    first: int,
    hangs: bool,
    mark: str,
    language: str,
) -> str:
    """The mark by the case of the phrase, or `mark` where the language has none."""
    return mark
