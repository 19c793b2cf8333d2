"""py3langid's tables in, its classifier in half of the memory for the languages asked for out.

Its automaton has a row of 256 moves for each of 38,000 rows, most of them the same in most rows, and its
table of chances would be copied for each choice of languages. Here equal pieces of rows are one piece,
and all choices look into one table: 39 MB of moves are 6, with the same answers. The tables are read
from a file of ours, in a twentieth of the time (`transforms.data.languages.build_classifier`).
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import LanguageIdentifier

from transforms.packed_arrays import as_text, read_arrays

MODEL = "classifier.arrow"
_BITS = 4
PIECE = 1 << _BITS  # moves of a row that are kept, or shared, together
LONGEST = 6  # bytes of the longest piece of text that the automaton knows
_NOWHERE = b"\xff" * (LONGEST - 1)  # stands in no UTF-8 and leads back to the start from anywhere


class _Columns:
    """What `table[:, columns]` gives, without a copy: 16 MB for each script that is asked about."""

    def __init__(self, table: NDArray[np.float16], columns: NDArray[np.intp]) -> None:
        self._table = table
        self._columns = columns

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple):
            return _Columns(self._table, self._columns[key[1]])
        return self._table.take(key, axis=0).take(self._columns, axis=1)


class Classifier(LanguageIdentifier):  # type: ignore[misc]
    """py3langid's classifier over packed moves."""

    __slots__ = ("_after_two", "_moves", "_pieces", "_rows")

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        labels = as_text(arrays["labels"]).split()
        columns = _Columns(arrays["chances"], np.arange(len(labels)))
        super().__init__(
            columns, arrays["priors"], labels, (), arrays["features"], norm_probs=True, tk_row=()
        )
        self._pieces = arrays["starts"].astype(np.uint32) * np.uint32(PIECE)
        self._moves = arrays["pieces"]
        self._rows = arrays["rows"].astype(np.uint32) * np.uint32(256 // PIECE)
        pairs = np.arange(1 << 16, dtype=np.uint32)
        self._after_two = self._moved(self._moved(pairs * 0, pairs // 256), pairs % 256)

    def tell(self, text: str) -> tuple[str, float, float]:
        """The likeliest language, its probability, and that of English (0 where it is not asked for)."""
        chances = self._decide(text)
        best = int(chances.argmax())
        english = self.nb_classes.index("en") if "en" in self.nb_classes else -1
        return (
            str(self.nb_classes[best]),
            float(chances[best]),
            float(chances[english] * (english >= 0)),
        )

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        """The score of each language; what the base class says too, over the packed moves."""
        features = self.tk_output.take(self._states(text))
        found = Counter(features[features >= 0].tolist())
        if not found:
            return np.zeros(len(self.nb_classes), dtype=np.float32)
        scores: NDArray[np.float32] = self._sparse_score(found, self.nb_ptc)
        return scores

    def _states(self, text: bytes) -> NDArray[np.uint32]:
        """The state of the automaton behind each byte, which the last LONGEST bytes alone decide.

        So all places are walked at once, each from the start on, in as few moves.
        """
        signs = np.frombuffer(_NOWHERE + text, np.uint8).astype(np.uint32)
        places = len(text)
        states = self._after_two.take((signs[:places] << 8) | signs[1 : 1 + places])
        for back in range(2, LONGEST):
            states = self._moved(states, signs[back : back + places])
        return states

    def _moved(self, states: NDArray[np.uint32], signs: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Where each of the states leads on its sign."""
        pieces = self._pieces.take(self._rows.take(states) + (signs >> _BITS))
        return self._moves.take(pieces + (signs & PIECE - 1))


@functools.cache
def _whole() -> Classifier:
    return Classifier(read_arrays(resources.files("transforms.data.languages") / MODEL))


def classifier_of(languages: Iterable[str]) -> Classifier:
    """The classifier of those of the languages that it knows; all of them share one table of 28 MB."""
    identifier = copy(_whole())
    identifier.set_languages(sorted(set(languages) & set(identifier.labels)))
    return identifier


def known_languages() -> frozenset[str]:
    """The languages that the classifier knows."""
    return frozenset(_whole().labels)
