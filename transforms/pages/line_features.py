"""The lines of a page and what the page says of its article come in; columns of numbers go out.

One value a line in each column, and none of them is dear. The part of a name before the dot is the
feature's group: form, told (what the page says of itself), link, mark (what blocks are called), place,
level (the blocks above), core (the block with the story), like (repetition), near (neighbours), headline.
What a line says (the groups phrase and told) is asked later and of fewer lines, see `line_wording`.
"""

from __future__ import annotations

import numpy as np

from transforms.pages.line_forms import line_forms
from transforms.pages.line_headline import find_headline, from_headline
from transforms.pages.line_neighbours import distances, key_words_around, likeness, neighbours
from transforms.pages.line_places import cores, levels, links, marks, places
from transforms.pages.line_runs import LineRuns, line_runs, said_twice
from transforms.pages.line_wording import PageFacts, key_words
from transforms.pages.page_blocks import Blocks, Columns, read_blocks
from transforms.pages.page_lines import PageLines

_PARAGRAPH_WORDS = 12
_SAID_WORDS = 7  # of a line that may be a quotation from another one
_CHOSEN_WORDS = 3  # of one that may stay in the text: "Mini-Marshmallows" is one here, two in a run


def line_features(page: PageLines, facts: PageFacts) -> tuple[Blocks, LineRuns, Columns]:
    """The blocks of a page that has any lines, the runs of words of those that may be a story's, and the
    features of each, by name, in a fixed order.
    """
    folded = [text.casefold() for text in page.texts]
    base = line_forms(page.texts, folded)
    forms = dict(base)
    linked = np.minimum(np.array(page.linked, np.float32) / base["chars"], 1)
    paragraph = (
        (base["words"] >= _PARAGRAPH_WORDS)
        & (linked < 0.5)
        & ((base["ends-sentence"] > 0) | (base["words"] >= 25))
    )
    base["mass"] = np.where(paragraph, base["chars"] * (1 - linked), 0).astype(np.float32)
    base["linked"] = linked
    base["link-chars"] = linked * base["chars"]
    blocks = read_blocks(page, base)
    told = key_words(folded, facts)
    mark = marks(page, blocks)
    headline = find_headline(page.texts, facts.headline, base, told["key-words"])
    runs = line_runs(page.texts, (base["words"] >= _CHOSEN_WORDS) & (linked < 0.5))
    groups: dict[str, Columns] = {
        "form": forms,
        "told": told
        | key_words_around(told["key-words"])
        | said_twice(runs, (base["words"] >= _SAID_WORDS) & (linked < 0.5)),
        "link": links(page, base),
        "mark": mark,
        "place": places(page, base, blocks),
        "level": levels(base, blocks),
        "core": cores(base, blocks),
        "like": likeness(page, base, blocks),
        "near": neighbours(base, blocks)
        | distances("byline", mark["author"] <= 1)
        | distances("caption", mark["caption"] <= 1)
        | distances("heading", np.minimum(mark["h2"], mark["h3-6"]) < 1),
        "headline": from_headline(headline, page, base, blocks, mark),
    }
    return (
        blocks,
        runs,
        {f"{group}.{name}": c for group, columns in groups.items() for name, c in columns.items()},
    )
