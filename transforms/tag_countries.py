"""Headline and body of an article come in; every country named comes out, with mentions and salience.

Organisations that act like states (EU, NATO, UN ...) are rows of their own with kind `org`;
`schemas.countries.is_country` tells the two apart. The lexicon finds names (`country_matches`),
local rules drop what means no country (`country_context`), a small model says which countries
the story is about (`country_salience`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from schemas.records import Country, CountryMention
from transforms.country_context import dateline_end, meant, role_of
from transforms.country_language import base_language, guess_language
from transforms.country_lexicon import MICROSECONDS_A_DAY, packaged_lexicon
from transforms.country_matches import Matcher
from transforms.country_names import UserName, with_user_names
from transforms.country_salience import salience

LONGEST_HEADLINE = 300  # characters of a first paragraph that still reads as a headline


class CountryTagger:
    """Tags texts with one lexicon; safe to share between threads."""

    def __init__(self, user_names: Sequence[UserName] = ()) -> None:
        self._matcher = Matcher(with_user_names(packaged_lexicon(), user_names))

    def tag(
        self, headline: str, body: str, *, language: str = "", date: int | None = None
    ) -> list[Country]:
        """Countries by falling salience, then code; `date` in microseconds UTC."""
        spoken = base_language(language) or guess_language(f"{headline}\n{body[:2000]}")
        day = None if date is None else date // MICROSECONDS_A_DAY
        mentions = [
            *self._mentions("headline", headline, spoken, day),
            *self._mentions("body", body, spoken, day),
        ]
        return rank(mentions)

    def _mentions(
        self, field: str, text: str, language: str, day: int | None
    ) -> list[CountryMention]:
        names = meant(text, self._matcher.find(text, language, day))
        dateline = dateline_end(text) if field == "body" else 0
        return [
            CountryMention(
                code,
                field,
                name.start,
                name.end,
                text[name.start : name.end],
                name.reading.kind,
                role_of(text, name, dateline),
            )
            for name in names
            for code in name.reading.codes
        ]


def rank(mentions: Sequence[CountryMention]) -> list[Country]:
    """Group mentions by country and rank the countries by salience."""
    by_code: dict[str, list[CountryMention]] = {}
    for mention in mentions:
        by_code.setdefault(mention.code, []).append(mention)
    countries = [
        Country(code, salience(group, len(mentions), position), group)
        for position, (code, group) in enumerate(by_code.items())
    ]
    return sorted(countries, key=lambda country: (-country.salience, country.code))


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
