"""Coded sentences come in (a folder of evaluation sets and our own sentences); weights go out.

    python -m transforms.data.relations.build_relation_weights DATA [--check]

Every reading of every sentence is one example: right when its pair is among the coded ones and
its event is of the coded class (or no reading of the pair is). A logistic regression with
a ridge penalty, fitted by Newton-like steps over all examples, gives each feature one weight; features
seen in fewer than three sentences are dropped. `--check` prints directed F1, quad accuracy and
both together by ten-fold cross-validation over sentences. Only the weights ship, never a sentence of DATA.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.events import quad_class_of
from schemas.records import Country
from transforms import tag_relations as relations
from transforms.relations import roles

HERE: Final = Path(__file__).parent
WEIGHTS: Final = HERE / "relation_weights.json"
OWN: Final = HERE.parents[2] / "tests" / "transforms" / "hard_relations.jsonl"
SETS: Final = ("plover", "petr2gsr", "petrunit")
LEAST: Final = 3  # sentences a feature must be seen in
RIDGE: Final = 3.0
FOLDS: Final = 10
EMPTY_WEIGHT: Final = 1.0
CLASS_OF_WORD: Final = {
    word: quad
    for quad, words in enumerate(
        (
            "AGREE CONSULT SUPPORT",
            "COOPERATE AID CONCEDE YIELD RETREAT",
            "REQUEST DEMAND ACCUSE DISAPPROVE REJECT THREATEN INVESTIGATE",
            "PROTEST SANCTION MOBILIZE COERCE ASSAULT CRIME FIGHT",
        ),
        1,
    )
    for word in words.split()
}
Tagger = Callable[..., Sequence[Country]]
Pair = tuple[str, str]


class Example(NamedTuple):
    """One reading, as features and its answer."""

    sentence: int
    features: list[str]
    pairs: tuple[Pair, ...]
    quad: int  # of its trigger, 0 without
    is_right: bool


class Coded(NamedTuple):
    """One coded sentence."""

    text: str
    gold: dict[Pair, set[int]]  # directed pair -> quad classes, empty where unknown
    weight: float


def class_of(code: str) -> int:
    """Quad class of a PLOVER word or a CAMEO code; 0 where it has none."""
    if code.isdigit():
        return 1 if code[:2] == "02" else quad_class_of(code)
    return CLASS_OF_WORD.get(code, 0)


def read_coded(path: Path, weight: float) -> list[Coded]:
    """The coded sentences of one file."""
    coded = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        if record.get("half") == "test":
            continue
        gold: dict[Pair, set[int]] = {}
        for source, target, *code in record["directed"]:
            classes = gold.setdefault((source, target), set())
            classes |= {class_of(code[0])} - {0} if code else set()
        coded.append(Coded(record["text"], gold, weight))
    return coded


def examples_of(index: int, coded: Coded, tag: Tagger) -> list[Example]:
    """Every reading of one text."""
    countries = tag("", coded.text)
    found: list[tuple[list[str], tuple[Pair, ...], int]] = []
    for sentence in relations.sentences_with_mentions("body", coded.text, countries, ""):
        if len({mention.code for mention in sentence.mentions}) < 2:
            continue
        text = coded.text[sentence.start : sentence.end]
        scene = relations.build_scene(text, sentence, "")
        for source, target, trigger, features in roles.candidates(scene):
            reading = roles.Reading(source, target, trigger, 0.0)
            quad = quad_class_of(scene.triggers[trigger].code) if trigger >= 0 else 0
            pairs = tuple(
                (scene.actors[s].codes[i], scene.actors[o].codes[j])
                for s, i, o, j in relations._members(reading, scene)
            )
            if pairs:
                found.append((features, pairs, quad))
    return [
        Example(index, features, pairs, quad, _is_right(pairs, quad, coded.gold, found))
        for features, pairs, quad in found
    ]


def _is_right(
    pairs: tuple[Pair, ...],
    quad: int,
    gold: dict[Pair, set[int]],
    found: list[tuple[list[str], tuple[Pair, ...], int]],
) -> bool:
    hits = [pair for pair in pairs if pair in gold]
    if 2 * len(hits) < len(pairs) or not hits:
        return False
    classes = gold[hits[0]]
    if not classes or quad in classes:
        return True
    rivals = {other for _, others, other in found if hits[0] in others}
    return not rivals & classes and (quad != 0 or rivals == {0})


def fit(examples: Sequence[Example], weights_of: Sequence[float]) -> dict[str, float]:
    """Weights of a ridge logistic regression over the examples."""
    seen: Counter[str] = Counter()
    for _, features in {(e.sentence, f) for e in examples for f in e.features}:
        seen[features] += 1
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names)))
    for row, example in enumerate(examples):
        for name in example.features:
            if name in column:
                matrix[row, column[name]] += 1.0
    answers = np.array([float(e.is_right) for e in examples])
    importance = np.array([weights_of[e.sentence] for e in examples])
    found = _ridge(matrix, answers, importance)
    return {name: round(float(found[i]), 3) for name, i in column.items() if abs(found[i]) >= 5e-4}


def _ridge(
    matrix: NDArray[np.float64], answers: NDArray[np.float64], importance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Newton's method on the penalised log-likelihood, in the dual because rows are fewer."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (importance * (chance - answers)) + RIDGE * weights
        spread = importance * np.maximum(chance * (1 - chance), 1e-4)
        curve = (matrix.T * spread) @ matrix + RIDGE * np.eye(matrix.shape[1])
        step = np.linalg.solve(curve, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-4:
            break
    return weights


def predicted(
    examples: Sequence[Example], weights: dict[str, float], floor: float
) -> dict[Pair, set[int]]:
    """Directed pairs of one text with their classes, chosen as tag_relations chooses."""
    scored = [(roles._logistic(sum(weights.get(f, 0.0) for f in e.features)), e) for e in examples]
    out: dict[Pair, set[int]] = {}
    for score, example in sorted(scored, key=lambda item: -item[0]):
        for pair in example.pairs if score >= floor else ():
            if pair not in out:
                out[pair] = {example.quad}
            elif score >= relations.SECOND and example.quad and len(out[pair]) < 2:
                out[pair].add(example.quad)
    return out


def check(coded: Sequence[Coded], examples: dict[int, list[Example]]) -> None:
    """Print cross-validated figures over the sets of DATA at several floors."""
    order = list(range(len(coded)))
    random.Random(7).shuffle(order)
    floors = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
    counts: dict[float, Counter[str]] = {floor: Counter() for floor in floors}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        train = [e for i in order if i not in held for e in examples[i]]
        weights = fit(train, [c.weight for c in coded])
        for floor in floors:
            for i in held:
                if coded[i].weight == 1.0:
                    _count(counts[floor], coded[i].gold, predicted(examples[i], weights, floor))
    for floor, n in counts.items():
        print(
            f"floor {floor}: D f1 {200 * n['both'] / (n['gold'] + n['found']):.1f} "
            f"(p {100 * n['both'] / n['found']:.1f} r {100 * n['both'] / n['gold']:.1f}) "
            f"quad {100 * n['quad'] / max(1, n['quad_of']):.1f} "
            f"DQ {200 * n['qboth'] / max(1, n['qgold'] + n['qfound']):.1f}"
        )


def _count(n: Counter[str], gold: dict[Pair, set[int]], found: dict[Pair, set[int]]) -> None:
    both = set(gold) & set(found)
    n["gold"] += len(gold)
    n["found"] += len(found)
    n["both"] += len(both)
    for pair in both:
        if gold[pair]:
            n["quad_of"] += 1
            n["quad"] += bool(gold[pair] & found[pair])
    n["qgold"] += sum(len(classes) for classes in gold.values())
    n["qfound"] += sum(len(classes) for classes in found.values())
    n["qboth"] += sum(len(gold[pair] & found[pair]) for pair in both)


def main(arguments: Sequence[str]) -> None:
    """Fit on everything and write the weights."""
    from transforms.tag_countries import tag_countries

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    build(options.data, tag_countries, options.check)


def build(data: Path, tag: Tagger, is_check: bool) -> None:
    """Fit with the given country tagger; `is_check` prints cross-validated figures first."""
    coded = [c for name in SETS for c in read_coded(data / f"{name}.jsonl", 1.0)]
    if OWN.exists():
        coded += read_coded(OWN, 0.999)
    examples = {i: examples_of(i, c, tag) for i, c in enumerate(coded)}
    if is_check:
        check(coded, examples)
    weights = fit([e for rows in examples.values() for e in rows], [c.weight for c in coded])
    head = (
        "logistic weights; rebuild: python -m transforms.data.relations.build_relation_weights DATA"
    )
    table = json.dumps({"about": head, "weights": dict(sorted(weights.items()))}, indent=0)
    WEIGHTS.write_text(table + "\n", encoding="utf-8")
    print(f"{len(weights)} weights from {sum(map(len, examples.values()))} readings")


if __name__ == "__main__":
    main(sys.argv[1:])
