"""One line of plain text comes in, the rule by which it is no article text goes out ("" = content).

Each line is judged by itself, so whatever could be a sentence of a story stays. Form is asked first
(icon runs, dates, credits, bare addresses), then the wording as a whole (`boilerplate_phrases`), then
whether the line offers something to its reader (`reader_lines`) or is made of labels (`label_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transforms.pages.boilerplate_phrases import count_words, ends_sentence, fold, phrase_rule
from transforms.pages.credit_lines import credit_rule
from transforms.pages.date_lines import is_date_line
from transforms.pages.door_lines import door_rule
from transforms.pages.furniture_lines import furniture_rule
from transforms.pages.icon_runs import MIN_ICONS, is_icon_run
from transforms.pages.label_lines import label_rule
from transforms.pages.line_hints import Hints, line_hints
from transforms.pages.notice_lines import MAX_WORDS, notice_rule
from transforms.pages.promo_lines import promo_rule
from transforms.pages.reader_lines import is_reported, reader_rule
from transforms.pages.section_names import load_section_names
from transforms.pages.stamp_lines import is_stamp

_COPYRIGHT = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|^\(c\)\s(?-i:[A-Z]{2})|copyright ?(?:©|\(c\)|19|20)|ICP备\d", re.I
)
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_COMMENTS = (
    r"comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti?|reacties?|комментари\w*|"
    r"条?评论|條?評論|件?のコメント|コメント|(?:ال)?تعليقا?ت?|댓글|yorum"
)
_COUNT = re.compile(
    rf"^[(\[]?\d[\d.,]*k?[)\]]? ?(?:{_COMMENTS}|shares?|likes?|views?|votes?|replies|reply|retweets?|"
    rf"followers|просмотр\w*|次阅读|阅读|閱讀)[)\]]?$|^(?:(?:view|show|see|read) )?(?:all )?(?:{_COMMENTS})\s?[:(（]?\s?\d[\d.,]*\s?件?[)）]?$",
    re.I,
)
# "34 responses to ..."
_RESPONSES = re.compile(
    r"^\d+ (?:responses?|thoughts?|repl(?:y|ies)|comments?|antworten|kommentare?|réponses?|commentaires?|respuestas?|"
    r"comentarios?|respostas?|comentários?|risposte|commenti|reacties) (?:to|on|zu|auf|à|sur|a|en|em|su|op) [\"'«“„]"
)
# "$49.99 at Best Buy"
_SHOP_PRICE = re.compile(
    r"^(?:(?i:now|only|was|from) )?[$€£₹]\d[\d.,]* (?:at|on|from|bei|en|chez|su|bij) [A-Z][^.!?]{1,50}$"
)
_LED = re.compile(r"([^:：|.!?]{4,50}?)\s?[:：|]\s?\S")
_MAX_LED = 24  # words
_URL_ONLY = re.compile(
    r"^(?:https?://|www\.|(?:twitter|x|facebook|instagram|linkedin|youtube)\.com/)\S+$"
    r"|^[a-z]+_[a-z_]+$"
)
_TEMPLATE = re.compile(r"^\{\{.*\}\}$|^\[/?[a-z][\w-]*(?:[#:]| [\w-]+=)[^\]]*\]|^<[a-z]+ [^>]*>$")
_HANDLE = re.compile(r"^@\w{2,}$")
_CLICK_HERE = re.compile(r"\bclick here[.:!]?$", re.I)
_CLIP = re.compile(  # "Play video: The ferry (2:14)"
    r"(?:vid[eé]o|видео|视频|影片|動画|فيديو).{0,80}[(（]\d{1,2}(?:[:.]\d{2}|分)[^()（）]{0,6}[)）]$"
)
_COUNTER = re.compile(  # of a gallery, of pages, of a clip
    r"^\d{1,3} / \d{1,3}$|^1 2 3(?: \d{1,2})*$|"
    r"^(?i:video|audio|listen|watch|play|hören|écouter|escuchar|ouvir|ascolta|luister)\W{0,3}(?:\d{1,2}:\d\d){1,3}$|"
    r"^(?:(?i:bild|photo|foto|image|slide|page) )?\d{1,3}\s(?:av|of|von|sur|de|di|van|из)\s\d{1,3}$"
    r"|^\d{1,3}\s(?:more|new|other|related)\s(?:images?|photos?|pictures|stories|videos|articles|posts|items|results)$"
)
_LONGEST = 1200  # characters; the wording of a longer paragraph can no longer speak against it
_QUOTES = "\"“„«»'‘「『"
_MOST_KNOWN = 16_384
_known: dict[str, str] = {}  # the furniture of a site comes with each of its pages


def line_rule(line: str) -> str:
    """The rule that `line` falls to, by wording or form; "" for article text. Linear in the line."""
    line = line.strip()
    if not line:
        return "empty"
    if (rule := _known.get(line)) is not None:
        return rule
    if _is_beyond(line):
        return ""
    return _learn([line])[line]


def learn_rules(lines: Iterable[str]) -> None:
    """Find the rules of lines before they are asked for: of many at once that takes less time.

    Each rule is asked of all of them while the processor has its words and patterns at hand.
    """
    stripped = {line.strip() for line in lines}
    if unknown := [line for line in stripped.difference(_known, ("",)) if not _is_beyond(line)]:
        _learn(unknown)


def _is_beyond(line: str) -> bool:
    """Is it too long for a rule, or a post that the story quotes?"""
    return len(line) > _LONGEST or "pic.twitter.com/" in line


def _learn(lines: Sequence[str]) -> dict[str, str]:
    """The rule of each line, which is known from then on until too many are."""
    found: dict[str, str] = {}
    left = []
    for line in lines:
        words, folded = count_words(line), fold(line)
        if words <= 2 and (rule := phrase_rule(folded, words)):  # most labels
            found[line] = rule
        else:
            left.append((line, folded, words, line_hints(folded)))
    for ask in _RULES:
        still = []
        for asked in left:
            if rule := ask(*asked):
                found[asked[0]] = rule
            else:
                still.append(asked)
        left = still
    found.update((line, "") for line, _, _, _ in left)
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    _known.update(found)
    return found


def _wording_rule(line: str, folded: str, words: int, hints: Hints) -> str:
    rule = phrase_rule(folded, words, has_inner=hints.has_phrase)
    if not rule:
        return ""
    # A quotation or a sentence with "he said" that merely opens like boilerplate is reported speech.
    if line[0] in _QUOTES and words > 2 and rule not in ("legal", "newsletter"):
        return ""
    return "" if words > 8 and ends_sentence(line) and is_reported(folded) else rule


def _reader_rule(_: str, folded: str, words: int, hints: Hints) -> str:
    return reader_rule(folded, words) if hints.is_offer else ""


def _notice_rule(_: str, folded: str, words: int, __: Hints) -> str:
    rule = notice_rule(folded, words) if words <= MAX_WORDS else ""
    return "" if rule and is_reported(folded) else rule


def _door_rule(line: str, folded: str, words: int, _: Hints) -> str:
    return door_rule(line, folded, words)


def _label_rule(line: str, folded: str, words: int, hints: Hints) -> str:
    return label_rule(line, folded, words, is_divided=hints.is_divided)


def _furniture_rule(_: str, folded: str, words: int, __: Hints) -> str:
    return furniture_rule(folded, words)


def _form_rule(  # noqa: PLR0911 - one guard a rule
    line: str, folded: str, words: int, hints: Hints
) -> str:
    if hints.icons >= MIN_ICONS and is_icon_run(line):
        return "icons"
    has_digit = _DIGIT.search(folded) is not None
    if has_digit and words <= 30 and (is_date_line(line) or is_stamp(line)):
        return "byline"
    if rule := credit_rule(
        line,
        words,
        may_be_bio=hints.is_bio,
        may_be_shown=hints.is_shown,
        is_slashed=hints.is_slashed,
    ):
        return rule
    if has_digit and words <= 6 and _COUNT.match(folded):
        return "comments"
    if words <= 30 and _may_be_copyright(line, folded) and _COPYRIGHT.search(line):
        return "legal"
    if words <= 16 and "@" in line and _EMAIL.search(line) and line[0] not in '"“—':
        return "bio"
    if line[0] in "{[<@" and (rule := _mark_rule(line)):
        return rule
    if _URL_ONLY.match(line) or (words <= 20 and "here" in folded and _CLICK_HERE.search(line)):
        return "related"
    if has_digit:
        rule = _digit_rule(line, folded, words)
    return rule or promo_rule(line, folded, words, is_lead=hints.is_lead)


def _mark_rule(line: str) -> str:
    """What a template left behind, or a handle alone."""
    if _TEMPLATE.match(line):
        return "ui"
    return "bio" if _HANDLE.match(line) else ""


def _digit_rule(line: str, folded: str, words: int) -> str:
    if words <= 25 and line[0].isdigit() and _RESPONSES.match(folded):
        return "comments"
    if _COUNTER.match(line) or (words <= 16 and _CLIP.search(folded)):
        return "ui"
    return "affiliate" if words <= 12 and _SHOP_PRICE.match(line) else ""


def _may_be_copyright(line: str, folded: str) -> bool:
    """Spares nearly every line the pattern."""
    return "©" in line or "(" in line or "opyr" in folded or "备" in line


def _led_rule(_: str, folded: str, words: int, __: Hints) -> str:
    """ "Puedes leer: ...", "In other news | ...": a label of the site before a headline."""
    if words > _MAX_LED or not (":" in folded or "|" in folded or "：" in folded):
        return ""
    match = _LED.match(folded)
    if match is None:
        return ""
    head = match[1].strip()
    rule = furniture_rule(head, count_words(head))
    return rule if rule in ("related", "newsletter", "app-promo") else ""


def _section_rule(_: str, folded: str, words: int, __: Hints) -> str:
    if words > 4:
        return ""
    name, sections = folded.strip(" •|/»>›:-–—"), load_section_names()
    if name in sections:
        return "section"
    is_pair = " & " in name and sections.issuperset(name.split(" & "))
    return "section" if is_pair else ""


# in this order; all take a line, the same folded, its words and their hints
_RULES = (
    _form_rule,
    _wording_rule,
    _reader_rule,
    _notice_rule,
    _door_rule,
    _label_rule,
    _furniture_rule,
    _led_rule,
    _section_rule,
)
