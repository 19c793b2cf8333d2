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
RUN = 4  # words


class Held(NamedTuple):
    """Pairs of a run of words and a text that holds it: each once, sorted by the runs."""

    runs: NDArray[np.uint64]
    texts: Indices

    def first(self) -> Indices:
        """For each pair the first text that holds its run."""
        if not len(self.runs):
            return self.texts
        opens = np.ones(len(self.runs), bool)
        opens[1:] = self.runs[1:] != self.runs[:-1]
        least = np.minimum.reduceat(self.texts, np.flatnonzero(opens))
        return np.asarray(least[np.cumsum(opens) - 1])

    def among(self, some: Indices, count: int) -> Held:
        """The pairs of some of `count` texts, which are numbered by their places in `some`."""
        places = np.full(count, -1, np.int64)
        places[some] = np.arange(len(some))
        texts = places[self.texts]
        is_one = texts >= 0
        return Held(self.runs[is_one], texts[is_one])


def shared_runs(texts: Sequence[Sequence[str]]) -> Held:
    """The runs of four words that each text holds; shorter texts have none.

    A run is its four words as the digits of one number, modulo 2 ** 64: exact up to 65,535
    words, and beyond that two runs of one number are no likelier than with any hash of that size.
    """
    flat = list(chain.from_iterable(texts))
    numbers: dict[str, int] = {}  # of a word: where it stands first
    words = np.fromiter(map(numbers.setdefault, flat, count()), np.uint64, len(flat))
    places = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    starts = np.flatnonzero(places[RUN - 1 :] == places[: 1 - RUN])
    runs, base = words[starts], np.uint64(len(flat) | 1)
    for offset in range(1, RUN):
        runs = runs * base + words[starts + offset]
    order = np.argsort(runs, kind="stable")
    runs, held_by = runs[order], places[starts][order]
    is_new = np.ones(len(runs), bool)
    is_new[1:] = (runs[1:] != runs[:-1]) | (held_by[1:] != held_by[:-1])
    return Held(runs[is_new], held_by[is_new])
