"""What each part of the topic tagger gives: `python -m benchmarks.topics_ablation DATA`.

DATA is a folder with `topics/score.py` and `topics/dev/*.jsonl`. Each row of the table is the tagger
with a part taken away or alone: lexicon, words, pieces, fusion, languages, relations. Columns: the
share of texts whose first topic is right by source, its mean over the unseen sources, and the pooled
figures of the scorer. The worth of a first topic (`trust.json`) is fitted anew for every row, with
each source left out in turn; in the last row the figures of the fusion are chosen so as well.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple
from unittest.mock import patch

from schemas.topics import top_topics
from transforms.data.topics.build_trust import Answer, fit
from transforms.tag_countries import tag_countries
from transforms.tag_relations import tag_relations
from transforms.topics import fusion
from transforms.topics.fusion import grounds, probabilities
from transforms.topics.lexicon import lexicon
from transforms.topics.opinions import Opinions, read_opinions
from transforms.topics.scores import score_hits
from transforms.topics.text import Document

UNSEEN = ("bbc", "agnews", "allsides", "nyt_cap", "gnad", "masakhanews", "reuters")
SHOWN = (*UNSEEN, "dpa", "wikinews", "sib200")
POOLED = ("macro_f1", "coverage_at_94", "ece")
GRID = {"WORDS": (0.1, 0.15, 0.28), "UNSURE": (8.0, 12.0, 16.0), "STAGE_FULL": (18.0, 22.0, 30.0)}
NO_BOUND = 1e9
Shares = Mapping[str, float]  # of belief, by top topic


class Case(NamedTuple):
    """A labelled text and what it is read as."""

    source: str
    right: tuple[str, ...]
    has_one_label: bool
    opinions: Opinions


class First(NamedTuple):
    """The first topic of a case with what its score rests on."""

    topic_id: str  # "" for no answer
    odds: float
    share: float


Reading = Callable[[dict[str, Any]], Opinions]


def as_shipped(row: dict[str, Any]) -> Opinions:
    return read_opinions(Document.of(row["title"] or "", row["text"]), row["lang"] or "")


def in_english(row: dict[str, Any]) -> Opinions:
    """By the English lexicon, whatever the language; its words know English alone."""
    if row["lang"] == "en":
        return as_shipped(row)._replace(pieces=None)
    document = Document.of(row["title"] or "", row["text"])
    return Opinions(score_hits(document, lexicon("en").scan(document)), None, None)


def with_relations(row: dict[str, Any]) -> Opinions:
    headline, body, language = row["title"] or "", row["text"], row["lang"] or ""
    countries = tag_countries(headline, body, language=language)
    relations = tag_relations(headline, body, countries, language=language)
    return read_opinions(Document.of(headline, body), language, relations)


def cases_of(data: Path, limit: int, read: Reading) -> list[Case]:
    """A fixed sample of every source."""
    return [case for source in SHOWN for case in _cases(data, source, limit, read)]


def _cases(data: Path, source: str, limit: int, read: Reading) -> Iterator[Case]:
    lines = (data / "topics" / "dev" / f"{source}.jsonl").read_text(encoding="utf-8")
    rows = [row for row in map(json.loads, filter(None, lines.split("\n"))) if row["mapped"]]
    for row in random.Random(7).sample(rows, min(limit, len(rows))):
        right = tuple(row["gold_l1"])
        yield Case(source, right, row["single_label"] and len(right) == 1, read(row))


def fused(opinions: Opinions) -> Shares:
    return probabilities(opinions.terms.raw, opinions.words, opinions.pieces)


def by_lexicon(opinions: Opinions) -> Shares:
    return probabilities(opinions.terms.raw, None, None)


def by_words(opinions: Opinions) -> Shares:
    return probabilities({}, opinions.words, None) if opinions.words else {}


def by_pieces(opinions: Opinions) -> Shares:
    return probabilities({}, None, opinions.pieces) if opinions.pieces else {}


def without_pieces(opinions: Opinions) -> Shares:
    return probabilities(opinions.terms.raw, opinions.words, None)


def without_words(opinions: Opinions) -> Shares:
    return probabilities(opinions.terms.raw, None, opinions.pieces)


def firsts(cases: Sequence[Case], way: Callable[[Opinions], Shares]) -> list[First]:
    """What a way of reading says of each case first."""
    found = []
    for case in cases:
        tops = way(case.opinions)
        if not tops or max(tops.values()) < 1.01 / len(top_topics()):  # all alike: nothing is known
            found.append(First("", 0.0, 0.0))
            continue
        best = max(tops, key=lambda t: (tops[t], t))
        found.append(First(best, *grounds(tops[best], best, case.opinions.terms.raw)))
    return found


def scores_of(cases: Sequence[Case], found: Sequence[First]) -> list[float]:
    """The score of each first topic, its worth learned from the other sources."""
    by_source: dict[str, list[Answer]] = {source: [] for source in SHOWN}
    for case, first in zip(cases, found, strict=True):
        if first.topic_id and case.source != "sib200":
            is_right = first.topic_id in case.right
            given = Answer(first.odds, first.share, first.topic_id, is_right, 1.0)
            by_source[case.source].append(given)
    worths = {source: _worth(by_source, source) for source in SHOWN}
    return [
        _score(worths[case.source], first) if first.topic_id else 0.0
        for case, first in zip(cases, found, strict=True)
    ]


def _worth(by_source: Mapping[str, Sequence[Answer]], left_out: str) -> Sequence[float]:
    given = [
        answer._replace(weight=len(answers) ** -0.5)
        for source, answers in by_source.items()
        for answer in answers
        if source != left_out
    ]
    return [float(v) for v in fit(given)]


def _score(worth: Sequence[float], first: First) -> float:
    odds, share, intercept, *offsets = worth
    offset = intercept + offsets[top_topics().index(first.topic_id)]
    return 1 / (1 + math.exp(-odds * first.odds - share * first.share - offset))


def figures(scorer: Any, cases: Sequence[Case], found: Sequence[First]) -> dict[str, float]:
    """Accuracy by source, its mean, and the scorer's pooled figures."""
    right = [first.topic_id in case.right for case, first in zip(cases, found, strict=True)]
    by_source = {
        source: fmean(r for r, case in zip(right, cases, strict=True) if case.source == source)
        for source in SHOWN
    }
    answers = [
        scorer.Answer(
            case.source, list(case.right), first.topic_id or None, score, case.has_one_label
        )
        for case, first, score in zip(cases, found, scores_of(cases, found), strict=True)
    ]
    pooled = scorer.pooled(answers)
    mean = fmean(by_source[source] for source in UNSEEN)
    return {**by_source, "mean": mean, **{name: pooled[name] for name in POOLED}}


def chosen_without_the_source(scorer: Any, cases: Sequence[Case]) -> list[First]:
    """The fusion's figures from a grid, for each source those that suit the others best: macro-F1
    and mean accuracy together.
    """
    tried = []
    for values in product(*GRID.values()):
        changes: dict[str, Any] = dict(zip(GRID, values, strict=True))
        with patch.multiple(fusion, **changes):
            tried.append(firsts(cases, fused))
    total = [First("", 0.0, 0.0)] * len(cases)
    for source in SHOWN:
        best = max(tried, key=lambda found: _without(scorer, cases, found, source))
        for number, case in enumerate(cases):
            if case.source == source:
                total[number] = best[number]
    return total


def _without(scorer: Any, cases: Sequence[Case], found: Sequence[First], source: str) -> float:
    kept = [(c, f) for c, f in zip(cases, found, strict=True) if c.source not in (source, "sib200")]
    answers = [
        scorer.Answer(c.source, list(c.right), f.topic_id or None, 0.5, c.has_one_label)
        for c, f in kept
    ]
    by_source = {
        name: [f.topic_id in c.right for c, f in kept if c.source == name] for name in UNSEEN
    }
    mean = fmean(fmean(right) for right in by_source.values() if right)
    return float(scorer.pooled(answers)["macro_f1"]) + mean


def rows(scorer: Any, data: Path, limit: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Name and figures of each row, as they come."""
    cases = cases_of(data, limit, as_shipped)
    for name, way in {
        "lexicons alone": by_lexicon,
        "words alone (English)": by_words,
        "pieces alone (24 languages)": by_pieces,
        "without words": without_words,
        "without pieces": without_pieces,
    }.items():
        yield name, figures(scorer, cases, firsts(cases, way))
    with patch.multiple(fusion, SURE=6.0, UNSURE=0.0):
        yield "words and lexicon, a plain sum", figures(scorer, cases, firsts(cases, fused))
    with patch.multiple(fusion, STAGE_FULL=NO_BOUND):
        yield "politics not bounded", figures(scorer, cases, firsts(cases, fused))
    english = cases_of(data, limit, in_english)
    yield "English lexicon and words only", figures(scorer, english, firsts(english, fused))
    related = cases_of(data, limit, with_relations)
    yield "with relations as context", figures(scorer, related, firsts(related, fused))
    yield "as shipped", figures(scorer, cases, firsts(cases, fused))
    found = chosen_without_the_source(scorer, cases)
    yield "fusion chosen without the source", figures(scorer, cases, found)


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="texts of each source (400)")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.data / "topics"))
    scorer = importlib.import_module("score")
    heads = (*SHOWN, "mean of seven", "macro-F1", "coverage", "ece")
    print(f"| | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    for name, found in rows(scorer, arguments.data, arguments.limit):
        print(f"| {name} | {' | '.join(f'{v:.3f}' for v in found.values())} |", flush=True)


if __name__ == "__main__":
    main()
