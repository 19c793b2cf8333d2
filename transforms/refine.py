"""A page, a text or a full-text entry in; one finished article out: stripped, named, tagged.

These are the functions that run inside killable worker processes: `prepare` once in each, then
`refine_page`, `refine_text` and `refine_entry` for each record. Extraction, stripping and tagging
are one call, so that no HTML ever travels back.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import RecordError
from schemas.records import Article, FeedEntry, Page, Refined
from transforms.deduplicate import article_id, canonical_url, content_hash, signature
from transforms.detect_language import detect_language, load_classifier
from transforms.extract_article import extract_article
from transforms.pages.keepable import keepable
from transforms.pages.read_text import article_from_entry, article_from_text
from transforms.tag_countries import CountryTagger
from transforms.tag_pairs import tag_pairs
from transforms.tag_relations import tag_relations
from transforms.tag_topics import TopicTagger

if TYPE_CHECKING:
    from transforms.countries.user_names import UserName
    from transforms.topics.user_topics import UserTopic


class Refiner:
    """Holds the taggers, with the user's own names and topics where there are any."""

    def __init__(self, names_file: str = "", topics_file: str = "") -> None:
        """Read the user's YAML files. Raises InputError naming the file and what is wrong in it."""
        self.files = (names_file, topics_file)
        self.countries = CountryTagger(_user_names(names_file) if names_file else ())
        self.topics = TopicTagger(_user_topics(topics_file) if topics_file else ())

    def tag(self, article: Article) -> Article:
        """Language, identity and tags of a stripped article."""
        headline, body = article.headline, article.article_body
        language = article.in_language or detect_language(f"{headline}\n{body}")
        countries = self.countries.tag(
            headline, body, language=language, date=article.date_published
        )
        relations = tag_relations(headline, body, countries, language=language)
        pairs = tag_pairs(headline, body, countries, relations, language=language)
        topics = self.topics.tag(
            headline, body, language=language, countries=countries, relations=relations
        )
        url = canonical_url(article.url)
        return article._replace(
            in_language=language,
            url=url,
            article_id=article_id(url),
            content_hash=content_hash(headline, body),
            signature=signature(body),
            countries=countries,
            relations=relations,
            pairs=pairs,
            topics=topics,
        )

    def finish(self, article: Article, started: float) -> Refined:
        """Tag an extracted article; `started` is the process time extraction began."""
        article = keepable(article)
        between = time.process_time()
        tagged = self.tag(article)
        return Refined(tagged, between - started, time.process_time() - between)


def _user_names(file: str) -> list[UserName]:
    from transforms.countries.user_names import read_user_names  # which few have, and YAML is large

    return read_user_names(Path(file))


def _user_topics(file: str) -> list[UserTopic]:
    from transforms.topics.user_topics import read_user_topics

    return read_user_topics(Path(file))


_refiner: Refiner | None = None


def prepare(names_file: str = "", topics_file: str = "") -> None:
    """Load every table of this process, and run one small page through, before the work begins."""
    global _refiner  # noqa: PLW0603 - one set of tables a process, loaded by the pool's initializer
    if _refiner is not None and _refiner.files == (names_file, topics_file):
        return  # the process was forked from one that had loaded them
    refiner = Refiner(names_file, topics_file)
    _warm_up(refiner)
    load_classifier()  # an English page such as that one does not ask it
    _refiner = refiner  # not before all tables are there: a worker without one must say so


def _warm_up(refiner: Refiner) -> None:
    warm_up = Page("http://warm.example/up", "http://warm.example/up", "text/html", _WARM_UP, 0)
    with suppress(RecordError):  # what it finds does not matter, only that tables are loaded
        refiner.finish(extract_article(warm_up, None), 0.0)


_WARM_UP = (
    b"<html><head><title>Warm up</title></head><body><article><h1>Warm up</h1>"
    b"<p>The foreign ministers of France and Germany met in Oslo on Friday for talks on gas.</p>"
    b"<p>They signed an agreement that both parliaments will have to ratify before spring.</p>"
    b"<p>A spokesman said afterwards that the two sides would meet again in Paris in May.</p>"
    b"</article></body></html>"
)


def _prepared() -> Refiner:
    if _refiner is None:
        prepare()
    assert _refiner is not None  # noqa: S101 - for the type checker
    return _refiner


def refine_page(page: Page, entry: FeedEntry | None = None) -> Refined:
    """Extract, strip and tag one page. Raises FinalError where it holds no article."""
    started = time.process_time()
    return _prepared().finish(extract_article(page, entry), started)


def tag_again(article: Article) -> Article:
    """The article with the tags of its text as it is now; what identity and versions hang on stays."""
    tagged = _prepared().tag(article)
    kept = ("url", "article_id", "content_hash", "signature")
    return tagged._replace(**{name: getattr(article, name) for name in kept})


def refine_text(text: str, entry: FeedEntry) -> Refined:
    """Read, strip and tag one plain text. Raises FinalError where it holds no article."""
    started = time.process_time()
    return _prepared().finish(article_from_text(text, entry), started)


def refine_entry(entry: FeedEntry) -> Refined:
    """Strip and tag the article that a full-text feed carries itself."""
    started = time.process_time()
    return _prepared().finish(article_from_entry(entry), started)
