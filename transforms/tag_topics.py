"""A headline and a body in, the article's topics out: scored, with the words that prove each.

The lexicon scores every topic of the vocabulary; what models learned of words and of pieces of
words scores the 17 top ones; together they make calibrated probabilities. A topic below the top is
accepted where the topic above it is and enough of the lexicon's terms speak for it. When nothing is
sure enough, there is no topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from schemas.records import Country, Relation, Topic
from schemas.topics import version_of, vocabulary
from transforms.detect_language import detect_language, primary_tag
from transforms.topics.context import SPORT, between_governments
from transforms.topics.fusion import STAGE, WAR, probabilities, trusted, with_stage
from transforms.topics.match import Evaluation, Match, QueryMatcher, Tagged
from transforms.topics.opinions import Opinions, Proof, prove, read_opinions
from transforms.topics.scores import MAX_SPANS
from transforms.topics.text import Document

if TYPE_CHECKING:
    from transforms.topics.user_topics import UserTopic

MIN_FIRST, MIN_TOP = 0.15, 0.20  # probability from which on the first and any top topic is given
MIN_DEEP = 4.0  # raw score of a topic below the top
MIN_LOUD = 6.0  # of one below level 2 that may bring the top one with it
DEEP_HALF = 8.0  # raw score at which a deep topic has half the score of the one above
MAX_TOPICS = 24
ABOUT = 0.5  # salience from which on `country:` holds


class TopicTagger:
    """Tags texts with topics of the vocabulary and with the user's own."""

    def __init__(self, user_topics: Sequence[UserTopic] = ()) -> None:
        """`user_topics` in the order of `read_user_topics`."""
        self._user_topics = user_topics
        self._matcher = QueryMatcher([t.query for t in user_topics])

    def tag(
        self,
        headline: str,
        body: str,
        *,
        language: str = "",
        countries: Sequence[Country] = (),
        relations: Sequence[Relation] = (),
    ) -> list[Topic]:
        """Topics of one text, best first; [] where none is sure enough."""
        document = Document.of(headline, body)
        spoken = language or detect_language(document.text)
        opinions = read_opinions(document, spoken, relations)
        chosen = accept(opinions, is_between_governments=between_governments(relations))
        best = sorted(chosen.items(), key=_best_first)[:MAX_TOPICS]
        proofs = prove(document, opinions, [topic_id for topic_id, _ in best])
        topics = [_topic(*scored, proof) for scored, proof in zip(best, proofs, strict=True)]
        if self._user_topics:
            topics += self._user(document, spoken, frozenset(chosen), countries)
        return topics

    def _user(
        self,
        document: Document,
        language: str,
        chosen: frozenset[str],
        countries: Sequence[Country],
    ) -> list[Topic]:
        """The user's topics; each may refer to those before it."""
        about = frozenset(c.code for c in countries if c.salience >= ABOUT)
        tagged = Tagged(chosen, about)
        evaluation = Evaluation(document, self._matcher.places(document), tagged)
        found = []
        for user_topic in self._user_topics:
            if user_topic.languages and primary_tag(language) not in user_topic.languages:
                continue
            match = evaluation.match(user_topic.query.root)
            score = strength(match, document, user_topic.title_boost)
            if match.is_match and score > 0 and score >= user_topic.min_score:
                found.append(_user_topic(document, user_topic, match, score))
                topics = evaluation.tagged.topics | {user_topic.id}
                evaluation.tagged = evaluation.tagged._replace(topics=topics)
        return sorted(found, key=lambda t: (-t.score, t.id))


def _best_first(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def accept(opinions: Opinions, *, is_between_governments: bool = False) -> dict[str, float]:
    """Accepted topics with their scores; a topic never scores above the one over it."""
    raw = opinions.terms.raw
    tops = probabilities(raw, opinions.words, opinions.pieces)
    least = min(MIN_TOP, max(MIN_FIRST, *tops.values()))
    chosen = trusted({t: p for t, p in tops.items() if p >= least}, raw)
    chosen = with_stage(chosen, raw, is_the_story=is_between_governments)
    known = vocabulary()
    chosen |= _tops_of_loud(chosen, raw)
    for topic_id in sorted((t for t in raw if raw[t] >= MIN_DEEP), key=lambda t: known[t].path):
        above = known[topic_id].broader
        if above in chosen:
            chosen[topic_id] = chosen[above] * raw[topic_id] / (raw[topic_id] + DEEP_HALF)
    return chosen


def _tops_of_loud(chosen: Mapping[str, float], raw: Mapping[str, float]) -> dict[str, float]:
    """Politics and war where one of their deep topics (a coup, a cyberattack) speaks half as loud as
    all that the lexicon found of the first topic.
    """
    if not chosen:
        return {}
    first = min(chosen.items(), key=_best_first)[0]
    other = max(raw.get(first, 0.0), 0.0)
    loud = [t for t, v in raw.items() if v >= max(MIN_LOUD, other / 2)]
    paths = [vocabulary()[t].path for t in loud if vocabulary()[t].level > 2 and first != SPORT]
    tops = {path[0] for path in paths} & {STAGE, WAR} - set(chosen)
    return {t: chosen[first] * raw[t] / (raw[t] + other) for t in sorted(tops)}


def strength(match: Match, document: Document, title_boost: float = 2.0) -> float:
    """0..1: half at a sum of weights of 2; 0 where the negative weights prevail."""
    total = sum(
        p.weight * (title_boost if p.start < document.body_start else 1.0) for p in match.places
    )
    if not match.places:  # only references and NOT
        total = 1.0
    return max(total, 0.0) / (max(total, 0.0) + 2.0)


def _user_topic(document: Document, user_topic: UserTopic, match: Match, score: float) -> Topic:
    places = sorted({(p.start, p.end) for p in match.places if p.weight > 0})
    return Topic(
        id=user_topic.id,
        label=user_topic.label,
        level=len(user_topic.ancestors) + 1,
        ancestors=user_topic.ancestors,
        score=score,
        method="user",
        evidence=[document.span(start, end) for start, end in places[:MAX_SPANS]],
    )


def _topic(topic_id: str, score: float, proof: Proof) -> Topic:
    entry = vocabulary()[topic_id]
    return Topic(
        id=topic_id,
        label=entry.label,
        level=entry.level,
        ancestors=entry.ancestors,
        score=score,
        method=proof.method,
        evidence=proof.evidence,
        vocabulary_version=version_of(topic_id),
    )


@cache
def _default() -> TopicTagger:
    return TopicTagger()


def tag_topics(
    headline: str,
    body: str,
    *,
    language: str = "",
    countries: Sequence[Country] = (),
    relations: Sequence[Relation] = (),
) -> list[Topic]:
    """Topics of one text with the default tagger; see `TopicTagger.tag`."""
    return _default().tag(
        headline, body, language=language, countries=countries, relations=relations
    )
