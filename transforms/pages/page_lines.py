"""The tree of a page comes in, its lines go out: the text blocks in their order, and where each stands.

One walk, without recursion: a page nests as deep as it likes. A line is the text between two
borders of blocks (a paragraph, a cell, what stands loose between two of them, a part before `br`).
Menus and footers are passed over: one line of five stands in a `nav` with nothing of a story in it,
one of ten of the others in a `footer`.
The blocks themselves form a table: parent, depth, first and last line, marks of what they are.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

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
    return _Walk().run(tree)


class _Walk:
    """The state of one walk: open blocks, and the line that is being gathered."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, int, int, int, int, str, int]] = []
        self.blocks: list[tuple[HtmlElement, int, int, int]] = []
        self.last: list[int] = []
        self.open = [0]
        self.chars = 0  # of the lines so far
        self.parts: list[str] = []  # the first of them is not blank
        self.linked = self.links = self.bold = self.italic = 0  # of the line
        self.label = ""  # of the inline elements that the line begins in
        self.in_link = self.in_bold = self.in_italic = 0
        self.link_start = 0  # the line in which the outermost open link begins
        self.wide_links: list[tuple[int, int]] = []  # the lines of links around more than one
        self.inline: list[HtmlElement] = []

    def run(self, tree: HtmlElement) -> PageLines:
        self._open_block(tree)
        self._walk(tree)
        if self.parts:
            self._flush()
        if self.in_link:
            self._end_link()
        for block in self.open:
            self.last[block] = len(self.lines)
        page = self._page()
        self._forget_unclosed_link(page)
        return page

    def _walk(self, tree: HtmlElement) -> None:  # noqa: PLR0912 - a call costs as much as a step
        walker = etree.iterwalk(tree, events=("start", "end"))
        lines, add, find_kind, parts = self.lines, self._add, _KINDS.get, self.parts
        kinds: list[int] = []  # of the open elements
        for event, element in walker:
            if event == "start":
                kind = find_kind(element.tag, _BLOCK)
                if kind and kind <= _SKIPPED and self._is_passed_over(element, kind, kinds):
                    kinds.append(_SKIPPED)
                    walker.skip_subtree()
                    continue
                kinds.append(kind)
                if kind >= _INLINE:
                    self._open_inline(element, kind)
                else:
                    if parts:
                        self._flush()
                    if self.links:
                        self.links = self.in_link
                    if kind != _BREAK:
                        self._open_block(element)
                text = element.text
            else:
                kind = kinds.pop()
                if kind >= _INLINE:
                    self._close_inline(kind)
                elif kind != _SKIPPED:
                    if parts:
                        self._flush()
                    if self.links:
                        self.links = self.in_link
                    if kind != _BREAK:
                        self._close_block()
                text = element.tail
            if text and (
                parts or not text.isspace()
            ):  # what is blank before a line is no part of it
                add(text)
            if len(lines) >= MAX_LINES:
                break

    def _is_passed_over(self, element: HtmlElement, kind: int, kinds: list[int]) -> bool:
        """Is it no text at all, a menu, or a footer with less to say than what stands before it?

        `kinds` are those of the open elements: of footers within each other only the first is asked.
        """
        if kind == _FOOTER:
            return _FOOTER not in kinds and _is_footer(element, self.chars)
        return kind == _SKIPPED or _is_menu(element)

    def _open_inline(self, element: HtmlElement, kind: int) -> None:
        self.inline.append(element)
        if kind == _LINK:
            if not self.in_link:
                self.link_start = len(self.lines)
            self.in_link += 1
            self.links += 1
        elif kind == _BOLD:
            self.in_bold += 1
        elif kind == _ITALIC:
            self.in_italic += 1

    def _close_inline(self, kind: int) -> None:
        self.inline.pop()
        if kind == _LINK:
            self.in_link -= 1
            if not self.in_link:
                self._end_link()
        elif kind == _BOLD:
            self.in_bold -= 1
        elif kind == _ITALIC:
            self.in_italic -= 1

    def _add(self, text: str) -> None:
        if self.inline and not self.parts:
            around = self.inline[-MOST_AROUND:]
            self.label = " ".join([_describe(element.items())[0] for element in around])
        self.parts.append(text)
        if self.in_link:
            self.linked += len(text)
        if self.in_bold:
            self.bold += len(text)
        if self.in_italic:
            self.italic += len(text)

    def _flush(self) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if _WORD.search(text):
            linked, bold, italic = self.linked, self.bold, self.italic
            if linked or bold or italic:
                size = len(text)
                linked, bold, italic = min(linked, size), min(bold, size), min(italic, size)
            self.lines.append((text, linked, self.links, bold, italic, self.label, self.open[-1]))
            self.chars += len(text)
        self.linked = self.bold = self.italic = 0
        self.label = ""

    def _open_block(self, element: HtmlElement) -> None:
        above = self.open
        above.append(len(self.blocks))
        self.blocks.append((element, above[-2], len(above) - 2, len(self.lines)))
        self.last.append(-1)

    def _close_block(self) -> None:
        """A block that held no line is forgotten, as were those within it: two of five."""
        block, count = self.open.pop(), len(self.lines)
        if self.blocks[block][3] == count:
            self.blocks.pop()
            self.last.pop()
        else:
            self.last[block] = count

    def _page(self) -> PageLines:
        """The page as columns; one scan tells the marks of all labels."""
        texts, linked, links, bold, italic, inline, block = _columns(self.lines, 7)
        elements, parent, depth, first = _columns(self.blocks, 4)
        tags = ["root", *(element.tag for element in elements[1:])]
        labels, marks = _columns([_describe(element.items()) for element in elements], 2)
        of = marks_of({*labels, *inline})
        own = [
            mark | tag_marks(tag) | of[label]
            for tag, label, mark in zip(tags, labels, marks, strict=True)
        ]
        return PageLines(
            texts, linked, links, bold, italic, [of[label] for label in inline], block,
            tags, labels, own, parent, depth, first, self.last,
        )  # fmt: skip

    def _end_link(self) -> None:
        end = len(self.lines) + bool(self.parts)
        if end - self.link_start > 1:
            self.wide_links.append((self.link_start, end))

    def _forget_unclosed_link(self, page: PageLines) -> None:
        """Read the lines of a link that holds most of the page's text as if it were not there."""
        total = sum(map(len, page.texts))
        for start, end in self.wide_links:
            lines = range(start, min(end, len(page.texts)))  # what was pending may be no line
            if len(lines) > 1 and sum(len(page.texts[i]) for i in lines) > MOST_LINKED * total:
                for i in lines:
                    page.linked[i] = page.links[i] = 0


def _columns(rows: list[Any], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


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
