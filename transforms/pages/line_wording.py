"""Lines of text and what the page says of its article come in, columns of numbers go out.

What a line shares with the page's own headline, description, authors and `articleBody`, and which
family of boilerplate phrases it meets: here both are evidence among other evidence, not verdicts.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from transforms.pages.line_rules import line_rule
from transforms.pages.shared_words import Held, words_and_runs

Numbers = NDArray[np.float32]
MAX_RULE_CHARS = 600
MAX_BODY = 200_000
MOST_COMPARED = 1_500  # characters of a line that are compared with others
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


def tokens_of(text: str) -> list[str]:
    """The words of a line in lower case, each CJK character by itself."""
    return _known_tokens(text) if len(text) <= MOST_COMPARED else TOKEN.findall(text.casefold())


@functools.lru_cache(maxsize=4_096)  # asked twice of lines that stay, and of furniture on each page
def _known_tokens(text: str) -> list[str]:
    return TOKEN.findall(text.casefold())


def told_columns(texts: list[str], facts: PageFacts) -> dict[str, Numbers]:
    """The columns of TOLD: shares of common words, and of the runs of four in `articleBody`."""
    tokens = [tokens_of(text[:MOST_COMPARED]) for text in texts]
    headline, standfirst = (
        tokens_of(text[:MOST_COMPARED]) for text in (facts.headline, facts.standfirst)
    )
    keys = [word for word in (*headline, *standfirst) if len(word) > 4 or word > "\u2e80"]
    body = TOKEN.findall(facts.body[:MAX_BODY].casefold())
    words, runs = words_and_runs([*tokens, headline, standfirst, keys, body])
    at = range(count := len(texts), count + 4)  # where these stand after the lines
    word_counts = np.bincount(words.texts, minlength=count + 4)
    run_counts = np.bincount(runs.texts, minlength=count + 4)

    def shared(held: Held, text: int) -> NDArray[np.intp]:
        return np.bincount(held.texts[held.of(text)], minlength=count + 4)[:count]

    is_short = np.fromiter(map(len, tokens), np.intp, count) <= 80
    lines = np.maximum(word_counts[:count], 1)
    columns: dict[str, ArrayLike] = {}
    for name, text in (("headline", at[0]), ("standfirst", at[1])):
        common = shared(words, text) * is_short
        columns[f"in-{name}"] = common / lines
        columns[f"of-{name}"] = common / max(word_counts[text], 1)
    columns["in-body"] = shared(runs, at[3]) / np.maximum(run_counts[:count], 1)
    columns["has-body"] = np.full(count, run_counts[at[3]] > 0)
    columns |= _named(texts, facts)
    columns["key-words"] = shared(words, at[2]) / max(word_counts[at[2]], 1)
    columns |= _said_twice(runs, run_counts[:count])
    return {name: np.asarray(columns[name], np.float32) for name in TOLD}


def _named(texts: list[str], facts: PageFacts) -> dict[str, ArrayLike]:
    """Does a line that is no paragraph name an author, or the site?"""
    folded = [text.casefold() if len(text) < 300 else text for text in texts]
    authors = [name.casefold() for name in facts.authors if len(name) > 4]
    publisher = facts.publisher.casefold()
    return {
        "names-author": [len(t) < 300 and any(name in t for name in authors) for t in folded],
        "names-site": [len(t) < 300 and bool(publisher) and publisher in t for t in folded],
    }


def _said_twice(runs: Held, counts: NDArray[np.intp]) -> dict[str, ArrayLike]:
    """The shares of a line's runs that lines before it hold, and that lines after it say again."""
    is_long = np.append(counts > 3, np.zeros(4, bool))  # without what the lines are compared with
    said = runs.among(is_long[runs.texts])
    first = said.first()
    again = first < said.texts
    sizes = np.maximum(counts, 1)
    return {
        "said-before": np.bincount(said.texts[again], minlength=len(counts)) / sizes,
        "said-later": np.bincount(first[again], minlength=len(counts)) / sizes,
    }


def runs_of(tokens: list[str]) -> frozenset[tuple[str, ...]]:
    """The runs of four tokens; none where there are fewer."""
    return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
