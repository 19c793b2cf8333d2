"""A folded document and its language in, what lexicon, word table and pieces say of it out.

And which words of the document prove a topic: the lexicon's terms first, then the words of the
table that added most, then those whose pieces did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from schemas.records import Relation, Span
from schemas.topics import vocabulary
from transforms.topics.context import is_rule, with_relations
from transforms.topics.lexicon import lexicon
from transforms.topics.pieces import PieceScores, piece_table
from transforms.topics.scores import (
    MAX_SPANS,
    TermCount,
    TopicScores,
    evidence,
    score_hits,
    speaking,
)
from transforms.topics.text import Document
from transforms.topics.word_table import WordScores, word_table

MIN_SHARE = 0.1  # logits that a word of the table must add to be evidence


class Opinions(NamedTuple):
    """What each says about a document; None where it does not know the language."""

    terms: TopicScores
    words: WordScores | None
    pieces: PieceScores | None


class Proof(NamedTuple):
    """The words that speak for a topic, and how it was found."""

    method: str  # lexicon | rule (relations alone) | model | fusion (words beside terms)
    evidence: list[Span]  # at most MAX_SPANS


def read_opinions(
    document: Document, language: str, relations: Sequence[Relation] = ()
) -> Opinions:
    """Ask all three; `language` as BCP 47, "" where it is not known."""
    spoken = language or "und"
    terms = score_hits(document, lexicon(spoken).scan(document))
    if relations:
        terms = with_relations(document, terms, relations)
    words, pieces = word_table(spoken), piece_table(spoken)
    read = words.score(document) if words else None
    if read is not None and not read.words:  # not a single word of the language: no text at all
        return Opinions(terms, None, None)
    return Opinions(terms, read, pieces.score(document) if pieces else None)


def prove(document: Document, opinions: Opinions, topic_ids: Sequence[str]) -> list[Proof]:
    """What in the document speaks for each topic; below the top only the lexicon knows."""
    terms = speaking(opinions.terms, topic_ids)
    return [_prove(document, opinions, topic_id, terms[topic_id]) for topic_id in topic_ids]


def _prove(
    document: Document, opinions: Opinions, topic_id: str, speakers: Sequence[TermCount]
) -> Proof:
    terms = evidence(document, speakers)
    told = "rule" if is_rule(speakers) else "lexicon"
    if vocabulary()[topic_id].level > 1:
        return Proof(told, terms)
    spans = _apart([*terms, *_learned(document, opinions, topic_id)])[:MAX_SPANS]
    if not terms:
        return Proof("model", spans)
    return Proof("fusion" if len(spans) > len(terms) else told, spans)


def _learned(document: Document, opinions: Opinions, topic_id: str) -> Iterator[Span]:
    if opinions.words is not None:
        for word in opinions.words.strongest(topic_id, MAX_SPANS, MIN_SHARE):
            yield document.first(word)
    elif opinions.pieces is not None:
        for start, end in opinions.pieces.strongest(topic_id, MAX_SPANS):
            yield document.span(start, end)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Without those that overlap one before them."""
    kept: list[Span] = []
    for span in spans:
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    return kept


def _overlap(one: Span, other: Span) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end
