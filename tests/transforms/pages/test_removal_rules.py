"""Why a line left: one reason that a reader understands, each of them documented."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from stories import MINISTERS

from schemas.records import Page
from transforms.extract_article import extract_article
from transforms.pages.block_marks import GROUPS as MARKS
from transforms.pages.line_rules import line_rule
from transforms.pages.line_scores import load_line_models
from transforms.pages.removal_rules import BLOCKS, GROUPS, RULES, WORDING

POLICY = Path(__file__).parents[3] / "docs" / "extraction-policy.md"
STORY = MINISTERS
NAV = "".join(
    f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "World", "Sport", "Arts")
)
FOOT = "<footer><p>Copyright 2026 Harbour Post. All rights reserved.</p><p>Imprint</p></footer>"
FORMS = {
    "Facebook Icon Twitter Icon Mail Icon": "icons",
    "Updated 10.11.2025 17:59": "byline",
    "12 comments": "comments",
    "Ministers shake hands in Oslo on Friday. (Harbour Post via Reuters)": "caption",
    "Ann Lee / Reuters": "credit",
    "© 2026 Harbour Post": "legal",
    "ann.lee@post.example": "bio",
    "https://post.example/a": "related",
    "More: Fishermen wait for the fleet": "related",
    "Discover our new app": "self-promo",
    "Free trial for a month": "subscribe",
    "World": "section",
}


def test_every_rule_is_documented() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", POLICY.read_text("utf-8"), re.M))
    assert {rule: rows.get(rule) for rule in RULES} == RULES


def test_every_phrase_rule_has_a_meaning() -> None:
    table = resources.files("transforms.data.pages") / "boilerplate_phrases.toml"
    assert tomllib.loads(table.read_text("utf-8")).keys() <= WORDING.keys()


@pytest.mark.parametrize(("line", "rule"), FORMS.items())
def test_every_form_rule_has_a_meaning(line: str, rule: str) -> None:
    assert line_rule(line) == rule
    assert rule in WORDING


def test_every_group_of_features_has_a_meaning() -> None:
    models = load_line_models()
    groups = {name.split(".")[0] for model in (models.gate, models.judge) for name in model.names}
    assert groups <= GROUPS.keys()
    assert set(BLOCKS) <= set(MARKS)


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        ('<aside class="related-stories"><h4>Related</h4><ul><li><a href="/a">Fishermen wait for the fleet'
         '</a></li><li><a href="/b">Copper at its lowest</a></li></ul></aside>', "in-related-block"),
        ('<div class="newsletter-box"><h4>The morning in five minutes</h4><form>Your address</form></div>',
         "in-newsletter-block"),
        ('<div class="share-bar"><ul><li><a href="#">Send</a></li><li><a href="#">Copy</a></li></ul></div>',
         "in-share-block"),
        ("<figure><figcaption>The castle above the harbour</figcaption></figure>", "caption"),
        ("<p>Advertisement</p>", "sponsored"),
    ],
)  # fmt: skip
def test_a_removed_line_tells_what_it_is(inside: str, rule: str) -> None:
    story = [f"<p>{line}</p>" for line in STORY]
    markup = (
        f"<html><head><title>Ministers meet in Oslo over copper</title></head><body><nav>{NAV}</nav>"
        f"<article><h1>Ministers meet in Oslo over copper</h1>{''.join(story[:3])}{inside}"
        f"{''.join(story[3:])}</article>{FOOT}</body></html>"
    )
    url = "https://post.example/world/2026/ministers-meet"
    article = extract_article(Page(url, url, "text/html", markup.encode(), 0))
    assert article.article_body.split("\n") == STORY
    assert rule in [removal.rule for removal in article.removed]
