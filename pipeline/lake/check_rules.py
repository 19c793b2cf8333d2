"""No input; out come the rules that the rows of a whole lake keep, as SQL that finds the breaches.

Each query gives (where, problem): the key of a row and what is wrong with it.
"""
# ruff: noqa: S608 - the names put into the SQL are the contract's own

from __future__ import annotations

from typing import Final, NamedTuple

from schemas.columns import Table
from schemas.tables import TABLES

MOST = 20  # breaches of one rule that are told one by one

RESTORE = "restore the table's files from a backup, or delete the lake and ingest again"


class Rule(NamedTuple):
    """A promise over rows, and the query that finds where it is broken."""

    table: str
    breaches: str  # SQL giving (where, problem)
    remedy: str = RESTORE


def _unique_key(spec: Table) -> Rule:
    key = ", ".join(spec.key)
    return Rule(
        spec.name,
        f"""SELECT concat_ws(' ', {key}), 'key ({key}) is there ' || count(*) || ' times'
            FROM {spec.name} GROUP BY {key} HAVING count(*) > 1""",
    )


def _right_month(table: str, moment: str) -> Rule:
    spec = TABLES[table]
    return Rule(
        table,
        f"""SELECT DISTINCT '{spec.partition}=' || {spec.partition},
                   'holds a row of ' || strftime({moment}, '%Y-%m-%d')
            FROM {table} WHERE strftime({moment}, '%Y-%m') <> {spec.partition}""",
    )


def _known_run(spec: Table) -> Rule:
    return Rule(
        spec.name,
        f"""SELECT DISTINCT 'run ' || run_id, 'rows of a run that the runs table does not have'
            FROM {spec.name} WHERE run_id NOT IN (SELECT run_id FROM runs)""",
    )


# Offsets count characters, as DuckDB's slices do, from 0 and end exclusive, as they do not
_TRUE_SPANS = """
    SELECT {where},
           printf('{what} %s[%d:%d] is not its text', s.field, s."start", s."end")
    FROM ({rows})
    WHERE s."text" IS DISTINCT FROM
          (if(s.field = 'headline', headline, article_body))[s."start" + 1 : s."end"]"""

_OF_ARTICLE = "article_id || ' version ' || version"


def _true_spans(table: str, what: str, rows: str, where: str = _OF_ARTICLE) -> Rule:
    return Rule(table, _TRUE_SPANS.format(where=where, what=what, rows=rows))


_SPANS: Final = (
    _true_spans(
        "articles",
        "mention",
        """SELECT article_id, version, headline, article_body, unnest(c.mentions) AS s
           FROM (SELECT *, unnest(countries) AS c FROM articles)""",
    ),
    _true_spans(
        "articles",
        "topic evidence",
        """SELECT article_id, version, headline, article_body, unnest(t.evidence) AS s
           FROM (SELECT *, unnest(topics) AS t FROM articles)""",
    ),
    _true_spans(
        "country_pairs",
        "evidence",
        """SELECT pair, a.article_id, a.version, a.headline, article_body, unnest(evidence) AS s
           FROM country_pairs JOIN articles a USING (article_id, version)""",
        f"pair || ' of ' || {_OF_ARTICLE}",
    ),
    _true_spans(
        "relations",
        "sentence",
        """SELECT a.article_id, a.version, a.headline, article_body,
                  {'field': r.field, 'start': r."start", 'end': r."end", 'text': r."text"} AS s
           FROM relations r JOIN articles a USING (article_id, version)""",
    ),
)


def _has_article(table: str) -> Rule:
    return Rule(
        table,
        f"""SELECT DISTINCT {_OF_ARTICLE}, 'no such article version in articles'
            FROM {table} ANTI JOIN articles USING (article_id, version)""",
    )


_LINKS: Final = (
    _has_article("country_pairs"),
    _has_article("relations"),
    Rule(
        "articles",
        f"""SELECT {_OF_ARTICLE}, len(a.pairs) || ' pairs, but ' || coalesce(n, 0) ||
                   ' rows in country_pairs'
            FROM articles a
            LEFT JOIN (SELECT article_id, version, count(*) AS n FROM country_pairs GROUP BY ALL)
                 USING (article_id, version)
            WHERE len(a.pairs) <> coalesce(n, 0)""",
    ),
    Rule(
        "articles",
        f"""SELECT {_OF_ARTICLE}, 'no entry in the ledger (feed_entries) led to it'
            FROM articles ANTI JOIN feed_entries USING (article_id, version)""",
    ),
    Rule(
        "feed_entries",
        """SELECT 'entry ' || entry_id, 'led to ' || article_id || ' version ' || version ||
                  ', which articles does not have'
           FROM feed_entries ANTI JOIN articles USING (article_id, version)
           WHERE article_id <> ''""",
    ),
)

_COUNTS: Final = (
    Rule(
        "runs",
        """SELECT 'run ' || run_id, entries_seen || ' entries seen, but ' || ended || ' ended'
           FROM (SELECT *, articles_new + versions + duplicates + already_known + dead_letters
                        AS ended FROM runs) WHERE ended <> entries_seen""",
    ),
    Rule(
        "runs",
        """WITH ledger AS (
               SELECT run_id,
                      count(*) FILTER (outcome = 'new') AS new,
                      count(*) FILTER (outcome = 'version') AS changed,
                      count(*) FILTER (outcome = 'duplicate') AS twice,
                      count(*) FILTER (outcome IN ('dead', 'retry')) AS dead
               FROM feed_entries GROUP BY run_id)
           SELECT 'run ' || run_id,
                  printf('new %d, versions %d, duplicates %d, dead letters %d; the ledger has '
                         '%d, %d, %d, %d', articles_new, versions, duplicates, dead_letters,
                         coalesce(new, 0), coalesce(changed, 0), coalesce(twice, 0),
                         coalesce(dead, 0))
           FROM runs LEFT JOIN ledger USING (run_id)
           WHERE (articles_new, versions, duplicates, dead_letters) IS DISTINCT FROM
                 (coalesce(new, 0), coalesce(changed, 0), coalesce(twice, 0), coalesce(dead, 0))""",
    ),
)

_NO_RUN: Final = ("runs", "feed_fetches")  # `feeds enable` writes a state without a run

RULES: Final = (
    *(_unique_key(spec) for spec in TABLES.values() if spec.key),
    _right_month("articles", "date_published"),
    _right_month("country_pairs", "date_published"),
    _right_month("relations", "date_published"),
    _right_month("dead_letters", "failed_at"),
    _right_month("feed_fetches", "fetched_at"),
    _right_month("feed_entries", "seen_at"),
    _right_month("runs", "started_at"),
    *_SPANS,
    *_LINKS,
    *(_known_run(spec) for spec in TABLES.values() if spec.name not in _NO_RUN),
    *_COUNTS,
)
