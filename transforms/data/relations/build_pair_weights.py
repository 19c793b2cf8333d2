"""Annotated stories come in (a folder of evaluation sets and our own stories); the weights of the pair score go out.

    python -m transforms.data.relations.build_pair_weights DATA [--check] [--leave-out]

The chance of a pair is a logistic regression over `pair_features`, one example per candidate pair; which pair comes
first in a story is fitted on its pairs together, near these weights. Coded
sentences are given the relations that weights fitted without them find, as new text is. Where the
gold only says which countries a story is about, spurious triangles, venues and surveys of many countries are left
out, since there every two of them make a pair. `--check` prints F1 from a score of .5, the share of right top pairs and the
calibration error in ten bins, cross-validated over stories in ten folds, versions of one story in one
fold; `--leave-out` the same for each set by weights fitted without it, and for sets that are never fitted.
Both write nothing. Only the weights ship, never a story of DATA.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from transforms.data.relations.build_relation_weights import OWN as OWN_SENTENCES
from transforms.data.relations.build_relation_weights import SHUFFLES, read_all, read_held_out
from transforms.data.relations.coded_sentences import SAME_TEXT, Pair, Tagger, folded
from transforms.data.relations.pair_figures import Story, by_folds, by_sets, figures
from transforms.data.relations.softmax_fit import minimum
from transforms.detect_language import detect_language
from transforms.relations.pair_features import (
    FEATURES,
    Strength,
    candidate_pairs,
    features_of,
    story_of,
    strength_of,
)
from transforms.tag_countries import split_headline
from transforms.tag_pairs import Weights, find_meetings, ranked_countries
from transforms.tag_relations import tag_relations

HERE: Final = Path(__file__).parent
WEIGHTS: Final = HERE / "pair_weights.json"
# Our own stories and coded sentences, in halves.
OURS: Final = {"own": OWN_SENTENCES.with_name("hard_pairs.jsonl"), "sentences": OWN_SENTENCES}
# Weight of a candidate pair of each set.
SETS: Final = {
    "reuters": 1.0,
    "plover": 2.0,
    "petr2gsr": 1.0,
    "petrunit": 1.0,
    "own": 2.0,
    "sentences": 0.5,
}
ABOUT: Final = "reuters"  # its gold says which countries a story is about
# Where every two countries make a pair for such a gold.
UNTOLD: Final = ("triangle", "venue", "survey", "apart")
RIDGE: Final = 1.0
NEARNESS: Final = 1.0  # how near the weights of the order stay to those of the chance, by CV
# What says which pair comes first, and not how likely it is: with these, triangles rise.
OF_ORDER: Final = frozenset(
    ("dated", "dated low", "order", "opening", "times", "times high", "share")
)
Strengths = dict[Pair, list[float]]
Numbers = NDArray[np.float64]


def read_stories(data: Path, tag: Tagger) -> list[Story]:
    """All stories of DATA, and the first half of our own stories and sentences."""
    held_out = _held_out_strengths(data, tag)
    stories = []
    for source in SETS:
        path = OURS.get(source, data / f"{source}.jsonl")
        stories += [_story(source, record, tag, held_out) for record in _records(path, "train")]
    return stories


def read_others(data: Path, tag: Tagger) -> list[Story]:
    """What is never fitted: hard sentences of DATA, and the other half of our own."""
    hard = [_story("hard", record, tag, {}) for record in _records(data / "hard.jsonl", "")]
    ours = [
        _story(f"{source}, kept half", record, tag, {})
        for source, path in OURS.items()
        for record in _records(path, "test")
    ]
    return hard + ours


def _records(path: Path, half: str) -> Iterator[dict[str, Any]]:
    """The news of a file; of a file in halves only those of `half`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        is_english = record.get("language", "en") == "en"
        if is_english and record.get("news", True) and record.get("half", half) == half:
            yield record


def _held_out_strengths(data: Path, tag: Tagger) -> dict[str, Strengths]:
    """Text -> how strongly relations join its pairs, found by weights fitted without it."""
    found: dict[str, Strengths] = {}
    for coded, readings in read_held_out(read_all(data, tag), SHUFFLES[0]):
        strength = found.setdefault(coded.text, {})
        for reading, chance in readings:
            for a, b in reading.pairs if reading.quad_class else ():
                strength.setdefault((min(a, b), max(a, b)), []).append(chance)
    return found


def _story(
    source: str, record: dict[str, Any], tag: Tagger, held_out: dict[str, Strengths]
) -> Story:
    headline, body = _parts(record)
    language = detect_language(f"{headline}\n{body}")
    countries = tag(headline, body, language=language)
    ranked = ranked_countries(countries)
    meetings = find_meetings(headline, body, ranked, language)
    text = record.get("text")
    strength: Strength | None = held_out.get(text) if text else None
    if strength is None:  # no sentence of the other fit
        strength = strength_of(tag_relations(headline, body, countries, language=language))
    told = story_of(ranked, meetings, strength)
    pairs = candidate_pairs([country.code for country in ranked])
    return Story(
        source,
        (headline + body).strip()[:SAME_TEXT],
        len(meetings),
        [_today(pair) for pair in pairs],
        [features_of(a, b, told) for a, b in pairs],
        {pair for pair in map(_today, _gold(record)) if pair[0] != pair[1]},
        len(record.get("countries", ("", ""))) > 1,
    )


def _gold(record: dict[str, Any]) -> list[Sequence[str]]:
    """The pairs of a record, or those of its coded statements."""
    pairs: list[Sequence[str]] = record.get("pairs") or record.get("directed", [])
    return pairs


def _parts(record: dict[str, Any]) -> tuple[str, str]:
    if "headline" in record:
        return record["headline"], record["body"]
    return split_headline(record["text"])


def _today(pair: Sequence[str]) -> Pair:
    one, other = folded((pair[0], pair[1]))
    return (one, other) if one < other else (other, one)


def fit(stories: Sequence[Story]) -> Weights:
    """The weights of the chance of a pair, and of the order of the pairs of a story."""
    used = [(s, i) for s in stories for i in range(len(s.pairs)) if _tells(s, s.features[i])]
    rows = np.array([story.features[i] for story, i in used], float)
    answers = np.array([float(story.pairs[i] in story.gold) for story, i in used])
    importance = np.array([SETS[story.source] for story, _ in used])
    tells = np.array([name not in OF_ORDER for name in FEATURES])
    likely = np.zeros(len(FEATURES))
    likely[tells] = _likely(rows[:, tells], answers, importance)
    return Weights(
        [round(value, 4) for value in likely.tolist()],
        [round(value, 4) for value in _ranked(stories, likely).tolist()],
    )


def _likely(rows: Numbers, answers: Numbers, importance: Numbers) -> Numbers:
    """Ridge logistic regression, by Newton's steps."""
    weights = np.zeros(rows.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (importance * (chance - answers)) + RIDGE * weights
        spread = importance * np.maximum(chance * (1 - chance), 1e-4)
        weights -= np.linalg.solve((rows.T * spread) @ rows + RIDGE * np.eye(len(weights)), slope)
    return weights


def _ranked(stories: Sequence[Story], start: Numbers) -> Numbers:
    """The weights near `start` under which a right pair is the likeliest of its story to come first.

    Fitted on the stories whose gold says what they are about, by the softmax over a story's pairs.
    """
    lists = [
        (np.array(s.features, float), [pair in s.gold for pair in s.pairs])
        for s in stories
        if s.source == ABOUT and s.has_several and s.gold.intersection(s.pairs)
    ]
    if not lists:
        return start
    rows = np.concatenate([part for part, _ in lists])
    right = np.concatenate([np.array(answers) for _, answers in lists])
    sizes = [len(answers) for _, answers in lists]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    group = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        sums = rows @ weights
        power = np.exp(sums - np.maximum.reduceat(sums, starts)[group])
        hit = np.where(right, power, 0.0)
        whole, part = np.add.reduceat(power, starts), np.add.reduceat(hit, starts)
        part = np.maximum(part, 1e-300)
        away = weights - start
        value = -float(np.log(part / whole).sum()) + 0.5 * NEARNESS * float(away @ away)
        return value, rows.T @ (power / whole[group] - hit / part[group]) + NEARNESS * away

    return minimum(loss, start)


def _tells(story: Story, features: Sequence[float]) -> bool:
    return story.source != ABOUT or not any(features[FEATURES.index(name)] for name in UNTOLD)


def check(stories: Sequence[Story]) -> None:
    """Print cross-validated figures by set, for each division into folds."""
    for shuffle in SHUFFLES:
        scored = by_folds(stories, fit, shuffle)
        for source in SETS:
            print(figures(f"{source}, shuffle {shuffle}", scored[source]), flush=True)


def leave_out(stories: Sequence[Story], others: Sequence[Story]) -> None:
    """Print figures of each set by weights that have seen nothing of it."""
    for source, scored in by_sets(stories, others, fit):
        print(figures(f"{source}, left out", scored), flush=True)


def build(data: Path, tag: Tagger, is_check: bool, is_leave_out: bool) -> None:
    """Fit with the given country tagger, or print the figures that are asked for and write nothing."""
    stories = read_stories(data, tag)
    if is_check:
        check(stories)
    if is_leave_out:
        leave_out(stories, read_others(data, tag))
    if is_check or is_leave_out:
        return
    weights = fit(stories)
    tables = {"weights": _named(weights.likely), "order": _named(weights.order)}
    head = "linear weights; rebuild: python -m transforms.data.relations.build_pair_weights DATA"
    WEIGHTS.write_text(json.dumps({"about": head, **tables}, indent=0) + "\n", encoding="utf-8")
    print(f"{len(tables['weights'])} weights from {sum(len(s.pairs) for s in stories)} pairs")


def _named(weights: Sequence[float]) -> dict[str, float]:
    return {name: weight for name, weight in zip(FEATURES, weights, strict=True) if weight}


def main(arguments: Sequence[str]) -> None:
    """Fit on everything and write the weights, or print figures."""
    from transforms.tag_countries import tag_countries

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--leave-out", action="store_true")
    options = parser.parse_args(arguments)
    build(options.data, tag_countries, options.check, options.leave_out)


if __name__ == "__main__":
    main(sys.argv[1:])
