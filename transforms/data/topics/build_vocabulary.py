"""The IPTC Media Topics as published (JSON lines) in, `schemas/data/iptc_topics.jsonl` out.

    python -m transforms.data.topics.build_vocabulary MEDIATOPICS.jsonl

Only the fields that the tagger needs are kept: id, parent, retirement, labels and definitions by
language. Variants that repeat their base language (en-US, pt-BR, no-NN) are left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[3] / "schemas" / "data" / "iptc_topics.jsonl"
HEAD = {
    "vocabulary": "IPTC Media Topics",
    "version": "2023-10-24",
    "source": "https://cv.iptc.org/newscodes/mediatopic/",
    "licence": "Copyright IPTC (International Press Telecommunications Council), CC BY 4.0",
    "changes": "fields selected and language tags normalised to BCP 47",
    "rebuild": "python -m transforms.data.topics.build_vocabulary MEDIATOPICS.jsonl",
}
# The published tags are a mix of countries and languages.
LANGUAGES = {
    "en-GB": "en", "ar": "ar", "de": "de", "dk": "da", "es": "es", "fr": "fr",
    "no-NB": "nb", "pt-PT": "pt", "se": "sv", "zh-Hans": "zh",
}  # fmt: skip


def select(row: dict[str, Any]) -> dict[str, Any]:
    """One published topic with the fields that ship."""
    return {
        "id": row["id"],
        "parent": row["parent"],
        "retired": row["retired"],
        "label": by_language(row["label"]),
        "definition": by_language(row["definition"]),
    }


def by_language(texts: dict[str, str]) -> dict[str, str]:
    """Texts under BCP 47 tags, in a fixed order, blanks left out."""
    kept = {tag: (texts.get(name) or "").strip() for name, tag in LANGUAGES.items()}
    return {tag: " ".join(text.split()) for tag, text in kept.items() if text}


def main(source: Path) -> None:
    """Write the packaged vocabulary; the order is that of the source."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    lines = [json.dumps(row, ensure_ascii=False) for row in [HEAD, *map(select, rows)]]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} topics, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
