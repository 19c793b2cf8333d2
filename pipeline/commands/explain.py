"""A URL or a file in; one article opened up for a person to read, or as JSON, out."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.commands.settings import check_own_files, fetch_settings
from pipeline.fetching.fetch_page import fetch_page
from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.fetching.http_client import HttpClient
from pipeline.fetching.robots import RobotsCache
from pipeline.options import MICROSECONDS, now_us
from pipeline.parsing.parse_pool import ParsePool
from pipeline.sources.document import Document, FeedFile
from pipeline.sources.feed_list import feed_url
from pipeline.sources.files import read_documents
from schemas.errors import FinalError, InputError
from schemas.records import Article, FeedEntry, Page, Refined
from transforms.pages.removal_rules import RULES
from transforms.refine import prepare, refine_page, refine_text

DEADLINE_S, MEMORY_MB = 30.0, 2048
ROLE_STYLE = {"actor": "bold green", "place": "cyan", "modifier": "blue", "dateline": "magenta"}
DEAL_WITH_EACH_OTHER = 0.5  # pair score from which on a pair counts, as in the macros


def explain_article(source: str, settings: FetchSettings, names: str, topics: str) -> Article:
    """Fetch or read `source` and run it through everything.

    Raises InputError for a file that is not there or holds no document, RecordError where the page
    could not be had or holds no article.
    """
    document = _fetched(source, settings) if "://" in source else _first_document(source)
    with ParsePool(
        1,
        deadline_s=DEADLINE_S,
        memory_mb=MEMORY_MB,
        initializer=prepare,
        initargs=(names, topics),
    ) as pool:
        return _refined(pool, document).article


def _refined(pool: ParsePool, document: Document) -> Refined:
    if document.failure is not None:
        letter = document.failure
        raise FinalError(letter.stage, letter.reason, letter.message)
    if document.page is not None:
        return pool.submit(refine_page, document.page, document.entry).result()
    return pool.submit(refine_text, document.text or "", document.entry).result()


def _first_document(source: str) -> Document:
    for document in read_documents([source]):
        if isinstance(document, FeedFile):
            raise InputError(f"{source}: a feed; `dateline ingest {source}` lands its entries")
        return document
    raise InputError(f"{source}: holds no document; expected an HTML, text, JSONL or WARC file")


def _fetched(url: str, settings: FetchSettings) -> Document:
    if not feed_url(url):
        raise InputError(f"{url}: not a web address; write http(s)://HOST/PATH, or name a file")
    entry = _entry_of(url)

    async def fetch() -> Page:
        async with HttpClient(settings) as client:
            return await fetch_page(client, RobotsCache(client), entry, now_us())

    return Document(entry, asyncio.run(fetch()), None, None)


def _entry_of(url: str) -> FeedEntry:
    return FeedEntry(
        entry_id="", feed_url="", source="html", guid=url, link=url, title="", summary="",
        content="", authors=[], categories=[], language="", published=None, updated=None,
        image="", feed_title="", fingerprint="",
    )  # fmt: skip


def as_dict(record: Any) -> Any:
    """Nested records as dictionaries and lists, for JSON."""
    if hasattr(record, "_asdict"):
        return {name: as_dict(value) for name, value in record._asdict().items()}
    if isinstance(record, (list, tuple)):
        return [as_dict(value) for value in record]
    return record


# Names of facts whose column has another, for `field_sources`.
_HEAD = ("headline", "standfirst")  # which stand above the facts
_COLUMNS = {"modified": "date_modified"}


def show_moment(micros: int | None) -> str:
    """A time in microseconds as ISO 8601 to the minute, UTC; `unknown` for None."""
    if micros is None:
        return "unknown"
    return datetime.fromtimestamp(micros / MICROSECONDS, UTC).isoformat(timespec="minutes")


def render(article: Article) -> Iterator[Text]:
    """The article in sections: what it is, its text with marks, what went, tags with proof."""
    yield marked(article, "headline") if article.headline else Text("(no headline)")
    if article.standfirst:
        yield Text(article.standfirst, style="italic")
    yield from _facts(article)
    yield Text("\nKept", style="bold underline")
    yield marked(article, "body")
    yield Text(f"\nStripped lines ({len(article.removed)})", style="bold underline")
    for removal in article.removed:
        yield Text.assemble((f"  {removal.rule:<19} ", "red"), (removal.text, "dim"))
    for rule in sorted({removal.rule for removal in article.removed} & RULES.keys()):
        yield Text.assemble((f"  {rule}: ", "red"), RULES[rule])
    yield from _countries(article)
    yield from _pairs(article)
    yield from _relations(article)
    yield from _topics(article)


def _facts(article: Article) -> Iterator[Text]:
    sources = dict(article.field_sources)
    facts = {
        "url": article.url,
        "told by": ", ".join(f"{name} {sources[name]}" for name in _HEAD if name in sources),
        "published": _published(article),
        "modified": show_moment(article.date_modified) if article.date_modified else "",
        "publisher": article.publisher,
        "authors": ", ".join(article.authors),
        "agency": article.agency,
        "dateline": article.dateline,
        "section": article.section,
        "language": article.in_language,
        "image": article.image,
        "caption": article.caption,
        "text from": article.text_source + (", cut short" if article.is_truncated else ""),
    }
    for name, value in facts.items():
        if value:
            source = sources.get(_COLUMNS.get(name, name), "")
            told = (f" ({source})", "dim") if source else ""
            yield Text.assemble((f"  {name:<10}", "dim"), value, told)


def _published(article: Article) -> str:
    moment = show_moment(article.date_published)
    return f"{moment} ({article.date_source})" if article.date_source else moment


def marked(article: Article, field: str) -> Text:
    """`headline` or `body` with each country mention as `text[CODE role]`.

    On a terminal, triggers are underlined and the words that spoke for topics are in italics.
    """
    marks: dict[int, str] = {}
    text = Text(article.headline, "bold") if field == "headline" else Text(article.article_body)
    for mention in (m for country in article.countries for m in country.mentions):
        if mention.field == field:
            text.stylize(ROLE_STYLE.get(mention.role, "yellow"), mention.start, mention.end)
            marks[mention.end] = f"[{mention.code} {mention.role}]"
    for relation in article.relations:
        if relation.field == field:
            text.stylize("underline", relation.trigger_start, relation.trigger_end)
    for span in (span for topic in article.topics for span in topic.evidence):
        if span.field == field:
            text.stylize("italic", span.start, span.end)
    return _with_marks(text, marks)


def _with_marks(body: Text, marks: dict[int, str]) -> Text:
    cuts = sorted(marks)
    out = Text()
    for piece, cut in zip(body.divide(cuts), [*cuts, None], strict=True):
        out.append_text(piece)
        if cut is not None:
            out.append(marks[cut], style="dim")
    return out


def _section(title: str, rows: Iterable[Text]) -> Iterator[Text]:
    yield Text(f"\n{title}", style="bold underline")
    yield from rows


def _countries(article: Article) -> Iterator[Text]:
    rows = (
        Text.assemble((f"  {c.code:<6}", "bold"), f"{c.salience:.2f}  named {len(c.mentions)}x")
        for c in article.countries
    )
    return _section("Countries, by salience (from .50 on the story is about them)", rows)


def _pairs(article: Article) -> Iterator[Text]:
    yield Text(
        "\nPairs, by score (from .50 on the two deal with each other)", style="bold underline"
    )
    for pair in article.pairs:
        if pair.score >= DEAL_WITH_EACH_OTHER:
            yield Text.assemble((f"  {pair.a}-{pair.b}", "bold"), f"  {pair.score:.2f}")
            for evidence in pair.evidence:
                yield Text(f"      “{evidence.text}”", style="dim")
    below = [f"{p.a}-{p.b} {p.score:.2f}" for p in article.pairs if p.score < DEAL_WITH_EACH_OTHER]
    if below:
        yield Text(f"  below: {', '.join(below)}", style="dim")


def _relations(article: Article) -> Iterator[Text]:
    yield Text("\nRelations", style="bold underline")
    for r in article.relations:
        text = article.headline if r.field == "headline" else article.article_body
        if r.cameo_root:
            trigger = text[r.trigger_start : r.trigger_end]
            kind = f"CAMEO {r.cameo_root}, quad {r.quad_class}, Goldstein {r.goldstein:+.1f}, "
            reason = f"by “{trigger}”"
        else:
            kind, reason = "", "without a word that says what was done"
        yield Text.assemble(
            (f"  {r.source} -> {r.target}", "bold"),
            f"  {r.event_type} ({kind}{r.mode}, {r.score:.2f})  {reason}",
        )
        yield Text(f"      “{r.text}”", style="dim")


def _topics(article: Article) -> Iterator[Text]:
    yield Text("\nTopics", style="bold underline")
    for topic in article.topics:
        words = ", ".join(dict.fromkeys(span.text for span in topic.evidence))
        yield Text.assemble(
            (f"  {topic.score:.2f}  {topic.label}", "bold"),
            f"  {topic.id}, {topic.method}",
            (f"  by {words}" if words else "", "dim"),
        )


def command(arguments: argparse.Namespace) -> int:
    """`dateline explain`."""
    check_own_files(arguments)
    article = explain_article(
        arguments.source, fetch_settings(arguments), arguments.names, arguments.topics
    )
    if arguments.json:
        json.dump(as_dict(article), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return 0
    console = Console(soft_wrap=True, highlight=False)
    for part in render(article):
        console.print(part)
    return 0
