"""The mentions of a sentence come in; its actors, each of one or several countries, go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from schemas.records import CountryMention
from transforms.relations.actors import Actor
from transforms.relations.word_order.grammar import ROMANCE, Grammar, tokens_of

_NEAR: Final = 34  # characters between two mentions of one country that are still one actor
_LIST_MARKS: Final = frozenset(",،、-–/")
_JOINERS: Final = {"ar": "و"}
_LONGEST_GAP: Final = 3  # words between two members of a list: ", und die"


def find_parties(
    lowered: str, offset: int, mentions: Sequence[CountryMention], grammar: Grammar
) -> list[Actor]:
    """The actors of the sentence that starts at `offset` of its field, in order.

    Mentions of one country side by side ("le président russe Vladimir Poutine") are one actor, and
    so are countries in a list ("l'Inde, le Népal et le Bhoutan").
    """
    parties: list[list[list[CountryMention]]] = []
    for mention in mentions:
        last = parties[-1][-1] if parties else []
        gap = lowered[last[-1].end - offset : mention.start - offset] if last else ""
        if last and _is_same(last[-1], mention, gap, grammar):
            last.append(mention)
        elif parties and _is_list_gap(gap, grammar) and _is_new(parties[-1], mention):
            parties[-1].append([mention])
        else:
            parties.append([[mention]])
    return [_actor(members, offset) for members in parties]


def _is_same(last: CountryMention, mention: CountryMention, gap: str, grammar: Grammar) -> bool:
    if last.code != mention.code or len(gap) > _NEAR:
        return False
    words = [token.text for token in tokens_of(gap, grammar.language)]
    if grammar.language in ROMANCE and _parts(last, words, grammar):
        return False
    return all(word[0].isalnum() and not grammar.has(word, "and") for word in words)


def _parts(last: CountryMention, words: list[str], grammar: Grammar) -> bool:
    """Whether words part two mentions of a country: a place, from what stands behind it or before.

    "A reçu à Paris", "a Roma il premier".
    """
    if any(grammar.classes.get(word) in ("in", "to") for word in words):
        return True
    is_town = last.kind in ("capital", "city")
    return is_town and bool(words) and grammar.has(words[0], "article")


def _is_list_gap(gap: str, grammar: Grammar) -> bool:
    """Nothing but "and", commas and articles between two mentions, and at least one of the former."""
    words = [token.text for token in tokens_of(gap, grammar.language)]
    if len(words) > _LONGEST_GAP:
        return False
    joins = [w for w in words if w in _LIST_MARKS or _joins(w, grammar)]
    return bool(joins) and all(
        w in joins or grammar.has(w, "article") or w in ("ال", _JOINERS.get(grammar.language))
        for w in words
    )


def _joins(word: str, grammar: Grammar) -> bool:
    return grammar.has(word, "and") or word.startswith(_JOINERS.get(grammar.language, "\0"))


def _is_new(members: list[list[CountryMention]], mention: CountryMention) -> bool:
    return all(member[0].code != mention.code for member in members)


def _actor(members: list[list[CountryMention]], offset: int) -> Actor:
    first, last = members[0][0], members[-1][-1]
    return Actor(
        tuple(member[0].code for member in members),
        tuple((member[0].start - offset, member[0].end - offset) for member in members),
        first.start - offset,
        last.end - offset,
        "",
        False,
        False,
        first.kind in ("country", "org"),
        first.role,
        "",
    )
