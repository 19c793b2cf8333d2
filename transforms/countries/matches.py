"""A text and its language come in; the names of the lexicon that stand in it come out, in order.

One pass over the text. A hit counts where it stands between word boundaries
(scripts without spaces need none), speaks a language of the text and was valid on the article's day.
A hit that fails may hide a shorter name, which is then looked up word by word.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from transforms.countries.language import languages_of_letter
from transforms.countries.lexicon import Lexicon, Reading

LONGEST_NAME = 64  # characters
LATIN_ENDS = "\u0250"
Languages = tuple[str, str]  # the text's language and the next likely one
OTHER_SCRIPTS = frozenset(
    "ru uk be bg sr mk kk ky mn el hy ka he yi ar fa ur ps ug ku hi mr ne bn as pa gu or ta te kn ml si th lo"
    " km my am ti zh ja ko".split()
)  # languages in which Latin letters write foreign names, mostly as English does
# One-letter words that Arabic and Hebrew write together with the next one: and, with, to, the ...
CLITICS = {"ar": frozenset("وبلفكا"), "he": frozenset("ובלמהשכ")}
LONGEST_CLITIC = 4
LONGEST_FREE_ENDING = 5  # letters that languages without rules of their own may add


@dataclass(slots=True)  # whose fields are read several times faster than a NamedTuple's
class Name:
    """A name of the lexicon in a text."""

    start: int
    end: int
    reading: Reading
    options: tuple[Reading, ...]  # all that the surface may mean, the reading among them


def needs_no_space(char: str) -> bool:
    """True for scripts whose words touch: Thai to Khmer, Tibetan, kana and Han."""
    return char >= "\u0e00" and (
        char <= "\u0eff"
        or "\u0f00" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
    )


def is_katakana(char: str) -> bool:
    """True for a katakana letter or the sign that lengthens its vowel."""
    return "\u30a1" <= char <= "\u30fa" or char == "ー"


def is_hangul(char: str) -> bool:
    """True for a Hangul syllable; particles follow a Korean noun without a space."""
    return "\uac00" <= char <= "\ud7a3"


def choose(readings: tuple[Reading, ...], languages: Languages, day: int | None) -> Reading | None:
    """The first reading that speaks one of the languages and is valid on the day (None: any day)."""
    for reading in readings:
        if reading.suffixes and "b" not in reading.flags:
            continue
        own = reading.languages
        if (not own or languages[0] in own or languages[1] in own) and (
            day is None or reading.first_day <= day <= reading.last_day
        ):
            return reading
    return None


def _named(
    start: int, end: int, readings: tuple[Reading, ...], languages: Languages, day: int | None
) -> list[Name]:
    """The name with the reading that counts here, or none."""
    reading = choose(readings, languages, day)
    return [Name(start, end, reading, readings)] if reading else []


class Matcher:
    """Finds the names of one lexicon in texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._inflected = lexicon.endings.languages
        endings = chain.from_iterable(lexicon.endings.suffixes.values())
        self._longest_ending = max(LONGEST_FREE_ENDING, *map(len, endings))

    def find(self, text: str, languages: Languages, day: int | None) -> list[Name]:
        """All names in the text, left to right, without overlaps; `day` counts from 1970-01-01."""
        out: list[Name] = []
        resume = 0
        around = f" {text} "  # the signs beside a hit, without asking where the text ends
        rows, table = self.lexicon.rows, self.lexicon.readings
        own = languages
        is_latin = own[0] not in OTHER_SCRIPTS  # 中国 in an English text
        latin = own if is_latin else ("en", own[0])
        is_stiff = self._inflected.isdisjoint(latin)  # Latin names take no endings
        for number, start, end in self._hits(text):
            if start < resume:
                continue
            is_part = around[start].isalnum() or around[end + 1].isalnum()
            if (first := text[start]) < LATIN_ENDS:
                if is_part and is_stiff and text.find(" ", start, end) < 0:
                    continue  # a part of a word, which hides nothing
                languages = latin
            else:
                told = languages_of_letter(first) if is_latin else own
                languages = told if told[0] else own
            readings = table[rows[number]]
            if not is_part and (reading := choose(readings, languages, day)):
                out.append(Name(start, end, reading, readings))
                resume = end
            elif found := self._otherwise(text, start, end, readings, languages, day):
                out += found
                resume = found[-1].end
        return out

    def _otherwise(
        self,
        text: str,
        start: int,
        end: int,
        readings: tuple[Reading, ...],
        languages: Languages,
        day: int | None,
    ) -> list[Name]:
        """What a hit stands for that letters touch, or that has no reading here."""
        found: list[Name] = []
        is_whole = end == len(text) or not text[end].isalnum()
        is_inside = start > 0 and text[start - 1].isalnum()
        if text[start] >= LATIN_ENDS and (is_inside or not is_whole):
            found = self._in_a_word(text, start, end, readings, languages, day)
        elif not is_inside:  # Latin letters have no clitics: no name begins inside a word
            found = self._stem_or_shorter(text, start, end, readings, languages, day)
        if not found and text.find(" ", start, end) >= 0:
            found = self._further(text, start, end, languages, day)
        return found

    def _further(
        self, text: str, start: int, end: int, languages: Languages, day: int | None
    ) -> list[Name]:
        """Names that begin inside a hit that did not count, and reach beyond it.

        "an India" is Irish, and hides the Indian of "an Indian" and the India of "than India".
        """
        at = text.find(" ", start, end) + 1
        while at:
            hits = self._hits(text[at : at + LONGEST_NAME])
            if hits and not hits[0][1] and at + hits[0][2] >= end:
                number, _, length = hits[0]
                readings, stop = self.lexicon.readings[self.lexicon.rows[number]], at + length
                if stop < len(text) and text[stop].isalnum():
                    return self._in_a_word(text, at, stop, readings, languages, day)
                return _named(at, stop, readings, languages, day)
            at = text.find(" ", at, end) + 1
        return []

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        """Number of the surface, start and end of each hit; lone surrogates count as any other sign."""
        try:
            return self.lexicon.surfaces.find(text)
        except UnicodeEncodeError:
            whole = text.encode("utf-8", "replace").decode("utf-8")
            return self.lexicon.surfaces.find(whole)

    def _in_a_word(
        self,
        text: str,
        start: int,
        end: int,
        readings: tuple[Reading, ...],
        languages: Languages,
        day: int | None,
    ) -> list[Name]:
        """Names where letters touch the hit: unspaced scripts, clitics, suffixes, or a shorter name."""
        first = text[start]
        if needs_no_space(first):
            if is_katakana(first) and _is_longer_katakana(text, start, end):
                return []
            return _named(start, end, readings, languages, day)
        if start and text[start - 1].isalnum() and not self._after_clitic(text, start, languages):
            return []
        if end == len(text) or not text[end].isalnum() or is_hangul(first):
            return _named(start, end, readings, languages, day)
        return self._stem_or_shorter(text, start, end, readings, languages, day)

    def _stem_or_shorter(
        self,
        text: str,
        start: int,
        end: int,
        readings: tuple[Reading, ...],
        languages: Languages,
        day: int | None,
    ) -> list[Name]:
        """A stem with its ending (`Ruska`: a Sorbian name, a Czech case), or names inside the hit."""
        if not self._inflected.isdisjoint(languages):
            found = self._with_suffix(text, start, end, readings, languages, day)
            if found:
                return [found]
        has_parts = text.find(" ", start, end) >= 0
        return self._shorter(text, start, end, languages, day) if has_parts else []

    @staticmethod
    def _after_clitic(text: str, start: int, languages: Languages) -> bool:
        clitics = CLITICS.get(languages[0])
        if clitics is None:
            return False
        floor = max(0, start - LONGEST_CLITIC)
        at = start
        while at > floor and text[at - 1] in clitics:
            at -= 1
        return at == 0 or not text[at - 1].isalnum()

    def _with_suffix(
        self,
        text: str,
        start: int,
        end: int,
        readings: tuple[Reading, ...],
        languages: Languages,
        day: int | None,
    ) -> Name | None:
        """The stem with an ending of its class; shorter stems of the hit are tried as well."""
        longest = self._longest_ending
        limit = min(len(text), end + longest)
        stop = end
        while stop < limit and text[stop].isalnum():
            stop += 1
        if stop < len(text) and text[stop].isalnum():
            return None
        for cut in range(end, max(start + 2, stop - longest - 1), -1):
            if cut < end:
                readings = self.lexicon.of(text[start:cut])
            for reading in readings:
                if self._ends_well(reading, text[cut:stop], languages, day):
                    return Name(start, stop, reading, (reading,))
        return None

    def _ends_well(
        self, reading: Reading, ending: str, languages: Languages, day: int | None
    ) -> bool:
        own = reading.languages
        if not reading.suffixes or (own and own.isdisjoint(languages)):
            return False
        endings = self.lexicon.endings.suffixes[reading.suffixes]
        is_known = ending in endings or ("*" in endings and len(ending) <= LONGEST_FREE_ENDING)
        return is_known and (day is None or reading.first_day <= day <= reading.last_day)

    def _shorter(
        self, text: str, start: int, end: int, languages: Languages, day: int | None
    ) -> list[Name]:
        """Whole-word names inside a hit that did not count, longest first from the left."""
        out: list[Name] = []
        at = start
        is_whole = end == len(text) or not text[end].isalnum()
        while at < end:
            stop = end if is_whole and at > start else text.rfind(" ", at, end)
            while stop > at:
                readings = self.lexicon.of(text[at:stop])
                if reading := choose(readings, languages, day):
                    out.append(Name(at, stop, reading, readings))
                    break
                stop = text.rfind(" ", at, stop)
            space = text.find(" ", max(at, stop), end)
            if space < 0:
                break
            at = space + 1
        return out


def _is_longer_katakana(text: str, start: int, end: int) -> bool:
    """`アメリカン`, `クリマ`: the hit is a part of a longer word."""
    before = start > 0 and is_katakana(text[start - 1])
    return before or (end < len(text) and is_katakana(text[end - 1]) and is_katakana(text[end]))
