"""Score countries, pairs and relations on a batch written blind: `python -m benchmarks.blind [--half dev]`.

`data/blind.jsonl` holds headlines, leads and short stories in thirteen languages, written with
their answers before any rule was looked at. Of half `dev` the errors were read; half `kept` is only ever
counted. Prints F1 of countries, of pairs from a score of .5 on and of directed pairs, the share of
these in the right class of four, and F1 of directed pairs with their class.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from schemas.countries import is_country, successor
from transforms.data.relations.coded_sentences import class_of
from transforms.detect_language import detect_language
from transforms.tag_countries import tag_countries
from transforms.tag_pairs import tag_pairs
from transforms.tag_relations import tag_relations

CASES: Final = Path(__file__).with_name("data") / "blind.jsonl"
DAY: Final = int(datetime(2025, 11, 1, tzinfo=UTC).timestamp()) * 10**6  # on which all are read
DEALS_FROM: Final = 0.5
Directed = dict[tuple[str, str], set[int]]  # source and target -> classes


def answers(case: dict[str, Any]) -> tuple[set[str], set[tuple[str, ...]], Directed]:
    """Countries, pairs and directed pairs that are found in a case."""
    headline, body = case.get("headline", ""), case["text"]
    language = detect_language(f"{headline}\n{body}")
    countries = tag_countries(headline, body, language=language, date=DAY)
    relations = tag_relations(headline, body, countries, language=language)
    pairs = tag_pairs(headline, body, countries, relations, language=language)
    directed: Directed = defaultdict(set)
    for r in relations:
        if is_country(r.source) and is_country(r.target):
            directed[successor(r.source), successor(r.target)].add(class_of(r.event_type))
    return (
        {c.code for c in countries if is_country(c.code)},
        {tuple(sorted((p.a, p.b))) for p in pairs if p.score >= DEALS_FROM},
        directed,
    )


def add(counts: Counter[str], case: dict[str, Any]) -> None:
    """Count one case: `c`, `p`, `d` as wanted, found and both; `q` directed pairs in the right class."""
    countries, pairs, directed = answers(case)
    wanted: Directed = defaultdict(set)
    for source, target, kind, _ in case.get("directed", ()):
        wanted[source, target].add(class_of(kind))
    sets: list[tuple[str, set[Any], set[Any]]] = [
        ("c", set(case["countries"]), countries),
        ("p", {tuple(pair) for pair in case["pairs"]}, pairs),
    ]
    if "directed" in case:
        sets.append(("d", set(wanted), set(directed)))
        both = wanted.keys() & directed.keys()
        counts["q"] += sum(bool(wanted[pair] & directed[pair]) for pair in both)
    counts["texts"] += 1
    for name, gold, found in sets:
        counts[f"{name} both"] += len(gold & found)
        counts[f"{name} either"] += len(gold) + len(found)


def group_of(case: dict[str, Any]) -> str:
    """English sentences, English stories, or the language."""
    return "stories" if case["set"] == "story" else str(case["language"])


def row(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    f1 = [200 * counts[f"{x} both"] / max(1, counts[f"{x} either"]) for x in "cpd"]
    quad = 100 * counts["q"] / max(1, counts["d both"])
    both = 200 * counts["q"] / max(1, counts["d either"])
    told = f"   D {f1[2]:5.1f}   quad {quad:5.1f}   DQ {both:5.1f}" if counts["d either"] else ""
    return f"{name:<8}{counts['texts']:>5} texts   C {f1[0]:5.1f}   P {f1[1]:5.1f}{told}"


def main() -> None:
    """Print a row for each group and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--half", choices=("dev", "kept"), default="dev")
    half = parser.parse_args().half
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for case in map(json.loads, CASES.read_text(encoding="utf-8").splitlines()):
        if case["half"] == half:
            add(groups[group_of(case)], case)
            add(groups["all"], case)
    for name, counts in sorted(groups.items()):
        print(row(name, counts))


if __name__ == "__main__":
    main()
