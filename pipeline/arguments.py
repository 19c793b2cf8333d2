"""The command line's words in, the arguments of one command out, or one line on what is wrong.

Every command has an example in its help; a test holds that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from pipeline.argument_types import beam_option, contact, network, port, positive, seconds

EPILOG = """\
examples:
  dateline demo                                       try it: a bundled newsroom on this machine
  dateline run --feeds feeds.opml --lake lake         one batch: poll, fetch, strip, tag, land
  dateline query "FROM top_pairs(n := 10)" --lake lake
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; the usage is a `--help` away."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"dateline: {message}; see `{self.prog} --help`\n")


class _ShowVersion(argparse.Action):
    """Looks the version up when it is asked for: every command waited 15 ms for it."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        told = "show program's version number and exit"
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=told)

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> NoReturn:
        from importlib.metadata import version

        sys.stdout.write(f"dateline {version('dateline')}\n")
        parser.exit()


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    words: str,
    example: str,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=words,
        description=words[0].upper() + words[1:] + ".",
        epilog="example:\n  " + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=name)
    return parser


def _add_lake(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lake", default="lake", metavar="DIR", help="the lake (default: lake)")


def _add_tagging(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("tagging")
    group.add_argument("--names", default="", metavar="YAML", help="own names of countries")
    group.add_argument("--topics", default="", metavar="YAML", help="own topics")


def _add_fetching(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fetching")
    group.add_argument(
        "--contact",
        type=contact,
        metavar="WHO",
        default="",
        help="your URL or mail, told to every site",
    )
    group.add_argument(
        "--timeout", type=seconds, metavar="SECONDS", default=30.0, help="of one request (30 s)"
    )
    group.add_argument(
        "--max-page-mb", type=positive, metavar="N", default=20, help="decompressed (20)"
    )
    group.add_argument(
        "--per-host", type=positive, metavar="N", default=2, help="requests at once (2)"
    )
    group.add_argument(
        "--host-delay", type=seconds, metavar="SECONDS", default=0.0, help="between two (0 s)"
    )
    group.add_argument(
        "--allow-network",
        action="append",
        type=network,
        default=[],
        metavar="CIDR",
        help="a private network that may be reached, e.g. 127.0.0.0/8; none by default",
    )


def _add_running(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("running")
    group.add_argument(
        "--workers", type=positive, metavar="N", default=None, help="cores (all there are)"
    )
    group.add_argument(
        "--deadline", type=seconds, metavar="SECONDS", default=10.0, help="to parse a page (10 s)"
    )
    group.add_argument(
        "--memory-mb", type=positive, metavar="N", default=2048, help="of a worker (2048)"
    )
    group.add_argument(
        "--wait",
        type=seconds,
        metavar="SECONDS",
        default=0.0,
        help="for another run to end (0 s; a loop: 3600 s)",
    )
    group.add_argument(
        "--max-attempts", type=positive, metavar="N", default=5, help="at a record (5)"
    )
    group.add_argument("--quiet", action="store_true", help="no progress, only the summary")
    group.add_argument("--json", action="store_true", help="the summary as JSON")
    group.add_argument(
        "--beam",
        action="append",
        type=beam_option,
        default=[],
        metavar="OPTION",
        help="a Beam option, e.g. --beam=--runner=PortableRunner",
    )


def _add_max_entries(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--max-entries", type=positive, metavar="N", default=10_000, help="of a feed (10000)"
    )


def _add_polling(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--feeds", metavar="FILE", help="OPML, JSON, text, or one saved feed (the lake's list)"
    )
    parser.add_argument(
        "--min-interval", type=seconds, metavar="SECONDS", default=3600.0, help="per feed (3600 s)"
    )
    parser.add_argument(
        "--full-text", action="store_true", help="no page fetch where the feed carries the article"
    )


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; a test asks each for its example and its words."""
    parser = _Parser(
        prog="dateline",
        description="News feeds to a Parquet lake of country pairs and topics, with their proof.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_ShowVersion)
    parser.add_argument("--debug", action="store_true", help="log every detail, with tracebacks")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    _add_run_commands(commands)
    _add_reading_commands(commands)
    _add_keeping_commands(commands)
    return parser


def _add_run_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    run = _command(
        commands,
        "run",
        "poll the feeds once and land what is new",
        "dateline run --feeds feeds.opml --lake lake --contact https://example.org/about",
    )
    run.add_argument("--force", action="store_true", help="poll every feed, due or not")
    watch = _command(
        commands,
        "watch",
        "go on running, each feed when it is due, until SIGTERM ends the batch in hand",
        "dateline watch --feeds feeds.opml --lake lake",
    )
    watch.add_argument(
        "--streaming",
        action="store_true",
        help="one endless Beam job on the runner that --beam names, not a loop of runs here",
    )
    ingest = _command(
        commands,
        "ingest",
        "backfill from HTML, text, JSONL, WARC and feed files, folders, globs, or - for stdin",
        "dateline ingest archive/*.warc.gz story.txt --lake lake",
    )
    ingest.add_argument("paths", nargs="+", metavar="PATH", help="file, folder, glob or -")
    for parser in (run, watch):
        _add_polling(parser)
        _add_fetching(parser)
    for parser in (run, watch, ingest):
        _add_max_entries(parser)
        _add_lake(parser)
        _add_running(parser)
        _add_tagging(parser)
    watch.set_defaults(wait=None)


def _add_reading_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    query = _command(
        commands,
        "query",
        "ask the lake in SQL; views and macros are ready",
        "dateline query \"FROM pair_news('RUS', 'CHN') LIMIT 5\" --lake lake --format markdown",
    )
    query.add_argument("sql", metavar="SQL", help="one statement, or - to read it from stdin")
    query.add_argument("--format", choices=("table", "csv", "json", "markdown"), default="table")
    _add_lake(query)
    explain = _command(
        commands,
        "explain",
        "open up one article: what was kept, stripped by which rule, tagged by which sentence",
        "dateline explain https://example.org/story.html",
    )
    explain.add_argument("source", metavar="URL-or-FILE", help="a page, a text file, or -")
    explain.add_argument("--json", action="store_true", help="the article as JSON")
    _add_fetching(explain)
    _add_tagging(explain)
    countries = _command(
        commands,
        "countries",
        "list the codes, show what a name means, or tag texts, with own names if any",
        "dateline countries test story.txt --names names.yaml",
    )
    countries.add_argument("action", choices=("list", "show", "test"))
    countries.add_argument(
        "values", nargs="*", metavar="NAME | CODE | FILE", help="see the example"
    )
    countries.add_argument("--names", default="", metavar="YAML", help="own names of countries")
    topics = _command(
        commands,
        "topics",
        "list the topics, show one, or test a query or a file of own topics on texts",
        "dateline topics test 'NEAR(gas, pipeline, 5) AND NOT sport' story.txt",
    )
    topics.add_argument("action", choices=("list", "show", "test"))
    topics.add_argument("values", nargs="*", metavar="ID | QUERY | FILE", help="see the example")
    topics.add_argument("--topics", default="", metavar="YAML", help="own topics")


def _add_keeping_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    feeds = _command(
        commands,
        "feeds",
        "list the lake's feeds and their state, add or import some, or check that they can be read",
        "dateline feeds add https://example.org/rss.xml --lake lake",
    )
    feeds.add_argument("action", choices=("list", "add", "import", "check", "enable"))
    feeds.add_argument("values", nargs="*", metavar="URL | FILE", help="what to add or import")
    feeds.add_argument("--format", choices=("table", "opml", "json"), default="table")
    _add_lake(feeds)
    _add_fetching(feeds)
    check = _command(
        commands,
        "check",
        "say whether the lake is whole: keys, offsets, files, ledger and sums",
        "dateline check --lake lake",
    )
    _add_lake(check)
    compact = _command(
        commands,
        "compact",
        "join small files of the lake into large ones and remove what no table lists",
        "dateline compact --lake lake",
    )
    compact.add_argument(
        "--wait", type=seconds, metavar="SECONDS", default=0.0, help="for a run to end (0 s)"
    )
    _add_lake(compact)
    demo = _command(
        commands,
        "demo",
        "run everything on the bundled newsroom, over loopback, and show the answer",
        "dateline demo --lake demo-lake",
    )
    demo.add_argument("--serve", action="store_true", help="only serve the newsroom")
    demo.add_argument(
        "--port", type=port, metavar="N", default=0, help="of the newsroom (any free one)"
    )
    demo.add_argument(
        "--workers", type=positive, metavar="N", default=None, help="cores (all there are)"
    )
    demo.add_argument("--lake", default="", metavar="DIR", help="keep the lake here")
