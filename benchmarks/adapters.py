"""What scorers call: our public functions in, plain dictionaries and lists out. Nothing else.

Signatures are those of the scorers' adapter contract; each function is a thin wrapper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.fetching.robots import RobotsFile
from schemas.countries import is_country
from schemas.errors import FinalError
from schemas.records import Page
from transforms.detect_language import detect_language
from transforms.extract_article import extract_article, page_language
from transforms.pages.read_dates import day_of
from transforms.parse_feed import feed_dict
from transforms.strip_boilerplate import keep_lines
from transforms.tag_countries import split_headline
from transforms.tag_countries import tag_countries as find_countries
from transforms.tag_pairs import tag_pairs
from transforms.tag_relations import tag_relations
from transforms.tag_topics import tag_topics as find_topics

__all__ = ["extract", "keep_lines", "parse_feed", "robots_allowed", "tag_countries", "tag_topics"]

parse_feed = feed_dict


def robots_allowed(robots_txt: str, user_agent: str, url: str) -> bool:
    """Whether the agent may fetch the URL."""
    return RobotsFile(robots_txt, user_agent).allows(url)


def extract(html: bytes, url: str | None) -> dict[str, Any]:
    """Text, title, authors, date (YYYY-MM-DD), language of a page; its language where it is no article."""
    page = Page(url or "", url or "", "text/html", html, 0)
    try:
        article = extract_article(page)
    except FinalError as error:
        if error.reason != "not-an-article":
            raise
        return {"text": "", "language": page_language(page)}
    published = article.date_published
    return {
        "text": article.article_body,
        "title": article.headline,
        "authors": list(article.authors),
        "date": article.day_published or (day_of(published) if published is not None else None),
        "language": article.in_language,
    }


def tag_countries(text: str, title: str | None = None) -> dict[str, Any]:
    """Countries with salience, unordered pairs with score, directed pairs with PLOVER code."""
    headline, body = (title, text) if title else split_headline(text)
    language = detect_language(f"{headline}\n{body}")
    countries = find_countries(headline, body, language=language)
    relations = tag_relations(headline, body, countries, language=language)
    pairs = tag_pairs(headline, body, countries, relations, language=language)
    return {
        "countries": {c.code: c.salience for c in countries if is_country(c.code)},
        "pairs": [(p.a, p.b, p.score) for p in pairs],
        "directed": [
            (r.source, r.target, r.event_type)
            for r in relations
            if is_country(r.source) and is_country(r.target)
        ],
    }


def tag_topics(docs: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """For each document its topics, best first."""
    return [
        [
            {"id": topic.id, "score": topic.score}
            for topic in find_topics(doc["title"] or "", doc["text"], language=doc["lang"] or "")
        ]
        for doc in docs
    ]
