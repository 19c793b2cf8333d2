"""Relations of any heap of words: no error, and offsets that hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.tag_countries import tag_countries
from transforms.tag_relations import tag_relations

WORDS = (
    "France Germany Chinese Russian Iran's Mali Chad Benelux Franco-German 中国 访华 Moscow the US rebels"
    " attacked condemned accused met signed agreed refused talks sanctions lifted warned said told will not"
    " no never if any between on with and , . ; : - — ' \" “ ” who which according to have been were ß İ"
).split()


@pytest.mark.parametrize("language", ["en", "fr", "ja", ""])
@settings(deadline=None)  # the first text loads the tables
@given(words=st.lists(st.sampled_from(WORDS), max_size=30), gap=st.sampled_from([" ", "", "\n"]))
def test_a_heap_of_words_has_relations_with_right_offsets(
    language: str, words: list[str], gap: str
) -> None:
    text = gap.join(words)
    countries = tag_countries("", text, language=language)
    for told in tag_relations("", text, countries, language=language):
        assert text[told.start : told.end] == told.text
        assert told.start <= min(told.source_start, told.target_start)
        assert max(told.source_end, told.target_end, told.trigger_end) <= told.end
