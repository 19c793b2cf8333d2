"""No input; out come the views of latest versions and the table macros, as SQL.

A macro answers one question of an analyst, over the newest version of every article. Countries are
ISO 3166-1 alpha-3 in either order and either case; what is no code is an error, and so is what is
no date. A pair counts from score .5 on, where the two are more likely than not to deal with each
other; `min_score := 0` brings every candidate.
"""

from __future__ import annotations

from typing import Final

from schemas.countries import code_table

# Few articles ever get a second version, and the row group statistics of `version` leave the rest
# unread: a window function over the articles would read and sort all of them.
_LATEST = """CREATE VIEW {view} AS
SELECT t.* FROM {table} t
WHERE NOT EXISTS (
    SELECT 1 FROM (SELECT article_id, version FROM articles WHERE version > 1) newer
    WHERE newer.article_id = t.article_id AND newer.version > t.version)"""

LATEST_VIEWS: Final = tuple(
    _LATEST.format(view=f"latest_{table}", table=table)
    for table in ("articles", "country_pairs", "relations")
)

_CODES = ", ".join(f"'{code}'" for code in code_table())

MACROS: Final = (
    # 'rus' -> 'RUS'; a name or another code would find nothing and look like an answer
    f"""CREATE MACRO code_of(a) AS
       CASE WHEN a IS NULL OR upper(trim(a)) IN ({_CODES}) THEN upper(trim(a))
            ELSE error('"' || a || '" is no country code; write one of three letters, RUS for '
                       || 'Russia, as `dateline countries list` shows them') END""",
    # 'rus', 'CHN' -> 'CHN-RUS'
    """CREATE MACRO pair_of(a, b) AS
       least(code_of(a), code_of(b)) || '-' || greatest(code_of(a), code_of(b))""",
    # '2026-01-31' -> that midnight in UTC; a plain number would be a puzzling failure of a cast
    """CREATE MACRO moment_of(d) AS
       CASE WHEN d IS NULL OR TRY_CAST(d::VARCHAR AS TIMESTAMPTZ) IS NOT NULL
            THEN d::VARCHAR::TIMESTAMPTZ
            ELSE error('"' || d || '" is no date; write one as since := ''2026-01-31'', and '
                       || 'how many rows you want as n := 20') END""",
    # Articles about two countries, newest first, with the best sentence that says so
    """CREATE MACRO pair_news(a, b, min_score := 0.5) AS TABLE
       SELECT date_published, publisher, headline, score, evidence[1].text AS evidence,
              list_transform(topics, lambda t: t.label) AS topics,
              goldstein, in_language, url, cluster_id, article_id
       FROM latest_country_pairs
       WHERE pair = pair_of(a, b) AND score >= min_score
       ORDER BY date_published DESC, article_id""",
    # Week by week: how many articles, how many stories (syndicated copies count once), and how
    # kind or hostile, weighted by Goldstein: cooperation >= 0, conflict <= 0
    """CREATE MACRO pair_timeline(a, b, min_score := 0.5) AS TABLE
       WITH news AS (
           SELECT date_trunc('week', date_published)::DATE AS week,
                  count(*) AS articles, count(DISTINCT cluster_id) AS stories
           FROM latest_country_pairs
           WHERE pair = pair_of(a, b) AND score >= min_score GROUP BY ALL),
       said AS (
           SELECT date_trunc('week', date_published)::DATE AS week,
                  coalesce(sum(goldstein) FILTER (goldstein > 0), 0) AS cooperation,
                  coalesce(sum(goldstein) FILTER (goldstein < 0), 0) AS conflict,
                  avg(goldstein) AS goldstein
           FROM latest_relations WHERE pair = pair_of(a, b) GROUP BY ALL)
       SELECT week, articles, stories, coalesce(cooperation, 0) AS cooperation,
              coalesce(conflict, 0) AS conflict, goldstein
       FROM news LEFT JOIN said USING (week) ORDER BY week""",
    # The pairs most written about; since and until are dates, until excluded
    """CREATE MACRO top_pairs(since := '1900-01-01', until := '2100-01-01', n := 20, min_score := 0.5)
       AS TABLE
       SELECT pair, count(*) AS articles, count(DISTINCT cluster_id) AS stories,
              count(DISTINCT publisher) AS publishers, round(avg(score), 3) AS mean_score,
              round(avg(goldstein), 2) AS goldstein
       FROM latest_country_pairs
       WHERE date_published >= moment_of(since) AND date_published < moment_of(until)
             AND score >= min_score
       GROUP BY pair ORDER BY articles DESC, mean_score DESC, pair LIMIT n""",
    # What the news about two countries is about
    """CREATE MACRO topic_mix(a, b, min_score := 0.5) AS TABLE
       SELECT t.id AS topic, t.label AS label, count(*) AS articles,
              count(DISTINCT cluster_id) AS stories, round(avg(t.score), 3) AS mean_score
       FROM (SELECT cluster_id, unnest(topics) AS t FROM latest_country_pairs
             WHERE pair = pair_of(a, b) AND score >= min_score)
       GROUP BY ALL ORDER BY articles DESC, mean_score DESC, topic""",
    # Every sentence that proves a pair, newest first, with the word that ties the two
    """CREATE MACRO evidence(a, b, min_score := 0.5) AS TABLE
       SELECT date_published, publisher, e.text AS sentence,
              CASE WHEN e.trigger_start >= e.start
                   THEN e.text[e.trigger_start - e.start + 1 : e.trigger_end - e.start]
              END AS trigger,
              e.field AS field, headline, url, score, article_id
       FROM (SELECT *, unnest(evidence) AS e FROM latest_country_pairs
             WHERE pair = pair_of(a, b) AND score >= min_score)
       ORDER BY date_published DESC, score DESC, article_id, e.start""",
)
