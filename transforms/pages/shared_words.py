"""Texts as lists of words come in; which words and which runs of four words each holds goes out, as numbers.

Comparing the lines of a page as sets of strings takes a hash for every run of words; here a run is a
number, and one sort shows who shares it with whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
_RUN = 4  # words


class Held(NamedTuple):
    """Pairs of a thing (a word, a run of words) and a text that holds it: each once, sorted by both."""

    things: Indices  # numbered from 0 without gaps
    texts: Indices

    def of(self, text: int) -> NDArray[np.bool_]:
        """Which pairs are of a thing that `text` holds."""
        marked = np.zeros(len(self.things), bool)
        marked[self.things[self.texts == text]] = True
        return marked[self.things]

    def first(self) -> Indices:
        """For each pair the first text that holds its thing."""
        opens = np.diff(self.things, prepend=-1) != 0
        return np.asarray(self.texts[opens][self.things])

    def among(self, kept: NDArray[np.bool_]) -> Held:
        """The pairs that `kept` marks."""
        return _numbered(self.things[kept], self.texts[kept])


def words_and_runs(texts: Sequence[Sequence[str]]) -> tuple[Held, Held]:
    """The words that each text holds, and the runs of four words; shorter texts have no run.

    Numbers stay below 2 ** 63 for texts of ten million words in all.
    """
    flat = list(chain.from_iterable(texts))
    numbers = {word: number for number, word in enumerate(dict.fromkeys(flat))}
    words = np.fromiter(map(numbers.__getitem__, flat), np.int64, len(flat))
    places = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    starts = np.flatnonzero(places[_RUN - 1 :] == places[: 1 - _RUN])
    pairs = np.unique(words[:-1] * len(numbers) + words[1:], return_inverse=True)[1]
    runs = pairs[starts] * (pairs.max(initial=0) + 1) + pairs[starts + 2]
    return _held(words, places, len(texts)), _held(runs, places[starts], len(texts))


def _held(things: Indices, texts: Indices, count: int) -> Held:
    keys = np.sort(things * count + texts)  # np.unique without an inverse takes four times as long
    return _numbered(*np.divmod(keys[np.diff(keys, prepend=-1) != 0], count))


def _numbered(things: Indices, texts: Indices) -> Held:
    return Held(np.cumsum(np.diff(things, prepend=things[:1]) != 0), texts)
