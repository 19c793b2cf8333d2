"""The tree of a page comes in, its lines go out: the text blocks in their order, and where each stands.

One walk, without recursion: a page nests as deep as it likes. A line is the text between two
borders of blocks (a paragraph, a cell, what stands loose between two of them, a part before `br`).
The blocks themselves form a table: parent, depth, first and last line, marks of what they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from transforms.pages.block_marks import IS_HIDDEN, marks_of, tag_marks

MAX_LINES = 20_000
MOST_LINKED = 0.5  # of a page's text; a link around more lines than one was never closed

_SKIPPED = frozenset(
    "head script style noscript template svg iframe object embed canvas video audio map math "
    "select datalist textarea input frame noframes link meta title base param source track".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s samp "
    "small span strike strong sub sup time tt u var wbr rt rp ruby picture".split()
)
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite"))
_NAMING = ("class", "id", "itemprop", "role", "data-testid", "data-component")
_WORD = re.compile(r"\w")


class PageLines(NamedTuple):
    """Lines in page order, and the blocks that hold them (index 0 is the root, parent 0)."""

    texts: list[str]  # blanks collapsed; each holds a letter or digit
    linked: list[int]  # characters inside links, before blanks were collapsed
    links: list[int]  # how many links begin in the line
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
        self.page = PageLines(*([] for _ in PageLines._fields))
        self.open = [0]
        self.parts: list[str] = []
        self.is_blank = True  # are all of them?
        self.line = [0, 0, 0, 0, 0]  # linked, links, bold, italic, marks
        self.in_link = self.in_bold = self.in_italic = 0
        self.link_start = 0  # the line in which the outermost open link begins
        self.wide_links: list[tuple[int, int]] = []  # the lines of links around more than one
        self.inline: list[HtmlElement] = []
        self.inline_marks: list[int] = []  # of these and those around them, where asked for

    def run(self, tree: HtmlElement) -> PageLines:
        self._open_block(tree, "root")
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in _SKIPPED:
                    walker.skip_subtree()
                else:
                    self._start(element, tag)
                    if text := element.text:
                        self._add(text)
                continue
            if tag not in _SKIPPED:
                self._end(tag)
            if text := element.tail:
                self._add(text)
            if len(self.page.texts) >= MAX_LINES:
                break
        if self.parts:
            self._flush()
        if self.in_link:
            self._end_link()
        self._close_all()
        self._forget_unclosed_link()
        return self.page

    def _start(self, element: HtmlElement, tag: str) -> None:
        if tag in _INLINE:
            self.inline.append(element)
            if tag == "a":
                if not self.in_link:
                    self.link_start = len(self.page.texts)
                self.in_link += 1
                self.line[1] += 1
            elif tag in _BOLD:
                self.in_bold += 1
            elif tag in _ITALIC:
                self.in_italic += 1
            return
        if self.parts:
            self._flush()
        if tag not in ("br", "hr"):
            self._open_block(element, tag)

    def _end(self, tag: str) -> None:
        if tag in _INLINE:
            self.inline.pop()
            del self.inline_marks[len(self.inline) :]
            if tag == "a":
                self.in_link -= 1
                if not self.in_link:
                    self._end_link()
            elif tag in _BOLD:
                self.in_bold -= 1
            elif tag in _ITALIC:
                self.in_italic -= 1
            return
        if self.parts:
            self._flush()
        if tag not in ("br", "hr"):
            self.page.last[self.open.pop()] = len(self.page.texts)

    def _add(self, text: str) -> None:
        size, is_blank = len(text), text.isspace()
        if not is_blank:
            if self.inline and not self.parts:
                self.line[4] |= self._marks_around()
            self.is_blank = False
        if size > 1 or not is_blank:
            if self.in_link:
                self.line[0] += size
            if self.in_bold:
                self.line[2] += size
            if self.in_italic:
                self.line[3] += size
        self.parts.append(text)

    def _marks_around(self) -> int:
        """The marks of all open inline elements: few lines begin in one, so they are read when one does."""
        for element in self.inline[len(self.inline_marks) :]:
            around = self.inline_marks[-1] if self.inline_marks else 0
            self.inline_marks.append(around | marks_of(_label(dict(element.items()))))
        return self.inline_marks[-1]

    def _flush(self) -> None:
        text = "" if self.is_blank else " ".join("".join(self.parts).split())
        self.parts.clear()
        self.is_blank = True
        linked, links, bold, italic, marks = self.line
        self.line = [0, int(self.in_link > 0), 0, 0, 0]
        if not text or not _WORD.search(text):
            return
        page = self.page
        page.texts.append(text)
        page.linked.append(min(linked, len(text)))
        page.links.append(links)
        page.bold.append(min(bold, len(text)))
        page.italic.append(min(italic, len(text)))
        page.marks.append(marks)
        page.block.append(self.open[-1])

    def _open_block(self, element: HtmlElement, tag: str) -> None:
        page, above = self.page, self.open[-1]
        index = len(page.tags)
        attributes = dict(
            element.items()
        )  # one call for all of them: half the time of asking for each
        label = _label(attributes)
        marks = marks_of(label) | tag_marks(tag)
        if attributes and _is_hidden(attributes):
            marks |= IS_HIDDEN
        page.tags.append(tag)
        page.labels.append(label)
        page.block_marks.append(marks)
        page.parent.append(above)
        page.depth.append(page.depth[above] + 1 if index else 0)
        page.first.append(len(page.texts))
        page.last.append(-1)
        if index:
            self.open.append(index)

    def _end_link(self) -> None:
        end = len(self.page.texts) + (not self.is_blank)
        if end - self.link_start > 1:
            self.wide_links.append((self.link_start, end))

    def _forget_unclosed_link(self) -> None:
        """Read the lines of a link that holds most of the page's text as if it were not there."""
        page = self.page
        total = sum(map(len, page.texts))
        for start, end in self.wide_links:
            lines = range(start, min(end, len(page.texts)))  # what was pending may be no line
            if len(lines) > 1 and sum(len(page.texts[i]) for i in lines) > MOST_LINKED * total:
                for i in lines:
                    page.linked[i] = page.links[i] = 0

    def _close_all(self) -> None:
        count = len(self.page.texts)
        for index in self.open:
            self.page.last[index] = count


def _label(attributes: dict[str, str]) -> str:
    """Everything in which an author of pages names what an element is."""
    return " ".join([attributes[name][:200] for name in _NAMING if attributes.get(name)])


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style")
    if style and "none" in style and "display:none" in style.replace(" ", "").lower():
        return True
    return "hidden" in attributes or attributes.get("aria-hidden") == "true"
