"""Our example headlines and a sentence model in, the table `words_en.arrow` of word scores out.

    make topics-model                 # installs the teacher, then runs
    python -m transforms.data.topics.build_model [TEXTS.jsonl or folder of them]

The teacher (`minilm.py`) embeds the most frequent English words; a text is the weighted mean of
its words, the rarer the heavier (smooth inverse frequency, Arora et al. 2017). On such means a
linear classifier of the 17 top topics learns from `examples/*.txt` (own writing), the terms of our
lexicon and the labels and definitions of the IPTC vocabulary (CC BY 4.0). Since everything is
linear, classifier and word vectors multiply out to 17 figures a word, and nothing else ships. Word
frequencies are those of `wordfreq` (CC BY-SA 4.0); of them the table keeps the order of the words
and one byte each.

TEXTS: English ones of your own, as JSON lines (`training.py`), are learned as well.
With one numeric thread, as `make` sets it, the same machine writes the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from wordfreq import top_n_list, word_frequency

from schemas.topics import all_topics, top_topics, topic, vocabulary
from transforms.data.topics.lexicon_lines import parse_lexicon
from transforms.data.topics.minilm import MiniLM
from transforms.data.topics.training import Example, Floats, labelled_texts
from transforms.packed_arrays import as_array, write_arrays
from transforms.topics.lexicon import base_language
from transforms.topics.text import fold

HERE = Path(__file__).resolve().parent
TARGET = HERE / "words_en.arrow"
WORDS = 30_000
HALF_FREQUENCY = 1e-3  # a word this frequent counts half
PENALTY = 0.5  # on the squared weights of the classifier
STEPS = 600
# What an example of each kind counts.
OWN_EXAMPLE, DEFINITION, LEXICON_TERM = 1.0, 0.1, 0.06


class Words(NamedTuple):
    """The words of the table: folded, most frequent first."""

    words: list[str]
    vectors: Floats  # (words, dimensions), the mean of the language taken off
    weights: Floats  # (words,), 0..1, small for frequent words

    def mean(self, text: str, index: dict[str, int]) -> Floats:
        """The weighted mean of a text's words; zero where it has none of them."""
        found = [index[word] for word in fold(text).split() if word in index]
        weights = self.weights[found]
        total: Floats = weights @ self.vectors[found]
        return total / max(float(weights.sum()), 1e-9)


def examples(texts: Path | None) -> Iterator[Example]:
    """All that the classifier learns from."""
    for path in sorted((HERE / "examples").glob("*.txt")):
        topic_id = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                topic_id = topic(line.strip("[] ")).path[0]
            elif line and not line.startswith("#"):
                yield Example(line, topic_id, OWN_EXAMPLE)
    for entry in all_topics():
        if entry.id.startswith("medtop:"):
            yield Example(f"{entry.label}. {entry.definition}", entry.path[0], DEFINITION)
    lines = (HERE / "en.txt").read_text(encoding="utf-8")
    for topic_id, weight, term in parse_lexicon(lines, "en"):
        if weight > 0:
            words = term.strip("*=").replace("* ", " ")
            yield Example(words, vocabulary()[topic_id].path[0], weight * LEXICON_TERM)
    if texts is not None:
        yield from (e for e in labelled_texts(texts) if base_language(e.language) == "en")


def embed_words() -> Words:
    """The most frequent words of English with their vectors."""
    listed = [word for word in top_n_list("en", 2 * WORDS) if word.isalpha()]
    words = list({fold(word): word for word in reversed(listed[:WORDS])}.items())[::-1]
    vectors = MiniLM().encode([word for _, word in words]).astype(np.float64)
    frequencies = np.array([word_frequency(word, "en") for _, word in words])
    centre = frequencies @ vectors / frequencies.sum()
    weights = HALF_FREQUENCY / (HALF_FREQUENCY + frequencies)
    return Words([folded for folded, _ in words], vectors - centre, weights)


def fit(vectors: Floats, answers: Floats, weights: Floats) -> Floats:
    """Softmax regression by accelerated gradient descent: weights (17, dimensions).

    The intercept, which absorbs how often our examples have each topic, is left behind. Nesterov's method; the step is one over a bound of the curvature.
    """
    inputs = np.hstack([vectors, np.ones((len(vectors), 1))])
    bound = 0.5 * float(np.linalg.eigvalsh((inputs * weights[:, None]).T @ inputs)[-1]) + PENALTY
    penalty = np.append(np.full(vectors.shape[1], PENALTY), 0.0)
    now: Floats = np.zeros((answers.shape[1], inputs.shape[1]))
    ahead = now
    for step in range(STEPS):
        scores = inputs @ ahead.T
        odds = np.exp(scores - scores.max(1, keepdims=True))
        errors = (odds / odds.sum(1, keepdims=True) - answers) * weights[:, None]
        then = ahead - (errors.T @ inputs + ahead * penalty) / bound
        ahead = then + step / (step + 3) * (then - now)
        now = then
    return now[:, :-1]


def learn(words: Words, learned: list[Example]) -> Floats:
    """What each word adds to each top topic, (words, 17); all topics count alike."""
    index = {word: number for number, word in enumerate(words.words)}
    tops = top_topics()
    vectors = np.array([words.mean(e.text, index) for e in learned])
    answers = np.array([[float(e.topic_id == top) for top in tops] for e in learned])
    lengths = np.linalg.norm(vectors, axis=1)
    weights = np.array([e.weight for e in learned]) * (lengths > 0)
    weights = weights / (answers.T @ weights)[answers.argmax(1)]
    unit = float(np.median(lengths[lengths > 0]))
    matrix = fit(vectors / unit, answers, weights * len(learned) / weights.sum())
    table = words.weights[:, None] * (words.vectors @ matrix.T) / unit
    centred: Floats = table - table.mean(1, keepdims=True)
    return centred


def write(target: Path, words: Words, table: Floats) -> None:
    """One byte a figure; `transforms/topics/word_table.py` reads it."""
    scale = float(np.abs(table).max()) / 127
    arrays: dict[str, NDArray[Any]] = {
        "words": as_array("\n".join(words.words)),
        "table": np.round(table / scale).astype(np.int8),
        "weights": np.round(words.weights * 255).astype(np.uint8),
        "scale": np.asarray(scale, np.float32),
    }
    write_arrays(target, arrays)


def main(texts: Path | None) -> None:
    """Build the table of English."""
    learned = list(examples(texts))
    words = embed_words()
    table = learn(words, learned)
    write(TARGET, words, table)
    size = TARGET.stat().st_size
    print(f"{TARGET.name}: {len(words.words)} words, {len(learned)} examples, {size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
