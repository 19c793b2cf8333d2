"""A socket address in, a socket or a refusal out: nothing private is reached by name or redirect.

A resolver is never asked about literal addresses, so the check sits where the socket is made.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import ThreadedResolver
from aiohttp.abc import ResolveResult

from schemas.errors import InputError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# What `is_global` lets through and yet leads elsewhere: ranges that carry an IPv4 address inside,
# or were reserved after the standard library's tables were made. All other IPv6 unicast that is
# routed lies in 2000::/3, which already keeps out NAT64 (64:ff9b::/96) and IPv4-translated.
_ROUTED_IPV6 = ipaddress.IPv6Network("2000::/3")
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        "2002::/16",  # 6to4, RFC 3056
        "2001::/32",  # Teredo, RFC 4380
        "3fff::/20",  # documentation, RFC 9637
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # 6to4 relay anycast, RFC 7526
    )
)


class RefusedAddressError(OSError):
    """The address is not on the public internet and not in an allowed network."""


def parse_networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """CIDR texts to networks; `InputError` names the one that is none."""
    networks = []
    for text in texts:
        try:
            networks.append(ipaddress.ip_network(text, strict=False))
        except ValueError as exc:
            raise InputError(f"{text!r} is not a network; write it like 127.0.0.0/8") from exc
    return tuple(networks)


def is_allowed(host: str, allowed: Sequence[Network]) -> bool:
    """Whether a numeric address may be connected to: public, or inside an allowed network."""
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped  # ::ffff:127.0.0.1 reaches 127.0.0.1
    if any(address in network for network in allowed):
        return True
    if address.is_multicast or not address.is_global:
        return False
    if address.version == 6 and address not in _ROUTED_IPV6:
        return False
    return not any(address in network for network in _NEVER)


def guarded_socket_factory(allowed: Sequence[Network]) -> Callable[[Any], socket.socket]:
    """A socket factory for aiohttp's connector that refuses addresses before anything is sent."""

    def make_socket(addr_info: Any) -> socket.socket:
        family, kind, protocol, _, address = addr_info
        if not is_allowed(address[0], allowed):
            raise RefusedAddressError(f"{address[0]} is not a public address")
        return socket.socket(family=family, type=kind, proto=protocol)

    return make_socket


class LocalhostResolver(ThreadedResolver):
    """The system's resolver; names under `.localhost` are loopback, unasked (RFC 6761)."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        name = host.rstrip(".").lower()
        if name != "localhost" and not name.endswith(".localhost"):
            return await super().resolve(host, port, family)
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]
