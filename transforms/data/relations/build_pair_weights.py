"""Annotated stories come in (a folder of evaluation sets); the weights of the pair score go out.

    python -m transforms.data.relations.build_pair_weights DATA [--check]

A logistic regression over the features of `pair_features`, one example per candidate pair. `--check`
prints F1 from a score of .5, the share of right top pairs and the calibration error in ten bins,
cross-validated over stories in ten folds. Only the weights ship, never a story of DATA.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.data.relations.coded_sentences import FOLDED, Tagger
from transforms.relations.pair_features import (
    candidate_pairs,
    features_of,
    is_country,
    stands_of,
    strength_of,
)
from transforms.tag_pairs import find_meetings
from transforms.tag_relations import tag_relations

WEIGHTS: Final = Path(__file__).parent / "pair_weights.json"
SETS: Final = {"reuters": 1.0, "plover": 2.0, "petr2gsr": 1.0, "petrunit": 1.0}  # weight of a story
STORIES: Final = 5_000
RIDGE: Final = 1.0
FOLDS: Final = 10


class Story(NamedTuple):
    """One story: its candidate pairs as rows of numbers, and the right answers."""

    source: str
    pairs: list[tuple[str, str]]
    rows: list[list[float]]
    gold: set[tuple[str, str]]


def read_stories(data: Path, tag: Tagger) -> tuple[list[Story], list[str]]:
    """All stories of DATA with two candidates or more, or with gold pairs; and the feature names."""
    stories: list[Story] = []
    names: list[str] = []
    for source in SETS:
        lines = (data / f"{source}.jsonl").read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        records = [record for record in records if record.get("news", True)]
        random.Random(7).shuffle(records)
        for record in records[:STORIES]:
            story, found = _story(source, record, tag)
            names = names or found
            if story.rows or story.gold:
                stories.append(story)
    return stories, names


def _story(source: str, record: dict[str, Any], tag: Tagger) -> tuple[Story, list[str]]:
    headline, body = _parts(record)
    countries = tag(headline, body, language="en")
    relations = tag_relations(headline, body, countries, language="en")
    ranked = sorted(
        (c for c in countries if is_country(c.code)), key=lambda c: (-c.salience, c.code)
    )[:40]
    meetings = find_meetings(headline, body, ranked, "en")
    stands = stands_of(ranked, meetings)
    strength = strength_of(relations)
    pairs = candidate_pairs([country.code for country in ranked])
    features = [features_of(a, b, stands, meetings, strength) for a, b in pairs]
    gold = {tuple(sorted((FOLDED.get(a, a), FOLDED.get(b, b)))) for a, b in record["pairs"]}
    rows = [list(found.values()) for found in features]
    folded = {tuple(sorted(pair)) for pair in gold if pair[0] != pair[1]}
    return Story(source, pairs, rows, {(p[0], p[1]) for p in folded}), list(
        features[0]
    ) if features else []


def _parts(record: dict[str, Any]) -> tuple[str, str]:
    text: str = record["text"]
    length: int = record.get("title_len", 0)
    return text[:length], text[length:].lstrip()


def fit(stories: Sequence[Story]) -> NDArray[np.float64]:
    """Ridge logistic regression over the candidate pairs."""
    rows = np.array([row for story in stories for row in story.rows])
    answers = np.array([float(p in s.gold) for s in stories for p in s.pairs])
    importance = np.array([SETS[s.source] for s in stories for _ in s.pairs])
    weights = np.zeros(rows.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (importance * (chance - answers)) + RIDGE * weights
        spread = importance * np.maximum(chance * (1 - chance), 1e-4)
        weights -= np.linalg.solve((rows.T * spread) @ rows + RIDGE * np.eye(len(weights)), slope)
    return weights


def check(stories: Sequence[Story]) -> None:
    """Print cross-validated figures by set."""
    order = list(range(len(stories)))
    random.Random(7).shuffle(order)
    answers: list[tuple[str, float, bool]] = []
    tops: dict[str, list[bool]] = {}
    missed: dict[str, int] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = fit([stories[i] for i in order if i not in held])
        for i in held:
            story = stories[i]
            scores = [
                1 / (1 + float(np.exp(-np.clip(np.array(row) @ weights, -30, 30))))
                for row in story.rows
            ]
            answers += [
                (story.source, s, p in story.gold) for s, p in zip(scores, story.pairs, strict=True)
            ]
            missed[story.source] = missed.get(story.source, 0) + len(story.gold - set(story.pairs))
            if story.gold:
                best = max(zip(scores, story.pairs, strict=True), default=None)
                tops.setdefault(story.source, []).append(best is not None and best[1] in story.gold)
    for source in SETS:
        _show(source, answers, missed.get(source, 0), tops.get(source, []))


def _show(
    source: str, answers: Sequence[tuple[str, float, bool]], missed: int, tops: Sequence[bool]
) -> None:
    mine = [(score, right) for name, score, right in answers if name == source]
    found = sum(score >= 0.5 for score, _ in mine)
    both = sum(score >= 0.5 and right for score, right in mine)
    gold = sum(right for _, right in mine) + missed
    error = calibration_error(mine)
    print(
        f"{source:10} pairs f1 {200 * both / max(1, found + gold):.1f} p {100 * both / max(1, found):.1f} "
        f"r {100 * both / max(1, gold):.1f} top {100 * sum(tops) / max(1, len(tops)):.1f} ece {error:.3f} n {len(mine)}"
    )


def calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width, weighted by their size."""
    error = 0.0
    for low in range(10):
        bin_ = [(s, r) for s, r in answers if low <= min(9.999, s * 10) < low + 1]
        if bin_:
            gap = abs(sum(s for s, _ in bin_) / len(bin_) - sum(r for _, r in bin_) / len(bin_))
            error += gap * len(bin_) / len(answers)
    return error


def build(data: Path, tag: Tagger, is_check: bool) -> None:
    """Fit with the given country tagger; `is_check` prints cross-validated figures first."""
    stories, names = read_stories(data, tag)
    if is_check:
        check(stories)
    weights = fit([story for story in stories if story.rows])
    table = {name: round(float(value), 4) for name, value in zip(names, weights, strict=True)}
    head = "logistic weights; rebuild: python -m transforms.data.relations.build_pair_weights DATA"
    WEIGHTS.write_text(
        json.dumps({"about": head, "weights": table}, indent=0) + "\n", encoding="utf-8"
    )
    print(f"{len(table)} weights from {sum(len(s.rows) for s in stories)} pairs")


def main(arguments: Sequence[str]) -> None:
    """Fit on everything and write the weights."""
    from transforms.tag_countries import tag_countries

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    build(options.data, tag_countries, options.check)


if __name__ == "__main__":
    main(sys.argv[1:])
