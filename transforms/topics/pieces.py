"""A folded document in, what its pieces of words say about some of the top topics out.

One hashed table for two dozen languages, learned by `data/topics/build_pieces.py` from single
sentences: every run of 2 to 5 characters that no blank parts points at a row of figures, one for
each topic it was taught (fewer than 17). No segmentation and no stems are needed, which suits
Chinese, Thai, Turkish and Hungarian alike. The figures of a text are the mean over its pieces.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from transforms.packed_arrays import as_text, read_arrays
from transforms.topics.lexicon import base_language
from transforms.topics.text import Document

SHORTEST, LONGEST = 2, 5
BITS = 18  # of a hash: 262,144 rows
MAX_TEXT = 1_000  # folded characters looked at: the headline and the beginning
FLOOR = 30  # pieces added to the count, so that a word or two stay unsure
LONG_WORD = 16  # characters, from which on a single piece is shown rather than the word
_Ints = np.ndarray[tuple[int, ...], np.dtype[np.uint32]]
_Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
_Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
_Truths = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
_Bytes = np.ndarray[tuple[int, ...], np.dtype[np.int8]]
_BLANK, _SPREAD, _STEP, _MIX = 32, 2_654_435_761, 16_777_619, 2_246_822_519


class PieceScores(NamedTuple):
    """What the pieces say."""

    logits: Mapping[str, float]  # by top topic that was taught; the others say nothing
    text: str
    starts: _Places
    ends: _Places
    rows: _Floats  # (pieces, topics): of the table

    def strongest(self, topic_id: str, most: int) -> list[tuple[int, int]]:
        """Start and end of the words whose pieces add most, none that adds nothing."""
        if topic_id not in self.logits:
            return []
        column = self.rows[:, list(self.logits).index(topic_id)]
        blanks = np.frombuffer(self.text.encode("utf-32-le"), "<u4") == _BLANK
        edges = [-1, *np.flatnonzero(blanks).tolist(), len(self.text)]
        words = np.cumsum(blanks)[self.starts]
        sums = np.bincount(words, weights=column)
        best = np.argsort(-sums, kind="stable")[:most].tolist()
        spans = [(w, edges[w] + 1, edges[w + 1]) for w in best if sums[w] > 0]
        return [
            (start, end) if end - start <= LONG_WORD else self._piece(words == w, column)
            for w, start, end in spans
        ]

    def _piece(self, is_within: _Truths, column: _Floats) -> tuple[int, int]:
        """Start and end of the piece that adds most among some."""
        pieces = np.flatnonzero(is_within)
        best = pieces[column[pieces].argmax()]
        return int(self.starts[best]), int(self.ends[best])


class PieceTable:
    """The table with the languages and topics that it was taught."""

    def __init__(
        self, table: _Bytes, scale: _Floats, topics: list[str], languages: frozenset[str]
    ) -> None:
        """`table` is (2 ** BITS, topics), in units of `scale`."""
        self._table = table
        self._scale = scale
        self._topics = topics
        self.languages = languages

    def score(self, document: Document) -> PieceScores:
        """The mean row of the pieces at the beginning of a document."""
        text = document.text[:MAX_TEXT]
        numbers, starts, ends = pieces(text)
        rows = self._table.take(numbers, axis=0) * self._scale
        mean = np.ones(len(rows), np.float32) @ rows / np.float32(len(rows) + FLOOR)
        logits = dict(zip(self._topics, mean.tolist(), strict=True))
        return PieceScores(logits, text, starts, ends, rows)


def pieces(text: str) -> tuple[_Ints, _Places, _Places]:
    """Row, start and end of every piece of a folded text, the short ones first."""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4")
    spread = codes * np.uint32(_SPREAD)
    blanks = np.concatenate([[0], np.cumsum(codes == _BLANK)])
    rolled, rows, starts, ends = spread, [], [], []
    for length in range(SHORTEST, min(LONGEST, len(codes)) + 1):
        rolled = (rolled[:-1] * np.uint32(_STEP)) ^ spread[length - 1 :]
        whole = np.flatnonzero(blanks[length:] == blanks[:-length])
        mixed = rolled[whole]
        mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(_MIX)
        rows.append((mixed ^ (mixed >> np.uint32(13))) >> np.uint32(32 - BITS))
        starts.append(whole)
        ends.append(whole + length)
    if not rows:
        return np.zeros(0, np.uint32), np.zeros(0, np.intp), np.zeros(0, np.intp)
    return np.concatenate(rows), np.concatenate(starts), np.concatenate(ends)


@cache
def _table() -> PieceTable:
    arrays = read_arrays(files("transforms.data.topics") / "pieces.arrow")
    return PieceTable(
        arrays["table"],
        arrays["scale"],
        as_text(arrays["topics"]).split(),
        frozenset(as_text(arrays["languages"]).split()),
    )


def piece_table(language: str) -> PieceTable | None:
    """The table, where it was taught the BCP 47 language."""
    table = _table()
    return table if base_language(language) in table.languages else None
