"""Which addresses may be connected to."""

from __future__ import annotations

import pytest

from pipeline.fetching.addresses import is_allowed, parse_networks


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.164", "2606:4700:4700::1111"])
def test_public_addresses_are_allowed(address):
    assert is_allowed(address, ())


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "::ffff:0:127.0.0.1"),
        *("3fff::1", "5f00::1"),
    ],
)
def test_what_leads_into_private_networks_is_refused(address):
    assert not is_allowed(address, ())


def test_an_allowed_network_opens_itself_alone():
    allowed = parse_networks(["127.0.0.0/8", "fd00::/8"])
    assert is_allowed("127.0.0.1", allowed)
    assert is_allowed("::ffff:127.0.0.1", allowed)
    assert is_allowed("fd00::1", allowed)
    assert not is_allowed("10.0.0.1", allowed)
    assert not is_allowed("::1", allowed)
