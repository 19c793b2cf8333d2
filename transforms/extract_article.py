"""A page comes in, its article goes out: clean text, metadata, and what was removed and why."""

from __future__ import annotations

from schemas.errors import FinalError
from schemas.records import Article, FeedEntry, Page
from transforms.detect_language import detect_language
from transforms.pages.agencies import find_agency
from transforms.pages.article_checks import Reading, is_cut_short, why_no_article
from transforms.pages.datelines import find_dateline
from transforms.pages.elements import split_url
from transforms.pages.field_sources import page_sources
from transforms.pages.find_body import find_body
from transforms.pages.load_page import load_page
from transforms.pages.page_lines import read_lines
from transforms.pages.page_metadata import PageMetadata, read_metadata

DAY = 86_400_000_000  # microseconds
LONGEST_LINES = 20  # of a page that tell its language; short ones are names and buttons


def extract_article(page: Page, entry: FeedEntry | None = None) -> Article:
    """The article of a page; `entry` fills what the page leaves open.

    `url` is the address that the page claims for itself where that is credible. Raises
    FinalError("extract", "not-an-article" | "not-text" | "empty-page" | "too-large" | "too-deep").
    """
    tree = load_page(page.body, page.content_type)
    url = page.final_url or page.url or (entry.link if entry else "")
    metadata = read_metadata(tree, url)
    headline = metadata.headline or (entry.title if entry else "")
    found = find_body(tree, metadata, headline, entry)
    body = "\n".join(found.lines)
    if reason := why_no_article(Reading(found.lines, found.level, found.teasers), metadata, url):
        raise FinalError("extract", "not-an-article", reason)
    claimed = metadata.language or (entry.language if entry else "")
    language = detect_language(f"{headline}\n{body}", claimed)
    place, agency = find_dateline(found.lines, language)
    published, day, date_source = _published(page, entry, metadata)
    article = Article(
        entry_id=entry.entry_id if entry else "",
        feed_url=entry.feed_url if entry else "",
        guid=entry.guid if entry else "",
        source=entry.source if entry else "html",
        original_url=(entry.link if entry else "") or page.url,
        url=_best_url(metadata.canonical, url),
        article_id="",
        headline=headline,
        standfirst=metadata.standfirst,
        article_body=body,
        section=metadata.section or (next(iter(entry.categories), "") if entry else ""),
        authors=list(metadata.authors) or (list(entry.authors) if entry else []),
        agency=agency or find_agency(metadata.credits),
        dateline=place,
        publisher=metadata.publisher
        or (entry.feed_title if entry else "")
        or (split_url(url).hostname or ""),
        in_language=language,
        date_published=published,
        day_published=day,
        date_modified=metadata.modified
        if metadata.modified
        else (entry.updated if entry else None),
        date_source=date_source,
        date_fetched=page.fetched_at,
        image=metadata.image or (entry.image if entry else ""),
        caption=metadata.caption
        or next((removal.text for removal in found.removed if removal.rule == "caption"), ""),
        text_source=found.source,
        is_truncated=is_cut_short(body, found.below, metadata),
        content_hash="",
        signature=[],
        removed=found.removed,
        countries=[],
        pairs=[],
        relations=[],
        topics=[],
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


def _published(
    page: Page, entry: FeedEntry | None, metadata: PageMetadata
) -> tuple[int | None, str, str]:
    """Date, day and source: the page's metadata, then the feed, then what the page shows, then nothing."""
    latest = page.fetched_at + 2 * DAY if page.fetched_at else None
    stated = metadata.published
    of_feed = entry.published if entry is not None else None
    is_sane = stated is not None and (latest is None or stated <= latest)
    if is_sane and (metadata.date_source in ("json-ld", "meta") or of_feed is None):
        return stated, metadata.day_published, metadata.date_source
    if of_feed is not None:
        return of_feed, "", "feed"
    return None, "", ""


def _best_url(canonical: str, url: str) -> str:
    """The page's canonical address if it is of the same site and names a page, else `url`.

    A page that was saved as a file has no site, and is the article that it says it is.
    """
    if not url:
        return canonical
    claimed, real = split_url(canonical), split_url(url)
    if real.scheme == "file":
        return canonical if len(claimed.path) > 1 or claimed.query else url
    same_site = _site(claimed.hostname) == _site(real.hostname)
    if not canonical or not same_site or (len(claimed.path) <= 1 < len(real.path)):
        return url
    return canonical


def _site(host: str | None) -> str:
    """The last two labels of a host name, three under a country's second level (bbc.co.uk)."""
    labels = (host or "").lower().split(".")
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-size:])
