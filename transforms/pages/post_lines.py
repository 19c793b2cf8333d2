"""One line of plain text comes in; out goes whether it says what post somebody holds, and no more.

"Corresponsal en Bruselas", "World Affairs Editor", "Unser Autor berichtet seit 2015 aus Moskau.": a note
about who wrote that names a post or a beat, with or without a name (notes that tell more: `bio_lines`).
"""

from __future__ import annotations

import re

_PARTICLE = r"(?:\s(?:de|van|von|der|den|da|di|del|la|el|al|bin|ter|ten)){0,2}"
NAME = rf"[^\W\d_a-zа-я][\w.'’-]+(?:{_PARTICLE}\s[^\W\d_a-zа-я][\w.'’-]*){{1,3}}"
JOB = (
    r"(?:journalist\w*|reporter\w*|correspondent\w*|editor(?!ial)\w*|columnist\w*|redakteur\w*|"
    r"korrespondent\w*|reporterin|"
    r"journaliste\w*|correspondante?|rédact(?:eur|rice)\w*|grand reporter|periodista|redactor\w*|"
    r"corresponsal|columnista|jornalista|repórter|redator\w*|colunista|correspondente|giornalista|"
    r"redattore|redattrice|"
    r"corrispondente|inviat[oa]|vice ?direttr\w+|subdirector\w*|editora?-adjunt[oa]|"
    r"adjunct-hoofdredacteur|"
    r"hoofdredacteur|redacteur|"
    r"заместитель главного редактора|verslaggever|журналист\w*|корреспондент\w*|обозревател\w*|"
    r"редактор\w*)"
)
# "Corresponsal en Bruselas", "Our correspondent in Jakarta": who somebody is, without a name
_AT = (
    r"(?:for|at|in|of|with|based|covering|en|em|à|au|du|de|del|des|della|dell|di|da|do|a|per|para|"
    r"pour|chez|für|bei|beim|"
    r"im|aus|bij|van|voor|отдела|газеты|журнала|издания|агентства|службы|редакции|в|по)\b"
)
_LEADING_JOB = (
    r"(?:(?:chief|senior|foreign|political|diplomatic|science|business|europe|asia|africa|staff|"
    r"deputy|special) )*"
    r"(?:correspondent|korrespondent(?:in)?|redakteur(?:in)?|correspondante?|rédact(?:eur|"
    r"rice) en chef|grand reporter|envoyée? spéciale?|"
    r"corresponsal|redactora?(?: jef[ea])?|subdirectora?|enviad[oa] especial|correspondente|"
    r"redatora?|editora?-adjunt[oa]|colunista|"
    r"corrispondente|inviat[oa](?: special[ei])?|caporedattore|vicedirettor[ea]|redacteur|"
    r"adjunct-hoofdredacteur|"
    r"(?:собственный |специальный |старший )?(?:корреспондент|спецкор|обозреватель)|"
    r"заместитель главного редактора)"
)
_OWN_JOB = re.compile(
    rf"^(?:(?:from |de |del |dal |von |van )?(?:our|unser|unsere|notre|nuestr[oa]|noss[oa]|(?:il |"
    rf"la |dal )?nostr[oa]|onze|наш)\s)?"
    rf"{_LEADING_JOB}(?:\s\w+)?\s{_AT}[^.!?:;,\"“„«]{{2,50}}$"
    r"|^(?:كاتبة?\s(?:و(?:باحثة?|صحف\w+|محللة?|أكاديمية?)|صحف\w+)|باحثة?\s(?:في|ب)|(?:صحف\w+|"
    r"محللة?)\s(?:سياسية?|وكاتبة?|في\sالشؤون)|أستاذة?\s(?:ال)?\w+\s(?:في|ب)\s?جامع)[^.!؟،:]{0,50}$"
    r"|^(?:repórter|reporter|journaliste|periodista|giornalista|redaktor|redakteur(?:in)?|verslaggever)\s"
    r"(?:da editoria|de la sección|de la rédaction|du service|au service|im ressort|"
    r"del servizio|van de redactie)\s"
    r"[^.!?:;,]{2,40}$"
    r"|^[\u3400-\u9fff]{2,6}（[\u3041-\u3096・\s]{2,14}）[^。、]{0,14}$"
    r"|^مراسل(?:ة|نا|تنا)?\s(?:ال|ل|ب|في|من|شؤون)[^.!؟،:]{2,50}$",
    re.I,
)
# "National reporter focusing on the budget": who writes, by what about
_BEAT = re.compile(
    r"^(?:(?:national|senior|staff|chief|investigative|breaking|news|business|freelance|deputy|city|world) )*"
    r"(?:reporter|correspondent|editor|writer|columnist|journalist) (?:focus(?:ing|ed) on|covering|"
    r"speciali[sz]ing in|who covers|reporting on|writing about)\s(?!.*\b(?:killed|dies|died|dead|shot|"
    r"detained|arrested|jailed|wounded|injured|missing|freed|attacked)\b)[^.!?:;\"“„«]{2,90}\.?$",
    re.I,
)
# "Unser Autor berichtet seit 2015 aus Moskau.", "Jornalista formado pela USP, cobre política externa"
_WRITES = (
    r"(?:covers|reports|writes|has covered|has reported|berichtet|schreibt|arbeitet als|couvre|"
    r"écrit|suit|cubre|escribe|"
    r"cobre|escreve|segue|scrive|si occupa|schrijft|volgt|verslaat|пишет|освещает)"
)
_TRAINED = (
    r"(?:formad[oa]|graduad[oa]|licenciad[oa]|especializad[oa]|diplômée?|spécialisée?|"
    r"specializzat[oa]|laureat[oa])"
)
_OWN_AUTHOR = re.compile(
    rf"^(?:our|unsere?|notre|nuestr[oa]|noss[oa]|il nostro|la nostra|onze|наш)\s(?:\w+\s)?"
    rf"(?:{JOB}|autor(?:in)?|author|auteure?|autora|autore|"
    rf"автор)(?:\s\w+){{0,4}}?\s{_WRITES}\b[^\"“„«]{{2,120}}$"
    rf"|^{JOB}\s{_TRAINED}\b[^\"“„«]{{2,160}}$"
    rf"|^{_LEADING_JOB}(?:\s\w+)?\s{_AT}[^.!?:;,\"“„«]{{2,40}}\.\s(?:\w+\s)?"
    rf"(?:{_WRITES}|trabajó|trabaja|ha trabajado|trabalh\w+|travaill\w+|arbeite\w+|ha lavorato|"
    rf"lavora|werkte|worked|previously|before)\b[^\"“„«]{{2,120}}$",
    re.I,
)
# "Lena Fuchs, Jahrgang 1985, berichtet aus Kairo."
_REPORTS = re.compile(
    rf"^{NAME}(?:,[^,.]{{2,40}},)?\s{_WRITES}(?:\s[^.!?,]{{2,40}})?\s(?:aus|from|depuis|desde|da|uit|"
    rf"из|für|for|para|pour|per|voor|über|about|sobre|sur)\s[^.!?\"“„«]{{2,50}}\.?$"
)
# "World Affairs Editor", "Senior correspondent, Beirut"
_TITLE = re.compile(
    r"^(?!The |A |An |Our )(?:[A-Z][\w&'’-]*\s(?:and\s|of\s|&\s)?){1,4}(?:Editor|Correspondent|"
    r"Reporter|Columnist|Writer|Producer|Contributor|Editor-in-Chief)"
    r"(?:,\s[A-Z][\w ]{2,24}|\sin\s[A-Z][\w ]{2,24})?$"
    r"|^(?:Senior|Chief|Staff|Foreign|Political|Diplomatic|Business|Defen[cs]e|Europe|Asia|Africa|"
    r"Washington|Moscow|Beijing|Contributing|Deputy|Managing|Guest|Special) "
    r"(?:(?:political|foreign|business|news|diplomatic|security) )?(?:correspondent|editor|reporter|"
    r"writer|columnist|contributor)(?:,\s[A-Z][\w ]{2,24}|\sin\s[A-Z][\w ]{2,24})?$"
)


def is_post(line: str) -> bool:
    """Does the line name a post or a beat, and no more? Linear in the line."""
    forms = (_OWN_JOB, _BEAT, _TITLE, _REPORTS, _OWN_AUTHOR)
    return any(form.match(line) is not None for form in forms)
