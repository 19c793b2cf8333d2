"""A line of text comes in, the name of the boilerplate rule that its wording meets goes out.

The phrases of eleven languages are data (`data/pages/boilerplate_phrases.toml`); here they become one
dictionary, one prefix table and two automata, so that a line costs the same whatever the number of
phrases. Wording alone is weak evidence in running text: a filter by keywords loses sentences as
soon as it reaches long lines, hence the limits in words.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick_rs

from transforms.pages.keepable import whole
from transforms.pages.word_lists import word_list

START_WORDS = 22  # a line that opens like boilerplate but runs on is a sentence about it
CONTAINS_WORDS = 22
LONG_WORDS = 90

_KEY_SIZES = (4, 3, 2, 1)  # characters by which beginnings are looked up
_EDGES = " \t•·*|/\\-–—_:;,.!?…>»«<›‹→▶►■□●○◆◇★☆※【】[](){}'\"“”„‘’`~#+=،؛。、！？：；・"
_QUOTES = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("`", "'"), ("´", "'"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_MARKS = re.compile("[\u0640\u064b-\u0652]")  # Arabic vowels and lengthening: often left out
_WORD = re.compile(r"\w+")
_BLANKED = bytes(c if chr(c).isalnum() or c == ord("_") else 32 for c in range(128)).ljust(256)
_SENTENCE_ENDS = frozenset(".!?…。！？؟।")
_AFTER_SENTENCES = "'\"”»’」』)）]"


class Beginning(NamedTuple):
    """How a line of a rule begins."""

    text: str
    rule: str
    is_label: bool  # only of lines that do not end like a sentence


class Phrases(NamedTuple):
    """The phrase table, ready to be asked."""

    exact: dict[str, str]  # folded line -> rule
    start: dict[
        str, list[Beginning]
    ]  # the first four characters or all of fewer -> beginnings, longest first
    contains: ahocorasick_rs.AhoCorasick
    contains_rules: tuple[str, ...]
    long: ahocorasick_rs.AhoCorasick
    long_rules: tuple[str, ...]
    inner: tuple[str, ...]  # the phrases of both automata


def fold(text: str) -> str:
    """NFKC, lower case, straight quotes, single blanks; no Arabic vowels, no half characters."""
    if text.isascii():  # most lines: a third of the time
        text = text.replace("`", "'")
    else:
        for quote, straight in _QUOTES:
            text = text.replace(quote, straight)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKC", whole(text))).replace("İ", "i")
    return " ".join(text.casefold().split())


def count_words(text: str) -> int:
    """Words of `text`; two CJK characters count as one word."""
    if text.isascii():
        return len(text.encode().translate(_BLANKED).split())  # a tenth of the pattern's time
    cjk = len(_CJK.findall(text))
    if not cjk:
        return len(_WORD.findall(text))
    return (cjk + 1) // 2 + len(_WORD.findall(_CJK.sub(" ", text)))


def phrase_rule(folded: str, words: int, *, has_inner: bool = True) -> str:
    """The rule whose phrase a folded line of so many words meets ("share", "newsletter" ...), or "".

    Without `has_inner` no phrase is looked for within the line.
    """
    table = load_phrases()
    core = folded.strip(_EDGES)
    if not core:
        return ""
    if rule := table.exact.get(core):
        return rule
    if words <= START_WORDS and (rule := _start_rule(table, core, folded)):
        return rule
    if not has_inner:
        return ""
    if words <= CONTAINS_WORDS and (
        rule := _inner_rule(folded, table.contains, table.contains_rules)
    ):
        return rule
    return _inner_rule(folded, table.long, table.long_rules) if words <= LONG_WORDS else ""


def inner_phrases() -> list[str]:
    """The phrases that may stand anywhere within a line."""
    return list(load_phrases().inner)


def _inner_rule(folded: str, automaton: ahocorasick_rs.AhoCorasick, rules: tuple[str, ...]) -> str:
    for index, start, end in automaton.find_matches_as_indexes(folded):
        opens = start == 0 or not folded[start].isalnum() or _ends_word(folded, start)
        if opens and _ends_word(folded, end):
            return rules[index]
    return ""


def _start_rule(table: Phrases, core: str, folded: str) -> str:
    for text in (core, folded) if core[0] != folded[0] else (folded,):
        for key in _KEY_SIZES:
            for beginning in table.start.get(text[:key], ()):
                size = len(beginning.text)
                if not text.startswith(beginning.text) or not _ends_word(text, size):
                    continue
                if not (beginning.is_label and ends_sentence(folded)):
                    return beginning.rule
    return ""


def ends_sentence(line: str) -> bool:
    """Does a line end like a sentence, not like a heading or a label?"""
    return line.rstrip().rstrip(_AFTER_SENTENCES)[-1:] in _SENTENCE_ENDS


def _ends_word(folded: str, length: int) -> bool:
    """Is there no word that the prefix would cut in two ("ad " is not "adam")?"""
    if length >= len(folded) or not folded[length - 1].isalnum() or _CJK.match(folded[length - 1]):
        return True
    return not folded[length].isalnum() or bool(_CJK.match(folded[length]))


@functools.cache
def load_phrases() -> Phrases:
    """Read the phrase table that comes with the package."""
    rules = word_list("boilerplate_phrases")
    contains = list(_phrases(rules, "contains"))
    long = list(_phrases(rules, "long"))
    return Phrases(
        exact={phrase.strip(_EDGES): rule for rule, phrase in _phrases(rules, "exact")},
        start=_beginnings(rules),
        contains=ahocorasick_rs.AhoCorasick([phrase for _, phrase in contains]),
        contains_rules=tuple(rule for rule, _ in contains),
        long=ahocorasick_rs.AhoCorasick([phrase for _, phrase in long]),
        long_rules=tuple(rule for rule, _ in long),
        inner=tuple(phrase for _, phrase in (*contains, *long)),
    )


def _phrases(rules: dict[str, dict[str, list[str]]], kind: str) -> Iterator[tuple[str, str]]:
    for rule, kinds in rules.items():
        for phrase in kinds.get(kind, ()):
            yield rule, phrase


def _beginnings(rules: dict[str, dict[str, list[str]]]) -> dict[str, list[Beginning]]:
    found: dict[str, list[Beginning]] = {}
    for kind in ("start", "label"):
        for rule, phrase in _phrases(rules, kind):
            found.setdefault(phrase[: _KEY_SIZES[0]], []).append(
                Beginning(phrase, rule, kind == "label")
            )
    for beginnings in found.values():
        beginnings.sort(key=lambda beginning: -len(beginning.text))
    return found
