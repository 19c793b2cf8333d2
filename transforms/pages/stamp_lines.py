"""One line of plain text comes in; out goes whether it stamps a text with who wrote it and when.

"Ann Lee, 03.11.2023 15:32 Uhr", "By Ann Lee | September 21, 2023", "Publié par Anne Lefort le 4 mai 2021 à
08:00", "Ann LeeDec 05, 20232 Shares1530 Views": a whole date, and beside it nothing but names, the words
of publishing and counters. A date alone is `date_lines`.
"""

from __future__ import annotations

import re

from transforms.pages.agencies import AGENCIES
from transforms.pages.boilerplate_phrases import ends_sentence
from transforms.pages.date_lines import MONTH, is_date_word

_MAX_CHARS = 140
_MAX_NAMES = 7  # words that may be names
# of them behind a date and its time: "12 May 2024, 19:30, Royal Albert Hall" is an event
_MAX_AFTER = 2
_MIN_BEFORE = 2  # "Konzert 12.05.2024 19:30" is an event, too

_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[.\d]*(?:Z|[+-]\d\d:?\d\d)|\s?[ap]\.?m\b\.?)?"
_HINT = re.compile(r"\d(?:\d{3}|[./-]\d)")  # of most lines
# all forms begin with a digit: a pattern that begins with names of months tries them at every letter
_DATE = re.compile(
    rf"(?=\d)(?:{_YEAR}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}([./-])\d{{1,2}}\1(?:{_YEAR}|\d\d)(?!\d)|{_YEAR}[./年]\d{{1,2}}[./月]\d{{1,2}}日?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|[.º])?\s?(?:de |of )?(?:{MONTH})[.,]?\s?(?:del? )?{_YEAR}"
    r"|\d{1,2}\+? (?:seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?) ago"
    r"|(?<=\bvor )\d{1,2} (?:Sekunden|Minuten?|Stunden?|Tag(?:en)?))",
    re.I,
)
_AFTER_MONTH = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}")  # "May 3, 2025"
_MONTH_BEFORE = re.compile(rf"(?:{MONTH})\.?\s?$", re.I)
_LONGEST_MONTH = 12  # characters
_TIME = re.compile(
    rf"\x00(?:\s*[,|@·•/–—-]?\s*(?:T|at |um |à |alle |a las |às |kl\.? |klo |om )?{_CLOCK})+", re.I
)
_NUMERIC = re.compile(r"\d[./-]\d{1,2}[./-]\d")
_AGO = re.compile(r"\sago|\bvor \d")
_BARRED = re.compile(r"\s?[|•·]\s?\x00|\x00[\x01\s]*[|•·]|\s/\s\x00|\x00\x01? /\s")
_GLUED = re.compile(r"[^\W\d_]\x00")
_NAMED_BEFORE = re.compile(r"^[^\W\d_][\w.'’-]+(?:\s[^\W\d_][\w.'’-]+){1,2}\s?,\s?\x00")
_HEADS = re.compile(r"[\x00\x01](?:\s?Uhr)?\s?:(?!\d)")  # "Update vom 15. Mai 2019: ..."
# "Devisenkurse am 29.06.2017 um 16:34 Uhr"
_ON = re.compile(r"[^\W\d]\s(?:am|on|vom|le|el|op)\s\x00")
_LED = re.compile(r"([^\W\d_]+)\s?:(?!\d)")  # "When: ..." tells of an event
_MARKS = ("\x00", "\x01")
_PART = re.compile(r"\x00|\x01|@?[^\W\d_][\w.'’-]*|\d+")
_BY = re.compile(
    r"(?:by|von|par|por|di|door|av|af|przez|от|автор|author|autor(?:in)?|redaktion|written|text)$",
    re.I,
)
_PUBLISHED = re.compile(
    r"(?:posted|published|publiziert|veröffentlich\w*|erstellt|geschrieben|gespeichert|aktualisiert|updated?|"
    r"edited|publi[ée]e?|mis|créée?|publicad[oa]|actualizad[oa]|atualizad[oa]|escrito|pubblicat[oa]|"
    r"aggiornat[oa]|geplaatst|gepubliceerd|publicerad\w*|publiceret|publisert|uppdaterad|опубликовано|"
    r"обновлено|stand|submitted|compiled|opublikowano|zuletzt)$",
    re.I,
)
_COUNTED = re.compile(
    r"(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties?|shares?|views?|"
    r"likes?|min|mins|lesezeit|lesedauer|read|lecture|leitura|lettura)$",
    re.I,
)
_BESIDE = re.compile(r"(?:edit|foto|photo)$", re.I)  # that prove nothing
_DASHES = "—–-"  # before who wrote a post that a story quotes
_ABBREVIATED = ("Min.", "min.", "a.m.", "p.m.")
_PARTICLE = re.compile(r"(?:de|van|von|der|den|da|di|del|la|el|al|bin|ter|and|und|et|y|e|for)$")


def is_stamp(line: str) -> bool:
    """Is the line a date and those who wrote, and nothing else? Linear in the line."""
    if len(line) > _MAX_CHARS or line[0] in _DASHES:
        return False
    if (ends_sentence(line) and not line.endswith(_ABBREVIATED)) or not _may_be_dated(line):
        return False
    text = _TIME.sub("\x00\x01", _marked(line))
    if "\x00" not in text or _HEADS.search(text) or not all(map(_is_known, _LED.findall(text))):
        return False
    parts = _PART.findall(text)
    return not any(map(_is_strange, parts)) and _is_signed(line, text, parts)


def _marked(line: str) -> str:
    """A line with \\x00 for each date."""
    text = _DATE.sub("\x00", line)
    found = _AFTER_MONTH.search(text)
    while found:
        start = found.start()
        month = _MONTH_BEFORE.search(text, max(0, start - _LONGEST_MONTH), start)
        if month is None:
            break
        text = f"{text[: month.start()]}\x00{text[found.end() :]}"
        found = _AFTER_MONTH.search(text)
    return text


def _is_signed(line: str, text: str, parts: list[str]) -> bool:
    """Do the dates (\\x00), times (\\x01), names and words of publishing belong together?"""
    names = [at for at, part in enumerate(parts) if _is_name(part)]
    if len(names) > _MAX_NAMES:
        return False
    if any(_PUBLISHED.match(part) or _COUNTED.match(part) for part in parts):
        return True
    if not names:
        return "\x01" in text  # a date, its time and what no list of words has
    is_by = any(_BY.match(part) and at + 1 in names for at, part in enumerate(parts))
    if is_by or _BARRED.search(text) or _GLUED.search(text) or _AGO.search(line):
        return True
    if "\x01" in text:
        after = [at for at in names if at > parts.index("\x01")]
        is_zone = len(after) == len(names) == 1 and parts[after[0]].isupper()  # "17:23, UK"
        before = sum(
            part[0].isupper() for part in parts[: parts.index("\x00")]
        )  # "Marco" is no March
        is_named = before >= _MIN_BEFORE and len(after) <= _MAX_AFTER
        return (is_named or is_zone) and not _ON.search(text)
    return _NUMERIC.search(line) is not None and _NAMED_BEFORE.match(text) is not None


def _may_be_dated(line: str) -> bool:
    return _HINT.search(line) is not None or " ago" in line or "vor " in line


def _is_known(word: str) -> bool:
    if word.casefold() in AGENCIES:
        return not word[0].isupper()  # "Von dpa 30.04.2024"; capitals are a name
    return is_date_word(word) or any(
        form.match(word) for form in (_BY, _PUBLISHED, _COUNTED, _BESIDE)
    )


def _is_name(part: str) -> bool:
    return part[0] == "@" or (part[0].isupper() and not _is_known(part))


def _is_strange(part: str) -> bool:
    """A word that is neither a name nor of stamps: a sentence or a fact."""
    if part in _MARKS or part[0].isdigit() or part[0] == "@" or part[0].isupper():
        return False
    return not (_is_known(part) or _PARTICLE.match(part))
