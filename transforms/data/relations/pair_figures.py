"""Stories and a fit come in; how good the pair scores are on stories that the fit has not seen comes out.

Two ways to hold stories out: a tenth of each set at a time, versions of one story together, or a whole
set at a time, so that nothing of its authors, its form and its questions was learned. Sets that the
fit never uses are measured by the second way alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from transforms.data.calibration import calibration_error, error_by_chance
from transforms.data.relations.coded_sentences import Pair
from transforms.tag_pairs import Weights, scores_of

FOLDS: Final = 10


class Story(NamedTuple):
    """One story: its candidate pairs with their features, and the right answers."""

    source: str
    key: str  # what versions of one story share
    sentences: int  # that name a country
    pairs: list[Pair]  # of countries of today
    features: list[tuple[float, ...]]
    gold: set[Pair]
    has_several: bool  # gold countries


Fit = Callable[[Sequence[Story]], Weights]
Scored = Sequence[tuple[Story, list[float]]]


def by_folds(stories: Sequence[Story], fit: Fit, shuffle: int) -> dict[str, Scored]:
    """Set -> its stories with scores from weights fitted without their tenth of the stories."""
    fold_of = {s.key: crc32(f"{shuffle} {s.key}".encode()) % FOLDS for s in stories}
    scored: dict[str, list[tuple[Story, list[float]]]] = {}
    for fold in range(FOLDS):
        weights = fit([story for story in stories if fold_of[story.key] != fold])
        for story in stories:
            if fold_of[story.key] == fold:
                scored.setdefault(story.source, []).append((story, _scores(story, weights)))
    return dict(scored)


def by_sets(
    stories: Sequence[Story], others: Sequence[Story], fit: Fit
) -> Iterator[tuple[str, Scored]]:
    """Each set with scores from weights fitted without it; `others` are of sets that no fit uses."""
    for source in dict.fromkeys(story.source for story in stories):
        weights = fit([story for story in stories if story.source != source])
        held = [story for story in stories if story.source == source]
        yield source, [(story, _scores(story, weights)) for story in held]
    weights = fit(stories)
    for source in dict.fromkeys(story.source for story in others):
        held = [story for story in others if story.source == source]
        yield source, [(story, _scores(story, weights)) for story in held]


def _scores(story: Story, weights: Weights) -> list[float]:
    return scores_of(story.features, story.sentences, weights)


def figures(label: str, scored: Scored) -> str:
    """One line: F1 from a score of .5, right top pairs, calibration error and what chance gives of it."""
    answers = [
        (score, pair in story.gold)
        for story, scores in scored
        for score, pair in zip(scores, story.pairs, strict=True)
    ]
    tops = [
        bool(scores) and story.pairs[scores.index(max(scores))] in story.gold
        for story, scores in scored
        if story.gold and story.has_several
    ]
    found = sum(score >= 0.5 for score, _ in answers)
    both = sum(score >= 0.5 and right for score, right in answers)
    gold = sum(len(story.gold) for story, _ in scored)
    return (
        f"{label:22} pairs f1 {200 * both / max(1, found + gold):.1f} "
        f"p {100 * both / max(1, found):.1f} r {100 * both / max(1, gold):.1f} "
        f"top {100 * sum(tops) / max(1, len(tops)):.1f} "
        f"ece {calibration_error(answers):.3f} "
        f"by chance {error_by_chance([score for score, _ in answers]):.3f} n {len(answers)}"
    )
