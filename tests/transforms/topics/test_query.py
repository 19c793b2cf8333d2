"""Topic queries: what each operator finds, and errors that point at the column."""

from __future__ import annotations

import pytest

from schemas.errors import InputError
from schemas.records import Country
from transforms.tag_topics import TopicTagger
from transforms.topics.query import leaves, parse_query
from transforms.topics.user_topics import topic_of_query

HEADLINE = "Pipeline talks open in the harbour town"
BODY = (
    "Engineers from both sides said the gas would flow through the new pipeline by winter. "
    "Three drones and a missile were seen near the islands; two more drones came at night. "
    "管道谈判周一开始。"
)


def found(query: str, headline: str = HEADLINE, body: str = BODY, **tagged: object) -> list[str]:
    """The words that a query's match rests on; [] where it does not match."""
    tagger = TopicTagger([topic_of_query(query)])
    topics = [t for t in tagger.tag(headline, body, **tagged) if t.method == "user"]
    return [span.text for one in topics for span in one.evidence] + ["matched" for _ in topics]


@pytest.mark.parametrize(
    "query",
    [
        "gas",
        "GAS",
        "gas AND pipeline",
        "gas pipeline",
        "gas OR sport",
        '"new pipeline"',
        "engineer*",
        "*line",
        "gas NOT sport",
        "NOT NOT gas",
        "(gas OR oil) AND (pipeline OR tanker)",
        "gas AND sport OR drones",
        "NEAR(gas, pipeline, 6)",
        "NEAR(pipeline, gas, 6)",
        "NEAR(gas OR oil, new pipeline, 9)",
        "COUNT(drone*) >= 2",
        "COUNT(drone* OR missile*) = 3",
        "COUNT(drone*) < 3",
        "title:talks",
        'title:"pipeline talks"',
        "title:(talks AND harbour)",
        "管道",
        "gas^2 winter^-0.5",
    ],
)
def test_queries_that_match(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "sport",
        "engineer",
        "gas AND sport",
        "gas NOT pipeline",
        '"pipeline new"',
        "NEAR(gas, pipeline, 5)",
        "NEAR(gas, islands, 5)",
        "COUNT(drone*) >= 3",
        "COUNT(drone* OR missile*) > 3",
        "title:gas",
        "title:(talks AND gas)",
        "gas AND (sport OR oil)",
        "gas^1 winter^-2",
        "country:CHN",
    ],
)
def test_queries_that_do_not_match(query: str) -> None:
    assert not found(query)


def test_a_country_counts_from_the_salience_on_that_makes_the_story_about_it() -> None:
    def with_salience(salience: float) -> list[str]:
        return found("gas AND country:nor", countries=[Country("NOR", salience, [])])

    assert with_salience(0.5)
    assert not with_salience(0.49)


def test_topics_that_were_tagged_can_be_referred_to() -> None:
    headline = "Government wins the election"
    body = (
        "The prime minister's party won the parliamentary election, officials said after the vote."
    )
    assert found("topic:11000000", headline, body)
    assert found("topic:politics NOT topic:sport", headline, body)
    assert not found("topic:sport", headline, body)


def test_evidence_lies_where_it_says() -> None:
    tagger = TopicTagger([topic_of_query("talks drones*")])
    (one,) = [t for t in tagger.tag(HEADLINE, BODY) if t.method == "user"]
    assert [span.field for span in one.evidence] == ["headline", "body", "body"]
    for span in one.evidence:
        text = HEADLINE if span.field == "headline" else BODY
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("query", "column", "words"),
    [
        ("", 1, "expected"),
        ("gas AND", 8, "expected"),
        ("gas OR OR oil", 8, "expected, not 'OR'"),
        ("(gas", 5, "')' expected"),
        ("gas)", 4, "unexpected ')'"),
        ('"gas', 1, "closing quote missing"),
        ("NEAR(gas, oil)", 14, "number of words expected"),
        ("NEAR(gas, 5)", 12, "number of words"),
        ("NEAR(gas, oil, 999)", 16, "at most 200"),
        ("COUNT(gas)", 11, "comparison"),
        ("COUNT(gas) >= many", 15, "number expected"),
        ("g*s", 1, "'*' may stand only"),
        ("gas AND ***", 9, "needs a letter or digit"),
        ("topic:", 7, "name expected after topic:"),
        ("(gas OR oil)^2", 14, "a weight stands right behind a word"),
        ("gas country:Chnia", 13, "unknown country code 'Chnia'; `countries list` shows all"),
        ("gas country:China", 13, "did you mean country:CHN?"),
        ("(" * 200 + "gas" + ")" * 200, 102, "nested deeper"),
    ],
)
def test_errors_name_the_column(query: str, column: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_query(query)
    message = str(caught.value)
    assert words in message
    assert f"column {column}:" in message
    assert "\n" not in message


def test_an_error_shows_what_stands_before_it() -> None:
    with pytest.raises(InputError, match=r"column 10: .*, after 'gas OR \('$"):
        parse_query("gas OR ( )")


@pytest.mark.parametrize("query", ["NOT gas", "gas^-1", "NOT (gas OR oil)"])
def test_a_query_that_nothing_can_match_is_refused(query: str) -> None:
    with pytest.raises(InputError, match="nothing can match"):
        parse_query(query)


def test_ten_thousand_terms_are_read_and_twenty_thousand_and_one_are_not() -> None:
    words = [f"w{n}" for n in range(20_001)]
    assert len(list(leaves(parse_query(" OR ".join(words[:10_000])).root))) == 10_000
    assert found(" OR ".join([*words[:10_000], "gas"]))
    with pytest.raises(InputError, match="more than 20000 terms"):
        parse_query(" ".join(words))
