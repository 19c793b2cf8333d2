"""Requests to many hosts in, at most a few to each of them at a time out, with a pause between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from schemas.errors import RetryableError


class HostGate:
    """Lets `per_host` requests to one host and `in_flight` in all through, `delay_s` apart.

    Waiting here costs no request its timeout.
    """

    def __init__(self, per_host: int, in_flight: int, delay_s: float = 0.0) -> None:
        self._per_host = per_host
        self._delay_s = delay_s
        self._total = asyncio.Semaphore(in_flight)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._next_start: dict[str, float] = {}
        self._paused_until: dict[str, float] = {}

    def pause(self, host: str, seconds: float) -> None:
        """Let nothing through to a host for so long: it said that it has had enough."""
        until = asyncio.get_running_loop().time() + seconds
        self._paused_until[host] = max(until, self._paused_until.get(host, 0.0))

    @asynccontextmanager
    async def enter(self, host: str) -> AsyncIterator[None]:
        """Wait for a place: of the host first, so that a slow host holds no place of the others."""
        self._refuse_paused(host)
        places = self._hosts.setdefault(host, asyncio.Semaphore(self._per_host))
        async with places:
            await self._keep_distance(host)
            async with self._total:
                self._refuse_paused(host)
                yield

    def _refuse_paused(self, host: str) -> None:
        until = self._paused_until.get(host, 0.0)
        if until > asyncio.get_running_loop().time():
            raise RetryableError("fetch", "host-paused", f"{host} asked for a pause")

    async def _keep_distance(self, host: str) -> None:
        if self._delay_s <= 0:
            return
        clock = asyncio.get_running_loop().time
        start = max(clock(), self._next_start.get(host, 0.0))
        self._next_start[host] = start + self._delay_s
        await asyncio.sleep(start - clock())
