"""Bylines as pages print them come in, names of those who wrote go out.

"By Ann Lee and Bo Li, Staff Writers | 3 May 2025" names two people, whatever else it says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import takewhile

from transforms.pages.agencies import find_agency
from transforms.pages.read_dates import is_calendar_word

MAX_AUTHORS = 12
MAX_NAME = 60  # characters
MAX_LINE = 400  # characters of a line that is read
MAX_NAME_WORDS = 6
MAX_CJK = 10  # characters of a name

_BY = (
    r"(?:by|von|par|por|di|door|av|af|от|автор|autor(?:in|a|es)?|auteurs?|authors?|text(?:e|o)?|"
    r"作者|記者|记者|本报记者|文|著者|بقلم|كتب)"
)
_LEAD = re.compile(
    r"^\s*(?:(?:article |story |text |words |photos? |written |reported |posted |published |compiled |escrito |écrit |scritto |geschreven |"
    r"analysis |opinion |review |interview |report |exclusive |geschrieben |ein kommentar |eine analyse |"
    r"ein gastbeitrag |kommentar |analyse |propos recueillis |texto |foto |posts |view all posts )*"
    rf"{_BY}(?:\s*[:：]\s*|\s+)|(?:作者|記者|记者|文|责任编辑|责编|编辑|來源|来源)\s*[:：/／]\s*|by:\s*)",
    re.I,
)
_CJK_LEAD = re.compile(r"(?:作者|記者|记者|撰文|文)\s*[:：/／]\s*|(?:本报|本報|本刊|特约)?记者\s*")
_DATELINE_AFTER = re.compile(r"(?:发自|報道|报道|综合|日电|电).*$")
_CJK_NAME = re.compile(r"^[\u3400-\u9fff·]{2,8}$")
_CJK = re.compile(r"[\u3400-\u9fff]")
_STARTS_NO_NAME = re.compile(r"^(?:of|this|an?|for|in|to|from|and|&)\s", re.I)
_ONLY_LEAD = re.compile(
    rf"^\s*(?:(?:written|reported|words|story|text|geschrieben|escrito|écrit|publié|insights) )?"
    rf"(?:{_BY}|from|author of the article)\s*[:：]?\s*$",
    re.I,
)
_BY_AFTER_DATE = re.compile(r"\d\S*\s+(?:[A-Z]{2,4}\s+)?by\s+(?=[A-Z])")
_SPLIT = re.compile(
    r"\s*(?:[;|•·●⋅/、]|,\s*(?:and|und|et|y|e|en)\s|\s(?:and|und|et|&|и|och|og|with|mit|avec)\s|\s[–—]\s|\s-\s|\n)\s*",
    re.I,
)
_JOINT = re.compile(r"\s(?:y|e|en|ed)\s")
_ROLE = re.compile(
    r"\b(?:correspondent\w*|reporter\w*|editor\w*|writers?|staff|columnist|contribut\w+|producer|journalist\w*|"
    r"bureau|chief|senior|special to|redakt\w*|korrespondent\w*|envoyé|corresponsal|redator|redacción|redação|"
    r"rédaction|redazione|redactie|inviato|correspondente|verslaggever|analyst|professor|lecturer|fellow|"
    r"researcher|manager|director|officer|specialist|strategist|consultant|founder|president|head of|"
    r"development|marketing|team|desk|admin|newsroom|agency|agencies|редакция|编辑部)\b|redaktion$",
    re.I,
)
_NOISE = re.compile(
    r"\b(?:follow|email|updated|published|contact|view|more|posts|articles|profile|minutes?|mins?|ago|"
    r"read|comments?|share|newsletter|subscribe|copyright|all rights|written|photo\w*|image|video|credit|"
    r"posted|reviewed|edited|fact.checked|sponsored|unknown|anonymous|null|undefined|none|facebook|twitter|"
    r"instagram|linkedin|whatsapp|youtube)\b",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:journal|news|press|times|post|media|magazine|network|newspapers?|herald|tribune|gazette|"
    r"chronicle|observer|mail|agentur|zeitung|tv|radio|for \S+\.com|today)\b|\.(?:com|org|net|de|co\.uk)$",
    re.I,
)
_CREDENTIALS = re.compile(
    r",?\s+(?:ph\.?d|m\.d|mph|ms|ma|md|mba|rdn?|ld|rn|jd|cfp|cpa|dds|dvm|dpt|psyd|lcsw|cscs|cpt|esq)\b.*$",
    re.I,
)
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\d{2,}|[<>{}\[\]=]|^[\W\d_]*$")
_HANDLE = re.compile(r"\s*(?:[(<\[（].*?[)>\]）]|https?://\S+|www\.\S+|@\w+|[\w.+-]+@[\w.-]+)\s*")
_COURTESY = re.compile(r"^(?:mr|mrs|ms|sir)\.?\s+", re.I)
_AND = re.compile(r"^(?:&|and|und|et|y)\s+")
_THE = re.compile(r"^the\s")
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"(?<!\w)\d")
_EDGES = " \t,.;:|-–—•·●'\"“”"


def clean_authors(bylines: Iterable[str], outlets: Collection[str] = ()) -> list[str]:
    """Names out of bylines, in order, each once: people, or else desks and agencies.

    `outlets` are names, as `squash` writes them, that are no authors beside a person.
    """
    people: dict[str, str] = {}
    others: dict[str, str] = {}
    for byline in bylines:
        for name in split_byline(byline):
            found = others if squash(name) in outlets or not is_person(name) else people
            found.setdefault(name.casefold(), name)
    return list((people or others).values())[:MAX_AUTHORS]


def split_byline(byline: str) -> list[str]:
    """The names of one byline: "By Ann Lee and Bo Li, Staff Writers" -> ["Ann Lee", "Bo Li"]."""
    text = _LEAD.sub("", " ".join(byline[:MAX_LINE].split()))
    text = _before_date(_HANDLE.sub(" ", text).strip())
    names = []
    for part in _SPLIT.split(text):
        pieces = part.split(",") if _is_enumeration(part) else [part.split(",")[0]]
        names += [name for raw in pieces if (piece := _tidy(raw)) for name in _joined(piece)]
    return names


def _joined(name: str) -> list[str]:
    """ "Ana Luque y Benito Lin" -> both; "Ortega y Gasset" is one person's name."""
    parts = _JOINT.split(name)
    return parts if len(parts) > 1 and all(map(looks_like_name, parts)) else [name]


def is_lead(text: str) -> bool:
    """Does a line say no more than "By" or "Written by"?"""
    return _ONLY_LEAD.match(text) is not None


def after_lead(text: str) -> str:
    """What follows the "By" at the beginning of a line, or behind its date; "" without one."""
    text = text[:MAX_LINE]
    if _CJK.search(text):
        match = _CJK_LEAD.search(text)
        names = _DATELINE_AFTER.sub("", text[match.end() :]) if match else ""
        return "、".join(takewhile(_CJK_NAME.match, names.split()))
    match = _LEAD.match(text) or _BY_AFTER_DATE.search(text)
    return text[match.end() :] if match else ""


def is_person(name: str) -> bool:
    """Might the name be a person's, not that of a desk, an agency or an outlet?"""
    return not (_ROLE.search(name) or _OUTLET.search(name) or find_agency([name]))


def says_role(text: str) -> bool:
    """Does a short line say what somebody does at a paper ("Europe correspondent")?"""
    return len(text) <= MAX_NAME and _ROLE.search(text) is not None


def looks_like_name(text: str) -> bool:
    """Is a line that nothing marks as byline likely a person's full name?"""
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(word[0].isupper() for word in (words[0], words[-1]))
        and sum(word[0].isupper() for word in words) >= len(words) - 1
        and all(char.isalpha() or char in " .'’-" for char in text)
        and is_person(text)
        and not _NOISE.search(text)
    )


def squash(name: str) -> str:
    """Letters and digits only, lower case, without an article: to compare names of outlets."""
    return _NO_LETTERS.sub("", _THE.sub("", name.strip().casefold()))


def _before_date(text: str) -> str:
    """A byline up to its date: "Ann Lee on May 3, 2025" -> "Ann Lee"."""
    match = _NUMBER.search(text)
    if match is None:
        return text
    words = text[: match.start()].split()
    while words and (is_calendar_word(words[-1].strip(_EDGES)) or not words[-1].strip(_EDGES)):
        words.pop()
    return " ".join(words)


def _is_enumeration(part: str) -> bool:
    """Are all pieces between commas names ("Ann Lee, Bo Li"), not roles, places or outlets?"""
    pieces = part.split(",")
    return len(pieces) > 1 and all(
        2 <= len(piece.split()) <= 4
        and is_person(piece.strip())
        and not _CREDENTIALS.search(f" {piece}")
        for piece in pieces
    )


def _tidy(name: str) -> str:
    name = _CREDENTIALS.sub("", _LEAD.sub("", f"{name} ")).strip(_EDGES)
    name = _without_role(_COURTESY.sub("", _AND.sub("", name)))
    if not 2 <= len(name) <= MAX_NAME or len(name.split()) > MAX_NAME_WORDS:
        return ""
    if _NOT_A_NAME.search(name) or _NOISE.search(name) or _STARTS_NO_NAME.match(name):
        return ""
    if not _ROLE.sub("", name).strip(_EDGES) or len(_CJK.findall(name)) > MAX_CJK:
        return ""
    return name.title() if name.isupper() and len(name.split()) > 1 else name


def _without_role(name: str) -> str:
    """ "Ann Lee Writer" -> "Ann Lee"; "Ann Lee Ann Lee" -> "Ann Lee"; "The Desk" stays."""
    words = name.split()
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        words = words[:half]
    person = list(words)
    while person and _ROLE.fullmatch(person[-1]):
        person.pop()
    is_named = len(person) >= 2 and person[0].casefold() not in ("the", "our")
    return " ".join(person if is_named else words)
