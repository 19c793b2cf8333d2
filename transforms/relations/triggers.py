"""A sentence in lower case comes in; the trigger words of events in it, in order, go out.

One automaton per language (`trigger_table`) looks for the longest surface at each word; a surface
counts only where words begin and end, save in scripts without spaces. What a form is (active,
passive, noun) is read off the two or three words before it, since news English leaves little else
to decide it by.
"""

from __future__ import annotations

import re
from typing import Final

from transforms.relations.trigger_table import (
    WORD,
    Entry,
    Objects,
    TriggerTable,
    trigger_languages,
    trigger_table,
)

ACTIVE: Final = "A"
PASSIVE: Final = "P"
NOUN: Final = "N"
GERUND: Final = "G"
PHRASE: Final = "X"

_BE: Final = frozenset(
    "was were been being be is are am got get gets getting 's 're isn't wasn't weren't".split()
)
_BEFORE_VERB: Final = frozenset(
    "to will would should must may might can could cannot shall did does do not n't won't didn't "
    "doesn't don't they we you i he she it who which has have had and also".split()
)
_BEFORE_NOUN: Final = frozenset(
    "the a an its their his her our this that these those any some no more new recent latest of "
    "in on for against with by from after before over under between amid during despite about "
    "'s military economic diplomatic political trade joint possible planned further fresh direct "
    "formal official strong first second third last major high-level bilateral two three peace "
    "border nuclear missile drone air rocket alleged deadly public full".split()
)
_AFTER_NOUN: Final = frozenset("on against of between with by from to in for over at".split())
# No verb follows these words: what looks like one is a noun ("the police", "a visible sign").
_NEVER_BEFORE_VERB: Final = frozenset(
    "a an the its their his her our my your this these those every each no any some such 's of in "
    "on for with by from at under over between amid during against despite than as".split()
)
_DETERMINERS: Final = frozenset("a an the its their his her our my your".split())
_SAME_IN_PAST: Final = frozenset("hit cut set put split quit spread shut bid cast hurt".split())
_NUMBERS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred hundreds thousand thousands several many other of".split()
)
_NEXT_NOUN: Final = re.compile(
    r" (?!(?:on|against|of|between|with|by|to|from|in|for|at|over|after|before|as|and|or|the|a|an|its|their"
    r"|his|her|that|who|which|was|were|is|are|has|have|had|will|would)\b)[a-z]"
)
_ADJECTIVE: Final = (
    *("ble", "anal", "enal", "inal", "onal", "unal", "ical", "ful", "less", "ous", "most"),
    "st-ever",
)


class Trigger:
    """One trigger in its sentence; `frames.settle` may change code and mode."""

    __slots__ = ("code", "end", "flags", "governed", "is_joint", "kind", "mode", "negated", "start")

    def __init__(self, start: int, end: int, code: str, kind: str, flags: str) -> None:
        self.start = start
        self.end = end
        self.code = code
        self.kind = kind
        self.flags = flags
        self.mode = "happened"
        self.negated = False
        self.governed = False
        self.is_joint = "j" in flags  # a list that does it does it together: A and B agree to meet


def find_triggers(
    lowered: str, language: str, demonym_ends: frozenset[int] = frozenset()
) -> list[Trigger]:
    """The triggers of a lower-case sentence, in order, none overlapping; offsets into it.

    `demonym_ends` says where adjectives of countries end: after one stands a noun.
    """
    found: list[Trigger] = []
    if language not in trigger_languages():
        return found  # English verbs inside another language are other words
    table = trigger_table(language)
    entries, has_spaces = table.entries, table.has_spaces
    taken = 0  # end of the last object: what stands in it is no trigger of its own
    for index, start, end in table.machine.find_matches_as_indexes(lowered):
        if start < taken:
            continue
        entry = entries[index]
        if has_spaces:
            if not _is_whole(lowered, start, end, entry.is_prefix):
                index = _shorter(table, lowered[start:end])  # noqa: PLW2901 - which it hides
                if index < 0 or (start and not lowered[start - 1].isspace()):
                    continue
                entry = entries[index]
                end = start + len(table.surfaces[index])  # noqa: PLW2901
            if entry.is_prefix:
                end = _word_end(lowered, end)  # noqa: PLW2901 - a prefix stands for its whole word
        form = entry.kind
        kind = _OF_FORM.get(form) or _kind(lowered, start, end, form, start - 1 in demonym_ends)
        if not kind:
            continue
        objects = table.objects[index] if kind != NOUN else None
        if objects and (said := _with_object(objects, lowered, start, end, kind)):
            entry, low, taken = said
            kind = PASSIVE if entry.kind == "p" else kind
            found = [trigger for trigger in found if trigger.end <= low or kind != PASSIVE]
        found.append(Trigger(start, end, entry.code, kind, entry.flags))
    return found


def _shorter(table: TriggerTable, surface: str) -> int:
    """Index of the longest surface that a surface of several words begins with, -1 of none."""
    while " " in surface:
        surface = surface.rpartition(" ")[0]
        if (index := table.indices.get(surface, -1)) >= 0:
            return index
    return -1


_STOPS: Final = frozenset(
    "; : , ( ) to in on at from with against over into near by for off across out before behind under "
    "outside towards toward through along that which who whom after while but when because amid if "
    "unless as said says and or has have had was were is are will would".split()
)
_GIVES_WITH: Final = re.compile(r"suppl|provid")
_OBJECT_REACH: Final = 64  # characters
_OBJECT_WORDS: Final = 7


def _with_object(
    objects: Objects, lowered: str, start: int, end: int, kind: str
) -> tuple[Entry, int, int] | None:
    """What a verb says with its object and where that stands, if it does stand in reach.

    Behind the verb, or before it in the passive ("cables were cut").
    """
    words, phrases = objects.words, objects.phrases
    if kind == PASSIVE:
        tokens = list(WORD.finditer(lowered, max(0, start - _OBJECT_REACH), start))
        for token in reversed(tokens[-_OBJECT_WORDS:]):
            if said := words.get(token[0]):
                return said, token.start(), token.end()
        return None
    for count, token in enumerate(WORD.finditer(lowered, end, end + _OBJECT_REACH)):
        word, at = token[0], token.start()
        for phrase, entry in phrases.get(word, ()):
            if lowered.startswith(phrase, at):
                return entry, at, at + len(phrase)
        if said := words.get(word):
            return said, at, token.end()
        if word == "with" and _GIVES_WITH.match(lowered, start):
            continue  # "supplied Israel with missiles"
        if word in _STOPS or count >= _OBJECT_WORDS:
            break
    return None


def _is_whole(text: str, start: int, end: int, is_prefix: bool) -> bool:
    if start and (before := text[start - 1]) != " " and (before.isalnum() or before == "-"):
        return False
    if is_prefix or end == len(text) or (after := text[end]) == " ":
        return True
    return not (after.isalnum() or after == "-")


def _word_end(text: str, end: int) -> int:
    while end < len(text) and text[end].isalpha():
        end += 1
    return end


_IN_RAID: Final = re.compile(
    r" (?:in |during |after )?(?:an? |the )?(?:[\w-]+ ){0,2}"
    r"(?:strikes?|attacks?|raids?|airstrikes?|ambush|shelling|bombing|bombardment)\b"
)
_TOKEN: Final = re.compile(r"'s\b|[\w'’-]+|[^\w\s]")
_OF_FORM: Final = {"n": NOUN, "x": PHRASE, "s": PHRASE, "vd": ACTIVE, "vg": GERUND}


def _kind(  # noqa: PLR0911 - one guard a form
    text: str, start: int, end: int, kind: str, after_demonym: bool
) -> str:
    """ACTIVE, PASSIVE or NOUN, from a form that may be several and the words around it.

    "" for what has the form of a verb and stands where only a noun can.
    """
    before = _words_before(text, start)
    last = before[-1] if before else ""
    if kind in ("ve", "vn") and _is_modifier(text, end, before):
        return ""
    is_noun = after_demonym or last in _NEVER_BEFORE_VERB or last.endswith(_ADJECTIVE)
    if kind == "vb" and last != "to" and not _BE.isdisjoint(before):
        return PASSIVE  # "was hit", "had been set"
    if kind in ("vb", "vs"):
        return "" if is_noun or not last else ACTIVE
    if kind in ("mb", "ms"):
        is_noun = is_noun or (kind == "mb" and _is_singular(text[start:end], before))
        return NOUN if is_noun else _noun_or_verb(last, text, end, kind)
    if not _BE.isdisjoint(before):
        return PASSIVE
    if "had" not in before and _IN_RAID.match(text, end):
        return PASSIVE  # "Soldiers killed in Israeli strike"
    if kind == "vn" and "had" not in before and "has" not in before and "have" not in before:
        return PASSIVE
    following = text[end : end + 12].split()[:2]
    return PASSIVE if "by" in following and last not in ("has", "have", "had") else ACTIVE


def _words_before(text: str, start: int) -> list[str]:
    """The three words and signs before an offset, as far as its neighbourhood has them."""
    words = text[start - 28 if start > 28 else 0 : start].split()[-3:]
    return words if "".join(words).isalpha() else _TOKEN.findall(" ".join(words))[-3:]


def _is_modifier(text: str, end: int, before: list[str]) -> bool:
    """Whether a participle says what kind of thing a noun is: "forty rejected migrants"."""
    last = before[-1] if before else ""
    if not (last in _DETERMINERS or last.isdigit() or last in _NUMBERS):
        return False
    return _NEXT_NOUN.match(text, end) is not None


def _is_singular(form: str, before: list[str]) -> bool:
    """Whether a base form follows one thing, of which it cannot be the verb: "an unheard-of pressure"."""
    is_after_article = len(before) > 1 and before[-2] in _DETERMINERS
    return is_after_article and before[-1][-1:] != "s" and form not in _SAME_IN_PAST


def _noun_or_verb(last: str, text: str, end: int, kind: str) -> str:
    if last in _BEFORE_VERB and not (kind == "ms" and last in ("to", "and")):
        return ACTIVE
    if not last or last in _BEFORE_NOUN:
        return NOUN
    following = text[end : end + 10].split()[:1]
    return NOUN if following and following[0] in _AFTER_NOUN else ACTIVE
