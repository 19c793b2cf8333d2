"""Lines of text and what the page says of its article come in, columns of numbers go out.

What a line shares with the page's own headline, description, authors and `articleBody`, and which
family of boilerplate phrases it meets: here both are evidence among other evidence, not verdicts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.pages.line_rules import line_rule

Numbers = NDArray[np.float32]
MAX_RULE_CHARS = 600
MAX_BODY = 200_000
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)

# The rules of `line_rules` and `boilerplate_phrases`, those of one kind as one feature.
RULES = {
    "rule-byline": "byline bio", "rule-caption": "caption credit", "rule-related": "related read-more",
    "rule-share": "share icons comments", "rule-advert": "sponsored affiliate app-promo self-promo",
    "rule-newsletter": "newsletter subscribe", "rule-legal": "legal", "rule-section": "section",
}  # fmt: skip
_KIND = {rule: kind for kind, rules in RULES.items() for rule in rules.split()}
TOLD = (
    "in-headline", "of-headline", "in-standfirst", "of-standfirst", "in-body", "has-body",
    "names-author", "names-site", "key-words", "said-before", "said-later",
)  # fmt: skip


class PageFacts(NamedTuple):
    """What a page says of its article, as far as lines are compared with it."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""  # of its JSON-LD
    authors: tuple[str, ...] = ()
    publisher: str = ""


def line_rules(texts: list[str]) -> list[str]:
    """The boilerplate rule of each line, "" for none (and for lines as long as a paragraph)."""
    return [line_rule(text) if len(text) <= MAX_RULE_CHARS else "" for text in texts]


def rule_columns(rules: list[str]) -> dict[str, Numbers]:
    """One column of 0 and 1 for each kind of rule, and one for any."""
    kinds = [_KIND.get(rule, "rule-other") if rule else "" for rule in rules]
    names = [*RULES, "rule-other"]
    columns = {name: np.array([kind == name for kind in kinds], np.float32) for name in names}
    return {"rule": np.array([bool(kind) for kind in kinds], np.float32), **columns}


def told_columns(texts: list[str], facts: PageFacts) -> dict[str, Numbers]:
    """The columns of TOLD: shares of common words, and of the runs of four in `articleBody`."""
    headline, standfirst = _words(facts.headline), _words(facts.standfirst)
    body = runs_of(TOKEN.findall(facts.body[:MAX_BODY].casefold()))
    authors = [name.casefold() for name in facts.authors if len(name) > 4]
    publisher = facts.publisher.casefold()
    keys = frozenset(word for word in headline | standfirst if len(word) > 4 or word > "\u2e80")
    rows = np.zeros((len(texts), len(TOLD)), np.float32)
    first: dict[tuple[str, ...], int] = {}
    again: dict[int, list[int]] = {}
    sizes = [0] * len(texts)
    for index, (row, text) in enumerate(zip(rows, texts, strict=True)):
        folded = text[:1500].casefold()
        tokens = TOKEN.findall(folded)
        words = frozenset(tokens)
        size = max(len(words), 1)
        if len(tokens) <= 80:
            common = len(words & headline)
            row[0], row[1] = common / size, common / max(len(headline), 1)
            common = len(words & standfirst)
            row[2], row[3] = common / size, common / max(len(standfirst), 1)
        row[8] = len(words & keys) / max(len(keys), 1)
        runs = runs_of(tokens)
        if body:
            row[4], row[5] = len(runs & body) / max(len(runs), 1), 1
        if len(runs) > 3:
            said = [first.setdefault(run, index) for run in runs]
            row[9] = sum(line < index for line in said) / len(said)
            for line in said:
                if line < index:
                    again.setdefault(line, []).append(index)
        if len(folded) < 300:
            row[6] = any(name in folded for name in authors)
            row[7] = bool(publisher) and publisher in folded
        sizes[index] = len(runs)
    for line, others in again.items():
        rows[line, 10] = len(others) / max(sizes[line], 1)
    return dict(zip(TOLD, rows.T, strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(TOKEN.findall(text[:1500].casefold()))


def runs_of(tokens: list[str]) -> frozenset[tuple[str, ...]]:
    """The runs of four tokens; none where there are fewer."""
    return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
