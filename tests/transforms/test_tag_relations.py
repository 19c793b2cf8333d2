"""English sentences of our own come in; who did what to whom has to come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas.events import DENIED, HAPPENED, PAST, PLANNED, THREATENED, quad_class_of
from schemas.records import Relation
from transforms.data.relations.coded_sentences import class_of
from transforms.split_sentences import LONGEST
from transforms.tag_countries import tag_countries
from transforms.tag_relations import tag_relations

SENTENCES = Path(__file__).parent / "hard_relations.jsonl"


def relations_of(text: str, headline: str = "") -> list[Relation]:
    countries = tag_countries(headline, text, language="en")
    return tag_relations(headline, text, countries, language="en")


def told(text: str) -> set[tuple[str, str, str]]:
    return {(r.source, r.target, r.event_type) for r in relations_of(text)}


def modes(text: str) -> set[str]:
    return {r.mode for r in relations_of(text)}


@pytest.mark.parametrize(
    ("active", "passive"),
    [
        ("Poland accused Germany of delay.", "Germany was accused of delay by Poland."),
        ("Canada sanctioned Syria.", "Syria has been sanctioned by Canada."),
        ("Ethiopian jets bombed Eritrea.", "Eritrea was bombed by Ethiopian jets."),
        ("Germany praised Bulgaria.", "Bulgaria was praised by Germany."),
    ],
)
def test_the_passive_turns_source_and_target_round(active: str, passive: str) -> None:
    assert told(active) == told(passive)
    assert len(told(active)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Israel and Lebanon failed to agree on a border.",
        "Talks between Israel and Lebanon collapsed.",
        "Israel and Lebanon failed to reach a deal.",
    ],
)
def test_talks_that_fail_are_a_rejection_by_both(text: str) -> None:
    assert told(text) == {("ISR", "LBN", "REJECT"), ("LBN", "ISR", "REJECT")}


@pytest.mark.parametrize(
    "text",
    [
        "Nepal cancelled a planned visit to India after the border row.",
        "Nepal called off talks with India.",
        "Nepal postponed a meeting with India.",
    ],
)
def test_what_is_called_off_is_no_cooperation(text: str) -> None:
    assert told(text) == {("NPL", "IND", "SANCTION")}


def test_a_second_object_that_is_none_was_not_given() -> None:
    assert modes("Germany paid Namibia no compensation.") == {DENIED}
    assert modes("Germany paid Namibia compensation with no delay.") == {HAPPENED}


def test_the_war_after_which_something_happens_is_no_war_between_them() -> None:
    kinds = {kind for _, _, kind in told("Poland may send troops to Ukraine after the war.")}
    assert kinds == {"MOBILIZE"}


def test_a_headline_goes_on_with_its_first_country() -> None:
    assert {s for s, _, _ in told("Chad calls Mali a threat, cancels talks")} == {"TCD"}


def test_sanctions_that_are_lifted_are_a_step_back() -> None:
    assert told("Hungary lifted its sanctions on Russia.") == {("HUN", "RUS", "RETREAT")}
    assert told("Sanctions on Russia were lifted by Hungary.") == {("HUN", "RUS", "RETREAT")}
    assert told("Sanctions on Syria have been eased by the United States.") == {
        ("USA", "SYR", "RETREAT")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Spain will not recognise Kosovo.",
        "Spain refused to recognise Kosovo.",
        "Spain will never recognise Kosovo.",
    ],
)
def test_cooperation_refused_is_a_rejection(text: str) -> None:
    assert told(text) == {("ESP", "XKX", "REJECT")}


@pytest.mark.parametrize(
    "text",
    [
        "Manila says Chinese ships rammed a supply boat.",
        "Manila says Chinese ships have rammed a Philippine supply boat.",
        "Chinese ships rammed a Philippine supply boat, Manila says.",
        "Chinese ships rammed a Philippine supply boat, according to Manila.",
        '"Chinese ships rammed a Philippine boat," officials in Manila said.',
    ],
)
def test_who_says_what_another_did_has_not_done_it(text: str) -> None:
    assert told(text) == {("CHN", "PHL", "ASSAULT")}


def test_what_is_said_of_the_speaker_is_his_deed() -> None:
    assert told("Israel said its aircraft had bombed Syria.") == {("ISR", "SYR", "ASSAULT")}
    assert told("Poland says it will expel two Russian diplomats.") == {("POL", "RUS", "SANCTION")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China sent three destroyers towards Taiwan.", {("CHN", "TWN", "MOBILIZE")}),
        ("Sweden sent tents and blankets to Nepal.", {("SWE", "NPL", "AID")}),
        ("Norway supplied Latvia with anti-tank missiles.", {("NOR", "LVA", "AID")}),
        ("Slovakia gave Ukraine thirteen MiG jets.", {("SVK", "UKR", "AID")}),
        ("Estonia closed its airspace to Russian airlines.", {("EST", "RUS", "SANCTION")}),
        ("Peru pulled its soldiers out of Ecuador.", {("PER", "ECU", "RETREAT")}),
        ("Macron called Xi on Friday.", {("FRA", "CHN", "CONSULT"), ("CHN", "FRA", "CONSULT")}),
        ("Macron called Putin a war criminal.", {("FRA", "RUS", "ACCUSE")}),
        ("Macron called Tusk a close ally.", {("FRA", "POL", "SUPPORT")}),
        ("Jordan dropped food over Gaza.", {("JOR", "PSE", "AID")}),
        ("Sudan dropped barrel bombs on Chad.", {("SDN", "TCD", "ASSAULT")}),
        ("Panama extradited two Colombians to Spain.", {("PAN", "ESP", "COOPERATE")}),
        ("Lebanese soldiers killed in Israeli strike", {("ISR", "LBN", "ASSAULT")}),
        ("Britain reimposed UN sanctions on Iran.", {("GBR", "IRN", "SANCTION")}),
        ("Mali recalls envoys to Chad", {("MLI", "TCD", "SANCTION")}),
        ("Turkey sent drones to Ukraine.", {("TUR", "UKR", "AID")}),
        ("Turkey sent drones over Ukraine.", {("TUR", "UKR", "ASSAULT")}),
        ("Turkey handed a hospital to Ukraine.", set()),
        ("Turkey handed two islands to Ukraine.", {("TUR", "UKR", "RETREAT")}),
        (
            "Lula flew to Chile for talks with President Boric.",
            {("BRA", "CHL", "CONSULT"), ("CHL", "BRA", "CONSULT")},
        ),
    ],
)
def test_the_words_around_a_verb_tell_what_it_means(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Talks between Bhutan and Nepal in London ended without a deal.",
            {("BTN", "NPL", "REJECT"), ("NPL", "BTN", "REJECT")},
        ),
        (
            "The Bhutan-Nepal talks in London resumed.",
            {("BTN", "NPL", "CONSULT"), ("NPL", "BTN", "CONSULT")},
        ),
        (
            "Oman hosted talks between Bhutan and Nepal.",
            {("OMN", "BTN", "CONSULT"), ("OMN", "NPL", "CONSULT")}
            | {("BTN", "NPL", "CONSULT"), ("NPL", "BTN", "CONSULT")},
        ),
    ],
)
def test_talks_between_two_are_theirs_wherever_they_are_held(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Libyan coast guards fired on an Italian boat.", {("LBY", "ITA", "ASSAULT")}),
        ("Paris and Berlin exchanged fire trucks.", set()),
        ("Peru in March accused Chile of spying.", {("PER", "CHL", "ACCUSE")}),
        ("Singapore's trade minister criticised Malaysia.", {("SGP", "MYS", "ACCUSE")}),
        (
            "Cuba told a news conference that it had expelled a Spaniard.",
            {("CUB", "ESP", "SANCTION")},
        ),
        ("Israel hit Syrian targets in Lebanon.", {("ISR", "SYR", "ASSAULT")}),
        (
            "In a joint statement, Peru and Chile condemned Cuba.",
            {("PER", "CUB", "ACCUSE"), ("CHL", "CUB", "ACCUSE")},
        ),
    ],
)
def test_a_compound_noun_or_a_month_is_no_event(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text) == expected


def test_who_only_gives_a_manner_its_name_takes_no_part() -> None:
    assert told("Crowds in Georgia rallied against a Russian-style law.") == set()
    assert told("Poland returned a Spanish-speaking sailor to Chile.") == {
        ("POL", "CHL", "RETREAT")
    }


def test_the_subject_behind_an_opening_phrase_is_no_member_of_a_list_in_it() -> None:
    text = "After months of tension with Poland, Belarus freed a Polish journalist."
    assert told(text) == {("BLR", "POL", "RETREAT")}
    text = "If Iran attacks Israel, America will respond."
    assert {r[:2] for r in told(text)} == {("IRN", "ISR")}
    text = "If China blockades Taiwan, Japan and Australia would send help."
    assert not {("CHN", "JPN"), ("CHN", "AUS")} & {r[:2] for r in told(text)}


def test_who_joins_another_in_doing_something_does_it_too() -> None:
    assert told("Slovenia joined Croatia in condemning Serbia.") == {
        ("SVN", "SRB", "ACCUSE"),
        ("HRV", "SRB", "ACCUSE"),
    }


def test_what_will_not_be_done_is_denied_and_not_planned() -> None:
    assert modes("Malawi will no longer deport Burundian refugees.") == {DENIED}
    assert modes("Georgia said it would not impose sanctions on Russia.") == {DENIED}


def test_those_who_exchange_fire_attack_each_other() -> None:
    assert told("Thai and Cambodian troops exchanged fire.") == {
        ("THA", "KHM", "ASSAULT"),
        ("KHM", "THA", "ASSAULT"),
    }


@pytest.mark.parametrize("verb", ["received", "got", "has obtained"])
def test_who_receives_is_given_something_by_the_other(verb: str) -> None:
    assert told(f"Latvia {verb} howitzers from Spain.") == {("ESP", "LVA", "AID")}


@pytest.mark.parametrize(
    "text",
    [
        "Chad bombed the rebels while Niger closed its schools.",
        "Cuba blamed the West after Peru raised its prices.",
    ],
)
def test_the_object_of_a_verb_is_not_sought_in_another_clause(text: str) -> None:
    assert told(text) == set()


def test_the_rebels_of_a_country_stand_for_it() -> None:
    assert told("Chad attacked rebels in Niger.") == {("TCD", "NER", "ASSAULT")}


def test_a_second_main_clause_has_a_subject_of_its_own() -> None:
    text = "Iran attacked Iraq and Kuwait accused Iran of aggression."
    assert told(text) == {("IRN", "IRQ", "ASSAULT"), ("KWT", "IRN", "ACCUSE")}
    text = "France hit Mali and Chad condemned Niger."
    assert not {("FRA", "TCD"), ("FRA", "NER"), ("MLI", "NER")} & {r[:2] for r in told(text)}
    assert told("And Chad condemned Niger.") == {("TCD", "NER", "ACCUSE")}
    assert told(", Chad condemned Niger.") == {("TCD", "NER", "ACCUSE")}
    text = "China and Russia signed a pact."
    assert {r[:2] for r in told(text)} == {("CHN", "RUS"), ("RUS", "CHN")}


def test_who_warns_at_the_end_of_a_sentence_is_no_party() -> None:
    text = "Eritrean troops attacked Djibouti, France warned."
    assert told(text) == {("ERI", "DJI", "ASSAULT")}


def test_its_airspace_is_that_of_the_speaker() -> None:
    text = "Finland said a Russian drone violated its airspace."
    assert told(text) == {("RUS", "FIN", "MOBILIZE")}


@pytest.mark.parametrize(
    "text",
    [
        "Algeria has bought no wheat from France.",
        "Algeria did not attack France, Tebboune said.",
        "Algeria never attacked France.",
    ],
)
def test_what_was_not_done_is_denied(text: str) -> None:
    assert modes(text) == {DENIED}


def test_a_participle_before_a_noun_is_no_event() -> None:
    text = "Denmark flies sixty rejected migrants to a camp in Rwanda."
    assert "REJECT" not in {event for *_, event in told(text)}


def test_a_noun_in_a_quoted_answer_is_no_event() -> None:
    text = 'Lula told Macron: "We are friends and the threats will not stop us."'
    assert "THREATEN" not in {event for *_, event in told(text)}
    text = 'Lula told Macron: "We agree on the unheard-of pressure from abroad."'
    assert "REQUEST" not in {event for *_, event in told(text)}


@pytest.mark.parametrize("dateline", ["ODESA - ", "ODESA, Ukraine (AP) - ", "KYIV, March 3 - "])
def test_the_place_of_a_dateline_does_not_act(dateline: str) -> None:
    found = relations_of(f"{dateline}Russian drones struck a grain silo overnight.")
    assert not [relation for relation in found if relation.source == "UKR"]


def test_what_is_only_possible_has_not_happened() -> None:
    assert modes("If China invades Taiwan, shares will fall.") == {PLANNED}
    assert HAPPENED not in modes("Any attack by Russia on Estonia would mean war.")
    assert modes("France is considering sanctions on Algeria.") == {PLANNED}
    assert modes("The Netherlands will train Ukrainian pilots.") == {PLANNED}


def test_modes_tell_threats_from_deeds_and_old_deeds_from_new() -> None:
    assert modes("Iran threatened to attack Israel.") == {THREATENED}
    assert modes("The Soviet Union invaded Afghanistan in 1979.") == {PAST}
    assert modes("Iran attacked Israel on Monday.") == {HAPPENED}
    assert modes("Turkey did not bomb Iraq.") == {DENIED}


def test_every_country_of_a_list_acts() -> None:
    text = "The Netherlands, the United Kingdom and Denmark will train Ukrainian pilots."
    assert told(text) == {(code, "UKR", "AID") for code in ("NLD", "GBR", "DNK")}


def test_both_sides_of_a_meeting_act() -> None:
    text = "Uganda and Rwanda signed a treaty in Luanda."
    assert {(source, target) for source, target, _ in told(text)} == {
        ("UGA", "RWA"),
        ("RWA", "UGA"),
    }


def test_one_country_named_twice_around_a_verb_is_no_single_actor() -> None:
    text = "Slovakia and Slovenia signed the agreement in Ljubljana."
    assert {quad_class_of(r.cameo_root) for r in relations_of(text)} == {1}


def test_money_left_with_another_country_is_aid_and_a_verb_that_says_nothing_no_relation() -> None:
    sentence = "Saudi Arabia {} 3 billion dollars in Pakistan's central bank."
    assert told(sentence.format("deposited")) == {("SAU", "PAK", "AID")}
    assert relations_of(sentence.format("parked")) == []


def test_the_readings_of_a_sentence_compete_for_it() -> None:
    text = "Australia urged China not to attack Taiwan."
    assert told(text) == {("AUS", "CHN", "REQUEST")}


def test_offsets_point_at_the_sentence_its_countries_and_its_trigger() -> None:
    body = "It rained.\nNorway accused Russia of jamming signals. Nobody was hurt."
    (found,) = relations_of(body, "Weather and signals")
    assert (
        body[found.start : found.end] == found.text == "Norway accused Russia of jamming signals."
    )
    assert body[found.source_start : found.source_end] == "Norway"
    assert body[found.target_start : found.target_end] == "Russia"
    assert body[found.trigger_start : found.trigger_end] == "accused"


def test_a_short_text_taken_for_another_language_is_read_as_english() -> None:
    text = "The president of Cuba accused the United States of piracy."
    countries = tag_countries("", text, language="ms")
    found = tag_relations("", text, countries, language="ms")
    assert {(r.source, r.target, r.event_type) for r in found} == {("CUB", "USA", "ACCUSE")}


NAMES = {"FRA": "France", "DEU": "Germany", "ESP": "Spain", "ITA": "Italy"}


def words_of(crowd: str) -> set[tuple[str, str, str]]:
    """(source, trigger, target) as the text has them, each checked against its offsets."""
    found = relations_of(crowd)
    for one in found:
        assert crowd[one.start : one.end] == one.text
        assert crowd[one.source_start : one.source_end] == NAMES[one.source]
        assert crowd[one.target_start : one.target_end] == NAMES[one.target]
        assert one.end - one.start <= LONGEST, "longer ones would cost their square"
    return {(r.source, crowd[r.trigger_start : r.trigger_end], r.target) for r in found}


def test_a_crowd_of_clauses_is_read_in_pieces_with_right_offsets() -> None:
    crowd = " and ".join(["France accused Germany of spying"] * 400)
    found = words_of(crowd)
    assert ("FRA", "accused", "DEU") in found
    assert {trigger for _, trigger, _ in found} == {"accused"}


def test_a_crowd_of_speakers_is_read_in_pieces_and_speakers_do_not_act() -> None:
    found = words_of("France said it told Germany that Spain hit Italy, " * 600)
    assert ("ESP", "hit", "ITA") in found
    assert {trigger for _, trigger, _ in found} == {"hit"}
    assert "FRA" not in {source for source, *_ in found}


@cache
def unseen() -> list[dict[str, Any]]:
    records = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
    return [r for r in records if r["half"] == "test" and r["language"] == "en"]


def test_relations_of_unseen_sentences() -> None:
    right = found = wanted = right_class = found_class = wanted_class = 0
    for record in unseen():
        relations = relations_of(record["text"])
        pairs = {(r.source, r.target) for r in relations}
        classes = {(r.source, r.target, r.quad_class) for r in relations}
        gold = {(a, b) for a, b, *_ in record["directed"]}
        gold_classes = {(a, b, class_of(code)) for a, b, code in record["directed"]}
        right, found, wanted = right + len(pairs & gold), found + len(pairs), wanted + len(gold)
        right_class += len(classes & gold_classes)
        found_class, wanted_class = found_class + len(classes), wanted_class + len(gold_classes)
    assert 2 * right / (found + wanted) >= 0.86
    assert 2 * right_class / (found_class + wanted_class) >= 0.79


@pytest.mark.parametrize(
    "text",
    [
        "France \ud800 attacked Chad.",
        "中国\udfff和俄罗斯签署协议",
        "Китай \ud800 и Россия подписали",
    ],
)
def test_half_a_character_costs_no_relation(text: str) -> None:
    relations = tag_relations("", text, tag_countries("", text))
    assert relations
    assert all(text[r.start : r.end] == r.text for r in relations)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Peru cut its import duties on Chilean wine.", "RETREAT"),
        ("Peru lowered tariffs on Chilean wine.", "RETREAT"),
        ("Peru has waived visas for Chilean tourists.", "CONCEDE"),
        ("Peru doubled its tariffs on Chilean wine.", "SANCTION"),
        ("Peru denied visas to Chilean tourists.", "SANCTION"),
    ],
)
def test_a_lower_duty_or_a_visa_less_is_no_sanction(text: str, event: str) -> None:
    assert told(text) == {("PER", "CHL", event)}


def test_who_goes_back_backs_nobody() -> None:
    assert told("The envoy flew back from Malta to Greece.") == set()
    assert told("Malta backs Greece.") == {("MLT", "GRC", "SUPPORT")}


def test_what_is_feared_has_not_happened() -> None:
    assert modes("Fears of a Turkish invasion of Cyprus grew.") == {PLANNED}
    assert modes("The Turkish invasion of Cyprus went on.") == {HAPPENED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gabon resumed flights to Togo.",
            {("GAB", "TGO", "COOPERATE"), ("TGO", "GAB", "COOPERATE")},
        ),
        ("Gabon fined an airline of Togo.", {("GAB", "TGO", "COERCE")}),
        ("Gabon removed Togo from its list of tax havens.", {("GAB", "TGO", "RETREAT")}),
        ("Gabon put Togo on its blacklist.", {("GAB", "TGO", "SANCTION")}),
        ("Gabon evacuated thirty of its citizens from Togo.", set()),
    ],
)
def test_what_a_verb_tells_hangs_on_its_object(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text) == expected
