"""Feeds and pages that a newsroom would not send: the routes of a loopback site, and its feed list.

A feed's path is its name; a page's path begins with `/page/`. Every page that is named in
`LANDING` holds an article in spite of all.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

MEGABYTE = 2**20
MAX_ENTRIES = 40  # of one feed, for the run over this site
SENTENCES = (
    "The foreign ministers of France and Algeria met in {place} on Friday and signed an agreement.",
    "France will open two consulates in Algeria before the summer, the French minister said.",
    "His Algerian colleague spoke of a new page and invited him to Algiers for further talks.",
    "Both governments will set up a commission that is to report to the parliaments in spring.",
)
TITLES = {  # page -> what it calls itself
    "formula": '=HYPERLINK("http://evil.example","Ministers meet")',
    "at-sign": "@SUM(1+1) Ministers meet in Oran",
    "script": "Ministers <script>alert(1)</script> meet | in [Tunis](javascript:alert(1))",
    "climber": "../../../../tmp/climbed",
    "terminal": "Ministers \x1b]0;owned\x07\x1b[2J meet",
}
GOOD = ("good-1", "good-2", "good-3")
DATES = {  # page -> when its feed says that it was published
    "in-1201": "Wed, 04 Apr 1201 00:00:00 GMT",
    "in-2098": "Wed, 01 Jan 2098 00:00:00 GMT",
    "in-9999": "9999-12-31T23:59:59-12:00",
}
LANDING = (*GOOD, *TITLES, *DATES, "unclosed", "bad-utf8", "nul", "half-characters")
HALF = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ministers \\ud800",'
    '"author": {"name": "Ann \\udfff Writer"}, "publisher": {"name": "The \\ud83d Times"}}</script>'
)


def article(place: str, title: str = "", inner: str = "") -> str:
    """A page with an article that no other place has."""
    text = "".join(f"<p>{sentence.format(place=place)} ({place})</p>" for sentence in SENTENCES)
    head = escape(title or f"Ministers of France and Algeria meet in {place}")
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{head}</title>"
        f"<meta property='og:site_name' content='../{place}'></head>"
        f"<body><article><h1>{head}</h1>{inner}{text}</article></body></html>"
    )


def rss(items: str) -> str:
    return f'<rss version="2.0"><channel><title>../../feed</title>{items}</channel></rss>'


def item(link: str, guid: str = "", date: str = "") -> str:
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><link>{escape(link)}</link><guid>{escape(guid or link)}</guid>{dated}</item>"


async def endless(_request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while True:
        writer.write(b"<p>and so on</p>" * 4_096)
        await writer.drain()


async def dripping(_request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.2)


def pages(answer: Callable[..., bytes]) -> Mapping[str, Any]:
    """Page -> its whole answer, or what writes one."""
    html = {
        **{name: article(name) for name in GOOD},
        **{name: article(name, title) for name, title in TITLES.items()},
        "unclosed": article("unclosed", inner="<font>" * 260),
        "attributes": article(
            "attributes", inner=f"<p {' '.join(f'a{n}=1' for n in range(40_000))}>x</p>"
        ),
        "nul": article("nul", "Ministers\x00 meet").replace("Friday", "Fri\x00day"),
        "bad-utf8": article("bad-utf8").replace("Friday", "FriXXday"),
        **{name: article(name) for name in DATES},
        "half-characters": article("half-characters", inner=HALF),
        "nothing": "",
        "50-mb": "<p>" + "news " * (10 * MEGABYTE) + "</p>",
    }
    bodies = {name: text.encode().replace(b"XX", b"\xff\xfe") for name, text in html.items()}
    return {
        **{name: answer(body, content_type="text/html") for name, body in bodies.items()},
        "bomb": answer(
            gzip.compress(b"<p>" + b"a" * (200 * MEGABYTE), 1),
            content_type="text/html",
            content_encoding="gzip",
        ),
        "endless": endless,
        "dripping": dripping,
        "loop": answer(status=302, location="/page/loop-2"),
        "loop-2": answer(status=302, location="/page/loop"),
        "inward": answer(status=302, location="http://10.0.0.1/"),
    }


def feeds(answer: Callable[..., bytes], url: Callable[[str], str]) -> Mapping[str, Any]:
    """Feed -> its whole answer, or what writes one."""
    linked = [
        url(f"/page/{name}") for name in pages(answer) if name not in (*GOOD, *DATES, "loop-2")
    ]
    strange = ["file:///etc/passwd", "javascript:alert(1)", "http://10.0.0.1/x", "../../climb"]
    good = rss("".join(item(url(f"/page/{name}")) for name in GOOD))
    bodies = {
        "good": good,
        "dates": rss(
            "".join(item(url(f"/page/{name}"), date=date) for name, date in DATES.items())
        ),
        "hostile": rss("".join(item(link, f"../../{link}") for link in [*linked, *strange])),
        "html": article("no-feed"),
        "silent": "",
        "empty": rss(""),
        "long": rss("".join(item(url(f"/none/{n}")) for n in range(100_000))),
        "nul": good.replace("<item>", "<item>\x00<title>a\x00b</title>", 1),
    }
    return {
        **{name: answer(body, content_type="text/xml") for name, body in bodies.items()},
        "bad-utf8": answer(good.encode().replace(b"feed", b"f\xffed"), content_type="text/xml"),
        "bomb": answer(gzip.compress(bytes(100 * MEGABYTE), 1), content_encoding="gzip"),
        "endless": endless,
        "dripping": dripping,
        "loop": answer(status=301, location="/feed/loop"),
    }


def put_up(site: Any, answer: Callable[..., bytes]) -> Iterable[str]:
    """Give `site` its routes; the addresses of its feeds, and of one where nobody answers."""

    def hosted(path: str) -> str:
        # a host for each, so that a page that holds its line up keeps nobody waiting
        return site.url(path, host=f"{path.rpartition('/')[2]}.localhost")

    for kind, found in (("page", pages(answer)), ("feed", feeds(answer, hosted))):
        site.routes |= {f"/{kind}/{name}": route for name, route in found.items()}
        if kind == "feed":
            yield from (hosted(f"/feed/{name}") for name in found)
    yield "http://127.0.0.1:1/feed/unreachable"
