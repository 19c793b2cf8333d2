"""Score the tagger on our own hard cases: `python -m benchmarks.hard_countries [--half dev] [--misses]`.

`data/hard_countries.jsonl` holds a short text a line with the countries that it names: homonymous
cities, people, cultures, leaders by date, metonyms, longer names, endings and clitics, scripts
without spaces, words of other languages, headlines in capitals, newspapers, clubs, ships. Half `dev`
is for tuning; half `kept` is only ever counted, never looked at. Prints F1 of countries and the
share of texts that are right in full, by kind.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from schemas.countries import is_country
from transforms.detect_language import detect_language
from transforms.tag_countries import tag_countries

CASES = Path(__file__).with_name("data") / "hard_countries.jsonl"


class Counts(NamedTuple):
    """What was found over a number of texts."""

    texts: int
    right: int  # texts whose countries are all found and no others
    gold: int
    found: int
    both: int

    @property
    def f1(self) -> float:
        """Micro-averaged, in percent."""
        return 200 * self.both / max(1, self.gold + self.found)

    @property
    def exact(self) -> float:
        """Texts that are right in full, in percent."""
        return 100 * self.right / max(1, self.texts)


def hard_cases(half: str = "") -> list[dict[str, Any]]:
    """The cases of one half, `dev` or `kept`; all of them without one."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [case for case in map(json.loads, lines) if not half or case["half"] == half]


def tagged(case: dict[str, Any]) -> set[str]:
    """The countries found in a case's text; its language is detected as for any article."""
    text, date = case["text"], case.get("date")
    micros = (
        int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp()) * 10**6 if date else None
    )
    countries = tag_countries("", text, language=detect_language(text), date=micros)
    return {country.code for country in countries if is_country(country.code)}


def counts(results: Iterable[tuple[set[str], set[str]]]) -> Counts:
    """Sum up (gold, found) of texts."""
    pairs = list(results)
    return Counts(
        len(pairs),
        sum(gold == found for gold, found in pairs),
        sum(len(gold) for gold, _ in pairs),
        sum(len(found) for _, found in pairs),
        sum(len(gold & found) for gold, found in pairs),
    )


def main() -> None:
    """Print the table by kind and, of the dev half, what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--half", choices=("dev", "kept"), default="dev")
    parser.add_argument("--misses", action="store_true", help="show what is wrong in the dev half")
    arguments = parser.parse_args()
    by_kind: dict[str, list[tuple[set[str], set[str]]]] = defaultdict(list)
    for case in hard_cases(arguments.half):
        gold, found = set(case["countries"]), tagged(case)
        by_kind[case["kind"]].append((gold, found))
        if arguments.misses and arguments.half == "dev" and gold != found:
            print(
                f"{case['id']}: missed {sorted(gold - found)} wrong {sorted(found - gold)}: {case['text']}"
            )
    every = [result for results in by_kind.values() for result in results]
    for kind, results in [*sorted(by_kind.items()), ("all", every)]:
        row = counts(results)
        print(f"{kind:<18}{row.texts:>6} texts   F1 {row.f1:6.1f}   right in full {row.exact:6.1f}")


if __name__ == "__main__":
    main()
