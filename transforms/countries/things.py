"""A name in its text comes in; whether it is part of a thing's name comes out, or names a culture.

Languages and dishes, breeds and recipes, ships, and the titles of songs and films.
"""

from __future__ import annotations

from transforms.countries.matches import Name
from transforms.countries.words import word_sets

AROUND = 120  # characters on each side in which the words of a kitchen or a stage are looked for
LONGEST_TITLE = 30  # characters of a title on each side of the name
QUOTES = '"“”'


def is_thing(text: str, name: Name, before: str, after: str) -> bool:
    """True where a place or people names a culture's thing, a ship or a work of art.

    `before` and `after` are the words beside it.
    """
    start, kind = name.start, name.reading.kind
    if kind == "demonym" and is_culture(text, name, before, after):
        return True
    head = text[start - LONGEST_TITLE if start > LONGEST_TITLE else 0 : start]
    if kind != "country" and before in word_sets()["ships"] and head.endswith(f" {before} "):
        return kind != "demonym" or after[:1].isupper()  # the cruise ship Norwegian Joy
    return ('"' in head or "“" in head) and is_work(text, name, head)


def is_culture(text: str, name: Name, before: str, after: str) -> bool:
    """True for languages, dishes and things: `in Spanish`, `Spanish guitar`, `English lessons`."""
    sets = word_sets()
    after = after.rstrip(",.;:!?")
    if after in sets["culture_nouns"] or (after[:1].islower() and is_in_a_recipe(text, name)):
        return True
    if before.lower() in sets["culture_nouns_before"] or is_learned(text, name, after):
        return True
    if text[name.start : name.end] not in sets["languages"]:
        return False
    if after and after not in sets["after_language"] and not after[0].isdigit():
        return False
    if before.lower() in sets["language_verbs"]:
        return True
    sentence = text[max(0, name.start - 80) : name.start].rpartition(". ")[2]
    words = sentence.replace(",", " ").split()[-8:]
    verbs = sets["language_verbs"] - {"in", "into"}
    return any(w.lower() in verbs for w in words)


def is_learned(text: str, name: Name, after: str) -> bool:
    """`habla alemán e italiano`, `lernt fließend Spanisch`: the language that somebody speaks."""
    if name.reading.languages == frozenset({"en"}) or after[:1].isupper():
        return False
    sets = word_sets()
    words = text[max(0, name.start - 40) : name.start].replace("l'", "l' ").split()
    if text[name.start - 1 : name.start] not in (" ", "'", "’"):
        return False
    for count, word in enumerate(reversed(words[-4:])):
        if word in sets["speaks_and_learns"] or word.lower() in sets["speaks_and_learns"]:
            return True
        is_language = count == 1 and words[-1] in ("et", "y", "e", "und")
        if word not in sets["between_verb_and_language"] and not is_language:
            return False
    return False


def is_in_a_recipe(text: str, name: Name) -> bool:
    """`whisk Dijon mustard with Greek honey for the glaze`: two words of a cook stand around."""
    around = text[max(0, name.start - AROUND) : name.end + AROUND]
    return sum(map(around.__contains__, word_sets()["cooking"])) > 1


def is_work(text: str, name: Name, head: str) -> bool:
    """`"Hotel California" and "Africa" by Toto`: a short title in quotes beside words of art."""
    opened = max(map(head.rfind, QUOTES))
    behind = text[name.end : name.end + LONGEST_TITLE]
    closed = min((at for at in map(behind.find, QUOTES) if at >= 0), default=-1)
    if closed < 0:
        return False
    title = head[opened + 1 :] + text[name.start : name.end] + behind[:closed]
    words = title.rstrip(",.").split()
    if title[:1].isspace() or title.endswith(("!", "?")) or len(words) > 4:
        return False
    if not all(word[0].isupper() or word in ("of", "in", "the", "to", "and") for word in words):
        return False
    around = text[max(0, name.start - AROUND) : name.end + AROUND].lower()
    return not word_sets()["works"].isdisjoint(word.strip(',.;:"“”') for word in around.split())
