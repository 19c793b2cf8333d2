"""Parsed arguments in; feeds or files run into the lake, the summary printed, an exit status out."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence

from pipeline.commands.settings import feed_urls, list_of_feeds, run_options
from pipeline.report import RunReport
from pipeline.run import run_documents, run_feeds
from pipeline.run import watch as watch_feeds
from schemas.errors import InputError

log = logging.getLogger("dateline")


def show_report(report: RunReport, as_json: bool) -> None:
    """Print the summary of a run."""
    if as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False))  # noqa: T201
    else:
        print("\n".join(report.lines()), flush=True)  # noqa: T201


def run(arguments: argparse.Namespace) -> int:
    """`dateline run`."""
    urls = feed_urls(arguments.feeds, arguments.lake)
    report = run_feeds(
        urls,
        run_options(arguments),
        beam_args=arguments.beam,
        wait_s=arguments.wait,
        quiet=arguments.quiet,
    )
    show_report(report, arguments.json)
    return int(report.failed)


def watch(arguments: argparse.Namespace) -> int:
    """`dateline watch`."""
    if arguments.streaming:
        return _stream(arguments)
    mark = _mark(arguments)
    urls = feed_urls(arguments.feeds, arguments.lake)  # a wrong list must fail now, not in the loop

    def feeds() -> Sequence[str]:
        nonlocal mark, urls
        before, mark = mark, _mark(arguments)
        if mark == before:  # what is wrong in it has been said once
            return urls
        try:
            urls = feed_urls(arguments.feeds, arguments.lake)
        except InputError as error:  # perhaps an editor is at it
            log.warning("%s; going on with the feeds that it had", error)
        return urls

    watch_feeds(
        feeds,
        run_options(arguments),
        lambda report: show_report(report, arguments.json),
        beam_args=arguments.beam,
        wait_s=3600.0 if arguments.wait is None else arguments.wait,  # for a nightly `compact`
        quiet=arguments.quiet,
    )
    return 0


def _mark(arguments: argparse.Namespace) -> tuple[int, int, int]:
    """What changes when the list of feeds is written anew."""
    try:
        found = list_of_feeds(arguments.feeds, arguments.lake).stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _stream(arguments: argparse.Namespace) -> int:
    """`dateline watch --streaming`."""
    from pipeline.stream import stream_feeds

    stream_feeds(
        feed_urls(arguments.feeds, arguments.lake),
        run_options(arguments),
        lambda report: show_report(report, arguments.json),
        beam_args=arguments.beam,
        wait_s=arguments.wait or 0.0,
    )
    return 0


def ingest(arguments: argparse.Namespace) -> int:
    """`dateline ingest`."""
    report = run_documents(
        arguments.paths,
        run_options(arguments),
        beam_args=arguments.beam,
        wait_s=arguments.wait,
        quiet=arguments.quiet,
    )
    show_report(report, arguments.json)
    if not report.entries:
        log.warning(
            "no document in %s; an archive's are its HTML pages answered with 200",
            ", ".join(arguments.paths[:5]),
        )
    return int(report.failed or report.landed_nothing)
