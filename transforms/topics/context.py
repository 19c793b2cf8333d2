"""The coded relations of an article in, terms that speak for topics out.

Two governments and a verb that ties them say more than the words alone: who consults is at
diplomacy, who assaults at war. Countries meet on the pitch as well, so nothing is added where the
lexicon hears more of sport than of politics and war.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.records import Relation
from schemas.topics import vocabulary
from transforms.topics.scores import TermCount, TopicScores, place_weight
from transforms.topics.terms import Term
from transforms.topics.text import Document

MIN_SCORE = 0.5  # of a relation
MOST = 3  # relations that count, the surest first
SPORT = "medtop:15000000"
STAGES = ("medtop:11000000", "medtop:16000000")  # politics; conflict, war and peace
_RELATIONS, _DIPLOMACY, _FIGHTING = "medtop:20000638", "medtop:20000639", "medtop:20000056"
_SANCTIONS, _AID = "medtop:20000642", "medtop:20000643"
# PLOVER type -> topic and weight, on the lexicon's scale: 4 decides nearly alone.
SPEAKS_FOR: Mapping[str, tuple[str, float]] = {
    "CONSULT": (_DIPLOMACY, 3.0), "AGREE": (_RELATIONS, 2.0), "SUPPORT": (_RELATIONS, 1.0),
    "REQUEST": (_RELATIONS, 1.0), "ACCUSE": (_RELATIONS, 1.5), "REJECT": (_RELATIONS, 1.5),
    "THREATEN": (_RELATIONS, 1.5), "SANCTION": (_SANCTIONS, 2.0), "AID": (_AID, 2.0),
    "MOBILIZE": (_FIGHTING, 1.5), "ASSAULT": (_FIGHTING, 2.0),
}  # fmt: skip
RULE = " rule"  # in place of a pattern: no pattern of the lexicon begins with a blank


def with_relations(
    document: Document, scores: TopicScores, relations: Sequence[Relation]
) -> TopicScores:
    """The scores with what the surest relations add, each kind once."""
    if scores.raw.get(SPORT, 0.0) > max(scores.raw.get(stage, 0.0) for stage in STAGES):
        return scores
    raw, terms = dict(scores.raw), list(scores.terms)
    for added in _terms(document, relations):
        terms.append(added)
        for topic_id, weight in added.term.weights.items():
            raw[topic_id] = raw.get(topic_id, 0.0) + weight * added.weight
    return TopicScores(raw, terms)


def _terms(document: Document, relations: Iterable[Relation]) -> Iterator[TermCount]:
    sure = [r for r in relations if r.score >= MIN_SCORE and r.event_type in SPEAKS_FOR]
    sure.sort(key=lambda r: (-r.score, r.field != "headline", r.start))
    kinds = {r.event_type: r for r in reversed(sure) if r.trigger_start >= 0}
    for kind in sorted(kinds, key=lambda k: -kinds[k].score)[:MOST]:
        relation, (topic_id, weight) = kinds[kind], SPEAKS_FOR[kind]
        found = document.find(relation.field, relation.trigger_start, relation.trigger_end)
        if found is not None:
            weights = dict.fromkeys(vocabulary()[topic_id].path, weight)
            term = Term(RULE, is_open_left=False, is_open_right=False, spelling="", weights=weights)
            yield TermCount(term, place_weight(document, found[0]), *found)


def between_governments(relations: Iterable[Relation]) -> bool:
    """Whether the headline tells of governments that deal with each other, in whatever mood."""
    return any(
        r.field == "headline"
        and r.score >= MIN_SCORE
        and r.source != r.target
        and r.event_type in SPEAKS_FOR
        and SPEAKS_FOR[r.event_type][0] != _FIGHTING
        for r in relations
    )


def is_rule(speaking: Sequence[TermCount]) -> bool:
    """Whether nothing but relations is among the terms that speak for a topic."""
    return bool(speaking) and all(one.term.pattern == RULE for one in speaking)
