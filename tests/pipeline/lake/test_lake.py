"""The lake: made once, written by one, and it knows what it has."""

from __future__ import annotations

import pytest

from pipeline.fetching.feed_state import first_state, waiting_times
from pipeline.lake.check import check_lake
from pipeline.lake.lock import is_told_to_stop, still_writing, tell_to_stop
from pipeline.lake.parquet_files import write_file
from pipeline.lake.store import Lake
from schemas.contract import fetch_row
from schemas.errors import LakeError

NOW = 1_764_000_000_000_000  # microseconds, in November 2025
DAY = 86_400_000_000


def test_a_new_lake_has_seven_empty_tables(tmp_path):
    lake = Lake.create_or_open(tmp_path / "lake")
    assert len(lake.tables()) == 7
    assert all(lake.files(table) == [] for table in lake.tables())


def test_what_a_run_published_is_known_to_the_next(tmp_path, make_story, run_into):
    first = make_story(1)
    run_into(tmp_path, [first, make_story(2, day=40)], "r1")
    lake = Lake.open(tmp_path)
    assert lake.known_entries(["e1", "e9"]).keys() == {"e1"}
    known = lake.known_articles([first.article_id, "nothing"])
    assert known[first.article_id].version == 1
    assert known[first.article_id].content_hash == first.content_hash
    assert [s.signature for s in lake.signatures(0)] == [[1, -1], [2, -2]]
    assert len(lake.signatures(make_story(2, day=40).date_published)) == 1
    assert len(lake.files("articles")) == 2


def test_a_folder_of_other_things_is_not_made_a_lake(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(LakeError, match=r"thesis\.txt"):
        Lake.create_or_open(tmp_path)


def test_a_folder_without_a_lake_is_named_with_the_remedy(tmp_path):
    with pytest.raises(LakeError, match="not a lake; `dateline run --lake"):
        Lake.open(tmp_path / "nowhere")


def test_a_run_that_lost_the_lake_to_another_one_publishes_nothing(tmp_path):
    lake = Lake.create_or_open(tmp_path)
    with lake.lock("first"), still_writing(tmp_path, "first"):
        pass
    with (
        lake.lock("second"),
        pytest.raises(LakeError, match="run second has taken this lake over from first"),
        still_writing(tmp_path, "first"),
    ):
        pytest.fail("it would publish now")


def test_the_order_to_stop_is_for_one_run_and_goes_with_it(tmp_path):
    lake = Lake.create_or_open(tmp_path)
    with lake.lock("first"):
        assert not is_told_to_stop(tmp_path, "first")
        tell_to_stop(tmp_path, "first")
        assert is_told_to_stop(tmp_path, "first")
    with lake.lock("first"):
        assert not is_told_to_stop(tmp_path, "first")
    with lake.lock("second"):
        assert is_told_to_stop(tmp_path, "first")  # a job that lost its command stops as well


def land_poll(lake, poll, run):
    rows, month = [fetch_row(poll, run_id=run)], "fetched_month=2025-11"
    with lake.lock(run):
        lake.publish(run, [write_file("feed_fetches", month, rows, 0, lake.root, run)])


def test_the_newest_poll_counts_and_of_two_at_once_that_of_the_later_run(tmp_path):
    lake, url = Lake.create_or_open(tmp_path), "https://paper.example/rss"
    for run, second, seen in (("r2", 5, 1), ("r1", 5, 2), ("r3", 4, 3)):
        poll = first_state(url)._replace(fetched_at=NOW + second, etag=b"\xff", entries_seen=seen)
        land_poll(lake, poll, run)
    assert lake.feed_states(NOW)[url] == first_state(url)._replace(
        fetched_at=NOW + 5, etag=b"\xff", entries_seen=1
    )


def test_a_question_is_asked_again_where_files_were_merged_away_meanwhile(tmp_path):
    lake, url = Lake.create_or_open(tmp_path), "https://paper.example/rss"
    for number in range(3):
        land_poll(lake, first_state(url)._replace(fetched_at=NOW + number), f"r{number}")
    assert len(lake.files("feed_fetches")) == 3  # it has looked at the head
    Lake.open(tmp_path).compact("feed_fetches")
    assert lake.feed_states(NOW)[url].fetched_at == NOW + 2


@pytest.mark.parametrize("question", ["signatures", "articles", "entries"])
def test_a_worker_that_does_its_work_again_finds_what_was_merged_meanwhile(
    tmp_path, make_story, run_into, question
):
    for number in range(3):
        run_into(tmp_path, [make_story(number)], f"r{number}")
    lake = Lake.open(tmp_path)
    article_id = lake.signatures(0)[0].article_id
    ask = {
        "signatures": lambda: len(lake.signatures(0)),
        "articles": lambda: len(lake.known_articles([article_id])),
        "entries": lambda: len(lake.known_entries([make_story(1).entry_id])),
    }[question]
    before = ask()  # it has looked at the head
    assert before == (3 if question == "signatures" else 1)
    tidier = Lake.open(tmp_path)
    assert [tidier.compact(table) for table in ("articles", "feed_entries")] == [2, 2]
    assert ask() == before


def test_a_poll_under_a_clock_that_was_years_ahead_silences_no_feed(tmp_path):
    lake, url = Lake.create_or_open(tmp_path), "https://paper.example/rss"
    for run, polled in (("r1", NOW), ("r2", NOW + 3650 * DAY)):
        poll = first_state(url)._replace(
            fetched_at=polled, status=200, next_check=polled + DAY // 24
        )
        land_poll(lake, poll, run)
    assert lake.feed_states(NOW)[url].fetched_at == NOW
    assert waiting_times([url], lake.feed_states(NOW + DAY), NOW + DAY) == {url: 0}


def test_a_head_that_was_deleted_is_made_anew_from_the_logs(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1)], "r1")
    (tmp_path / "feeds.opml").write_text("<opml/>")
    (tmp_path / "_head.json").write_text("{")
    with pytest.raises(LakeError, match="damaged; delete it, and the next `dateline run`"):
        Lake.create_or_open(tmp_path)
    (tmp_path / "_head.json").unlink()
    assert len(Lake.create_or_open(tmp_path).files("articles")) == 1
    assert check_lake(tmp_path) == []


def test_a_list_of_feeds_may_be_there_before_the_lake(tmp_path):
    (tmp_path / "feeds.opml").write_text("<opml/>")
    assert Lake.create_or_open(tmp_path).files("articles") == []
