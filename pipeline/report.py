"""The counters of a finished run in; a summary that adds up, as text or as a dictionary, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ENDS = (  # how an entry may end, for one and for several
    ("new", "new article", "new articles"),
    ("version", "new version of a known article", "new versions of known articles"),
    ("duplicate", "further entry of an article", "further entries of an article"),
    ("known", "already known", "already known"),
    ("dead", "dead letter", "dead letters"),
    ("retry", "dead letter to be tried again", "dead letters to be tried again"),
)
OVER_LIMIT = "entries over the limit of a feed"


@dataclass(frozen=True)
class RunReport:
    """What one run did. `counters` are Beam's, by name; `seconds` is wall time."""

    run_id: str
    counters: Counter[str]
    seconds: float

    @property
    def entries(self) -> int:
        """Entries seen, counted where they came in."""
        return self.counters["entries"]

    @property
    def ended(self) -> dict[str, int]:
        """Entries by where they ended, counted where they ended."""
        return {name: self.counters[f"ended:{name}"] for name, *_ in ENDS}

    @property
    def adds_up(self) -> bool:
        """Did every entry end somewhere?"""
        return self.entries == sum(self.ended.values())

    @property
    def failed(self) -> bool:
        """Nothing came in although something was asked for, or the sums do not agree."""
        polled, lost = self.counters["feeds"], self.counters["feeds failed"]
        return not self.adds_up or (polled > 0 and polled == lost)

    @property
    def landed_nothing(self) -> bool:
        """Was there no entry, or did every one of them fail?"""
        return self.entries == self.ended["dead"] + self.ended["retry"]

    @property
    def dead_letters(self) -> list[tuple[str, str, int]]:
        """Entries that failed: (stage, reason, how many), most first."""
        found = [(name.partition(":"), n) for name, n in self._by_reason("dead letter:")]
        return [(stage, reason, n) for (stage, _, reason), n in found]

    @property
    def feed_failures(self) -> list[tuple[str, int]]:
        """Feeds that failed: (reason, how many), most first."""
        return self._by_reason("failed feed:")

    def _by_reason(self, prefix: str) -> list[tuple[str, int]]:
        found = [
            (name.removeprefix(prefix), n)
            for name, n in self.counters.items()
            if name.startswith(prefix) and n
        ]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    @property
    def stage_seconds(self) -> dict[str, float]:
        """Seconds by stage, summed over whatever ran side by side."""
        prefix = "microseconds:"
        return {
            name.removeprefix(prefix): n / 1e6
            for name, n in sorted(self.counters.items())
            if name.startswith(prefix)
        }

    def as_dict(self) -> dict[str, Any]:
        """For `--json` and for programs."""
        return {
            "run_id": self.run_id,
            "seconds": round(self.seconds, 3),
            "feeds": self.counters["feeds"],
            "feeds_not_due": self.counters["feeds not due"],
            "feeds_failed": self.counters["feeds failed"],
            "feed_failures": [{"reason": reason, "count": n} for reason, n in self.feed_failures],
            "entries": self.entries,
            "entries_over_limit": self.counters[OVER_LIMIT],
            "ended": self.ended,
            "adds_up": self.adds_up,
            "dead_letters": [
                {"stage": stage, "reason": reason, "count": n}
                for stage, reason, n in self.dead_letters
            ],
            "stage_seconds": self.stage_seconds,
            "rows": {
                name.removeprefix("rows:"): n
                for name, n in sorted(self.counters.items())
                if name.startswith("rows:")
            },
        }

    def lines(self) -> Iterator[str]:
        """The summary as a person reads it."""
        c = self.counters
        yield f"run {self.run_id}  {self.seconds:.1f} s"
        if c["feeds"] or c["feeds not due"]:
            yield (
                f"  {counted(c['feeds'], 'feed', 'feeds')} polled, "
                f"{c['feeds not due']} not due yet, {c['feeds failed']} failed"
            )
        for reason, n in self.feed_failures:
            yield f"  {n:>8} poll: {reason}"
        verdict = "adds up" if self.adds_up else "DOES NOT ADD UP: please report this"
        yield f"  {counted(self.entries, 'entry', 'entries', 6)} seen ({verdict})"
        for name, one, several in ENDS:
            if self.ended[name]:
                yield f"  {counted(self.ended[name], one, several, 6)}"
        for stage, reason, n in self.dead_letters:
            yield f"  {n:>8} {stage}: {reason}"
        if c[OVER_LIMIT]:
            yield (
                f"  {counted(c[OVER_LIMIT], 'entry', 'entries')} of long feeds left out: "
                "--max-entries takes more"
            )
        spent = ", ".join(f"{name} {s:.1f} s" for name, s in self.stage_seconds.items())
        if spent:
            yield f"  time, summed over what ran side by side: {spent}"


def counted(n: int, one: str, several: str, width: int = 0) -> str:
    """`n` things in words: one of them, or several."""
    return f"{n:>{width}} {one if n == 1 else several}"
