"""A line that left and what spoke against it come in, the name of the rule that a reader is told goes out.

The models weigh some 300 numbers a line; a reader wants one reason. Wording and form come first, then
what the page itself calls the line's block, then the group of features that spoke loudest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEAR_LEVELS = 3  # a block that many levels above the line still says what the line is
_ALIKE = 0.7  # share of words

# Rules of wording and form: `boilerplate_phrases` and `line_rules`; the last one is of `read_text`.
WORDING = {
    "affiliate": "says that the outlet earns from links",
    "app-promo": "asks to install an app", "bio": "about the author, or a contact address",
    "byline": "names the author or the date", "caption": "a caption of a picture, or its credit",
    "comments": "belongs to readers' comments", "credit": "the credit of a picture",
    "icons": "names of icons and buttons", "legal": "copyright and legal notes",
    "newsletter": "offers a newsletter", "related": "leads to another story",
    "section": "the label of a section", "self-promo": "advertises the outlet itself",
    "share": "asks to share or follow", "sponsored": "announces sponsored content",
    "subscribe": "asks to subscribe or to pay", "ui": "belongs to the controls of the page",
    "unplaced": "a short line above the story that is neither headline nor standfirst",
}  # fmt: skip
# What the page calls a block beside the story, by the groups of `block_marks`.
BLOCKS = {
    "related": ("in-related-block", "in a block that the page names after related stories"),
    "newsletter": ("in-newsletter-block", "in a block that the page names after a subscription"),
    "advert": ("in-advert-block", "in a block that the page names after adverts or products"),
    "comment": ("in-comment-block", "in a block that the page names after comments"),
    "consent": ("in-consent-block", "in a block that the page names after cookies or privacy"),
    "share": ("in-share-block", "in a block that the page names after sharing"),
    "author": ("in-author-block", "in a block that the page names after the author"),
    "tags": ("in-tag-block", "in a block that the page names after tags or topics"),
    "date": ("in-date-block", "in a block that the page names after dates"),
    "nav": ("in-navigation", "in a block that the page names after navigation"),
    "footer": ("in-footer", "in a block that the page names after its footer"),
    "header": ("in-header", "in a block that the page names after its header"),
    "embed": ("in-embed", "in a post of another site that is embedded"),
    "media": ("in-media-block", "in a block that the page names after pictures, video or sound"),
    "form": ("in-form", "in a block that the page names after a form"),
    "hidden": ("in-hidden-block", "in a block that readers do not see at first"),
    "popup": ("in-hidden-block", "in a block that readers do not see at first"),
    "teaser": ("in-teaser-block", "in a block that the page names after teasers"),
    "side": ("in-sidebar", "in a block that the page sets aside"),
    "aside": ("in-sidebar", "in a block that the page sets aside"),
}  # fmt: skip
# The groups of features of `line_features`, and what it means that one spoke loudest.
GROUPS = {
    "form": ("unlike-prose", "its length, signs and words are not those of a sentence of a story"),
    "phrase": ("boilerplate-wording", "words of adverts, bylines or buttons stand in or near it"),
    "told": ("off-topic", "shares little with headline, summary and text as the page states them"),
    "link": ("mostly-links", "links make up too much of it"),
    "mark": ("block-names", "the names of its blocks are not those of a story"),
    "place": ("place-on-page", "stands where on a page the story does not"),
    "level": ("thin-block", "its block holds too little running text, or too many links"),
    "core": ("outside-story-block", "stands outside the block that holds the story"),
    "like": ("like-furniture", "lines made like it on this page are furniture"),
    "near": ("among-furniture", "its neighbours are furniture"),
    "headline": ("far-from-headline", "too far from the headline, in lines or in the page's tree"),
}  # fmt: skip
TOLD = {
    "repeated": "says again what a better place in the text says",
    "repeats-headline": "says the headline again",
    "repeats-standfirst": "says the page's summary again, outside the text",
}
RULES: dict[str, str] = {**WORDING, **TOLD, **dict(BLOCKS.values()), **dict(GROUPS.values())}


def removal_rules(
    names: Sequence[str], table: NDArray[np.float32], wording: Sequence[str], loudest: Sequence[str]
) -> list[str]:
    """The rule of each line: a row of `table` each, its rule by wording ("" for none), its loudest group."""
    columns = dict(zip(names, table.T, strict=True))
    is_caption = (columns["mark.figcaption"] <= 1) | (columns["mark.caption"] == 0)
    says_headline, says_standfirst = (
        columns[f"told.in-{part}"] >= _ALIKE for part in ("headline", "standfirst")
    )
    levels = np.stack([columns[f"mark.apart-{group}"] for group in BLOCKS], axis=1)
    nearest, rules = levels.argmin(axis=1), [rule for rule, _ in BLOCKS.values()]
    found = []
    for line, group in enumerate(loudest):
        rule = wording[line] or ("caption" if is_caption[line] else "")
        if not rule and group == "told" and says_headline[line]:
            rule = "repeats-headline"
        if not rule and says_standfirst[line]:
            rule = "repeats-standfirst"
        if not rule and levels[line, nearest[line]] <= NEAR_LEVELS:
            rule = rules[nearest[line]]
        found.append(rule or GROUPS[group][0])
    return found
