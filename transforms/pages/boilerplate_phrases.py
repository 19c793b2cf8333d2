"""A line of text comes in, the name of the boilerplate rule that its wording meets goes out.

The phrases of eleven languages are data (`data/pages/boilerplate_phrases.toml`); here they become one
dictionary, one prefix table and two automata, so that a line costs the same whatever the number of
phrases. Wording alone is weak evidence in running text: a filter by keywords loses sentences as
soon as it reaches long lines, hence the limits in words.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple

import ahocorasick_rs

START_WORDS = 22  # a line that opens like boilerplate but runs on is a sentence about it
CONTAINS_WORDS = 22
LONG_WORDS = 90

_EDGES = " \t•·*|/\\-–—_:;,.!?…>»«<›‹→▶►■□●○◆◇★☆※【】[](){}'\"“”„‘’`~#+=،؛。、！？：；・"
_QUOTES = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("`", "'"), ("´", "'"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"\w+")


class Phrases(NamedTuple):
    """The phrase table, ready to be asked."""

    exact: dict[str, str]  # folded line -> rule
    start: dict[str, list[tuple[str, str]]]  # two characters -> prefixes, longest first, and rules
    contains: ahocorasick_rs.AhoCorasick
    contains_rules: tuple[str, ...]
    long: ahocorasick_rs.AhoCorasick
    long_rules: tuple[str, ...]


def fold(text: str) -> str:
    """NFKC, lower case, straight quotes, single blanks; nothing cut from the ends but blanks."""
    if text.isascii():  # most lines: a third of the time
        text = text.replace("`", "'")
    else:
        for quote, straight in _QUOTES:
            text = text.replace(quote, straight)
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def count_words(text: str) -> int:
    """Words of `text`; two CJK characters count as one word."""
    cjk = 0 if text.isascii() else len(_CJK.findall(text))
    if not cjk:
        return len(_WORD.findall(text))
    return (cjk + 1) // 2 + len(_WORD.findall(_CJK.sub(" ", text)))


def phrase_rule(line: str) -> str:
    """The rule whose phrase `line` meets ("share", "newsletter" ...), or ""."""
    folded = fold(line)
    table = load_phrases()
    core = folded.strip(_EDGES)
    if not core:
        return ""
    if rule := table.exact.get(core):
        return rule
    for rule, most_words in _found(table, core, folded):
        if rule and count_words(core) <= most_words:  # counted last: few lines meet a phrase
            return rule
    return ""


def _found(table: Phrases, core: str, folded: str) -> Iterator[tuple[str, int]]:
    """The rule of each way to look, "" for none, and how many words a line may have to fall to it."""
    yield _start_rule(table, core) or _start_rule(table, folded), START_WORDS
    yield _inner_rule(folded, table.contains, table.contains_rules), CONTAINS_WORDS
    yield _inner_rule(folded, table.long, table.long_rules), LONG_WORDS


def _inner_rule(folded: str, automaton: ahocorasick_rs.AhoCorasick, rules: tuple[str, ...]) -> str:
    for index, start, end in automaton.find_matches_as_indexes(folded):
        opens = start == 0 or not folded[start].isalnum() or _ends_word(folded, start)
        if opens and _ends_word(folded, end):
            return rules[index]
    return ""


def _start_rule(table: Phrases, folded: str) -> str:
    for head in (folded[:2], folded[:1]):  # a few prefixes are one sign
        for phrase, rule in table.start.get(head, ()):
            if folded.startswith(phrase) and _ends_word(folded, len(phrase)):
                return rule
    return ""


def _ends_word(folded: str, length: int) -> bool:
    """Is there no word that the prefix would cut in two ("ad " is not "adam")?"""
    if length >= len(folded) or not folded[length - 1].isalnum() or _CJK.match(folded[length - 1]):
        return True
    return not folded[length].isalnum() or bool(_CJK.match(folded[length]))


@functools.cache
def load_phrases() -> Phrases:
    """Read the phrase table that comes with the package."""
    path = resources.files("transforms.data.pages") / "boilerplate_phrases.toml"
    rules = tomllib.loads(path.read_text(encoding="utf-8"))
    start: dict[str, list[tuple[str, str]]] = {}
    prefixes = {phrase: rule for rule, phrase in _phrases(rules, "start")}
    for phrase in sorted(prefixes, key=len, reverse=True):
        start.setdefault(phrase[:2], []).append((phrase, prefixes[phrase]))
    contains = list(_phrases(rules, "contains"))
    long = list(_phrases(rules, "long"))
    return Phrases(
        exact={phrase.strip(_EDGES): rule for rule, phrase in _phrases(rules, "exact")},
        start=start,
        contains=ahocorasick_rs.AhoCorasick([phrase for _, phrase in contains]),
        contains_rules=tuple(rule for rule, _ in contains),
        long=ahocorasick_rs.AhoCorasick([phrase for _, phrase in long]),
        long_rules=tuple(rule for rule, _ in long),
    )


def _phrases(rules: dict[str, dict[str, list[str]]], kind: str) -> Iterator[tuple[str, str]]:
    for rule, kinds in rules.items():
        for phrase in kinds.get(kind, ()):
            yield rule, fold(phrase)
