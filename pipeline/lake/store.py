"""A folder in, the lake in it out: what it knows already, and the way in for a run's files.

Readers see the tables as the head names them. Writers hold the lock, recover, stage, publish:

    lake = Lake.create_or_open(root)
    with lake.lock(run_id, wait_s=60):
        lake.recover()
        files = ...  # parquet_files.write_file, in any process
        lake.publish(run_id, files)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pipeline.lake import compact, lookups, publish
from pipeline.lake.delta_log import LiveFile, has_run, live_files
from pipeline.lake.fold_log import fold_log
from pipeline.lake.head import create_head, is_lake, read_head
from pipeline.lake.lock import LOCK_FILES, StopAsked, never, writing
from pipeline.lake.lookups import KnownArticle, Signature
from pipeline.lake.parquet_files import STAGING
from pipeline.lake.storage_errors import storage_errors
from schemas.errors import LakeError
from schemas.run_records import FeedFetch, Outcome, WrittenFile
from schemas.tables import TABLES

log = logging.getLogger("dateline")
Answer = TypeVar("Answer")
FEEDS_OF_THE_LAKE = "feeds.opml"  # its own list, which may be there before it is
OWN_NAMES = {*TABLES, STAGING, *LOCK_FILES, "_head.json.tmp", FEEDS_OF_THE_LAKE, "feeds.new"}


class Lake:
    """The lake at one folder, at the head it was opened or last published with."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._head = read_head(root)
        self._files: dict[str, list[LiveFile]] = {}

    @classmethod
    def open(cls, root: Path) -> Lake:
        """The lake at `root`; LakeError where there is none, or a newer or unreadable one."""
        return cls(root)

    @classmethod
    def create_or_open(cls, root: Path) -> Lake:
        """The lake at `root`, made where there is none; LakeError for a folder of other things."""
        if not is_lake(root):
            _refuse_foreign_folder(root)
            with storage_errors(root):
                root.mkdir(parents=True, exist_ok=True)
            with writing(root, "create", wait_s=60):
                if not is_lake(root):
                    create_head(root)
        return cls(root)

    @contextmanager
    def lock(self, run_id: str, wait_s: float = 0, stop_asked: StopAsked = never) -> Iterator[None]:
        """Be the only writer; LakeError when another one is still there after `wait_s` seconds.

        Stopped when `stop_asked` says so while it waits.
        """
        with writing(self.root, run_id, wait_s, stop_asked):
            self.refresh()
            yield

    def refresh(self) -> None:
        """See what other runs have published since."""
        self._head = read_head(self.root)
        self._files = {}

    def recover(self) -> list[str]:
        """Finish or forget runs that were killed; says what it did. Hold the lock."""
        done = publish.recover(self.root)
        self.refresh()
        return done

    def publish(self, run_id: str, files: Sequence[WrittenFile]) -> None:
        """Make a run's staged files live, all at once. Hold the lock."""
        publish.publish(self.root, run_id, files)
        self.refresh()

    def compact(self, table: str) -> int:
        """Merge the small files of each month, for quicker queries; gives how many went away.

        Nothing that a reader of the head sees changes. Hold the lock.
        """
        return self._merge(table, self.live(table), compact.TARGET)

    def tidy(self) -> None:
        """Merge the files of months that have many small ones; fold the logs. Hold the lock.

        A run does this before it publishes, when it has asked all that it wants to know. A worker
        that does so for one that was lost takes up what that one had begun. A table with a damaged
        file is left as it is: that is no reason to land nothing, and `check` tells of it.
        """
        publish.finish(self.root)
        self.refresh()
        for table in TABLES:
            try:
                self._merge(table, compact.crowded(self.live(table)), compact.QUICK_TARGET)
            except LakeError as error:
                log.warning("%s: its small files stay as they are: %s", table, error)
        self.fold_logs()

    def _merge(self, table: str, live: Sequence[LiveFile], target: int) -> int:
        run_id = f"compact-{table}-{self._head.versions.get(table, 0)}"
        merged, replaced = compact.merge_small_files(self.root, table, live, run_id, target)
        if merged:
            publish.publish(self.root, run_id, merged, replaced)
            self.refresh()
        return len(replaced) - len(merged)

    def fold_logs(self) -> None:
        """Write checkpoints of long logs, for quicker opening. Hold the lock."""
        for table, version in self.tables().items():
            fold_log(self.root, table, version)

    def vacuum(self) -> list[str]:
        """Delete Parquet files that no log calls live; gives their paths. Hold the lock."""
        live = {file.path for table in TABLES for file in self.live(table)}
        gone = [path for path in compact.parquet_files(self.root) if path not in live]
        with storage_errors(self.root):
            for path in gone:
                (self.root / path).unlink()
        return gone

    def tables(self) -> dict[str, int]:
        """The version of each table's Delta log that readers see."""
        return dict(self._head.versions)

    def live(self, table: str) -> list[LiveFile]:
        """The live files of a table, by path."""
        if table not in self._files:
            version = self._head.versions.get(table)
            made_only = version == 0  # nothing was committed since; delta-rs takes 3 ms to say so
            self._files[table] = [] if made_only else live_files(self.root, table, version)
        return self._files[table]

    def files(self, table: str) -> list[str]:
        """The paths of the live files of a table."""
        return [str(self.root / file.path) for file in self.live(table)]

    def has_run(self, run_id: str) -> bool:
        """Do readers see this run?"""
        return has_run(self.root, run_id, ["runs"], self._head.versions.get("runs"))

    def known_entries(self, entry_ids: Sequence[str]) -> dict[str, Outcome]:
        """The newest outcome of each of these entries that the ledger has."""
        return self.ask(lambda: lookups.known_entries(self.files("feed_entries"), entry_ids))

    def known_articles(self, article_ids: Sequence[str]) -> dict[str, KnownArticle]:
        """The newest version of each of these articles that the lake has."""
        return self.ask(lambda: lookups.known_articles(self.files("articles"), article_ids))

    def signatures(self, since: int) -> list[Signature]:
        """Near-duplicate signatures of articles published at or after `since` (microseconds)."""
        return self.ask(lambda: lookups.signatures(self.files("articles"), since))

    def feed_states(self, now: int) -> dict[str, FeedFetch]:
        """The newest poll of every feed, at `now` (microseconds)."""
        return self.ask(lambda: lookups.feed_states(self.files("feed_fetches"), now))

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """What `question` finds out, asked again where a compaction took files away under it."""
        while True:
            try:
                return question()
            except LakeError:
                seen = self.tables()
                self.refresh()
                if self.tables() == seen:
                    raise


def _refuse_foreign_folder(root: Path) -> None:
    with storage_errors(root):
        foreign = (
            sorted(p.name for p in root.iterdir() if p.name not in OWN_NAMES)
            if (root.exists())
            else []
        )
    if foreign:
        raise LakeError(
            f"{root}: not a lake, and not empty (it holds {foreign[0]!r}); "
            "name a new or an empty folder"
        )
