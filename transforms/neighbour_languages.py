"""A language as a classifier names it and the text come in, the language beside it or the same goes out.

Serbian in Latin letters is taken for Bosnian, Indonesian for Malay, and an English market report for
Nigerian Pidgin: a dozen words of each tell them apart. Where a page claims one and the classifier says
the other, the claim is worth more.
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


def are_alike(one: str, other: str) -> bool:
    """Are these two languages that a classifier takes for one another?"""
    return any({one, other} <= group for group in _ALIKE)


def neighbour(found: str, sample: str) -> str:
    """The language beside the one found, where its words are in the text and the other's are not."""
    if found == "pcm":
        return found if is_pidgin(sample.split()) else "en"
    beside, against = _BESIDE.get(found, ("", ""))
    if not beside:
        return found
    words = len(_TELLING[beside].findall(sample))
    return beside if words > len(_TELLING[against].findall(sample)) else found
