"""`dateline demo`: the bundled newsroom served over loopback, two runs, and the answer shown."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.fetching.fetch_settings import FetchSettings
from pipeline.lake.store import Lake
from pipeline.newsroom.site import Newsroom, serve
from pipeline.options import RunOptions, available_cores, new_run_id, now_us
from pipeline.queries.query import run_query
from pipeline.run import run_feeds
from pipeline.sources.feed_list import read_feeds

LOOPBACK = ("127.0.0.0/8", "::1/128")

ANSWERS = (
    (
        "Which countries deal with each other?",
        "FROM top_pairs(n := 8)",
    ),
    (
        "What about CHN-RUS, and which sentence says so?",
        "SELECT strftime(date_published, '%Y-%m-%d') AS day, publisher, round(score, 2) AS score, "
        "sentence FROM evidence('RUS', 'CHN') LIMIT 4",
    ),
    (
        "Who did what to whom?",
        "SELECT source, target, event_type, goldstein, mode, text FROM relations "
        "WHERE source <> target ORDER BY abs(goldstein) DESC, date_published LIMIT 5",
    ),
    (
        "About what?",
        "SELECT label, articles FROM topic_mix('CHN', 'RUS') LIMIT 6",
    ),
    (
        "What was stripped from the pages, and why?",
        "SELECT r.rule, count(*) AS lines, any_value(r.text ORDER BY length(r.text)) AS example "
        "FROM articles, unnest(removed) AS t(r) GROUP BY ALL ORDER BY lines DESC LIMIT 8",
    ),
    (
        "What failed, and where?",
        "SELECT stage, reason, count(*) AS records FROM dead_letters GROUP BY ALL ORDER BY ALL",
    ),
)


def _say(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201


@contextmanager
def _lake_folder(named: str) -> Iterator[str]:
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="dateline-demo-") as folder:
        yield str(Path(folder) / "lake")


def _options(lake: str, workers: int | None) -> RunOptions:
    now = now_us()
    return RunOptions(
        lake=lake,
        run_id=new_run_id(now),
        now=now,
        workers=workers or available_cores(),
        fetch=FetchSettings(allow_networks=LOOPBACK, per_host=4),
        force=True,
        command="demo",
    )


def show(newsroom: Newsroom, lake: str, workers: int | None) -> int:
    """Two runs over the newsroom, the second after a new edition, and the analyst's answers."""
    Lake.create_or_open(Path(lake))
    feeds_file = Path(lake) / "feeds.opml"
    feeds_file.write_text(newsroom.feeds_opml, encoding="utf-8")
    urls = [feed.url for feed in read_feeds(feeds_file)]
    _say(
        f"The bundled newsroom: {len(urls)} feeds of {len(newsroom.outlets)} outlets on loopback.\n"
    )
    options = _options(lake, workers)
    first = run_feeds(urls, options)
    _say("First run\n" + "\n".join(first.lines()))
    for question, sql in ANSWERS:
        _say(f"\n{question}\n  {sql}")
        sys.stdout.write(run_query(Path(lake), sql, "table"))
    newsroom.publish_second_edition()
    now = now_us()
    second = run_feeds(urls, replace(options, now=now, run_id=new_run_id(now)))
    _say(
        "\nSecond run, after one story was changed and one was added\n" + "\n".join(second.lines())
    )
    return int(first.failed or second.failed)


def _serve_until_stopped(newsroom: Newsroom) -> int:
    for outlet in newsroom.outlets:
        _say(f"{newsroom.base(outlet)}/  {outlet.name}")
    _say("\nCtrl-C stops. To read it, in another terminal:")
    _say(f"  curl -o newsroom.opml http://localhost:{newsroom.port}/feeds.opml")
    _say("  dateline run --feeds newsroom.opml --lake lake --allow-network 127.0.0.0/8")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
    return 0


def command(arguments: argparse.Namespace) -> int:
    """`dateline demo`."""
    with serve(port=arguments.port) as newsroom:
        if arguments.serve:
            return _serve_until_stopped(newsroom)
        with _lake_folder(arguments.lake) as lake:
            return show(newsroom, lake, arguments.workers)
