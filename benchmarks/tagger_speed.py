"""Sentences a second of the tagger on one core, beside a plain automaton and spaCy's small model.

    python -m benchmarks.tagger_speed [ARTICLES.jsonl] [--spacy PYTHON] [--rounds 5] [--limit 400]

ARTICLES holds an object with the field `text` a line, its first paragraph the headline; without it,
the bundled newsroom's English stories are taken, several times over. Measured in CPU seconds, all in
one run, round by round, the best round of each:

- full: language, countries, relations and pairs, as the pipeline tags an article;
- countries: names, roles and salience alone;
- automaton: the bare scan for the lexicon's names, what any tagger of names must pay;
- spaCy: `en_core_web_sm` as `spacy.load` gives it, and with all but its named entities off, in the
  interpreter PYTHON, which needs spaCy and the model. It is left out where that has neither.

Then the memory and the start of a process that tags its first article.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.newsroom.stories import load_outlets
from transforms.countries.lexicon import packaged_lexicon
from transforms.detect_language import detect_language
from transforms.split_sentences import split_sentences
from transforms.tag_countries import split_headline, tag_countries
from transforms.tag_pairs import tag_pairs
from transforms.tag_relations import tag_relations

SPACY = """
import json, sys, time
try:
    import spacy
    options = {"enable": ["tok2vec", "ner"]} if sys.argv[3] == "names" else {}
    model = spacy.load(sys.argv[1], **options)
except (ImportError, OSError) as error:
    sys.exit(str(error).splitlines()[0])
texts = json.load(sys.stdin)
best = float("inf")
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    for _ in model.pipe(texts, n_process=1):
        pass
    best = min(best, time.process_time() - start)
print(best)
"""
START = """
import time
def megabytes():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1]) / 1e3
before, start = megabytes(), time.process_time()
from transforms.tag_countries import tag_countries
tag_countries("", "France met Germany in Oslo.", language="en")
countries = megabytes() - before, time.process_time() - start
from transforms.detect_language import load_classifier
from transforms.tag_pairs import tag_pairs
from transforms.tag_relations import tag_relations
load_classifier()
tags = tag_countries("", "France met Germany in Oslo.", language="en")
relations = tag_relations("", "France met Germany in Oslo.", tags, language="en")
tag_pairs("", "France met Germany in Oslo.", tags, relations, language="en")
print("countries", *countries, "full", megabytes() - before, time.process_time() - start)
"""


class Speed(NamedTuple):
    """The best round of one way to read the texts."""

    name: str
    seconds: float


def articles(path: Path | None, limit: int) -> list[str]:
    """The texts, their headline in the first paragraph."""
    if path:
        lines = path.read_text(encoding="utf-8").splitlines()[:limit]
        return [json.loads(line)["text"] for line in lines]
    stories = [
        "\n".join([story.headline, *story.paragraphs])
        for outlet in load_outlets(1)
        if outlet.language.startswith("en")
        for story in outlet.stories
        if story.paragraphs
    ]
    return (stories * (limit // len(stories) + 1))[:limit]


def scan(text: str) -> None:
    """One pass of the automaton, its hits thrown away."""
    packaged_lexicon().surfaces.find(text)


def tag_all(text: str) -> None:
    """Language, countries, relations and pairs, as the pipeline tags an article."""
    headline, body = split_headline(text)
    language = detect_language(f"{headline}\n{body}")
    countries = tag_countries(headline, body, language=language)
    relations = tag_relations(headline, body, countries, language=language)
    tag_pairs(headline, body, countries, relations, language=language)


def tag_alone(text: str) -> None:
    """Countries with roles and salience, the language known."""
    tag_countries(*split_headline(text), language="en")


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """CPU seconds of one round."""
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def spacy_seconds(arguments: argparse.Namespace, part: str, texts: list[str]) -> float | None:
    """CPU seconds of spaCy's best round; None where the interpreter has no spaCy or no model."""
    command = [arguments.spacy, "-c", SPACY, arguments.model, "2", part]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"spaCy is left out: {done.stderr.strip().splitlines()[-1]}")
        return None
    return float(done.stdout)


def main() -> None:
    """Print the table of speeds and the start of a worker."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--spacy", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--model", default="en_core_web_sm")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=400)
    arguments = parser.parse_args()
    texts = articles(arguments.articles, arguments.limit)
    sentences = sum(len(split_sentences(text)) for text in texts)
    print(f"{len(texts)} articles, {sentences} sentences, {sum(map(len, texts))} characters")
    ways: dict[str, Callable[[str], object]] = {
        "full": tag_all,
        "countries": tag_alone,
        "automaton": scan,
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(arguments.rounds + 1):  # the first round warms up
        best = {name: min(best[name], seconds(work, texts)) for name, work in ways.items()}
    for name, spent in best.items():
        print(f"{name:<10}{sentences / spent:>12,.0f} sentences/s{best['full'] / spent:>10.2f}")
    for part in ("names", "whole"):
        spacy = spacy_seconds(arguments, part, texts)
        if spacy:
            times = ", ".join(f"{name} {spacy / best[name]:.0f}" for name in ("full", "countries"))
            print(f"spaCy {part}: {sentences / spacy:,.0f} sentences/s; times that: {times}")
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    _, memory, start, _, full_memory, full_start = done.stdout.split()
    print(f"start: {float(memory):.0f} MB, {float(start):.2f} s with the tables of countries;")
    print(
        f"       {float(full_memory):.0f} MB, {float(full_start):.2f} s with all of the full tagger"
    )


if __name__ == "__main__":
    main()
