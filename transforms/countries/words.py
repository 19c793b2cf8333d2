"""The packaged word lists come in; the sets that the local rules look words up in come out."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files

WORD_AFTER = re.compile(r" ([\w'’.-]+)")


@cache
def word_sets() -> dict[str, frozenset[str]]:
    """The sets of `context_words.txt` by name."""
    text = (files("transforms.data.countries") / "context_words.txt").read_text(encoding="utf-8")
    out: dict[str, frozenset[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            out[name] = out.get(name, frozenset()) | frozenset(line.split())
    return out


@cache
def _person_lists() -> tuple[frozenset[str], frozenset[str]]:
    packed = (files("transforms.data.countries") / "person_names.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return frozenset(lines[1].split()), frozenset(lines[2].split())


def first_names() -> frozenset[str]:
    """First names, capitalised."""
    return _person_lists()[0]


def surnames() -> frozenset[str]:
    """Frequent surnames, capitalised."""
    return _person_lists()[1]


def word_before(text: str, start: int) -> str:
    """The word right before `start`, one blank between; "" at a break or punctuation."""
    if start < 2 or text[start - 1] != " ":
        return ""
    floor = start - 30 if start > 30 else 0  # `max` is a call, and this is asked of every name
    space = text.rfind(" ", floor, start - 1)
    word = text[space + 1 if space >= 0 else floor : start - 1]
    if word.isalpha():
        return word
    return word[max(word.rfind("\n"), word.rfind('"'), word.rfind("(")) + 1 :]


def word_after(text: str, end: int) -> str:
    """The word right after `end`, one blank between; "" at a break or punctuation."""
    if text[end : end + 1] != " ":
        return ""
    word = text[end + 1 : end + 40].partition(" ")[0]
    if word.isalpha():
        return word  # most are, and no pattern need be asked
    match = WORD_AFTER.match(text, end, end + 40)
    return match[1] if match else ""


def is_title_case(text: str, end: int) -> bool:
    """True where the words behind `end` are mostly capitalised, as in a headline."""
    line = text[end : end + 60].split("\n", maxsplit=1)[0]
    words = [word for word in line.split() if word[0].isalpha()][:6]
    return sum(word[0].isupper() for word in words) > 2 or len(words) < 2
