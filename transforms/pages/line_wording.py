"""Lines of text and what the page says of its article come in, columns of numbers go out.

What a line shares with the page's own headline, description, authors and `articleBody`, and which
family of boilerplate phrases it meets: here both are evidence among other evidence, not verdicts.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.pages.line_rules import learn_rules, line_rule

Numbers = NDArray[np.float32]
Run = tuple[str, ...]  # of four words
MAX_RULE_CHARS = 600
MOST_RULED = 250  # characters of a line whose rule is a feature: of longer ones, one in 300 has one
MAX_BODY = 200_000
MOST_COMPARED = 1_500  # characters of a line that are compared with others
LONG = 500  # characters of a line whose words are compared with headline and summary
PARAGRAPH = 300  # characters of a line that names an author or the site in running text
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)
_SIGNS = "’“”‘—–…\u00a0"  # all that is no ASCII in most lines of English
# As TOKEN for ASCII: bytes are translated in a small part of the time that characters take
_BLANKED = bytes(code if chr(code).isalnum() else 32 for code in range(128)).ljust(256)

# The rules of `line_rules` and `boilerplate_phrases`, those of one kind as one feature.
RULES = {
    "rule-byline": "byline bio", "rule-caption": "caption credit", "rule-related": "related read-more",
    "rule-share": "share icons comments", "rule-advert": "sponsored affiliate app-promo self-promo",
    "rule-newsletter": "newsletter subscribe", "rule-legal": "legal", "rule-section": "section",
}  # fmt: skip
_KINDS = (*RULES, "rule-other")
_KIND_OF = {rule: _KINDS.index(kind) for kind, rules in RULES.items() for rule in rules.split()}
_KIND_OF[""] = -1  # none
TOLD = (
    "in-headline", "of-headline", "in-standfirst", "of-standfirst", "in-body", "has-body",
    "names-author", "names-site",
)  # fmt: skip


class PageFacts(NamedTuple):
    """What a page says of its article, as far as lines are compared with it."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""  # of its JSON-LD
    authors: tuple[str, ...] = ()
    publisher: str = ""


def line_wording(texts: list[str], facts: PageFacts) -> dict[str, NDArray[Any]]:
    """The columns of what each line says, by name, in a fixed order; the lines around it do not matter."""
    rules = line_rules(texts, MOST_RULED)
    columns: dict[str, NDArray[Any]] = {f"phrase.{n}": c for n, c in rule_columns(rules).items()}
    return columns | {f"told.{name}": c for name, c in told_columns(texts, facts).items()}


def line_rules(texts: list[str], longest: int = MAX_RULE_CHARS) -> list[str]:
    """The boilerplate rule of each line, "" for none (and for lines as long as a paragraph)."""
    learn_rules(text for text in texts if len(text) <= longest)
    return [line_rule(text) if len(text) <= longest else "" for text in texts]


def rule_columns(rules: list[str]) -> dict[str, NDArray[np.bool_]]:
    """One column for any rule, and one for each kind."""
    other = len(RULES)
    kinds = np.array([_KIND_OF.get(rule, other) for rule in rules], np.int8)
    return {"rule": kinds >= 0, **{name: kinds == kind for kind, name in enumerate(_KINDS)}}


def tokens_of(text: str) -> list[str]:
    """The words of a line in lower case, each CJK character by itself."""
    return _known_tokens(text) if len(text) <= MOST_COMPARED else _tokens(text)


def _tokens(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        for sign in _SIGNS:
            folded = folded.replace(sign, " ")
    if folded.isascii():
        return folded.encode().translate(_BLANKED).decode().split()
    return TOKEN.findall(folded)


_known_tokens = functools.lru_cache(maxsize=4_096)(_tokens)  # asked twice of lines that stay


def told_columns(texts: list[str], facts: PageFacts) -> dict[str, Numbers]:
    """The columns of TOLD: shares of common words, and of the runs of four in `articleBody`."""
    headline, standfirst = (
        set(tokens_of(text[:MOST_COMPARED])) for text in (facts.headline, facts.standfirst)
    )
    words = [set(tokens_of(text)) if len(text) <= LONG else set() for text in texts]
    sizes = np.maximum(np.fromiter(map(len, words), np.intp, len(texts)), 1)
    in_headline, in_standfirst = (
        np.fromiter((len(own & others) for own in words), np.intp, len(texts))
        for others in (headline, standfirst)
    )
    body = _runs_of_body(facts.body)
    columns = (
        in_headline / sizes,
        in_headline / max(len(headline), 1),
        in_standfirst / sizes,
        in_standfirst / max(len(standfirst), 1),
        [_share_of_runs(text, body) for text in texts] if body else np.zeros(len(texts)),
        np.full(len(texts), bool(body)),
        *_named(texts, facts),
    )
    return {name: np.asarray(c, np.float32) for name, c in zip(TOLD, columns, strict=True)}


def _named(texts: list[str], facts: PageFacts) -> tuple[list[bool], list[bool]]:
    """Does a line that is no paragraph name an author, and does it name the site?"""
    folded = [text.casefold() if len(text) < PARAGRAPH else "" for text in texts]
    authors = [name.casefold() for name in facts.authors if len(name) > 4]
    publisher = facts.publisher.casefold() or "\n"  # no line holds that
    return (
        [any(name in text for name in authors) for text in folded]
        if authors
        else [False] * len(texts),
        [publisher in text for text in folded],
    )


@functools.lru_cache(maxsize=1)  # of a page, whose lines are asked twice
def _runs_of_body(body: str) -> frozenset[Run]:
    return runs_of(_tokens(body[:MAX_BODY]))


def _share_of_runs(text: str, runs: frozenset[Run]) -> float:
    """The share of a line's runs of four words that are among `runs`."""
    own = runs_of(tokens_of(text[:MOST_COMPARED]))
    return len(own & runs) / max(len(own), 1)


def is_key(word: str) -> bool:
    """Is it a long word, or a Chinese or Japanese character?"""
    return len(word) > 4 or word > "\u2e80"


def key_words(folded: list[str], facts: PageFacts) -> dict[str, Numbers]:
    """For each line in small letters the share of the long words of headline and summary that it has.

    All lines are read at once; words are found within longer ones, too.
    """
    told = (
        *tokens_of(facts.headline[:MOST_COMPARED]),
        *tokens_of(facts.standfirst[:MOST_COMPARED]),
    )
    keys = list(dict.fromkeys(filter(is_key, told)))
    text, counts = "\n".join(folded), [0] * len(folded)
    ends = list(accumulate(len(line) + 1 for line in folded))
    for key in keys:
        at = text.find(key)
        while at >= 0:
            line = bisect_right(ends, at)
            counts[line] += 1
            at = text.find(key, ends[line])
    return {"key-words": np.array(counts, np.float32) / np.float32(max(len(keys), 1))}


def runs_of(tokens: list[str]) -> frozenset[Run]:
    """The runs of four tokens; none where there are fewer."""
    return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
