"""From CLDR and the hand-written lists in `countries/` to rows of names, regions, institutions, shadows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from unicodedata import normalize

from babel import Locale, localedata

from schemas.countries import code_table
from transforms.data.countries.endings import demonyms, inflected
from transforms.data.countries.lists import lines_of
from transforms.data.countries.rows import Row

NO_PLURAL = (
    "ese",
    "sh",
    "ch",
    "ss",
    "s",
    "men",
    "man",
    "women",
    "woman",
    "ois",
    "abe",
    "abé",
    "abè",
)
# CLDR names that are everyday words of their language or better written by hand.
UNWANTED = {
    "Man",
    "Island",
    "Indie",
    "Ö",
    "Congo",
    "Georgia",
    "Pole",
    "Mali i Zi",
    "Niue",
    "Guinea",
    "Salvador",
}
LOCALES = ("zh_Hant", "sr_Latn", "pt_PT", "es_MX")
NORWEGIAN = {"nb": "no", "nn": "no"}
# Languages whose capitals may go without accents; a bare name is no other word there.
UNACCENTED = frozenset(("fr", "es", "it", "el", "pt"))
ACCENTS = frozenset("\u0300\u0301\u0302\u0308")
# Names with a rule of their own, which prove nothing about the article.
AMBIGUOUS = {
    "Georgia",
    "Turkey",
    "Congo",
    "America",
    "Korea",
    "Chad",
    "Jordan",
    "Dominican",
    "Dominicans",
}
HYPHENATED = {"Sino": "CHN", "Russo": "RUS", "Franco": "FRA", "Anglo": "GBR", "Indo": "IND",
              "Turco": "TUR", "Turko": "TUR", "Americano": "USA", "Greco": "GRC", "Luso": "PRT",
              "Hispano": "ESP", "Italo": "ITA", "Belgo": "BEL", "Serbo": "SRB", "Dano": "DNK",
              "Israelo": "ISR", "Germano": "DEU", "Nippo": "JPN", "Finno": "FIN"}  # fmt: skip
# One character stands for a country only beside another one: 中美, 俄乌.
SHORT_HAN = {"中": "CHN", "美": "USA", "俄": "RUS", "日": "JPN", "韩": "KOR", "韓": "KOR", "朝": "PRK",
             "英": "GBR", "法": "FRA", "德": "DEU", "印": "IND", "澳": "AUS", "乌": "UKR", "烏": "UKR",
             "巴": "PAK", "伊": "IRN", "台": "TWN", "越": "VNM", "菲": "PHL", "欧": "EU", "歐": "EU",
             "以": "ISR", "泰": "THA", "米": "USA", "露": "RUS", "仏": "FRA", "独": "DEU",
             "日本": "JPN", "豪": "AUS"}  # fmt: skip
NOT_COMPOUNDS = {"中巴", "以中", "中以", "巴中", "台中", "日以", "以日", "美德", "法以", "以法", "德以",
                 "以德", "法印", "日台", "以美"}  # fmt: skip
OF_THREE = "中美俄日韩韓朝英法德印澳"  # of these three in a row are named together: 中日韩, 美英澳
SHORT_HANGUL = {"한": "KOR", "미": "USA", "중": "CHN", "일": "JPN", "러": "RUS", "북": "PRK"}
SHORT = SHORT_HAN | SHORT_HANGUL | {"华": "CHN", "華": "CHN"}
# Language, characters before, characters of countries behind them; those that form other words are left out.
ABROAD = (
    ("zh", "访訪", "华華美俄日韩韓英法德印朝越菲台欧歐"), ("zh", "对對", "华華美俄台乌烏朝"),
    ("zh", "驻駐", "华華美俄日韩韓英法德印朝越"), ("zh", "赴", "华華美俄日韩韓英法德"),
    ("zh", "在来侵反涉援", "华華"), ("zh", "援", "乌烏"), ("zh", "涉", "台"), ("zh", "旅", "美日英法德"),
    ("zh", "亲親", "美俄"), ("zh", "抗", "日美"), ("ja", "訪", "日米中韓露英仏独朝"),
    ("ja", "対", "中米日露韓"), ("ja", "駐", "日米中韓"), ("ja", "反", "日米"), ("ja", "在来", "日"),
    ("ko", "방", "한미중일러"), ("ko", "주", "한미중일러"), ("ko", "대", "북미"),
)  # fmt: skip
HANGUL_COMPOUNDS = (
    "한미 한중 한일 미중 미일 북미 북중 북러 중러 미러 한러 러북 중일 한미일 한중일 북중러".split()
)


def cldr_names() -> Iterator[Row]:
    """Territory names of CLDR in all its languages."""
    alpha3 = {row.alpha2: code for code, row in code_table().items() if row.alpha2}
    for identifier in sorted(localedata.locale_identifiers()):
        language = identifier.split("_")[0]
        if "_" in identifier and identifier not in LOCALES:
            continue
        language = NORWEGIAN.get(language, language)
        for alpha2, name in sorted(Locale.parse(identifier).territories.items()):
            code = alpha3.get(alpha2)
            if code and _is_usable(name, alpha2, language):
                flags = "g" if name in AMBIGUOUS else ""
                yield Row(_plain(name), code, "country", language, flags=flags)


def _is_usable(name: str, alpha2: str, language: str) -> bool:
    if name == alpha2 or len(name) < 2 or (language != "en" and name in UNWANTED):
        return False
    return not (name.isascii() and len(name) < 4)


def _plain(name: str) -> str:
    """`Myanmar (Burma)` -> `Myanmar`."""
    return name.split(" (", maxsplit=1)[0].split("（", maxsplit=1)[0].strip()


def hand_names() -> Iterator[Row]:
    """Names, short forms and abbreviations written by hand."""
    for line in lines_of("names.txt"):
        code, languages, kind, surfaces = line.split(" ", 3)
        for surface in surfaces.split("|"):
            flags = "x" if surface.endswith("~") else "g" if surface in AMBIGUOUS else ""
            yield Row(surface.rstrip("~"), code, kind, languages, flags=flags)


def english_demonyms() -> Iterator[Row]:
    """English adjectives and nouns with their plurals."""
    for line in lines_of("demonyms_en.txt"):
        code, *forms = line.split(" ")
        for form in (f.replace("_", " ") for f in forms):
            yield Row(form, code, "demonym", "en")
            if not form.endswith(NO_PLURAL):
                yield Row(form + "s", code, "demonym", "en")


def regions() -> Iterator[Row]:
    """States and provinces; abbreviations carry the flag `a`."""
    for line in lines_of("regions.txt"):
        head, _, surfaces = line.partition(": ")
        code, _, option = head.partition(" ")
        for surface in surfaces.split("|"):
            flags = "a" if option == "a" else ""
            language = option if len(option) == 2 else "en" if flags else "*"
            yield Row(surface, code, "region", language, flags=flags)


def institutions() -> Iterator[Row]:
    """Governments, armed forces, organisations, parties, companies."""
    for line in lines_of("institutions.txt"):
        head, _, surfaces = line.partition(": ")
        code, kind, *language = head.split(" ")
        for surface in surfaces.split("|"):
            if not surface.endswith("~"):
                yield Row(surface, code, kind, *(language or ["*" if kind != "org" else "en"]))  # type: ignore[arg-type]


def shadows() -> Iterator[Row]:
    """Longer names that hide a country's name; proper names do so in every language."""
    for line in lines_of("shadows.txt"):
        head, colon, rest = line.partition(": ")
        language, names = (head, rest) if colon and len(head) < 6 else ("en", line)
        for surface in names.split("|"):
            if not surface.endswith("~"):
                is_proper = language == "en" and " " in surface and surface.istitle()
                yield Row(surface, "-", "shadow", "*" if is_proper else language)


def cues() -> Iterator[Row]:
    """Phrases of a country's local news; they name nothing and are never mentions."""
    for line in lines_of("cues.txt"):
        code, _, surfaces = line.partition(": ")
        for surface in surfaces.split("|"):
            yield Row(surface, code, "cue", "en")


def compounds() -> Iterator[Row]:
    """Two countries in two characters; the matcher gives each its own character."""
    for a, code_a in SHORT_HAN.items():
        for b, code_b in SHORT_HAN.items():
            if len(a + b) == 2 and code_a != code_b and a + b not in NOT_COMPOUNDS:
                yield Row(a + b, f"{code_a}+{code_b}", "country", "ja,zh", flags="k")
    for three in permutations(OF_THREE, 3):
        trio = [SHORT_HAN[char] for char in three]
        if len(set(trio)) == 3:
            yield Row("".join(three), "+".join(trio), "country", "ja,zh", flags="k")
    for compound in HANGUL_COMPOUNDS:
        codes = "+".join(SHORT_HANGUL[c] for c in compound)
        yield Row(compound, codes, "country", "ko", flags="k")


def abroad() -> Iterator[Row]:
    """`访华`, `対米`, `방한`: a verb or preposition and one character, which alone is the name."""
    for language, before, after in ABROAD:
        for prefix in before:
            for char in after:
                yield Row(prefix + char, SHORT[char], "country", language, flags="l")


def prefixes() -> Iterator[Row]:
    """`Sino-`, `Franco-`: only before a hyphen."""
    for surface, code in HYPHENATED.items():
        yield Row(surface, code, "demonym", "*", flags="h")


def after_li(rows: list[Row]) -> Iterator[Row]:
    """`للصين`: an Arabic article loses its first letter behind the preposition li-."""
    for row in rows:
        if "ar" in row.languages.split(",") and row.surface.startswith("ال"):
            yield row._replace(surface="لل" + row.surface[2:], languages="ar")


def without_accents(rows: list[Row]) -> Iterator[Row]:
    """`Etats-Unis`, `Ελλαδα`: as capitals and hasty hands write them where capitals need no accents."""
    for row in rows:
        if row.kind in ("country", "capital") and row.languages in UNACCENTED:
            bare = _bare(row.surface)
            if bare != row.surface and len(bare) > 3:
                yield row._replace(surface=bare)


def _bare(surface: str) -> str:
    """The surface without acute, grave, circumflex and diaeresis; a tilde and a cedilla stay."""
    parts = normalize("NFD", surface)
    return normalize("NFC", "".join(c for c in parts if c not in ACCENTS))


def upper_case(rows: list[Row]) -> Iterator[Row]:
    """Variants for headlines in capitals; flag `u` asks for capitals around them."""
    for row in rows:
        upper = row.surface.upper()
        is_english = row.languages in ("en", "*")
        if (
            is_english
            and upper != row.surface
            and len(upper) >= 3
            and not set("ahkl") & set(row.flags)
        ):
            yield row._replace(surface=upper, flags=row.flags + "u", languages="en")


def all_names() -> Iterator[Row]:
    """All rows of this module."""
    named = [*cldr_names(), *hand_names()]
    nominatives = [*named, *without_accents(named), *after_li(named)]
    rows = [*nominatives, *english_demonyms(), *regions(), *institutions(), *shadows()]
    yield from rows
    yield from upper_case(rows)
    yield from demonyms()
    yield from cues()
    yield from compounds()
    yield from abroad()
    yield from prefixes()
    for row in nominatives:
        yield from inflected(row)
