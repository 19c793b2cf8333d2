"""The caption of the lead image on small pages, with and without marks, and its credit cut."""

from __future__ import annotations

import pytest
from stories import FERRIES

from transforms.pages.captions import without_credit
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import read_metadata

CAPTION = "Ferries wait in the harbour on Monday."


def caption(below: str) -> str:
    page = f"<html><body><h1>Ferry crews strike again</h1>{below}{FERRIES}{FERRIES}</body></html>"
    return read_metadata(load_page(page.encode()), "https://post.example/ferries").caption


@pytest.mark.parametrize(
    "below",
    [
        f"<figure><img src=a><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure><img src=a><figcaption>{CAPTION} <span class=credit>Ann Lee</span></figcaption></figure>",
        f"<div><img src=a><p class=wp-caption-text>{CAPTION} Foto: Ann Lee</p></div>",
        f"<div class=x1><img src=a><div class=x2>{CAPTION} HARBOUR POST/Ann Lee</div></div>",
        f"<center><img src=a><br>{CAPTION}</center>",
        f"<picture><img src=a></picture><small class=cap>{CAPTION} (Photo: Ann Lee)</small>",
        f"<table><tr><td><img src=a></td></tr><tr><td><font>{CAPTION}</font></td></tr></table>",
        f"<div><img src=logo></div><div><img src=a><i>{CAPTION}</i></div>",
    ],
)
def test_the_caption_is_found_however_it_is_made(below: str) -> None:
    assert caption(below) == CAPTION


@pytest.mark.parametrize(
    "below",
    [
        "",
        "<img src=a>",
        "<figure><img src=a><figcaption>Share</figcaption></figure>",
        f"<div><img src=a><a href=/x>{CAPTION}</a></div>",
        f"<aside><img src=a><p>{CAPTION}</p></aside>",
        "<div><img src=a>3 May 2025, 12:10, by Ann Lee</div>",
    ],
)
def test_links_dates_and_single_words_are_no_captions(below: str) -> None:
    assert caption(below) == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The harbour. Photo: Ann Lee", "The harbour."),
        ("The harbour | Photo Credit: Ann Lee", "The harbour"),
        ("The harbour. © Ann Lee / Post", "The harbour."),
        ("The harbour. (AP Photo/Ann Lee)", "The harbour."),
        ("Der Hafen. Foto: Ann Lee", "Der Hafen."),
        ("港口的渡轮。 王小明 摄", "港口的渡轮。"),
        ("A photo of the harbour", "A photo of the harbour"),
    ],
)
def test_credits_are_cut(text: str, left: str) -> None:
    assert without_credit(text) == left
