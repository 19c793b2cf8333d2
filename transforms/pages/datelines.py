"""The first paragraph of a story comes in, the place and the agency of its dateline go out.

"MOSCOW, Dec. 30 (Reuters) -- ..." is Moscow and Reuters.
"""

from __future__ import annotations

import re

from transforms.pages.agencies import find_agency

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
