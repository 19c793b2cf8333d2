"""What a page calls its article comes in from several places, one headline goes out.

The heading that the page shows wins where it speaks of what the metadata speaks of: search engines
and social networks are given other headlines than readers. A heading that only repeats the name of
the site or of a section is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from transforms.pages.boilerplate_phrases import fold
from transforms.pages.elements import one_line, split_url

MAX_HEADINGS = 12
MAX_CHARS = 250  # of a heading; what is longer is a text
MIN_PART = 0.5  # share of a headline that its page may show, or that may be left without its kicker
MIN_OVERLAP = 0.25  # share of a heading's words that its page's metadata must have
_TELLING = 4  # letters of a word that says something: "and" stands in every heading
_SHORT_HOST = 4  # letters of a host's name that may identify a tail by being inside it

_SEPARATOR = re.compile(r"\s+(?:[|\-–—·»«•:/]|--)+\s+|\s*[|｜]+\s*|\s+[—–-](?=[A-Z])")
_CJK_SEPARATOR = re.compile(r"\s*(?:[|｜_\-–—·/]|--)+\s*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_HEADING_TAGS = (("h2", "h3"), ("strong", "b", "td", "div", "p", "font", "span", "center"))
_NOT_LETTERS = re.compile(r"[\W_]+")
_fold = lru_cache(maxsize=256)(fold)  # each wording is compared many times
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "edu", "ac", "gob", "gouv", "or"})


class Headline(NamedTuple):
    """The headline, and the element that shows it (None where none does)."""

    text: str
    element: HtmlElement | None


def read_headline(
    tree: HtmlElement,
    h1s: Sequence[HtmlElement],
    stated: Sequence[str],
    names: Sequence[str],
    url: str,
) -> Headline:
    """The headline among the page's h1 elements and `stated`, best first: JSON-LD, OpenGraph ...

    `names` are those of the publisher and the site.
    """
    sites = squashed([*names, *host_names(url)])
    headings = [
        (text, element)
        for element in h1s[:MAX_HEADINGS]
        if (text := one_line(element)) and len(text) <= MAX_CHARS and not _is_name(text, sites)
    ]
    named = [text for text in stated if text and not _is_name(text, sites)]
    heads = {_fold(text) for text in (*(text for text, _ in headings), *named)}
    wordings = {text: cut_site_name(text, sites, heads) for text in set(named)}
    cut = [wordings[text] for text in named]
    best = _agreed(headings, cut) or _likely(headings, cut, url)
    if best is not None:
        return best
    text = next(_by_votes(cut), "") or next(
        (text for text, _ in headings), next(filter(None, stated), "")
    )
    return _shown_elsewhere(tree, text) or Headline(text, next((e for _, e in headings), None))


def _agreed(headings: list[tuple[str, HtmlElement]], stated: list[str]) -> Headline | None:
    """The heading that most of the metadata repeats, without a kicker that only the page shows."""
    found: list[Headline] = []
    folded = [_fold(text) for text in stated]
    for text, element in headings:
        shown = _fold(text)
        for wording, other in zip(stated, folded, strict=True):
            if shown == other or (shown in other and len(shown) >= MIN_PART * len(other)):
                found.append(Headline(text, element))
            elif shown.endswith(other) and len(other) >= MIN_PART * len(shown):
                found.append(Headline(wording, element))
    folded_found = [_fold(headline.text) for headline in found]
    counts = [folded_found.count(text) for text in folded_found]
    return found[counts.index(max(counts))] if found else None


def _likely(
    headings: list[tuple[str, HtmlElement]], stated: list[str], url: str
) -> Headline | None:
    """The heading that shares most words with metadata and address, if it shares enough."""
    known = set(_words(" ".join(stated))) | set(_words(split_url(url).path))
    best, best_share = None, MIN_OVERLAP
    for text, element in headings:
        words = _words(text)
        telling = [word for word in words if len(word) >= _TELLING or _CJK.match(word)]
        share = sum(word in known for word in telling) / max(len(telling), 1)
        if len(words) >= 3 and share > best_share:
            best, best_share = Headline(text, element), share
    return best


def _by_votes(stated: list[str]) -> Iterator[str]:
    folded = [_fold(text) for text in stated]
    yield from sorted(stated, key=lambda text: -folded.count(_fold(text)))


def _words(text: str) -> list[str]:
    return [str(word) for word in _WORDS.findall(_fold(text))]


def _shown_elsewhere(tree: HtmlElement, stated: str) -> Headline | None:
    """The first element without h1 whose text is what metadata states, or a beginning of it."""
    if not stated:
        return None
    least = 4 if _CJK.search(stated) else 8
    wordings = [stated, *(stated[: mark.start()] for mark in _CJK_SEPARATOR.finditer(stated))]
    folded = {_fold(wording): wording for wording in wordings if len(wording) >= least}
    lengths = {len(wording) for wording in folded}
    for tags in _HEADING_TAGS:
        for element in tree.iter(*tags):
            text = (element.text or "").strip()
            if len(text) in lengths and (found := folded.get(_fold(text))):
                return Headline(found, element)
    return None


def cut_site_name(title: str, sites: Sequence[str], heads: set[str]) -> str:
    """ "Headline - The Site" -> "Headline": the parts of a title that name the site, cut off.

    A part goes if it names one of `sites` (squashed), or if the rest is one of `heads` (folded). How long a
    part is says nothing: headlines have dashes too.
    """
    is_cjk = _CJK.search(title) is not None
    separator, least = (_CJK_SEPARATOR, 4) if is_cjk else (_SEPARATOR, 8)
    marks = list(separator.finditer(title))[:12]
    if not marks:
        return title.strip()
    known = heads - {_fold(title)}
    start, end = 0, len(title)
    for mark in marks:
        if _fold(title[: mark.start()]) in known:
            return title[: mark.start()].strip()
        if _fold(title[mark.end() :]) in known:
            return title[mark.end() :].strip()
    for mark in reversed(marks):
        if mark.start() < least or not is_site_name(title[mark.end() : end], sites):
            break
        end = mark.start()
    for mark in marks:
        if mark.end() >= end - least or not is_site_name(title[start : mark.start()], sites):
            break
        start = mark.end()
    return title[start:end].strip()


def _is_name(text: str, sites: Sequence[str]) -> bool:
    """Is the whole `text` a name of the site, not only a headline with the name behind it?"""
    return is_site_name(text, sites) and len(_squash(text)) < 1.5 * max(map(len, sites))


def is_site_name(text: str, sites: Sequence[str]) -> bool:
    """Is `text` one of `sites` (squashed), a part of it, or the name with a little around it?"""
    part = _squash(text)
    for site in sites:
        short, long = (part, site) if len(part) <= len(site) else (site, part)
        if part == site:
            return True
        if short in long and len(short) >= max(_SHORT_HOST, 0.4 * len(long)):
            return True
    return False


def squashed(names: Iterable[str]) -> list[str]:
    """Names as `is_site_name` compares them: letters and digits only, lower case."""
    return list(dict.fromkeys(filter(None, map(_squash, names))))


def _squash(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def host_names(url: str) -> list[str]:
    """The host and its own label: "www.old-crow.co.uk" -> that, and "old-crow"."""
    host = (split_url(url).hostname or "").removeprefix("www.")
    labels = [label for label in host.split(".")[:-1] if label not in _SECOND_LEVEL]
    return [host, labels[-1]] if labels else []
