"""A page comes in, its article goes out: clean text, metadata, and what was removed and why."""

from __future__ import annotations

from urllib.parse import SplitResult

from tld import get_fld

from schemas.errors import FinalError
from schemas.records import BLANK_ENTRY, Article, FeedEntry, Page
from schemas.rows import LEAD
from transforms.detect_language import detect_language
from transforms.pages.agencies import find_agency
from transforms.pages.article_checks import Reading, is_cut_short, why_no_article
from transforms.pages.datelines import find_dateline
from transforms.pages.elements import split_url
from transforms.pages.field_sources import page_sources
from transforms.pages.find_body import Body, find_body
from transforms.pages.load_page import load_page
from transforms.pages.page_lines import read_lines
from transforms.pages.page_metadata import PageMetadata, read_metadata

_NO_ENTRY = BLANK_ENTRY._replace(source="html")
LONGEST_LINES = 20  # of a page that tell its language; short ones are names and buttons


def extract_article(page: Page, entry: FeedEntry | None = None) -> Article:
    """The article of a page; `entry` fills what the page leaves open.

    `url` is the address that the page claims for itself where that is credible. Raises
    FinalError("extract", "not-an-article" | "not-text" | "empty-page" | "too-large" | "too-deep").
    """
    entry = _NO_ENTRY if entry is None else entry
    tree = load_page(page.body, page.content_type)
    url = page.final_url or page.url or entry.link
    metadata = read_metadata(tree, url)
    headline = metadata.headline or entry.title
    found = find_body(tree, metadata, headline, entry)
    if reason := why_no_article(Reading(found.lines, found.level, found.teasers), metadata, url):
        raise FinalError("extract", "not-an-article", reason)
    return _article(page, entry, metadata, found, headline, url)


def _article(
    page: Page, entry: FeedEntry, metadata: PageMetadata, found: Body, headline: str, url: str
) -> Article:
    """Each field from the page, else from the feed; what is found out later is empty."""
    body = "\n".join(found.lines)
    language = detect_language(f"{headline}\n{body}", metadata.language or entry.language)
    place, agency = find_dateline(found.lines, language)
    published, day, date_source = _published(page, entry, metadata)
    captions = (removal.text for removal in found.removed if removal.rule == "caption")
    article = Article(
        entry_id=entry.entry_id,
        feed_url=entry.feed_url,
        guid=entry.guid,
        source=entry.source,
        original_url=entry.link or page.url,
        url=_best_url(metadata.canonical, url),
        article_id="",
        headline=headline,
        standfirst=metadata.standfirst,
        article_body=body,
        section=metadata.section or next(iter(entry.categories), ""),
        authors=list(metadata.authors or entry.authors),
        agency=agency or find_agency(metadata.credits),
        dateline=place,
        publisher=metadata.publisher or entry.feed_title or split_url(url).hostname or "",
        in_language=language,
        date_published=published,
        day_published=day,
        date_modified=metadata.modified or entry.updated,
        date_source=date_source,
        date_fetched=page.fetched_at,
        image=metadata.image or entry.image,
        caption=metadata.caption or next(captions, ""),
        text_source=found.source,
        is_truncated=is_cut_short(body, found.below, metadata),
        content_hash="",
        signature=[],
        removed=found.removed,
        countries=[],
        pairs=[],
        relations=[],
        topics=[],
        doubtful=found.doubtful,
    )
    return article._replace(field_sources=page_sources(article, metadata, entry, bool(agency)))


def page_language(page: Page) -> str:
    """The language of a page that need not be an article: of its longest lines, else what it claims.

    Raises FinalError("extract", "not-text" | "empty-page" | "too-large" | "too-deep").
    """
    tree = load_page(page.body, page.content_type)
    claimed = read_metadata(tree, page.final_url or page.url).language
    longest = sorted(read_lines(tree).texts, key=len, reverse=True)[:LONGEST_LINES]
    return detect_language("\n".join(longest), claimed)


def _published(page: Page, entry: FeedEntry, metadata: PageMetadata) -> tuple[int | None, str, str]:
    """Date, day and source: the page's metadata, then the feed, then what the page shows.

    Last the feed's date of the last change: many Atom feeds state no other.
    """
    stated = metadata.published
    is_sane = stated is not None and (not page.fetched_at or stated <= page.fetched_at + LEAD)
    if is_sane and (metadata.date_source in ("json-ld", "meta") or entry.published is None):
        return stated, metadata.day_published, metadata.date_source
    told = entry.published if entry.published is not None else entry.updated
    return told, "", "" if told is None else "feed"


def _best_url(canonical: str, url: str) -> str:
    """The page's canonical address if it is of the same site and names a page, else `url`.

    A page that was saved as a file has no site, and is the article that it says it is.
    """
    if not url or not canonical:
        return url or canonical
    claimed, real = split_url(canonical), split_url(url)
    if real.scheme == "file":
        return canonical if len(claimed.path) > 1 or claimed.query else url
    same_site = claimed.hostname == real.hostname or _site(claimed) == _site(real)
    if not same_site or (len(claimed.path) <= 1 < len(real.path)):
        return url
    return canonical


def _site(address: SplitResult) -> str:
    """The domain that somebody registered, or the host that another gave him (a.blogspot.com).

    By the public suffix list (publicsuffix.org), as the `tld` package carries it; else the host itself.
    """
    host = address.hostname or ""
    return get_fld(f"http://{host}", fail_silently=True, search_private=True) or host
