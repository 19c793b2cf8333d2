"""Out come the Arrow schemas of the seven tables of the lake: the contract that readers build on.

Growing the contract: a new column is added at the end of its table, nullable, with `SCHEMA_VERSION`
raised by one. Files written before have no such column and read as null. Nothing is ever renamed,
retyped or removed.
"""

from __future__ import annotations

from typing import Final

from schemas.article_tables import ARTICLES, COUNTRY_PAIRS, RELATIONS
from schemas.columns import Table
from schemas.run_tables import DEAD_LETTERS, FEED_ENTRIES, FEED_FETCHES, RUNS

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        ARTICLES,
        COUNTRY_PAIRS,
        RELATIONS,
        DEAD_LETTERS,
        FEED_FETCHES,
        FEED_ENTRIES,
        RUNS,
    )
}
