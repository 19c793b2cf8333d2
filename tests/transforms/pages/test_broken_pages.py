"""Metadata of pages that are cut, spliced and garbled: something is read, nothing is raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import FinalError
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import read_metadata

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry crews strike | Harbour Post</title><link rel="canonical" href="/ferries">
<meta property="og:title" content="Ferry crews strike"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2025-06-03T23:30:00-05:00">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Ferry crews",
"author": [{"name": ["Ann Lee", "Bo Li"]}], "datePublished": "2025-06-04T04:30:00Z",
"image": {"url": ["/a.jpg"]}, "mainEntityOfPage": {"@id": "/ferries"}}]}</script></head>
<body><header><nav><a href="/">Home</a></nav></header><article><p>Politics</p>
<h1><span>News |</span> Ferry crews strike</h1><p>By <a rel="author" href="/authors/ann">Ann Lee</a>
and Bo Li | <time datetime="2025-06-03">June 3, 2025 11:30 PM</time> | Updated 03/07/2025</p>
<figure><img src="/a.jpg"><figcaption>Ferries wait in the harbour. Photo: Cy</figcaption></figure>
<p>OSLO, June 3 (Reuters) - The crews stayed ashore on Monday.</p></article></body></html>"""
URLS = st.sampled_from(
    ["", "https://post.example/2025/06/03/x", "http://[::1", "no url", "//", "a:b:c"]
)
SPOTS = st.integers(0, len(PAGE))


def assert_sane_metadata(body: bytes, url: str) -> None:
    try:
        tree = load_page(body)
    except FinalError:
        return
    found = read_metadata(tree, url)
    assert (found.published is None) == (found.day_published == "")
    assert all(name.strip() for name in found.authors)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_page_in_utf_16_needs_no_mark(encoding: str) -> None:
    page = PAGE.replace("Ferry crews strike", "Fährleute streiken")
    found = read_metadata(load_page(page.encode(encoding)), "")
    assert found.headline == "Fährleute streiken"


@given(SPOTS, SPOTS, st.binary(max_size=40), URLS)
@settings(max_examples=60, deadline=None)
def test_spliced_pages_never_raise(start: int, end: int, inserted: bytes, url: str) -> None:
    body = PAGE.encode()
    assert_sane_metadata(body[:start] + inserted + body[end:], url)


@given(
    st.sampled_from(["utf-16", "cp1251", "gb18030", "koi8-r"]),
    SPOTS,
    st.sampled_from("<>\"'{}[]=&"),
)
@settings(max_examples=60, deadline=None)
def test_pages_in_other_encodings_without_a_sign_never_raise(
    encoding: str, start: int, sign: str
) -> None:
    text = PAGE[:start] + PAGE[start:].replace(sign, "")
    assert_sane_metadata(text.encode(encoding, "replace"), "https://post.example/ferries")
