"""A run's staged files in, a lake in which all of them are live out, or none.

    1  manifest   _staging/<run_id>/manifest.json is renamed into place: the point of no return
    2  moved      each file is renamed to <table>/<month>/
    3  committed  one Delta commit per table, marked with the run id, so that it is done only once
    4  head       _head.json names the new version of every table: what readers see, all or nothing
    5  dropped    files that a compaction replaced are deleted
    6  cleaned    the staging folder goes

Each step can be repeated. A run killed before 1 leaves staging that `recover` deletes; killed
later, it leaves a manifest that `recover` carries out.
"""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.lake import delta_log
from pipeline.lake.delta_log import LiveFile
from pipeline.lake.durable import sync_folders, write_json
from pipeline.lake.head import advance_head
from pipeline.lake.parquet_files import STAGING, check_run_id, place_of
from pipeline.lake.storage_errors import storage_errors
from schemas.columns import SCHEMA_VERSION
from schemas.errors import LakeError
from schemas.run_records import WrittenFile

MANIFEST = "manifest.json"


def reached(step: str) -> None:
    """Called when a step is done. A seam: the crash tests end the process here."""


def publish(
    root: Path, run_id: str, files: Sequence[WrittenFile], replaced: Sequence[LiveFile] = ()
) -> None:
    """Make `files` live, and `replaced` dead, for every reader at once. Hold the lock.

    Publishing the same run a second time changes nothing. Raises LakeError where the disk refuses;
    `recover` then finishes or forgets the run.
    """
    check_run_id(run_id)
    staging = root / STAGING / run_id
    with storage_errors(staging):
        if (staging / MANIFEST).exists():  # a first try got past the point of no return
            manifest = _read_manifest(staging / MANIFEST)
        elif delta_log.has_run(root, run_id, {file.table for file in files}):
            shutil.rmtree(staging, ignore_errors=True)
            return
        else:
            manifest = _write_manifest(root, staging, files, replaced)
        _carry_out(root, staging, manifest)


def _write_manifest(
    root: Path, staging: Path, files: Sequence[WrittenFile], replaced: Sequence[LiveFile]
) -> dict[str, Any]:
    staging.mkdir(parents=True, exist_ok=True)
    sync_folders((root / file.path).parent for file in files)
    manifest = {
        "run_id": staging.name,
        "schema_version": SCHEMA_VERSION,
        "adds": [file._asdict() for file in sorted(files)],
        "removes": [file._asdict() for file in sorted(replaced)],
    }
    write_json(staging / MANIFEST, manifest)
    reached("manifest")
    return manifest


def recover(root: Path) -> list[str]:
    """Finish the runs that were killed while publishing, forget those killed before. Hold the lock.

    Returns one line per run, in words, for the log.
    """
    done = finish(root)
    with storage_errors(root):
        for staging in _leftovers(root):
            shutil.rmtree(staging, onerror=_unless_still_written)
            done.append(f"run {staging.name} was interrupted before publishing: removed it")
    return done


def finish(root: Path) -> list[str]:
    """Finish what was interrupted while publishing, and leave alone what is still staged."""
    done = []
    with storage_errors(root):
        for staging in _leftovers(root):
            if (staging / MANIFEST).exists():
                _carry_out(root, staging, _read_manifest(staging / MANIFEST))
                done.append(f"run {staging.name} was interrupted while publishing: finished it")
    return done


def _unless_still_written(
    _function: object, _path: str, raised: tuple[type[BaseException], BaseException, object]
) -> None:
    """A worker that a cluster gave up may still write there: the next run removes what it leaves."""
    error = raised[1]
    if not isinstance(error, OSError) or error.errno not in (errno.ENOENT, errno.ENOTEMPTY):
        raise error


def _leftovers(root: Path) -> Iterator[Path]:
    staging = root / STAGING
    if staging.is_dir():
        yield from sorted(path for path in staging.iterdir() if path.is_dir())


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LakeError(f"{path}: damaged ({error}); move it away to give this run up") from error
    if manifest["schema_version"] > SCHEMA_VERSION:
        raise LakeError(f"{path}: written by a newer dateline; upgrade to finish this run")
    return manifest


def _carry_out(root: Path, staging: Path, manifest: dict[str, Any]) -> None:
    """Steps 2 to 6, each of which may have been done already."""
    adds = [WrittenFile(**file) for file in manifest["adds"]]
    live = [_move(root, file) for file in adds]
    sync_folders((root / file.path).parent for file in live)
    removes = [LiveFile(**file) for file in manifest["removes"]]
    tables = sorted({file.table for file in live + removes})
    newest = {}
    for table in tables:
        newest[table] = delta_log.commit(
            root,
            manifest["run_id"],
            table,
            [file for file in live if file.table == table],
            [file for file in removes if file.table == table],
        )
        reached(f"committed {table}")
    advance_head(root, newest)
    reached("head")
    for file in removes:
        (root / file.path).unlink(missing_ok=True)
        reached(f"dropped {file.path}")
    (staging / MANIFEST).unlink()
    reached("forgotten")
    shutil.rmtree(staging)
    reached("cleaned")


def _move(root: Path, file: WrittenFile) -> LiveFile:
    staged, path = root / file.path, place_of(file)
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if staged.exists():
        staged.replace(target)
        reached(f"moved {path}")
    elif not target.exists():
        raise LakeError(f"{staged}: the run's manifest names this file, and it is gone")
    return LiveFile(file.table, path, file.partition, file.rows, file.bytes)
