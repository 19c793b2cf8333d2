"""A folded line comes in, which rules could speak of it goes out: one scan for the words of all of them.

Icons, notes about the author, phrases within a line and offers to its reader each have their words; credits,
menus and leads have their signs. Most lines hold none that matter, and are spared the rules; a rule that is
asked still reads the line itself.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import ahocorasick_rs

from transforms.pages.bio_lines import BIO_WORDS
from transforms.pages.boilerplate_phrases import inner_phrases
from transforms.pages.credit_lines import SHOWN_WORDS, SLASHES
from transforms.pages.icon_runs import ICON_WORDS
from transforms.pages.label_lines import DIVIDERS
from transforms.pages.promo_lines import LEADS
from transforms.pages.reader_lines import may_offer, term_bits

_ICON, _BIO, _PHRASE, _SHOWN, _SLASH, _DIVIDER, _LEAD = (1 << bit for bit in range(7))
_READER = 7  # bits before those of the reader's words
_WORDS = (1 << _READER) - 1


class Hints(NamedTuple):
    """What the words of a line leave possible."""

    icons: int  # names of icons
    is_bio: bool  # a note about an author
    is_shown: bool  # a caption that says where somebody stands
    has_phrase: bool  # a phrase that may stand anywhere in it
    is_slashed: bool  # an agency behind a stroke
    is_divided: bool  # a menu or a breadcrumb
    is_lead: bool  # a lead to another story
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
    return _hints(bits & _WORDS, icons, is_offer)


@functools.lru_cache(maxsize=1_024)
def _hints(bits: int, icons: int, is_offer: bool) -> Hints:
    return Hints(
        icons, bits & _BIO > 0, bits & _SHOWN > 0, bits & _PHRASE > 0, bits & _SLASH > 0,
        bits & _DIVIDER > 0, bits & _LEAD > 0, is_offer,
    )  # fmt: skip


@functools.cache
def _table() -> tuple[ahocorasick_rs.AhoCorasick, tuple[int, ...]]:
    bits: dict[str, int] = {}
    of_rules = (
        (ICON_WORDS, _ICON), (BIO_WORDS, _BIO), (inner_phrases(), _PHRASE), (SHOWN_WORDS, _SHOWN),
        (SLASHES, _SLASH), (DIVIDERS, _DIVIDER), (LEADS, _LEAD),
    )  # fmt: skip
    for words, bit in of_rules:
        for word in words:
            bits[word] = bits.get(word, 0) | bit
    for term, classes in term_bits().items():
        bits[term] = bits.get(term, 0) | classes << _READER
    words = sorted(bits)
    return ahocorasick_rs.AhoCorasick(words), tuple(bits[word] for word in words)
