"""One line of plain text comes in; out goes the rule by which it leads elsewhere or sells ("" = none).

"Read more: ...", "Find an agent »", "See the game on Steam", "Morning Edition Newsletter": a lead, an arrow,
a verb of selling with what the outlet sells, or the name of a letter and no more.
"""

from __future__ import annotations

import re

from transforms.pages.boilerplate_phrases import ends_sentence

_SENTENCE_ENDS = frozenset(".!?…。！？؟।:;\"”»'’)]")
_HEADLINE_PREFIX = re.compile(
    r"^(?:(?:more|related|read|watch|see also|video|photos|gallery|listen|live|opinion|"
    r"exclusive|podcast|mehr|lesen|auch|video|lire|leia|lee|leggi|lees)\s*[:|>»]"
    r"|(?:im |en |in |no |zum )?(?:videos?|vídeos?|vidéos?|видео|فيديو)\s?:"
    r"|(?:also read|read also|must read|read next|read more|also see|also watch|earlier story|"
    r"full story|full coverage|go deeper|must watch|flashback|related (?:story|stories|coverage|"
    r"roundup|videos?|articles?|posts?|topics?|news|links?|reading|gallery|guide|podcast))\s*[:|]|(?:explained|sponsored|promoted)\s*\|"
    r"|(?:see also|read also|read more|also read|related)\s+[–—-])\s*\S",
    re.I,
)
LEADS = ":|>»–—-"  # one of which such a prefix has
_SELF_NAMING = re.compile(
    r"\b(?:now known as|formerly known as|is now called)\b.{0,80}\bwill be\b", re.I
)
_PROMO_VERB = re.compile(
    r"^(?:discover|customi[sz]e|personali[sz]e|celebrate|subscribe|download|install|join|explore|enjoy|"
    r"unlock|upgrade|try|sign up|log in|register|become|support|never miss|stay|get)\s+"
    r"(?:our|us|more from|all the new|unlimited|free|now|today|up to date)\b",
    re.I,
)
_FREE_OFFER = re.compile(r"^free (?:access|trial|delivery|newsletter|registration)\b[^.!?]*$", re.I)
# "See the game on Steam"
_SHOP = re.compile(
    r"^(?:See|Buy|Shop|Order|View)\s(?:it|this|these|them|now|one|the|[A-Z\d]\S*)\b.{0,60}\s(?:on|at|from|bei)\s"
    r"(?:Amazon|Walmart|Best Buy|Target|eBay|Steam|Etsy)(?: for [$€£]\d[\d.,]*)?$"
)
# "More city council coverage", "More great stories from Harbour Post"
_MORE_STORIES = re.compile(
    r"^more (?!bad |good |fake |success |horror |love )(?:[\w'-]+ ){1,4}"
    r"(?:coverage|news|stories|headlines|articles|videos|"
    r"recommendations)(?: from .{2,30})?$"
)
# "Also on example.com ...", "Find an agent »"; French closes quotations with » too
_ON_SITE = re.compile(
    r"^(?i:(?:also |more )?on) [\w-]+\.(?:com|org|net|co\.uk|de|fr|es|it)(?::\s|\s(?=[A-Z]))\S"
)
_ON = ("on ", "also on ", "more on ")
_ARROW = (" >>", " >", " »", " ›", " →", " ➔", " »»")
_MAX_ARROWED, _MAX_POINTED = 14, 7  # words
# "Morning Edition Newsletter"
_LETTER_NAME = re.compile(
    r"^(?!(?:The|A|An|This|Der|Die|Ein|Le|La)\s)(?:[A-Z\d][\w.'’&-]*\s){1,4}(?i:newsletters?)$"
)


def promo_rule(line: str, folded: str, words: int, *, is_lead: bool) -> str:
    """The rule of a line of so many words, folded too, that leads or sells. Linear in the line.

    `is_lead` says whether one of LEADS stands in it.
    """
    return _leading_rule(line, folded, words, is_lead) or _selling_rule(line, folded, words)


def _leading_rule(line: str, folded: str, words: int, is_lead: bool) -> str:
    """ "Read more: ...", "Find an agent »", "On example.com: ...", "More city council coverage"."""
    if words > 25:
        return ""
    if is_lead and _HEADLINE_PREFIX.match(line.lstrip("([\u200b")):
        return "related"
    is_arrowed = line.endswith(_ARROW) and _is_arrow(line, words)
    is_door = folded.startswith("more ") and words <= 9 and _MORE_STORIES.match(folded)
    is_site = folded.startswith(_ON) and _ON_SITE.match(line)
    is_elsewhere = is_site and not ends_sentence(line)
    return "related" if is_arrowed or is_door or is_elsewhere else ""


def _is_arrow(line: str, words: int) -> bool:
    """Does the sign at the end point elsewhere? "Nous ne voulons plus de cette guerre. »" ends a quotation
    that opened some paragraphs before.
    """
    if line[-1] not in "»›":
        return words <= _MAX_ARROWED
    told = line.rstrip(" »›")
    is_sentence = told[-1:] in ".!?…" or "," in told
    return words <= _MAX_POINTED and not is_sentence and "«" not in line and "‹" not in line


def _selling_rule(line: str, folded: str, words: int) -> str:
    if words <= 30 and "will be" in folded and _SELF_NAMING.search(line):
        return "self-promo"
    if words <= 8 and line[-1] not in _SENTENCE_ENDS and _PROMO_VERB.match(line.lstrip(" •·*-")):
        return "self-promo"
    if words <= 12 and _FREE_OFFER.match(line):
        return "subscribe"
    if words <= 14 and line[0] in "SBOV" and _SHOP.match(line):
        return "affiliate"
    is_letter = words <= 5 and folded.endswith(("letter", "letters")) and _LETTER_NAME.match(line)
    return "newsletter" if is_letter else ""
