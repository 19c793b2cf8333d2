"""One line of plain text comes in; out goes whether it is a note about who wrote.

"Ann Lee covers shipping for Harbour Post.", "Bo Li is professor of law at the University of Leeds.":
such a note is a whole sentence, and says no more than who somebody is and how to be reached.
"""

from __future__ import annotations

import re

from transforms.pages.post_lines import JOB, NAME, is_post

_MAX_SHORT = 30  # words
_HANDLE = re.compile(r"(?:^|\s)@\w{2,}")
_IS = r"(?:is|are|ist|est|es|é|è|—|–|-)"
BIO_WORDS = (  # of which a note about the author has one
    *(
        "based in|map by|maps by|chart by|charts by|data by|graphic by|graphics by|graphics:|graphic:|"
        "map:|chart:|author of| critic | critic,| fellow| scholar |political analyst|professor|"
        "professeur|profesor"
    ).split("|"),
    *"journalist reporter correspond editor column redakt korrespond rédact periodista redactor "
    "corresponsal jornalista repórter redator giornalist redattor corrispondent inviat verslaggever "
    "журналист корреспондент обозреват редактор 记者 記者 编辑 編集 特派 صحاف صحف مراسل محرر كاتب "
    "redacteur subdirector direttr редактор 主编 編集長 نائب schreibt écrit escribe escreve scrive schrijft "
    "lecturer writer photograph illustration cartoon artwork narration styling producer stylist "
    "covers reports writes edits words story text video autor auteur autrice author автор спецкор envoy "
    "enviad redat caporedatt bylines freelanc".split(),
    " staff in ",
    "graduate of",
    "been writing",
    "been reporting",
    "been covering",
    "been reviewing",
    "written about",
    "styled by",
    "shot by",
    "filmed by",
    "illustrated by",
    "reviewed by",
    "checked by",
    " team in ",
)
_WRITING = re.compile(  # "Words by Ann Lee; additional reporting by Bo Li"
    r"^(?i:words|stor(?:y|ies)|articles|posts|text|reporting|additional reporting|"
    r"photographs?|photos|photography|"
    r"interview|video|"
    r"graphics?|maps?|charts?|data|illustrations?|cartoon|artwork|translation|"
    r"narration|styling) by [A-Z].{2,120}$"
    rf"|^(?i:graphics?|maps?|charts?|photography|illustrations?|cartoon|artwork|video editing): {NAME}$"
)
_MADE = re.compile(
    rf"^(?i:styled|photographed|illustrated|shot|filmed|fact[- ]checked|(?:medically )?reviewed) by {NAME}$"
)
# "Ann Lee covers shipping for Harbour Post."; "Anna Lehmann, Jahrgang 1984, ist Redakteurin"
_COVERS = re.compile(
    rf"^{NAME}\s(?:(?:covers|writes about)\s.{{2,80}}\s(?:for|from)|writes for|reports for|"
    r"schreibt für|écrit pour|escribe (?:en|para)|escreve para|scrive per|schrijft voor)\s"
    rf"|^{NAME}, (?:Jahrgang|geboren|né|née|nacid[oa]|nascid[oa]|nat[oa]|geb\.|born in)\s[^,.]{{2,30}}, "
    rf".{{0,60}}(?i:{JOB})\b"
)
# "Ann Lee is the Harbour Post's transport correspondent." and no more than where from
_BIO = re.compile(
    rf"^(?:[^\W\d_][\w.'’-]+\s){{2,4}}{_IS}\s(?:[\w'’.&-]+\s){{0,7}}?(?:\w+-?)?(?i:{JOB})"
    rf"(?:\s\w+){{0,2}}?\b"
    r"(?=[.,;]|\s(?:for|at|of|in|on|with|based|covering|und|bei|im|der|des|für|au|à|chez|du|de|del|"
    r"en|da|do|no|na|em|della|del|dell|"
    r"di|al|alla|per|bij|van|voor|op|отдела|газеты|издания|в|by|who covers|writing)\b"
    r"|\s(?:and|und|et|y|e|en|и)\s(?:writes|covers|reports|schreibt|écrit|suit|escribe|cubre|"
    r"escreve|scrive|schrijft|пишет)\b|$)",
)
# "Ann Lee is professor of law at the University of Leeds.": a guest whose post is the whole sentence
_GUEST = re.compile(
    rf"^{NAME},? (?:is|are|ist|est|es|é|è) "
    r"(?:an? |the |eine? |der |die |une? |le |la |una? |el |um |o |a |il )?"
    r"(?!with )(?:[\w'’&-]+,? ){0,5}?(?i:professor\w*|lecturer|fellow|columnist|scholar|"
    r"(?:film|tv|television|art|music|pop|food|theat(?:re|er)|book|literary|chief|restaurant|dance|"
    r"architecture) critic|"
    r"professeure?|professore|profesora?|"
    r"professoressa|freelance (?:writer|journalist)|political analyst)\b(?! who).{0,120}$"
    rf"|^{NAME} is based in [^.]{{2,40}} and (?:covers|writes|reports)\b.{{2,80}}$"
    rf"|^{NAME} (?:reports on|covers|writes about) [^.]{{2,80}}\. "
    rf"(?:She|He|They|Follow|Contact|Email|Reach)\b.{{2,120}}$"
    rf"|^{NAME},? is (?:the |an? )?(?:[\w'’-]+ ){{0,3}}?(?:co-)?author of "
    rf"(?:the (?:book|novel|forthcoming|new|essay|memoir)\b|"
    rf"(?:several|two|three|four|five|many) |(?:The |A )?[A-Z]).{{2,120}}$"
)
# "Ann Lee is a writer and contributing editor at Harbour Post. Her favorite topics include ...": who
# somebody is and, behind it, what only those say of themselves who wrote
_LONG = re.compile(
    rf"^(?:{NAME}|[^\W\d_a-z][\w'’-]+)(?:,? (?:is|has been)| (?:joined|started at|began at))\s"
    rf"[^.!?]{{0,160}}?(?:{JOB}|writer|producer|contributor|freelancer|author|newsroom|"
    r"the [\w ]{2,30} (?:staff|team))\b[^!?]{0,300}?"
    r"(?:\. (?:Prior to|Before joining|Before that,|Previously,|Formerly|Learn more about|Read more about)\b"
    r"|\. (?:Her|His|Their|She|He|They)(?:['’]s)? "
    r"(?:also |previously |has also |has |have )?(?:\w+ ){0,2}?"
    r"(?:favou?rite|work|writing|bylines?|reporting|covers|writes|written|graduated?|degree|lives|"
    r"worked|specializes|specialises|joined|contributed|holds|is based|"
    r"is an? (?:graduate|alum|accomplished|award-winning|passionate)|"
    r"is the author|hosts|enjoys|loves)\b"
    r"|\b(?:with bylines|has appeared in|a graduate of|holds an? [\w ]{2,20} (?:from|in)|"
    r"[Ff]ollow (?:him|her|them|me))\b)"
)
# "Al Lee has been writing about radios since the days of valves", "Zac covers phones for Harbour Post
# and hosts ...", "Anna ist seit 2019 Redakteurin bei ..."
_SINCE = re.compile(
    rf"^{NAME} has (?:been (?:writing (?:about|for)|reporting (?:on|for|from)|"
    r"covering(?! for)|reviewing)|written about|reported on)\b"
    r"[^.!?\"“”]{0,120}\b(?:since|for (?:more than|over|nearly|almost|the past|\w+ years))\b"
    rf"|^(?:{NAME}|[A-ZÄÖÜ]\w+) (?:ist|arbeitet|schreibt) seit (?:19|20)\d\d "
    rf"(?:[\w-]+ ){{0,4}}?(?i:{JOB})\b"
    r"|^[A-Z]\w+ covers [^.!?\"“”]{2,60} for [A-Z\d]\S+ and (?:hosts|writes|edits|co-hosts) [^.]*"
    r"(?:podcast|newsletter|show|column|blog)\b"
)
# What befalls those who write is news
_HIT = re.compile(
    r"^The\b|\b(?:arrested|jail(?:ed)?|detained|imprisoned|sentenced|killed|murdered|shot|threatened|accused|"
    r"charged|expelled|fled|exile|kidnapped|died|enemies|faces|angered|state media|verhaftet|festgenommen|"
    r"durchsucht|getötet|angeklagt|bedroht|verurteilt|entführt|ausgewiesen|geflohen|starb)\b"
)
_CJK_BIO = re.compile(
    r"^[\u3040-\u30ff\u3400-\u9fff ·・]{2,10}[，,：:、＝是][^。]{0,20}"
    r"(?:记者|記者|编辑|編集|主编|編集長|特派员|特派員)(?:[。，].{0,30})?$"
)
_ARABIC_BIO = re.compile(
    r"^(?:[\u0621-\u064a]+\s){2,3}(?:صحاف[يى]ة?|صحف[يى]ة?|مراسلة?|محررة?|كاتبة?)\s(?:في|لدى|من|ب)"
)
# "Kenneth Lee, staff writer"; "Executive Editor: Ann Lee"
_POST = re.compile(
    rf"^{NAME},\s(?:[\w'’&-]+\s){{0,3}}?(?i:{JOB}|enviad[oa] especial|envoyée? spéciale?|"
    rf"inviat[oa] special[ei]|sonderkorrespondent(?:in)?|staff writer|writer|photographer|producer)$"
    rf"|^(?:[A-Z][\w'’&.-]+\s){{0,3}}(?:Editor(?:-in-[Cc]hief)?|Reporter|Writer|Producer|"
    rf"Photographer|Stylist|Chefredakteur(?:in)?)\s?:?\s{NAME}$",
)
_QUOTED = re.compile(r"[\"“”„«]")


def is_bio(line: str, words: int) -> bool:
    """Is the line of so many words a note about its author? Linear in the line."""
    if _LONG.match(line) or _SINCE.match(line):
        return _HIT.search(line) is None
    if words > _MAX_SHORT:
        return False
    if (
        _POST.match(line)
        or _WRITING.match(line)
        or _MADE.match(line)
        or _COVERS.match(line)
        or _BIO.match(line)
        or (_GUEST.match(line) and not _QUOTED.search(line))
        or _CJK_BIO.match(line)
        or _ARABIC_BIO.match(line)
        or is_post(line)
    ):
        return True
    return _HANDLE.search(line) is not None and re.search(rf"\b{JOB}\b", line) is not None
