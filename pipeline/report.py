"""The counters of a finished run in; a summary that adds up, as text or as a dictionary, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ENDS = (
    ("new", "new articles"),
    ("version", "new versions of known articles"),
    ("duplicate", "further entries of an article"),
    ("known", "already known"),
    ("dead", "dead letters"),
    ("retry", "dead letters to be tried again"),
)


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
        return {name: self.counters[f"ended:{name}"] for name, _ in ENDS}

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
    def dead_letters(self) -> list[tuple[str, str, int]]:
        """(stage, reason, how many), most first."""
        rows = []
        for name, n in self.counters.items():
            kind, _, rest = name.partition(":")
            if kind == "dead letter" and n:
                stage, _, reason = rest.partition(":")
                rows.append((stage, reason, n))
        return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))

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
            "entries": self.entries,
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
                f"  {c['feeds']} feeds polled, {c['feeds not due']} not due yet, "
                f"{c['feeds failed']} failed"
            )
        verdict = "adds up" if self.adds_up else "DOES NOT ADD UP: please report this"
        yield f"  {self.entries:>6} entries seen ({verdict})"
        for name, words in ENDS:
            if self.ended[name]:
                yield f"  {self.ended[name]:>6} {words}"
        for stage, reason, n in self.dead_letters:
            yield f"  {n:>8} {stage}: {reason}"
        spent = ", ".join(f"{name} {s:.1f} s" for name, s in self.stage_seconds.items())
        if spent:
            yield f"  time, summed over what ran side by side: {spent}"
