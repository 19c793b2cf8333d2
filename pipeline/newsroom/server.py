"""From HTTP requests to the resources of many sites on one loopback port, told apart by Host."""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple


class Request(NamedTuple):
    """One request that was answered."""

    host: str
    path: str  # with the query
    status: int
    headers: Mapping[str, str]  # names in lower case


@dataclass(frozen=True)
class Resource:
    """What the server sends for one path of one host."""

    body: bytes = b""
    content_type: str = "text/html"
    status: int = 200
    last_modified: datetime | None = None  # None: no validators
    location: str = ""
    gzip: bool = False

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def validators(self) -> dict[str, str]:
        """The headers that a later conditional request may send back."""
        if self.last_modified is None:
            return {}
        modified = format_datetime(self.last_modified.astimezone(UTC), usegmt=True)
        return {"ETag": self.etag, "Last-Modified": modified}

    def is_fresh(self, headers: Mapping[str, str]) -> bool:
        """Whether the client has this body already (RFC 9110, 13.2.2: the ETag goes first)."""
        if self.last_modified is None:
            return False
        if "if-none-match" in headers:
            return self.etag in headers["if-none-match"]
        since = headers.get("if-modified-since", "")
        try:
            return self.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False


NOT_FOUND = Resource(b"<!DOCTYPE html><title>404</title><h1>Not found</h1>", status=404)


Answer = Callable[[str, str, Mapping[str, str]], tuple[Resource, int]]


class SiteServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; says nothing before `answering` begins. Port 0 takes any free one."""

    request_queue_size = 128
    answer: Answer  # (host, path, headers with names in lower case) -> (resource, status)

    def __init__(self, port: int) -> None:
        self.open_connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    @contextmanager
    def answering(self, answer: Answer) -> Iterator[None]:
        """Answer requests in threads of their own until the block ends."""
        self.answer = answer
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            self._close_connections()
            thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that has gone; tell what else went wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def _close_connections(self) -> None:
        """Close what clients keep open, so that no thread waits for their next request."""
        for connection in tuple(self.open_connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was quicker


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SiteServer

    def setup(self) -> None:
        super().setup()
        self.server.open_connections.add(self.connection)

    def finish(self) -> None:
        self.server.open_connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        resource, status = self.server.answer(headers.get("host", ""), self.path, headers)
        body = b"" if status == HTTPStatus.NOT_MODIFIED else resource.body
        is_gzipped = resource.gzip and bool(body) and "gzip" in headers.get("accept-encoding", "")
        if is_gzipped:
            body = gzip.compress(body, mtime=0)
        self.send_response(status)
        for name, value in resource.validators().items():
            self.send_header(name, value)
        if is_gzipped:
            self.send_header("Content-Encoding", "gzip")
        if resource.location:
            self.send_header("Location", resource.location)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: whoever answers keeps a log."""
