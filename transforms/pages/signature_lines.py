"""One line of plain text comes in; out goes whether it is signed by who helped, told or wired it.

"Das Interview führte Anna Lehmann.", "Recueilli par Anne Lefort", "Le Monde avec AFP", "EFE | Madrid":
bylines that do not begin with "by" (those that do: `credit_lines`).
"""

from __future__ import annotations

import re

from transforms.pages.post_lines import NAME

AGENCY = (
    r"Reuters|REUTERS|AFP|AP|A\.P\.|Associated Press|Getty|EPA(?:-EFE)?|EFE|"
    r"dpa|DPA|APA|Sputnik|TASS|"
    r"Xinhua|Kyodo|KYODO|Anadolu|AA|Shutterstock|SHUTTERSTOCK|Bloomberg|iStock|[Ii]mago|IMAGO|ANSA|"
    r"Ansa|LUSA|Lusa|"
    r"Belga|BELGA|ANP|Keystone|KEYSTONE|PA|Zuma|ZUMA|Alamy|ALAMY|NurPhoto|UPI|Jiji|JIJI|Yonhap|"
    r"LaPresse|РИА Новости|ТАСС|Unsplash|Pixabay|Pexels|[Pp]icture[ -][Aa]lliance|Ritzau|NTB|"
    r"Lehtikuva|新华社|新華社|共同|時事|中新社|中央社|"
    r"路透社?|ロイター|رويترز"
)
# "Das Interview führte Anna Lehmann.", "Recueilli par Anne Lefort", "Подготовила Анна Белова"
_TOLD_TO = re.compile(
    rf"^(?i:das (?:interview|gespräch) führten?|aufgezeichnet von|mitarbeit|"
    rf"(?:propos )?recueillis? par|entrevista (?:realizada|feita) por|intervista di|"
    rf"ha(?:nno)? collaborato|colaborou|colaboró|подготовил[аи]?|беседовал[аи]?|записал[аи]?|"
    rf"interview (?:door|by)|(?:additional )?reporting (?:contributed )?by|contributed by|"
    rf"translated by|produced by|aus [A-Z]\w+ berichtet):?\s{NAME}(?: (?:and|und|et|y|e|en|"
    rf"и) {NAME})?\.?$"
    r"|^(?:聞き手|取材|構成|文責|編集)[・:：/]\s?\S{2,12}$"
    r"|^(?:شارك في (?:التغطية|الإعداد)|ترجمة|إعداد|أعده|حاوره)\s?:?\s(?:[\u0621-\u064a]{2,12}\s?){2,3}$"
    r"|^(?:本版|本期|值班|见习)?(?:责编|责任编辑|编辑|审校|校对|监制|主编|统筹|编审|文字|"
    r"编译)\s?[:：]\s?[\u3400-\u9fff]{2,4}(?:[\s、]+[\u3400-\u9fff]{2,4}){0,3}$"
    r"|^综合.{2,24}(?:报道|消息)$"
    rf"|^(?i:mit|with|avec|con|com|met|с)\s(?i:{AGENCY}|agencies|agences|agenturen|agencias|agências|"
    rf"agenzie|persbureaus|agenturmaterial)$"
)
# "Le Monde avec AFP", "EFE | Madrid", "［ロンドン 15日 ロイター］", "القاهرة - خاص"
_WITH_AGENCY = re.compile(
    rf"^(?:[A-Z\u0400-\u042f\u0621-\u064a][\w.'’-]*+\s){{1,3}}(?:with|avec|mit|con|com|met|et|and|и|с|"
    rf"و|e|y)\s(?:{AGENCY}|AFP)$"
    rf"|^(?:{AGENCY})(?:,\s[\w/]+)?\s?[|–—]\s?[A-Z][\w .'’-]{{2,25}}$"
    rf"|^[［\[][^］\]。]{{2,20}}(?:{AGENCY})[］\]]$"
    r"|^[\u0621-\u064a\s]{3,25}\s?[-–—]\s?(?:خاص|وكالات|رويترز|الأناضول|أ ف ب|متابعات)$"
)


def is_signature(line: str) -> bool:
    """Is the line signed by an agency, or by who took an interview down? Linear in the line."""
    return _TOLD_TO.match(line) is not None or _WITH_AGENCY.match(line) is not None
