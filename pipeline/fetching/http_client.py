"""URLs in, `Response`s out: politely, within bounds of time and bytes, never from private networks.

One client serves one asyncio loop. Every status comes back as a `Response`; what keeps an answer
from coming raises `RetryableError` or `FinalError` with stage `fetch`.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from types import TracebackType

import aiohttp
from yarl import URL

from pipeline.fetching.addresses import (
    LocalhostResolver,
    RefusedAddressError,
    guarded_socket_factory,
    parse_networks,
)
from pipeline.fetching.fetch_settings import FetchSettings, default_user_agent
from pipeline.fetching.host_gate import HostGate
from pipeline.fetching.http_response import Response, read_body
from schemas.errors import FinalError, RecordError, RetryableError

_ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json,"
    " application/rdf+xml;q=0.9, application/json;q=0.8, application/xml;q=0.8, */*;q=0.1",
    "page": "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1",
    "robots": "text/plain, */*;q=0.1",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_URL = 8_000
_MAX_ROBOTS_BYTES = 500 * 1024  # RFC 9309 2.5: at least this much counts, the rest may be ignored
_PAUSE_S = 60.0  # after a 429 that names no time


class HttpClient:
    """An asynchronous context manager; `get` may be called by many tasks at once."""

    def __init__(self, settings: FetchSettings | None = None) -> None:
        self.settings = settings or FetchSettings()
        self.user_agent = self.settings.user_agent or default_user_agent()
        self._networks = parse_networks(self.settings.allow_networks)
        self._gate = HostGate(
            self.settings.per_host, self.settings.max_in_flight, self.settings.host_delay_s
        )
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> HttpClient:
        """Get ready for requests, on the loop that runs; `async with` does so too."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # HostGate limits, before the clock starts
                resolver=LocalhostResolver(),
                socket_factory=guarded_socket_factory(self._networks),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,  # a proxy would connect for us, past the address check
            auto_decompress=False,  # `read_body` unpacks within its limit
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self.settings.connect_timeout_s),
            max_line_size=64 * 1024,
            max_field_size=64 * 1024,  # large cookies and policies are common, endless headers not
            skip_auto_headers=("Content-Type",),
        )
        return self

    async def __aenter__(self) -> HttpClient:
        return self.open()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str | bytes] | None = None,
        max_bytes: int | None = None,
        kind: str = "page",
        check: Callable[[str], Awaitable[None]] | None = None,
    ) -> Response:
        """Get a URL. `kind` is `page`, `feed` or `robots`: it sets Accept and the byte limit.

        `check` is awaited with the target of each redirect and may raise. Raises with stage `fetch`
        and one of the reasons bad-url, refused-address, dns, tls, connect, timeout, redirect-loop,
        too-many-redirects, too-large, bad-encoding, bad-response, host-paused.
        """
        limit = max_bytes or self._limit(kind)
        sent = self._headers(kind, headers or {})
        redirects: list[tuple[int, str]] = []
        current = _parsed(url)
        seen = {str(current)}
        time_left = self.settings.total_timeout_s
        loop = asyncio.get_running_loop()
        while True:
            async with self._gate.enter(current.host or ""):
                start = loop.time()
                hop = await self._hop(current, sent, limit, time_left, kind)
                time_left -= loop.time() - start
            if hop.status == 429:
                self.pause_host(current.host or "", _pause_s(hop))
            if hop.status not in _REDIRECTS or not hop.header("location"):
                return hop._replace(url=url, redirects=tuple(redirects))
            current = _redirect_target(current, hop)
            redirects.append((hop.status, str(current)))
            if str(current) in seen:
                raise FinalError("fetch", "redirect-loop", f"{url} leads back to {current}")
            if len(redirects) > self.settings.max_redirects:
                raise FinalError("fetch", "too-many-redirects", f"{url} redirects without end")
            seen.add(str(current))
            if check is not None:
                await check(str(current))

    def pause_host(self, host: str, seconds: float) -> None:
        """Ask nothing of `host` for so long."""
        self._gate.pause(host.lower(), seconds)

    def _limit(self, kind: str) -> int:
        if kind == "robots":
            return _MAX_ROBOTS_BYTES
        return self.settings.max_feed_bytes if kind == "feed" else self.settings.max_page_bytes

    def _headers(self, kind: str, extra: Mapping[str, str | bytes]) -> dict[str, str]:
        headers = {
            "User-Agent": self.user_agent,
            "Accept": _ACCEPT.get(kind, "*/*"),
            "Accept-Encoding": "gzip, deflate",
        }
        return headers | _exact(extra)

    async def _hop(
        self, url: URL, headers: Mapping[str, str], limit: int, time_left: float, kind: str
    ) -> Response:
        try:
            async with asyncio.timeout(time_left):
                return await self._request(url, headers, limit, kind)
        except RecordError:
            raise
        except (aiohttp.ClientError, OSError, ValueError) as exc:  # TimeoutError is an OSError
            raise _failure(exc, url) from exc

    async def _request(
        self, url: URL, headers: Mapping[str, str], limit: int, kind: str
    ) -> Response:
        if self._session is None:
            raise RuntimeError("HttpClient is used outside its `async with`")
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            wanted = answer.status < 300
            body = await read_body(answer, limit, truncate=kind == "robots") if wanted else b""
            if not wanted:
                answer.close()  # whatever an error page says, nobody reads it
            return Response(str(url), str(url), answer.status, tuple(answer.raw_headers), body, ())


def _parsed(url: str) -> URL:
    try:
        parsed = URL(url.strip()).with_fragment(None)
    except (ValueError, UnicodeError) as exc:
        raise FinalError("fetch", "bad-url", f"{url[:200]!r} is not a URL") from exc
    is_web = parsed.scheme in ("http", "https") and _is_host(parsed.host or "")
    if not is_web or len(url) > _MAX_URL:
        raise FinalError("fetch", "bad-url", f"{url[:200]!r} is not an http(s) address")
    # credentials in a link would be sent to whoever it names
    return parsed.with_user(None)


def _is_host(host: str) -> bool:
    return bool(host) and not any(char.isspace() or char in '<>"\\^`{|}' for char in host)


def _redirect_target(current: URL, hop: Response) -> URL:
    # servers send raw UTF-8 here, whatever the standard says
    location = hop.header("location").decode("utf-8", errors="replace").strip()
    try:
        target = current.join(URL(location))
    except (ValueError, UnicodeError) as exc:
        raise FinalError("fetch", "bad-url", f"{current} redirects to no URL") from exc
    return _parsed(str(target))


def _pause_s(response: Response) -> float:
    now = time.time_ns() // 1_000
    until = response.retry_after(now)
    return _PAUSE_S if until is None else (until - now) / 1_000_000


def _exact(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    """The headers that can go out byte for byte: aiohttp writes UTF-8 and nothing else.

    A validator of other bytes is left out: an unconditional request is right, an altered one not.
    """
    texts = {}
    for name, value in headers.items():
        with suppress(UnicodeDecodeError):
            texts[name] = value if isinstance(value, str) else value.decode("utf-8")
    return texts


# What kept an answer from coming, the first that fits: (exceptions, error class, reason)
_FAILURES: tuple[tuple[tuple[type[Exception], ...], type[RecordError], str], ...] = (
    ((TimeoutError,), RetryableError, "timeout"),
    ((aiohttp.ClientConnectorDNSError,), RetryableError, "dns"),
    ((aiohttp.ClientSSLError, ssl.SSLError), RetryableError, "tls"),
    ((aiohttp.InvalidURL, ValueError), FinalError, "bad-url"),
    ((aiohttp.ClientResponseError, aiohttp.ClientPayloadError), RetryableError, "bad-response"),
)


def _failure(exc: Exception, url: URL) -> RecordError:
    """The record error for what kept the answer from coming."""
    if any(isinstance(cause, RefusedAddressError) for cause in _causes(exc)):
        message = f"{url} is not on the public internet; --allow-network CIDR permits its network"
        return FinalError("fetch", "refused-address", message)
    message = f"{url}: {str(exc)[:300] or type(exc).__name__}"
    for kinds, error_class, reason in _FAILURES:
        if isinstance(exc, kinds):
            return error_class("fetch", reason, message)
    return RetryableError("fetch", "connect", message)


def _causes(exc: BaseException) -> list[BaseException]:
    """The exception and what it was raised from, groups unfolded."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [exc]
    while waiting:
        current = waiting.pop()
        if current is None or current in found:
            continue
        found.append(current)
        waiting += [current.__cause__, current.__context__, getattr(current, "os_error", None)]
        waiting += list(getattr(current, "exceptions", ()))
    return found
