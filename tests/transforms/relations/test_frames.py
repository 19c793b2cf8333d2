"""Triggers and what they make together: codes, forms and modes of single sentences."""

from __future__ import annotations

import pytest

from transforms.relations.frames import settle
from transforms.relations.triggers import find_triggers


def events(text: str, demonym: str = "") -> list[tuple[str, str, str]]:
    """(words, CAMEO code, mode) of each event in an English sentence."""
    lowered = text.lower()
    ends = frozenset({lowered.index(demonym) + len(demonym)}) if demonym else frozenset()
    return [
        (lowered[t.start : t.end], t.code, t.mode)
        for t in settle(find_triggers(lowered, "en", ends), lowered)
    ]


@pytest.mark.parametrize(
    ("text", "demonym"),
    [
        ("Chinese ships lay off the coast", "chinese"),
        ("The police looked on", ""),
        ("It was the most visible sign yet", ""),
        ("A court in the capital", ""),
        ("Police were there", ""),
    ],
)
def test_a_noun_is_no_verb(text: str, demonym: str) -> None:
    assert events(text, demonym) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the ministers sign a deal", "057"),
        ("the two export grain", "061"),
        ("they settled a row over quotas", "050"),
        ("they ended the blockade", "087"),
        ("the ministry summoned the ambassador", "114"),
        ("the ambassador was summoned", "114"),
        ("it ordered ten diplomats to leave", "166"),
        ("the two trade blame over the fire", "112"),
        ("it refused to meet him", "125"),
        ("it has not recognised the state", "121"),
        ("it threatened to impose sanctions", "131"),
    ],
)
def test_triggers_say_one_thing_together(text: str, code: str) -> None:
    assert events(text)[0][1] == code


def test_a_word_that_begins_like_a_negation_denies_nothing() -> None:
    assert events("in november the new envoy met him") == [("met", "040", "happened")]
    assert events("it never met him")[0][1] == "120"


def test_of_two_nouns_side_by_side_the_last_is_what_happened() -> None:
    assert [words for words, _, _ in events("a tariff threat by the ministry")] == ["threat"]


def test_what_is_not_set_is_not_refused() -> None:
    assert all(code != "125" for _, code, _ in events("no date had been set for the visit"))
