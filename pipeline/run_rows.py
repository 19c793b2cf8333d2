"""A lake in, what its rows say of one run out, by the names that the run's summary is made of.

Beam's counters are of a whole job, and of everything that was tried; rows are of what was landed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.queries.query import connect

_COUNTS = """
    WITH given_up AS (
        SELECT count(*) AS n FROM feed_entries WHERE run_id = $run_id AND outcome = 'dead')
    FROM (SELECT feeds_polled AS feeds, feeds_failed AS "feeds failed", entries_seen AS entries,
                 articles_new AS "ended:new", versions AS "ended:version",
                 duplicates AS "ended:duplicate", already_known AS "ended:known",
                 given_up.n AS "ended:dead", dead_letters - given_up.n AS "ended:retry"
          FROM runs, given_up WHERE run_id = $run_id)
    UNPIVOT (n FOR name IN (*)) SELECT name, n"""
_FAILURES = """
    SELECT CASE WHEN stage = 'poll' THEN 'failed feed:' || reason
                ELSE 'dead letter:' || stage || ':' || reason END, count(*)
    FROM dead_letters WHERE run_id = $run_id GROUP BY ALL"""
_FINISHED = """
    SELECT run_id, (epoch_us(finished_at) - epoch_us(started_at)) / 1e6 FROM runs ORDER BY run_id"""


def counts_of_run(root: Path, run_id: str) -> Counter[str]:
    """Feeds, entries, where they ended, and what failed, in one published run."""
    return Counter(dict([*_ask(root, _COUNTS, run_id), *_ask(root, _FAILURES, run_id)]))


def finished_runs(root: Path) -> list[tuple[str, float]]:
    """(name, seconds) of every published run, oldest first."""
    return [(row[0], row[1]) for row in _ask(root, _FINISHED)]


def _ask(root: Path, sql: str, run_id: str = "") -> list[tuple[Any, ...]]:
    with connect(root) as connection:
        return connection.execute(sql, {"run_id": run_id} if run_id else {}).fetchall()
