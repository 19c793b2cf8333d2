"""An actor of a sentence comes in; whether it only says what the sentence says goes out."""

from __future__ import annotations

import re
from typing import Final

from transforms.relations.cues import SOURCE, SPEECH, cues_in

# Characters between a voice and its verb of saying, whose families in `cues` are two.
_SAID: Final = 60
_SAYING: Final = re.compile(
    rf"[\w .'’-]{{0,{_SAID}}}?\b"
    r"(?:said|says|reported|reports|announced|told|confirmed|stated|quoted|according)\b"
)
_LAST_WORD: Final = re.compile(r"[\w .'’-]{0,40}?\b(?:warn|complain)(?:s|ed)[.\"”'’]*$")


def is_voice(lowered: str, start: int, end: int) -> bool:
    """Whether the actor after a comma only says what the sentence says: ", the French embassy said"."""
    before = lowered[start - 34 if start > 34 else 0 : start]
    comma = before.rfind(",")
    if "according to" in before[-30:]:
        return True
    if comma < 0 or len(before) - comma > 30 or not _may_be_said(lowered, end):
        return False
    found = _SAYING.match(lowered, end) or _LAST_WORD.match(lowered, end)
    return found is not None and len(lowered) - found.end() < 60


def _may_be_said(lowered: str, end: int) -> bool:
    """Whether a verb of saying, or what looks like one, stands as near behind an offset as a voice needs."""
    cues = cues_in(lowered)
    verbs = (*cues.get(SPEECH, ()), *cues.get(SOURCE, ()))
    return any(end <= verb <= end + _SAID for verb in verbs)
