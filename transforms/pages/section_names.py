"""The names that news sites give their sections come out, folded, as one set (and one lookup).

A short line that is nothing but such a name is a label of the page, not a subhead of the story.
"""

from __future__ import annotations

import functools
from importlib import resources

from transforms.pages.boilerplate_phrases import fold


@functools.cache
def load_section_names() -> frozenset[str]:
    """Folded section names of the package's list."""
    path = resources.files("transforms.data.pages") / "section_names.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    names = (name for line in lines if not line.startswith("#") for name in line.split("|"))
    return frozenset(fold(name) for name in names if name.strip())


def is_section_name(text: str) -> bool:
    """Is `text` the name of a section ("International relations", "Wirtschaft")?"""
    return fold(text).strip(" •|/»>›:-–—") in load_section_names()
