"""Plain text that was broken at a width reads as paragraphs again, and other text stays as it is."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.sources.document import make_entry
from transforms.pages.read_text import article_from_text
from transforms.pages.unwrap_lines import unwrap_lines

PARAGRAPHS = (
    "Ministers of France and Algeria meet in Paris",
    "PARIS (Wire) -- The foreign ministers of France and Algeria met in Paris on Friday and signed "
    "an agreement on visas, the first of its kind between the two countries in nine years.",
    "Both governments would set up a commission before the summer, the French minister said. His "
    "colleague spoke of a new page, of old quarrels laid to rest, and invited him to Algiers.",
)
CHINESE = "两国外长周五在港口城市会面，签署了签证协议，这是两国九年来的首个此类协议，双方还将设立联合委员会。"


@pytest.mark.parametrize("width", [40, 64, 72, 80, 100, 120])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_paragraphs_come_back_from_any_usual_width(width: int, between: str) -> None:
    wrapped = between.join(textwrap.fill(p, width) for p in PARAGRAPHS)
    lines = [line for line in unwrap_lines(wrapped).split("\n") if line]
    if between == "\n\n":
        assert lines == list(PARAGRAPHS)
    assert " ".join(lines) == " ".join(PARAGRAPHS), "no character is lost"


def test_text_without_spaces_is_joined_without_one() -> None:
    wrapped = "\n".join(CHINESE[at : at + 30] for at in range(0, len(CHINESE), 30))
    assert unwrap_lines(f"{wrapped}\n\n{wrapped}") == f"{CHINESE}\n\n{CHINESE}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\n".join(PARAGRAPHS),
        "Facebook\nTwitter\nMail\nPrint\nShare this article with a friend of yours",
        "\n".join(f"{n:>2}  an indented table row, {n}" for n in range(9)),
    ],
    ids=["empty", "blank", "paragraphs", "list", "table"],
)
def test_other_lines_stay_lines(text: str) -> None:
    assert unwrap_lines(text) == text


def test_the_article_of_a_wrapped_file_has_whole_sentences() -> None:
    wrapped = "\r\n\r\n".join(textwrap.fill(p, 72).replace("\n", "\r\n") for p in PARAGRAPHS)
    article = article_from_text(wrapped, make_entry("text", "story.txt"))
    assert article.headline == PARAGRAPHS[0]
    assert article.article_body.split("\n") == list(PARAGRAPHS[1:])
