"""Bylines as pages print them come in, names of people and agencies go out.

Also the dateline that opens an agency story ("MOSCOW (Reuters) -- ..."), split into place and agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_AUTHORS = 12

_LEAD = re.compile(
    r"^\s*(?:(?:article |story |text |words |photos? |written |reported |posted |published |compiled |"
    r"analysis |opinion |review |interview |report |exclusive |geschrieben |ein kommentar |eine analyse |"
    r"ein gastbeitrag |kommentar |analyse |propos recueillis |texto |foto )*"
    r"(?:by|von|par|por|di|door|av|af|от|автор|autor(?:in|a)?|auteur|author|text(?:e|o)?|作者|記者|记者|文|著者)"
    r"\s*[:：]?\s+|(?:作者|記者|记者|文|责任编辑|编辑|來源|来源)\s*[:：/／]\s*|by:\s*)",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:[;|•·/、]|,\s*(?:and|und|et|y|e|en)\s|\s(?:and|und|et|&|и|och|og|with|mit|avec)\s|\s[–—-]\s|\n)\s*",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|columnist|contributor|producer|journalist|bureau|"
    r"chief|senior|special to|redakteur\w*|redaktion|korrespondent\w*|journaliste|envoyé|corresponsal|"
    r"redator|inviato|correspondente|verslaggever|redacteur|analyst|professor|lecturer|fellow|"
    r"researcher|follow|email|updated|published|contact|view|more|posts|articles|profile|minutes|ago|"
    r"read|comments|share|share|newsletter|subscribe|copyright|all rights)\b",
    re.I,
)
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\d{3,}|[<>{}\[\]=]|^[\W\d_]*$")
_HANDLE = re.compile(r"\s*(?:[(<\[].*?[)>\]]|@\w+|[\w.+-]+@[\w.-]+)\s*")
_TITLES = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir)\.?\s+", re.I)

AGENCIES = {
    "reuters": "Reuters", "thomson reuters": "Reuters", "ap": "AP", "associated press": "AP", "the associated press": "AP",
    "afp": "AFP", "agence france-presse": "AFP", "agence france presse": "AFP", "dpa": "dpa", "xinhua": "Xinhua",
    "新华社": "Xinhua", "新華社": "Xinhua", "tass": "TASS", "тасс": "TASS", "ria novosti": "RIA Novosti", "риа новости": "RIA Novosti",
    "интерфакс": "Interfax", "interfax": "Interfax", "efe": "EFE", "ansa": "ANSA", "anp": "ANP", "belga": "Belga", "lusa": "Lusa",
    "apa": "APA", "upi": "UPI", "pti": "PTI", "ani": "ANI", "ians": "IANS", "yonhap": "Yonhap", "kyodo": "Kyodo", "共同": "Kyodo",
    "共同通信": "Kyodo", "時事": "Jiji", "jiji": "Jiji", "jiji press": "Jiji", "bloomberg": "Bloomberg", "anadolu": "Anadolu",
    "aa": "Anadolu", "europa press": "Europa Press", "cna": "CNA", "中央社": "CNA", "中新社": "CNS", "中新网": "CNS", "pa": "PA",
    "press association": "PA", "aap": "AAP", "the canadian press": "The Canadian Press", "sid": "SID", "ats": "Keystone-ATS",
    "keystone-ats": "Keystone-ATS", "ukrinform": "Ukrinform", "укринформ": "Ukrinform", "irna": "IRNA", "sana": "SANA", "wam": "WAM",
    "رويترز": "Reuters", "أ ف ب": "AFP", "فرانس برس": "AFP", "واس": "SPA", "وام": "WAM", "أسوشيتد برس": "AP", "الأناضول": "Anadolu",
    "ロイター": "Reuters", "路透社": "Reuters", "路透": "Reuters", "法新社": "AFP", "美联社": "AP", "notimex": "Notimex", "adnkronos": "Adnkronos", "agi": "AGI",
    "agência brasil": "Agência Brasil", "pap": "PAP", "čtk": "ČTK", "ntb": "NTB", "tt": "TT", "ritzau": "Ritzau", "mti": "MTI",
}  # fmt: skip

_PLACE = r"(?P<place>[^\W\d_][\w.'’ /,\-]{1,60}?)"
_DATELINE = (
    # MOSCOW, Dec. 30 (Reuters) - ...; KYIV, Ukraine (AP) — ...; Berlin (dpa) - ...
    re.compile(rf"^\s*(?P<line>{_PLACE}\s*(?:,\s*[^()]{{1,25}})?\((?P<agency>[^()]{{2,40}})\))\s*(?:[-–—:.]+|\s)\s*(?=\S)"),
    # (Reuters) - ...
    re.compile(r"^\s*(?P<line>\((?P<agency>[^()]{2,40})\))\s*[-–—:.]+\s*(?=\S)"),
    # LONDON — ...; PARIS, 3 mai -
    re.compile(r"^\s*(?P<line>(?P<place>[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я.'’ /\-]{2,40})(?:,\s[^—–]{1,25})?)\s*(?:--|[–—]|\s-\s)\s*(?=\S)"),
    # МОСКВА, 30 дек — РИА Новости.
    re.compile(r"^\s*(?P<line>(?P<place>[A-ZА-Я][A-ZА-Я.'’ \-]{2,40}),\s[^—–]{1,20}\s*[—–-]+\s*(?P<agency>РИА Новости|ТАСС|Интерфакс))[.,]\s"),
    # 新华社北京12月30日电
    re.compile(r"^\s*(?P<line>[（(]?(?P<agency>新华社|新華社|中新社|中新网|中央社|路透社?|法新社|美联社)(?P<place>[\u4e00-\u9fff]{0,8}?)\s?\d{1,2}月\d{1,2}日[^\u3000\s）)]{0,8}[电電報]?[）)]?)"),
)  # fmt: skip


def clean_authors(bylines: Iterable[str], publisher: str = "") -> list[str]:
    """Names out of bylines: leads, roles, addresses and repetitions away; order kept."""
    names: dict[str, str] = {}
    for byline in bylines:
        for name in split_byline(byline):
            if name.casefold() != publisher.casefold():
                names.setdefault(name.casefold(), name)
    if not names and publisher:
        return (
            [publisher]
            if any(publisher.casefold() == b.strip().casefold() for b in bylines)
            else []
        )
    return list(names.values())[:MAX_AUTHORS]


def split_byline(byline: str) -> list[str]:
    """The names of one byline: "By Ann Lee and Bo Li, Staff Writers" -> ["Ann Lee", "Bo Li"]."""
    text = _LEAD.sub("", " ".join(byline[:400].split()))
    text = _HANDLE.sub(" ", text).strip()
    names = []
    for part in _SPLIT.split(text):
        pieces = part.split(",") if _is_enumeration(part) else [part.split(",")[0]]
        names += [piece for raw in pieces if (piece := _tidy(raw))]
    return names


def _is_enumeration(part: str) -> bool:
    """Are all pieces between commas names ("Ann Lee, Bo Li"), not roles or places?"""
    pieces = part.split(",")
    return len(pieces) > 1 and all(2 <= len(p.split()) <= 4 and not _ROLE.search(p) for p in pieces)


def _tidy(name: str) -> str:
    name = _LEAD.sub("", name).strip(" \t,.;:|-–—•·")
    name = _TITLES.sub("", name)
    if not 2 <= len(name) <= 60 or len(name.split()) > 6 or _NOT_A_NAME.search(name):
        return ""
    if _ROLE.search(name) and len(name.split()) != 2:
        return ""
    return name.title() if name.isupper() and len(name.split()) > 1 else name


def find_agency(names: Iterable[str]) -> str:
    """The agency among credits like "AFP", "dpa/AP" or "With Reuters"; "" without one."""
    for name in names:
        whole = AGENCIES.get(" ".join(name.casefold().split()))
        if whole:
            return whole
        for part in re.split(r"[/,;&+|]|\s(?:via|with|and|mit|und|avec|et|con|y|com|e)\s", name):
            if found := AGENCIES.get(part.strip(" .()").casefold()):
                return found
    return ""


def read_dateline(paragraph: str) -> tuple[str, str]:
    """(place, agency) of the dateline that opens `paragraph`; "" for what it does not have."""
    for pattern in _DATELINE:
        match = pattern.match(paragraph[:200])
        if not match:
            continue
        groups = match.groupdict()
        place, credit = (groups.get("place") or "").strip(" ,-"), groups.get("agency") or ""
        agency = find_agency([credit]) if credit else ""
        if credit and not agency:
            continue  # "The Organisation (OPEC) said": an acronym, no agency
        if len(place.split()) <= 6:
            return place, agency
    return "", ""
