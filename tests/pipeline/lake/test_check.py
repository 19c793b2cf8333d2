"""Is a lake whole? The check finds what is broken, and says where."""

from __future__ import annotations

from pipeline.lake.check import check_lake


def test_a_lake_that_runs_made_is_whole(tmp_path, make_story, run_into):
    run_into(tmp_path, [make_story(1), make_story(2, "Ukraine", "Russia", day=40)], "r1")
    run_into(tmp_path, [make_story(1)], "r2", version=2)
    assert check_lake(tmp_path) == []
