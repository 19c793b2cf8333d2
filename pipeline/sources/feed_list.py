"""A list of feeds in a file (OPML, JSON or plain text) in, `FeedSource`s out; and OPML back out."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit
from xml.sax.saxutils import quoteattr

from lxml import etree

from pipeline.sources.document import decoded
from schemas.errors import InputError

MAX_BYTES = 50 * 2**20

log = logging.getLogger("dateline")

_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z]\w{1,30};)")
_BARE_ADDRESS = re.compile(r"""(\s(?:xml|html)url)\s*=\s*([^\s"'<>]+)""", re.IGNORECASE)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,100}\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_FEED_KEYS = ("xmlurl", "feedurl", "rssurl", "rss", "feed", "atom", "url", "href", "uri", "link")
_TITLE_KEYS = ("title", "name", "publicationname", "text", "publisher")
_SITE_KEYS = ("htmlurl", "website", "publicationwebsiteuri", "homepage", "site")


class FeedSource(NamedTuple):
    """A feed that somebody subscribed to."""

    url: str
    title: str = ""
    site: str = ""
    folder: str = ""  # of the outline, or the key (a country, say) that a JSON list files it under


def read_feeds(path: Path, *, may_be_empty: bool = False) -> list[FeedSource]:
    """Read a list of feeds, each address once, in the order of the file.

    The content tells the kind: OPML (not necessarily well-formed), JSON (addresses, or objects with
    one, nested to any depth), or text with an address a line and `#` comments. An OPML outline whose
    address cannot be asked is left out with a warning. Raises `InputError`, for a list that names no
    feed too, unless it `may_be_empty`.
    """
    text = _read(path)
    start = text.lstrip()[:1]
    if start == "<":
        found = _from_opml(text, path)
    elif start in ("{", "["):
        found = _from_json(text, path)
    else:
        found = _from_lines(text, path)
    feeds = _distinct(found)
    if not feeds and not may_be_empty:
        raise InputError(
            f"{path} names no feed; write OPML with xmlUrl attributes, a JSON list, "
            "or one http(s) address a line"
        )
    return feeds


def write_opml(feeds: Iterable[FeedSource], title: str = "Feeds") -> str:
    """The feeds as OPML 2.0, grouped by folder, in their order."""
    folders: dict[str, list[FeedSource]] = {}
    for feed in feeds:
        folders.setdefault(feed.folder, []).append(feed)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{_escaped(title)}</title></head>", "  <body>"]
    for folder, members in folders.items():
        if folder:
            lines.append(f"    <outline text={_quoted(folder)}>")
        lines += [("      " if folder else "    ") + _outline(feed) for feed in members]
        if folder:
            lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def feed_url(text: str) -> str:
    """A feed's address as it can be asked; "" where the text is none.

    `feed:` schemes and missing schemes are mended, the fragment goes.
    """
    url = text.translate(_CONTROLS).strip()
    url = re.sub(
        r"^(?:feed:(?://)?(?=https?:)|feed://|feed:)", _mend_scheme, url, flags=re.IGNORECASE
    )
    if "://" not in url and re.match(r"[\w-]+(\.[\w-]+)+(:\d+)?(/|$)", url):
        url = "https://" + url
    try:
        url.encode("utf-8")  # no bytes of another encoding, as a command line may bring them
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"\s", url):
        return ""
    path = parts.path or "/"
    login, at, place = parts.netloc.rpartition("@")  # a password has its capitals
    return urlunsplit((parts.scheme.lower(), f"{login}{at}{place.lower()}", path, parts.query, ""))


def _mend_scheme(match: re.Match[str]) -> str:
    return "http://" if match[0].lower() == "feed://" else ""


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as exc:
        reason = exc.strerror or type(exc).__name__
        raise InputError(
            f"cannot read the feed list {path}: {reason}; name an existing file"
        ) from exc
    if len(body) > MAX_BYTES:
        raise InputError(f"{path} is over {MAX_BYTES:,} bytes; split the feed list")
    return _decoded(body)


def _decoded(body: bytes) -> str:
    """UTF-8 where it is that; else as the XML declaration says, which only older lists need."""
    declared = _DECLARED.match(body)
    try:
        return body.decode("utf-8-sig") if declared else decoded(body)
    except UnicodeDecodeError:
        name = declared[1].decode("ascii") if declared else ""
    try:
        return decoded(body) if name.lower().startswith("utf") else body.decode(name, "replace")
    except LookupError:
        return decoded(body)


def _from_opml(text: str, path: Path) -> Iterator[FeedSource]:
    mended = _BARE_AMPERSAND.sub("&amp;", text.translate(_CONTROLS))
    mended = _BARE_ADDRESS.sub(r'\1="\2"', mended)
    mended = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", mended)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(mended.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as exc:
        raise InputError(f"{path} is broken beyond repair: {exc}; export the OPML again") from exc
    if root is None:
        raise InputError(f"{path} holds no XML element; export the OPML again")
    if not isinstance(root.tag, str) or etree.QName(root).localname.lower() in (
        "rss",
        "feed",
        "rdf",
    ):
        raise InputError(f"{path} is a feed, not a list of feeds; give its address instead")
    for element in root.iter("{*}*"):
        attributes = {key.lower(): value for key, value in element.attrib.items()}
        is_feed = attributes.get("type", "").lower() in ("rss", "atom")
        if "xmlurl" not in attributes and not is_feed:
            continue
        address = attributes.get("xmlurl") or attributes.get("url", "")
        if not feed_url(address):
            told = address or attributes.get("title") or attributes.get("text", "")
            log.warning("%s: %.100r is no feed address, left out", path, told)
            continue
        yield FeedSource(
            url=address,
            title=attributes.get("title") or attributes.get("text", ""),
            site=attributes.get("htmlurl", ""),
            folder=_folder(element),
        )


def _folder(element: etree._Element) -> str:
    """The name of the outline that holds this one, unless that is a feed itself."""
    parent = element.getparent()
    if parent is None:
        return ""
    attributes = {key.lower(): value for key, value in parent.attrib.items()}
    return "" if "xmlurl" in attributes else attributes.get("text") or attributes.get("title", "")


def _from_json(text: str, path: Path) -> Iterator[FeedSource]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise InputError(
            f"{path} is not JSON: {str(exc)[:200]}; check it with a JSON tool"
        ) from exc
    waiting: list[tuple[Any, str]] = [(data, "")]
    while waiting:
        value, folder = waiting.pop()
        if isinstance(value, str):
            yield FeedSource(value, folder=folder)
        elif isinstance(value, list):
            waiting += [(item, folder) for item in reversed(value)]
        elif isinstance(value, dict):
            source = _from_object(value, folder)
            if source:
                yield source
            else:
                nested = [
                    (key, item) for key, item in value.items() if isinstance(item, (dict, list))
                ]
                waiting += [(item, str(key)) for key, item in reversed(nested)]


def _from_object(record: Mapping[str, Any], folder: str) -> FeedSource | None:
    """The feed that a JSON object describes; its keys differ from list to list."""
    texts = {
        re.sub(r"[^a-z]", "", str(key).lower()): value
        for key, value in record.items()
        if isinstance(value, str)
    }
    keys = [key for key in _FEED_KEYS if key in texts]
    hinted = [key for key in texts if re.search(r"rss|feed|xml|atom", key) and key not in keys]
    url = next((texts[key] for key in [*keys[:6], *hinted, *keys[6:]] if feed_url(texts[key])), "")
    if not url:
        return None
    return FeedSource(url, _first(texts, _TITLE_KEYS), _first(texts, _SITE_KEYS), folder)


def _first(texts: Mapping[str, str], keys: Iterable[str]) -> str:
    return next((texts[key] for key in keys if texts.get(key)), "")


def _from_lines(text: str, path: Path) -> Iterator[FeedSource]:
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        address, _, comment = content.partition(" ")
        if not feed_url(address):
            raise InputError(
                f"{path} line {number}: {address[:100]!r} is no feed address; write http(s)://..."
            )
        yield FeedSource(address, title=comment.strip(" #\t"))


def _distinct(feeds: Iterable[FeedSource]) -> list[FeedSource]:
    """Addresses mended and each kept once; what is no address is left out."""
    kept: dict[str, FeedSource] = {}
    for feed in feeds:
        url = feed_url(feed.url)
        if url:
            kept.setdefault(
                url, feed._replace(url=url, title=_line(feed.title), site=_line(feed.site))
            )
    return list(kept.values())


def _line(text: str) -> str:
    return " ".join(text.translate(_CONTROLS).split())


def _outline(feed: FeedSource) -> str:
    title = _quoted(feed.title or feed.url)
    site = f" htmlUrl={_quoted(feed.site)}" if feed.site else ""
    return f'<outline type="rss" text={title} title={title} xmlUrl={_quoted(feed.url)}{site}/>'


def _quoted(text: str) -> str:
    return quoteattr(_line(text))


def _escaped(text: str) -> str:
    return _line(text).replace("&", "&amp;").replace("<", "&lt;")
