"""Every entry ends in exactly one place, and the order of arrival never decides which."""

from __future__ import annotations

import itertools

from schemas.errors import FinalError, RetryableError
from schemas.records import FeedEntry, PackedArticle
from schemas.run_records import FeedFetch, Outcome
from transforms.settle import (
    Known,
    Landed,
    Work,
    fail,
    open_outcome,
    settle_article,
    settle_fetch,
    split_known,
)

NOW = 1_790_000_000_000_000


def entry(name: str, link: str = "http://h.example/a", fingerprint: str = "f") -> FeedEntry:
    return FeedEntry(
        entry_id=name, feed_url=f"http://feed.example/{name}", source="feed", guid=name, link=link,
        title="T", summary="", content="", authors=[], categories=[], language="en",
        published=NOW, updated=None, image="", feed_title="", fingerprint=fingerprint,
    )  # fmt: skip


def article(content_hash: str, published: int | None = NOW, entry_id: str = "a") -> PackedArticle:
    return PackedArticle(
        article_id="id", feed_url="f", entry_id=entry_id, content_hash=content_hash,
        date_published=published, date_fetched=NOW, signature=[], rows=[],
    )  # fmt: skip


def ended(name: str, outcome: str, **more: object) -> Outcome:
    values = {"article_id": "id", "version": 1, **more}
    return open_outcome(entry(name), NOW)._replace(outcome=outcome, **values)


def test_an_unchanged_entry_is_known_and_a_changed_one_is_work_again() -> None:
    ledger = {"a": ended("a", "new")}
    work, settled = split_known([entry("a")], ledger, NOW)
    assert work is None
    assert [o.outcome for o in settled] == ["known"]
    work, settled = split_known([entry("a", fingerprint="g")], ledger, NOW)
    assert work is not None
    assert work.entry.fingerprint == "g"
    assert settled == []


def test_a_dead_entry_stays_dead_until_it_changes_and_a_retry_keeps_its_count() -> None:
    dead = {"a": ended("a", "dead", article_id="", attempts=2)}
    assert split_known([entry("a")], dead, NOW)[0] is None
    retry = {"a": ended("a", "retry", article_id="", attempts=2)}
    work, _ = split_known([entry("a")], retry, NOW)
    assert work is not None
    assert work.entries[0].attempts == 2
    changed, _ = split_known([entry("a", fingerprint="g")], retry, NOW)
    assert changed is not None
    assert changed.entries[0].attempts == 0


def test_a_second_feed_with_a_known_article_costs_no_request() -> None:
    work, settled = split_known([entry("a"), entry("b")], {"a": ended("a", "new")}, NOW)
    assert work is None
    assert sorted(o.outcome for o in settled) == ["duplicate", "known"]
    assert {o.article_id for o in settled} == {"id"}


def test_an_entry_that_a_feed_repeats_is_counted_and_fetched_once() -> None:
    work, settled = split_known([entry("a"), entry("a")], {}, NOW)
    assert work is not None
    assert len(work.entries) == 1
    assert [o.outcome for o in settled] == ["known"]


def test_a_failure_is_tried_again_until_the_attempts_are_used_up() -> None:
    work = Work(entry("a"), [open_outcome(entry("a"), NOW, attempts=1)])
    letters, outcomes = fail(work, RetryableError("fetch", "timeout"), NOW, max_attempts=3)
    assert (outcomes[0].outcome, outcomes[0].attempts, letters[0].is_final) == ("retry", 2, False)
    _, outcomes = fail(work, RetryableError("fetch", "timeout"), NOW, max_attempts=2)
    assert outcomes[0].outcome == "dead"
    _, outcomes = fail(work, FinalError("extract", "not-an-article"), NOW, max_attempts=9)
    assert outcomes[0].outcome == "dead"


def test_a_bug_is_a_dead_letter_too_with_a_capped_message() -> None:
    work = Work(entry("a"), [open_outcome(entry("a"), NOW)])
    letters, _ = fail(work, ValueError("x\x00" * 9_999), NOW, max_attempts=3)
    assert (letters[0].error_class, letters[0].reason) == ("ValueError", "bug")
    assert len(letters[0].message) <= 500
    assert "\x00" not in letters[0].message


def test_new_then_unchanged_then_a_version() -> None:
    landed = [Landed(article("h1"), [open_outcome(entry("a"), NOW)])]
    settled, outcomes = settle_article(landed, None, {})
    assert settled is not None
    assert (settled.version, outcomes[0].outcome) == (1, "new")
    known = Known(1, "h1", "cluster")
    settled, outcomes = settle_article(landed, known, {"a": ended("a", "new")})
    assert settled is None
    assert outcomes[0].outcome == "known"
    settled, outcomes = settle_article(landed, known._replace(content_hash="h0"), {})
    assert settled is not None
    assert (settled.version, settled.cluster_id, outcomes[0].outcome) == (2, "cluster", "version")


def test_the_order_of_arrival_does_not_decide_which_page_speaks() -> None:
    finds = [
        Landed(article("h1", NOW + 5, "a"), [open_outcome(entry("a"), NOW)]),
        Landed(article("h2", NOW, "b"), [open_outcome(entry("b"), NOW)]),
        Landed(article("h3", None, "c"), [open_outcome(entry("c"), NOW)]),
    ]
    answers = []
    for order in itertools.permutations(finds):
        settled, outcomes = settle_article(order, None, {})
        assert settled is not None
        answers.append((settled.article.content_hash, [(o.entry_id, o.outcome) for o in outcomes]))
    assert answers == [("h2", [("b", "new"), ("a", "duplicate"), ("c", "duplicate")])] * 6


def test_validators_are_kept_back_while_an_entry_waits_for_a_retry() -> None:
    fetch = FeedFetch(
        "f", "f", NOW, 200, b'"e"', b"yesterday", "hash", 2, 0, NOW, 0, "", False, "", 0
    )
    clean = settle_fetch(fetch, [ended("a", "new"), ended("b", "known")])
    assert (clean.etag, clean.body_hash, clean.entries_new) == (b'"e"', "hash", 1)
    waiting = settle_fetch(fetch, [ended("a", "new"), ended("b", "retry")])
    assert (waiting.etag, waiting.last_modified, waiting.body_hash) == (b"", b"", "")
