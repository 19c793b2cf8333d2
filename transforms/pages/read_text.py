"""Text without a page comes in (a scraped file, a full-text feed entry), an Article goes out.

A scraped file opens with furniture (icon names, a section), then a headline, perhaps a standfirst
and a caption, then the story, then furniture again. Nothing but the lines themselves says which is
which, so their order and form decide: the headline is the first line of the size of a headline.
"""

from __future__ import annotations

import re

from lxml import etree

from schemas.errors import FinalError
from schemas.records import Article, FeedEntry
from transforms.detect_language import detect_language
from transforms.pages.agencies import find_agency
from transforms.pages.bylines import clean_authors
from transforms.pages.datelines import find_dateline
from transforms.pages.field_sources import text_sources
from transforms.pages.plain_markdown import plain_markdown
from transforms.pages.text_head import TextHead
from transforms.pages.unwrap_lines import unwrap_lines
from transforms.strip_boilerplate import split_lines

MAX_CHARS = 2_000_000
_BLANKS = re.compile(r"[ \t\u00a0\u3000\u200b]+")
_BLOCK_BREAK = re.compile(
    r"</(?:p|div|li|h[1-6]|blockquote|tr|figcaption|section)\s*>|<br\s*/?>", re.I
)


def article_from_text(text: str, entry: FeedEntry) -> Article:
    """An article out of plain text as scraped; title, dates, authors, language of `entry` win.

    Raises FinalError("extract", "empty-page") where no line of the text is article text.
    """
    text = text[:MAX_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    text = unwrap_lines(plain_markdown(text))
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        raise FinalError("extract", "empty-page", "the text is empty")
    head = TextHead(lines)
    kept, removed = split_lines(head.body)
    if not kept:
        raise FinalError("extract", "empty-page", "no line of the text is article text")
    article = _article(entry, kept, "file", head.date)
    article = article._replace(
        headline=entry.title or head.headline,
        standfirst=head.standfirst,
        section=head.section or next(iter(entry.categories), ""),
        authors=list(entry.authors) or clean_authors(head.bylines),
        agency=article.agency or find_agency(head.bylines),
        caption=head.caption or next((r.text for r in removed if r.rule == "caption"), ""),
        removed=[*head.removed, *removed],
    )
    return article._replace(field_sources=text_sources(article, entry))


def article_from_entry(entry: FeedEntry) -> Article:
    """An article out of a full-text feed entry, without its page (`text_source` is "feed").

    One that names no page has the address of its feed, with its own id for the fragment.

    Raises FinalError("extract", "empty-page") where the entry carries no text.
    """
    kept, removed = split_lines(entry_lines(entry.content or entry.summary))
    if not kept:
        raise FinalError(
            "extract", "empty-page", "the feed entry carries no text and names no page"
        )
    article = _article(entry, kept, "feed")
    # After `#!` since other fragments are no part of a canonical address
    url = entry.link or f"{entry.feed_url}#!{entry.entry_id}"
    article = article._replace(url=url, standfirst=_short_summary(entry), removed=removed)
    return article._replace(field_sources=text_sources(article, entry))


def entry_lines(markup: str) -> list[str]:
    """The lines of an entry's HTML, one a block."""
    lines = [" ".join(line.split()) for line in _plain(markup).split("\n")]
    return [line for line in lines if line]


def _article(
    entry: FeedEntry, kept: list[str], text_source: str, shown: int | None = None
) -> Article:
    body = "\n".join(kept)
    language = detect_language(body, entry.language)
    place, agency = find_dateline(kept, language)
    published, date_source = _published(entry, shown)
    return Article(
        entry_id=entry.entry_id, feed_url=entry.feed_url, guid=entry.guid, source=entry.source,
        original_url=entry.link, url=entry.link, article_id="", headline=entry.title,
        standfirst="", article_body=body, section=next(iter(entry.categories), ""),
        authors=list(entry.authors), agency=agency or find_agency(entry.authors), dateline=place,
        publisher=entry.feed_title, in_language=language,
        date_published=published, day_published="", date_modified=entry.updated,
        date_source=date_source, date_fetched=0,
        image=entry.image, caption="", text_source=text_source, is_truncated=False,
        content_hash="", signature=[], removed=[], countries=[], pairs=[], relations=[], topics=[],
    )  # fmt: skip


def _published(entry: FeedEntry, shown: int | None) -> tuple[int | None, str]:
    """Date and source: as stated, else as the text shows it, else as stated of the last change."""
    if entry.published is None and shown is not None:
        return shown, "byline"
    told = entry.published if entry.published is not None else entry.updated
    return told, "" if told is None else "feed" if entry.source == "feed" else "meta"


def _plain(markup: str) -> str:
    """The text of an entry's HTML with a newline after each block; "" where there is none."""
    if not markup.strip():
        return ""
    text = _BLOCK_BREAK.sub("\n\\g<0>", markup[:MAX_CHARS].replace("\x00", ""))
    try:
        tree = etree.HTML(
            f"<div>{text}</div>", parser=etree.HTMLParser(remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError):
        return ""
    if tree is None:
        return ""
    etree.strip_elements(tree, "script", "style", "iframe", "form", "figcaption", with_tail=False)
    return "".join(tree.itertext())


def _short_summary(entry: FeedEntry) -> str:
    """The entry's summary as standfirst, where it is one and the content is not the summary."""
    summary = " ".join(_plain(entry.summary).split())
    return summary if entry.content and len(summary) <= 400 else ""
