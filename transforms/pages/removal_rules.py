"""A line that left and what spoke against it come in, the name of the rule that a reader is told goes out.

The models weigh some 300 numbers a line; a reader wants one reason. Wording and form come first, then
what the page itself calls the line's block, then the group of features that spoke loudest.
"""

from __future__ import annotations

from collections.abc import Iterable

from transforms.pages.line_model import LineModel
from transforms.pages.line_scores import select
from transforms.pages.line_table import LineTable, Table
from transforms.pages.line_wording import line_rules
from transforms.pages.page_blocks import Indices

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
    "phrase": ("boilerplate-wording", "words of adverts, bylines or buttons stand in it"),
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
    "site-repeats": "stands on other stories of the site too",
}
_TOLD = ("told.in-headline", "told.of-headline", "told.in-standfirst")
_APART = tuple(f"mark.apart-{name}" for name in BLOCKS)
RULES: dict[str, str] = {**WORDING, **TOLD, **dict(BLOCKS.values()), **dict(GROUPS.values())}


def removal_rules(found: LineTable, lines: Indices, judge: LineModel) -> list[str]:
    """The rule of each of some lines of a page; what costs more is asked of those without one."""
    rules = line_rules([found.texts[line] for line in lines.tolist()])
    rules = _either(rules, _captions(found, lines))
    left = [at for at, rule in enumerate(rules) if not rule]
    if not left:
        return rules
    whole = found.whole(lines[left])
    told = _either(_said_again(whole), _named_blocks(whole))
    silent = [at for at, rule in enumerate(told) if not rule]
    groups = judge.loudest(select(Table(whole.names, whole.rows[silent]), judge.names))
    told = _filled(told, [GROUPS[group][0] for group in groups])
    return _filled(rules, told)


def _filled(rules: Iterable[str], others: Iterable[str]) -> list[str]:
    """The rules, with the next one of the others in place of each that is empty."""
    rest = iter(others)
    return [rule or next(rest) for rule in rules]


def _either(rules: Iterable[str], others: Iterable[str]) -> list[str]:
    return [rule or other for rule, other in zip(rules, others, strict=True)]


def _captions(found: LineTable, lines: Indices) -> list[str]:
    figcaption, caption = select(found.features, ("mark.figcaption", "mark.caption"))[lines].T
    is_caption = (figcaption <= 1) | (caption == 0)
    return ["caption" if is_one else "" for is_one in is_caption.tolist()]


def _said_again(whole: Table) -> list[str]:
    in_headline, of_headline, in_standfirst = select(whole, _TOLD).T >= _ALIKE
    return [
        "repeats-headline" if headline else "repeats-standfirst" if standfirst else ""
        for headline, standfirst in zip(in_headline & of_headline, in_standfirst, strict=True)
    ]


def _named_blocks(whole: Table) -> list[str]:
    levels = select(whole, _APART)
    rules = [rule for rule, _ in BLOCKS.values()]
    return [
        rules[at] if level <= NEAR_LEVELS else ""
        for at, level in zip(levels.argmin(axis=1), levels.min(axis=1), strict=True)
    ]
