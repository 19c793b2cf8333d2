"""robots.txt and a URL in, whether it may be fetched out (RFC 9309)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol
from urllib.parse import quote, unquote_to_bytes, urlsplit

from pipeline.fetching.http_response import Response
from schemas.errors import FinalError, RecordError, RetryableError

_KEEP_S = 24 * 3600.0  # 2.4: not used longer than 24 hours
_KEEP_UNREACHABLE_S = 600.0
_MAX_LINE = 16_664  # bytes, as the reference implementation reads them

_ASCII = "".join(map(chr, range(128)))
_TOKEN = re.compile(r"[A-Za-z_-]+")
_LINE = re.compile(r"([^:#]*?)\s*:\s*(.*)")
# Misspellings that the reference implementation forgives, because they are common.
_KEYS = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
}


class Rule(NamedTuple):
    """One path pattern of a group."""

    is_allow: bool
    pattern: str


class RobotsFile:
    """The rules of one robots.txt that concern one agent: a product token, or a whole User-Agent."""

    def __init__(self, text: str, user_agent: str) -> None:
        own, others = _rules(text, user_agent.partition("/")[0].strip().lower())
        self._rules = others if own is None else own

    def allows(self, url: str) -> bool:
        """Whether the agent may fetch `url`, given as it is sent (percent-encoded)."""
        path = _path(url)
        allow = max((_weight(rule, path) for rule in self._rules if rule.is_allow), default=0)
        deny = max((_weight(rule, path) for rule in self._rules if not rule.is_allow), default=0)
        return allow >= deny  # the longest match wins, an allow wins a tie (2.2.2)


def _rules(text: str, agent: str) -> tuple[list[Rule] | None, list[Rule]]:
    """The rules for the agent (None where no group names it) and the rules for everybody."""
    own: list[Rule] | None = None
    others: list[Rule] = []
    names_own = names_all = reads_agents = False
    for key, value in _lines(text):
        if key == "user-agent":
            if not reads_agents:
                names_own = names_all = False
            reads_agents = True
            names_all = names_all or _is_star(value)
            if _names(value, agent):
                names_own, own = True, own or []
            continue
        reads_agents = False
        rule = Rule(key == "allow", _escaped(value))
        if names_own and own is not None:
            own.append(rule)
        if names_all:
            others.append(rule)
    return own, others


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Key and value of each user-agent, allow and disallow line; other lines are nothing."""
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")):
        content = line[:_MAX_LINE].partition("#")[0].strip()
        match = _LINE.fullmatch(content)
        parts = (match[1], match[2]) if match else _without_colon(content)
        key = _KEYS.get(parts[0].strip().lower())
        if key:
            yield key, parts[1].strip()


def _without_colon(content: str) -> tuple[str, str]:
    words = content.split()
    return (words[0], words[1]) if len(words) == 2 else ("", "")


def _is_star(value: str) -> bool:
    return value == "*" or (value.startswith("*") and value[1:2].isspace())


def _names(value: str, agent: str) -> bool:
    token = _TOKEN.match(value)
    return bool(token and agent and token[0].lower() == agent)


def _escaped(pattern: str) -> str:
    """The pattern as it would stand in a URL: percent-encoded UTF-8, hex digits upper case."""
    encoded = quote(pattern, safe=_ASCII, errors="replace")
    return re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), encoded)


def _path(url: str) -> str:
    """Path and query of a URL: what patterns are matched against."""
    rest = url.partition("#")[0]
    if re.match(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//", rest):
        rest = rest.partition("//")[2]
        cut = re.search(r"[/?;]", rest)
        rest = rest[cut.start() :] if cut else "/"
    return rest if rest.startswith("/") else "/" + rest


def _weight(rule: Rule, path: str) -> int:
    """The octets of the pattern where it matches, else 0.

    A disallowed path is not reached by writing its letters as %XX or back (2.2.2); an
    allow must match as it is written, as in the reference implementation.
    """
    if _matches(rule.pattern, path):
        return len(rule.pattern)
    if not rule.is_allow and "%" in rule.pattern + path:
        plain = _unreserved(rule.pattern)
        return len(rule.pattern) if _matches(plain, _unreserved(path)) else 0
    if rule.is_allow and rule.pattern.endswith("/index.html"):
        folder = rule.pattern.removesuffix("index.html") + "$"  # a folder is its index page
        return len(folder) if _matches(folder, path) else 0
    return 0


def _unreserved(text: str) -> str:
    def decode(match: re.Match[str]) -> str:
        char = unquote_to_bytes(match[0]).decode("latin-1")
        is_plain = char.isascii() and (char.isalnum() or char in "-._~")
        return char if is_plain else match[0].upper()

    return re.sub(r"%[0-9a-fA-F]{2}", decode, text)


def _matches(pattern: str, path: str) -> bool:
    """Match a pattern with `*` and a final `$` against the start of a path, in linear time."""
    anchored = pattern.endswith("$")
    first, *middle = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    if not middle:
        return not anchored or path == first
    last = middle.pop() if anchored else ""
    place = len(first)
    for piece in middle:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return not anchored or (path.endswith(last) and len(path) - len(last) >= place)


class Client(Protocol):
    """What the cache needs of an `HttpClient`."""

    user_agent: str

    async def get(self, url: str, *, kind: str = "page") -> Response: ...


class _Kept(NamedTuple):
    answer: asyncio.Future[RobotsFile | RecordError]
    until: float


class RobotsCache:
    """The robots.txt of each host, asked once however many tasks wait for it."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._kept: dict[str, _Kept] = {}

    async def check(self, url: str) -> None:
        """Raise with stage `robots`: `disallowed` (final) or `unreachable` (try again later).

        A host that cannot be asked at all is `refused-address` or `bad-url`, as for the page itself.
        """
        parts = urlsplit(url)
        rules = await self._rules(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower())
        if isinstance(rules, RecordError):
            raise rules
        if not rules.allows(url):
            raise FinalError("robots", "disallowed", f"robots.txt disallows {url}")

    async def _rules(self, origin: str) -> RobotsFile | RecordError:
        loop = asyncio.get_running_loop()
        kept = self._kept.get(origin)
        if kept is None or (kept.answer.done() and kept.until < loop.time()):
            task = loop.create_task(self._fetch(origin))
            kept = self._kept[origin] = _Kept(task, loop.time() + _KEEP_S)
        rules = await asyncio.shield(kept.answer)  # one waiter's cancellation is not the others'
        if isinstance(rules, RecordError):
            until = min(kept.until, loop.time() + _KEEP_UNREACHABLE_S)
            self._kept[origin] = kept._replace(until=until)
        return rules

    async def _fetch(self, origin: str) -> RobotsFile | RecordError:
        """The rules; every 4xx allows all (2.3.1.3), no answer and 5xx disallow all (2.3.1.4)."""
        try:
            response = await self._client.get(f"{origin}/robots.txt", kind="robots")
        except RecordError as exc:
            is_of_page = exc.message.startswith((origin, f"'{origin}"))  # not of a redirect
            if is_of_page and exc.reason in ("refused-address", "bad-url"):
                return exc
            return RetryableError("robots", "unreachable", f"no robots.txt: {exc.message}")
        if response.status >= 500:
            message = f"{origin}/robots.txt answered {response.status}"
            return RetryableError("robots", "unreachable", message)
        text = response.body.decode("utf-8", "replace") if response.status < 300 else ""
        return RobotsFile(text, self._client.user_agent)
