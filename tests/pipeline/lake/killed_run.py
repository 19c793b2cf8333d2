"""A run in a process of its own, which ends itself with SIGKILL at a chosen step.

Started through `runpy`, with `JOB`: the lake, the pickled rows (None: only recover), and the step.
A process of its own because delta-rs does not survive a fork of a process that has used it.
"""

from __future__ import annotations

import os
import pickle
import signal
from pathlib import Path
from typing import Any

from pipeline.lake import publish
from pipeline.lake.parquet_files import write_file
from pipeline.lake.store import Lake
from schemas.tables import TABLES


def run(root: Path, rows_file: Path | None, steps_file: Path, kill_at: int) -> None:
    def reached(step: str) -> None:
        with steps_file.open("a") as steps:
            steps.write(step + "\n")
        if len(steps_file.read_text().splitlines()) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    publish.reached = reached
    lake = Lake.open(root)
    with lake.lock("r2", wait_s=5):
        lake.recover()
        if rows_file:
            lake.publish("r2", staged(root, pickle.loads(rows_file.read_bytes()), reached))


def staged(root: Path, rows: dict[str, list[dict[str, Any]]], reached: Any) -> list[Any]:
    files = []
    for table, found in rows.items():
        column = TABLES[table].partition
        for month in sorted({row[column] for row in found}):
            chosen = [row for row in found if row[column] == month]
            files.append(write_file(table, f"{column}={month}", chosen, 0, root, "r2"))
            reached(f"staged {table}")
    return files


run(*globals()["JOB"])
