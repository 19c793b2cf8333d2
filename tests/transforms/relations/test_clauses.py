"""Where the clauses of a sentence open, and what they are."""

from __future__ import annotations

from transforms.relations.clauses import (
    CIRCUMSTANCE,
    CONDITION,
    CONTENT,
    MAIN,
    PARTICIPLE,
    RELATIVE,
    REPORT,
    SEPARATE,
    clause_of,
    find_clauses,
)


def kind_at(sentence: str, word: str) -> str:
    clauses = find_clauses(sentence)
    return clauses[clause_of([c.start for c in clauses], sentence.index(word))].kind


def test_a_relative_clause_ends_at_its_comma() -> None:
    sentence = "islamabad, which denies it harbours militants, bombed two afghan provinces."
    assert kind_at(sentence, "denies") == RELATIVE
    assert kind_at(sentence, "bombed") == MAIN


def test_an_opening_clause_gives_way_to_the_main_one() -> None:
    sentence = "after peru closed its border, chile recalled its envoy."
    assert kind_at(sentence, "closed") == CIRCUMSTANCE
    assert kind_at(sentence, "recalled") == MAIN


def test_what_is_said_is_told_from_who_reports_it() -> None:
    assert kind_at("serbia said that kosovo attacked first.", "attacked") == CONTENT
    sentence = "ukraine struck a depot, russian officials said on monday."
    assert kind_at(sentence, "struck") == MAIN
    assert kind_at(sentence, "officials") == REPORT


def test_conditions_participles_and_second_statements_are_known() -> None:
    assert kind_at("iran will answer if israel attacks.", "attacks") == CONDITION
    assert kind_at("israel shelled gaza, killing three.", "killing") == PARTICIPLE
    assert kind_at("canada expelled six; india expelled ten.", "ten") == SEPARATE


def test_clauses_start_at_the_sentence_and_rise() -> None:
    for sentence in ("", "peru.", "after, which; if, but that, said x, y said"):
        starts = [clause.start for clause in find_clauses(sentence)]
        assert starts[0] == 0
        assert starts == sorted(starts)
