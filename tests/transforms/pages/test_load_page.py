"""A page's bytes become the tree that a browser would show, in whatever encoding they come."""

from __future__ import annotations

import random

import pytest

from schemas.errors import FinalError
from transforms.pages.load_page import load_page

STORY = "東京の外相会談は二日目に入った。ソウルの代表団は合意を急がない。"


def shown(body: bytes, content_type: str = "") -> str:
    return " ".join(load_page(body, content_type).itertext())


@pytest.mark.parametrize("encoding", ["iso2022_jp", "euc_jp", "cp932", "utf-8", "utf-16"])
def test_japanese_pages_are_read_in_every_encoding_that_is_in_use(encoding: str) -> None:
    claim = f'<meta charset="{encoding.replace("iso2022_jp", "iso-2022-jp")}">'
    body = f"<html><head>{claim}</head><body><p>{STORY}</p></body></html>".encode(encoding)
    assert STORY in shown(body)


def test_an_escape_character_in_another_page_changes_nothing() -> None:
    assert "Zürich 東" in shown("<html><body><p>Zürich \x1b$B東</p></body></html>".encode())[
        :40
    ].replace("$B", "")


def test_the_banner_of_a_web_archive_is_no_part_of_the_page() -> None:
    page = (
        "<html><body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div><p>About this capture.</p></div>"
        "<!-- END WAYBACK TOOLBAR INSERT --><p>The minister flew home.</p></body></html>"
    )
    assert "capture" not in shown(page.encode())
    assert "The minister flew home." in shown(page.encode())


def test_a_banner_without_an_end_takes_nothing_away() -> None:
    page = "<html><body><!-- BEGIN WAYBACK TOOLBAR INSERT --><p>The minister flew home.</p></body></html>"
    assert "The minister flew home." in shown(page.encode())


def test_random_bytes_are_no_page_even_behind_the_mark_of_an_encoding() -> None:
    noise = random.Random(11).randbytes(6_000)
    for mark in (b"", b"\xff\xfe", b"\xfe\xff"):
        with pytest.raises(FinalError) as caught:
            load_page(mark + noise)
        assert caught.value.reason == "not-text"


def test_a_page_with_the_letters_of_icon_fonts_is_one() -> None:
    icons = "".join(f"<i>{chr(0xE000 + i)}</i>" for i in range(40))
    assert STORY in shown(f"<html><body>{icons}<p>{STORY}</p></body></html>".encode())
