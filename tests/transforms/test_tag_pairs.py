"""Short stories of our own come in; who deals with whom has to come out, with its sentences."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas.records import CountryPair
from transforms.relations.pair_features import FEATURES, features_of, story_of, strength_of
from transforms.tag_countries import tag_countries
from transforms.tag_pairs import (
    OF_FEW,
    OF_MANY,
    Weights,
    find_meetings,
    ranked_countries,
    score_of,
    scores_of,
    tag_pairs,
)
from transforms.tag_relations import tag_relations

STORIES = Path(__file__).parent / "hard_pairs.jsonl"


def pairs_of(headline: str, body: str) -> list[CountryPair]:
    countries = tag_countries(headline, body, language="en")
    relations = tag_relations(headline, body, countries, language="en")
    return tag_pairs(headline, body, countries, relations, language="en")


def scores(headline: str, body: str) -> dict[str, float]:
    return {f"{pair.a}-{pair.b}": pair.score for pair in pairs_of(headline, body)}


def triangle_of(a: str, b: str, headline: str, body: str, **salience: float) -> float:
    countries = [
        country._replace(salience=salience.get(country.code, country.salience))
        for country in tag_countries(headline, body)
    ]
    ranked = ranked_countries(countries)
    relations = tag_relations(headline, body, countries)
    story = story_of(ranked, find_meetings(headline, body, ranked, "en"), strength_of(relations))
    return features_of(a, b, story)[FEATURES.index("triangle")]


@cache
def unseen() -> list[dict[str, Any]]:
    records = [json.loads(line) for line in STORIES.read_text("utf-8").splitlines()]
    return [record for record in records if record["half"] == "test"]


HEADLINE = "India and Russia agree on grain"
BODY = (
    "DELHI - India signed a grain deal with Russia on Monday. Indian ministers hosted Russian envoys.\n"
    "Russia's invasion of Ukraine has raised prices in India. Russian troops shelled Ukraine again."
)


def test_the_two_that_deal_with_each_other_come_first() -> None:
    found = pairs_of(HEADLINE, BODY)
    assert (found[0].a, found[0].b) == ("IND", "RUS")
    assert found[0].score >= 0.5


def test_a_spurious_triangle_is_scored_down() -> None:
    found = scores(HEADLINE, BODY)
    assert found["RUS-UKR"] >= 0.5
    assert found["IND-UKR"] < 0.3


def test_in_a_long_story_one_relation_with_each_says_less_of_a_triangle() -> None:
    body = BODY + " Ukraine grows wheat." * 40
    assert triangle_of("IND", "UKR", HEADLINE, body) < triangle_of("IND", "UKR", HEADLINE, BODY)


def test_a_triangle_says_little_of_a_country_that_the_story_is_hardly_about() -> None:
    in_full = triangle_of("IND", "UKR", HEADLINE, BODY)
    hardly = triangle_of("IND", "UKR", HEADLINE, BODY, UKR=0.1)
    assert hardly == pytest.approx(0.2 * in_full)


VISIT = "Lukashenko hopes to welcome Iran's president in Minsk this autumn"
BEHIND_A_VISIT = """MINSK -- President Alexander Lukashenko of Belarus said on Monday he hoped that Iran's president would pay an official visit in autumn, as Tehran is criticised for its strikes on Israel.
In a telephone call between the two presidents, Lukashenko also proposed to deepen military cooperation with Iran.
His speech, which state television showed in full, praised Iran, which has fired missiles at Israel twice this year and has few friends left in Europe.
"We will be glad to see you in Minsk, dear friend," Lukashenko said. "The friendship of Belarus and Iran will be seen by all."
Iran's president answered in two sentences and named no date.
The two countries signed a treaty on trade and transport last year, a few weeks before Iran sent drones over Israel for the first time.
Iran has become the largest buyer of Belarusian tractors since the European Union closed its market to Minsk.
Belarus has also said that it understands Iran's attack on Israel, which it called an answer to provocation.
Lukashenko asked Tehran in spring to show restraint, however, and said that Belarus worried about Iran's war with Israel.
Minsk has so far sold Iran no air defence, which might bring it new sanctions.
Belarus and Iran will hold talks on gas in the summer, the Belarusian ministry of energy said.
Poland and Lithuania, neighbours of Belarus, said they watched the visit with concern."""  # noqa: E501


def test_a_war_that_stands_behind_a_visit_makes_no_pair_of_its_host_and_the_attacked() -> None:
    found = pairs_of(VISIT, BEHIND_A_VISIT)
    assert [(pair.a, pair.b) for pair in found[:2]] == [("BLR", "IRN"), ("IRN", "ISR")]
    assert found[1].score >= 0.5
    assert scores(VISIT, BEHIND_A_VISIT)["BLR-ISR"] < 0.3


def test_the_place_of_a_dateline_makes_no_pair_with_those_that_the_headline_joins() -> None:
    found = scores(
        "Fiji and Samoa sign fishing pact",
        "WELLINGTON - Fiji signed a fishing pact with Samoa on Monday. Samoa will send Fiji two boats.",
    )
    assert found["FJI-WSM"] >= 0.7
    assert found["FJI-NZL"] < 0.5
    assert found["NZL-WSM"] < 0.5


def test_countries_that_a_short_text_only_counts_up_make_no_pairs() -> None:
    found = scores(
        "Flu comes early",
        "Doctors in Belgium, Austria and Portugal see more patients. Spain and Italy expect the peak in May.",
    )
    assert max(found.values()) < 0.5


def test_in_a_single_sentence_a_relation_decides() -> None:
    found = scores("", "Estonia expelled a Russian consul while Finland and Latvia looked on.")
    assert found["EST-RUS"] >= 0.5
    assert max(score for pair, score in found.items() if pair != "EST-RUS") < 0.5


def test_every_two_countries_are_listed_best_first_and_ties_by_name() -> None:
    found = pairs_of(
        "", "Peru, Chile and Bolivia lie on one coast. Peru and Chile trade with Bolivia."
    )
    assert sorted((p.a, p.b) for p in found) == [("BOL", "CHL"), ("BOL", "PER"), ("CHL", "PER")]
    assert found == sorted(found, key=lambda p: (-p.score, p.a, p.b))


def test_the_best_score_goes_to_the_pair_that_comes_first() -> None:
    rows = [(2.0, 0.0), (1.0, 1.0), (0.0, 0.0)]
    weights = Weights(likely=(1.0, 0.0), order=(0.0, 1.0))
    likely = [score_of(row, 2, weights.likely) for row in rows]
    assert scores_of(rows, 2, weights) == [likely[1], likely[0], likely[2]]
    assert scores_of(rows, 1, weights) == likely  # one sentence: the chances decide alone


def test_organisations_make_no_pairs() -> None:
    text = "The IMF lent Ghana money. The WTO, NATO and the United Nations praised Ghana and Togo."
    assert set(scores("", text)) == {"GHA-TGO"}


def test_one_country_makes_no_pair() -> None:
    assert pairs_of("Rain in Spain", "It rained in Spain.") == []
    assert pairs_of("", "") == []


def test_evidence_points_at_both_countries_and_at_the_trigger() -> None:
    best = pairs_of(HEADLINE, BODY)[0]
    assert best.evidence
    for proof in best.evidence:
        text = HEADLINE if proof.field == "headline" else BODY
        assert text[proof.start : proof.end] == proof.text
        assert text[proof.a_start : proof.a_end] in ("India", "Indian")
        assert text[proof.b_start : proof.b_end] in ("Russia", "Russian")
    assert any(proof.trigger_start >= 0 for proof in best.evidence)


def test_scores_keep_the_order_of_chances() -> None:
    for sentences in (1, 20):
        rising = [score_of((x / 10,), sentences, (1.0,)) for x in range(-60, 60)]
        assert rising == sorted(rising)
        assert 0.0 < rising[0] < 0.5 < rising[-1] < 1.0
    assert all(curve[0] == (0.0, 0.0) and curve[-1] == (1.0, 1.0) for curve in (OF_FEW, OF_MANY))


def test_the_top_pair_of_unseen_stories_is_one_that_deals_with_each_other() -> None:
    tops = [
        [best.a, best.b] in record["pairs"]
        for record in unseen()
        if record["pairs"]
        for best in pairs_of(record["headline"], record["body"])[:1]
    ]
    assert sum(tops) / len(tops) >= 0.85


def test_pairs_that_deal_with_each_other_stand_above_the_rest() -> None:
    right, wrong = [], []
    for record in unseen():
        for pair in pairs_of(record["headline"], record["body"]):
            (right if [pair.a, pair.b] in record["pairs"] else wrong).append(pair.score)
    assert sum(right) / len(right) - sum(wrong) / len(wrong) >= 0.3
