"""The tree of a page comes in, its lines go out: the text blocks in their order, and where each stands.

One walk, without recursion: a page nests as deep as it likes. A line is the text between two
borders of blocks (a paragraph, a cell, what stands loose between two of them, a part before `br`).
Menus and footers are passed over: one line of five stands in a `nav` with nothing of a story in it,
one of ten of the others in a `footer`.
The blocks themselves form a table: parent, depth, first and last line, marks of what they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from transforms.pages.block_marks import IS_HIDDEN, marks_of, tag_marks

MAX_LINES = 20_000
MOST_AROUND = 8  # inline elements around the beginning of a line whose names are read
MOST_LINKED = 0.5  # of a page's text; a link around more lines than one was never closed

_BLOCK, _MENU, _FOOTER, _SKIPPED, _BREAK, _INLINE, _LINK, _BOLD, _ITALIC = range(9)
_TAGS = {
    _MENU: "nav",
    _FOOTER: "footer",
    _SKIPPED: "head script style noscript template svg iframe object embed canvas video audio map math "
    "select datalist textarea input frame noframes link meta title base param source track",
    _BREAK: "br hr",
    _INLINE: "abbr acronym bdi bdo big code data del dfn font img ins kbd label mark nobr q s samp "
    "small span strike sub sup time tt u var wbr rt rp ruby picture",
    _LINK: "a",
    _BOLD: "b strong",
    _ITALIC: "i em cite",
}
_KINDS = {tag: kind for kind, tags in _TAGS.items() for tag in tags.split()}  # others are blocks
_NAMING = frozenset(("class", "id", "itemprop", "role", "data-testid", "data-component"))
_HIDING = frozenset(("style", "hidden", "aria-hidden"))
_OF_STORIES = ("p", "h1", "br", "article", "main", "blockquote")
_NOT_IN_FOOTERS = ("h1", "article", "main")
_WORD = re.compile(r"\w")


class PageLines(NamedTuple):
    """Lines in page order, and the blocks that hold them (index 0 is the root, parent 0)."""

    texts: list[str]  # blanks collapsed; each holds a letter or digit
    linked: list[int]  # characters inside links, before blanks were collapsed
    links: list[int]  # how many links the line holds or stands in
    bold: list[int]  # characters in b and strong
    italic: list[int]  # characters in i, em and cite
    marks: list[int]  # of the inline elements that the line begins in
    block: list[int]  # index of the block
    tags: list[str]  # from here on: by block
    labels: list[str]  # class attribute and the like
    block_marks: list[int]
    parent: list[int]
    depth: list[int]
    first: list[int]  # lines first[i] .. last[i] - 1 stand inside block i
    last: list[int]


def read_lines(tree: HtmlElement) -> PageLines:
    """The lines of a page, at most MAX_LINES. Linear in the page's elements and text."""
    walk = _Walk(tree)
    walk.run(tree)
    return walk.page()


class _Walk:
    """The state of one walk: the lines so far, and the blocks that hold them."""

    def __init__(self, tree: HtmlElement) -> None:
        self.texts: list[str] = []
        self.linked: list[int] = []
        self.links: list[int] = []
        self.bold: list[int] = []
        self.italic: list[int] = []
        self.labels: list[str] = []  # of the inline elements that the lines begin in
        self.block: list[int] = []
        self.elements = [tree]  # of the blocks
        self.parent = [0]
        self.depth = [0]
        self.first = [0]
        self.last = [-1]
        self.open = [0]  # blocks that hold a line
        self.empty: list[HtmlElement] = []  # open blocks within them without a line so far
        self.chars = 0  # of the lines so far
        self.wide_links: list[tuple[int, int]] = []  # the lines of links around more than one

    def run(self, tree: HtmlElement) -> None:  # noqa: PLR0912, PLR0915 - a call costs as much as a step
        walker = etree.iterwalk(tree, events=("start", "end"))
        lines, empty, find_kind, flush = self.texts, self.empty, _KINDS.get, self._flush
        kinds: list[int] = []  # of the open elements
        inline: list[HtmlElement] = []  # the open elements that are no blocks
        parts: list[str] = []  # of the line; the first of them is not blank
        begun: list[HtmlElement] = []  # the inline elements that it begins in
        linked = links = bold = italic = 0  # of the line
        in_link = in_bold = in_italic = 0
        link_start = 0  # the line in which the outermost open link begins
        for event, element in walker:
            is_start = event == "start"
            if is_start:
                kind = find_kind(element.tag, _BLOCK)
                if kind and kind <= _SKIPPED and self._is_passed_over(element, kind, kinds):
                    kinds.append(_SKIPPED)
                    walker.skip_subtree()
                    continue
                kinds.append(kind)
            else:
                kind = kinds.pop()
            if kind >= _INLINE:
                if is_start:
                    inline.append(element)
                else:
                    inline.pop()
                if kind == _LINK:
                    if is_start:
                        link_start = link_start if in_link else len(lines)
                        in_link += 1
                        links += 1
                    else:
                        in_link -= 1
                        if not in_link:
                            self._end_link(link_start, bool(parts))
                elif kind == _BOLD:
                    in_bold += 1 if is_start else -1
                elif kind == _ITALIC:
                    in_italic += 1 if is_start else -1
            elif kind != _SKIPPED:
                if parts:
                    flush(parts, (linked, links, bold, italic), begun)
                    linked = bold = italic = 0
                if links:
                    links = in_link
                if kind == _BREAK:
                    pass
                elif is_start:
                    empty.append(element)
                elif empty:
                    empty.pop()
                else:
                    self.last[self.open.pop()] = len(lines)
            text = element.text if is_start else element.tail
            if not text:
                continue
            if not parts:
                if text.isspace():  # what is blank before a line is no part of it
                    continue
                if len(lines) >= MAX_LINES:
                    break
                begun = inline[-MOST_AROUND:]
            parts.append(text)
            if in_link:
                linked += len(text)
            if in_bold:
                bold += len(text)
            if in_italic:
                italic += len(text)
        if parts:
            flush(parts, (linked, links, bold, italic), begun)
        if in_link:
            self._end_link(link_start, False)
        for block in self.open:
            self.last[block] = len(lines)

    def _is_passed_over(self, element: HtmlElement, kind: int, kinds: list[int]) -> bool:
        """Is it no text at all, a menu, or a footer with less to say than what stands before it?

        `kinds` are those of the open elements: of footers within each other only the first is asked.
        """
        if kind == _FOOTER:
            return _FOOTER not in kinds and _is_footer(element, self.chars)
        return kind == _SKIPPED or _is_menu(element)

    def _flush(
        self, parts: list[str], sizes: tuple[int, int, int, int], begun: list[HtmlElement]
    ) -> None:
        """End a line; `sizes` are those of its links, how many there are, bold and italic ones."""
        text = " ".join("".join(parts).split())
        parts.clear()
        if not (text[0].isalnum() or _WORD.search(text)):
            return
        if self.empty:
            self._hold()
        linked, links, bold, italic = sizes
        size = len(text)
        label = " ".join([_describe(element.items())[0] for element in begun]) if begun else ""
        self.texts.append(text)
        self.linked.append(min(linked, size) if linked else 0)
        self.links.append(links)
        self.bold.append(min(bold, size) if bold else 0)
        self.italic.append(min(italic, size) if italic else 0)
        self.labels.append(label)
        self.block.append(self.open[-1])
        self.chars += size

    def _hold(self) -> None:
        """A line begins: the open blocks hold one from now on. Those that never do are forgotten."""
        above, count = self.open, len(self.texts)
        for element in self.empty:
            self.parent.append(above[-1])
            self.depth.append(len(above))
            self.first.append(count)
            self.last.append(-1)
            above.append(len(self.elements))
            self.elements.append(element)
        self.empty.clear()

    def page(self) -> PageLines:
        """The page as columns; one scan tells the marks of all labels."""
        tags = ["root", *[element.tag for element in self.elements[1:]]]
        described = [_describe(element.items()) for element in self.elements]
        labels = [label for label, _ in described]
        of = marks_of({*labels, *self.labels})
        own = [
            mark | tag_marks(tag) | of[label]
            for tag, (label, mark) in zip(tags, described, strict=True)
        ]
        page = PageLines(
            self.texts, self.linked, self.links, self.bold, self.italic,
            [of[label] for label in self.labels], self.block,
            tags, labels, own, self.parent, self.depth, self.first, self.last,
        )  # fmt: skip
        self._forget_unclosed_link(page)
        return page

    def _end_link(self, start: int, is_pending: bool) -> None:
        end = len(self.texts) + is_pending
        if end - start > 1:
            self.wide_links.append((start, end))

    def _forget_unclosed_link(self, page: PageLines) -> None:
        """Read the lines of a link that holds most of the page's text as if it were not there."""
        total = sum(map(len, page.texts))
        for start, end in self.wide_links:
            lines = range(start, min(end, len(page.texts)))  # what was pending may be no line
            if len(lines) > 1 and sum(len(page.texts[i]) for i in lines) > MOST_LINKED * total:
                for i in lines:
                    page.linked[i] = page.links[i] = 0


def _describe(attributes: list[tuple[str, str]]) -> tuple[str, int]:
    """Everything in which an author of pages names what an element is, and the mark of hidden ones."""
    label, marks = "", 0
    for name, value in attributes:
        if name in _NAMING:
            label = f"{label} {value[:200]}"
        elif name in _HIDING and _hides(name, value):
            marks = IS_HIDDEN
    return label, marks


def _hides(name: str, value: str) -> bool:
    if name == "style":
        return "none" in value and "display:none" in value.replace(" ", "").lower()
    return name == "hidden" or value == "true"


def _is_menu(element: HtmlElement) -> bool:
    """Does a `nav` hold nothing but its menu? One that never ends holds the page."""
    return next(element.iter(*_OF_STORIES), None) is None


def _is_footer(element: HtmlElement, most: int) -> bool:
    """Is a `footer` no part of a story, does it hold none, and has it no more than `most` characters?

    Of 12,000 lines of footers on labelled pages none was text of an article. One that was never closed may
    hold the page, and that of a quotation says who is quoted.
    """
    above = element.getparent()
    if above is None or above.tag == "blockquote":
        return False
    if next(element.iter(*_NOT_IN_FOOTERS), None) is not None:
        return False
    return sum(map(len, element.itertext())) <= most
