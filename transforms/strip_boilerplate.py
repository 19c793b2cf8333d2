"""Lines of a text without a page come in; those that are article text go out, and the others with rules.

Every line that leaves carries the rule it fell to, so that a person can see why it went. Lines of
a body are read in their order: a block that announces itself ("Sponsored Content", "Related") takes
the lines that can only belong to it along. The lines of a page are judged by `article_lines`: these
rules after it lose as much as they gain.
"""

from __future__ import annotations

from schemas.records import Removal
from transforms.pages.boilerplate_phrases import count_words
from transforms.pages.line_rules import line_rule

# Rules whose label line opens a block: the short lines after it belong to it.
_OPENERS = frozenset({"sponsored", "app-promo", "newsletter", "subscribe", "related", "comments"})
_BLOCK_LINE_WORDS = 20


def keep_lines(lines: list[str]) -> list[bool]:
    """True for each line that is article content. The lines are unrelated: each stands alone."""
    return [not line_rule(line) for line in lines]


def split_lines(lines: list[str]) -> tuple[list[str], list[Removal]]:
    """The lines of one text in their order: those that stay, and those that go with their rules."""
    rules = [line_rule(line) for line in lines]
    _close_tail_block(lines, rules)
    kept = [line for line, rule in zip(lines, rules, strict=True) if not rule]
    removed = [
        Removal(line, rule)
        for line, rule in zip(lines, rules, strict=True)
        if rule and rule != "empty"
    ]
    return kept, removed


def _close_tail_block(lines: list[str], rules: list[str]) -> None:
    """After an announced block at the end of a text, short lines up to the end go as well.

    Only the tail: in the middle of a text the story goes on after a promo, at its end it does not.
    """
    last_content = max(
        (i for i, line in enumerate(lines) if _is_paragraph(line, rules[i])), default=-1
    )
    opener = ""
    for i in range(last_content + 1, len(lines)):
        if rules[i] in _OPENERS:
            opener = rules[i]
        elif not rules[i] and opener:
            rules[i] = opener


def _is_paragraph(line: str, rule: str) -> bool:
    if rule:
        return False
    words = count_words(line)
    return words >= _BLOCK_LINE_WORDS or (words >= 8 and line.rstrip()[-1:] in '.!?。”"»')
