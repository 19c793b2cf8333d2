"""The triggers of a sentence come in; the statements they make together go out.

"Threatened to impose sanctions" is one threat, not a threat and a sanction; "lifted the blockade"
is a step back, "settled the dispute" one towards each other, "refused to meet" a refusal, "has not recognised" one too. A governing trigger takes
the next trigger as its complement when nothing closes the clause between them, in the passive the noun
before it ("sanctions were lifted"); what the two say together follows CAMEO's own arrangement of its
codes. What is refused, cut off, lifted or denied goes with its governor, since it does not happen. Light
verbs, speech verbs and the like say nothing by themselves and go out only in what they govern.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.events import DENIED, PLANNED, THREATENED
from transforms.relations.cues import CONDITION, NEGATION, cues_in
from transforms.relations.triggers import ACTIVE, NOUN, PASSIVE, PHRASE, Trigger

_REACH: Final = 60  # characters between a governor and its complement
_NEAR: Final = 24  # characters between an envoy and the verb of which he is the subject
_SPEECH: Final = 120  # characters between a verb of saying and a demand in what is said
_LEAVE: Final = re.compile(r"\bto (?:leave|depart|quit|go home|pack)\b")
_UNDONE: Final = frozenset("FRNCL")  # flags of governors whose complement does not happen
COOPERATION: Final = frozenset("02 03 04 05 06 07 08".split())


def _closing(words: str) -> re.Pattern[str]:
    """What closes a clause: a mark, or one of the words.

    Each alternative begins with a letter of its own, to which `re` skips.
    """
    whole = [rf"{word[0]}(?<!\w.){word[1:]}\b" for word in words.split()]
    return re.compile("|".join([";", ":", ", ", *whole]))


_CLOSING: Final = "which who after before while but when since because amid if unless as said says"
_BREAK: Final = _closing(f"{_CLOSING} been")
_BREAK_BACK: Final = _closing(_CLOSING)  # "have been eased"
_AUXILIARY: Final = re.compile(r"(?:has|have|had) been\b")
_NO_OBJECT: Final = re.compile(
    r" (?:no (?!longer|doubt|less|later|sooner)|none of |neither |nothing )"
)
_NO_SECOND_OBJECT: Final = re.compile(
    r" (?:(?:the |its )?(?!with|in|for|of|on|at|by|that|and|but|to|under|from|there|has|have|had|is|was|said)"
    r"[\w'’-]+ ){1,2}no (?!longer|doubt|less|later|sooner|more)"
)
_NEGATION: Final = re.compile(
    r"(?:n['’]t|\b(?:n(?:ot|ever|o longer|either|or)|without|refrain(?:ed|s|ing)? from))\b[ \w]{0,14}$"
    r"|\bno (?:\w+ )?$"
)
_PLANNED: Final = re.compile(r"\b(?:will|would|to|shall|may|might|could|should)\s(?:\w+\s){0,2}$")
_HYPOTHETICAL: Final = re.compile(
    r"\b(?:if|unless|in case|in the event)\b[^,;:]*$"
    r"|\b(?:any|possible|potential|feared|looming|imminent|future|hypothetical)\s(?:[\w-]+\s){0,2}$"
    r"|\b(?:fear(?:s|ing)?|risk of|prospect of|possibility of|danger of|likelihood of)"
    r"\s(?:(?!(?:is|are|was|were|has|have|had)\s)[\w-]+\s){0,3}$"
)
_SAID_THAT: Final = re.compile(
    r"\b(?:said|says|declared|insisted|insists|told \S+|tells \S+)\b[^.;:]*$"
)
_TIME: Final = re.compile(r"\b(?:after|before|since|until|during|throughout) the war$")
_DEEDS: Final = frozenset("14 15 17 18 19 20".split())  # what is never done is denied
_TALKS: Final = frozenset("03 04 05 06".split())
AGREED: Final = {"04": "036", "05": "032", "06": "031", "07": "033", "08": "035", "03": "030"}
DEMANDED: Final = {"04": "106", "05": "102", "06": "101", "07": "103", "08": "105", "03": "101"}
REFUSED: Final = {"04": "125", "05": "121", "06": "121", "07": "122", "08": "124", "03": "127"}
THREATENED_WITH: Final = {
    "14": "133", "15": "138", "16": "131", "17": "132", "18": "138", "19": "138", "20": "138",
    "04": "134", "07": "131",
}  # fmt: skip
CUT: Final = {"04": "164", "05": "161", "06": "163", "07": "162", "03": "160", "02": "160"}
EASED: Final = {
    "11": "050", "12": "050", "13": "080", "14": "082", "15": "087", "16": "085", "17": "081",
    "18": "087", "19": "087",
}  # fmt: skip


def settle(triggers: list[Trigger], lowered: str) -> list[Trigger]:
    """Join governors with their complements, from the right, and note negation and mode."""
    cues = cues_in(lowered)
    may_be_negated, may_be_condition = NEGATION in cues, CONDITION in cues
    for trigger in triggers:
        start = trigger.start
        before = lowered[start - 26 if start > 26 else 0 : start]
        if may_be_negated:
            trigger.negated = _NEGATION.search(before) is not None
            if trigger.kind == ACTIVE and _has_no_object(trigger, lowered):
                trigger.mode = DENIED
        if _PLANNED.search(before) or (
            may_be_condition and _HYPOTHETICAL.search(lowered, 0, start)
        ):
            trigger.mode = PLANNED
        if trigger.code == "100" and trigger.kind == PHRASE:
            trigger.governed = _said_before(lowered, trigger.start)
    envoys = [trigger for trigger in triggers if "M" in trigger.flags]
    followers = zip(triggers, [*triggers[1:], None], strict=False)
    left = [t for t, after in followers if _says_something(t, after, lowered)]
    kept: list[Trigger] = []
    while left:
        trigger = left.pop()
        if trigger.code == "100" and any(_is_about(trigger, e, lowered) for e in envoys):
            trigger.code = "166" if _LEAVE.search(lowered, trigger.end) else "114"
            trigger.flags = ""
        if kept and _governs(trigger, kept[-1], lowered):
            complement = kept[-1]
        elif left and _governs_back(trigger, left[-1], lowered):
            complement = left.pop()
        else:
            complement = None
        has_happened = complement is None or _UNDONE.isdisjoint(trigger.flags)
        if _join(trigger, complement):
            if not has_happened and kept and kept[-1] is complement:
                kept.pop()
            kept.append(trigger)
    kept.reverse()
    return [trigger for trigger in kept if trigger.code != "-"]


def _has_no_object(trigger: Trigger, lowered: str) -> bool:
    """ "has bought no soybeans"; "gave Chad no tanks" where what is denied would be a favour."""
    if _NO_OBJECT.match(lowered, trigger.end):
        return True
    is_favour = trigger.code[:2] in COOPERATION
    return is_favour and _NO_SECOND_OBJECT.match(lowered, trigger.end) is not None


def _said_before(lowered: str, offset: int) -> bool:
    return _SAID_THAT.search(lowered, max(0, offset - _SPEECH), offset) is not None


def _says_something(trigger: Trigger, after: Trigger | None, lowered: str) -> bool:
    """Not so an envoy, an auxiliary, nor a noun that tells what kind of thing the next is ("tariff threat")."""
    if "M" in trigger.flags:
        return False
    if trigger.kind != NOUN:
        return trigger.code != "-" or _AUXILIARY.match(lowered, trigger.start) is None
    is_next = after is not None and after.start == trigger.end + 1
    in_compound = is_next and after is not None and after.kind == NOUN and "M" not in after.flags
    return not (in_compound or _is_wartime(lowered, trigger.end))


def _is_wartime(lowered: str, end: int) -> bool:
    """Whether a noun only tells when: "after the war"."""
    is_war = lowered.endswith(" the war", 0, end)
    return is_war and _TIME.search(lowered, 0, end) is not None


def _is_about(trigger: Trigger, envoy: Trigger, lowered: str) -> bool:
    """Whether an envoy is who was summoned or ordered."""
    if trigger.kind == PASSIVE:
        return 0 <= trigger.start - envoy.end <= _NEAR
    return envoy.start > trigger.end and _governs(trigger, envoy, lowered)


def _governs_back(governor: Trigger, other: Trigger, lowered: str) -> bool:
    """Whether a verb takes the noun before it: "sanctions were lifted", "talks collapsed"."""
    if other.kind != NOUN or governor.start - other.end > _REACH:
        return False
    passive = governor.kind == PASSIVE and ("L" in governor.flags or "C" in governor.flags)
    fails = governor.kind in (ACTIVE, PASSIVE) and "F" in governor.flags
    return (passive or fails) and _BREAK_BACK.search(lowered, other.end, governor.start) is None


def _governs(governor: Trigger, other: Trigger, lowered: str) -> bool:
    gap = other.start - governor.end
    if not governor.flags or governor.flags == "r" or gap > _REACH:
        return False
    return _BREAK.search(lowered, governor.end, other.start) is None


def _join(trigger: Trigger, complement: Trigger | None) -> bool:  # noqa: PLR0911 - one guard a frame
    """Work the complement into the trigger; False where the trigger says nothing by itself."""
    flags = trigger.flags
    inner = complement.code if complement else ""
    if "S" in flags or "Z" in flags or "P" in flags:
        _pass_on(trigger, complement)
        return False
    if "L" in flags or ("C" in flags and trigger.code == "164"):
        return _join_cut(trigger, complement, "L" in flags)
    if "F" in flags:
        return _join_failed(trigger, complement)
    if "W" in flags:
        return _join_willing(trigger, complement)
    if "T" in flags:
        _take(trigger, complement, THREATENED_WITH.get(inner[:2], "130") if complement else "130")
        trigger.mode = THREATENED
    elif "D" in flags:
        if trigger.kind == PHRASE and complement is None and not trigger.governed:
            return False  # "must" alone demands only what somebody says
        _take(trigger, complement, DEMANDED.get(inner[:2], trigger.code))
    elif "R" in flags:
        if trigger.kind == PHRASE:
            return _join_refusing(trigger, complement)
        _take(trigger, complement, REFUSED.get(inner[:2], "120"))
    elif "N" in flags:
        _take(trigger, complement, "120")
    elif "g" in flags and complement:
        complement.governed = True
    _negate(trigger)
    return True


def _join_refusing(trigger: Trigger, complement: Trigger | None) -> bool:
    if complement is None:
        return trigger.code != "120"
    if complement.code[:2] in _DEEDS:
        complement.mode = DENIED  # "never attacked"
        return False
    trigger.kind = complement.kind  # "never recognised": the verb tells who stands where
    _take(trigger, complement, REFUSED.get(complement.code[:2], "120"))
    _negate(trigger)
    return True


def _pass_on(trigger: Trigger, complement: Trigger | None) -> None:
    """A light verb lends its complement negation and mode."""
    if complement is None or "P" in trigger.flags or trigger.kind == PASSIVE:
        return
    if trigger.negated and not complement.negated:
        complement.negated = True
        _negate(complement)
    if trigger.mode == PLANNED:
        _plan(complement)


def _plan(trigger: Trigger) -> None:
    """What is said not to happen is not planned either: "will no longer deport"."""
    if trigger.mode != DENIED:
        trigger.mode = PLANNED


def _take(trigger: Trigger, complement: Trigger | None, code: str) -> bool:
    if not code:
        return False
    trigger.code = code
    if complement is not None:
        complement.governed = True
    return True


def _join_failed(trigger: Trigger, complement: Trigger | None) -> bool:
    """What fails by itself ("fail to agree") or with its complement; both sides do where both would."""
    trigger.is_joint = complement is None or "r" in complement.flags
    if complement is None:
        return "r" in trigger.flags
    return _take(trigger, complement, "125" if complement.code[:2] in _TALKS else "")


def _join_cut(trigger: Trigger, complement: Trigger | None, is_lifting: bool) -> bool:
    if complement is None:
        return False
    root = complement.code[:2]
    if trigger.kind == PASSIVE:  # "talks between A and B were called off": both lose them
        trigger.is_joint = trigger.is_joint or "r" in complement.flags
    if root in EASED:
        trigger.flags += "r" if "r" in complement.flags else ""
        return _take(trigger, complement, EASED[root])
    if is_lifting and root not in ("04", "07"):
        return False
    return _take(trigger, complement, CUT.get(root, ""))


def _join_willing(trigger: Trigger, complement: Trigger | None) -> bool:
    if complement is None:
        _negate(trigger)
        return trigger.kind != PHRASE
    if complement.code[:2] not in COOPERATION:
        _plan(complement)
        return False
    if trigger.kind == PHRASE:  # "will", "set to": the deed itself, planned
        _plan(complement)
        if trigger.negated:
            complement.negated = True
            _negate(complement)
        return False
    trigger.is_joint = trigger.is_joint or "r" in complement.flags
    _take(trigger, complement, AGREED.get(complement.code[:2], "030"))
    _negate(trigger)
    return True


def _negate(trigger: Trigger) -> None:
    """What is not done: cooperation refused is a refusal, conflict is only denied."""
    if not trigger.negated:
        return
    if trigger.code[:2] in COOPERATION:
        trigger.code = REFUSED.get(trigger.code[:2], "120")
    else:
        trigger.mode = DENIED
