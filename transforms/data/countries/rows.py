"""The row that the builders of the country lexicon pass around, and its line in the packed table."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

EVER = (-1_000_000, 1_000_000)


class Row(NamedTuple):
    """One reading of one surface."""

    surface: str
    codes: str  # "CHN", or "CHN+RUS" for a compound, "-" for a shadow name
    kind: str
    languages: str = "*"  # comma-separated, sorted
    first_day: int = EVER[0]
    last_day: int = EVER[1]
    suffixes: str = ""
    flags: str = ""
    weight: int = 0  # population, to rank homonyms

    def joined(self, other: Row) -> Row:
        """The same reading in the languages of both; "NATO" is a name as well as "Nato" in capitals."""
        only_in_capitals = "u" in self.flags and "u" in other.flags
        if "*" in (self.languages, other.languages):
            languages, flags = "*", self.flags or other.flags
        else:
            both = set(self.languages.split(",")) | set(other.languages.split(","))
            languages, flags = ",".join(sorted(both)), "".join(sorted({*self.flags, *other.flags}))
        return self._replace(
            languages=languages,
            flags=flags if only_in_capitals else flags.replace("u", ""),
            weight=self.weight if languages == "*" else max(self.weight, other.weight),
        )

    def reading(self) -> str:
        """The reading as the packed table has it; `.` for nothing."""
        first = "." if self.first_day == EVER[0] else str(self.first_day)
        last = "." if self.last_day == EVER[1] else str(self.last_day)
        fields = (self.codes, self.kind, self.languages, first, last)
        return " ".join([*fields, self.suffixes or ".", self.flags or "."])


def day_number(text: str) -> int:
    """Days since 1970-01-01 of `1985`, `1985-03` or `1985-03-11`, the first day where not told."""
    parts = [int(p) for p in text.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
