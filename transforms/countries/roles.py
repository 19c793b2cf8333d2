"""A name in its field comes in; its role in the article comes out.

dateline (MOSCOW (Reuters) -), byline (Reporting by ... in London), place (in Oslo),
modifier (Russian oil), actor (all that may do or suffer something).
"""

from __future__ import annotations

import re

from transforms.countries.matches import Name
from transforms.countries.words import word_after, word_before, word_sets

LONGEST_DATELINE = 140  # characters
# PLACE, Region, March 4 (Agency) -- with the parts after the first optional, a dash or an agency required.
DATELINE = re.compile(
    r"\s*(?:[A-ZÀ-Þ][\w.'’\-/]*[ ]?){1,5}"
    r"(?:, ?[A-ZÀ-Þ][\w.'’ /\-]{1,40}?){0,3}"
    r"(?:,? ?(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? ?(?:\d{1,2})?(?:, \d{4})?)?"
    r"(?:,? ?\((?:[A-Z][\w ./&-]{1,30})\))?"
    r"\s*(?:--|—|–|- |-\s|: )"
)
CREDITS = re.compile(
    r"(?:^|\n|[.)\]] ?)\s*\(?(?:Additional r|R)eporting by |(?:^|\n|[.;] ?)\s*\(?(?:Writing|Editing|Compiled|Edited|Written) by "
)
CREDITED = ("eporting", "riting", "diting", "ompiled", "dited", "ritten")
PERSON_NOUNS = frozenset(
    "president prime premier minister ministers ministry foreign defence defense government governments"
    " troops forces soldiers army navy air police military officials official authorities leader leaders"
    " diplomats diplomat ambassador envoy parliament lawmakers rebels militants fighters delegation"
    " warplanes jets ships warship planes missiles president's chancellor king queen court central bank"
    " intelligence embassy spokesman spokeswoman senator senators congressman militia separatists"
    " negotiators regime state administration opposition people citizens voters companies firms".split()
)


def dateline_end(body: str) -> int:
    """Where the dateline at the body's start ends; 0 without one."""
    head = body[:LONGEST_DATELINE]
    if "-" not in head and "—" not in head and "–" not in head and ": " not in head:
        return 0
    match = DATELINE.match(head)
    return match.end() if match else 0


def credits_start(body: str) -> int:
    """Where the agency's credits at the body's end start; the body's length without any."""
    tail = body[-1500:]
    if not any(piece.endswith(CREDITED) for piece in tail.split(" by ")[:-1]):
        return len(body)
    floor = max(0, len(body) - 1500)
    match = CREDITS.search(body, floor)
    return match.start() if match else len(body)


def role_of(text: str, name: Name) -> str:
    """actor, place or modifier by the words beside the name."""
    kind = name.reading.kind
    if kind == "demonym":
        return _role_of_demonym(text, name)
    if kind in ("leader", "government", "military", "org"):
        return "actor"
    if kind in ("city", "region"):
        return "place"
    before = word_before(text, name.start).lower()
    return "place" if before in word_sets()["prepositions"] else "actor"


def _role_of_demonym(text: str, name: Name) -> str:
    """`Russian troops` and `Russians` act, `Russian oil` does not."""
    after = word_after(text, name.end).rstrip(",.;:")
    if not after or after.lower() in PERSON_NOUNS:
        return "actor"
    return "modifier" if after[0].islower() and not _is_verb_like(after) else "actor"


def _is_verb_like(word: str) -> bool:
    return word in ("and", "have", "has", "had", "were", "was", "are", "is", "will", "said", "who")
