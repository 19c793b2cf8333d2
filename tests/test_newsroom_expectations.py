"""Every article of the bundled newsroom against what stands beside it: text, pairs, topics."""

from __future__ import annotations

from functools import cache

from pipeline.newsroom.site import Expected, serve
from schemas.records import Article, Page, Relation
from schemas.topics import topic
from transforms.refine import refine_page


@cache
def refined() -> list[tuple[Expected, Article]]:
    """Each expected article with what the pipeline's own functions make of its page."""
    found = []
    with serve() as newsroom:
        for expected in newsroom.expectations():
            if expected.kind != "article":
                continue
            host = f"{expected.outlet}"
            path = "/" + expected.url.split("/", 3)[3]
            body = newsroom.resources[host, path.split("?")[0]].body
            page = Page(expected.url, expected.url, "text/html", body, 0)
            found.append((expected, refine_page(page).article))
    return found


def share(holds: list[bool]) -> float:
    return sum(holds) / len(holds)


def test_no_paragraph_of_a_story_is_lost() -> None:
    lost = [
        (expected.outlet, paragraph)
        for expected, article in refined()
        for paragraph in expected.paragraphs
        if " ".join(paragraph.split()) not in " ".join(article.article_body.split())
    ]
    assert lost == []


def test_boilerplate_lines_are_stripped() -> None:
    kept = [
        line not in article.article_body.split("\n")
        for expected, article in refined()
        for line in expected.boilerplate
    ]
    assert share(kept) >= 0.96


def test_languages_are_right() -> None:
    wrong = [(e.url, a.in_language) for e, a in refined() if a.in_language[:2] != e.language[:2]]
    assert wrong == []


def test_headlines_are_those_of_the_stories() -> None:
    wrong = [(e.headline, a.headline) for e, a in refined() if a.headline != e.headline]
    assert wrong == []


def test_authors_are_named_as_they_sign() -> None:
    """Where nobody signs, the outlet prints its own name in place of one."""
    wrong = [
        (e.url, a.authors)
        for e, a in refined()
        if tuple(a.authors) != e.authors and (e.authors or tuple(a.authors) != (a.publisher,))
    ]
    assert wrong == []


def test_articles_carry_the_day_that_their_outlet_printed() -> None:
    wrong = [
        (e.url, a.day_published, a.date_source)
        for e, a in refined()
        if a.day_published != e.published.date().isoformat()
    ]
    assert wrong == []


def test_datelines_and_captions_are_read_as_printed() -> None:
    wrong = [
        (e.url, a.dateline, a.caption)
        for e, a in refined()
        if (a.dateline, a.caption) != (e.place, e.caption)
    ]
    assert wrong == []


def test_the_main_pair_comes_first() -> None:
    right = [
        bool(article.pairs) and f"{article.pairs[0].a}-{article.pairs[0].b}" == expected.pairs[0]
        for expected, article in refined()
        if expected.pairs
    ]
    assert share(right) >= 0.8


def test_the_same_story_in_two_languages_has_the_same_main_pair() -> None:
    stories: dict[str, set[tuple[str, str]]] = {}
    languages: dict[str, set[str]] = {}
    for expected, article in refined():
        if expected.story_of and article.pairs:
            best = article.pairs[0]
            stories.setdefault(expected.story_of, set()).add((best.a, best.b))
            languages.setdefault(expected.story_of, set()).add(expected.language)
    told_twice = [name for name, spoken in languages.items() if len(spoken) > 1]
    assert len(told_twice) >= 4
    assert share([len(stories[name]) == 1 for name in told_twice]) >= 0.75


def test_the_same_story_in_two_languages_has_the_same_main_relation() -> None:
    stories: dict[str, dict[str, Relation]] = {}
    for expected, article in refined():
        main = {article.pairs[0].a, article.pairs[0].b} if article.pairs else set()
        told = [r for r in article.relations if r.quad_class and {r.source, r.target} == main]
        if expected.story_of and told:
            stories.setdefault(expected.story_of, {}).setdefault(expected.language[:2], told[0])
    told_twice = [list(found.values()) for found in stories.values() if len(found) > 1]
    assert len(told_twice) >= 5
    is_conflict = [{relation.quad_class > 2 for relation in found} for found in told_twice]
    assert all(len(kinds) == 1 for kinds in is_conflict)
    assert sum(len({relation.event_type for relation in found}) == 1 for found in told_twice) >= 4


def test_every_offset_points_at_its_text() -> None:
    for _, article in refined():
        fields = {"headline": article.headline, "body": article.article_body}
        for country in article.countries:
            for m in country.mentions:
                assert fields[m.field][m.start : m.end] == m.text
        for pair in article.pairs:
            for e in pair.evidence:
                assert fields[e.field][e.start : e.end] == e.text
        for tagged in article.topics:
            for span in tagged.evidence:
                assert fields[span.field][span.start : span.end] == span.text


def test_articles_in_other_languages_than_english_are_tagged_with_what_they_are_about() -> None:
    right = []
    for expected, article in refined():
        if expected.language[:2] != "en" and expected.topics:
            given = {t.id for t in article.topics}.union(*(t.ancestors for t in article.topics))
            wanted = {top for name in expected.topics for top in topic(name).path[:1]}
            right.append(not wanted.isdisjoint(given))
    assert len(right) >= 20
    assert share(right) >= 0.9
