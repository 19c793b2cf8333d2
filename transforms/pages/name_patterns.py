"""Patterns over short names come in as a small part of regular expressions; one automaton out.

Thirty searches through a name are thirty scans. The patterns say nothing endless, so each of them
is a list of strings, and one automaton finds the strings of all of them in one scan. The syntax:
letters, `|`, `(?:...)`, `[...]`, `\\d`, `?`, `{0,n}`, and `\\b` at the ends of an alternative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from typing import NamedTuple

import ahocorasick_rs

_DIGITS = list("0123456789")
_TOKEN = re.compile(r"\(\?:|\)|\||\[[^\]^]+\]|\\[bd]|[\w ;-]")
_COUNT = re.compile(r"\?|\{0,(\d)\}")


class _String(NamedTuple):
    text: str
    pattern: int
    opens: bool  # only where a word begins
    closes: bool  # only where a word ends


class NamePatterns:
    """Answers which of several patterns a name matches somewhere."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Raises ValueError for a pattern that says more than the syntax above."""
        self._strings = [
            _String(text.strip("\b"), number, text.startswith("\b"), text.endswith("\b"))
            for number, pattern in enumerate(patterns)
            for text in sorted(set(_expanded(pattern)))
        ]
        # the bit of a string that may stand anywhere, 0 for others
        self._free = [0 if s.opens or s.closes else 1 << s.pattern for s in self._strings]
        self._automaton = ahocorasick_rs.AhoCorasick([string.text for string in self._strings])

    def matching(self, names: Sequence[str]) -> list[int]:
        """For each name the patterns that `re.search` would find in it, as bits.

        All names are read in one scan, a line each: no name may hold a newline.
        """
        text = "\n".join(names)
        borders = list(accumulate((len(name) + 1 for name in names), initial=-1))
        masks, at = [0] * len(names), 0
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            while end > borders[at + 1]:  # they come in the order of their ends
                at += 1
            if bit := self._free[index]:  # 19 of 20 may stand anywhere
                masks[at] |= bit
                continue
            _, pattern, opens, closes = self._strings[index]
            if (not opens or _is_edge(text, start)) and (not closes or _is_edge(text, end)):
                masks[at] |= 1 << pattern
        return masks


def _is_edge(name: str, at: int) -> bool:
    """`\\b`: exactly one of the characters before and after is part of a word."""
    return _is_word(name[max(at - 1, 0) : at]) != _is_word(name[at : at + 1])


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _expanded(pattern: str) -> list[str]:
    """Every string that the pattern stands for, with `\\b` as the control character of that name."""
    parts = _Parts(pattern)
    strings = parts.alternatives()
    if parts.rest:
        raise ValueError(f"{pattern}: cannot read {parts.rest!r}")
    return strings


class _Parts:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def alternatives(self) -> list[str]:
        found = self._sequence()
        while self.rest.startswith("|"):
            self.rest = self.rest[1:]
            found += self._sequence()
        return found

    def _sequence(self) -> list[str]:
        pieces = list(self._pieces())
        return ["".join(strings) for strings in product(*pieces)]

    def _pieces(self) -> Iterator[list[str]]:
        while self.rest and self.rest[0] not in "|)":
            choices = self._choices()
            if count := _COUNT.match(self.rest):
                self.rest = self.rest[count.end() :]
                most = int(count[1] or 1)
                choices = ["".join(s) for n in range(most + 1) for s in product(choices, repeat=n)]
            yield choices

    def _choices(self) -> list[str]:
        token = _TOKEN.match(self.rest)
        if token is None:
            raise ValueError(f"cannot read {self.rest!r}")
        self.rest = self.rest[token.end() :]
        if token[0] == "(?:":
            inner = self.alternatives()
            self.rest = self.rest[1:]
            return inner
        if token[0].startswith("["):
            return list(token[0][1:-1])
        return {r"\d": _DIGITS, r"\b": ["\b"]}.get(token[0], [token[0]])
