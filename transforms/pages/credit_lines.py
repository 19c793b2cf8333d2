"""One line of plain text comes in; out goes the rule by which it says who wrote it or took a picture.

Bylines, credits of pictures and captions that end in one (notes about the author: `bio_lines`): their
form tells them from sentences that name the same people.
"""

from __future__ import annotations

import re

from transforms.pages.agencies import AGENCIES
from transforms.pages.bio_lines import is_bio
from transforms.pages.boilerplate_phrases import ends_sentence
from transforms.pages.bylines import after_lead, looks_like_name, split_byline
from transforms.pages.maker_lines import is_maker
from transforms.pages.post_lines import NAME
from transforms.pages.signature_lines import AGENCY, is_signature

_CREDIT_WORDS = (
    r"[Pp]hotos?|PHOTO|[Ff]otos?|FOTO|[Ii]mage|[Pp]icture|[Bb]ild|[Фф]ото|摄|攝|撮影|写真|صورة|사진"
)
_CREDIT_LEADS = (
    rf"(?:{_CREDIT_WORDS}|[Pp]hotograph(?:er|y|ie)?|[Ff]otograf[íi]?[aeo]?|[Ii]magen|[Ii]magem|"
    r"(?:[Tt]itel|[Cc]over|[Tt]easer|[Hh]eader|[Bb]eitrags|[Aa]ufmacher)(?:bild|foto)|[Bb]ild(?:quelle|nachweis)|"
    r"(?:[Tt]op|[Hh]eader|[Cc]over|[Ll]ead|[Mm]ain|[Ff]eatured) (?:image|photo)(?: credit)?|"
    r"[Pp]hoto[- ][Ii]llustration|[Ss]creenshots?|"
    r"(?:[Pp]hoto|[Ff]oto|[Ii]mage|[Pp]icture)s?[ -]?(?:[Cc]redits?|[Ss]ource)|"
    r"[Ii]magen ilustrativa|[Ii]mmagine di repertorio|"
    r"[Ii]mmagine|[Bb]eeld|[Pp]icture|图|圖|[Cc]r[eé]dits?|[Cc]r[eé]dito|[Cc]rediti|[Ii]llustration|"
    r"图片|圖片|تصوير)"
)
_SOURCES = r"Source|SOURCE|Quelle|Fuente|Fonte|Bron"
# "... on Dec. 30. (Sputnik via Reuters)", "... (Photo: Ann Lee)", "... (AP Photo)": a credit in brackets
# that ends the line. "(see photo)" and "(text goes on below the photo)" are none.
_CAPTION_END = re.compile(
    rf"[(\[（【](?:(?:[^()\[\]（）]{{0,60}}\b)?(?:{AGENCY})(?!\w)[^()\[\]（）]{{0,60}}"
    rf"|(?:{_CREDIT_WORDS}|(?i:credits?)\s?:)(?!\w)[^()\[\]（）]{{0,60}}"
    rf"|(?!(?i:see|siehe|s\.|voir|cf|ver|veja|vedi|zie|см)\b)(?:[^()\[\]（）\s]{{1,30}}\s){{0,2}}"
    rf"[^()\[\]（）\s]{{0,20}}(?:{_CREDIT_WORDS}))[)\]）】]\.?$"
)
# "... bis zum Sommer. (dpa)": an agency alone signs the last paragraph of its report.
_SIGNED = re.compile(rf"[(\[（【](?:{AGENCY})(?:\s?[/,]\s?(?:{AGENCY}|[a-z]{{2,4}}))*[)\]）】]\.?$")
# "The port on Monday. EFE/Ana Luque"; "The port on Monday. Photo: Ann Lee"; to look ahead saves most of it
_CREDIT_AFTER = re.compile(
    rf"(?=[.!?»”\"。])(?:(?:[.!?»”\"]\s*|。\s?)(?:(?:{AGENCY})\s?/\s?\S.{{1,90}}|"
    rf"(?:[^\W\d_][\w.'’-]*\s){{0,3}}?[^\W\d_][\w.'’-]*\s?/\s?(?:{AGENCY})\b.{{0,20}}"
    rf"|{NAME}\s?/\s?[A-Z][\w&.'’ -]{{2,30}}|(?:{_CREDIT_LEADS}|{_SOURCES})\s?[:：©]\s?\S.{{1,60}}"
    rf"|(?:[Pp]hoto )?[Cc]ourtesy (?:of )?[A-Z].{{2,50}})$"
    rf"|[.!?»”\"]\s*(?:(?:(?:[Pp]hoto|[Ff]oto|[Bb]ild|[Bb]eeld|[Фф]ото|Imagen|"
    rf"Imagem)\s)?(?:{AGENCY})(?:[\s,/-]+(?:{AGENCY}|Images|Photo))*|EUROPA PRESS|AGENCIA [A-Z]{{2,12}}|"
    rf"AGÊNCIA [A-Z]{{2,12}})$)"
)
_LONGEST_CREDIT = 130  # characters at the end of a line
# who says something is no picture: a story's last paragraph may name the agency behind it, too
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|according to|sagte|sagt|erklärte|teilte|laut|déclaré|selon|dijo|según|"
    r"disse|segundo|ha detto|secondo|zei|volgens|заявил\w*|сообщил\w*|powiedział\w*|söyledi)\b",
    re.I,
)
# "A crowd outside the court Credit: Ann Lee", "... —FILE PHOTO"
_CREDIT_NAMED = re.compile(
    r"^[^:]{25,}\s(?:Credit|CREDIT|Photo|Foto|Image|Picture):\s?[A-Z][^:.!?]{2,50}$"
    r"|[—–-]\s?FILE PHOTO$|\) AP Photo$"
)
# "The trawler was towed into port (Supplied)"; "Crowds outside the court. (Ann Lee for Harbour Post)"
_GIVEN = re.compile(
    rf"[(\[](?i:file|supplied|handout|contributed|submitted|screenshot|screengrab|"
    rf"courtesy[^()]{{0,50}}|file photo|stock image)[)\]]\.?$"
    r"|\((?:Published|Posted|Updated)\s[^()]{0,40}\d{4}\)$"
    rf"|[.!?]\s[(\[]{NAME} (?:for|via) [A-Z][^()]{{2,40}}[)\]]$"
)
# Arabic sites put the agency's name in brackets behind what a picture shows
_ARABIC_CREDIT = re.compile(
    r"[^.!؟\s]\s*[(\[](?:الفرنسية|رويترز|أ ف ب|أ\.ف\.ب|الأناضول|غيتي(?: إيميجز)?|"
    r"أسوشيتد برس|الأوروبية|الجزيرة|د ب أ|واس|وام)[)\]]$"
)
# "Ann Lee, left, shakes hands with Bo Li"; "The port is seen in May 2024."
_SHOWN = re.compile(
    r"^[^\"“”]{0,80}[A-Z][\w.'’-]+, (?:(?:second|third|far|top|bottom) )?"
    r"(?:from )?(?:left|right|cent(?:er|re)),\s"
    r"|^(?:In )?[Tt]his .{0,40}\bfile (?:photo|image)\b"
    r"|\b(?:is|are) (?:pictured|seen|shown) (?:here\b|above\b|"
    r"(?:in|at|on|outside|during|near)\b.{0,80}\b(?:19|20)\d\d\b)"
)
SHOWN_WORDS = (  # of which such a line has one
    "left, ", "right, ", "center, ", "centre, ", " seen ", " pictured ", " shown ", "file photo",
    "file image",
)  # fmt: skip
# "記者会見する首相＝12日、東京都千代田区": Japanese captions tell the day and the place behind a stroke
_STROKE_DAY = re.compile(r"[＝=](?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日[^。、]{0,6}、[^。]{2,30}$")
# "File photo of the port. | Bo Li"
_BARRED = re.compile(rf"^[^|]{{0,80}}\s\|\s(?:{_CREDIT_LEADS}\b[^|]{{0,60}}|[^|.]{{2,30}})$", re.I)
# "（森田誠撮影）"
_TAKEN_BY = re.compile(r"[（(][^（）()]{2,20}(?:撮影|摄影?|攝影?|提供)[）)]$")
# "A view of the dam in Derna, Libya, Sept. 14, 2023. (Reuters)": day and place, then the agency
_DAY_SIGNED = re.compile(
    rf"(?:,| on| in| am| le| el| il| op| em)\s(?:[A-Z][\w.]+ \d{{1,2}}, (?:19|20)\d\d|"
    rf"\d{{1,2}}\.? [\w.]+ (?:19|20)\d\d)\.?\s?[(\[](?:[^()]{{0,40}}\b)?(?:{AGENCY})\b[^()]{{0,40}}[)\]]$"
)
# "Crediti: Ann Lee/LaPresse", "Featured image by Ann Lee"
_LED = re.compile(
    rf"{_CREDIT_LEADS}(?:\s?[:：].{{0,60}}|\s(?:{AGENCY}))$"
    r"|(?i:featured|header|lead|cover|main|top)\s(?:image|photo)\s(?:by|from|via|courtesy)\b.{2,60}$"
    rf"|(?:Beeld|Photo|Foto|Bild)\s(?:[A-Z][\w.'’-]+\s?){{2,3}}$"
)
_CREDIT_START = re.compile(
    r"(?:file photo|photo|picture|image|archi|bild|foto|imagen|imagem|immagine|beeld|архивн|фото|"
    r"cr[eé]dit|(?:titel|cover|teaser|header|beitrags|aufmacher)(?:bild|foto)|screenshot|"
    r"(?:top|header|cover|lead|main|featured) (?:image|photo)|"
    r"illustration|图|圖|摄|攝|撮|تصوير|صورة|.{0,8}(?:资料|資料|照片|写真))",
    re.I,
)
_MAX_BIO = 90  # words
_PHOTO_BY = ("PHOTO BY ", "SUBMITTED PHOTO", "COURTESY PHOTO", "STAFF PHOTO", "FILE PHOTO")
_LONGEST_LED = 200  # characters
_CREDIT_ENDS = ("dpa", "Getty", "Images", "Reuters", "AP Photo")
_MARK = re.compile(r"[/:：©]")
_ALONE = re.compile(rf"^[(\[（]{_CREDIT_LEADS}(?:\b|\s|[:：]).{{0,80}}[)\]）]\.?$")
# "Ann Lee/AFP": an agency behind a stroke, or in front of one; the pattern tries every length
_SLASH_CREDIT = re.compile(
    rf"^[\w .,'’&/-]{{0,80}}(?:/| / |\| ?|via |[=＝])(?:{AGENCY})\b.{{0,30}}$"
    rf"|^(?:{AGENCY})\s?[/=＝]\s?\S.{{1,40}}$"
    rf"|^(?:{AGENCY})(?:资料图片?|資料圖片?|資料写真|图片)$"
)
# "Ann Lee / Harbour Post file photo"
_FILED = re.compile(
    r"\s?/\s?(?:[A-Z][^/.]{2,40} (?:file )?(?:[Pp]hoto|image|pool|[Ss]taff|Sports)|Contributor|Stringer)$"
)
SLASHES = (*"/|=图圖写", "via ")  # of a folded line, of which each of these forms has one
_CLOSING = tuple(")]）】")
_STROKES = re.compile(r"[/／、,=＝]")
# "A tug tows the tanker on Monday. (Ann Lee/Harbour Post)"; "(See Map)" is none
_NAMED_AFTER = re.compile(
    rf"[.!?»”\"]\s[(\[]{NAME}\s?/\s?[^()]{{2,40}}[)\]]$"
    rf"|\s[(\[]{NAME}\s?/\s?[A-Z]\w*[A-Z][^()]{{0,40}}[)\]]$"
)
_CJK_BYLINE = re.compile(
    r"^(?:本报|本報|本刊|特约|特派)?(?:记者|記者|文|作者|取材|執筆)[\s:：/・]+[^\s。，、]{2,6}(?:[\s、・]+[^\s。，、]{2,8}){0,4}$"
    r"|^[\u3400-\u9fff]{2,5}部[・\s　][\u3040-\u30ff\u3400-\u9fff\s]{2,8}$"
    r"|^[\u3040-\u30ff\u3400-\u9fff]{2,4}\s?[\u3040-\u30ff\u3400-\u9fff]{0,4}\s(?:記者|记者)$"
    r"|^(?:[^\s。，]{0,6}(?:记者|記者))\s?[^\s。，]{2,4}\s?[摄攝影]{1,2}$"
    r"|^(?:كتبت|بقلم)(?:\s(?!ال)[\u0621-\u064a]{2,12}){2,3}$"
    r"|^[（(][\u30a0-\u30ff\u3400-\u9fff・]{2,10}[＝=][\u3040-\u30ff\u3400-\u9fff・\s]{2,10}[)）]$"
)
# who writes where nobody is named: "By Reuters Staff", "Por Redacción"
_DESK = re.compile(
    r"^(?:the |our |la |el |a |die |de )?(?:[A-Z][\w'&.]+ ){0,3}(?:staff|staff (?:and|&) agencies|"
    r"staff reporters?|staff writers?|news ?desk|web ?desk|"
    r"editorial board|editorial team|editors|newsroom|agencies|"
    r"news agencies|news service|redaktion|redacción|redação|rédaction|"
    r"redazione|redactie|agencias|agências|agences|agenzie|agenturen)\.?$",
    re.I,
)
# "By: Ann Lee | Harbour Post"
_WITH_OUTLET = re.compile(
    rf"^(?:[Bb][Yy]|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor):?\s{NAME}(?:\s?[|/–—]\s?[A-Z](?:[^.!?,]|\.(?=\w)){{1,40}}|"
    rf",\s(?:[A-Z][\w'’&-]+(?:\s(?:and|of|for|the|in|at))*\s?){{1,8}})$"
)
# "Por G1 — São Paulo"
_FROM_OUTLET = re.compile(r"^(?:By|Por|Par|Di|Von|Door)\s[A-Z][\w.]*\s[—–-]\s[A-Z][^.!?,]{2,30}$")
# "Harbour Post Staff", "Foreign Desk"; "Ann Lee, BBC News"
_STAFF = re.compile(
    r"^(?:[A-Z][\w'’&.]+ ){0,3}(?:\w+\.com|News|Post|Times|Tribune|Herald|Gazette|Journal|Daily|Today|"
    r"Chronicle|Star|Press|Editorial|Digital|Web|Online|Magazine|Radio|TV|Sun|Globe|Mail|Standard|"
    r"Observer|Review|Record|Register|Dispatch|Courier|Examiner|Independent|Sentinel|Telegraph|"
    r"Mirror|Network|"
    r"Media|Wire|Reuters|Forbes|AP|AFP|CNN|BBC) "
    r"(?:[Ss]taff|Staff Reports?|Staff Writers?|News Desk|Web Desk|Desk|Newsroom|Bureau|Correspondent|"
    r"Editorial Board|Editorial Team)$"
    r"|^(?:News|Web|Online|Sports|National|Digital|Business|World|City|Foreign|Features) Desk$"
    r"|^(?:Staff|Wire|News|Agency)(?: and (?:wire|agency|agencies|staff))?(?: (?:reports?|services?))$"
    rf"|^{NAME}(?: and {NAME})?,\s(?:[A-Z][\w'’&]+ ){{0,2}}"
    r"(?:News|Post|Times|Tribune|Herald|Gazette|Chronicle|Press)$"
    rf"|^{NAME}\s[A-Z]\w+ (?:Today|TODAY)$"
)
_MAX_STAFF = 60  # characters
_STAFF_ENDS = frozenset(  # the last three letters of such lines
    "day DAY aff esk ort rts ers oom eau ice ces ent ews ost mes une ald tte cle ess ard eam".split()
)
_GLUED_BY = re.compile(r"^By(?=[A-Z])")  # "ByAnn Lee"
# "Ann Lee | Harbour Post Staff"
_BARRED_DESK = re.compile(
    rf"^{NAME}\s?\|\s?[^.!?|]{{0,40}}(?i:redaktion|staff|desk|writer|reporter|editor|correspondent)$"
)
_TEXT = re.compile(r"^(?:te[xks]+te?o?|words|article|story|photos?)\s(?!by\b)", re.I)
_BYLINE_STARTS = (
    "by von par por di door av af от автор autor auteur author tekst article story words photo "
    "written escrito écrit scritto geschreven report posted published compiled analysis opinion "
    "review interview exclusive geschrieben ein kommentar analyse propos foto posts view текст".split()
)
_BYLINE_START = re.compile(
    rf"[（(]?[\u3040-\u30ff\u3400-\u9fff]|[\u0600-\u06ff]|(?:{'|'.join(_BYLINE_STARTS)})", re.I
)
_BYLINE_HEADS = frozenset(start[:2] for start in _BYLINE_STARTS)  # three lines of four have none
_LABELLED_BYLINE = re.compile(
    r"^(?:текст|автор|text|texte|texto|testo|tekst|words|بقلم|كتب|إعداد|تحرير)\s?[:：]\s?"
    r"[^\W\d_][\w.'’-]*(?:[ ,،]+[^\W\d_][\w.'’-]*){0,7}$",
    re.I,
)


def credit_rule(
    line: str, words: int, *, may_be_bio: bool, may_be_shown: bool, is_slashed: bool
) -> str:
    """The rule of a line of so many words that is a credit, a byline or a note about the author.

    `may_be_bio` says whether one of BIO_WORDS stands in it, `may_be_shown` one of SHOWN_WORDS,
    `is_slashed` one of SLASHES.
    """
    if words <= 16 and (is_byline(line) or is_signature(line)):
        return "byline"
    if words <= 60 and (_is_caption(line) or (may_be_shown and _SHOWN.search(line))):
        return "caption"
    if words <= 12 and is_slashed and (_SLASH_CREDIT.match(line) or _FILED.search(line)):
        return "credit"
    if words <= 12 and (_ALONE.match(line) or _is_agency(line)):
        return "credit"
    if words <= 10 and is_maker(line):
        return "credit"
    return "bio" if may_be_bio and words <= _MAX_BIO and is_bio(line, words) else ""


def _is_caption(line: str) -> bool:
    """Does a line end in a credit, or is it one with a colon?"""
    is_bracketed = line.rstrip(".").endswith(_CLOSING)
    if is_bracketed and any(form.search(line) for form in (_TAKEN_BY, _ARABIC_CREDIT, _GIVEN)):
        return True
    if is_bracketed and (_CAPTION_END.search(line) or _NAMED_AFTER.search(line)):
        is_signed = _SIGNED.search(line) is not None and _DAY_SIGNED.search(line) is None
        return not (is_signed or _is_dateline_start(line))
    if "日" in line and _STROKE_DAY.search(line):
        return True
    return line.startswith(_PHOTO_BY) or _is_led(line) or _is_credited(line)


def _is_led(line: str) -> bool:
    """Does a line begin with a word for picture, and is it a credit?"""
    if len(line) > _LONGEST_LED or not _CREDIT_START.match(line):
        return False
    return _LED.match(line) is not None or _BARRED.match(line) is not None


def _is_credited(line: str) -> bool:
    """Does a line end in a credit without brackets?"""
    if not (
        _MARK.search(line) or line[-1].isupper() or line.endswith(_CREDIT_ENDS) or "ourtesy" in line
    ):
        return False
    end = max(0, len(line) - _LONGEST_CREDIT)
    if _CREDIT_AFTER.search(line, end):
        return _TOLD.search(line) is None
    return (":" in line or "HOTO" in line or "Photo" in line) and _CREDIT_NAMED.search(
        line
    ) is not None


def is_byline(line: str) -> bool:
    """Is the line a byline: "By Ann Lee", "Von Anna Lehmann und Bernd Lindner, Genf"?"""
    if line[-3:] in _STAFF_ENDS and len(line) <= _MAX_STAFF and _STAFF.match(line):
        return True
    head = line[:2].lower()
    if not ((head in _BYLINE_HEADS or not head.isascii()) and _BYLINE_START.match(line)):
        return "|" in line and _BARRED_DESK.match(line) is not None
    if any(
        form.match(line) for form in (_CJK_BYLINE, _LABELLED_BYLINE, _WITH_OUTLET, _FROM_OUTLET)
    ):
        return True
    line = _GLUED_BY.sub("By ", line)
    rest = after_lead(line)
    if not rest or (ends_sentence(line) and not line.endswith(".")) or _TEXT.match(line):
        return False
    if rest.strip(" .").casefold() in AGENCIES or _DESK.match(rest):
        return True
    names = split_byline(line)
    written = sum(len(name) for name in names)
    is_named = bool(names) and all(map(looks_like_name, names))
    begins = rest.lstrip()[:2]
    if begins.isupper() and not line[1].isupper():  # "By ANN LEE", but no "BY THE NUMBERS"
        begins = begins.capitalize()
    return is_named and begins == names[0][:2] and len(rest) <= 2 * written + 40


def _is_agency(line: str) -> bool:
    """ "(AFP)", "Europa Press/Ann Lee": an agency in brackets, or with a name behind a stroke."""
    if len(line) > 2 and not line.islower() and line.casefold() in AGENCIES:
        return True
    if not _STROKES.search(line) and line[0] not in "([（【":
        return False
    inner = line.strip(" .")
    is_bracketed = inner[:1] in tuple("([（【") and inner[-1:] in tuple(")]）】")
    parts = [part.strip() for part in _STROKES.split(inner[1:-1] if is_bracketed else inner)]
    named = sum(" ".join(part.split()).casefold() in AGENCIES for part in parts)
    return named > 0 and len(parts) <= 3 and (is_bracketed or len(parts) > 1)


def _is_dateline_start(line: str) -> bool:
    """ "ST. JOSEPH, Mich. (AP) — ..." opens a story; the agency there is no credit at the end."""
    return bool(re.match(r"^.{0,60}\([^)]{1,30}\)\s*[-–—]+\s*\S", line))
