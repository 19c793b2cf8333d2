"""Sentences in other languages than English come in; who did what to whom has to come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas.records import Relation
from transforms.relations.word_order.grammar import grammar_languages
from transforms.tag_countries import tag_countries
from transforms.tag_relations import tag_relations

SENTENCES = Path(__file__).parent / "foreign_relations.jsonl"
# F1 over the half whose sentences were not read while the rules were made, a little under what it was.
FLOORS = {
    **{"fr": 0.92, "es": 0.82, "de": 0.94, "ru": 0.96, "zh": 0.92, "ar": 0.95},
    **{"it": 0.88, "pt": 0.82},
}


def relations_of(text: str, language: str) -> list[Relation]:
    return tag_relations("", text, tag_countries("", text, language=language), language=language)


def told(text: str, language: str) -> list[tuple[str, str, str, str]]:
    return [(r.source, r.target, r.event_type, r.mode) for r in relations_of(text, language)]


@cache
def sentences() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]


def counts(language: str, half: str) -> tuple[int, int, int]:
    """Right, wrong and missing relations; a type may be one of several, "AGREE|SUPPORT"."""
    right = wrong = missing = 0
    for item in sentences():
        if (item["language"], item["half"]) != (language, half):
            continue
        wanted = [(source, target, kind.split("|")) for source, target, kind, _ in item["directed"]]
        for source, target, kind, _ in told(item["text"], language):
            same = [w for w in wanted if w[:2] == (source, target) and kind in w[2]]
            right, wrong = right + bool(same), wrong + (not same)
            if same:
                wanted.remove(same[0])
        missing += len(wanted)
    return right, wrong, missing


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_relations_of_unseen_sentences(language: str) -> None:
    right, wrong, missing = counts(language, "test")
    assert 2 * right / (2 * right + wrong + missing) >= FLOORS[language]
    assert right / (right + wrong) >= 0.93  # a missing relation costs less than a wrong one


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La Norvège accueille des pourparlers entre la Russie et l'Ukraine."),
        ("es", "Noruega acoge conversaciones entre Rusia y Ucrania."),
        ("de", "Norwegen richtet Gespräche zwischen Russland und der Ukraine aus."),
        ("ru", "Норвегия принимает переговоры между Россией и Украиной."),
        ("ar", "تستضيف النرويج محادثات بين روسيا وأوكرانيا."),
    ],
)
def test_who_hosts_talks_deals_with_each_and_they_with_each_other(language: str, text: str) -> None:
    assert {(source, target) for source, target, *_ in told(text, language)} == {
        ("NOR", "RUS"), ("NOR", "UKR"), ("RUS", "UKR"), ("UKR", "RUS"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "source", "target", "event"),
    [
        ("fr", "Le Gabon supprime les visas pour le Togo.", "GAB", "TGO", "CONCEDE"),
        ("es", "Panamá suprimió los visados para los cubanos.", "PAN", "CUB", "CONCEDE"),
        ("de", "Island hob die Visumpflicht für Georgien auf.", "ISL", "GEO", "CONCEDE"),
        ("ru", "Турция отменила визы для граждан Грузии.", "TUR", "GEO", "CONCEDE"),
        ("zh", "泰国对印度实施免签。", "THA", "IND", "CONCEDE"),
        ("ar", "ألغت تركيا التأشيرات لمواطني الكويت.", "TUR", "KWT", "CONCEDE"),
        ("de", "Norwegen liefert der Ukraine zwei Patrouillenboote.", "NOR", "UKR", "AID"),
        ("zh", "韩国向秘鲁提供两艘军舰。", "KOR", "PER", "AID"),
    ],
)
def test_visas_given_up_and_ships_given_are_told(
    language: str, text: str, source: str, target: str, event: str
) -> None:
    assert [(a, b, kind) for a, b, kind, _ in told(text, language)] == [(source, target, event)]


def test_talks_that_will_be_hosted_are_planned() -> None:
    modes = {
        mode for *_, mode in told("España acogerá conversaciones entre Rusia y Ucrania.", "es")
    }
    assert modes == {"planned"}


def test_further_countries_make_a_reading_less_sure() -> None:
    countries = tag_countries("", NEAR, language="fr")
    (sure,) = tag_relations("", NEAR, countries, language="fr")
    crowd = NEAR.replace(".", ", selon le Portugal, la Suède et l'Irlande.")
    countries = tag_countries("", crowd, language="fr")
    doubtful = tag_relations("", crowd, countries, language="fr")
    assert all(relation.score < sure.score for relation in doubtful)
    assert doubtful


NEAR = "La France a accusé l'Italie d'espionnage."


def test_every_language_with_a_grammar_has_sentences() -> None:
    assert {item["language"] for item in sentences()} == grammar_languages() == set(FLOORS)


@pytest.mark.parametrize(
    ("language", "active", "passive"),
    [
        (
            "fr",
            "La Grèce accuse la Turquie de provocation.",
            "La Turquie est accusée par la Grèce.",
        ),
        ("es", "Grecia acusó a Turquía de provocar.", "Turquía fue acusada por Grecia."),
        (
            "de",
            "Griechenland beschuldigt die Türkei.",
            "Die Türkei wurde von Griechenland beschuldigt.",
        ),
    ],
)
def test_the_passive_turns_source_and_target_round(
    language: str, active: str, passive: str
) -> None:
    assert (
        told(active, language) == told(passive, language) == [("GRC", "TUR", "ACCUSE", "happened")]
    )


@pytest.mark.parametrize(
    ("language", "happened", "planned", "threatened"),
    [
        (
            "fr",
            "Le Canada a imposé des sanctions au Mali.",
            "Le Canada imposera des sanctions au Mali.",
            "Le Canada menace d'imposer des sanctions au Mali.",
        ),
        (
            "es",
            "Canadá impuso sanciones a Cuba.",
            "Canadá impondrá sanciones a Cuba.",
            "Canadá amenaza con imponer sanciones a Cuba.",
        ),
        (
            "de",
            "Kanada hat Sanktionen gegen Mali verhängt.",
            "Kanada will Sanktionen gegen Mali verhängen.",
            "Kanada droht Mali mit Sanktionen.",
        ),
        (
            "ru",
            "Канада ввела санкции против Мали.",
            "Канада введёт санкции против Мали.",
            "Канада угрожает Мали санкциями.",
        ),
        ("zh", "加拿大对马里实施制裁。", "加拿大将对马里实施制裁。", "加拿大威胁对马里实施制裁。"),
        (
            "ar",
            "فرضت كندا عقوبات على مالي.",
            "ستفرض كندا عقوبات على مالي.",
            "هددت كندا بفرض عقوبات على مالي.",
        ),
    ],
)
def test_what_is_planned_or_threatened_did_not_happen(
    language: str, happened: str, planned: str, threatened: str
) -> None:
    modes = [
        [relation[2:] for relation in told(t, language)] for t in (happened, planned, threatened)
    ]
    assert modes == [
        [("SANCTION", "happened")],
        [("SANCTION", "planned")],
        [("THREATEN", "threatened")],
    ]


def test_traditional_characters_are_read_like_simplified_ones() -> None:
    text = "以色列軍隊轟炸了黎巴嫩南部。"
    assert told(text, "zh-Hant") == [("ISR", "LBN", "ASSAULT", "happened")]
    assert text[slice(relations_of(text, "zh-Hant")[0].trigger_start, None)].startswith("轟炸")


def test_conditions_state_nothing() -> None:
    assert told("Si la Chine attaque Taïwan, les marchés vont souffrir.", "fr") == []
    assert told("Falls China Taiwan angreift, leiden die Märkte.", "de") == []


def test_case_tells_the_russian_subject_wherever_it_stands() -> None:
    wanted = [("RUS", "UKR", "ASSAULT", "happened")]
    assert (
        told("Россия атаковала Украину.", "ru") == told("Украину атаковала Россия.", "ru") == wanted
    )


def test_a_german_prefix_at_the_end_belongs_to_its_verb() -> None:
    assert told("Kenia lehnt den Plan Ugandas ab.", "de") == [("KEN", "UGA", "REJECT", "happened")]
    assert told("Kenia lehnt sich an den Plan Ugandas an.", "de") == []


def test_an_arabic_preposition_may_be_written_on_the_name() -> None:
    assert told("قدمت الصين مساعدات لأفغانستان.", "ar") == [("CHN", "AFG", "AID", "happened")]


def test_a_language_without_a_grammar_gives_no_event() -> None:
    found = told("Ranska syytti maanantaina Venäjää verkkohyökkäyksistä.", "fi")
    assert {kind for _, _, kind, _ in found} <= {"UNSPECIFIED"}


def test_the_trigger_lies_in_its_sentence() -> None:
    for item in sentences():
        for relation in relations_of(item["text"], item["language"]):
            assert relation.start <= relation.trigger_start < relation.trigger_end <= relation.end
            surface = item["text"][relation.trigger_start : relation.trigger_end]
            assert surface == surface.strip() != ""


def test_a_hostile_sentence_is_read_in_linear_time() -> None:
    text = "La France accuse la Russie, " * 20_000
    assert all(relation.end <= len(text) for relation in relations_of(text, "fr"))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le président Macron a reçu à Paris son homologue brésilien.", {("FRA", "BRA")}),
        ("pt", "O presidente francês recebeu em Paris o seu homólogo angolano.", {("FRA", "AGO")}),
        ("it", "La Turchia ha espulso l'ex-ministro greco.", {("TUR", "GRC")}),
        ("it", "Due soldati turchi sono stati uccisi dalla Grecia.", {("GRC", "TUR")}),
        ("es", "España suspende las sanciones contra Cuba.", {("ESP", "CUB")}),
        (
            "de",
            "Serbien und Kroatien werfen einander Spionage vor.",
            {("SRB", "HRV"), ("HRV", "SRB")},
        ),
    ],
)
def test_places_hyphens_and_each_other_leave_subject_and_object_what_they_are(
    language: str, text: str, expected: set[tuple[str, str]]
) -> None:
    assert {(source, target) for source, target, *_ in told(text, language)} == expected
