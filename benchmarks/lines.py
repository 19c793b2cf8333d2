"""Score `keep_lines` on our own labelled lines: `python -m benchmarks.lines [--half dev] [--misses]`.

`data/lines.jsonl` holds a line of text each, in eleven languages: boilerplate of every kind, and
content that is easily taken for it (short sentences, quotations, list items, subheads, news about
newsletters, cookies, apps, subscriptions, advertisements). Half `dev` is for tuning; half `kept` is
only ever counted, never looked at.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from transforms.pages.line_rules import line_rule
from transforms.strip_boilerplate import keep_lines

LINES = Path(__file__).with_name("data") / "lines.jsonl"


class LabelledLine(NamedTuple):
    """One line of text and what it is."""

    id: str
    half: str  # dev | kept | unusual
    lang: str
    label: str  # content | boilerplate
    kind: str
    text: str


class Counts(NamedTuple):
    """How many lines of a group were judged right."""

    lines: int
    right: int
    content: int
    kept: int  # lines of content that stayed

    @property
    def accuracy(self) -> float:
        """Share of lines judged right."""
        return self.right / max(1, self.lines)


def labelled_lines(half: str = "") -> list[LabelledLine]:
    """The lines of `dev`, `kept` or `unusual`; all of them without a name."""
    rows = (
        LabelledLine(**json.loads(row)) for row in LINES.read_text(encoding="utf-8").splitlines()
    )
    return [row for row in rows if not half or row.half == half]


def wrong_lines(lines: list[LabelledLine]) -> set[str]:
    """The ids of the lines that `keep_lines` judges wrong."""
    kept = keep_lines([line.text for line in lines])
    return {
        line.id for line, is_kept in zip(lines, kept, strict=True)
        if is_kept != (line.label == "content")
    }  # fmt: skip


def counts(lines: Iterable[LabelledLine], wrong: set[str]) -> Counts:
    """Sum up the lines of a group."""
    rows = list(lines)
    content = [row for row in rows if row.label == "content"]
    return Counts(
        len(rows),
        sum(row.id not in wrong for row in rows),
        len(content),
        sum(row.id not in wrong for row in content),
    )


def main() -> None:
    """Print the table by language and, of the dev half, what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--half", choices=("dev", "kept", "unusual"), default="dev")
    parser.add_argument("--misses", action="store_true", help="show what is wrong in the dev half")
    arguments = parser.parse_args()
    lines = labelled_lines(arguments.half)
    wrong = wrong_lines(lines)
    if arguments.misses and arguments.half == "dev":
        for line in lines:
            if line.id in wrong:
                print(f"{line.label:<12}{line.id} {line_rule(line.text) or '-'}: {line.text}")
    groups = {lang: [row for row in lines if row.lang == lang] for lang in {r.lang for r in lines}}
    for name, rows in [*sorted(groups.items()), ("all", lines)]:
        row = counts(rows, wrong)
        print(
            f"{name:<5}{row.lines:>5} lines   accuracy {row.accuracy:.3f}"
            f"   content kept {row.kept}/{row.content}"
        )


if __name__ == "__main__":
    main()
