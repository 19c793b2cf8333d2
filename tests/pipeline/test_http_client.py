"""Real HTTP over loopback, from servers that lie, drip, bomb and loop."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from pipeline.http_client import FetchSettings, HttpClient
from pipeline.http_response import Response
from schemas.errors import RecordError

LOOPBACK = ("127.0.0.0/8",)
LIMITS = FetchSettings(allow_networks=LOOPBACK, total_timeout_s=1.5, max_page_bytes=1_000_000)


class Hostile(BaseHTTPRequestHandler):
    """One path, one way to misbehave."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[dict[str, str]]] = []

    def log_message(self, *_: object) -> None:
        """Be quiet."""

    def do_GET(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        getattr(self, self.path.strip("/").split("?")[0].replace("-", "_") or "page")()

    def _head(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def page(self) -> None:
        self._head(200, Content_Type="text/html", Content_Length="5", Set_Cookie="a=b")
        self.wfile.write(b"hello")

    def bomb(self) -> None:
        body = gzip.compress(b"\0" * 200_000_000, 9)
        self._head(200, Content_Encoding="gzip", Content_Length=str(len(body)))
        self._pour(body)

    def endless(self) -> None:
        self._head(200, Connection="close")
        while self._pour(b"x" * 65_536):
            pass

    def drip(self) -> None:
        self._head(200, Connection="close")
        while self._pour(b"x"):
            time.sleep(0.2)

    def loop(self) -> None:
        self._head(302, Location="/loop", Content_Length="0")

    def inward(self) -> None:
        self._head(301, Location="http://10.0.0.1/secret", Content_Length="0")

    def to_file(self) -> None:
        self._head(301, Location="file:///etc/hostname", Content_Length="0")

    def busy(self) -> None:
        self._head(503, Retry_After="7", Content_Length="0")

    def _pour(self, piece: bytes) -> bool:
        try:
            self.wfile.write(piece)
        except OSError:
            self.close_connection = True
            return False
        return True


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running(Hostile) as address:
        yield address


@contextmanager
def running(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get(url: str, settings: FetchSettings = LIMITS) -> Response:
    async def ask() -> Response:
        async with HttpClient(settings) as client:
            return await client.get(url)

    return asyncio.run(ask())


def refusal(url: str, settings: FetchSettings = LIMITS) -> str:
    with pytest.raises(RecordError) as failed:
        get(url, settings)
    return failed.value.reason


@pytest.mark.parametrize("path", ["bomb", "endless"])
def test_a_body_without_end_is_cut_at_the_limit(base: str, path: str) -> None:
    assert refusal(f"{base}/{path}") == "too-large"


def test_a_dripping_body_ends_at_the_total_timeout(base: str) -> None:
    assert refusal(f"{base}/drip") == "timeout"


def test_a_redirect_loop_is_seen(base: str) -> None:
    assert refusal(f"{base}/loop") in ("redirect-loop", "too-many-redirects")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://[::1]:1/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "http://news.localhost:1/",
    ],
)
def test_private_addresses_are_refused_by_default(url: str) -> None:
    assert refusal(url, FetchSettings(total_timeout_s=2)) == "refused-address"


def test_a_redirect_cannot_lead_where_a_link_may_not(base: str) -> None:
    assert refusal(f"{base}/inward") == "refused-address"
    assert refusal(f"{base}/to-file") in ("bad-url", "refused-scheme")


@pytest.mark.parametrize("url", ["ftp://h.example/", "file:///etc/passwd", "http://", "nonsense"])
def test_what_is_no_http_address_is_refused(url: str) -> None:
    assert refusal(url) == "bad-url"


def test_requests_say_who_asks_and_nothing_else(base: str) -> None:
    Hostile.seen.clear()
    get(f"{base}/page")
    get(f"{base}/page")
    for headers in Hostile.seen:
        assert headers["user-agent"].startswith("dateline/")
        assert not {"cookie", "referer", "authorization"} & set(headers)


def test_a_busy_server_is_an_answer_with_its_wish(base: str) -> None:
    response = get(f"{base}/busy")
    assert response.status == 503
    assert response.header("Retry-After") == b"7"
