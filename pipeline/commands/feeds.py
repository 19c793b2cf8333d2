"""`dateline feeds`: the lake's own list of feeds and the state of each in; the list kept, out."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from pipeline.commands.explain import show_moment
from pipeline.commands.settings import fetch_settings
from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.fetching.http_client import HttpClient
from pipeline.fetching.poll_feed import PollResult, poll
from pipeline.fetching.robots import RobotsCache
from pipeline.lake.lock import LIST_LOCK_FILE
from pipeline.lake.parquet_files import write_file
from pipeline.lake.storage_errors import storage_errors
from pipeline.lake.store import FEEDS_OF_THE_LAKE, Lake
from pipeline.options import new_run_id, now_us
from pipeline.parsing.parse_pool import ParsePool
from pipeline.report import counted
from pipeline.sources.feed_list import FeedSource, feed_url, read_feeds, write_opml
from schemas.contract import fetch_row
from schemas.errors import InputError
from schemas.rows import month
from schemas.run_records import FeedFetch

WIDE = 2_000  # columns, where no terminal sets a limit: an address stays on its line


def _listed(lake: Path) -> list[FeedSource]:
    path = lake / FEEDS_OF_THE_LAKE
    return read_feeds(path, may_be_empty=True) if path.exists() else []


def _keep(lake: Path, new: Sequence[FeedSource]) -> tuple[int, int]:
    """Add the feeds to the lake's list; how many are new to it, and how many it has."""
    Lake.create_or_open(lake)
    path = lake / FEEDS_OF_THE_LAKE
    fresh = path.with_suffix(".new")
    with storage_errors(path), FileLock(lake / LIST_LOCK_FILE):  # not the lake's: a run may be long
        old = _listed(lake)
        merged = _merged(old, new)
        fresh.write_text(write_opml(merged), encoding="utf-8")
        fresh.replace(path)
    return len(merged) - len(old), len(merged)


def _merged(old: Sequence[FeedSource], new: Sequence[FeedSource]) -> list[FeedSource]:
    """Both lists, each address once, an older entry keeping its place."""
    known = {feed.url for feed in old}
    return [*old, *(feed for feed in {f.url: f for f in new}.values() if feed.url not in known)]


def add(lake: Path, arguments: argparse.Namespace) -> int:
    """`feeds add URL ...` and `feeds import FILE ...`."""
    if not arguments.values:
        raise InputError(f"feeds {arguments.action}: name at least one URL or file")
    new: list[FeedSource] = []
    for value in arguments.values:
        is_url = "://" in value and not Path(value).is_file()
        if is_url is (arguments.action == "import"):
            raise InputError(f"feeds {arguments.action} {value}: `add` takes URLs, `import` files")
        new += [_named("add", value)] if is_url else read_feeds(Path(value))
    count, in_all = _keep(lake, new)
    print(f"{count:,} new, {in_all:,} in the list of {lake}")  # noqa: T201
    return 0


def _named(action: str, url: str) -> FeedSource:
    """The feed of an address, as it will be read back from the list."""
    address = feed_url(url) if ":" in url else ""  # a name alone may be that of a file
    if not address:
        raise InputError(f"feeds {action} {url}: not a web address; write http(s)://HOST/PATH")
    return FeedSource(address)


def _status(state: FeedFetch | None) -> str:
    if state is None:
        return "never asked"
    if state.is_disabled:
        return "gone, not asked any more"
    return state.error or str(state.status)


def show(lake: Path, arguments: argparse.Namespace) -> int:
    """`feeds list`: the list with each feed's state, or as OPML or JSON."""
    if arguments.values:
        raise InputError(f"feeds list {arguments.values[0]}: `list` shows all and takes no URL")
    feeds = _listed(lake)
    if arguments.format == "opml":
        sys.stdout.write(write_opml(feeds))
        return 0
    states = Lake.open(lake).feed_states(now_us())
    known = {feed.url for feed in feeds}
    feeds += [FeedSource(url, "") for url in sorted(states) if url not in known]
    rows = [_state_row(feed, states.get(feed.url)) for feed in feeds]
    if arguments.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))  # noqa: T201
        return 0
    names = ("feed", "state", "fetched", "entries", "failures", "next check")
    table = Table(*(Column(name, overflow="fold") for name in names))
    for row in rows:
        table.add_row(*(escape(str(row[c])) for c in (
            "url", "state", "fetched", "entries", "failures", "next_check")))  # fmt: skip
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
    return 0


def _state_row(feed: FeedSource, state: FeedFetch | None) -> dict[str, str | int]:
    return {
        "url": feed.url,
        "title": feed.title,
        "current_url": state.current_url if state else feed.url,
        "state": _status(state),
        "fetched": show_moment(state.fetched_at if state else None),
        "entries": state.entries_seen if state else 0,
        "failures": state.failures if state else 0,
        "next_check": show_moment(state.next_check if state else None),
    }


def check(lake: Path, arguments: argparse.Namespace) -> int:
    """`feeds check [URL ...]`: ask each feed now and say what it holds; nothing is landed."""
    named = [_named("check", value).url for value in arguments.values]
    urls = named or [feed.url for feed in _listed(lake)]
    if not urls:
        raise InputError(f"feeds check: {lake} lists no feeds; name a URL, or fill the list first")
    results = asyncio.run(_ask(urls, fetch_settings(arguments)))
    failed = 0
    for url, result in zip(urls, results, strict=True):
        error = result.fetch.error if result.fetch else ""
        failed += bool(error)
        print(f"{url}  {error or counted(len(result.entries), 'entry', 'entries')}")  # noqa: T201
    return int(failed > 0)


async def _ask(urls: Sequence[str], settings: FetchSettings) -> list[PollResult]:
    with ParsePool(1, deadline_s=20, memory_mb=1024) as pool:
        async with HttpClient(settings) as client:
            robots, now = RobotsCache(client), now_us()
            return await asyncio.gather(
                *(poll(client, robots, pool, url, None, now, force=True) for url in urls)
            )


def enable(lake: Path, arguments: argparse.Namespace) -> int:
    """`feeds enable URL ...`: ask a feed again that had answered 410 Gone."""
    opened, now = Lake.open(lake), now_us()
    urls = list(dict.fromkeys(_named("enable", value).url for value in arguments.values))
    run_id = new_run_id(now)
    with opened.lock(run_id, 0.0):
        opened.recover()
        states = opened.feed_states(now)
        unknown = [url for url in urls if url not in states]
        if unknown or not urls:
            told = ", ".join(unknown) or "no URL"
            raise InputError(
                f"feeds enable: {told}: not a feed that was ever asked; see `dateline feeds list`"
            )
        rows = [fetch_row(_enabled(states[url], now), run_id=run_id) for url in urls]
        partition = f"fetched_month={month(now)}"
        opened.publish(run_id, [write_file("feed_fetches", partition, rows, 0, lake, run_id)])
    print(f"{counted(len(urls), 'feed', 'feeds')} will be asked again by the next run")  # noqa: T201
    return 0


def _enabled(state: FeedFetch, now: int) -> FeedFetch:
    return state._replace(
        fetched_at=now, is_disabled=False, next_check=now, failures=0, error="", status=0
    )


def command(arguments: argparse.Namespace) -> int:
    """`dateline feeds list|add|import|check|enable`."""
    actions: dict[str, Callable[[Path, argparse.Namespace], int]] = {
        "list": show, "add": add, "import": add, "check": check, "enable": enable,
    }  # fmt: skip
    return actions[arguments.action](Path(arguments.lake), arguments)
