"""A CAMEO code comes in; PLOVER event type, quad class and Goldstein value go out.

The event types are those of PLOVER (Halterman et al. 2023, doi:10.31235/osf.io/c4gkr, CC BY-SA), the
roots and three-digit codes those of CAMEO 1.1b3 (Gerner and Schrodt 2002), the conflict-cooperation
values those that Goldstein (1992) gave to WEIS, carried over to CAMEO.

PLOVER joins CAMEO's roots 01-02 (statements, appeals) to no event of its own; an appeal is
coded REQUEST when somebody asks something of somebody. Two roots are split or joined by PLOVER:
08 is CONCEDE (a promise, an eased rule) or RETREAT (a material step back), 09 and 11 are ACCUSE,
18, 19 and 20 are ASSAULT, with blockade and occupation (191, 192) under COERCE.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

VERBAL_COOPERATION: Final = 1
MATERIAL_COOPERATION: Final = 2
VERBAL_CONFLICT: Final = 3
MATERIAL_CONFLICT: Final = 4
NO_QUAD_CLASS: Final = 0  # of an unspecified relation

UNSPECIFIED: Final = "UNSPECIFIED"

HAPPENED: Final = "happened"
PLANNED: Final = "planned"
THREATENED: Final = "threatened"
DENIED: Final = "denied"
PAST: Final = "past"


class EventType(NamedTuple):
    """One PLOVER event type."""

    name: str
    quad_class: int  # 1 verbal cooperation .. 4 material conflict
    gloss: str


EVENT_TYPES: Final = (
    EventType("AGREE", 1, "agree, offer or promise to cooperate"),
    EventType("CONSULT", 1, "meet, visit, telephone, negotiate, mediate"),
    EventType("SUPPORT", 1, "praise, back, recognise, sign a treaty"),
    EventType("CONCEDE", 2, "ease a rule, give in to a demand"),
    EventType("COOPERATE", 2, "trade, exercise, share or extradite to mutual benefit"),
    EventType("AID", 2, "give money, arms, relief, asylum or protection"),
    EventType("RETREAT", 2, "release, withdraw, lift sanctions, cease fire"),
    EventType("REQUEST", 3, "ask, urge, demand or order"),
    EventType("ACCUSE", 3, "blame, criticise, sue, investigate"),
    EventType("REJECT", 3, "refuse, deny, veto, defy"),
    EventType("THREATEN", 3, "threaten, warn, give an ultimatum"),
    EventType("PROTEST", 4, "demonstrate, strike, riot"),
    EventType("SANCTION", 4, "reduce ties, embargo, expel, break off"),
    EventType("MOBILIZE", 4, "alert, deploy, exercise against"),
    EventType("COERCE", 4, "seize, arrest, deport, blockade, occupy"),
    EventType("ASSAULT", 4, "attack, kill, bomb, fight"),
)
QUAD_CLASS: Final[dict[str, int]] = {kind.name: kind.quad_class for kind in EVENT_TYPES} | {
    UNSPECIFIED: NO_QUAD_CLASS
}

_TYPE_OF_ROOT: Final[dict[str, str]] = {
    "02": "REQUEST",
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "RETREAT",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
_TYPE_OF_CODE: Final[dict[str, str]] = {
    "080": "CONCEDE",
    "081": "CONCEDE",
    "082": "CONCEDE",
    "083": "CONCEDE",
    "175": "ASSAULT",
    "191": "COERCE",
    "192": "COERCE",
}

# One row per root: the value of the root, then of its three-digit codes that differ from it.
_GOLDSTEIN: Final[dict[str, tuple[float, dict[str, float]]]] = {
    "02": (3.0, {"021": 3.4, "022": 3.2, "023": 3.4, "024": -0.3, "026": 4.0, "027": 4.0}),
    "03": (4.0, {"031": 5.2, "032": 4.5, "033": 5.2, "034": 7.0, "035": 7.0, "037": 5.0, "038": 7.0, "039": 5.0}),
    "04": (1.0, {"042": 1.9, "043": 2.8, "044": 2.5, "045": 5.0, "046": 7.0}),
    "05": (3.5, {"051": 3.4, "053": 3.8, "054": 6.0, "055": 7.0, "056": 7.0, "057": 8.0}),
    "06": (6.0, {"061": 6.4, "062": 7.4, "063": 7.4, "064": 7.0}),
    "07": (7.0, {"071": 7.4, "072": 8.3, "073": 7.4, "074": 8.5}),
    "08": (5.0, {"084": 7.0, "085": 7.0, "086": 9.0, "087": 9.0}),
    "09": (-2.0, {}),
    "10": (-5.0, {}),
    "11": (-2.0, {}),
    "12": (-4.0, {"124": -5.0, "125": -5.0, "126": -5.0, "127": -5.0, "128": -5.0, "129": -5.0}),
    "13": (-4.4, {"131": -5.8, "132": -5.8, "133": -5.8, "134": -5.8, "136": -7.0, "138": -7.0, "139": -7.0}),
    "14": (-6.5, {"144": -7.5, "145": -7.5}),
    "15": (-7.2, {}),
    "16": (-4.0, {"162": -5.6, "163": -8.0, "164": -7.0, "165": -6.5, "166": -7.0}),
    "17": (-7.0, {"171": -9.2, "172": -5.0, "173": -5.0, "174": -5.0, "175": -9.0}),
    "18": (-9.0, {"182": -9.5, "183": -10.0, "184": -8.0, "185": -8.0, "186": -10.0}),
    "19": (-10.0, {"191": -9.5, "192": -9.5, "196": -9.5}),
    "20": (-10.0, {}),
}  # fmt: skip


def event_type_of(code: str) -> str:
    """PLOVER event type of a CAMEO code of two to four digits; UNSPECIFIED where it has none."""
    return _TYPE_OF_CODE.get(code[:3]) or _TYPE_OF_ROOT.get(code[:2], UNSPECIFIED)


def cameo_root_of(code: str) -> str:
    """The two-digit root of a CAMEO code, or "" where the code is none."""
    return code[:2] if code[:2] in _TYPE_OF_ROOT else ""


@cache
def quad_class_of(code: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; else 0."""
    return QUAD_CLASS[event_type_of(code)]


def goldstein_of(code: str) -> float:
    """Goldstein value of a CAMEO code, -10..10; 0.0 for a code without an event."""
    value, finer = _GOLDSTEIN.get(code[:2], (0.0, {}))
    return finer.get(code[:3], value)
