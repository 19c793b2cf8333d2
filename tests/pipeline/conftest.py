"""A loopback web server that answers as it is told to, also badly, and the command that asks it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import pytest

from pipeline.fetching.fetch_settings import FetchSettings

Handler = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]


class Request(NamedTuple):
    """What arrived, byte for byte."""

    path: str
    head: bytes

    def header(self, name: str) -> bytes | None:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip()
        return None


def answer(body: bytes | str = b"", status: int = 200, **headers: str | bytes) -> bytes:
    """A whole answer; `content_type="text/html"` becomes a header."""
    payload = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Status".encode(), b"Content-Length: %d" % len(payload)]
    for name, value in headers.items():
        raw = value.encode() if isinstance(value, str) else value
        lines.append(name.replace("_", "-").encode() + b": " + raw)
    return b"\r\n".join([*lines, b"Connection: close", b"", payload])


class Loopback:
    """Routes by path; `requests` is what was asked, in order."""

    def __init__(self) -> None:
        self.routes: dict[str, bytes | Handler | list[bytes]] = {}
        self.requests: list[Request] = []
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            request = Request(head.split(b" ")[1].decode(), head)
            self.requests.append(request)
            route = self.routes.get(request.path, answer("no such page", 404))
            if isinstance(route, list):
                route = route.pop(0) if len(route) > 1 else route[0]
            if isinstance(route, bytes):
                writer.write(route)
            else:
                await route(request, writer)
            await writer.drain()
        writer.close()


@contextmanager
def serving() -> Iterator[Loopback]:
    """The server, on a port of its own and in a thread of its own."""
    site, started, stop = Loopback(), threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(run_site(site, started, stop)))
    thread.start()
    started.wait()
    try:
        yield site
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A server for one test."""
    with serving() as site:
        yield site


@pytest.fixture(scope="module")
def loopback_of_module() -> Iterator[Loopback]:
    """A server for all tests of a module."""
    with serving() as site:
        yield site


async def run_site(site: Loopback, started: threading.Event, stop: threading.Event) -> None:
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    started.set()
    while not stop.is_set():
        await asyncio.sleep(0.005)
    server.close()
    serving = asyncio.all_tasks() - {asyncio.current_task()}
    for task in serving:
        task.cancel()
    await asyncio.gather(*serving)
    await asyncio.sleep(0.005)  # in which the transports close


@pytest.fixture(scope="session")
def respond() -> Callable[..., bytes]:
    """Makes an answer."""
    return answer


@pytest.fixture(scope="session")
def dateline() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command itself, as a person would; gives its exit status and its words."""

    def run(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pipeline", *words]
        options = {"capture_output": True, "text": True, "timeout": 300, **options}
        return subprocess.run(command, check=False, **options)

    return run


@pytest.fixture
def local() -> FetchSettings:
    """Settings under which loopback may be reached."""
    return FetchSettings(allow_networks=("127.0.0.0/8",), total_timeout_s=5.0)
