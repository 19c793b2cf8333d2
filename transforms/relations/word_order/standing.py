"""The actors and triggers of a sentence come in; how each actor stands in it goes out.

The words before an actor are walked back to the preposition, particle or case word that opens its
phrase, or to the trigger on which it hangs. "Avec le président de la France" stands with "avec": a
genitive of what is no trigger only names whose president it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.relations.actors import Actor
from transforms.relations.word_order.clauses import Clauses, is_comma
from transforms.relations.word_order.endings import case_of, clitic_of, head_clitic_of
from transforms.relations.word_order.grammar import ROMANCE, Grammar, Token
from transforms.relations.word_order.stems import Hit

FARTHEST: Final = 9  # words from an actor back to the word that opens its phrase
_WEAK: Final = frozenset({"object", "dative", "genitive"})  # what articles tell
# "russischer Angriff": words, in Chinese characters, between an actor and the noun it qualifies
_BEFORE_NOUN: Final = {"de": 2, "ru": 2, "zh": 5}
_PRENOMINAL: Final = frozenset(_BEFORE_NOUN)


class Standing(NamedTuple):
    """How one actor stands in its sentence."""

    mark: str  # a class of `grammar`, "bare", "of" (of a noun trigger) or "attribute" of one
    hit: int  # index of the trigger that it hangs on directly, -1 where none
    clause: int
    first: int  # index of its first token
    last: int
    joined: bool  # "and" ties it to the actor before
    after_comma: bool  # its phrase opens behind a comma


class Scenery(NamedTuple):
    """A sentence taken apart."""

    tokens: Sequence[Token]
    clauses: Clauses
    hits: Sequence[Hit]
    hit_at: dict[int, int]  # token -> trigger that it belongs to
    actor_at: dict[int, int]
    grammar: Grammar


def scenery_of(
    tokens: Sequence[Token],
    clauses: Clauses,
    hits: Sequence[Hit],
    actors: Sequence[Actor],
    grammar: Grammar,
) -> Scenery:
    """Which token belongs to which trigger and which actor."""
    hit_at: dict[int, int] = {}
    actor_at: dict[int, int] = {}
    spans = [(start, end, i) for i, hit in enumerate(hits) for start, end in hit.spans]
    _lay(spans, tokens, hit_at)
    _lay([(actor.start, actor.end, i) for i, actor in enumerate(actors)], tokens, actor_at)
    return Scenery(tokens, clauses, hits, hit_at, actor_at, grammar)


def _lay(
    spans: list[tuple[int, int, int]], tokens: Sequence[Token], places: dict[int, int]
) -> None:
    """Note for each token the span it lies in."""
    position = 0
    for start, end, index in sorted(spans):
        while position < len(tokens) and tokens[position].end <= start:
            position += 1
        here = position
        while here < len(tokens) and tokens[here].start < end:
            places.setdefault(here, index)
            here += 1


def standing_of(index: int, actor: Actor, scenery: Scenery, lowered: str) -> Standing:
    """How the actor of that index stands."""
    own = [i for i, number in scenery.actor_at.items() if number == index] or [0]
    first, last = own[0], own[-1]
    clause = scenery.clauses.numbers[first]
    mark, hit, opened = _walk_back(first, actor, scenery)
    mark = clitic_of(lowered, actor.start, scenery.grammar.language) or mark
    if scenery.grammar.language == "ru":
        mark = case_of(mark, actor, scenery.tokens, first, scenery.grammar)
    noun = _noun_after(last, actor, scenery, mark)
    if noun >= 0:
        mark, hit = ("attribute", noun)
    joined = mark == "and"
    return Standing("bare" if joined else mark, hit, clause, first, last, joined, opened)


def _walk_back(first: int, actor: Actor, scenery: Scenery) -> tuple[str, int, bool]:  # noqa: PLR0911 - a guard a case
    """Mark, trigger that it hangs on, and whether a comma opens the phrase."""
    words = [token.text for token in scenery.tokens[max(0, first - FARTHEST) : first]]
    offset = first - len(words)
    weak = ""
    i = len(words) - 1
    while i >= 0:
        place = offset + i
        if place in scenery.hit_at:
            return _hanging(scenery.hit_at[place], i == len(words) - 1, weak, actor, scenery)
        if place in scenery.actor_at:
            return weak or "bare", -1, False
        found, length = scenery.grammar.ending_at(words, i)
        found = found or head_clitic_of(words[i], scenery.grammar.language)
        if found in ("of", "genitive"):
            i = _before_attribute(i - length, offset, scenery)
            if offset + i in scenery.hit_at and i >= 0:
                hit = scenery.hit_at[offset + i]
                is_noun = scenery.hits[hit].kind == "n"
                return "of" if is_noun else "bare", hit, False
            head = scenery.grammar.ending_at(words, i)[0] if i >= 0 else ""
            if head not in ("", "of", "genitive", *_WEAK):
                return head, -1, False
            i -= 1
            continue
        is_article = found in _WEAK or scenery.grammar.has(words[i], "article")
        if is_article:
            if found:
                weak = weak or ("to" if found == "dative" else found)
            if not _is_marked(words, i, offset, scenery):
                return weak or "bare", _hit_before(offset + i, scenery), False
        elif found:
            return found, -1, False
        elif (
            words[i] == "-"
            and place
            and scenery.tokens[place - 1].end == scenery.tokens[place].start
        ):
            pass  # inside a word: "ex-premier"
        elif is_comma(words[i]) or not words[i][0].isalnum():
            return weak or "bare", -1, is_comma(words[i])
        i -= length or 1
    return weak or "bare", -1, False


def _is_marked(words: Sequence[str], article: int, offset: int, scenery: Scenery) -> bool:
    """Whether what stands before an article still belongs to the phrase or marks it."""
    if article == 0:
        return False
    place = offset + article - 1
    return (
        place in scenery.hit_at
        or (place in scenery.actor_at and not _is_place(place, scenery))
        or bool(scenery.grammar.ending_at(words, article - 1)[0])
        or scenery.grammar.has(words[article - 1], "article")
        or not words[article - 1][0].isalnum()
    )


def _is_place(place: int, scenery: Scenery) -> bool:
    """Whether the actor at a token is only where it happened: "ha incontrato a Roma il premier"."""
    if scenery.grammar.language not in ROMANCE:
        return False
    first = place
    while first - 1 in scenery.actor_at:
        first -= 1
    before = scenery.tokens[first - 1].text if first else ""
    return scenery.grammar.classes.get(before) in ("in", "to") and first - 1 not in scenery.hit_at


def _hit_before(place: int, scenery: Scenery) -> int:
    """The verb within reach before a phrase that an article opens, -1 where a comma parts them."""
    for i in range(place - 1, max(-1, place - 1 - FARTHEST), -1):
        hit = scenery.hit_at.get(i, -1)
        if hit >= 0:
            return hit if scenery.hits[hit].kind != "n" else -1
        if not scenery.tokens[i].text[0].isalnum():
            return -1
        if i in scenery.actor_at and not _is_place(i, scenery):
            return -1
    return -1


def _before_attribute(i: int, offset: int, scenery: Scenery) -> int:
    """Past an adjective of a trigger, as in "invasion russe de ..."; `i` where there is none."""
    back = i
    while back >= 0 and offset + back in scenery.actor_at:
        back -= 1
    return back if back >= 0 and offset + back in scenery.hit_at else i


def _hanging(
    hit: int, is_next: bool, weak: str, actor: Actor, scenery: Scenery
) -> tuple[str, int, bool]:
    """Behind a trigger without a preposition: its object, or what qualifies the noun."""
    if scenery.hits[hit].kind != "n":
        return weak or "bare", hit, False
    is_romance = scenery.grammar.language in ROMANCE
    qualifies = is_next and (is_romance or not actor.is_name)
    return "attribute" if qualifies or is_romance else "of", hit, False


def _noun_after(last: int, actor: Actor, scenery: Scenery, mark: str) -> int:
    """The noun trigger that a prenominal actor qualifies, -1 where none."""
    language = scenery.grammar.language
    if language not in _PRENOMINAL or (language == "zh" and mark != "bare"):
        return -1
    is_genitive = language == "de" and scenery.tokens[last].text.endswith("s")
    if actor.is_name and not is_genitive and language != "zh":
        return -1
    for place in range(last + 1, min(last + 2 + _BEFORE_NOUN[language], len(scenery.tokens))):
        hit = scenery.hit_at.get(place, -1)
        if hit >= 0:
            return hit if scenery.hits[hit].kind == "n" else -1
        word = scenery.tokens[place].text
        if place in scenery.actor_at or not word[0].isalnum() or word in scenery.grammar.classes:
            return -1
    return -1
