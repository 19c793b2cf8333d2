"""Identity: one address, one article; copies share a cluster."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.deduplicate import (
    Signed,
    article_id,
    canonical_url,
    cluster,
    content_hash,
    folded,
    signature,
)

STORY = " ".join(
    f"In paragraph {i} the ministers of the two countries discussed point {i * 7} of the agenda."
    for i in range(40)
)


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("HTTP://News.Example:80/a?utm_source=x&id=3&fbclid=1#top", "http://news.example/a?id=3"),
        ("https://news.example/?p=17&at_medium=RSS", "https://news.example/?p=17"),
        ("https://news.example/story?page=2&lang=fr", "https://news.example/story?lang=fr&page=2"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a/../b/", "https://news.example/b/"),
        ("https://news.example/x?ref=4711", "https://news.example/x?ref=4711"),
        ("https://news.example/x?ref=rss", "https://news.example/x"),
        (" https://news.example/\n x ", "https://news.example/x"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://app.example/#!/story/9", "https://app.example/#!/story/9"),
        ("file:notes.txt", "file:notes.txt"),
        ("http://[", "http://["),
        ("http://];[a@b/", "http://];[a@b/"),
        ("http://%251e9/", "http://%251e9/"),
    ],
)
def test_tracking_goes_and_what_chooses_the_page_stays(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


_PATHS = st.text(max_size=80).map(lambda text: f"http://h.example/{text}")
_HOSTS = st.text("aZ.:/?#[]@%25;&!+=é。", max_size=20).map(lambda text: f"http://{text}")


@given(_PATHS | _HOSTS)
def test_canonical_is_a_fixed_point_and_never_raises(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_http_and_https_are_the_same_article_and_another_path_is_not() -> None:
    assert article_id(canonical_url("http://h.example/a?utm_campaign=1")) == article_id(
        "https://h.example/a"
    )
    assert article_id("https://h.example/a") != article_id("https://h.example/b")


def test_white_space_and_width_do_not_make_a_new_version_but_a_word_does() -> None:
    assert content_hash("A  b", "c\n\nd") == content_hash("Ａ b", "c d")
    assert content_hash("A b", "c d") != content_hash("A b", "c e")


def test_a_syndicated_copy_with_small_edits_joins_the_oldest_and_another_story_does_not() -> None:
    copy = "(Agency) " + STORY.replace("point 70", "item 70") + " Additional reporting by staff."
    other = " ".join(
        random.Random(3).choices("oil gas vote goal film court rain ship".split(), k=400)
    )
    new = [
        Signed("b", 2, signature(copy)),
        Signed("a", 1, signature(STORY)),
        Signed("c", 3, signature(other)),
    ]
    assert cluster(new) == {"a": "a", "b": "a", "c": "c"}
    known = [Signed("z", 0, signature(STORY), "y")]
    assert cluster(new, known) == {"a": "y", "b": "y", "c": "c"}


@pytest.mark.parametrize(
    ("in_common", "copies"), [(0.3, range(2)), (0.5, range(4)), (0.95, range(95, 101))]
)
def test_only_texts_that_share_most_of_their_words_pass_for_copies(
    in_common: float, copies: range
) -> None:
    chance = random.Random(11)

    def words(count: float) -> list[str]:
        return [str(chance.randrange(5_000)) for _ in range(int(count))]

    def are_copies() -> bool:
        shared = words(300 * in_common)
        one, other = (" ".join(shared + words(300 * (1 - in_common))) for _ in range(2))
        new = [Signed("a", 1, signature(one)), Signed("b", 2, signature(other))]
        return cluster(new)["b"] == "a"

    assert sum(are_copies() for _ in range(100)) in copies


def test_clusters_do_not_depend_on_the_order_of_arrival() -> None:
    new = [Signed(str(i), i % 3, signature(STORY + f" Line {i}.")) for i in range(9)]
    expected = cluster(new)
    for seed in range(5):
        assert cluster(random.Random(seed).sample(new, 9)) == expected


def test_short_and_chinese_texts_have_signatures_that_fit_64_bits() -> None:
    assert signature("two words") == []
    bands = signature("中国和俄罗斯外长在北京举行会谈讨论双边关系")
    assert len(bands) == 16
    assert all(0 <= band < 2**63 for band in bands)


def test_of_endless_accents_upon_a_letter_thirty_count() -> None:
    assert folded("Ze" + "\u0301\u0316" * 5_000 + "d") == folded("Ze" + "\u0301\u0316" * 15 + "d")
    assert folded("e" + "\u0301" * 30) != folded("e" + "\u0301" * 29)
