"""Parsed arguments in; the settings of a run or a fetch, and the feeds to poll, out."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.fetching.fetch_settings import FetchSettings, default_user_agent
from pipeline.lake.store import FEEDS_OF_THE_LAKE
from pipeline.options import RunOptions, available_cores, new_run_id, now_us
from pipeline.sources.document import file_url
from pipeline.sources.feed_list import read_feeds
from pipeline.sources.files import is_saved_feed
from schemas.errors import InputError


def fetch_settings(arguments: argparse.Namespace) -> FetchSettings:
    """The client's settings from the options of the command line."""
    return FetchSettings(
        user_agent=default_user_agent(arguments.contact),
        total_timeout_s=arguments.timeout,
        max_page_bytes=arguments.max_page_mb * 2**20,
        per_host=arguments.per_host,
        host_delay_s=arguments.host_delay,
        allow_networks=tuple(arguments.allow_network),
    )


def run_options(arguments: argparse.Namespace) -> RunOptions:
    """The run's options, its files of names and topics checked."""
    check_own_files(arguments)
    now = now_us()
    polling = vars(arguments)
    return RunOptions(
        lake=arguments.lake,
        run_id=new_run_id(now),
        now=now,
        workers=arguments.workers or available_cores(),
        fetch=fetch_settings(arguments) if "contact" in polling else FetchSettings(),
        deadline_s=arguments.deadline,
        memory_mb=arguments.memory_mb,
        min_interval_s=int(polling.get("min_interval", 3600)),
        max_entries=polling.get("max_entries", 10_000),
        max_attempts=arguments.max_attempts,
        full_text=polling.get("full_text", False),
        force=polling.get("force", False),
        feed_file=_saved_feed(polling.get("feeds")),
        names_file=arguments.names,
        topics_file=arguments.topics,
        command=arguments.command,
    )


def check_own_files(arguments: argparse.Namespace) -> None:
    """Read the files of own names and topics once, so that what is wrong in them is said at once."""
    if arguments.names:
        from transforms.countries.user_names import read_user_names

        read_user_names(Path(arguments.names))
    if arguments.topics:
        from transforms.topics.user_topics import read_user_topics

        read_user_topics(Path(arguments.topics))


def list_of_feeds(feeds_file: str | None, lake: str) -> Path:
    """Where the list of feeds is: the file that was named, or else the lake's own."""
    return Path(feeds_file) if feeds_file else Path(lake) / FEEDS_OF_THE_LAKE


def feed_urls(feeds_file: str | None, lake: str) -> list[str]:
    """The feeds to poll: of the file that was named, or else of the lake's own list."""
    if feeds_file and feeds_file.lower().startswith(("http://", "https://", "feed:")):
        raise InputError(
            f"{feeds_file} is an address, and --feeds takes a file of them; add it to those of the "
            f"lake with `dateline feeds add {feeds_file} --lake {lake}`, and run without --feeds"
        )
    path = list_of_feeds(feeds_file, lake)
    if not feeds_file and not path.exists():
        raise InputError(
            f"no feeds: name a list with --feeds, or fill that of {lake} with `dateline feeds add`"
        )
    if saved := _saved_feed(feeds_file):
        return [file_url(saved)]
    return [feed.url for feed in read_feeds(path)]


def _saved_feed(feeds_file: str | None) -> str:
    """The file that was named for a list of feeds, where it is a feed itself."""
    return feeds_file if feeds_file and is_saved_feed(Path(feeds_file)) else ""
