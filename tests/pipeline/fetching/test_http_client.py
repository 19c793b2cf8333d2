"""The client against servers that drip, bomb, loop, lie and lead to private networks."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.fetching.fetch_settings import FetchSettings, default_user_agent
from pipeline.fetching.http_client import HttpClient
from pipeline.fetching.http_response import Response
from schemas.errors import FinalError, InputError, RecordError, RetryableError


def get(settings: FetchSettings, url: str, **options: Any) -> Response:
    async def run() -> Response:
        async with HttpClient(settings) as client:
            return await client.get(url, **options)

    return asyncio.run(run())


def reason(settings: FetchSettings, url: str, **options: Any) -> str:
    with pytest.raises(RecordError) as caught:
        get(settings, url, **options)
    return caught.value.reason


def test_an_answer_comes_with_its_headers_byte_for_byte(loopback, respond, local):
    loopback.routes["/a"] = respond("hi", ETag=b'W/"a\\"b\xff"', Last_Modified="yesterday, about")
    response = get(local, loopback.url("/a"))
    assert (response.status, response.body) == (200, b"hi")
    assert response.header("etag") == b'W/"a\\"b\xff"'
    assert response.header("Last-Modified") == b"yesterday, about"


def test_validators_go_out_byte_for_byte(loopback, respond, local):
    loopback.routes["/a"] = respond(status=304)
    etag = 'W/"a\\"ü"'.encode()
    response = get(local, loopback.url("/a"), headers={"If-None-Match": etag})
    assert response.status == 304
    assert loopback.requests[0].header("If-None-Match") == etag


def test_a_validator_that_cannot_go_out_byte_for_byte_stays_at_home(loopback, respond, local):
    loopback.routes["/a"] = respond("x")
    get(local, loopback.url("/a"), headers={"If-None-Match": b'"\xff"'})
    assert loopback.requests[0].header("If-None-Match") is None


def test_requests_say_who_asks_and_carry_no_junk(loopback, respond, local):
    loopback.routes["/a?q=1"] = respond("x", Set_Cookie="id=1")
    settings = replace(local, user_agent=default_user_agent("https://example.org/about"))

    async def twice() -> None:
        async with HttpClient(settings) as client:
            await client.get(loopback.url("/a?q=1"), kind="feed")
            await client.get(loopback.url("/a?q=1"), kind="feed")

    asyncio.run(twice())
    second = loopback.requests[1]
    assert second.path == "/a?q=1"
    assert second.header("cookie") is None
    assert second.header("referer") is None
    agent = second.header("user-agent") or b""
    assert agent.startswith(b"dateline/")
    assert b"+https://example.org/about" in agent
    assert b"application/rss+xml" in (second.header("accept") or b"")
    assert b"gzip" in (second.header("accept-encoding") or b"")


@pytest.mark.parametrize("proxy", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_a_proxy_of_the_environment_is_not_used(loopback, respond, local, monkeypatch, proxy):
    monkeypatch.setenv(proxy, "http://127.0.0.1:1")
    loopback.routes["/a"] = respond("direct")
    assert get(local, loopback.url("/a")).body == b"direct"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "x.localhost",
        "0.0.0.0",
        "2130706433",
    ],
)
def test_loopback_is_refused_however_it_is_written(loopback, respond, host):
    loopback.routes["/a"] = respond("secret")
    assert reason(FetchSettings(), loopback.url("/a", host)) in ("refused-address", "bad-url")
    assert loopback.requests == []


def test_a_name_that_resolves_to_a_private_address_is_refused(loopback, respond, monkeypatch):
    def lie(host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lie)
    loopback.routes["/a"] = respond("secret")
    assert reason(FetchSettings(), loopback.url("/a", "news.example")) == "refused-address"
    assert loopback.requests == []


def test_a_redirect_to_a_private_address_is_refused(loopback, respond):
    settings = FetchSettings(allow_networks=("127.0.0.1/32",))
    loopback.routes["/a"] = respond(status=302, Location="http://127.0.0.2:1/latest/meta-data")
    assert reason(settings, loopback.url("/a")) == "refused-address"


def test_names_under_localhost_need_no_dns(loopback, respond, local):
    loopback.routes["/a"] = respond("hello")
    assert get(local, loopback.url("/a", "paper.localhost")).body == b"hello"
    assert loopback.requests[0].header("host") == f"paper.localhost:{loopback.port}".encode()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "gopher://a/",
        "",
        "http://",
        "http://[",
        "/x",
        "http://a b.example/",
    ],
)
def test_what_is_no_web_address_is_refused(local, url):
    assert reason(local, url) == "bad-url"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "http://["])
def test_a_redirect_to_what_is_no_web_address_is_refused(loopback, respond, local, target):
    loopback.routes["/a"] = respond(status=301, Location=target)
    assert reason(local, loopback.url("/a")) == "bad-url"


def test_redirects_are_followed_and_remembered(loopback, respond, local):
    loopback.routes["/a"] = respond(status=301, Location="/b")
    loopback.routes["/b"] = respond(status=302, Location="/c?x=1#part")
    loopback.routes["/c?x=1"] = respond("there")
    response = get(local, loopback.url("/a"))
    assert response.url == loopback.url("/a")
    assert response.final_url == loopback.url("/c?x=1")
    assert response.redirects == ((301, loopback.url("/b")), (302, loopback.url("/c?x=1")))


def test_a_redirect_loop_ends(loopback, respond, local):
    loopback.routes["/a"] = respond(status=302, Location="/b")
    loopback.routes["/b"] = respond(status=302, Location="/a")
    assert reason(local, loopback.url("/a")) == "redirect-loop"
    assert loopback.paths() == ["/a", "/b"]


def test_redirects_without_end_end(loopback, respond, local):
    for number in range(20):
        loopback.routes[f"/{number}"] = respond(status=302, Location=f"/{number + 1}")
    assert reason(replace(local, max_redirects=3), loopback.url("/0")) == "too-many-redirects"
    assert len(loopback.requests) == 4


def test_each_redirect_target_is_checked_before_it_is_asked(loopback, respond, local):
    loopback.routes["/a"] = respond(status=302, Location="/forbidden")

    async def check(url: str) -> None:
        raise FinalError("robots", "disallowed", url)

    assert reason(local, loopback.url("/a"), check=check) == "disallowed"
    assert loopback.paths() == ["/a"]


def test_a_body_over_the_limit_is_refused(loopback, respond, local):
    loopback.routes["/a"] = respond(b"x" * 10_001)
    assert reason(local, loopback.url("/a"), max_bytes=10_000) == "too-large"
    assert len(get(local, loopback.url("/a"), max_bytes=10_001).body) == 10_001


def test_a_gzip_bomb_is_stopped_at_the_limit(loopback, respond, local):
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000, 9) + b"\0" * 200_000_000, 1)
    loopback.routes["/a"] = respond(bomb, Content_Encoding="gzip")
    assert reason(local, loopback.url("/a"), max_bytes=1_000_000) == "too-large"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "two members"])
def test_compressed_bodies_are_unpacked(loopback, respond, local, coding):
    text = b"news " * 100_000
    packer = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": packer.compress(text) + packer.flush(),
        "two members": gzip.compress(text[:1_000]) + gzip.compress(text[1_000:]),
    }[coding]
    header = "deflate" if "deflate" in coding else "gzip"
    loopback.routes["/a"] = respond(packed, Content_Encoding=header)
    assert get(local, loopback.url("/a")).body == text


@pytest.mark.parametrize(
    "body", [b"no gzip at all", gzip.compress(b"x" * 9_999, mtime=0)[:-30]], ids=["other", "cut"]
)
def test_a_broken_compressed_body_is_an_error(loopback, respond, local, body):
    loopback.routes["/a"] = respond(body, Content_Encoding="gzip")
    assert reason(local, loopback.url("/a")) == "bad-encoding"


def test_an_encoding_that_was_not_asked_for_is_an_error(loopback, respond, local):
    loopback.routes["/a"] = respond(b"\x0b\x02", Content_Encoding="br")
    assert reason(local, loopback.url("/a")) == "bad-encoding"


async def drip_body(request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(200):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def drip_head(request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        writer.write(b"X-%d: x\r\n" % number)
        await writer.drain()
        await asyncio.sleep(0.05)


async def say_nothing(request: Any, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(5)


async def endless_body(request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


async def endless_head(request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        writer.write(b"x" * 65_536)
        await writer.drain()


async def cut_off(request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")


async def babble(request: Any, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")


@pytest.mark.parametrize("handler", [drip_body, drip_head, say_nothing])
def test_a_slow_server_costs_no_more_than_the_total_timeout(loopback, local, handler):
    loopback.routes["/a"] = handler
    assert reason(replace(local, total_timeout_s=0.4), loopback.url("/a")) == "timeout"


def test_an_endless_body_ends_at_the_limit(loopback, local):
    loopback.routes["/a"] = endless_body
    assert reason(local, loopback.url("/a"), max_bytes=1_000_000) == "too-large"


@pytest.mark.parametrize("handler", [endless_head, cut_off, babble])
def test_an_answer_that_breaks_the_protocol_is_an_error(loopback, local, handler):
    loopback.routes["/a"] = handler
    assert reason(local, loopback.url("/a")) == "bad-response"


def test_a_slow_host_does_not_hold_up_the_others(loopback, respond, local):
    loopback.routes["/slow"] = say_nothing
    loopback.routes["/quick"] = respond("news")

    async def run() -> list[Any]:
        async with HttpClient(replace(local, total_timeout_s=0.5, max_in_flight=3)) as client:
            slow = [client.get(loopback.url("/slow", "slow.localhost")) for _ in range(4)]
            quick = [client.get(loopback.url("/quick", f"q{n}.localhost")) for n in range(20)]
            return await asyncio.gather(*slow, *quick, return_exceptions=True)

    results = asyncio.run(run())
    assert [type(result) for result in results[:4]] == [RetryableError] * 4
    assert all(result.body == b"news" for result in results[4:])


def test_one_host_gets_few_requests_at_a_time(loopback, local):
    at_once, most = 0, 0

    async def count(request: Any, writer: asyncio.StreamWriter) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.02)
        at_once -= 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    loopback.routes["/a"] = count

    async def run() -> None:
        async with HttpClient(replace(local, per_host=2)) as client:
            await asyncio.gather(*(client.get(loopback.url("/a")) for _ in range(12)))

    asyncio.run(run())
    assert most == 2


def test_a_host_that_has_had_enough_is_left_alone(loopback, respond, local):
    loopback.routes["/a"] = respond(status=429, Retry_After="120")
    loopback.routes["/b"] = respond("news")

    async def run() -> tuple[int, str]:
        async with HttpClient(local) as client:
            first = await client.get(loopback.url("/a"))
            with pytest.raises(RetryableError) as caught:
                await client.get(loopback.url("/b"))
            return first.status, caught.value.reason

    assert asyncio.run(run()) == (429, "host-paused")
    assert loopback.paths() == ["/a"]


def test_a_closed_port_and_an_unknown_name_can_be_tried_again(local):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert reason(local, f"http://127.0.0.1:{free.getsockname()[1]}/") == "connect"
    assert reason(local, "http://no-such-host.invalid/") == "dns"


def test_a_certificate_that_nobody_signed_is_refused(tmp_path, local):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))

    async def run() -> str:
        server = await asyncio.start_server(babble_once, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with server, HttpClient(local) as client:
            with pytest.raises(RetryableError) as caught:
                await client.get(f"https://paper.localhost:{port}/")
        return caught.value.reason

    assert asyncio.run(run()) == "tls"


async def babble_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


def self_signed(folder: Path) -> Path:
    """A fresh key with a certificate for paper.localhost, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "paper.localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("paper.localhost")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    place = folder / "server.pem"
    place.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return place


def test_credentials_in_a_link_are_not_sent(loopback, respond, local):
    loopback.routes["/a"] = respond("x")
    get(local, loopback.url("/a", "user:secret@127.0.0.1"))
    assert loopback.requests[0].header("authorization") is None


def test_a_network_that_is_none_is_named():
    with pytest.raises(InputError, match=r"'127\.0\.0\.0/99'.*127\.0\.0\.0/8"):
        HttpClient(FetchSettings(allow_networks=("127.0.0.0/99",)))
