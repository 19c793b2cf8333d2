"""Scraped texts of many shapes: each line ends as a part of the article, or removed with a reason."""

from __future__ import annotations

from pipeline.sources.document import make_entry
from schemas.records import Article
from transforms.pages.plain_markdown import plain_markdown
from transforms.pages.read_text import article_from_entry, article_from_text
from transforms.refine import refine_entry

LEAD = (
    "OSLO (Reuters) - The walkout has closed both ports, and talks were due to resume on Tuesday "
    "with mediators from two countries."
)
STORY = [
    LEAD,
    '"We will not sign," said Carla Ruiz, who leads the union.',
    "What happens next?",
    "• The navy will carry medicines to the islands.",
    "The minister declined to comment.",
]
PAGE = """Share
Facebook
Home > World > Europe
By Ann Lee, Transport Correspondent
Published 14:05 GMT, 3 November 2025
Ferry crews strike for a third day
Talks with the government broke down on Sunday
{0}
Advertisement
{1}
Read more: How the grain corridor was reopened
{2}
{3}
{4}
Follow us on Facebook
Comments (14)
More from Europe
Why the strait was closed
© 2025 Harbour Media
"""


def read(text: str) -> Article:
    return article_from_text(text, make_entry("text", "story.txt"))


def rules(article: Article) -> dict[str, str]:
    return {removal.text: removal.rule for removal in article.removed}


def test_entries_without_a_page_are_articles_of_their_own() -> None:
    feed = "https://wire.example/feed"
    entries = [
        make_entry(
            "feed", feed, guid=guid, link="", content=f"<p>{LEAD}</p><p>{guid}, the end.</p>"
        )
        for guid in ("first", "second")
    ]
    articles = [refine_entry(entry).article for entry in entries]
    assert [article.url for article in articles] == [f"{feed}#!{e.entry_id}" for e in entries]
    assert len({article.article_id for article in articles}) == 2


def test_a_date_of_the_last_change_is_taken_where_no_other_is_told() -> None:
    content, changed = f"<p>{LEAD}</p>", 1_762_178_700_000_000
    atom = make_entry("feed", "https://wire.example/feed", content=content, updated=changed)
    row = make_entry("jsonl", "rows.jsonl", updated=changed)
    dated = [article_from_entry(atom), article_from_text(LEAD, row)]
    assert [(a.date_published, a.date_source) for a in dated] == [
        (changed, "feed"), (changed, "meta"),
    ]  # fmt: skip
    shown = article_from_text(PAGE.format(*STORY), row._replace(updated=changed + 1))
    assert (shown.date_published, shown.date_source) == (changed, "byline")


def test_a_copied_page_gives_its_parts() -> None:
    article = read(PAGE.format(*STORY))
    assert article.article_body.split("\n") == STORY
    assert article.headline == "Ferry crews strike for a third day"
    assert article.standfirst == "Talks with the government broke down on Sunday"
    assert (article.section, article.dateline, article.agency) == ("Europe", "OSLO", "Reuters")
    assert article.authors == ["Ann Lee"]
    assert (article.date_published, article.date_source) == (1_762_178_700_000_000, "byline")


def test_what_was_taken_out_is_named() -> None:
    found = rules(read(PAGE.format(*STORY)))
    assert found["Advertisement"] == "sponsored"
    assert found["Read more: How the grain corridor was reopened"] == "related"
    assert found["Why the strait was closed"] == "related"  # a headline below "More from Europe"
    assert found["© 2025 Harbour Media"] == "legal"


def test_line_ends_of_other_systems_change_nothing() -> None:
    text = PAGE.format(*STORY)
    assert read(text.replace("\n", "\r\n")) == read(text)
    assert read(text.replace("\n", "\n\n")) == read(text)


def test_markdown_loses_its_marks() -> None:
    text = f"""# Ferry crews strike for a third day

*By Ann Lee* | 3 November 2025

![The ferry](ferry.jpg)

**OSLO (Reuters)** {LEAD.removeprefix("OSLO (Reuters) ")}

> "We will not sign," said [Carla Ruiz](https://post.example/ruiz), who leads the union.

- The navy will carry medicines to the islands.

## What happens next?

The minister *declined* to comment.
"""
    article = read(text)
    assert article.headline == "Ferry crews strike for a third day"
    assert (article.authors, article.agency) == (["Ann Lee"], "Reuters")
    assert article.article_body.split("\n") == [
        LEAD,
        '"We will not sign," said Carla Ruiz, who leads the union.',
        "- The navy will carry medicines to the islands.",
        "What happens next?",
        "The minister declined to comment.",
    ]


def test_markdown_keeps_the_breaks_between_its_paragraphs_however_many() -> None:
    text = "# The port\n\n> It is shut.\n>\n> It stays shut.\n\n* Coal\n\n- - -\n"
    assert plain_markdown(text) == "The port\n\nIt is shut.\n\nIt stays shut.\n\n- Coal\n\n\n"
    blank = " \n" * 100_000  # trying each with all that follow would take minutes
    assert plain_markdown(f"# The port\n{blank}It is shut.") == f"The port\n{blank}It is shut."


def test_a_text_that_is_no_markdown_keeps_its_signs() -> None:
    text = "* Three ports\n* Four ships\n2 * 3 * 4 and snake_case_names and #hashtags > others"
    assert plain_markdown(text) == text


def test_a_name_above_a_role_signs_the_story_and_a_line_below_a_credit_is_a_caption() -> None:
    article = read(
        "Ministers meet in Vienna\n\n3 hours ago\n\nAnn Lee\nEurope correspondent\n\nGetty Images\n"
        "Ministers arrive at the palace\n\nMinisters from nine countries met on Monday to discuss the "
        "price of grain, and they agreed on little.\n\nRelated topics\nAustria\nGrain"
    )
    assert (article.authors, article.caption) == (["Ann Lee"], "Ministers arrive at the palace")
    assert article.standfirst == ""
    assert article.article_body.count("\n") == 0


def test_the_agency_of_a_chinese_dateline_is_found() -> None:
    article = read(
        "国际\n渡轮工人罢工第三天\n2025年11月3日 14:05 来源：港口晚报\n"
        "新华社奥斯陆11月3日电 罢工已使两个港口关闭，谈判原定周二恢复，两国派出调解人参加会谈。\n"
        "广告\n发言人表示，周五可能还有三个港口关闭。\n责任编辑：李博"
    )
    assert (article.agency, article.dateline, article.section) == ("Xinhua", "奥斯陆", "国际")
    assert "责任编辑：李博" in rules(article)
