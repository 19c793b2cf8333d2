"""Coded sentences come in (a folder of evaluation sets and our own sentences); weights go out.

    python -m transforms.data.relations.build_relation_weights DATA [--check] [--ablate]

`--check` prints directed F1, quad accuracy and both together by ten-fold cross-validation over
texts, versions of one text in one fold, for three divisions into folds; `--ablate` the same with one
group of features left out at a time. Both write nothing. Only the weights ship, never a sentence of DATA. The pairs' weights rest
on these: rebuild them afterwards.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from zlib import crc32

from schemas.countries import is_country
from transforms.data.relations.coded_sentences import Coded, Gold, Tagger, folded, read_coded
from transforms.data.relations.softmax_fit import fit
from transforms.relations.readings import Reading, choose

HERE: Final = Path(__file__).parent
WEIGHTS: Final = HERE / "relation_weights.json"
OWN: Final = HERE.parents[2] / "tests" / "transforms" / "hard_relations.jsonl"
SETS: Final = ("plover", "petr2gsr", "petrunit")
TRUST: Final = {"own": 0.27}  # how much a sentence of ours counts beside one of news
FOLDS: Final = 10
SHUFFLES: Final = (7, 8, 9)
GROUPS: Final = {
    "nothing": re.compile(r"(?!)"),
    "clauses, main verb and subject": re.compile(r"clause|openings|main|subject|said"),
    "prepositions and possessives": re.compile(r" (?:to|from|name|owner) |^[so][LR]\w* \w*~?$"),
    "distance and neighbours": re.compile(r"near|between|skip|touches|order"),
    "negation, mode and governors": re.compile(r"mode|governed|tto |tarticle|tof "),
    "the kind of event": re.compile(r"^[so]?\*|quad"),
    "the noun behind a country's name": re.compile(r"^[so][LR]\w? head "),
    "readings without a trigger": re.compile(r"^bare"),
}


def read_all(data: Path, tag: Tagger) -> list[Coded]:
    """The coded texts of the sets of DATA and the first half of our own."""
    coded = [c for name in SETS for c in read_coded(data / f"{name}.jsonl", name, "", tag)]
    return coded + read_coded(OWN, "own", "train", tag)


def read(coded: Coded, weights: dict[str, float]) -> list[tuple[Reading, float]]:
    """The readings of one text that hold under the weights, chosen as tag_relations chooses."""
    return [
        choice
        for sentence in coded.sentences
        for choice in choose(
            [example.reading for example in sentence],
            [sum(weights.get(name, 0.0) for name in example.features) for example in sentence],
        )
    ]


def predicted(readings: Sequence[tuple[Reading, float]]) -> Gold:
    """Directed pairs of countries of today with their classes."""
    found: Gold = {}
    for reading, _ in readings:
        for pair in map(folded, reading.pairs):
            if all(map(is_country, pair)):
                found.setdefault(pair, set()).add(reading.quad_class)
    return found


def read_held_out(
    coded: Sequence[Coded], shuffle: int
) -> Iterator[tuple[Coded, list[tuple[Reading, float]]]]:
    """Each text, read with weights from the folds that it is not in.

    A text's fold hangs on nothing else than the text, so that figures before and after new texts compare.
    """
    fold_of = {c.key: crc32(f"{shuffle} {c.key}".encode()) % FOLDS for c in coded}
    for fold in range(FOLDS):
        weights = fitted([c for c in coded if fold_of[c.key] != fold])
        for held in (c for c in coded if fold_of[c.key] == fold):
            yield held, read(held, weights)


def fitted(coded: Sequence[Coded]) -> dict[str, float]:
    """The weights that the texts teach."""
    trust = [TRUST.get(c.source, 1.0) for c in coded for _ in c.sentences]
    return fit([sentence for c in coded for sentence in c.sentences], trust)


def check(coded: Sequence[Coded], shuffle: int) -> dict[str, Counter[str]]:
    """Counts by set, cross-validated."""
    counts: dict[str, Counter[str]] = {c.source: Counter() for c in coded}
    for held, readings in read_held_out(coded, shuffle):
        _count(counts[held.source], held.gold, predicted(readings))
    return counts


def ablate(coded: Sequence[Coded]) -> None:
    """Print the figures of all sets together with each group of features left out."""
    for name, pattern in GROUPS.items():
        total: Counter[str] = Counter()
        for shuffle in SHUFFLES:
            for counts in check([_without(c, pattern) for c in coded], shuffle).values():
                total.update(counts)
        show(f"without {name}", total)


def _without(coded: Coded, pattern: re.Pattern[str]) -> Coded:
    """The text without the features that the pattern finds; a reading without any goes."""
    sentences = [
        [
            example._replace(features=kept)
            for example in sentence
            if (kept := [name for name in example.features if not pattern.search(name)])
        ]
        for sentence in coded.sentences
    ]
    return coded._replace(sentences=[sentence for sentence in sentences if sentence])


def _count(n: Counter[str], gold: Gold, found: Gold) -> None:
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


def show(label: str, n: Counter[str]) -> None:
    """Print directed F1 with precision and recall, quad accuracy, F1 of both together."""
    print(
        f"{label:40} D f1 {200 * n['both'] / max(1, n['gold'] + n['found']):.1f} "
        f"(p {100 * n['both'] / max(1, n['found']):.1f} r {100 * n['both'] / max(1, n['gold']):.1f}) "
        f"quad {100 * n['quad'] / max(1, n['quad_of']):.1f} "
        f"DQ {200 * n['qboth'] / max(1, n['qgold'] + n['qfound']):.1f}",
        flush=True,
    )


def build(data: Path, tag: Tagger, is_check: bool, is_ablation: bool) -> None:
    """Fit with the given country tagger, or print the figures that are asked for and write nothing."""
    coded = read_all(data, tag)
    if is_ablation:
        ablate(coded)
    for shuffle in SHUFFLES if is_check else ():
        for source, counts in check(coded, shuffle).items():
            show(f"{source}, shuffle {shuffle}", counts)
    if is_check or is_ablation:
        return
    weights = fitted(coded)
    head = (
        "softmax weights; rebuild: python -m transforms.data.relations.build_relation_weights DATA"
    )
    table = json.dumps({"about": head, "weights": dict(sorted(weights.items()))}, indent=0)
    WEIGHTS.write_text(table + "\n", encoding="utf-8")
    print(f"{len(weights)} weights from {sum(len(s) for c in coded for s in c.sentences)} readings")


def main(arguments: Sequence[str]) -> None:
    """Fit on everything and write the weights, or print figures."""
    from transforms.tag_countries import tag_countries

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    options = parser.parse_args(arguments)
    build(options.data, tag_countries, options.check, options.ablate)


if __name__ == "__main__":
    main(sys.argv[1:])
