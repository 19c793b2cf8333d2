"""One rule each for names that mean two countries, or a country and a thing.

A rule takes the text, the name and the count of unambiguous names a country, and gives the name with
its right reading, or None where it means no country.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from transforms.countries.matches import Name
from transforms.countries.places import Count
from transforms.countries.words import word_after, word_before, word_sets

Rule = Callable[[str, Name, Count], Name | None]
AROUND = 70  # characters on each side in which a rule looks for its words
NEARBY = 1000  # characters on each side that count as the same story
CAUCASUS = ("RUS", "ARM", "AZE", "UKR", "TUR", "MDA", "SUN", "KAZ", "BLR", "EU", "NATO")
PRONOUNS = frozenset("he his him himself she her herself".split())
ARTICLES = frozenset("the your his her their my our its a an up off".split())


def _words_around(text: str, name: Name) -> set[str]:
    around = text[max(0, name.start - AROUND) : name.end + AROUND]
    for mark in ",.;:!?\"'()’":
        around = around.replace(mark, " ")
    return set(around.split())


def _nearby(text: str, name: Name) -> str:
    """A few paragraphs on each side; of a whole text it would be looked at once a name."""
    return text[max(0, name.start - NEARBY) : name.end + NEARBY]


def _as(name: Name, code: str, kind: str = "region") -> Name:
    return replace(name, reading=replace(name.reading, codes=(code,), kind=kind))


def _is_address(text: str, name: Name) -> bool:
    """`Athens, Georgia`: the end of an address."""
    town, comma, _ = word_before(text, name.start).partition(",")
    return bool(comma) and town in word_sets()["georgia_towns"]


def georgia(text: str, name: Name, count: Count) -> Name | None:
    """The state beside other American names, the country beside its neighbours."""
    own, neighbours = count["GEO"], sum(count[code] for code in CAUCASUS)
    if own:
        return name
    nearby = _nearby(text, name)
    if "the state's" in nearby or "the state’s" in nearby:
        return _as(name, "USA")
    words = _words_around(text, name)
    if words & word_sets()["georgia_us"] or word_before(text, name.start) in (
        "South",
        "south",
        "North",
        "north",
    ):
        return _as(name, "USA")
    if _is_address(text, name):
        return _as(name, "USA")
    if (
        word_after(text, name.end) == "state"
        or text[max(0, name.start - 14) : name.start] == "University of "
    ):
        return _as(name, "USA")
    return _as(name, "USA") if count["USA"] > neighbours else name


def indian(text: str, name: Name, count: Count) -> Name | None:
    """The native American, where tribes and casinos stand around and India does not."""
    words = {w.lower() for w in _words_around(text, name)}
    return None if words & word_sets()["tribal"] and "India " not in _nearby(text, name) else name


def saint_johns(text: str, name: Name, count: Count) -> Name | None:
    """The hospital, school or church, unless Newfoundland or Antigua is spoken of."""
    nearby = _nearby(text, name)
    if "Antigua" in nearby:
        return _as(name, "ATG", "capital")
    return name if any(word in nearby for word in ("Newfoundland", "Canad")) else None


def turkey(text: str, name: Name, count: Count) -> Name | None:
    """The bird at the stove or in the woods, where nothing else speaks for the country."""
    if count["TUR"]:
        return name
    words = {w.lower() for w in _words_around(text, name)}
    return None if words & word_sets()["kitchen"] else name


def congo(text: str, name: Name, count: Count) -> Name | None:
    """Kinshasa's, unless the article speaks of Brazzaville alone."""
    if count["COG"] and not count["COD"]:
        return _as(name, "COG", name.reading.kind)
    return name


def korea(text: str, name: Name, count: Count) -> Name | None:
    """Pyongyang's, where its leaders stand around and the South does not."""
    nearby = text[max(0, name.start - AROUND) : name.end + AROUND]
    is_north = "Pyongyang" in nearby or "Kim Jong" in nearby
    if is_north and not count["KOR"]:
        return _as(name, "PRK", name.reading.kind)
    return name


def namesake_in_georgia(text: str, name: Name, count: Count) -> Name | None:
    """`Athens, Georgia`: the state's, since the country has no such town."""
    is_there = text.startswith(", Georgia", name.end) or text.startswith(", Ga.", name.end)
    return _as(name, "USA", "city") if is_there else name


def dominican(text: str, name: Name, count: Count) -> Name | None:
    """The larger state's, unless the article speaks of Dominica alone."""
    nearby = _nearby(text, name)
    is_smaller = "Dominica" in nearby.replace("Dominican", "") and "Dominican Rep" not in nearby
    return _as(name, "DMA", "demonym") if is_smaller else name


def one_of_that_name(text: str, name: Name, count: Count) -> Name | None:
    """Chad or Jordan of whom the next words say "he", where nothing else speaks for the country."""
    behind = text[name.end : name.end + AROUND].partition(".")[0]
    is_subject = behind[:1] == " " and behind[1:2].islower()
    is_man = is_subject and not PRONOUNS.isdisjoint(behind.split())
    return None if is_man and not count[name.reading.codes[0]] else name


def of_german_speakers(text: str, name: Name, count: Count) -> Name | None:
    """Austria and Switzerland have a Bundesrat of their own, and Austria a Bundeskanzler."""
    nearby = _nearby(text, name)
    if any(word in nearby for word in ("Berlin", "deutsch", "Deutsch")):
        return name
    if any(word in nearby for word in ("Wien", "sterreich")):
        return _as(name, "AUT", name.reading.kind)
    if any(word in nearby for word in ("Bern", "Schweiz", "schweiz")):
        return _as(name, "CHE", name.reading.kind)
    return name


def of_french_speakers(text: str, name: Name, count: Count) -> Name | None:
    """A dozen states have an Assemblée nationale; France's only where France is spoken of."""
    nearby = _nearby(text, name)
    is_french = any(word in nearby for word in ("France", "françai", "Paris", "Français"))
    is_elsewhere = any(number and code != "FRA" for code, number in count.items())
    return name if is_french or not is_elsewhere else None


def polish(text: str, name: Name, count: Count) -> Name | None:
    """The verb at the start of a sentence: `Polish the silver`."""
    is_start = name.start == 0 or text[max(0, name.start - 2) : name.start].rstrip()[-1:] in (
        ".",
        "!",
        "?",
        "",
    )
    return None if is_start and word_after(text, name.end) in ARTICLES else name


def jersey(text: str, name: Name, count: Count) -> Name | None:
    """The island only where nothing speaks of America, and after a preposition."""
    if count["USA"]:
        return None
    before = word_before(text, name.start)
    return name if before in word_sets()["wide_prepositions"] else None


def danish(text: str, name: Name, count: Count) -> Name | None:
    """`a Danish and coffee`."""
    after = word_after(text, name.end)
    if word_before(text, name.start) in ("a", "A") and (
        not after or after in ("and", "or", "with")
    ):
        return None
    return name


def java(text: str, name: Name, count: Count) -> Name | None:
    """The island beside Indonesia's names or after a preposition of place."""
    is_place = word_before(text, name.start) in word_sets()["prepositions"]
    return name if count["IDN"] or is_place else None


def the_states(text: str, name: Name, count: Count) -> Name | None:
    """`America`: the continent where South or Latin stands before it."""
    return None if word_before(text, name.start) in ("South", "Latin", "North", "Central") else name


SPECIAL: dict[str, Rule] = {
    "Georgia": georgia,
    "GEORGIA": georgia,
    "Indian": indian,
    "Indians": indian,
    "St. John's": saint_johns,
    "St. John’s": saint_johns,
    "Turkey": turkey,
    "TURKEY": turkey,
    "Congo": congo,
    "Congolese": congo,
    **dict.fromkeys(("Athens", "Rome", "Dublin", "Vienna", "Cairo", "Smyrna"), namesake_in_georgia),
    "Korea": korea,
    "Dominican": dominican,
    "Dominicans": dominican,
    "Chad": one_of_that_name,
    "Jordan": one_of_that_name,
    "Polish": polish,
    "Jersey": jersey,
    "Guernsey": jersey,
    "Danish": danish,
    **dict.fromkeys(
        ("Bundesregierung", "Bundesrat", "Bundeskanzler", "Bundeskanzlerin"), of_german_speakers
    ),
    "Assemblée nationale": of_french_speakers,
    "Java": java,
    "America": the_states,
}
