"""An Arrow table in, the text of a table, CSV, JSON or Markdown out.

Titles and texts are strangers' writing: what a terminal, a spreadsheet or a Markdown viewer would
take for an order is made plain text here. JSON is for programs, and holds
every value as it is, but for infinity and NaN, which are null.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from rich.cells import cell_len, set_cell_size

from schemas.errors import InputError

WIDEST = 60  # cells of a column on a terminal; a Chinese character takes two
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], "\ufffd")  # orders to a terminal
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # owasp.org/www-community/attacks/CSV_Injection
_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\|`*[<"})  # CommonMark 0.31.2, 2.4


def render(result: pa.Table, output: str) -> str:
    """`result` as `table`, `csv`, `json` or `markdown`; InputError for any other name."""
    if output not in OUTPUTS:
        raise InputError(f"output format {output!r}: use one of {', '.join(OUTPUTS)}")
    columns = [_values(column) for column in result.columns]
    rows = list(zip(*columns, strict=True)) if columns else []
    return OUTPUTS[output](result.column_names, rows)


def _values(column: pa.ChunkedArray) -> list[Any]:
    """The values of a column as Python has them; intervals, which it has not, in words."""
    values: list[Any] = column.to_pylist()
    if pa.types.is_interval(column.type):
        return [None if value is None else _duration(*value) for value in values]
    return values


def _duration(months: int, days: int, nanoseconds: int) -> str:
    """An interval as ISO 8601 writes a duration: `P1M3DT4H30M0.5S`."""
    sign = "-" if nanoseconds < 0 else ""
    whole, rest = divmod(abs(nanoseconds), 10**9)
    minutes, whole = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{whole}.{rest:09}".rstrip("0").rstrip(".")
    day = "".join(f"{n}{unit}" for n, unit in ((months, "M"), (days, "D")) if n)
    clock = ((f"{hours}", "H"), (f"{minutes}", "M"), (seconds, "S"))
    time = "".join(f"{sign}{n}{unit}" for n, unit in clock if n != "0")
    return f"P{day}{'T' if time else ''}{time}" if day or time else "PT0S"


def as_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Aligned columns for a terminal, long values cut."""
    cells = [[_cut(name) for name in names], *([_cut(text(v)) for v in row] for row in rows)]
    widths = [max(cell_len(row[i]) for row in cells) for i in range(len(names))]
    lines = ["  ".join(map(set_cell_size, row, widths)).rstrip() for row in cells]
    rule = "  ".join("-" * width for width in widths)
    noun = "row" if len(rows) == 1 else "rows"
    return "\n".join([lines[0], rule, *lines[1:], f"({len(rows):,} {noun})"]) + "\n"


def as_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """RFC 4180, nested values as JSON, and an apostrophe before a text that starts like a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_no_formula(value) for value in row] for row in rows)
    return buffer.getvalue()


def as_json(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """One JSON object per line; of columns with one name, each later one is told by its place."""
    keys = [name if name not in names[:i] else f"{name}_{i + 1}" for i, name in enumerate(names)]
    return "".join(_json(dict(zip(keys, row, strict=True))) + "\n" for row in rows)


def _json(value: Any) -> str:
    """As RFC 8259 has it, which knows no infinity and no NaN: both are null."""
    try:
        return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), default=_plain, ensure_ascii=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def as_markdown(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table; no value can break it, or bring tags, links or images of its own."""
    cells = [list(names), ["---"] * len(names)]
    cells += [[_in_cell(text(value)) for value in row] for row in rows]
    return "".join("| " + " | ".join(row) + " |\n" for row in cells)


def text(value: Any) -> str:
    """One value in words: null is empty, times are ISO 8601, nested values JSON."""
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return _json(value)
    if isinstance(value, str):
        return value
    return str(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):  # DuckDB's sum of whole numbers, too
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, int | float) else str(value)


def _no_formula(value: Any) -> str:
    words = text(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_FORMULA_STARTS) else words


def _cut(value: str) -> str:
    line = " ".join(value.split()).translate(_CONTROLS)
    return line if cell_len(line) <= WIDEST else set_cell_size(line, WIDEST - 1).rstrip() + "…"


def _in_cell(value: str) -> str:
    return " ".join(value.split()).translate(_MARKUP)


OUTPUTS: dict[str, Callable[[Sequence[str], Sequence[Sequence[Any]]], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
}
