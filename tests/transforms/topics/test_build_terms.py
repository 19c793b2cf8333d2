"""What becomes of the lines of a lexicon, and that the packaged tables are those of its lines."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest

from transforms.data.topics.build_terms import needles_of, tables
from transforms.topics.terms import pack, unpack


def test_the_packaged_tables_are_those_of_the_lexicons() -> None:
    room = files("transforms.data.topics")
    packaged = {
        file.name: gzip.decompress(file.read_bytes()).decode()
        for file in room.iterdir()
        if file.name.startswith("terms_")
    }
    built = dict(tables())
    stale = [name for name in built.keys() | packaged if built.get(name) != packaged.get(name)]
    assert stale == [], "run python -m transforms.data.topics.build_terms"


@pytest.mark.parametrize("language", ["ru", "ar", "sv"])  # with stems, prefixes, labels alone
def test_terms_are_read_as_they_were_packed(language: str) -> None:
    needles = needles_of(language)
    read = unpack(pack(needles))
    assert read.words == needles.words
    assert [read.terms[place] for place in needles.terms] == list(needles.terms.values())
    assert len(needles.terms) > 500
