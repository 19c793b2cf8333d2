"""What each group of rules gives to the F1 of countries: `python -m benchmarks.ablation [DATA]`.

Each group is taken away by itself and everything is tagged again: our own hard cases, and of DATA (a
folder with `countries/*.jsonl`) a sample of each set. Prints F1 as it is, and for each group by how
much F1 falls without it. In sets that ask what a story is about, salience from .5 on counts;
in the others every country that is listed.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.hard_countries import counts, hard_cases, tagged
from schemas.countries import is_country, successor
from transforms import tag_countries as door
from transforms.countries import context, matches, person, places
from transforms.countries.lexicon import Lexicon, Reading, build_lexicon, pack, packaged_lexicon
from transforms.detect_language import detect_language

ABOUT = "reuters"  # the set that asks what a story is about
SETS = ("reuters", "gwn", "trnews", "geovirus", "lgl", "plover")
Case = tuple[str, str, frozenset[str]]  # headline, body, countries
Without = Callable[[], AbstractContextManager[object]]


def cases_of(data: Path, name: str, limit: int) -> list[Case]:
    """A fixed sample of one set."""
    lines = (data / "countries" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    records = [r for r in map(json.loads, filter(None, lines)) if r.get("news", True)]
    if len(records) > limit:
        records = random.Random(7).sample(records, limit)
    return [
        (*door.split_headline(r["text"]), frozenset(map(successor, r["countries"])))
        for r in records
    ]


def f1_of(name: str, cases: list[Case]) -> float:
    """Micro-averaged F1 of countries, in percent."""
    floor = 0.5 if name == ABOUT else 0.0
    results = []
    for headline, body, gold in cases:
        language = detect_language(f"{headline}\n{body}")
        found = door.tag_countries(headline, body, language=language)
        codes = {successor(c.code) for c in found if is_country(c.code) and c.salience >= floor}
        results.append((set(gold), codes))
    return counts(results).f1


def f1_of_hard_cases() -> float:
    """The same of our own hard cases, both halves."""
    return counts((set(case["countries"]), tagged(case)) for case in hard_cases()).f1


def without_readings(is_wanted: Callable[[Reading], bool]) -> Without:
    """The tagger with a part of its lexicon only."""

    def change() -> AbstractContextManager[object]:
        whole = packaged_lexicon()
        kept = {
            surface: left
            for surface, packed in whole.by_surface().items()
            if (left := pack(r for r in whole.readings[packed] if is_wanted(r)))
        }
        return _with_lexicon(build_lexicon(kept, whole.endings))

    return change


def _with_lexicon(lexicon: Lexicon) -> AbstractContextManager[object]:
    tagger = door.CountryTagger()
    tagger._matcher = matches.Matcher(lexicon)
    return patch.object(door, "default_tagger", lambda: tagger)


def replaced(*changes: tuple[object, str, object]) -> Without:
    """Functions or tables of the rules replaced."""

    def change() -> AbstractContextManager[object]:
        stack = ExitStack()
        for module, name, value in changes:
            stack.enter_context(patch.object(module, name, value))
        return stack

    return change


def never(*_: object) -> bool:
    """A rule that finds nothing."""
    return False


GROUPS: Mapping[str, Without] = {
    "longer names that hide a country's": without_readings(lambda r: r.kind != "shadow"),
    "demonyms": without_readings(lambda r: r.kind != "demonym"),
    "cities and capitals": without_readings(lambda r: r.kind not in ("city", "capital")),
    "states and provinces": without_readings(lambda r: r.kind != "region"),
    "leaders": without_readings(lambda r: r.kind != "leader"),
    "governments and armed forces": without_readings(
        lambda r: r.kind not in ("government", "military")
    ),
    "endings": without_readings(lambda r: not r.suffixes or "b" in r.flags),
    "language gates": replaced(
        (matches, "choose", lambda readings, _languages, _day: readings[0] if readings else None),
    ),
    "people's names": replaced((context, "is_person", never)),
    "homonymous towns": replaced(
        (context, "by_region_behind", lambda _text, names: names),
        (context, "by_article", lambda names, _evidence: names),
        (context, "as_county", lambda _text, name: name),
    ),
    "parts of other names": replaced(
        (context, "is_part_of_name", never), (context, "is_part_of_address", never)
    ),
    "weak names need support": replaced((context, "WEAK_FLAGS", frozenset())),
    "a rule for each special name": replaced((context, "SPECIAL", {})),
    "cultures, ships and works": replaced((context, "is_thing", never)),
    "acronyms and capitals": replaced(
        (context, "_is_acronym", lambda _text, _name: True),
        (context, "_has_capitals_around", lambda _text, _name: True),
    ),
    "towns as evidence": replaced(
        (
            context,
            "evidence",
            lambda names, kinds=places.STRONG_KINDS: places.evidence(
                names, kinds - places.TOWN_KINDS
            ),
        ),
    ),
    "first names that are places": replaced((person, "ALSO_FIRST_NAMES", frozenset())),
    "roles of dateline and byline": replaced(
        (door, "dateline_end", lambda _body: 0), (door, "credits_start", len)
    ),
}


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, default=600, help="articles of each set (600)")
    arguments = parser.parse_args()
    sets: dict[str, list[Case]] = {}
    if arguments.data:
        sets = {name: cases_of(arguments.data, name, arguments.limit) for name in SETS}
    heads = ["hard cases", *sets]
    print(f"| without | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    whole = list(_figures(sets))
    print(f"| nothing | {' | '.join(f'{f1:.1f}' for f1 in whole)} |", flush=True)
    for name, without in GROUPS.items():
        with without():
            rows = [f1 - before for f1, before in zip(_figures(sets), whole, strict=True)]
        print(f"| {name} | {' | '.join(f'{gain:+.1f}' for gain in rows)} |", flush=True)


def _figures(sets: Mapping[str, Any]) -> Iterator[float]:
    yield f1_of_hard_cases()
    for name, cases in sets.items():
        yield f1_of(name, cases)


if __name__ == "__main__":
    main()
