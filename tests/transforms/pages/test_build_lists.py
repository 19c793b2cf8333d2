"""That the packaged lists of words are those that people wrote, and what their build makes of a line."""

from __future__ import annotations

from importlib.resources import files

import pytest

from transforms.data.pages.build_lists import BUILDS, built, furniture, notices


@pytest.mark.parametrize("name", BUILDS)
def test_the_packaged_list_is_that_of_the_written_one(name: str) -> None:
    packaged = files("transforms.data.pages") / f"{name}.json"
    assert packaged.read_text(encoding="utf-8") == built(name)


def test_a_term_of_furniture_has_the_languages_of_each_class_as_bits() -> None:
    assert furniture({"act": ["en: Share, log in", "de: teil*"], "glue": ["all: share"]}) == {
        "terms": {"share": {"act": 1, "glue": -1}, "log in": {"act": 1}, "teil": {"act": 2}},
        "stems": {"teil": {"act": 2}},
    }


def test_a_notice_has_the_words_of_the_class_that_it_names() -> None:
    written = {"classes": {"piece": "(?:page|story)"}, "notice": [{"then": "this {piece}"}]}
    assert notices(written) == [{"then": "this (?:page|story)"}]
