"""A page and its metadata come in; the lines of its article go out, and those left out, with reasons.

`line_table` describes each line, `line_scores` scores it, and here the score becomes a verdict: a
line over THRESHOLD stays unless it says again what was said, or is the headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from lxml.html import HtmlElement
from numpy.typing import NDArray

from schemas.records import Removal
from transforms.pages.article_checks import DOUBTFUL_LEVEL
from transforms.pages.boilerplate_phrases import fold
from transforms.pages.line_context import level_of
from transforms.pages.line_model import LineModel
from transforms.pages.line_rules import line_rule
from transforms.pages.line_scores import load_line_models
from transforms.pages.line_table import LineTable, read_table
from transforms.pages.line_wording import MOST_RULED
from transforms.pages.page_metadata import PageMetadata
from transforms.pages.removal_rules import removal_rules

THRESHOLD = 0.58  # of the level of the page; by cross-validation, see benchmarks/extraction.md
BESIDE = 0.35  # the same, for lines right before or after one that stays in the same block
LEVEL_POWER = 4  # good lines make the level, not the many that score a little
DOUBTFUL = 0.15  # a line that scores more is shown if removed
REPEATED = 0.8  # share of a line's runs of four words that the text before it holds
REPEATED_RUNS = 20  # shorter lines may be said twice
WHOLE_RUNS = (
    150  # a line that long is a whole text in one line, and a copy from a smaller share on:
)
WHOLE_REPEATED = 0.6
MOST_TOLD = 200  # removed lines of one page
SENTENCE_CHARS = 25
SURE = 0.95  # of the level of the page: from there on one line of ten is furniture, below it one of four
_BELOW = 12  # lines in which a page asks to pay for the rest
TEASER_WORDS = 4
THIN_CHARS = 200
MOST_WORDS = 6  # of a line that is no more than a mark or a button
UNMISTAKABLE = frozenset(("icons", "sponsored", "share", "app-promo"))  # in short lines
UNMISTAKABLE_IF_LONG = frozenset(("affiliate", "legal", "caption", "subscribe"))
# Blocks that are nothing of the story: how many levels above a line they may stand, and the share of the text
# that must be elsewhere. A footer that was never closed may hold the story.
NOT_THE_STORY = {
    "mark.figcaption": (1, 0.0),
    "mark.caption": (1, 0.3),
    "mark.apart-comment": (3, 0.0),  # beside the story, and named after comments
    "mark.apart-consent": (1, 0.3),
    "mark.footer-tag": (20, 0.2),
}
_CLOCK = re.compile(  # "9:43PM", "17.30 Uhr", "18h05 GMT" between the entries of a live blog
    r"\W*(?:\d{1,2}[:h]\d{2}(?::\d{2})?|\d{1,2}\.\d{2}(?=\W*(?:[ap]\.?m|uhr)))\W*(?:[ap]\.?m\b|uhr\b)?(?:\W*[A-Z]{2,4})?\W*",
    re.I,
)
_AROUND = 3  # lines before and after the text whose removal is worth telling
# Soft hyphens, spaces and joiners of no width: "Deutsch\u00adland" is no name of a country.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Choice(NamedTuple):
    """For each line: does it stay, and does it only say again what stays?"""

    kept: NDArray[np.bool_]
    repeated: NDArray[np.bool_]


class ArticleLines(NamedTuple):
    """The lines of an article in their order, and what was removed within and around it."""

    kept: list[str]
    removed: list[Removal]
    below: str = ""  # the lines right after them
    has_text: bool = False  # has the page any line that could be a sentence?
    level: float = 1.0  # the score of the page's good lines
    teasers: int = 0  # linked headlines between the first and the last line
    doubtful: Sequence[str] = ()  # lines, in the text or not, that the page alone cannot settle


def find_article_lines(tree: HtmlElement, metadata: PageMetadata, headline: str) -> ArticleLines:
    """The lines of the article of a page; none where the page has no text that could be one."""
    found = read_table(tree, metadata)
    if found is None:
        return ArticleLines([], [])
    models = load_line_models()
    scores = models.score(found)
    level = level_of(found.texts, scores, LEVEL_POWER)
    choice = choose(found, scores)
    kept = choice.kept & ~_says(headline, found.texts, choice.kept)
    told = _worth_telling(kept, scores, found)
    told &= ~_says(headline, found.texts, told)
    stays = np.flatnonzero(kept).tolist()
    end = stays[-1] + 1 if stays else 0
    return ArticleLines(
        [_INVISIBLE.sub("", found.texts[i]) for i in stays],
        _removals(found, choice, np.flatnonzero(told)[:MOST_TOLD], models.judge),
        "\n".join(found.texts[end : end + _BELOW]),
        max(map(len, found.texts)) >= SENTENCE_CHARS,
        level,
        _teasers(found, stays, level),
        _doubtful(found, scores, level),
    )


def _doubtful(found: LineTable, scores: NDArray[np.float32], level: float) -> list[str]:
    """Lines that the models would neither swear to nor rule out; a subhead may be every story's."""
    subhead = np.minimum(found.features.column("mark.h2"), found.features.column("mark.h3-6")) <= 1
    is_open = (scores >= DOUBTFUL) & (scores < SURE * level) & ~subhead
    return [_INVISIBLE.sub("", found.texts[i]) for i in np.flatnonzero(is_open).tolist()]


def _says(headline: str, texts: Sequence[str], asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the lines that are asked for are the headline and nothing else."""
    title, most = fold(headline), 3 * len(headline)  # folding makes no text that much shorter
    return np.array(
        [
            ask and len(text) <= most and fold(text) == title
            for ask, text in zip(asked.tolist(), texts, strict=True)
        ]
    )


def _teasers(found: LineTable, stays: list[int], level: float) -> int:
    """How many headlines with a link stand between the first and the last line that stay.

    Where hardly any text stays, or nothing that looks like a story, those of the whole page count.
    """
    is_thin = level < DOUBTFUL_LEVEL or sum(len(found.texts[i]) for i in stays) < THIN_CHARS
    within = slice(None) if is_thin else slice(stays[0], stays[-1] + 1)
    linked = found.features.column("link.share")[within] > 0.8
    words = found.features.column("form.words")[within]
    return int((linked & (words >= TEASER_WORDS)).sum())


def choose(found: LineTable, scores: NDArray[np.float32]) -> Choice:
    """Which lines stay: those with a good score that say something new.

    A score is good where it comes near those of the page's best lines: some pages are unlike all others,
    and no line of theirs scores high. Beside a line that stays less is asked. Short lines that are adverts or
    buttons by their words never stay, and comments and captions only where there is nothing else.
    """
    texts = found.texts
    level = level_of(texts, scores, LEVEL_POWER)
    kept = scores > THRESHOLD * level
    kept |= (scores > BESIDE * level) & _beside(kept, found.parents)
    kept &= [
        not (keep and len(text) <= MOST_RULED and _is_furniture(text))
        for keep, text in zip(kept.tolist(), texts, strict=True)
    ]
    sizes = np.fromiter(map(len, texts), np.intp, len(texts))
    for name, (levels, share) in NOT_THE_STORY.items():
        elsewhere = kept & (found.features.column(name) > levels)
        if sizes[elsewhere].sum() > share * sizes[kept].sum():
            kept = elsewhere
    chosen = np.flatnonzero(kept)
    chosen = chosen[np.argsort(-scores[chosen], kind="stable")]  # the better copy comes first
    above = found.parents[chosen]
    runs = found.runs.of(chosen)
    is_other = above[runs.first()] != above[runs.texts]
    said = np.bincount(runs.texts, minlength=len(chosen))
    by_others = np.bincount(runs.texts[is_other], minlength=len(chosen))
    repeated = np.zeros(len(texts), bool)
    most = np.where(said >= WHOLE_RUNS, WHOLE_REPEATED, REPEATED) * said
    repeated[chosen] = (said >= REPEATED_RUNS) & (by_others >= most)
    return Choice(kept & ~repeated, repeated)


def _beside(kept: NDArray[np.bool_], parents: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which lines stand right before or after a line that stays and has the same parent."""
    same, beside = parents[1:] == parents[:-1], np.zeros(len(kept), bool)
    beside[1:] |= kept[:-1] & same
    beside[:-1] |= kept[1:] & same
    return beside


def _is_furniture(text: str) -> bool:
    """Is a line that the models would keep an advert, a button, a legal note or a clock by its words?"""
    if text.count(" ") >= MOST_WORDS:
        return line_rule(text) in UNMISTAKABLE_IF_LONG
    return line_rule(text) in UNMISTAKABLE or _CLOCK.fullmatch(text) is not None


def _worth_telling(
    kept: NDArray[np.bool_], scores: NDArray[np.float32], found: LineTable
) -> NDArray[np.bool_]:
    """Removed lines a reader would ask about: inside the text, beside it, or nearly kept.

    Menus and footers are no part of that: a page has hundreds of their lines.
    """
    stays = np.flatnonzero(kept)
    if not len(stays):
        return np.zeros(len(kept), bool)
    index = np.arange(len(kept))
    inside = (index >= stays[0] - _AROUND) & (index <= stays[-1] + _AROUND)
    above = found.parents
    holds_text = np.zeros(len(found.blocks.parent), bool)
    holds_text[above[stays]] = True
    return np.asarray(~kept & (inside | holds_text[above] | (scores >= DOUBTFUL)))


def _removals(
    found: LineTable, choice: Choice, lines: NDArray[np.intp], judge: LineModel
) -> list[Removal]:
    """Each line with its rule, see `removal_rules`."""
    rules = removal_rules(found, lines, judge) if len(lines) else []
    return [
        Removal(found.texts[line], "repeated" if choice.repeated[line] else rule)
        for line, rule in zip(lines.tolist(), rules, strict=True)
    ]
