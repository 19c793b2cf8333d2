"""Nothing comes in; out go the rules by which classes of words make a line an offer to its reader.

The words of the classes are data (`data/pages/reader_words.toml`); `reader_lines` asks which of them meet.
"""

from __future__ import annotations

from typing import NamedTuple

MAX_WORDS = 50  # offers are short; longer lines tell of something


class ReaderRule(NamedTuple):
    """Classes of words that have to meet in a line."""

    name: str
    calls: frozenset[str]  # classes of which one has to begin a sentence; none where none has to
    meets: tuple[frozenset[str], ...]  # of each group one class has to be there
    words: int
    is_label: bool  # only for a line that does not end like a sentence


def _rule(
    name: str, calls: str, meets: tuple[str, ...], words: int = MAX_WORDS, is_label: bool = False
) -> ReaderRule:
    groups = tuple(frozenset(group.split()) for group in meets)
    return ReaderRule(name, frozenset(calls.split()), groups, words, is_label)


RULES = (
    _rule("newsletter", "sign-up get thanks follow", ("mail",)),
    _rule("newsletter", "sign-up get", ("email", "free")),
    _rule("newsletter", "get", ("email", "sign-up")),
    _rule("newsletter", "sign-up", ("readers",), 30),
    _rule("newsletter", "sign-up get", ("weekly", "free"), 30),
    _rule("newsletter", "thanks", ("subscription mail",), 25),
    _rule("app-promo", "download get enable", ("app", "store free alerts")),
    _rule("app-promo", "download", ("app",), 8, is_label=True),
    _rule("app-promo", "download", ("own", "app"), 20),
    _rule("app-promo", "enable", ("alerts",), 20),
    _rule("newsletter", "sign-up get", ("email", "own")),
    _rule("subscribe", "subscribe-to", ("trial unlimited", "price")),
    _rule("subscribe", "", ("cancel", "price"), 30),
    _rule("subscribe", "you-have", ("remaining",), 20),
    _rule("subscribe", "", ("already",), 14),
    _rule("subscribe", "", ("preview", "subscription unlimited subscribe-to only-members"), 30),
    _rule("subscribe", "", ("only-members",), 14),
    _rule("subscribe", "", ("unlimited", "log-in"), 30),
    _rule("subscribe", "log-in sign-up", ("unlimited article", "subscription free trial"), 25),
    _rule("subscribe", "sign-up", ("log-in",), 20),
    _rule("subscribe", "support", ("gift", "journalism price")),
    _rule("comments", "log-in be-first write-in", ("comment",), 16),
    _rule("comments", "", ("comment", "closed"), 10),
    _rule("comments", "write-in", ("error", "tell-us"), 30),
    _rule("legal", "", ("use", "cookies")),
    _rule("legal", "use", ("ads", "store-data")),
    _rule("legal", "by-acting", ("terms",)),
    _rule("legal", "manage", ("cookies",), 5, is_label=True),
    _rule("share", "follow", ("social",), 30),
    _rule("share", "", ("share-call", "social"), 6, is_label=True),
    _rule("share", "", ("link", "copied"), 8, is_label=True),
    _rule("share", "share-call write-in", ("friend",), 9, is_label=True),
    _rule("share", "share-call article write-in", ("email", "article"), 6, is_label=True),
    _rule("credit", "photo", ("courtesy",), 12, is_label=True),
    _rule("bio", "desk", ("desk",), 6, is_label=True),
    _rule("share", "", ("own", "social"), 14, is_label=True),
    _rule("app-promo", "", ("available", "store", "app own phone"), 16, is_label=True),
    _rule("ui", "show", ("show", "large-image"), 8, is_label=True),
    _rule("comments", "react", ("article own",), 7, is_label=True),
    _rule("subscribe", "", ("unlimited", "article subscription own"), 10, is_label=True),
    _rule("subscribe", "", ("donate-now",), 30),
    _rule("related", "read", ("text-kind",), 16, is_label=True),
    _rule("bio", "author-noun", ("post",), 30),
    _rule("legal", "", ("reproduction", "forbidden"), 22),
    _rule("sponsored", "content-is", ("made-with",), 16),
    _rule("sponsored", "", ("article", "continues", "ads"), 16),
    _rule("sponsored", "ads", ("scroll",), 10),
    _rule("sponsored", "", ("continues unlimited", "after", "ads"), 9, is_label=True),
    _rule("related", "", ("own", "live"), 25),
    _rule("legal", "", ("opinion", "reflect"), 45),
    _rule("related", "", ("most-read",), 9, is_label=True),
    _rule("affiliate", "", ("purchase", "commission")),
    _rule("newsletter", "", ("your-box", "on-days digest"), 25, is_label=True),
    _rule("newsletter", "", ("your-box", "on-days"), 25),
    _rule("newsletter", "", ("one-mail",), 20),
    _rule("newsletter", "letter-noun", ("on-days",), 20, is_label=True),
    _rule("newsletter", "letter-noun", ("on-days", "own digest your-box you-have"), 25),
    _rule("legal", "", ("cookies", "accept", "to-show")),
    _rule("legal", "we-and", ("device-data",)),
    _rule("sponsored", "", ("newsroom", "not-involved", "this-paid"), 40),
    _rule("self-promo", "take-part", ("survey", "own readers"), 25),
    _rule("subscribe", "", ("fundraiser", "own"), 30),
    _rule(
        "subscribe", "sign-up subscribe-to log-in support go-on",
        ("go-on", "sign-up log-in subscription gift only-members"),
    ),
    _rule("subscribe", "sign-up subscribe-to log-in", ("go-on",), 12, is_label=True),
    _rule("subscribe", "", ("reached", "limit"), 20),
    _rule("newsletter", "dose", ("dose",), 16, is_label=True),
    _rule("ui", "oops", ("oops",), 16),
    _rule("newsletter", "", ("your-address", "used"), 30),
    _rule("newsletter", "letter-noun", ("your-box free",), 20, is_label=True),
    _rule("comments", "", ("address", "unpublished"), 25),
    _rule("self-promo", "write-us", ("write-us", "qmark"), 20),
    _rule("subscribe", "", ("your-support", "impossible"), 25),
    _rule("newsletter", "", ("your-box", "confirm subscription"), 25),
    _rule("newsletter", "thanks", ("subscribed",), 25),
    _rule("subscribe", "", ("our-work", "free", "own readers your-support"), 20),
    _rule("newsletter", "never-miss", ("issue",), 14),
    _rule("newsletter", "on-days", ("own your-box",), 16, is_label=True),
    _rule("subscribe", "", ("your-support", "our-work"), 40),
    _rule("subscribe", "support-us", ("support-us",), 25),
    _rule("app-promo", "", ("app", "up-to-date"), 20, is_label=True),
    _rule("app-promo", "", ("app", "up-to-date", "own you-have sign-up download"), 25),
    _rule("ui", "own-version", ("ai-made",), 30),
    _rule("subscribe", "sign-up subscribe-to", ("sign-up subscribe-to", "price"), 16, is_label=True),
    _rule("subscribe", "get subscribe-to read sign-up", ("unlimited",), 10, is_label=True),
    _rule("subscribe", "you-want", ("go-on", "you-want"), 14),
    _rule("subscribe", "you-want", ("you-want", "help-us", "newsroom journalism our-work"), 14),
    _rule("legal", "consent-me", ("consent-me", "consent-to"), 30),
    _rule("subscribe", "", ("reader-funded", "own your-support support-us we-are"), 20),
    _rule("newsletter", "get sign-up", ("days-news",), 25),
    _rule("newsletter", "start-day", ("news-word digest mail up-to-date",), 30),
    _rule("share", "follow sign-up", ("channel",)),
    _rule("newsletter", "", ("informs-you", "your-box"), 45),
    _rule("newsletter", "", ("delivered", "own get sign-up"), 25),
    _rule("comments", "", ("comment", "must-log-in", "must-you"), 25),
    _rule("app-promo", "sign-up", ("alerts", "address own news-word up-to-date"), 20),
    _rule("subscribe", "", ("go-on", "must-log-in", "must-you"), 30),
    _rule("subscribe", "get", ("unlimited", "price"), 25),
    _rule("subscribe", "", ("access-to", "all-stories"), 16),
    _rule("subscribe", "", ("your-first", "price"), 16),
    _rule("newsletter", "", ("start-day", "up-to-date"), 25),
    _rule("self-promo", "download get", ("ebook",), 20),
    _rule("app-promo", "", ("ios", "download", "news-word digest up-to-date"), 25),
)  # fmt: skip
