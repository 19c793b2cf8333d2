"""The lines of a page and what the page says of its article come in; columns of numbers go out.

One value a line in each column. The part of a name before the dot is the feature's group: form, phrase,
told (what the page says of itself), link, mark (what blocks are called), place, level (the blocks above),
core (the block with the story), like (repetition), near (neighbours), headline.
"""

from __future__ import annotations

import numpy as np

from transforms.pages.line_forms import line_forms
from transforms.pages.line_headline import find_headline, from_headline
from transforms.pages.line_neighbours import distances, key_words_around, likeness, neighbours
from transforms.pages.line_places import cores, levels, links, marks, places
from transforms.pages.line_wording import PageFacts, rule_columns, told_columns
from transforms.pages.page_blocks import Columns, read_blocks
from transforms.pages.page_lines import PageLines

_PARAGRAPH_WORDS = 12


def line_features(page: PageLines, facts: PageFacts, rules: list[str]) -> Columns:
    """The features of each line of a page that has any, by name, in a fixed order."""
    base = line_forms(page.texts)
    linked = np.minimum(np.array(page.linked, np.float32) / base["chars"], 1)
    paragraph = (
        (base["words"] >= _PARAGRAPH_WORDS)
        & (linked < 0.5)
        & ((base["ends-sentence"] > 0) | (base["words"] >= 25))
    )
    base["mass"] = np.where(paragraph, base["chars"] * (1 - linked), 0).astype(np.float32)
    base["linked"] = linked
    base["link-chars"] = linked * base["chars"]
    base["rule"] = np.array([bool(rule) for rule in rules], np.float32)
    blocks = read_blocks(page, base)
    groups: dict[str, Columns] = {
        "form": {
            name: base[name]
            for name in base
            if name not in ("rule", "linked", "link-chars", "mass")
        },
        "phrase": rule_columns(rules),
        "told": told_columns(page.texts, facts),
        "link": links(page, base),
        "mark": marks(page, blocks),
        "place": places(page, base, blocks),
        "level": levels(base, blocks),
        "core": cores(base, blocks),
        "like": likeness(page, base, blocks),
        "near": neighbours(base, blocks),
    }
    headline = find_headline(groups["told"], base)
    groups["headline"] = from_headline(headline, page, base, blocks, groups)
    byline = (groups["phrase"]["rule-byline"] > 0) | (groups["mark"]["author"] <= 1)
    groups["near"] |= distances("byline", byline)
    groups["near"] |= distances("caption", groups["mark"]["caption"] <= 1)
    groups["near"] |= distances(
        "heading", np.minimum(groups["mark"]["h2"], groups["mark"]["h3-6"]) < 1
    )
    groups["told"] |= key_words_around(groups["told"]["key-words"], base)
    return {
        f"{group}.{name}": c for group, columns in groups.items() for name, c in columns.items()
    }
