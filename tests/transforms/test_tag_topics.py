"""What the topic tagger says of short texts of our own: which topics, how sure, and which words."""

from __future__ import annotations

import pytest

from schemas.records import Relation, Topic
from schemas.topics import EXTENSION_VERSION, VOCABULARY_VERSION, top_topics, topic
from transforms.tag_topics import tag_topics

VISIT = (
    "President expects neighbour's leader to make state visit in spring",
    "The president said on Friday he expected his counterpart to make a state visit early next "
    "year. In a video conference the two leaders agreed to deepen military cooperation, and the "
    "foreign ministry spoke of a strategic partnership. No date had been set for the summit, the "
    "spokesman said. Western powers have imposed sanctions over the invasion.",
)


def labels(topics: list[Topic]) -> list[str]:
    return [t.label for t in topics]


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        ("Striker scores twice as hosts win the cup", "sport"),
        ("Inflation climbs and the central bank raises its rates", "economy, business and finance"),
        ("Novelist takes the prize for her tale of a lighthouse", "arts, culture, entertainment"),
        ("Nurses vaccinate children against measles", "health"),
        ("Quake flattens mountain village, dozens dead", "disaster, accident and emergency"),
        ("Bishop blesses pilgrims at the shrine", "religion"),
        ("Physicists measure the mass of a new particle", "science and technology"),
        ("Teachers and pupils return to their classrooms", "education"),
        ("Gales and heavy snow forecast for the north", "weather"),
        ("Dockers vote for a strike over wages, union says", "labour"),
        ("Shelling kills soldiers as rebels advance on the town", "conflict, war and peace"),
        ("Burglar jailed after jury finds him guilty", "crime, law and justice"),
    ],
)
def test_a_headline_alone_has_its_top_topic_first(headline: str, first: str) -> None:
    found = tag_topics(headline, "", language="en")
    assert found
    assert found[0].label.startswith(first)


def test_a_visit_of_state_is_politics_and_international_relations() -> None:
    found = labels(tag_topics(*VISIT, language="en"))
    assert found[:2] == ["politics", "international relations"]
    assert {"summit", "diplomacy"} & set(found)
    assert not {"sport", "economy, business and finance"} & set(found)


def test_the_words_that_spoke_stand_in_the_text() -> None:
    found = tag_topics(*VISIT, language="en")
    texts = {"headline": VISIT[0], "body": VISIT[1]}
    for t in found:
        assert t.evidence
        assert all(texts[s.field][s.start : s.end] == s.text for s in t.evidence)


def test_words_outside_the_lexicon_speak_too_and_are_shown() -> None:
    found = tag_topics("Zoologists observe hatchlings", "A biologist watched.", language="en")
    assert found
    assert found[0].method in {"model", "fusion"}
    assert "biologist" in [span.text for span in found[0].evidence]


def test_evidence_survives_accents_and_combining_marks() -> None:
    headline = "Zoo\u0301logists cafe\u0301 hatchlings"
    for t in tag_topics(headline, "Élève! " * 3, language="en"):
        for span in t.evidence:
            field = headline if span.field == "headline" else "Élève! " * 3
            assert field[span.start : span.end] == span.text


@pytest.mark.parametrize("text", ["", " ", "the", "and of the", "x" * 200, "\u0301" * 50, "。！？"])
def test_nothing_is_said_of_what_says_nothing(text: str) -> None:
    assert tag_topics(text, text, language="en") == []
    assert tag_topics(text, text) == []


def test_a_language_without_any_table_is_no_error() -> None:
    assert tag_topics("Aliquid novi", "Nihil hic dicitur.", language="la") == []
    assert tag_topics("?", "?", language="../en") == []


def test_scores_are_probabilities_and_children_stay_below_their_parents() -> None:
    found = {t.id: t for t in tag_topics(*VISIT, language="en")}
    assert sum(t.score for t in found.values() if t.level == 1) <= 1.0001
    for t in found.values():
        assert 0 < t.score <= 1
        assert t.ancestors == topic(t.id).ancestors
        assert all(found[above].score >= t.score for above in t.ancestors[-1:])


def test_surer_texts_score_higher() -> None:
    vague = tag_topics("The team", "", language="en")
    sure = tag_topics("Goalkeeper saves penalty", "The striker scored in the cup.", language="en")
    assert sure[0].id == top_topics()[14]
    assert sure[0].score > max((t.score for t in vague), default=0.0)


def test_ten_megabytes_are_read_no_further_than_their_beginning() -> None:
    body = "The striker scored. " * 500_000
    assert tag_topics("Cup final", body) == tag_topics("Cup final", body[:20_000])


def test_each_topic_names_the_version_of_its_vocabulary() -> None:
    found = tag_topics(*VISIT, language="en")
    versions = {t.id.partition(":")[0]: t.vocabulary_version for t in found}
    assert versions == {"medtop": VOCABULARY_VERSION, "ir": EXTENSION_VERSION}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "O treinador elogiou os jogadores depois da vitória no jogo."),
        ("tr", "Takım maçı kazandı, teknik direktör oyuncuları övdü."),
        ("id", "Tim itu memenangkan pertandingan dan pelatih memuji para pemain."),
        ("pl", "Drużyna wygrała mecz, trener pochwalił zawodników."),
    ],
)
def test_pieces_of_words_speak_where_there_may_be_no_lexicon(language: str, text: str) -> None:
    found = tag_topics("", text, language=language)
    assert [t.label for t in found if t.level == 1][:1] == ["sport"]
    assert found[0].evidence
    assert all(text[s.start : s.end] == s.text for s in found[0].evidence)


def consults(headline: str, trigger: str) -> Relation:
    """Norway consults Chile, in a headline."""
    at = headline.index(trigger), headline.index(trigger) + len(trigger)
    return Relation("NOR", "CHL", "CONSULT", "04", 1, 1.9, "happened", 0.9, "headline", 0,
                    len(headline), headline, 0, 6, 0, 6, *at)  # fmt: skip


@pytest.mark.parametrize("mark", ["", "\u0301"])
def test_two_governments_that_consult_are_at_diplomacy(mark: str) -> None:
    headline = f"Norway{mark} meets Chile in Oslo"
    assert "diplomacy" not in labels(tag_topics(headline, "", language="en"))
    relations = [consults(headline, "meets")]
    found = {t.label: t for t in tag_topics(headline, "", language="en", relations=relations)}
    assert found["diplomacy"].method == "rule"
    assert [s.text for s in found["diplomacy"].evidence] == ["meets"]


def test_countries_that_meet_on_the_pitch_are_not_at_diplomacy() -> None:
    headline = "Norway meets Chile in the World Cup final"
    plain = tag_topics(headline, "", language="en")
    assert plain[0].label == "sport"
    relations = [consults(headline, "meets")]
    assert tag_topics(headline, "", language="en", relations=relations) == plain


GAS = (
    "Norland and Sudland sign gas accord",
    "The two leaders signed an agreement on a gas pipeline. The president said exports of crude oil and "
    "of gas would rise, and prices of gas fall. Relations between the two countries had been cool "
    "since the embassy was closed; the foreign minister welcomed the ambassador back. The prime "
    "minister spoke of sanctions and of the treaty, and parliament will vote on the accord. Refinery "
    "output, gas exports and oil prices will follow, said the oil company. The government, opposition "
    "leaders, the United Nations and the Kremlin welcomed the summit.",
)


def test_politics_stands_beside_what_is_dealt_with_and_first_where_governments_deal() -> None:
    gas, stage = "economy, business and finance", "politics"
    alone = [t.label for t in tag_topics(*GAS, language="en") if t.level == 1]
    deal = [consults(GAS[0], "sign")]
    tops = {t.label: t for t in tag_topics(*GAS, language="en", relations=deal) if t.level == 1}
    assert set(alone[:2]) == {gas, stage}
    assert list(tops)[:2] == [stage, gas]
    assert tops[stage].score > tops[gas].score
