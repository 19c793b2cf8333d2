"""Pages that are no articles end as such, with the reason; pages that look like them stay articles."""

from __future__ import annotations

import json

import pytest
from stories import MINISTERS

from schemas.errors import FinalError
from schemas.records import Article, Page
from transforms.extract_article import extract_article, page_language
from transforms.pages import find_body
from transforms.pages.article_checks import Reading, why_no_article
from transforms.pages.article_lines import ArticleLines
from transforms.pages.load_page import load_page
from transforms.pages.page_metadata import read_metadata

NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
FOOT = "<footer><p>Copyright 2026 Harbour Post. All rights reserved.</p></footer>"
STORY = MINISTERS[:3]


def page(title: str, inside: str, head: str = "") -> str:
    return (
        f"<html><head><title>{title} | Harbour Post</title>{head}</head>"
        f"<body>{NAV}<main>{inside}</main>{FOOT}</body></html>"
    )


def extract(markup: str, path: str = "/world/2026/ministers-meet-in-oslo") -> Article:
    url = f"https://post.example{path}"
    return extract_article(Page(url, url, "text/html", markup.encode(), 0))


def reason(markup: str, path: str = "/world/2026/ministers-meet-in-oslo") -> str:
    with pytest.raises(FinalError) as caught:
        extract(markup, path)
    assert caught.value.reason == "not-an-article"
    return str(caught.value)


def data(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


CARDS = {
    "Fishermen wait for the fleet to return": "The boats were expected on Monday, he said.",
    "Copper price falls to the lowest of the year": "Traders speak of full stores in Asia.",
    "Parliament debates the new border law": "The opposition calls for more time to read it.",
    "Storm closes the bridge for a second day": "Lorries have to take the long way around.",
    "Teachers vote on the offer of the state": "A result is expected before the summer.",
    "Museum shows the ship that never sailed": "Two students found the hull in a barn.",
    "Salmon farmers protest against the levy": "They drove to the capital with forty boats.",
}
TEASERS = "".join(
    f'<div class="card"><h3><a href="/a">{headline}</a></h3><p>{text}</p></div>'
    for headline, text in CARDS.items()
)


def test_a_section_front_is_a_list_of_articles() -> None:
    assert "list of articles" in reason(page("World news", f"<h1>World</h1>{TEASERS}"), "/world/")


def test_a_section_front_that_says_so_is_a_list_of_articles() -> None:
    head = data(**{"@type": "CollectionPage", "name": "World"})
    few = paragraphs([STORY[0]])
    assert "list of articles" in reason(page("World news", few, head), "/world/")


@pytest.mark.parametrize(("lines", "verdict"), [(12, "a list of articles"), (60, "")])
def test_a_page_of_odd_lines_is_a_list_only_with_linked_headlines_to_match(
    lines: int, verdict: str
) -> None:
    metadata = read_metadata(
        load_page(page("Rice with dates", "").encode()), "https://post.example/rice"
    )
    reading = Reading(["A cup of rice, washed and left to drain"] * lines, level=0.65, teasers=10)
    assert why_no_article(reading, metadata, "https://post.example/rice") == verdict


def test_the_front_page_of_a_site_is_no_article() -> None:
    assert "front page" in reason(page("Harbour Post", TEASERS + paragraphs(STORY)), "/")


def test_a_page_that_is_no_article_has_a_language() -> None:
    front = Page("", "https://post.example/", "text/html", page("Home", TEASERS).encode(), 0)
    with pytest.raises(FinalError):
        extract_article(front)
    assert page_language(front) == "en"


def test_a_video_with_a_line_about_it_is_no_article() -> None:
    head = '<meta property="og:type" content="video.other">'
    inside = f"<h1>Ministers meet in Oslo</h1><video src=a.mp4></video><p>{STORY[0]}</p>"
    assert "video" in reason(page("Ministers meet in Oslo", inside, head))
    assert "video" in reason(page("Ministers meet in Oslo", inside), "/videos/ministers-meet")


def test_an_article_with_a_video_is_an_article() -> None:
    head = data(**{"@type": "VideoObject", "name": "Ministers meet in Oslo"})
    inside = f"<h1>Ministers meet in Oslo</h1><video src=a.mp4></video>{paragraphs(STORY * 2)}"
    assert STORY[1] in extract(page("Ministers meet in Oslo", inside, head)).article_body


def test_a_gallery_of_pictures_is_no_article() -> None:
    figures = "".join(
        f"<figure><img src={i}.jpg><figcaption>The harbour of Oslo, picture {i}</figcaption></figure>"
        for i in range(12)
    )
    inside = f"<h1>The harbour in pictures</h1><p>{STORY[0]}</p>{figures}"
    assert "gallery" in reason(page("The harbour in pictures", inside), "/photos/harbour")
    head = data(**{"@type": "ImageGallery", "name": "The harbour"})
    assert "gallery" in reason(page("The harbour in pictures", inside, head))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("404 Not Found", "not found"),
        ("Page not found", "not found"),
        ("Seite nicht gefunden", "not found"),
        ("Página no encontrada", "not found"),
        ("Страница не найдена", "not found"),
        ("Before you continue", "consent"),
        ("Privacy settings", "consent"),
        ("Log in", "login"),
        ("Bitte anmelden", "login"),
        ("Just a moment...", "access check"),
        ("Access denied", "access check"),
        ("503 Service Unavailable", "access check"),
    ],
)
def test_a_wall_served_as_a_page_is_named(title: str, kind: str) -> None:
    inside = (
        f"<h1>{title}</h1><p>We could not show you what you asked for, and we are sorry for that.</p>"
        "<p>Please go back to the start page, or try again in a few minutes from now.</p>"
    )
    assert kind in reason(page(title, inside))


@pytest.mark.parametrize(
    "title",
    [
        "404 not found: why links die young",
        "Access denied to reporters at the summit in Oslo",
        "Login data of a million customers stolen",
        "Privacy settings that ministers forgot",
    ],
)
def test_a_story_about_walls_is_an_article(title: str) -> None:
    assert extract(page(title, f"<h1>{title}</h1>{paragraphs(STORY)}")).headline == title


def test_a_short_story_is_an_article() -> None:
    article = extract(
        page("Ministers meet in Oslo", f"<h1>Ministers meet in Oslo</h1>{paragraphs(STORY[:1])}")
    )
    assert article.article_body == STORY[0]


def test_a_story_with_many_links_to_others_is_an_article() -> None:
    inside = f"<h1>Ministers meet in Oslo</h1>{paragraphs(STORY * 2)}<aside>{TEASERS}</aside>"
    article = extract(page("Ministers meet in Oslo", inside))
    assert article.article_body.split("\n")[:3] == STORY


@pytest.mark.parametrize("inside", ["", "<h1>Ministers meet</h1>", "<p>Oslo</p>"])
def test_a_page_without_a_story_says_so(inside: str) -> None:
    assert "no text of an article" in reason(page("Ministers meet in Oslo", inside))


def test_a_saved_front_page_says_where_it_is_from() -> None:
    teasers = "".join(
        f"<h3><a href='/{i}'>Ministers meet again in port {i}</a></h3>" for i in range(8)
    )
    body = "".join(f"<p>{line}</p>{teasers}" for line in STORY)
    home = page("Harbour Post", body, '<meta property="og:url" content="https://post.example/">')
    saved = Page("file:home.html", "file:home.html", "text/html", home.encode(), 0)
    with pytest.raises(FinalError, match="a front page"):
        extract_article(saved)
    assert extract(home).article_body  # a story that names the front page by mistake


def test_a_story_that_the_line_model_hardly_believes_is_one_where_trafilatura_takes_it_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    markup = page("Ministers meet in Oslo", "".join(f"<p>{line}</p>" for line in STORY))
    monkeypatch.setattr(find_body, "find_article_lines", doubtful)
    assert extract(markup).article_body == "\n".join(STORY)
    others = "".join(f"<p>{line.replace(' ', ' still ')}</p>" for line in STORY)
    assert reason(page("Ministers meet in Oslo", others))


def doubtful(*asked: object) -> ArticleLines:
    """What the line model would say of a page unlike all that it has seen."""
    return ArticleLines(STORY, [], has_text=True, level=0.3)


def test_of_a_story_that_the_line_model_believes_half_trafilatura_gives_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    markup = page("Ministers meet in Oslo", paragraphs(MINISTERS))
    half = [ArticleLines(MINISTERS[:3], [], has_text=True, level=level) for level in (0.6, 0.9)]
    bodies = []
    for found in half:
        monkeypatch.setattr(find_body, "find_article_lines", lambda *_, found=found: found)
        bodies.append(extract(markup).article_body.split("\n"))
    assert bodies == [MINISTERS, MINISTERS[:3]], "a page that it believes is not compared"


def test_what_trafilatura_takes_elsewhere_on_a_page_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = ArticleLines(MINISTERS[:3], [], has_text=True, level=0.6)
    monkeypatch.setattr(find_body, "find_article_lines", lambda *_: found)
    others = [line.replace(" ", " still ") for line in MINISTERS]
    body = extract(page("Ministers meet in Oslo", paragraphs(others))).article_body
    assert body.split("\n") == MINISTERS[:3]
