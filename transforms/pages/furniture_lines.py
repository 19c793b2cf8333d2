"""One line of plain text comes in; out goes the rule by which its words are furniture's ("" = they are not).

A line whose every word is furniture's (`furniture_words`) and in which classes meet that belong together
("Share" + "article", "most read" + "stories", "video" + "unavailable") is furniture, however it is worded.
With a strange word between, a name as a rule, only what is the publisher's alone counts: its letters,
apps, comments, terms and accounts.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from transforms.pages.boilerplate_phrases import ends_sentence
from transforms.pages.furniture_words import ACTS, furniture_terms

MAX_WORDS = 14
_MAX_ALSO = 4  # terms of "Read this as well", "Accept and close"
_MAX_STRANGE = 0.34  # of its terms
_DIGIT = re.compile(r"\d")
_QUOTES = tuple("\"“”„«»‘'「」『』")
_ASKING = ("?", "？", "؟", "か", "か。")

_OFFERS = frozenset("share save join".split())
_SITE = {  # what only a site has, and the rule of a line about it
    "mail": "newsletter", "app": "app-promo", "comment": "comments", "legal": "legal",
    "ads": "sponsored", "account": "subscribe", "social": "share", "control": "ui",
}  # fmt: skip
_STORY = frozenset({"text", "media"})
_THINGS = _STORY | _SITE.keys()
_OWN = frozenset("mail app comment account legal".split())  # what is the publisher's alone
_BEFORE_ADS = frozenset("ads glue here you other text".split())
_BESIDE = frozenset("alone glue you also kind here".split())
_BY_ACT = {"share": "share", "react": "comments", "join": "subscribe", "look": "related"}


def furniture_rule(folded: str, words: int) -> str:
    """The rule of a folded line of so many words that has hardly any but furniture's, or "". Linear."""
    if words > MAX_WORDS or folded.startswith(_QUOTES) or folded.endswith(_QUOTES):
        return ""
    terms = furniture_terms(folded)
    if not any(terms):
        return ""
    return _meeting(terms, folded) if all(terms) else _mostly(terms, folded)


def _meeting(terms: list[set[str]], folded: str) -> str:
    """The rule of terms whose classes belong together."""
    found = set[str]().union(*terms)
    if found.isdisjoint(_THINGS) or found <= _BEFORE_ADS:
        return _thingless(terms, found, folded)
    if folded.endswith(_ASKING) and "like" in found:
        return "self-promo"
    if ends_sentence(folded) and not _is_addressed(terms, found):
        return ""
    if _is_called(terms) and _are_two(terms, ACTS, _THINGS | {"kind"}):
        return _name(found)
    return _name(found) if _is_named(terms, found) else _thingless(terms, found, folded)


def _thingless(terms: list[set[str]], found: set[str], folded: str) -> str:
    """The rule of terms that say no more than what to do, or how long it takes."""
    if "alone" in found and found <= _BESIDE:
        return "related"
    if "ads" in found and len(terms) > 1 and found <= _BEFORE_ADS and not ends_sentence(folded):
        return "sponsored"  # "After the advert"
    if "length" in terms[0] and found <= {"length", "glue"} and _DIGIT.search(folded):
        return "ui"
    own = [term for term in terms if term != {"glue"}]
    if not 1 < len(own) <= _MAX_ALSO:
        return ""
    is_choice = "choice" in found and not any(map(_OFFERS.isdisjoint, own))  # "Accept and close"
    is_call = "look" in own[0] and len(own) == 2 and "here" in own[1]  # "Play now"
    if is_choice or (is_call and folded[0] != "("):
        return "ui"
    is_door = _is_more(own[0], own[1:]) or _is_more(own[-1], own[:-1])
    return "related" if is_door or ("look" in terms[0] and "also" in found) else ""


def _is_more(act: set[str], others: list[set[str]]) -> bool:
    """ "See all", "もっと見る"."""
    return not act.isdisjoint(("look", "save")) and all("other" in term for term in others)


def _mostly(terms: list[set[str]], folded: str) -> str:
    """The rule of terms between which some strange words stand: names, more often than not."""
    if terms.count(set()) > _MAX_STRANGE * len(terms) or ends_sentence(folded):
        return ""
    found = set[str]().union(*terms)
    if not ACTS.isdisjoint(terms[0]) and _are_two(terms, ACTS, _OWN):
        return _name(found)
    return _name(found) if "you" in terms[0] and not _OWN.isdisjoint(terms[1]) else ""


def _is_addressed(terms: list[set[str]], found: set[str]) -> bool:
    """Does a whole sentence speak to its reader about this page?"""
    if found.isdisjoint(("you", "here")):
        return False
    return (
        not ACTS.isdisjoint(terms[0]) or found >= {"you", "status"} or found >= {"here", "status"}
    )


def _is_called(terms: list[set[str]]) -> bool:
    """Does the line begin or end with what is to be done?"""
    own = [term for term in terms if not term <= {"glue", "you"}]
    return bool(own) and not (ACTS.isdisjoint(own[0]) and ACTS.isdisjoint(own[-1]))


def _is_named(terms: list[set[str]], found: set[str]) -> bool:
    """A thing of the site with what says whose, which or in what state it is."""
    if found >= {"here", "text", "media"}:  # "Audio version of this article"
        return True
    pairs = [(name, _THINGS) for name in ("status", "kind")] + [("none", _SITE.keys())]
    if "here" in found:
        pairs.append(("also", _STORY))
    if "other" in terms[0] | terms[-1]:
        pairs.append(("other", _THINGS))
    if any(name in found and _are_two(terms, {name}, things) for name, things in pairs):
        return True
    return _are_two(terms, _SITE.keys(), _SITE.keys() | {"you"})


def _are_two(terms: list[set[str]], some: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Is one term of some classes, and another one of the others?"""
    first = [not some.isdisjoint(term) for term in terms]
    second = [not others.isdisjoint(term) for term in terms]
    either = sum(one or other for one, other in zip(first, second, strict=True))
    return any(first) and any(second) and either > 1


def _name(found: set[str]) -> str:
    for name, rule in _SITE.items():
        if name in found and name != "control":
            return rule
    if "kind" in found or ("look" in found and "text" in found):
        return "related"
    return next((rule for act, rule in _BY_ACT.items() if act in found and act != "look"), "ui")
