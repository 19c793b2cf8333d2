"""A language as a classifier names it and the text come in, the language beside it or the same goes out.

Serbian in Latin letters is taken for Bosnian, Indonesian for Malay, and an English market report for
Nigerian Pidgin: a dozen words of each tell them apart, and Papiamento from all others. Where a page
claims one and the classifier says the other, the claim is worth more.
"""

from __future__ import annotations

import re

from transforms.english_words import is_pidgin

# Languages that the classifier takes for one another: between these the page's claim is worth more.
_ALIKE = (frozenset({"bs", "hr", "sr"}), frozenset({"id", "ms"}), frozenset({"no", "nn"}))
# Words that tell a language from the one beside it, which the classifier prefers on short texts.
_TELLING = {
    "sr": re.compile(
        r"\b(?:predlog|vreme|posle|gde|mesto|mesec|nedelj|uvek|ovde|devoj|promen|izmen|procen|zahtev|"
        r"menja|primer|pobed|deca|opštin|uspeh|hiljad|takođe|saopšt)\w*",
        re.I,
    ),
    "hr": re.compile(
        r"\b(?:prijedlog|vrijeme|poslije|gdje|mjest|mjesec|nedjelj|uvijek|ovdje|djevoj|promijen|promjen|izmjen|"
        r"procjen|zahtjev|mijenja|primjer|pobjed|djeca|općin|uspjeh|tisuć|također|tko|tjed|priopć)\w*",
        re.I,
    ),
    "id": re.compile(
        r"\b(?:bahwa|karena|bisa|berbeda|saat|namun|kota|provinsi|mobil|uang|kantor|selasa|polisi|contohnya|dia|"
        r"mengatakan|pemerintah|usia|warga)\b",
        re.I,
    ),
    "ms": re.compile(
        r"\b(?:bahawa|kerana|pelbagai|polis|manakala|dijangka|berkata|bertarikh|khamis)\b",
        re.I,
    ),
}
_BESIDE = {
    "bs": ("sr", "hr"),
    "hr": ("sr", "hr"),
    "ms": ("id", "ms"),
}  # and whose words speak against it

# Papiamento, which no classifier here knows: words of it alone, and small ones that others have as well.
_PAPIAMENTO = frozenset(
    "tabata riba nan awor esaki esey esei hopi mester siman prome promé".split()
)
_ITS_SMALL = frozenset("e ta cu ku pa den aki di tambe".split())


def are_alike(one: str, other: str) -> bool:
    """Are these two languages that a classifier takes for one another?"""
    return any({one, other} <= group for group in _ALIKE)


def is_papiamento(sample: str) -> bool:
    """Has a text three words that only Papiamento has, and as many of its small ones?"""
    words = frozenset(sample.lower().split())
    return len(words & _PAPIAMENTO) > 2 and len(words & _ITS_SMALL) > 2


def neighbour(found: str, sample: str) -> str:
    """The language beside the one found, where its words are in the text and the other's are not."""
    if found == "pcm":
        return found if is_pidgin(sample.split()) else "en"
    beside, against = _BESIDE.get(found, ("", ""))
    if not beside:
        return found
    words = len(_TELLING[beside].findall(sample))
    return beside if words > len(_TELLING[against].findall(sample)) else found
