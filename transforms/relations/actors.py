"""A sentence and the mentions in it come in; its actors, each with how it stands there, go out.

Mentions of one country that stand side by side ("French President Jacques Chirac") are one actor;
countries in a list ("Iran, Libya and Cuba") are one actor of several members, since what is said
of one is said of all. How an actor stands is the preposition that opens its phrase, a possessive
after it, and whether it is only the voice that reports ("..., a Zambian official said").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.records import CountryMention
from transforms.relations.openings import begins_main_clause, is_finite, opener_before
from transforms.relations.voices import is_voice

_NEAR: Final = 34  # characters between two mentions of one country that are still one actor
_LIST: Final = 24  # characters between two countries of a list, at most
_LIST_GAP: Final = re.compile(
    r"(?:\s?,\s?(?:and |y |und |et |e |и )?|\s?(?:,\s)?(?:and|as well as|&|y|e|et|und|sowie|и|و|och|en|ve|ja|i|og)\s"
    r"|\s?[-–/]\s?|、|和|与|及|과\s|와\s|と|،? ?و)(?:the |la |le |les |el |los |die |der |das |l['’]|ال)?"
)
_SAME_GAP: Final = re.compile(
    r"(?!.*\b(?:and|in|at|near|from|to|on|with|against|over|for|after|by|has|have|had|was|were|is|are|will"
    r"|would|said|says)\b)[^,;:()]*"
)
_ACCORDING: Final = re.compile(r"\baccording to (?:the |an? )?$")
_OBJECT: Final = 24  # characters from a verb to the country that is its object
_BEHIND_VERB: Final = re.compile(
    r"[\w'’-]+ (?:the |an? |its |his |her |their |with |to |on |against )*"
)
_JOINED: Final = re.compile(r" (?:has |have |had )?join(?:ed|s|ing)? (?:with )?(?:the )?")
_IN_DOING: Final = re.compile(r"(?:['’]s \w+)? in \w+ing\b")
# "A Russian-style law", "French-speaking voters": whose manner it is takes no part.
_MANNER: Final = re.compile(
    r"-(?:style|styled|made|built|type|era|like|born|language|speaking|designed|manufactured)\b"
)
_TOKEN: Final = re.compile(r"[\w'’.-]+|[,;:()\"“]|[^\w\s]")
_WORDS_BACK: Final = 5

_CLASSES: Final = {
    "with": "with alongside avec con mit с со مع com together gegenüber",
    "against": "against contre contra gegen против ضد versus toward towards",
    "to": "to into onto à au aux a al zu zum zur an nach к ко إلى الى لـ envers hacia vers",
    "of": "of de du des del della dello di do da von vom der",
    "by": "by par por pelo pela durch from من unter",
    "from": "from depuis desde aus из от",
    "in": "in en dans im w в во في inside within near across throughout outside around em no na bei",
    "on": "on upon at sur sobre auf на على su",
    "over": "over about regarding concerning über о об",
    "for": "for pour para für для per behalf",
    "between": "between among entre zwischen между بين",
    "aside": "than like unlike amid despite after before since as including except via through",
    "that": "that which whether que dass что أن who whom whose if unless where",
}
_PREPOSITION: Final = {word: name for name, words in _CLASSES.items() for word in words.split()}
_PREPOSITION["from"] = "from"
# English words that are prepositions in other languages: "a Russian bomber" opens with no "to".
_IN_ENGLISH: Final = (
    _PREPOSITION | dict.fromkeys(("a", "an"), "one") | dict.fromkeys("am die do no per".split(), "")
)
_JOINERS: Final = frozenset('and or but , ; : ( ) " “ ” -- - –'.split())
_PERSONS: Final = frozenset(
    "leader leaders president minister ministers government governments authorities king queen head "
    "chief capital city town people officials representatives delegation republic kingdom islands "
    "border parts province region state emir premier army forces troops citizens territory".split()
)
_HEADS: Final = {
    word: name
    for name, words in (
        (
            "state",
            "president prime premier minister ministers ministry foreign defence defense finance interior "
            "government governments authorities officials official leader leaders leadership parliament "
            "troops forces soldiers army navy air military police warplanes warships jets planes aircraft "
            "fighters ambassador ambassadors envoy envoys embassy diplomat diplomats delegation regime "
            "administration negotiators chancellor king queen court central spokesman spokeswoman cabinet "
            "congress senate intelligence security state commander commanders general chief side marines",
        ),
        (
            "people",
            "civilians civilian prisoners prisoner detainees refugees refugee migrants workers worker "
            "immigrants settlers students citizens citizen people women children villagers residents "
            "protesters demonstrators nationals hostages hostage journalists journalist fishermen victims "
            "minority community man woman men boy girl inhabitants population expatriates tourists",
        ),
    )
    for word in words.split()
}
_NEXT: Final = re.compile(r"(?:['’]s)? ([a-z-]+)(?: ([a-z-]+))?")
_SUBJECT_MARKS: Final = ("は", "が", "은", "는", "이", "가")
_AFTER_MARKS: Final = {
    "に": "to", "を": "of", "と": "with", "へ": "to", "から": "from", "의": "of", "の": "of",
    "을": "against", "를": "against", "에": "to", "과": "with", "와": "with",
} | dict.fromkeys(_SUBJECT_MARKS, "subject")  # fmt: skip
_BEFORE_MARKS: Final = {
    "对": "against", "向": "to", "与": "with", "和": "with", "同": "with", "跟": "with", "被": "by",
    "给": "to", "在": "in", "从": "from", "由": "by", "把": "against", "将": "against", "遭": "by", "为": "for",
}  # fmt: skip
_MARK_GAP: Final = 4


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Actor:
    """One or several countries in one place of a sentence; offsets into the sentence."""

    codes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]  # of each member's first mention there
    start: int
    end: int
    preposition: str  # class of the word that opens its phrase, "start", "comma", "and" or ""
    is_possessive: bool
    is_voice: bool  # only reports
    is_name: bool  # names the country itself, not its people or a place in it
    role: str
    head: str  # class of the noun that its last mention describes: state, people, other or ""
    opens: bool = False  # a further main clause: C in "A hit B and C condemned D"


def find_actors(
    lowered: str,
    offset: int,
    mentions: Sequence[CountryMention],
    verbs: Sequence[int] = (),
    language: str = "",
    deeds: Sequence[int] = (),
) -> list[Actor]:
    """The actors of the sentence that starts at `offset` of its field, in order.

    `verbs` are the offsets in the sentence of words that no actor reaches across, `deeds` those of verbs
    in the active of which a country may be the subject.
    """
    classes = _IN_ENGLISH if language == "en" else _PREPOSITION
    grouped = _grouped(lowered, offset, mentions, verbs)
    actors: list[list[list[CountryMention]]] = []
    opening: set[int] = set()  # actors that open a main clause of their own
    beginning: set[int] = set()  # subjects behind an opening phrase
    for index, group in enumerate(grouped):
        is_list, opens = False, False
        if index:
            is_list, opens = _follows(lowered, offset, grouped[index - 1], group[0], deeds)
        if is_list:
            following = [_span([one], offset) for one in grouped[index : index + 2]]
            listed = _span(actors[-1], offset)
            if begins_main_clause(lowered, listed, following, verbs):
                is_list = False
                opens = len(actors) > 1 or is_finite(opener_before(lowered, listed[0]))
                beginning.add(len(actors))
        if opens:
            opening.add(len(actors))
        if is_list and _can_join(actors[-1], group[0]):
            actors[-1].append(group)
        else:
            actors.append([group])
    floor = 0
    found = []
    for index, members in enumerate(actors):
        if index in opening or index in beginning:
            floor = members[0][0].start - offset
        actor = _actor(members, lowered, offset, classes, floor)
        actor.opens = index in opening
        if actor.opens or index in beginning:
            actor.preposition = "start"
        found.append(actor)
    return found


def _grouped(
    lowered: str, offset: int, mentions: Sequence[CountryMention], verbs: Sequence[int]
) -> list[list[CountryMention]]:
    """Neighbouring mentions of one country together: "Russian President Putin"."""
    grouped: list[list[CountryMention]] = []
    for mention in mentions:
        if _MANNER.match(lowered, mention.end - offset):
            continue
        low, high = (grouped[-1][-1].end - offset if grouped else 0), mention.start - offset
        is_same = (
            bool(grouped)
            and _is_same(grouped[-1], mention, lowered[low:high])
            and not any(low <= verb < high for verb in verbs)
        )
        if is_same:
            grouped[-1].append(mention)
        else:
            grouped.append([mention])
    return grouped


def _follows(
    lowered: str,
    offset: int,
    before: list[CountryMention],
    mention: CountryMention,
    deeds: Sequence[int],
) -> tuple[bool, bool]:
    """Whether a mention goes on with the list that `before` is in, and whether it opens a main clause."""
    start, end = mention.start - offset, mention.end - offset
    gap = lowered[before[-1].end - offset : start]
    if _JOINED.fullmatch(gap) and _IN_DOING.match(lowered, end):
        return True, False  # "Slovenia joined Croatia in condemning": both do
    if len(gap) > _LIST or _LIST_GAP.fullmatch(gap) is None:
        return False, False
    first = before[0].start - offset
    if end + 1 in deeds and _is_object(first, lowered, deeds):
        return False, True
    is_source = gap == ", " and (_is_source(lowered, first) or is_voice(lowered, start, end))
    return not is_source, False


def _span(members: list[list[CountryMention]], offset: int) -> tuple[int, int]:
    return members[0][0].start - offset, members[-1][-1].end - offset


def _is_object(start: int, lowered: str, deeds: Sequence[int]) -> bool:
    """Whether the mention at `start` is the object of a verb: in "A hit B and C condemned D", C is no object."""
    return any(
        deed < start <= deed + _OBJECT and _BEHIND_VERB.fullmatch(lowered, deed, start)
        for deed in deeds
    )


def _is_source(lowered: str, start: int) -> bool:
    """Whether the mention at `start` only tells it: "according to Sudan, Ethiopian soldiers"."""
    return _ACCORDING.search(lowered, max(0, start - 20), start) is not None


def _is_same(last: list[CountryMention], mention: CountryMention, gap: str) -> bool:
    return (
        last[-1].code == mention.code and len(gap) <= _NEAR and _SAME_GAP.fullmatch(gap) is not None
    )


def _can_join(members: list[list[CountryMention]], mention: CountryMention) -> bool:
    return all(member[0].code != mention.code for member in members)


def _actor(
    members: list[list[CountryMention]],
    lowered: str,
    offset: int,
    classes: Mapping[str, str],
    floor: int,
) -> Actor:
    first, last = members[0][0], members[-1][-1]
    start, end = first.start - offset, last.end - offset
    following = lowered[end : end + 3]
    preposition = _opening(lowered, start, classes, floor)
    return Actor(
        tuple([member[0].code for member in members]),
        tuple([(member[0].start - offset, member[0].end - offset) for member in members]),
        start,
        end,
        _AFTER_MARKS.get(following[0], preposition) if following > "\u3000" else preposition,
        following.startswith(("'s", "’s", "' ", "’ ")),
        is_voice(lowered, start, end),
        first.kind in ("country", "org") and last is first,
        first.role,
        _head(lowered, end),
    )


def _opening(lowered: str, start: int, classes: Mapping[str, str], floor: int) -> str:
    """The class of the word that opens the phrase around the mention at `start`.

    `classes` has those of the language of the sentence, whose main clause opens at `floor`.
    """
    mark = lowered[start - _MARK_GAP if start > _MARK_GAP else 0 : start]
    for character in "" if mark.isascii() else reversed(mark):
        if character in _BEFORE_MARKS:
            return _BEFORE_MARKS[character]
    head = lowered[start - 48 if start - 48 > floor else floor : start]
    tokens = head.split()[-_WORDS_BACK - 1 :]
    if not "".join(tokens).isalpha():
        tokens = _TOKEN.findall(" ".join(tokens))
    if not tokens:
        return "start" if start < 3 else ""
    for back, token in enumerate(reversed(tokens[-_WORDS_BACK:])):
        name = classes.get(token)
        if name == "of" and back + 2 <= len(tokens) and tokens[-back - 2] in _PERSONS:
            continue
        if name:
            return name if back < 4 else name + "~"
        if token in _JOINERS:
            return "and" if token in ("and", "or") else "comma"
    return "start" if start < 24 else ""


def _head(lowered: str, end: int) -> str:
    """The class of the noun that the country before `end` describes, one adjective between them at most."""
    found = _NEXT.match(lowered, end, end + 48)
    if found is None:
        return ""
    return _HEADS.get(found[1]) or _HEADS.get(found[2] or "") or "other"
