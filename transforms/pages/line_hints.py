"""A folded line comes in, which rules could speak of it goes out: one scan for the words of all of them.

Icons, notes about the author, phrases within a line and offers to its reader each have their words. Most
lines hold none that matter, and are spared the rules; a rule that is asked still reads the line itself.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import ahocorasick_rs

from transforms.pages.bio_lines import BIO_WORDS
from transforms.pages.boilerplate_phrases import inner_phrases
from transforms.pages.credit_lines import SHOWN_WORDS
from transforms.pages.icon_runs import ICON_WORDS
from transforms.pages.reader_lines import may_offer, term_bits

_ICON, _BIO, _PHRASE, _SHOWN = 1, 2, 4, 8
_READER = 4  # bits before those of the reader's words


class Hints(NamedTuple):
    """What the words of a line leave possible."""

    icons: int  # names of icons
    is_bio: bool  # a note about an author
    is_shown: bool  # a caption that says where somebody stands
    has_phrase: bool  # a phrase that may stand anywhere in it
    is_offer: bool  # an offer to its reader


def line_hints(folded: str) -> Hints:
    """What the words of a folded line leave possible. Linear in the line."""
    automaton, bits_of = _table()
    bits = icons = 0
    for index, _, _ in automaton.find_matches_as_indexes(folded, overlapping=True):
        found = bits_of[index]
        bits |= found
        icons += found & _ICON
    is_offer = bits >> _READER > 0 and may_offer(bits >> _READER)
    return Hints(icons, bits & _BIO > 0, bits & _SHOWN > 0, bits & _PHRASE > 0, is_offer)


@functools.cache
def _table() -> tuple[ahocorasick_rs.AhoCorasick, tuple[int, ...]]:
    bits: dict[str, int] = {}
    of_rules = (
        (ICON_WORDS, _ICON), (BIO_WORDS, _BIO), (inner_phrases(), _PHRASE), (SHOWN_WORDS, _SHOWN),
    )  # fmt: skip
    for words, bit in of_rules:
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    for term, classes in term_bits().items():
        bits[term] = bits.get(term, 0) | classes << _READER
    words = sorted(bits)
    return ahocorasick_rs.AhoCorasick(words), tuple(bits[word] for word in words)
