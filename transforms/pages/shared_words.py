"""Texts as lists of words come in; which runs of four words each of them holds goes out, as numbers.

Comparing the lines of a page as sets of strings takes a hash for every run of words; here a run is a
number, and one sort shows who shares it with whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
_RUN = 4  # words


class Held(NamedTuple):
    """Pairs of a run of words and a text that holds it: each once, sorted by both."""

    runs: NDArray[np.uint64]
    texts: Indices

    def first(self) -> Indices:
        """For each pair the first text that holds its run."""
        opens = np.ones(len(self.runs), bool)
        opens[1:] = self.runs[1:] != self.runs[:-1]
        return np.asarray(self.texts[opens][np.cumsum(opens) - 1])


def shared_runs(texts: Sequence[Sequence[str]]) -> Held:
    """The runs of four words that each text holds; shorter texts have none.

    A run is its four words as the digits of one number, modulo 2 ** 64: exact up to 65,535 different
    words, and beyond that two runs of one number are no likelier than with any hash of that size.
    """
    flat = list(chain.from_iterable(texts))
    numbers = dict(zip(dict.fromkeys(flat), count(), strict=False))
    words = np.fromiter(map(numbers.__getitem__, flat), np.uint64, len(flat))
    places = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    starts = np.flatnonzero(places[_RUN - 1 :] == places[: 1 - _RUN])
    runs, base = words[starts], np.uint64(len(numbers) | 1)
    for offset in range(1, _RUN):
        runs = runs * base + words[starts + offset]
    order = np.argsort(runs, kind="stable")
    runs, held_by = runs[order], places[starts][order]
    is_new = np.ones(len(runs), bool)
    is_new[1:] = (runs[1:] != runs[:-1]) | (held_by[1:] != held_by[:-1])
    return Held(runs[is_new], held_by[is_new])
