"""From `countries/demonyms.txt` and CLDR's names to stems with classes of endings.

A stem stands in the table once and its endings once a class, so that five languages' cases cost no
more lines than English. The rules for nouns go by the nominative's last letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.data.countries.lists import lines_of
from transforms.data.countries.rows import Row

# Language -> (nominative's ending, letters of it that stay in the stem, class of endings), first hit counts.
NOUNS: dict[str, tuple[tuple[str, int, str], ...]] = {
    "ru": (("ия", 1, "ru-ya"), ("а", 0, "ru-a"), ("я", 0, "ru-ya"), ("й", 0, "ru-y"),
           ("ь", 0, "ru-soft"), ("ы", 0, "ru-pl"), ("", 9, "ru-c")),
    "uk": (("ія", 1, "uk-ya"), ("а", 0, "uk-a"), ("я", 0, "uk-ya"), ("й", 0, "uk-y"),
           ("и", 0, "uk-pl"), ("", 9, "uk-c")),
    "be": (("ія", 1, "be-ya"), ("а", 0, "be-a"), ("я", 0, "be-ya"), ("ь", 0, "be-soft"), ("", 9, "be-c")),
    "sr": (("а", 0, "sr-a"), ("a", 0, "sh-a"), ("", 9, "sr-c")),
    "ro": (("a", 0, "ro-a"), ("", 9, "ro-c")),
    "lt": (("a", 0, "lt-a"), ("ė", 0, "lt-e"), ("as", 0, "lt-as"), ("is", 0, "lt-is"), ("", 9, "any")),
    "lv": (("a", 0, "lv-a"), ("e", 0, "lv-e"), ("s", 0, "lv-s"), ("", 9, "any")),
    "ka": (("ი", 0, "ka-i"), ("", 9, "any")),
    "is": (("", 9, "is"),),
    "sq": (("i", 1, "sq-i"), ("", 9, "sq-c")),
    "pl": (("ia", 1, "pl-ia"), ("ja", 1, "pl-ia"), ("ka", 0, "pl-ka"), ("a", 0, "pl-a"),
           ("ś", 0, "pl-soft"), ("", 9, "pl-c")),
    "cs": (("ie", 1, "cs-ie"), ("o", 0, "cs-o"), ("a", 0, "cs-a"), ("", 9, "cs-c")),
    "sk": (("ie", 1, "cs-ie"), ("o", 0, "cs-o"), ("a", 0, "cs-a"), ("", 9, "cs-c")),
    "hr": (("a", 0, "sh-a"), ("", 9, "sh-c")),
    "bs": (("a", 0, "sh-a"), ("", 9, "sh-c")),
    "sl": (("a", 0, "sh-a"), ("", 9, "sh-c")),
    "fi": (("", 9, "fi"),),
    "et": (("", 9, "et"),),
    "hu": (("a", 0, "hu-a"), ("", 9, "hu")),
    "tr": (("", 9, "tr"),),
    "az": (("", 9, "tr"),),
    "el": (("ία", 0, "ia-el"), ("", 9, "el0")),
    **dict.fromkeys(("de", "sv", "da", "no", "nb", "nn", "nl"), (("", 9, "name-s"),)),
    **dict.fromkeys(("hy", "ta", "te", "kn", "ml", "si", "bn", "mr", "ne", "or", "gu", "pa", "kk", "ky", "uz", "tk", "mn", "eu", "am"), (("", 9, "any"),)),
}  # fmt: skip
MORE_ENDINGS = (
    "name-s\t0 s",
    "ia-el\tία ίας ίαν",
    "el0\t0 ς",
    "hu-a\ta át ában ából ába ára áról án ánál ához ától ának ával áért áig ai aiak ait",
)
ADJECTIVES = {
    "ая": ("ая", "ой", "ую"),
    "ий": ("ий", "ого", "ому", "им", "ом"),
    "ый": ("ый", "ого", "ому"),
}
SHORTEST_STEM = 3


def suffix_lines() -> list[str]:
    """The classes as the packed table has them: `=name<TAB>ending ending ...`."""
    named = dict(line.split("\t") for line in [*lines_of("endings.txt"), *MORE_ENDINGS])
    return [f"={name}\t{endings}" for name, endings in sorted(named.items())] + ["=any\t*"]


def takes_bare(suffix_class: str) -> bool:
    """True where the class allows the stem alone."""
    endings = dict(line.split("\t") for line in [*lines_of("endings.txt"), *MORE_ENDINGS])
    return suffix_class == "any" or "0" in endings[suffix_class].split(" ")


def inflected(row: Row) -> Iterator[Row]:
    """The stems of a nominative in its language; nothing where the language has no rule."""
    name = row.surface
    if row.languages == "ru" and " " in name:
        yield from _two_words(row)
        return
    for ending, kept, suffix_class in NOUNS.get(row.languages, ()):
        if name.endswith(ending):
            stem = name if kept == 9 else name[: len(name) - len(ending) + kept]
            if len(stem) >= SHORTEST_STEM:
                yield row._replace(surface=stem, suffixes=suffix_class)
            return


def _two_words(row: Row) -> Iterator[Row]:
    """`Южная Корея` with both words inflected."""
    adjective, _, noun = row.surface.partition(" ")
    for form in ADJECTIVES.get(adjective[-2:], ()):
        yield from inflected_noun(row, f"{adjective[:-2]}{form} {noun}")


def inflected_noun(row: Row, surface: str) -> Iterator[Row]:
    """The last word of a surface inflected by the rules."""
    for ending, kept, suffix_class in NOUNS[row.languages]:
        if surface.endswith(ending):
            stem = surface if kept == 9 else surface[: len(surface) - len(ending) + kept]
            yield row._replace(surface=stem, suffixes=suffix_class)
            return


def demonyms() -> Iterator[Row]:
    """Adjectives and demonyms of languages other than English."""
    languages, default = "", ""
    for line in lines_of("demonyms.txt"):
        if line.startswith("["):
            languages, default = line.strip("[]").split(" ")
            continue
        code, *stems = line.split(" ")
        for item in stems:
            stem, _, own = item.partition(":")
            suffix_class = own or default
            surface = stem.replace("_", " ")
            plain = suffix_class == "0"
            forms = {surface, surface[0].upper() + surface[1:]}
            if languages == "ar":  # so that the country's name (الصين) does not hide الصيني
                forms |= {f"ال{surface}", f"لل{surface}"}
            for form in forms:
                yield Row(form, code, "demonym", languages, suffixes="" if plain else suffix_class)
