"""Credits of articles come in, the news agency among them goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Agency -> the names it goes by in credits, folded, between bars.
_NAMES = {
    "Reuters": "reuters|thomson reuters|رويترز|ロイター|路透社|路透",
    "AP": "ap|ap news|associated press|the associated press|أسوشيتد برس|美联社",
    "AFP": "afp|agence france-presse|agence france presse|أ ف ب|فرانس برس|法新社",
    "dpa": "dpa|deutsche presse-agentur",
    "Xinhua": "xinhua|xinhua news agency|新华社|新華社",
    "TASS": "tass|тасс",
    "RIA Novosti": "ria novosti|риа новости",
    "Interfax": "интерфакс|interfax",
    "EFE": "efe",
    "ANSA": "ansa",
    "ANP": "anp",
    "Belga": "belga|agence belga|agentschap belga",
    "Lusa": "lusa",
    "APA": "apa",
    "UPI": "upi",
    "PTI": "pti|press trust of india",
    "ANI": "ani|asian news international",
    "IANS": "ians",
    "Yonhap": "yonhap|연합뉴스",
    "Kyodo": "kyodo|kyodo news|共同|共同通信",
    "Jiji": "時事|jiji|jiji press",
    "Bloomberg": "bloomberg|bloomberg news",
    "Anadolu": "anadolu|anadolu ajansı|anadolu agency|aa|الأناضول",
    "Europa Press": "europa press",
    "CNA": "cna|中央社",
    "CNS": "中新社|中新网",
    "PA": "pa|press association|pa media",
    "AAP": "aap|australian associated press",
    "The Canadian Press": "the canadian press|canadian press|la presse canadienne",
    "SID": "sid",
    "Keystone-ATS": "ats|sda|keystone-sda|keystone-ats",
    "Ukrinform": "ukrinform|укринформ",
    "IRNA": "irna",
    "SANA": "sana",
    "WAM": "wam|وام",
    "SPA": "واس",
    "Notimex": "notimex",
    "Adnkronos": "adnkronos",
    "AGI": "agi",
    "Agência Brasil": "agência brasil",
    "PAP": "pap",
    "ČTK": "čtk",
    "NTB": "ntb",
    "TT": "tt",
    "Ritzau": "ritzau",
    "MTI": "mti",
}
AGENCIES = {name: agency for agency, names in _NAMES.items() for name in names.split("|")}


def find_agency(names: Iterable[str]) -> str:
    """The agency among credits like "AFP", "dpa/AP" or "With Reuters"; "" without one."""
    for name in names:
        whole = AGENCIES.get(" ".join(name.casefold().split()))
        if whole:
            return whole
        for part in re.split(
            r"[/,;&+|]|(?:^|\s)(?:via|with|and|mit|und|avec|et|con|y|com|e)\s", name
        ):
            if found := AGENCIES.get(part.strip(" .()").casefold()):
                return found
    return ""
