"""Entries and articles in; where each entry ends out: new, version, duplicate, known or dead.

Every entry becomes exactly one `Outcome`. An entry that the lake has seen unchanged is `known` and
costs no request. A failure is `retry` while trying again may help, and `dead` when it will not or
when the attempts are used up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from schemas.errors import RecordError, RetryableError
from schemas.records import FeedEntry, PackedArticle
from schemas.run_records import DeadLetter, FeedFetch, Outcome
from transforms.deduplicate import canonical_url
from transforms.pages.keepable import whole

MESSAGE_CAP = 500  # characters of an error message that the lake keeps


class Work(NamedTuple):
    """One address to fetch, and every entry of the run that points at it."""

    entry: FeedEntry  # the one whose metadata the article gets
    entries: Sequence[Outcome]  # all of them, still open


class Landed(NamedTuple):
    """One finished article and the open entries that led to it."""

    article: PackedArticle
    entries: Sequence[Outcome]


class Known(NamedTuple):
    """What the lake says of an article: its newest version."""

    version: int
    content_hash: str
    cluster_id: str


class Settled(NamedTuple):
    """One article version that is to be written; `cluster_id` is "" for a new article."""

    article: PackedArticle
    version: int
    cluster_id: str


def open_outcome(entry: FeedEntry, now: int, attempts: int = 0) -> Outcome:
    """An entry on its way, before anybody knows where it ends."""
    return Outcome(
        entry.entry_id, entry.feed_url, entry.guid, entry.link, entry.fingerprint,
        outcome="", article_id="", version=0, reason="", attempts=attempts, seen_at=now,
    )  # fmt: skip


def address(entry: FeedEntry) -> str:
    """What two entries share when they lead to the same page: the canonical link, or the entry."""
    return canonical_url(entry.link) if entry.link else entry.entry_id


def _is_done(seen: Outcome | None, entry: FeedEntry) -> bool:
    """Is there nothing to do for this entry, since it ended before and has not changed?"""
    return seen is not None and seen.fingerprint == entry.fingerprint and seen.outcome != "retry"


def split_known(
    entries: Iterable[FeedEntry], ledger: Mapping[str, Outcome], now: int
) -> tuple[Work | None, list[Outcome]]:
    """The work that one address still asks for, and the entries that are settled without it."""
    unique, repeated = _once_each(entries)
    done = {e.entry_id: ledger[e.entry_id] for e in unique if _is_done(ledger.get(e.entry_id), e)}
    settled = [seen._replace(outcome="known", seen_at=now) for seen in done.values()]
    settled += [open_outcome(e, now)._replace(outcome="known") for e in repeated]
    fresh = [e for e in unique if e.entry_id not in done]
    # Another feed points at an article that the lake has, and its own entry is new to us
    landed = next((seen for seen in done.values() if seen.article_id), None)
    if landed is not None and not any(e.entry_id in ledger for e in fresh):
        settled += [_duplicate_of(landed, e, now) for e in fresh]
        return None, settled
    waiting = [open_outcome(e, now, _attempts(ledger.get(e.entry_id), e)) for e in fresh]
    return (Work(fresh[0], waiting) if fresh else None), settled


def _once_each(entries: Iterable[FeedEntry]) -> tuple[list[FeedEntry], list[FeedEntry]]:
    """Each entry once, in an order of its own, and those that a feed lists a second time."""
    unique: dict[str, FeedEntry] = {}
    repeated = []
    for entry in sorted(
        entries, key=lambda e: (e.published or 0, e.feed_url, e.entry_id, e.fingerprint)
    ):
        if entry.entry_id in unique:
            repeated.append(entry)
        else:
            unique[entry.entry_id] = entry
    return list(unique.values()), repeated


def _duplicate_of(landed: Outcome, entry: FeedEntry, now: int) -> Outcome:
    return open_outcome(entry, now)._replace(
        outcome="duplicate", article_id=landed.article_id, version=landed.version
    )


def _attempts(seen: Outcome | None, entry: FeedEntry) -> int:
    return seen.attempts if seen is not None and seen.fingerprint == entry.fingerprint else 0


def fail(
    work: Work, error: Exception, now: int, max_attempts: int
) -> tuple[list[DeadLetter], list[Outcome]]:
    """The dead letters and outcomes of an address whose fetching, parsing or tagging failed."""
    stage, reason, message = describe(error)
    letters, outcomes = [], []
    for entry in work.entries:
        attempts = entry.attempts + 1
        final = not isinstance(error, RetryableError) or attempts >= max_attempts
        letter = DeadLetter(
            entry.entry_id, entry.feed_url, entry.guid, entry.link, entry.fingerprint,
            stage, reason, type(error).__name__, message, final, attempts, now,
        )  # fmt: skip
        letters.append(letter)
        ended = "dead" if final else "retry"
        outcomes.append(entry._replace(outcome=ended, reason=reason, attempts=attempts))
    return letters, outcomes


def describe(error: Exception) -> tuple[str, str, str]:
    """Stage, reason code and message of an error, the message capped and without NUL."""
    if isinstance(error, RecordError):
        stage, reason, message = error.stage, error.reason, error.message
    else:
        stage, reason, message = "tag", "bug", f"{type(error).__name__}: {error}"
    return stage, reason, whole(message.replace("\x00", "\ufffd")[:MESSAGE_CAP])


def settle_article(
    landed: Iterable[Landed], known: Known | None, seen: Mapping[str, Outcome]
) -> tuple[Settled | None, list[Outcome]]:
    """One article id's finds of this run against the lake: what to write, and each entry's end.

    Where several pages of the run claim the id, the one published first speaks (then the smaller
    feed URL and entry id, so that the order of arrival never decides).
    """
    finds = sorted(landed, key=_precedence)
    article = finds[0].article
    is_changed = known is None or known.content_hash != article.content_hash
    version = 1 if known is None else known.version + is_changed
    entries = [entry for find in finds for entry in find.entries]
    outcomes = [
        entry._replace(
            outcome=_ended(position, is_changed, known, seen.get(entry.entry_id)),
            article_id=article.article_id,
            version=version,
        )
        for position, entry in enumerate(entries)
    ]
    if not is_changed:
        return None, outcomes
    return Settled(article, version, known.cluster_id if known else ""), outcomes


def _precedence(find: Landed) -> tuple[int, str, str, str]:
    article = find.article
    date = article.date_published if article.date_published is not None else 1 << 62
    return date, article.feed_url, article.entry_id, article.content_hash


def _ended(position: int, is_changed: bool, known: Known | None, seen: Outcome | None) -> str:
    if position == 0 and is_changed:
        return "version" if known else "new"
    return "known" if seen is not None and seen.article_id else "duplicate"


def settle_fetch(fetch: FeedFetch, outcomes: Iterable[Outcome]) -> FeedFetch:
    """The poll as it is committed: without validators while an entry of it waits for a retry.

    The next poll then gets the whole feed again, and with it the entry.
    """
    ended = [outcome.outcome for outcome in outcomes]
    entries_new = sum(end in ("new", "version") for end in ended)
    if "retry" not in ended:
        return fetch._replace(entries_new=entries_new)
    return fetch._replace(entries_new=entries_new, etag=b"", last_modified=b"", body_hash="")
