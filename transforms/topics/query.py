"""The text of a topic query in, its parsed tree out; an error points at the column.

    sanction* AND (iran OR "islamic republic") NOT sport
    NEAR(gas, pipeline, 5)      within five words, in either order
    COUNT(drone* OR missile*) >= 3
    title:summit                in the headline only
    visit^2  transit^-3         signed weights; a negative one only takes strength away
    topic:20000639  topic:"state visit"  topic:user:my-topic  country:CHN

Words side by side mean AND. NOT binds closest, then AND, then OR. Operators are upper case; quote
words that look like one. Reading is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from schemas.countries import code_table
from schemas.errors import InputError
from transforms.topics.text import fold

MAX_TERMS = 20_000
MAX_DEPTH = 100  # nested parentheses, NOTs and functions
MAX_CHARS = 2_000_000
MAX_NEAR = 200  # words

_TOKEN = re.compile(
    r"""\s*(?:(?P<phrase>"[^"]*"?)|(?P<compare>>=|<=|[<>=])|(?P<mark>[(),])
        |(?P<field>title|topic|country):|\^(?P<weight>[+-]?\d+(?:\.\d+)?)|(?P<word>[^\s()",^<>=]+)|(?P<odd>\S))""",
    re.VERBOSE,
)
_END = "end of the query"


class Leaf(NamedTuple):
    """A word or phrase, folded, with its wildcards, place and weight."""

    pattern: str
    is_open_left: bool
    is_open_right: bool
    title_only: bool
    weight: float


class Reference(NamedTuple):
    """A topic or country that the article must have been tagged with."""

    kind: str  # topic | country
    name: str
    column: int


class Operation(NamedTuple):
    """AND, OR, NOT, NEAR or COUNT over other nodes."""

    name: str
    parts: tuple[Node, ...]
    number: int = 0  # of NEAR: words; of COUNT: times
    compare: str = ">="  # of COUNT


Node: TypeAlias = Leaf | Reference | Operation


class Query(NamedTuple):
    """A parsed query."""

    text: str
    root: Node


class _Token(NamedTuple):
    kind: str
    text: str
    column: int  # from 1


def parse_query(text: str) -> Query:
    """Parse a query. Raises InputError that names the column and what was expected there."""
    if len(text) > MAX_CHARS:
        raise InputError(f"query of {len(text)} characters: at most {MAX_CHARS} are read")
    parser = _Parser(text)
    root = parser.either(0)
    if parser.token.kind != "end":
        raise parser.error(f"unexpected {parser.token.text!r}")
    if not _can_match(root):
        raise InputError("query has only negative weights and NOT: nothing can match")
    return Query(text, root)


def leaves(node: Node) -> Iterator[Leaf]:
    """All words and phrases of a tree."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Leaf):
            yield current
        elif isinstance(current, Operation):
            stack.extend(reversed(current.parts))


def references(node: Node) -> Iterator[Reference]:
    """All topics and countries that a tree refers to."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Reference):
            yield current
        elif isinstance(current, Operation):
            stack.extend(reversed(current.parts))


def _can_match(node: Node) -> bool:
    """Whether some part of the tree can speak for the topic."""
    if isinstance(node, Leaf):
        return node.weight > 0
    if isinstance(node, Operation):
        return node.name != "NOT" and any(map(_can_match, node.parts))
    return True


class _Parser:
    """Recursive descent; recursion only where the query nests."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms = 0
        self._tokens = _tokens(text)
        self.token = next(self._tokens)

    def error(self, message: str, column: int = 0) -> InputError:
        at = column or self.token.column
        before = " ".join(self.text[max(0, at - 31) : at - 1].split())
        place = f", after {before!r}" if before else ""
        return InputError(f"query, column {at}: {message}{place}")

    def advance(self) -> _Token:
        token, self.token = self.token, next(self._tokens)
        return token

    def expect(self, text: str) -> None:
        if self.token.text != text or self.token.kind == "phrase":
            raise self.error(f"{text!r} expected, not {self.token.text!r}")
        self.advance()

    def either(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self.error(f"nested deeper than {MAX_DEPTH} levels")
        parts = [self.every(depth)]
        while self._is_word("OR"):
            self.advance()
            parts.append(self.every(depth))
        return parts[0] if len(parts) == 1 else Operation("OR", tuple(parts))

    def every(self, depth: int) -> Node:
        parts = [self.negated(depth)]
        while not self._ends_conjunction():
            if self._is_word("AND"):
                self.advance()
            parts.append(self.negated(depth))
        return parts[0] if len(parts) == 1 else Operation("AND", tuple(parts))

    def negated(self, depth: int) -> Node:
        times = 0
        while self._is_word("NOT"):
            self.advance()
            times += 1
        node = self.primary(depth, title_only=False)
        return Operation("NOT", (node,)) if times % 2 else node

    def primary(self, depth: int, *, title_only: bool) -> Node:
        token = self.token
        if token.kind == "field":
            return self._field(depth)
        if token.text == "(" and token.kind == "mark":
            self.advance()
            node = self.either(depth + 1)
            self.expect(")")
            return _in_title(node) if title_only else node
        if self._is_word("NEAR") or self._is_word("COUNT"):
            self.advance()
            if self.token.text == "(" and self.token.kind == "mark":
                node = self._near(depth) if token.text == "NEAR" else self._count(depth)
                return _in_title(node) if title_only else node
            raise self.error(f"'(' expected after {token.text}")
        if token.kind == "phrase" or self._is_plain_word():
            return self._leaf(title_only)
        if token.kind == "weight":
            raise self.error("a weight stands right behind a word or phrase")
        raise self.error(f"word, phrase or '(' expected, not {token.text!r}")

    def _field(self, depth: int) -> Node:
        field = self.advance().text
        if field == "title":
            return self.primary(depth, title_only=True)
        token = self.token
        if token.kind == "field":  # topic:topic:... is no name
            raise self.error(f"name expected after {field}:")
        if token.kind not in {"word", "phrase"}:
            raise self.error(f"name expected after {field}:, not {token.text!r}")
        self.advance()
        self._count_term(token)
        name = token.text.strip('"')
        code = self._country(name, token.column) if field == "country" else name
        return Reference(field, code, token.column)

    def _country(self, name: str, column: int) -> str:
        """The code of a reference, which is an error where no country or organisation has it."""
        if name.upper() in code_table():
            return name.upper()
        named = [row.code for row in code_table().values() if row.name.lower() == name.lower()]
        hint = f"did you mean country:{named[0]}?" if named else "`countries list` shows all"
        raise self.error(f"unknown country code {name[:40]!r}; {hint}", column)

    def _near(self, depth: int) -> Node:
        self.expect("(")
        parts = [self.either(depth + 1)]
        while self.token.text == ",":
            self.advance()
            if self.token.kind == "word" and self.token.text.isdigit() and len(parts) > 1:
                break
            parts.append(self.either(depth + 1))
        number = self._number("number of words", MAX_NEAR)
        if len(parts) != 2:
            raise self.error("NEAR takes two expressions and a number of words")
        self.expect(")")
        return Operation("NEAR", tuple(parts), number)

    def _count(self, depth: int) -> Node:
        self.expect("(")
        part = self.either(depth + 1)
        self.expect(")")
        if self.token.kind != "compare":
            raise self.error("comparison (>=, >, =, <=, <) expected after COUNT(...)")
        compare = self.advance().text
        return Operation("COUNT", (part,), self._number("number", 1_000_000), compare)

    def _number(self, what: str, most: int) -> int:
        token = self.token
        if token.kind != "word" or not token.text.isdecimal() or len(token.text) > 7:
            raise self.error(f"{what} expected, not {token.text!r}")
        if int(token.text) > most:
            raise self.error(f"{what} is at most {most}")
        return int(self.advance().text)

    def _leaf(self, title_only: bool) -> Leaf:
        token = self.advance()
        self._count_term(token)
        written = token.text
        if token.kind == "phrase":
            if len(written) < 2 or not written.endswith('"'):
                raise self.error("closing quote missing", token.column)
            written = written[1:-1].strip()
        if "*" in written.strip("*"):
            raise self.error("'*' may stand only at the start or the end", token.column)
        pattern = fold(written).strip()
        if not pattern:
            raise self.error("a term needs a letter or digit", token.column)
        weight = float(self.advance().text) if self.token.kind == "weight" else 1.0
        return Leaf(pattern, written.startswith("*"), written.endswith("*"), title_only, weight)

    def _count_term(self, token: _Token) -> None:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise self.error(f"more than {MAX_TERMS} terms", token.column)

    def _is_word(self, name: str) -> bool:
        return self.token.kind == "word" and self.token.text == name

    def _is_plain_word(self) -> bool:
        return self.token.kind == "word" and self.token.text not in {"AND", "OR", "NOT"}

    def _ends_conjunction(self) -> bool:
        return self.token.kind == "end" or self.token.text in {")", ","} or self._is_word("OR")


def _in_title(node: Node) -> Node:
    """The same tree with all its words confined to the headline."""
    if isinstance(node, Leaf):
        return node._replace(title_only=True)
    if isinstance(node, Operation):
        return node._replace(parts=tuple(map(_in_title, node.parts)))
    return node


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "odd"
        yield _Token(kind, match[kind], match.start(kind) + 1)
    while True:
        yield _Token("end", _END, len(text) + 1)
