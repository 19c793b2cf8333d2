"""The tree of a page comes in; what trafilatura takes for its article goes out, without furniture.

It knows nothing of our models, so it is asked where they find nothing or believe no line much. It costs
twice what the rest of a page does, and is asked of few. The extractors that it falls back on took as long
again, and gave one page of eleven another text: a comment for the article.
"""

from __future__ import annotations

import logging

import trafilatura
from lxml.html import HtmlElement

from schemas.records import Removal
from transforms.pages.boilerplate_phrases import fold
from transforms.strip_boilerplate import split_lines

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def second_opinion(tree: HtmlElement, headline: str) -> tuple[list[str], list[Removal]]:
    """What trafilatura takes for the article, without the lines that our rules remove."""
    document = trafilatura.bare_extraction(
        tree, include_comments=False, favor_precision=True, with_metadata=False, fast=True
    )
    text: str = getattr(document, "text", None) or ""
    return split_lines(without_title(text.split("\n"), headline))


def without_title(lines: list[str], headline: str) -> list[str]:
    """The lines in which blanks are single, those left out that are the headline."""
    title = fold(headline)
    stripped = (" ".join(line.split()) for line in lines)
    return [line for line in stripped if line and fold(line) != title]
