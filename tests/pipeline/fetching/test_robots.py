"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import pytest

from pipeline.fetching.robots import RobotsFile

SITE = "https://news.example"


def allowed(lines: str, path: str, agent: str = "dateline/1.0 (+https://a.example)") -> bool:
    return RobotsFile(lines, agent).allows(SITE + path)


@pytest.mark.parametrize("text", ["", "\n\n# nothing\n", "Sitemap: https://news.example/s.xml\n"])
def test_a_file_without_rules_allows_all(text):
    assert allowed(text, "/any")


def test_the_own_group_replaces_the_group_for_all():
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nDisallow: /private\n"
    assert allowed(text, "/news")
    assert not allowed(text, "/private/x")
    assert not allowed(text, "/news", agent="other")


def test_groups_that_name_the_same_agent_are_one():
    text = "User-agent: {}\nDisallow: {}\n".format
    text = text("dateline", "/a") + text("x", "/") + text("dateline", "/b")
    assert not allowed(text, "/a")
    assert not allowed(text, "/b")
    assert allowed(text, "/c")


def test_an_agent_is_its_whole_product_token():
    text = "User-agent: date\nUser-agent: dateline-news\nDisallow: /\n"
    assert allowed(text, "/a")


def test_unknown_lines_do_not_end_a_list_of_agents():
    assert not allowed("User-agent: dateline\nCrawl-delay: 5\nUser-agent: x\nDisallow: /", "/a")


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /a*b*c", "/a-x-b-y-c-z", False),
        ("Disallow: /a*b$", "/ab", False),
        ("Disallow: /a*a$", "/a", True),
        ("Disallow: /*", "/", False),
        ("Disallow: /Folder", "/folder", True),
        ("Disallow: /?id=", "/?id=7", False),
        ("Disallow: /ü", "/%C3%BC", False),
        ("Disallow: /%c3%bc", "/%C3%BC", False),
        ("Disallow: /b%61z", "/baz", False),
        ("Disallow: /baz", "/b%61z", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("disalow : /a", "/a", False),
        ("Disallow /a", "/a", False),
        ("Disallow: /a # why", "/a", False),
        ("Disallow: /\nAllow: /world/index.html", "/world/", True),
    ],
)
def test_the_longest_match_decides(rules, path, expected):
    assert allowed(f"User-agent: *\n{rules}\n", path) is expected


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(ends):
    assert not allowed(ends.join(["\ufeffUser-agent: *", "Disallow: /a"]), "/a")


def test_an_address_inside_the_query_is_no_host():
    rules = RobotsFile("User-agent: *\nDisallow: /go", "dateline")
    assert not rules.allows("/go?to=https://b.example/")


def test_patterns_made_to_backtrack_cost_nothing():
    text = "User-agent: *\n" + "Disallow: /" + "*a" * 8_000 + "$\n"
    assert allowed(text, "/" + "a" * 7_999 + "b")


def test_a_pattern_and_its_address_without_a_host_match_the_root():
    assert not RobotsFile("User-agent: *\nDisallow: /", "dateline").allows(SITE)
