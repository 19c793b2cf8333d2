"""How readings of one sentence compete, and how the weights for it are fitted."""

from __future__ import annotations

import math

import pytest

from transforms.data.relations.coded_sentences import Example
from transforms.data.relations.softmax_fit import fit
from transforms.relations.readings import FIRST, Reading, choose


def reading(trigger: int, quad_class: int, *pairs: tuple[str, str]) -> Reading:
    return Reading(trigger, quad_class, tuple((0, 0, 1, 0) for _ in pairs), pairs)


A_B = reading(0, 1, ("AAA", "BBB"))
B_A = reading(0, 1, ("BBB", "AAA"))
A_B_AGAIN = reading(1, 4, ("AAA", "BBB"))
C_D = reading(1, 4, ("CCC", "DDD"))


def test_the_chance_is_a_softmax_against_the_empty_reading() -> None:
    ((chosen, chance),) = choose([A_B], [1.0])
    assert chosen == A_B
    assert chance == pytest.approx(math.e / (1 + math.e))
    assert choose([A_B], [math.log(FIRST) - 1]) == []


def test_two_readings_of_one_trigger_exclude_each_other() -> None:
    assert [chosen for chosen, _ in choose([A_B, B_A], [3.0, 2.0])] == [A_B]


def test_a_pair_gathers_the_chances_of_all_its_triggers() -> None:
    ((chosen, chance),) = choose([A_B, A_B_AGAIN, B_A], [1.0, 0.9, 1.1])
    assert chosen == A_B
    assert chance > 0.5


def test_a_second_statement_must_win_what_is_left() -> None:
    assert [chosen for chosen, _ in choose([A_B, C_D], [5.0, 4.0])] == [A_B, C_D]
    assert [chosen for chosen, _ in choose([A_B, C_D], [5.0, 0.5])] == [A_B]


def test_nothing_to_read_is_nothing_chosen() -> None:
    assert choose([], []) == []


def test_fitted_weights_let_the_right_reading_win() -> None:
    def sentence(flip: bool) -> list[Example]:
        one, other = Example(A_B, ["left"], not flip, False), Example(B_A, ["right"], flip, False)
        return [one, other]

    weights = fit([sentence(flip=index % 4 == 0) for index in range(40)])
    assert weights["left"] > weights["right"]
    both_wrong = [Example(A_B, ["left"], False, False), Example(B_A, ["right"], False, False)]
    sobered = fit([sentence(flip=False)] * 3 + [both_wrong] * 30)
    assert sobered["right"] < 0.0


def test_a_feature_of_few_sentences_gets_no_weight() -> None:
    rare = [Example(A_B, ["seen", "rare"], True, False)]
    common = [Example(A_B, ["seen"], True, False)]
    assert set(fit([rare, common, common, common])) == {"seen"}
