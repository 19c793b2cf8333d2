"""One line of plain text comes in; out goes whether it is a date or a time and nothing else.

"Updated 10.11.2025 17:59 Uhr", "3 hours ago", "发布时间：2025年11月3日 来源：...": what surrounds dates is
a small vocabulary in each language, and a name behind "source:".
"""

from __future__ import annotations

import functools
import re

MAX_WORDS = 24
MAX_CHARS = 160

MONTH = (
    r"jan\w*|feb\w*|mar\w*|m[aä]rz|maart|apr\w*|ma[iyj]\w?|juni?\w*|juil\w*|jul\w*|aug\w*|ago\w*|ao[uû]t|"
    r"sep\w*|set\w*|o[ck]t\w*|out\w*|nov\w*|de[czs]\w*|janv\w*|févr\w*|fev\w*|avr\w*|abr\w*|ene\w*|"
    r"gen\w*|mag\w*|giu\w*|lug\w*|dic\w*|mrt|январ\w*|феврал\w*|март\w*|апрел\w*|ма[йя]|июн\w*|"
    r"июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*|يناير|فبراير|مارس|أبريل|مايو|يونيو|"
    r"يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|"
    r"الأول|الثاني|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
)
_DAY = (
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|"
    r"dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|mo|di|mi|do|fr|sa|so|"
    r"segunda|terça|quarta|quinta|sexta|feira|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|понедельник|вторник|сред[ау]|четверг|"
    r"пятниц[ау]|суббот[ау]|воскресенье|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت"
)
_IN_DATES = re.compile(
    rf"^(?:{MONTH}|{_DAY}|\d{{1,4}}(?:st|nd|rd|th|º|er|\.)?|\d{{1,2}}h(?:\d{{2}})?|\d{{1,2}}u\d{{2}}|am|pm|"
    r"\d{1,4}(?:am|pm)|a\.m|p\.m|p|m|uhr|h|hs|hrs?|utc|gmt|est|edt|et|"
    r"pst|pdt|pt|ist|cet|cest|msk|мск|bst|jst|kst|wib|aest|aedt|sgt|hkt|at|um|à|a|as|às|alle|ore|om|в|on|de|del|di|"
    r"le|den|vom|of|the|г|года|om|op|"
    r"updated?|published|posted|last|modified|created|date|on|first|aktualisiert|veröffentlicht|stand|"
    r"zuletzt|erstellt|erschienen|am|paru|parue|parution|na|no|le|letzte|aktualisierung|publié|publiée|mis|mise|jour|modifié|la|"
    r"publicado|actualizado|atualizado|atualização|actualización|última|em|el|las|pubblicato|aggiornato|"
    r"ultimo|aggiornamento|il|modifica|data|fecha|gepubliceerd|geplaatst|gewijzigd|bijgewerkt|laatste|laatst|update|op|"
    r"опубликовано|обновлено|дата|публикации|сегодня|вчера|today|yesterday|hier|aujourd'hui|ayer|hoy|ontem|hoje|ieri|oggi|gisteren|vandaag|eergisteren|uma?|une?|"
    r"heute|gestern|hours?|minutes?|mins?|min|days?|weeks?|ago|vor|stunden?|minuten|minuti|minutos?|tagen?|"
    r"page\d*|입력|수정|등록|승인|기사입력|최종수정|기준|오전|오후|publicerad|uppdaterad|publisert|oppdatert|publiziert|cr[ée]+|publikacja|aktualizacja|opublikowano|dodano|"
    r"yayınlanma|güncelleme|güncellendi|son|klo?|päivitetty|julkaistu|publikováno|aktualizováno|dnes|včera|dzisiaj|"
    r"wczoraj|idag|igår|bugün|dün|written|datum|mez|mesz|wib|seconds?|secs?|sekunden|segundos|secondes|secondi|"
    r"il y a|il|y|heures?|hace|horas?|h[aá]|fa|geleden|uur|назад|час\w*|минут\w*|"
    r"lesezeit|lesedauer|read|reading|time|lecture|temps|tiempo|lectura|tempo|leitura|lettura|leestijd|"
    r"小时前|分钟前|发布时间|发布于|发表于|刊登于|刊發|更新时间|更新于|更新|发布|时间|日期|公開日?|公開日時|更新日?|更新日時|配信|掲載|最終更新|時間前|時間|分前|日前|مدة|القراءة|قراءة|دقائق|"
    r"نشر|نُشر|تحديث|التحديث|تم|آخر|تاريخ|النشر|الساعة|بتوقيت|غرينتش|مساء|صباحا|ص|م|في|منذ|دقيقة|ساعة|ساعات|يوم|"
    r"星期[一二三四五六日天]|周[一二三四五六日]|[月火水木金土日](?:曜日?)?|年|月|日|时|分|時|t|z)$",
    re.I,
)
_BETWEEN = re.compile(
    r"[\s,:/|.\-–—•·()+、：／،（）]+|(?<=\d)(?=[年月日时分時])|(?<=[年月日时分時于])(?=\d)"
)
_FIRST = re.compile(r"[^\s,:/|.\-–—•·()+、：／，（）]+")
_SOURCE = re.compile(
    r"\s*[|·-]?\s*(?:来源|來源|稿源|出典|source|quelle|fonte|fuente|bron|источник|المصدر)\s*[:：]\s*[^:：。]{1,30}$",
    re.I,
)
_DATED = re.compile(
    r"\d{1,4}[./\-年]\d{1,2}[./\-月]\d{1,4}|\b\d{1,2}[:.hu]\d{2}(?:\b|[aApP][mM]\b)|\b(?:19|20)\d\d\b"
)
_DATE_WORD = re.compile(rf"\b(?:{MONTH}|ago|vor|hace|il y a|geleden|fa|h[aá]|назад|منذ)\b|前", re.I)
_DIGIT = re.compile(r"\d")
_EVENT = re.compile(
    r"(?:time|hora|heure|ora|uhrzeit|beginn|kick-?off)\s?:", re.I
)  # when something begins
_RATIO = re.compile(r"^\d[.,]\d\s*(?:/|\w+$)|^\(?\d{3}\)?[ -]\d{3}-\d{4}$")  # "4.5/5", a telephone


@functools.lru_cache(maxsize=4_096)
def is_date_word(word: str) -> bool:
    """May a word stand in a line that is a date and nothing else?"""
    return _IN_DATES.match(word) is not None


def is_date_line(line: str) -> bool:
    """Is the line a date or time and nothing else? Linear in the line."""
    if len(line) > MAX_CHARS or not _DIGIT.search(line) or _RATIO.match(line):
        return False
    first = _FIRST.search(line)
    if first is None or (first[0].isascii() and not is_date_word(first[0])):  # nearly all lines
        return False
    bare = _SOURCE.sub("", line) if ":" in line or "：" in line else line
    if _EVENT.match(line):
        return False
    parts = [part for part in _BETWEEN.split(bare) if part]
    if not 0 < len(parts) <= MAX_WORDS or not all(map(is_date_word, parts)):
        return False
    # "2" or "10 - 3" alone are numbers or scores
    return _DATED.search(bare) is not None or _DATE_WORD.search(bare) is not None
