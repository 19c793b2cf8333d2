"""A text comes in; the character offsets of its sentences, without the white space around them, go out.

A newline always ends a sentence, because the article body separates paragraphs by one. Within a
line the stops of all scripts end one, unless the stop belongs to an abbreviation, an initial, a
number or a web address. The text is read once, and a run without a stop is cut at `LONGEST`
characters, so that neither a megabyte without a full stop nor a table of figures costs more
than its length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

LONGEST: Final = 2_000  # characters; no sentence of news prose is as long

_CLOSERS: Final = "\"'”’»)]}）」』】》"
_WIDE: Final = "。！？｡"  # these need no space after them, the others do
_HARD: Final = "!?؟।॥۔։።…"
# A stop with what closes behind it, or newlines. All begin with one set of letters, for which `re`
# looks far faster than for one of several patterns. A run of stops is tried from its first one alone.
_END: Final = re.compile(
    rf"[.\n{_WIDE}{_HARD}]"
    rf"(?:(?<=\.)(?<!\.\.)(?P<more>\.*)[{re.escape(_CLOSERS)}]*(?=\s|$)"
    rf"|(?<=\n)\n*"
    rf"|(?<=[{_HARD}])(?<![{_HARD}][{_HARD}])[{_HARD}]*[{re.escape(_CLOSERS)}]*(?=\s|$)"
    rf"|(?<=[{_WIDE}])[{_WIDE}]*[{re.escape(_CLOSERS)}]*)"
)
_OPENERS: Final = frozenset("([\"'“‘«")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_TITLES: Final = frozenset(
    "mr mrs ms messrs dr prof gen lt sgt col maj capt cpl cmdr adm brig gov sen rep hon rev fr sr st "
    "pres pm min amb insp supt ca cf al vs approx est dept univ assn bros "
    "gen.-lt lt.-col mt ft mme mlle mm me sra srta dra ing lic hr frau bzw usw z.b d.h "
    "u.a i.e e.g ул им т.е т.д млн млрд руб стр см".split()
)
# These may end a sentence too: only a following capital that is no name's part tells.
_EITHER: Final = frozenset(
    "inc corp co ltd plc llc bhd gmbh jr etc jan feb mar apr jun jul aug sept sep oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun a.m p.m ave blvd calif fla pa va".split()
)
_NUMBERED: Final = frozenset("no nos vol art sec fig p pp nr str гг г ст".split())  # before a digit
_MARKED: Final = _TITLES | _EITHER | _NUMBERED
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]", re.UNICODE)  # U.S, p.m, U.N, д.р
_STARTERS: Final = frozenset(
    "the a an in on at it its he his she her they their this that these those but and however "
    "we you i when while after before as for from with since if there last earlier meanwhile "
    "some many most both another asked under by officials according".split()
)


@lru_cache(maxsize=4)  # relations and pairs ask for the sentences of the same article
def split_sentences(text: str, language: str = "") -> tuple[tuple[int, int], ...]:
    """Start and end offset of each sentence; no offset pair is empty, none overlap.

    `language` is BCP 47; German ordinals ("am 3. Oktober") keep their sentence together.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        stop, end = found.span()
        if found["more"] == "" and not _ends(text, start, stop, end, language):
            continue  # a single stop inside a sentence
        if stop > start or text[stop] != "\n":
            _add(text, start, end, spans)
        start = end
    _add(text, start, len(text), spans)
    return tuple(spans)


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Append the trimmed span, cut into pieces of at most LONGEST characters at a space."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        _add(text, start, cut, spans)
        start = cut
    if piece := text[start:end].lstrip():
        start = end - len(piece)
        spans.append((start, start + len(piece.rstrip())))


def _ends(  # noqa: PLR0911 - one guard a reason
    text: str, start: int, stop: int, end: int, language: str
) -> bool:
    """Whether the single full stop at `stop` ends its sentence; `end` is after closing quotes."""
    following = text[end : end + 24].lstrip(" \t\r\"'“‘«([")
    if not following or following[0] == "\n":
        return True
    if following[0].islower():
        return False
    word = _last_word(text[max(start, stop - 24) : stop])
    lowered = word.lower()
    if lowered not in _MARKED and word.isalpha() and len(word) > 1:
        return True  # as most do
    if lowered in _TITLES:
        return False
    if lowered in _NUMBERED and following[0].isdigit():
        return False
    if word.isdigit() and language.startswith(("de", "da", "nb", "no", "fi", "cs", "hu")):
        return len(word) > 2
    if len(word) == 1 and word.isalpha():
        return not word.isupper() or _starts_afresh(following)
    if lowered in _EITHER or _DOTTED.fullmatch(word):
        return _starts_afresh(following)
    return True


def _last_word(head: str) -> str:
    """The word that ends with the text; "" behind white space."""
    words = head.rsplit(None, 1)
    word = words[-1] if words and not head[-1].isspace() else ""
    if not _OPENERS.isdisjoint(word):
        word = word[max(map(word.rfind, _OPENERS)) + 1 :]
    return word


def _starts_afresh(following: str) -> bool:
    """Whether the next word is one that opens sentences rather than goes on with a name."""
    first = _FIRST_WORD.match(following)
    return first is not None and first.group().lower() in _STARTERS
