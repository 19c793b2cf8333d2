"""A label of an element (its classes, id, role) comes in, a bit mask of what it speaks of goes out.

The names that authors of pages give to blocks are many, what they mean is little: a body, a
caption, a teaser, a newsletter. Each group of names is one bit, and so is each telling tag.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from transforms.pages.name_patterns import NamePatterns

# What a name speaks of, by group. Parts of words, lower case; \b where a part would be too common.
_NAMES = {
    "body": r"(?:article|story|post|entry|news|content|text|main|detail)s?[-_ ]{0,2}(?:body|content|text|copy|detail)|rich-?text|prose\b|wysiwyg|bodytext",
    "paragraph": r"paragraph|\bpara?\b|text-?block|\btext\b|\bp[-_]\d",
    "article": r"article|story|\bpost\b|post-|entry|news|artikel|artic",
    "content": r"content|inhalt|conten",
    "main": r"\bmain|primary|\bpage\b",
    "headline": r"headline|title|heading|\bhed\b|titel|titre|titulo",
    "standfirst": r"standfirst|sub-?(?:head|title|line)|\bdek\b|\bdeck\b|intro|\blead|lede\b|summary|excerpt|abstract|chapo|kicker|bajada|perex|ingress|preamble|descri|synopsis|overline|vorspann",
    "caption": r"caption|legend|credit|cutline|copyright|bildunter|pie-?foto|quelle|source\b",
    "media": r"image|\bimg|photo|picture|figure|gallery|slide|carousel|video|player|audio|podcast|thumb|media|bild|foto",
    "author": r"byline|by-line|author|autor|auteur|writer|contributor|signature|profile|\bbio\b|\bbio[-_]|creator|vcard",
    "date": r"date|time|publish|updated|datum|fecha|\bmeta|-meta|\binfo\b|details",
    "related": r"relat|recirc|recommend|similar|read-?(?:more|also|next)|also-|more-(?:on|from|stories|news|in|link)|further|outbrain|taboola|zergnet|next-|-next|suggest|siehe|mehr-|aussi|verwandt|inline-?link|internal-?link",
    "teaser": r"teaser|\bcard|-card|grid|tile|river|trending|popular|most-?(?:read|view|pop)|latest|top-?stories|ticker|\bfeed\b|headlines|promo",
    "newsletter": r"newsletter|subscri|sign-?up|paywall|\bcta\b|cta-|campaign|member|donat|offer|premium|piano|\bregwall|support|abo\b|abonn|inscri|mailing|mailchimp",
    "advert": r"\bads?\b|\bads?[-_]|[-_]ads?\b|advert|sponsor|dfp|anzeige|werbung|publicid|commercial|affiliate|native-|shopping|product|deal",
    "share": r"share|sharing|social|facebook|twitter|follow|\btools?\b|action|button|\bbtn|print|icon|bookmark|teilen",
    "comment": r"comment|disqus|discuss|respond|responses?\b|reply|forum|kommentar",
    "nav": r"\bnav|-nav|navi|menu|breadcrumb|pagination|pager|\bskip|\btabs?\b|toolbar|toc\b|table-of-contents|crumb",
    "footer": r"foot|bottom|colophon|legal|disclaim|\bterms|imprint",
    "consent": r"cookie|privacy|consent|gdpr|ccpa|onetrust|\bot-|didomi|\bcmp\b|-cmp|cmp-|optanon|truste|usercentrics",
    "header": r"\bheader|-header|masthead|\btop\b|topbar|logo|brand|hero",
    "side": r"side|\brail|-rail|aside|widget|sticky|right-?col|secondary|complementary",
    "tags": r"\btags?\b|tags?-|-tags?\b|topic|keyword|categor|\blabel|-label|section-?(?:name|label|title)|rubrik|schlagwort",
    "quote": r"quot|\bpull|citation|cite\b",
    "embed": r"tweet|embed|instagram|youtube|iframe|oembed",
    "box": r"info-?box|fact|\bbox\b|-box|callout|highlight|key-?points?|takeaway|inset|infobox|glossar|background",
    "live": r"live|timeline|\bupdate\b|liveblog",
    "list": r"\blist|-list|\bitem|-item|\bfaq|accordion",
    "popup": r"hidden|invisible|sr-only|screen-?reader|visually-?hidden|collaps|modal|popup|pop-up|overlay|tooltip|dropdown|dialog|lightbox",
    "form": r"\bform|-form|input|search|login|log-in|account|\bpoll|survey|quiz|vote|captcha|register",
    "note": r"correct|\bnotes?\b|-note|clarif|footnote|reference|errat|acknowledg|endnote|tagline|about",
    "wide": r"wrapper|container|layout|\brow\b|\bcol\b|col-|inner|outer|module|component|block",
}  # fmt: skip
# Tags that say what a block is; a tag is in one group at most.
_TAGS = {
    "p": "p", "li": "li", "h1": "h1", "h2": "h2", "h3-6": "h3 h4 h5 h6", "ul": "ul ol", "dl": "dl dt dd",
    "table": "table", "cell": "td th", "quote-tag": "blockquote", "figure": "figure", "figcaption": "figcaption",
    "article-tag": "article", "main-tag": "main", "section": "section", "header-tag": "header",
    "footer-tag": "footer", "aside": "aside", "nav-tag": "nav", "form-tag": "form fieldset", "button": "button",
    "details": "details summary", "pre": "pre", "address": "address", "div": "div", "center": "center",
}  # fmt: skip

GROUPS = (*_NAMES, *_TAGS, "hidden", "schema-body")
IS_HIDDEN = 1 << GROUPS.index("hidden")
_SCHEMA_BODY = 1 << GROUPS.index("schema-body")
_PATTERNS = NamePatterns(tuple(_NAMES.values()))
_TAG_BITS = {
    tag: 1 << bit
    for bit, tags in enumerate(_TAGS.values(), start=len(_NAMES))
    for tag in tags.split()
}
MOST_KNOWN = 16_384
_CAMEL = re.compile(r"[A-Z](?<=[a-z].)")  # the capital first: most names have none


_known: dict[
    str, int
] = {}  # the marks of names: sites, and the kits they are made with, repeat them


def marks_of(labels: Collection[str]) -> dict[str, int]:
    """For each label the groups that it speaks of, as bits in the order of GROUPS."""
    if len(_known) > MOST_KNOWN:
        _known.clear()
    if unknown := set(" ".join(labels).split()).difference(_known):
        _learn(unknown)
    marks = {}
    for label in labels:
        bits = 0
        for name in label.split():
            bits |= _known[name]
        marks[label] = bits
    return marks


def _learn(names: Collection[str]) -> None:
    """Find the marks of names that are not known yet: one scan for all of them."""
    folded = _CAMEL.sub(r"-\g<0>", "\n".join(names)).lower().split("\n")
    _known.update(zip(names, _PATTERNS.matching(folded), strict=True))
    if "articleBody" in names:
        _known["articleBody"] |= _SCHEMA_BODY


def tag_marks(tag: str) -> int:
    """The group that a tag belongs to, as a bit; 0 for tags that say nothing."""
    return _TAG_BITS.get(tag, 0)
