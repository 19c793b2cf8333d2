"""Runs of words as numbers say what sets of words would say."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.pages.line_runs import line_runs, said_twice
from transforms.pages.line_wording import MOST_COMPARED, tokens_of
from transforms.pages.shared_words import shared_runs

WORDS = st.lists(st.sampled_from("a b c".split()), max_size=9)
Runs = set[tuple[str, ...]]


def runs(words: list[str]) -> Runs:
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


@settings(deadline=None)
@given(st.lists(WORDS, max_size=5))
def test_each_text_holds_its_runs_once(texts: list[list[str]]) -> None:
    held = shared_runs(texts)
    assert np.bincount(held.texts, minlength=len(texts)).tolist() == [len(runs(t)) for t in texts]
    assert len(np.unique(held.runs)) == len(set().union(*map(runs, texts)))


@settings(deadline=None)
@given(st.lists(WORDS, max_size=5))
def test_the_first_text_with_a_run_is_known(texts: list[list[str]]) -> None:
    held = shared_runs(texts)
    expected = sorted(
        (number, next(i for i, other in enumerate(texts) if run in runs(other)))
        for number, text in enumerate(texts)
        for run in runs(text)
    )
    pairs = zip(held.texts.tolist(), held.first().tolist(), strict=True)
    assert sorted(pairs) == expected


@settings(deadline=None)
@given(st.lists(WORDS.filter(lambda words: len(words) > 3), min_size=1, max_size=5))
def test_lines_tell_what_is_said_before_them_and_after(lines: list[list[str]]) -> None:
    every = np.ones(len(lines), bool)
    told = said_twice(line_runs([" ".join(words) for words in lines], every), every)
    earlier: Runs = set()
    for words, before in zip(lines, told["said-before"].tolist(), strict=True):
        assert np.isclose(before, len(runs(words) & earlier) / len(runs(words)))
        earlier |= runs(words)


def test_words_of_ascii_and_of_other_lines_are_cut_alike() -> None:
    line = "Don't say \u201cno_one\u201d \u2014 the 3rd e-mail, caf\u00e9"
    assert tokens_of(line) == "don t say no one the 3rd e mail café".split()
    assert tokens_of(line.replace("é", "e")) == "don t say no one the 3rd e mail cafe".split()


LINES = st.lists(st.sampled_from("a b c don't".split()), min_size=1, max_size=9).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.tuples(LINES, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_runs_of_some_lines_are_the_same_whether_known_or_read_again(
    page: list[tuple[str, bool, bool]],
) -> None:
    texts = [text for text, _, _ in page]
    known, wanted = np.array([[is_known, is_wanted] for _, is_known, is_wanted in page]).T
    lines = np.flatnonzero(wanted)
    found = line_runs(texts, known).of(lines)
    expected = [len(runs(tokens_of(texts[line]))) for line in lines.tolist()]
    assert np.bincount(found.texts, minlength=len(lines)).tolist() == expected


def test_all_of_a_long_line_is_compared_where_the_choice_is_made() -> None:
    texts = [" ".join(f"word{number}" for number in range(MOST_COMPARED)), "a b c d e"]
    found = line_runs(texts, np.ones(2, bool)).of(np.arange(2))
    assert np.bincount(found.texts).tolist() == [MOST_COMPARED - 3, 2]
