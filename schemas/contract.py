"""Rows in, the same rows out once they keep the contract of the lake, or a ContractError.

`Table.from_pylist(schema=)` drops unknown keys without a word and lets nulls into columns that may
have none, so every row is checked here, before it travels: keys, nulls, types, ranges, and the
offsets, which must cut exactly the text they claim out of the article.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any

import pyarrow as pa

from schemas import rows
from schemas.errors import ContractError
from schemas.records import Article
from schemas.rows import Row, RunRow
from schemas.run_records import DeadLetter, FeedFetch, Outcome
from schemas.tables import TABLES

Check = Callable[[Any], None]  # of a value; raises ContractError with the column's path

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


def article_rows(
    article: Article, *, version: int, cluster_id: str, run_id: str, tagger_version: str = ""
) -> dict[str, list[Row]]:
    """All rows of one article version, by table: articles, country_pairs, relations.

    Raises ContractError where a column or an offset is wrong.
    """
    args: dict[str, Any] = {"version": version, "cluster_id": cluster_id, "run_id": run_id}
    found = {
        "articles": [rows.article_row(article, **args, tagger_version=tagger_version)],
        "country_pairs": rows.pair_rows(article, **args),
        "relations": rows.relation_rows(article, **args),
    }
    for table, table_rows in found.items():
        before = None
        for row in table_rows:
            check_row(table, row, before)
            before = row
    texts = {"headline": article.headline, "body": article.article_body}
    _check_spans("country_pairs.evidence", _sentences(found["country_pairs"]), texts)
    _check_parts(
        "country_pairs.evidence", _sentences(found["country_pairs"]), ("a", "b", "trigger")
    )
    _check_spans("relations", found["relations"], texts)
    _check_parts("relations", found["relations"], ("source", "target", "trigger"))
    return found


def dead_letter_row(letter: DeadLetter, *, run_id: str) -> Row:
    """The checked row of `dead_letters`."""
    return _checked("dead_letters", rows.dead_letter_row(letter, run_id=run_id))


def fetch_row(fetch: FeedFetch, *, run_id: str) -> Row:
    """The checked row of `feed_fetches`."""
    return _checked("feed_fetches", rows.fetch_row(fetch, run_id=run_id))


def entry_row(outcome: Outcome, *, run_id: str) -> Row:
    """The checked row of `feed_entries`; ContractError for an entry that ended as known."""
    return _checked("feed_entries", rows.entry_row(outcome, run_id=run_id))


def run_row(run: RunRow) -> Row:
    """The checked row of `runs`; ContractError where its ends do not add up to its entries."""
    ends = run.articles_new + run.versions + run.duplicates + run.already_known + run.dead_letters
    if ends != run.entries_seen:
        raise ContractError(f"runs.entries_seen is {run.entries_seen}, but {ends} ended somewhere")
    return _checked("runs", rows.run_row(run))


def check_row(table: str, row: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    """Raise ContractError, with table, column and value, unless `row` keeps the contract.

    `before` is a row that does: the values that both share, as pairs of an article do, are not asked again.
    """
    if table not in TABLES:
        raise ContractError(f"{table}: no such table; there are {', '.join(TABLES)}")
    _check_keys(table, _required(table), row)
    for column, check in _checks(table):
        if before is None or row[column] is not before[column]:
            check(row[column])
    _check_month(f"{table}.{TABLES[table].partition}", row[TABLES[table].partition])
    if table == "articles":
        texts = {"headline": row["headline"], "body": row["article_body"]}
        for country in row["countries"]:
            _check_spans("articles.countries.mentions", country["mentions"], texts)
        for topic in row["topics"]:
            _check_spans("articles.topics.evidence", topic["evidence"], texts)


def _checked(table: str, row: Row) -> Row:
    check_row(table, row)
    return row


@cache
def _required(table: str) -> frozenset[str]:
    return frozenset(TABLES[table].full_schema.names)


@cache
def _checks(table: str) -> list[tuple[str, Check]]:
    return [(field.name, _field_check(table, field)) for field in TABLES[table].schema]


def _check_keys(path: str, required: frozenset[str], value: Mapping[str, Any]) -> None:
    if value.keys() == required:
        return
    for key in sorted(map(str, value.keys() - required)):
        raise ContractError(f"{path}.{_short(key)}: unknown column, value {_short(value.get(key))}")
    for key in sorted(required - value.keys()):
        raise ContractError(f"{path}.{key}: column is missing")


def _check_month(path: str, value: Any) -> None:
    if not isinstance(value, str) or not MONTH.fullmatch(value):
        raise ContractError(f"{path} is {_short(value)}: not a month YYYY-MM")


def _field_check(above: str, field: pa.Field) -> Check:
    """The check of one column, built once from its Arrow type, and with it its path."""
    return _check_of(f"{above}.{field.name}", field)


def _check_of(path: str, field: pa.Field) -> Check:
    inner = _type_check(path, field.type)
    if not field.nullable:
        return inner  # null is no value of any type

    def check(value: Any) -> None:
        if value is not None:
            inner(value)

    return check


def _type_check(path: str, kind: pa.DataType) -> Check:
    if pa.types.is_list(kind):
        return _list_check(path, _check_of(path, kind.value_field))
    if pa.types.is_struct(kind):
        return _struct_check(path, [(field.name, _field_check(path, field)) for field in kind])
    if pa.types.is_string(kind):
        return _text_check(path)
    if pa.types.is_integer(kind):
        return _integer_check(path, kind.bit_width)
    return partial(_SCALARS[kind], path)


def _list_check(path: str, item: Check) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, list | tuple):
            raise _wrong_type(path, value, "a list")
        for element in value:
            item(element)

    return check


def _struct_check(path: str, fields: list[tuple[str, Check]]) -> Check:
    required = frozenset(name for name, _ in fields)

    def check(value: Any) -> None:
        if type(value) is not dict and not isinstance(value, Mapping):
            raise _wrong_type(path, value, "a struct")
        _check_keys(path, required, value)
        for name, inner in fields:
            inner(value[name])

    return check


def _integer_check(path: str, bits: int) -> Check:
    limit = 1 << (bits - 1)

    def check(value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wrong_type(path, value, "an integer")
        if not -limit <= value < limit:
            raise ContractError(f"{path} is {value}: more than {bits} bits")

    return check


def _text_check(path: str) -> Check:
    def check(value: Any) -> None:
        if not isinstance(value, str):
            raise _wrong_type(path, value, "text")
        if value.isascii():
            return
        try:
            value.encode()
        except UnicodeEncodeError as error:  # half of a surrogate pair, out of a broken \\u escape
            raise ContractError(f"{path}: not Unicode text at character {error.start}") from None

    return check


def _check_real(path: str, value: Any) -> None:
    if not isinstance(value, float | int) or isinstance(value, bool):
        raise _wrong_type(path, value, "a number")
    if not math.isfinite(value):
        raise ContractError(f"{path} is {value}: not a finite number")


def _check_bool(path: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise _wrong_type(path, value, "true or false")


def _check_bytes(path: str, value: Any) -> None:
    if not isinstance(value, bytes):
        raise _wrong_type(path, value, "bytes")


def _check_time(path: str, value: Any) -> None:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise _wrong_type(path, value, "a time with a time zone")


_SCALARS: dict[pa.DataType, Callable[[str, Any], None]] = {
    pa.float64(): _check_real,
    pa.bool_(): _check_bool,
    pa.binary(): _check_bytes,
    pa.timestamp("us", tz="UTC"): _check_time,
}


def _check_spans(path: str, spans: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> None:
    for span in spans:
        text = texts.get(span["field"])
        if text is None:
            raise ContractError(f"{path}.field is {_short(span['field'])}: not headline or body")
        start, end = span["start"], span["end"]
        if not 0 <= start < end or text[start:end] != span["text"]:
            raise ContractError(
                f"{path}: {span['field']}[{start}:{end}] is {_short(text[max(start, 0) : end])}, "
                f"not {_short(span['text'])}"
            )


def _check_parts(path: str, sentences: Iterable[Mapping[str, Any]], parts: tuple[str, ...]) -> None:
    """Mentions and trigger must lie inside their sentence; a part that is not there is -1 to -1."""
    for sentence in sentences:
        for part in parts:
            start, end = sentence[f"{part}_start"], sentence[f"{part}_end"]
            if (start, end) == (-1, -1):
                continue
            if not sentence["start"] <= start < end <= sentence["end"]:
                raise ContractError(
                    f"{path}.{part}_start: [{start}:{end}] is not inside the sentence "
                    f"[{sentence['start']}:{sentence['end']}]"
                )


def _sentences(pairs: Iterable[Row]) -> Iterable[Mapping[str, Any]]:
    for row in pairs:
        yield from row["evidence"]


def _wrong_type(path: str, value: Any, wanted: str) -> ContractError:
    if value is None:
        return ContractError(f"{path} is null, and may not be")
    return ContractError(f"{path} is {_short(value)} ({type(value).__name__}): not {wanted}")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
