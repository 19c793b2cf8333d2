"""The lists of words and phrases that people write, as TOML, in; the same folded, as JSON, out.

Run as `python -m transforms.data.pages.build_lists` after a change of a list beside this file.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transforms.pages.boilerplate_phrases import fold
from transforms.pages.furniture_words import ANY_LANGUAGE, Classes, words_of

HERE = Path(__file__).parent


def folded(written: Any) -> Any:
    """The same lists, each of their texts folded."""
    if isinstance(written, dict):
        return {name: folded(value) for name, value in written.items()}
    return [fold(text) for text in written]


def furniture(written: dict[str, list[str]]) -> dict[str, dict[str, Classes]]:
    """Terms and stems, each with its classes, and those with the languages in which it is of them, as bits."""
    terms: dict[str, Classes] = {}
    stems: dict[str, Classes] = {}
    languages: dict[str, int] = {}
    for name, rows in written.items():
        for row in rows:
            language, _, row_terms = row.partition(": ")
            own = ANY_LANGUAGE
            if language != "all":
                own = languages.setdefault(language, 1 << len(languages))
            for term in map(fold, row_terms.split(",")):
                key = " ".join(words_of(term))
                for table in (terms, stems) if term.endswith("*") else (terms,):
                    of_term = table.setdefault(key, {})
                    of_term[name] = of_term.get(name, 0) | own
    return {"terms": terms, "stems": stems}


def notices(written: dict[str, Any]) -> list[dict[str, Any]]:
    """The notices, with the words of each class that they name."""
    for row in written["notice"]:
        for name, words in written["classes"].items():
            row["then"] = row["then"].replace("{" + name + "}", words)
    return list(written["notice"])


BUILDS: dict[str, Callable[[Any], Any]] = {
    "boilerplate_phrases": folded,
    "reader_words": folded,
    "furniture_words": furniture,
    "notice_openings": notices,
}


def built(name: str) -> str:
    """The JSON of one list, each of the innermost lists and tables on a line, so that changes show."""
    written = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    return _lines(BUILDS[name](written)) + "\n"


def _lines(value: Any) -> str:
    inner = value.values() if isinstance(value, dict) else value
    if not any(isinstance(one, dict | list) for one in inner):
        return _json(value)
    if isinstance(value, dict):
        rows = (f"{_json(name)}: {_lines(one)}" for name, one in value.items())
        return "{\n" + ",\n".join(rows) + "\n}"
    return "[\n" + ",\n".join(map(_lines, value)) + "\n]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write a JSON file beside each TOML file."""
    for name in BUILDS:
        (HERE / f"{name}.json").write_text(built(name), encoding="utf-8")


if __name__ == "__main__":
    main()
