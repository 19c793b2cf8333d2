"""One line of plain text comes in; out goes whether it names who made its pictures or keeps them.

"Hair: Ann Lee", "Ann Lee/imagebank.example.se", "stock.adobe.com – Bo Li", "(vyp/kna)": credits without a
word for picture (those with one: `credit_lines`).
"""

from __future__ import annotations

import re

from transforms.pages.post_lines import NAME
from transforms.pages.signature_lines import AGENCY

# "Ann Lee/imagebank.example.se", "stock.adobe.com – Ann Lee", "Ann Lee Getty Images"
_ARCHIVE = re.compile(
    rf"^{NAME}\s?/\s?(?:[a-z\d-]+\.)+[a-z]{{2,4}}$"
    rf"|^{NAME}\s(?:via\s)?(?:Getty Images|AP Photo|Alamy|Shutterstock|iStock|REUTERS)$"
    r"|^(?i:stock\.adobe\.com|gettyimages(?:\.com)?|istock(?:photo)?(?:\.com)?|fotolia(?:\.com)?|"
    r"adobe ?stock|shutterstock(?:\.com)?|depositphotos|dreamstime|imago ?images)"
    r"(?:\s?[/:|©–—,-]\s?[^.!?]{2,40}|\s\d{4,}.{0,40})?$"
)
_ENDS = ("Images", "Photo", "Alamy", "Shutterstock", "iStock", "REUTERS")
_HEADS = frozenset("stock getty istoc fotol adobe shutt depos dream imago".split())
# "(vyp/kna)", "SDA/sep": those who edited sign with their letters
_LETTERS = re.compile(
    rf"^[(\[](?:{AGENCY}|[a-z]{{2,5}})(?:\s?[/;]\s?[a-z]{{2,5}})+[)\]]$|^\([a-z]{{2,3}}\)$"
    rf"|^(?:{AGENCY}|SDA|SID)(?:/[a-z]{{2,5}})+$|^[(\[][A-Z]{{2,5}}(?:,\s?[A-Z]{{2,5}})+[)\]]$"
)
# who made the pictures of a shoot of the outlet's own; a "Director:" a review names, too
_CREW = re.compile(
    r"^(?:(?i:senior|associate|assistant|executive)\s)?"
    r"(?i:colou?rist|voice-?over|gaffer|hair(?: ?stylist)?|make-?up(?: artist)?|manicur(?:e|ist)|"
    r"styling|stylist|prop stylist|set design(?:er)?|(?:photo )?retouching|visual director|digitech|"
    r"art direction|photo editor|video editor|sound mixer|camera operator|copy (?:editor|manager)|"
    r"fact[- ]checker|social media manager|haare|maske|trucco|capelli|maquillage|coiffure|"
    r"maquillaje|peluquería|estilismo|cabelo|maquiagem)"
    rf"(?:\s(?:und|and|&|e|et|y)\s\w+)?\s?:\s?{NAME}$"
)


def is_maker(line: str) -> bool:
    """Does the line name makers or archives of pictures, and no more? Linear in the line."""
    if "/" in line or ";" in line or line[0] == "(":
        return _ARCHIVE.match(line) is not None or _LETTERS.match(line) is not None
    if line.endswith(_ENDS) or line[:5].casefold() in _HEADS:
        return _ARCHIVE.match(line) is not None
    return ":" in line and _CREW.match(line) is not None
