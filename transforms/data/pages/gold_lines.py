"""Labelled pages come in, their lines with features, labels and weights go out: what the model learns.

A folder holds `gold.jsonl` (id, source, site, url, text; where known title, optional, with, without)
and `pages/ID.html.gz`. A line is article text where the longest common run of page and gold text
covers half of it and half of its runs of four words are in the gold text.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.errors import FinalError
from transforms.pages.line_table import LineTable, Table, read_table
from transforms.pages.line_wording import TOKEN
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import read_metadata

Floats = NDArray[np.float32]
Tokens = list[str]

# Gold that people made counts more than gold that was found by a program or is known to be noisy.
SOURCE_WEIGHTS = {"zyte": 2.0, "feval": 1.5, "n4k": 0.8, "traf": 0.5}
SIZE_POWER = (
    0.25  # of a line's tokens: what is long costs more, but a page is right only as a whole
)
_SNIPPET_CHARS = 15  # shorter ones stand anywhere


class LabelledPage(NamedTuple):
    """A page: one label and one weight for each line that was found."""

    source: str
    site: str
    found: LineTable
    whole: Table  # all features of all lines
    labels: Floats
    weights: Floats  # 0 for lines whose label is open
    gold: Tokens  # empty for pages of which only snippets are known
    neutral: NDArray[np.bool_]  # the headline and optional paragraphs: neither right nor wrong


def read_labelled_pages(folder: Path) -> Iterator[LabelledPage]:
    """The pages of a folder in the order of its `gold.jsonl`, without those that hold no line."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            body = gzip.decompress((folder / "pages" / f"{record['id']}.html.gz").read_bytes())
            try:
                tree = load_page(body)
            except FinalError:
                continue
            found = read_table(tree, read_metadata(tree, record.get("url") or ""))
            if found is not None:
                yield _labelled(record, found)


def _labelled(record: dict[str, Any], found: LineTable) -> LabelledPage:
    texts = found.texts
    tokens = [TOKEN.findall(text) for text in texts]
    gold = TOKEN.findall(record.get("text") or "")
    if gold:
        labels = _labels(tokens, gold)
        neutral = _neutral(tokens, gold, record)
        weights = np.where(neutral, 0.0, 1.0)
    else:
        labels, weights = _snippet_labels(record, texts)
        neutral = np.zeros(len(texts), bool)
    sizes = np.array([max(len(words), 1) for words in tokens])
    weights = weights * sizes**SIZE_POWER * SOURCE_WEIGHTS.get(record["source"], 1.0)
    return LabelledPage(
        record["source"], record["site"], found, found.whole(np.arange(len(texts))), labels.astype(np.float32), weights.astype(np.float32), gold, neutral,
    )  # fmt: skip


def _labels(tokens: list[Tokens], gold: Tokens) -> NDArray[np.bool_]:
    flat = [token for line in tokens for token in line]
    owner = np.repeat(np.arange(len(tokens)), [len(line) for line in tokens])
    covered = np.zeros(len(tokens))
    for start, _, size in SequenceMatcher(None, flat, gold, autojunk=False).get_matching_blocks():
        np.add.at(covered, owner[start : start + size], 1)
    wanted = runs(gold)
    return np.array(
        [
            bool(line)
            and hits >= (0.5 if len(line) >= 4 else 1) * len(line)
            and _is_part(line, wanted)
            for line, hits in zip(tokens, covered, strict=True)
        ]
    )


def _is_part(line: Tokens, wanted: Counter[tuple[str, ...]]) -> bool:
    own = [tuple(line[i : i + 4]) for i in range(len(line) - 3)]
    return not own or sum(run in wanted for run in own) >= 0.5 * len(own)


def _neutral(tokens: list[Tokens], gold: Tokens, record: dict[str, Any]) -> NDArray[np.bool_]:
    """Lines that repeat the headline or an optional paragraph and are not in the gold text."""
    optional = [*(record.get("optional") or []), record.get("title") or ""]
    free = sum((runs(TOKEN.findall(text)) for text in optional), Counter[tuple[str, ...]]())
    wanted, flat = runs(gold), f" {' '.join(TOKEN.findall(' '.join(optional)))} "
    flat_gold = f" {' '.join(gold)} "

    def occurs(line: Tokens, known: Counter[tuple[str, ...]], text: str) -> bool:
        return _is_part(line, known) if len(line) >= 4 else f" {' '.join(line)} " in text

    return np.array(
        [
            len(line) >= 3 and occurs(line, free, flat) and not occurs(line, wanted, flat_gold)
            for line in tokens
        ]
    )


def _snippet_labels(
    record: dict[str, Any], texts: list[str]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Labels from snippets that the text must or must not hold; the other lines weigh nothing."""
    wanted, banned = (
        [" ".join(snippet.split()) for snippet in record.get(key) or []]
        for key in ("with", "without")
    )
    labels, weights = np.zeros(len(texts), bool), np.zeros(len(texts))
    for index, text in enumerate(texts):
        is_wanted = any(len(s) > _SNIPPET_CHARS and s in text for s in wanted)
        is_banned = any(s == text or (len(s) > _SNIPPET_CHARS and s in text) for s in banned)
        labels[index] = is_wanted and not is_banned
        weights[index] = is_wanted or is_banned
    return labels, weights


def runs(tokens: Tokens) -> Counter[tuple[str, ...]]:
    """The runs of four tokens, counted; a shorter text is one run."""
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))
