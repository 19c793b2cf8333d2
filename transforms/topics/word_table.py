"""A folded document in, what its words say about each of the 17 top topics out.

The tables are `data/topics/words_<language>.arrow`, one per language, learned by
`data/topics/build_model.py`. A word counts more in the headline and the lead than further down,
and each time less when it comes again, as the terms of the lexicon do; the sum is divided by a
power of the words' weights, so that many words are surer than few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from schemas.topics import top_topics
from transforms.packed_arrays import as_text, read_arrays
from transforms.topics.lexicon import base_language
from transforms.topics.scores import places
from transforms.topics.text import MAX_BODY, MAX_HEADLINE, Document

# logits = (sum of the rows) / (FLOOR + sum of the weights) ** POWER
FLOOR, POWER = 2.4, 0.61
# What n times the same word count: 1 + 1/2 + ... + 1/n; no text that is looked at has more words.
DAMPED = (0.0, *accumulate(1 / n for n in range(1, MAX_HEADLINE + MAX_BODY)))
_Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
_Bytes = np.ndarray[tuple[int, ...], np.dtype[np.int8]]


class WordScores(NamedTuple):
    """What a document's words say: nothing where `words` is empty."""

    logits: Mapping[str, float]  # by top topic; all 0 where no word is known
    words: list[str]  # folded, in the order of their first place
    shares: _Floats  # (words, 17): what each adds to each top topic

    def strongest(self, topic_id: str, most: int, least: float) -> list[str]:
        """The words that add most to a top topic, at least `least` each."""
        column = self.shares[:, top_topics().index(topic_id)]
        enough = np.flatnonzero(column >= least)
        order = enough[np.argsort(-column[enough], kind="stable")[:most]]
        return [self.words[i] for i in order.tolist()]


class WordTable:
    """The table of one language."""

    def __init__(self, words: list[str], table: _Bytes, scale: _Floats, weights: _Floats) -> None:
        """`table` is (words, 17), in units of `scale`; `weights` (words,)."""
        self._index = {word: number for number, word in enumerate(words)}
        self._table = table
        self._scale = scale
        self._weights = weights

    def score(self, document: Document) -> WordScores:
        """Add up the rows of the document's words."""
        counts, rows = self._count(document)
        numbers = np.array(rows, np.intp)
        times = np.fromiter(counts.values(), np.float32, len(counts))
        spread = (FLOOR + float(times @ self._weights[numbers])) ** POWER
        shares = self._table.take(numbers, axis=0) * self._scale
        shares *= (times / spread)[:, None]
        logits = dict(zip(top_topics(), shares.sum(0).tolist(), strict=True))
        return WordScores(logits, list(counts), shares)

    def _count(self, document: Document) -> tuple[dict[str, float], list[int]]:
        """Damped count and row of each known word, in the order of their first place."""
        row_of, counts, times = self._index.get, dict[str, float](), dict[str, int]()
        before, rows = times.get, list[int]()
        for start, end, weight in places(document):
            for word, more in Counter(document.text[start:end].split()).items():
                if known := before(word):
                    times[word] = known + more
                    counts[word] += weight * (DAMPED[known + more] - DAMPED[known])
                elif (row := row_of(word)) is not None:
                    rows.append(row)
                    times[word] = more
                    counts[word] = weight * DAMPED[more]
        return counts, rows


@cache
def word_table(language: str) -> WordTable | None:
    """The table of a BCP 47 language, None where there is none."""
    tag = base_language(language)
    source = files("transforms.data.topics") / f"words_{tag}.arrow"
    if not tag.isalpha() or not source.is_file():
        return None
    arrays = read_arrays(source)
    return WordTable(
        as_text(arrays["words"]).split("\n"),
        arrays["table"],
        arrays["scale"],
        arrays["weights"].astype(np.float32) / np.float32(255),
    )
