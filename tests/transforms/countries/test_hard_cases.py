"""The hard cases of our own: floors under both halves, a little below what was reached."""

from __future__ import annotations

import pytest

from benchmarks.hard_countries import counts, hard_cases, tagged


@pytest.mark.parametrize(("half", "f1", "right"), [("dev", 98.0, 95.7), ("kept", 95.1, 90.5)])
def test_hard_cases_stay_above_their_floor(half: str, f1: float, right: float) -> None:
    reached = counts((set(case["countries"]), tagged(case)) for case in hard_cases(half))
    assert reached.texts > 300
    assert reached.f1 >= f1
    assert reached.exact >= right


def test_the_halves_share_no_text_and_know_their_codes() -> None:
    texts = [case["text"] for case in hard_cases()]
    assert len(texts) == len(set(texts)) == len(hard_cases("dev")) + len(hard_cases("kept"))
    assert all(case["countries"] == sorted(set(case["countries"])) for case in hard_cases())
