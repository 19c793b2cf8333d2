"""One word of the command line in, its value out, or what is wrong with it (ArgumentTypeError)."""

from __future__ import annotations

import argparse
from ipaddress import ip_network


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or not 0 < int(text) < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def beam_option(text: str) -> str:
    """An option as Beam takes it."""
    if not text.startswith("--"):
        raise argparse.ArgumentTypeError(f"write --beam=--{text}")
    return text


def port(text: str) -> int:
    """A port from 0 to 65535."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def seconds(text: str) -> float:
    """A number of seconds, 0 or more."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return value


def network(text: str) -> str:
    """Addresses in CIDR notation."""
    try:
        ip_network(text, strict=False)
    except ValueError as exc:
        raise argparse.ArgumentTypeError(f"{text!r} is not a network like 127.0.0.0/8") from exc
    return text


def contact(text: str) -> str:
    """A URL or mail address, fit for a header."""
    if not text.isprintable() or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not a URL or a mail address")
    return text
