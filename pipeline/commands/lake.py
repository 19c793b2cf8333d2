"""Parsed arguments in; a lake asked, checked or compacted, its words printed, an exit status out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.lake.check import check_lake
from pipeline.lake.store import Lake
from pipeline.queries.query import run_query
from pipeline.report import counted


def query(arguments: argparse.Namespace) -> int:
    """`dateline query`."""
    sql = sys.stdin.read() if arguments.sql == "-" else arguments.sql
    sys.stdout.write(run_query(Path(arguments.lake), sql, arguments.format))
    return 0


def check(arguments: argparse.Namespace) -> int:
    """`dateline check`."""
    findings = check_lake(Path(arguments.lake))
    for finding in findings:
        print(finding)  # noqa: T201
    if not findings:
        print(f"{arguments.lake}: whole")  # noqa: T201
    return int(bool(findings))


def compact(arguments: argparse.Namespace) -> int:
    """`dateline compact`."""
    lake = Lake.open(Path(arguments.lake))
    with lake.lock("compact", arguments.wait):
        lake.recover()
        for table in lake.tables():
            before = len(lake.files(table))
            lake.compact(table)
            print(f"{table}: {counted(before, 'file', 'files')}, now {len(lake.files(table))}")  # noqa: T201
        lake.vacuum()
        lake.fold_logs()
    return 0
