"""What nothing reads goes before a page is parsed, and nothing else goes with it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.pages.load_page import load_page
from transforms.pages.page_scripts import without_scripts

PIECES = (
    "<script>", "<SCRIPT src='a'>", "</script>", "</ScRiPt >", "<script/>", "<style>", "</style>", "<!--",
    "-->", "<!-->", "<p>", "</p>", "text", "<scripted>",
    '<script type="application/ld+json">', "{}", ">", "<", "é",
)  # fmt: skip


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>a<script>if (a<b) x='</p>'</script>b</p>", "<p>ab</p>"),
        ("<p>a<SCRIPT async src=x></SCRIPT\n>b</p>", "<p>ab</p>"),
        ("<style>p>a{}</style><p>a</p>", "<p>a</p>"),
        ("<p>a<!-- <script> <p>b</p> -->c</p>", "<p>ac</p>"),
        ("<p>a<!--[if IE]><script>x</script><![endif]-->b</p>", "<p>ab</p>"),
        ("<p>a<!-->b</p>", "<p>ab</p>"),
        ("<script>document.write('<!--')</script><p>a</p>", "<p>a</p>"),
        ("<p>a<svg><path d='M0 0'/><title>b</title></svg>c<svg class=d />e</p>", "<p>ace</p>"),
        ("<script src='a.js'/><p>a</p><script>x</script>", "<p>a</p>"),
        ("<scripted>a</scripted><stylesheet>b</stylesheet>", None),
        ("<p>a</p><script>never ends <p>b</p>", None),
        ("<p>a</p><!-- never ends <p>b</p>", None),
        ("<p>a</p><script src=x/y", None),  # cut off in the tag, behind a slash
        ('<script type=\'application/LD+json\'>{"a": "<!--"}</script><p>a</p>', None),
    ],
)
def test_scripts_styles_and_comments_go(page: str, left: str | None) -> None:
    assert without_scripts(page.encode()) == (page if left is None else left).encode()


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_is_left_is_what_was_there(page: str) -> None:
    left = iter(page.encode())
    assert all(byte in left for byte in without_scripts(page.encode()))


def test_words_beside_a_script_stay_together() -> None:
    tree = load_page(b"<body><p>The fe<script>track()</script>rry sailed</p></body>")
    assert next(tree.iter("p")).text_content() == "The ferry sailed"
