"""A text and the name of a topic in, the sums behind the topic's score out.

For `explain` and `topics test`: which terms spoke for and against the topic, whether or not it was
accepted in the end.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.records import Span
from schemas.topics import topic
from transforms.detect_language import detect_language
from transforms.tag_topics import tag_topics
from transforms.topics.lexicon import lexicon
from transforms.topics.scores import score_hits
from transforms.topics.text import Document


class TermShare(NamedTuple):
    """What one lexicon term added to a topic."""

    span: Span  # the first place it stands
    weight: float  # in the lexicon; negative: speaks against
    times: float  # how often, damped; the headline and the lead count more
    share: float  # weight * times


class TopicExplanation(NamedTuple):
    """Why a text has a topic, or has it not."""

    id: str
    label: str
    is_accepted: bool
    score: float  # calibrated; 0.0 where the topic was not accepted
    raw: float  # the sum of the shares
    terms: list[TermShare]  # the largest shares first, for or against


def explain_topic(headline: str, body: str, name: str, *, language: str = "") -> TopicExplanation:
    """Explain one topic of the vocabulary (id or English label) for a text.

    Raises InputError where the vocabulary has no such topic.
    """
    entry = topic(name)
    document = Document.of(headline, body)
    spoken = language or detect_language(document.text)
    scores = score_hits(document, lexicon(spoken).scan(document))
    terms = [
        TermShare(document.span(t.start, t.end), weight, t.weight, weight * t.weight)
        for t in scores.terms
        if (weight := t.term.weights.get(entry.id, 0.0))
    ]
    terms.sort(key=lambda t: (-abs(t.share), t.span))
    accepted = {t.id: t.score for t in tag_topics(headline, body, language=spoken)}
    return TopicExplanation(
        id=entry.id,
        label=entry.label,
        is_accepted=entry.id in accepted,
        score=accepted.get(entry.id, 0.0),
        raw=scores.raw.get(entry.id, 0.0),
        terms=terms,
    )
