"""Headline and body of an article come in; every country named comes out, with mentions and salience.

Organisations that act like states (EU, NATO, UN ...) are rows of their own with kind `org`;
`schemas.countries.is_country` tells the two apart. The lexicon finds names (`countries/matches`),
local rules drop what means no country (`countries/context`), a small model says which countries
the story is about (`countries/salience`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from schemas.records import Country, CountryMention
from transforms.countries.context import Field, resolve
from transforms.countries.language import spoken_languages
from transforms.countries.lexicon import MICROSECONDS_A_DAY, Reading, packaged_lexicon
from transforms.countries.matches import Languages, Matcher, Name
from transforms.countries.roles import LONGEST_DATELINE, credits_start, dateline_end, role_of
from transforms.countries.salience import saliences
from transforms.countries.words import word_sets

if TYPE_CHECKING:
    from transforms.countries.user_names import UserName

_new = (
    tuple.__new__
)  # a NamedTuple's own constructor takes three times as long, and mentions are many
LOWER_KINDS = frozenset(("country", "demonym", "shadow"))
LONGEST_HEADLINE = 300  # characters of a first paragraph that still reads as a headline


class CountryTagger:
    """Tags texts with one lexicon; safe to share between threads."""

    def __init__(self, user_names: Sequence[UserName] = ()) -> None:
        lexicon = packaged_lexicon()
        if user_names:
            from transforms.countries.user_names import with_user_names

            lexicon = with_user_names(lexicon, user_names)
        self._matcher = Matcher(lexicon)

    @property
    def names(self) -> Mapping[str, tuple[Reading, ...]]:
        """Every surface with its readings, the user's own included."""
        lexicon = self._matcher.lexicon
        return {name: lexicon.readings[packed] for name, packed in lexicon.by_surface().items()}

    def tag(
        self, headline: str, body: str, *, language: str = "", date: int | None = None
    ) -> list[Country]:
        """Countries by falling salience, then code; `date` in microseconds UTC."""
        spoken = spoken_languages(language, f"{headline}\n{body[:2000]}")
        day = None if date is None else date // MICROSECONDS_A_DAY
        found = [
            Field("headline", headline, self._names(headline, spoken, day)),
            Field("body", body, self._names(body, spoken, day)),
        ]
        mentions = [m for field in resolve(found) for m in mentions_of(field)]
        return rank(mentions, len(body))

    def _names(self, text: str, spoken: Languages, day: int | None) -> list[Name]:
        """The names found, in a text that is all capitals or has none as if it were written well.

        The lexicon has English in capitals itself.
        """
        names = self._matcher.find(text, spoken, day)
        is_low = text.islower()
        if not is_low and (spoken[0] == "en" or not text.isupper()):
            return names
        titled = text.title()
        if len(titled) != len(text):
            return names
        taken = {at for name in names for at in range(name.start, name.end)}
        more = self._matcher.find(titled, spoken, day)
        free = [name for name in more if taken.isdisjoint(range(name.start, name.end))]
        if is_low:
            free = [name for name in free if is_plain_in_lower_case(name, titled)]
        return sorted([*names, *free], key=lambda name: name.start)


def is_plain_in_lower_case(name: Name, titled: str) -> bool:
    """True for a country's name or adjective that is no word of another meaning: `france`, not `china`."""
    surface = titled[name.start : name.end]
    if name.reading.kind not in LOWER_KINDS:
        return " " in surface and name.reading.kind == "leader"
    return not name.reading.flags.strip("bu") and surface not in word_sets()["also_words"]


def mentions_of(field: Field) -> list[CountryMention]:
    """The names of a resolved field as mentions with roles, in the order of the text."""
    if not field.names:
        return []
    where, text, names = field.field, field.text, field.names
    is_body = where == "body"
    dateline = dateline_end(text) if is_body and names[0].start < LONGEST_DATELINE else 0
    signed = credits_start(text) if is_body else len(text)
    out = []
    for name in names:
        start, end, kind = name.start, name.end, name.reading.kind
        is_body_text = dateline <= start < signed
        role = role_of(text, name) if is_body_text else "byline" if start >= signed else "dateline"
        surface = text[start:end]
        for code in name.reading.codes:
            out.append(_new(CountryMention, (code, where, start, end, surface, kind, role)))
    return out


def rank(mentions: Sequence[CountryMention], length: int) -> list[Country]:
    """Group mentions by country and rank the countries by salience; `length` of the body."""
    by_code: dict[str, list[CountryMention]] = {}
    for mention in mentions:
        by_code.setdefault(mention.code, []).append(mention)
    by_code = {code: group for code, group in by_code.items() if _is_named(group)}
    scores = saliences(by_code, length)
    countries = [_new(Country, (code, scores[code], group)) for code, group in by_code.items()]
    return sorted(countries, key=lambda country: (-country.salience, country.code))


def _is_named(mentions: Sequence[CountryMention]) -> bool:
    """False for a country that only the agency's credits name."""
    return {mention.role for mention in mentions} != {"byline"}


@cache
def default_tagger() -> CountryTagger:
    """The tagger without user names, built once a process."""
    return CountryTagger()


def tag_countries(
    headline: str, body: str, *, language: str = "", date: int | None = None
) -> list[Country]:
    """Every country and state-like organisation that the article names, most salient first.

    `language` is BCP 47 ("" = found out from the text), `date` the article's date in microseconds
    UTC, for the leaders in office then (None = those in office at any time count).
    """
    return default_tagger().tag(headline, body, language=language, date=date)


def split_headline(text: str) -> tuple[str, str]:
    """Split text whose first paragraph is a headline: short, and without a full stop at its end."""
    head, separator, body = text.partition("\n")
    stripped = head.rstrip()
    if not separator or len(stripped) > LONGEST_HEADLINE or stripped.endswith((".", "。", '."')):
        return "", text
    return head, body
