"""What a page says about when its article was published comes in, one date and its source go out.

What is stated for machines (JSON-LD, meta elements) is weighed against what the page shows its
readers beside the headline. The day is that of the place where it was published: a story of ten in
the evening in New York is stated as three in the morning UTC, and its page shows the day before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from transforms.pages.around_headline import Line, lines_before
from transforms.pages.elements import Meta, first_meta
from transforms.pages.read_dates import Moment, date_from_url, day_of, parse_moment
from transforms.pages.read_json_ld import LinkedArticle
from transforms.pages.shown_dates import ShownDate, marked_dates, shown_dates
from transforms.pages.unstated_dates import is_near, unstated_date

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MAX_SHOWN = 6  # dates around a headline

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published",
    "og:published_time", "datepublished",
    "parsely-pub-date", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "dcterms.issued", "pubdate", "publishdate", "publish-date", "publish_date",
    "published_at", "published", "publication_date", "publicationdate", "ptime",
    "cxenseparse:recs:publishtime", "article.published", "date", "originalpublicationdate",
    "displaydate", "article_date_original", "iso-8601-publish-date", "bt:pubdate",
    "citation_publication_date", "cxenseparse:publishtime", "firstpublished", "article:create_at",
    "weibo: article:create_at", "weibo:article:create_at", "sailthru.date", "last-modified-date",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "article:modified", "og:updated_time", "datemodified", "last-modified",
    "dcterms.modified", "lastmod", "revised", "article:updated", "updated_at",
)  # fmt: skip
_MONTH_FIRST_REGIONS = frozenset({"us", "ph", ""})
_GENERIC_HOSTS = frozenset(
    {"com", "org", "net", "us", "gov", "edu", "info", "io", "co", "news", ""}
)


class Published(NamedTuple):
    """When an article was published, as far as its page says so."""

    micros: int | None = None  # UTC
    day: str = ""  # YYYY-MM-DD, by the clock of the place of publication
    source: str = ""  # json-ld | meta | shown | url | time | byline | text | ""


def read_published(
    tree: HtmlElement,
    meta: Meta,
    linked: LinkedArticle,
    url: str,
    lines: Sequence[Line] = (),
    headline: HtmlElement | None = None,
) -> Published:
    """The date of publication; `lines` are those around the headline, nearest first."""
    day_first = not _is_month_first(tree, url)
    stated, source = _stated(meta, linked, day_first)
    shown = list(islice(shown_dates(lines, stated, day_first), MAX_SHOWN))
    modified = _moment(linked.modified or first_meta(meta, _MODIFIED_META))
    is_stamped = stated is None or modified is None or abs(modified.micros - stated.micros) < HOUR
    if is_stamped and all(date.label == "updated" for date in shown):
        shown = [*marked_dates(tree, day_first), *shown]
    of_url = date_from_url(url)
    if stated is None:
        above = [] if headline is None else lines_before(headline)
        shown += islice(shown_dates(above, None, day_first), MAX_SHOWN)
        moment, source = unstated_date(tree, of_url, lines, shown, day_first)
        return Published(moment.micros, moment.day, source) if moment else Published()
    is_sure = of_url is not None and is_near(stated.micros, of_url)
    if not is_sure and (other := _better_shown(stated, shown)):
        return Published(other.micros, other.day, "shown")
    return Published(stated.micros, _local_day(stated, shown, modified, of_url), source)


def read_modified(meta: Meta, linked: LinkedArticle) -> int | None:
    """When the page says it was changed, microseconds UTC."""
    moment = _moment(linked.modified or first_meta(meta, _MODIFIED_META))
    return moment.micros if moment else None


def _moment(text: str) -> Moment | None:
    return parse_moment(text) if text else None


def _stated(meta: Meta, linked: LinkedArticle, day_first: bool) -> tuple[Moment | None, str]:
    if (moment := _moment(linked.published)) is not None:
        return moment, "json-ld"
    for name in _PUBLISHED_META:
        for content in meta.get(name, ())[:1]:
            if (moment := parse_moment(content, day_first=day_first)) is not None:
                return moment, "meta"
    return None, ""


def _better_shown(stated: Moment, shown: list[ShownDate]) -> Moment | None:
    """The shown date that is to be believed more than the stated one, if there is one.

    Machines are told the date of the last change where a system stamps every date with each change,
    and a day and month are swapped in handwritten meta elements; the page then shows what it means.
    A later date is left alone, since it is that of a change, unless the page calls it the one of
    publication: machines are then told when the story was first filed, under the same address.
    """
    first = next((date for date in shown if date.label != "updated"), None)
    if first is None:
        return None
    apart = first.moment.micros - stated.micros
    is_same = abs(apart) <= DAY
    if not first.moment.has_clock:
        is_same = _some_zone_has(first.moment.micros, stated.micros)
    return first.moment if not is_same and (apart < 0 or first.label == "published") else None


def _local_day(
    stated: Moment, shown: list[ShownDate], modified: Moment | None, of_url: int | None
) -> str:
    """The day of a stated moment where it was published.

    A stated zone other than UTC says it; else a shown date of the same moment, else a shown day
    that some zone has at that moment, else the day in the address.
    """
    if stated.offset or not stated.has_clock:
        return stated.day
    for date in shown:
        if date.moment.offset and abs(date.moment.micros - stated.micros) < MINUTE:
            return date.moment.day
    if modified is not None and modified.offset:
        return day_of(stated.micros, modified.offset)
    days = [date.moment for date in shown if date.label != "updated"]
    for moment in days:
        apart = moment.micros - stated.micros
        if _is_zone(apart) if moment.has_clock else _some_zone_has(moment.micros, stated.micros):
            return moment.day
    if of_url is not None and _some_zone_has(of_url, stated.micros):
        return day_of(of_url)
    return stated.day


def _is_zone(apart: int) -> bool:
    """Can a clock that is `apart` from UTC (microseconds) be a local one, on the same minute?"""
    quarter = 15 * MINUTE
    return -12 * HOUR <= apart <= 14 * HOUR and (apart + MINUTE) % quarter <= 2 * MINUTE


def _some_zone_has(midnight: int, micros: int) -> bool:
    """Is it that day somewhere on earth at a moment?"""
    start = midnight - midnight % DAY
    return start - 14 * HOUR <= micros < start + DAY + 12 * HOUR


def _is_month_first(tree: HtmlElement, url: str) -> bool:
    """Is 03/04/2025 the fourth of March? In American English, and in English of no stated place."""
    language, _, region = (tree.get("lang") or "").lower().replace("_", "-").partition("-")
    host_end = url.split("/", 3)[2].rsplit(".", 1)[-1] if url.count("/") >= 2 else ""
    if language and language != "en":
        return False
    if region:
        return region in _MONTH_FIRST_REGIONS
    return host_end in _GENERIC_HOSTS and bool(language)
