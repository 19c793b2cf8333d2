"""How a run fetches, as plain picklable values; known without the client, which takes long to import."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


def default_user_agent(contact: str = "") -> str:
    """`dateline/<version> (+contact)`: who asks, and where to complain."""
    try:
        name = f"dateline/{version('dateline')}"
    except PackageNotFoundError:
        name = "dateline"
    return f"{name} (+{contact})" if contact else f"{name} (news feed reader)"


@dataclass(frozen=True)
class FetchSettings:
    """How to fetch. Seconds, bytes and counts."""

    user_agent: str = ""  # "" stands for `default_user_agent()`
    total_timeout_s: float = 30.0  # of one `get`, redirects and body included, waiting excluded
    connect_timeout_s: float = 10.0
    max_page_bytes: int = 20 * 2**20  # decompressed
    max_feed_bytes: int = 50 * 2**20
    max_redirects: int = 8
    per_host: int = 2
    max_in_flight: int = 100
    allow_networks: tuple[str, ...] = ()  # CIDR; private networks that may be reached
    host_delay_s: float = 0.0
