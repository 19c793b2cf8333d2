"""Annotated stories come in (a folder of evaluation sets); the weights of the salience model go out.

    python -m transforms.data.countries.build_salience_weights DATA [--check]

A ridge logistic regression with one example for each country named. Agency stories all open with a
dateline and a headline, while feeds often lack one of them: each story is therefore learned from a second
and third time without its dateline and without its headline. `--check` prints precision, recall
and F1 from .5 and the calibration error, once cross-validated over stories and once with each set held out, and writes nothing.
Only the weights ship, never a story of DATA.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.countries import is_country, successor
from schemas.records import CountryMention
from transforms.countries.roles import dateline_end
from transforms.countries.salience import FEATURES, features_of
from transforms.data.calibration import calibration_error
from transforms.tag_countries import split_headline, tag_countries

WEIGHTS: Final = Path(__file__).with_name("salience_weights.json")
SETS: Final = {"reuters": 1.0, "plover": 1.0, "petr2gsr": 1.0}  # weight of a story, whole
COPY_WEIGHT: Final = 0.5  # of a story that lost its dateline or headline
RIDGE: Final = 2.0
FOLDS: Final = 5


class Story(NamedTuple):
    """One text: its countries as rows of numbers, and the right answers."""

    source: str
    weight: float
    codes: list[str]
    rows: list[tuple[float, ...]]
    gold: frozenset[str]


class Case(NamedTuple):
    """A story as it is and its copies with parts missing."""

    whole: Story
    copies: list[Story]


def read_cases(data: Path) -> list[Case]:
    """All stories of DATA, in the order of the files."""
    cases = []
    for source in SETS:
        for line in (data / f"{source}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("news", True):
                cases.append(_case(source, record))
    return cases


def _case(source: str, record: dict[str, Any]) -> Case:
    headline, body = split_headline(record["text"])
    gold = frozenset(map(successor, record["countries"]))
    story = _story(source, headline, body, gold)
    copies = [
        _story(source, part, rest, gold & set(copy.codes))._replace(weight=COPY_WEIGHT)
        for part, rest in _with_parts_missing(headline, body)
        for copy in [_story(source, part, rest, gold)]
    ]
    return Case(story, copies)


def _with_parts_missing(headline: str, body: str) -> Iterator[tuple[str, str]]:
    behind = body[dateline_end(body) :]
    if len(behind) < len(body):
        yield headline, behind
    if headline:
        yield "", body


def _story(source: str, headline: str, body: str, gold: frozenset[str]) -> Story:
    countries = tag_countries(headline, body, language="en")
    by_code: dict[str, Sequence[CountryMention]] = {c.code: c.mentions for c in countries}
    rows = features_of(by_code, len(body)) if by_code else {}
    kept = {code: row for code, row in rows.items() if is_country(code)}
    return Story(source, SETS[source], list(map(successor, kept)), list(kept.values()), gold)


def fit(stories: Sequence[Story]) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method."""
    rows = np.array([row for story in stories for row in story.rows], dtype=np.float64)
    answers = np.array([float(code in s.gold) for s in stories for code in s.codes])
    importance = np.array([s.weight for s in stories for _ in s.codes])
    weights = np.zeros(rows.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (importance * (chance - answers)) + RIDGE * weights
        spread = importance * np.maximum(chance * (1 - chance), 1e-4)
        weights -= np.linalg.solve((rows.T * spread) @ rows + RIDGE * np.eye(len(weights)), slope)
    return weights


def _learned_from(cases: Sequence[Case]) -> list[Story]:
    stories = [s for case in cases for s in (case.whole, *case.copies)]
    return [story for story in stories if story.rows]


def check(cases: Sequence[Case]) -> None:
    """Print figures over folds of all stories, then with each set held out."""
    order = list(range(len(cases)))
    random.Random(7).shuffle(order)
    folds = [order[n::FOLDS] for n in range(FOLDS)]
    print(f"cross-validated over {FOLDS} folds")
    _compare(cases, folds)
    print("each set held out")
    _compare(cases, [[i for i, case in enumerate(cases) if case.whole.source == s] for s in SETS])


def _compare(cases: Sequence[Case], folds: Sequence[Sequence[int]]) -> None:
    scored: dict[str, list[tuple[Story, list[float]]]] = {}
    for fold in folds:
        held = set(fold)
        weights = fit(_learned_from([case for i, case in enumerate(cases) if i not in held]))
        for i in fold:
            whole, copies = cases[i]
            for name, story in [
                (whole.source, whole),
                *((f"{s.source}, parts missing", s) for s in copies),
            ]:
                odds = np.array(story.rows, dtype=np.float64).reshape(-1, len(FEATURES)) @ weights
                scored.setdefault(name, []).append((story, (1 / (1 + np.exp(-odds))).tolist()))
    for name, results in sorted(scored.items()):
        _show(name, results)


def _show(name: str, results: Sequence[tuple[Story, list[float]]]) -> None:
    gold = found = both = 0
    answers = []
    for story, scores in results:
        about = {code for code, score in zip(story.codes, scores, strict=True) if score >= 0.5}
        gold, found, both = (
            gold + len(story.gold),
            found + len(about),
            both + len(about & story.gold),
        )
        answers += [(s, c in story.gold) for c, s in zip(story.codes, scores, strict=True)]
    print(
        f"{name:26} p {100 * both / max(1, found):.1f} r {100 * both / max(1, gold):.1f}"
        f" f1 {200 * both / max(1, found + gold):.1f} ece {calibration_error(answers):.3f}"
        f" n {len(results)}"
    )


def main(arguments: Sequence[str]) -> None:
    """Fit on everything and write the weights, or print figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    cases = read_cases(options.data)
    if options.check:
        check(cases)
        return
    weights = fit(_learned_from(cases))
    table = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    head = "Logistic weights fitted to annotated news; only these figures are kept. Rebuild: python -m transforms.data.countries.build_salience_weights DATA"
    WEIGHTS.write_text(
        json.dumps({"about": head, "weights": table}, indent=0) + "\n", encoding="utf-8"
    )
    print(f"{len(table)} weights from {len(cases)} stories")


if __name__ == "__main__":
    main(sys.argv[1:])
