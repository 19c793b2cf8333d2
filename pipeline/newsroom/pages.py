"""From an outlet and a story to the bytes of the outlet's page: template, text and boilerplate."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import datetime
from string import Template
from typing import Any

from pipeline.newsroom.stories import Outlet, Story


def story_path(outlet: Outlet, story: Story) -> str:
    """The path of the story's page on its site."""
    return Template(outlet.permalink).substitute(
        slug=story.slug,
        year=f"{story.published:%Y}",
        month=f"{story.published:%m}",
        section=story.section.lower(),
    )


def story_paragraphs(outlet: Outlet, story: Story) -> list[str]:
    """The text as printed: the first paragraph opens with the outlet's kind of dateline."""
    first, *others = story.paragraphs or ("",)
    if story.place:
        opening = Template(outlet.dateline)
        first = opening.substitute(place=story.place, agency=story.agency or outlet.name) + first
    return [first, *others]


def story_page(outlet: Outlet, story: Story, base: str) -> bytes:
    """The story's page in the outlet's own encoding.

    `base` is the outlet's root without a slash at its end, such as `http://example.org:8080`.
    """
    template = (outlet.folder / story.template).read_text("utf-8")
    return encode(outlet, Template(template).substitute(_slots(outlet, story, base)))


def front_page(outlet: Outlet, base: str) -> bytes:
    """A plain list of the outlet's stories, so that a person can look around."""
    rows = [
        f'<li><a href="{story_path(outlet, story)}">{html.escape(story.headline)}</a>'
        f" <small>{story.published:%Y-%m-%d}</small></li>"
        for story in outlet.stories
    ]
    feeds = " ".join(f'<a href="{feed.path}">{feed.format}</a>' for feed in outlet.feeds)
    heading = f'<a href="{base}/">{html.escape(outlet.name)}</a>'
    page = _list_page(
        outlet.name, heading, f"<p>{feeds}</p>", rows, outlet.language, outlet.encoding
    )
    return encode(outlet, page)


def portal_page(sites: Mapping[str, str]) -> bytes:
    """The list of outlets, from their names and root addresses."""
    rows = [f'<li><a href="{base}/">{html.escape(name)}</a></li>' for name, base in sites.items()]
    title = "The bundled newsroom"
    intro = '<p>Every outlet, person and event is made up. <a href="/feeds.opml">feeds.opml</a></p>'
    return _list_page(title, title, intro, rows, "en", "utf-8").encode()


def _list_page(
    title: str, heading: str, intro: str, rows: list[str], language: str, charset: str
) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="{charset}">'
        f"<title>{html.escape(title)}</title></head>\n"
        f'<body style="font-family:serif;max-width:44em;margin:2em auto">'
        f"<h1>{heading}</h1>\n{intro}\n<ul>\n" + "\n".join(rows) + "\n</ul></body></html>\n"
    )


def encode(outlet: Outlet, text: str) -> bytes:
    """Text as the outlet sends it; what its encoding lacks becomes a character reference."""
    return text.encode(outlet.encoding, "xmlcharrefreplace")


def _slots(outlet: Outlet, story: Story, base: str) -> dict[str, str]:
    """What the templates may name with a dollar sign, escaped for HTML."""
    url = base + story_path(outlet, story)
    modified = story.modified or story.published
    plain = {
        "base": base,
        "url": url,
        "name": outlet.name,
        "language": outlet.language,
        "headline": story.headline,
        "standfirst": story.standfirst,
        "byline": outlet.byline_join.join(story.authors) or outlet.name,
        "section": story.section,
        "published": story.published.isoformat(),
        "published_text": _printed(outlet, story.published),
        "modified": modified.isoformat(),
        "modified_text": _printed(outlet, modified),
        "image": f"{base}/images/{story.slug}.jpg",
        "caption": story.caption,
        "credit": story.credit,
    }
    slots = {name: html.escape(value) for name, value in plain.items()}
    slots["figure"] = Template(outlet.figure).substitute(slots) if story.caption else ""
    slots["body"] = _body(outlet, story, slots)
    slots["json_ld"] = _json_ld(outlet, story, url)
    return slots


def _printed(outlet: Outlet, moment: datetime) -> str:
    return moment.strftime(outlet.date_format)


def _body(outlet: Outlet, story: Story, slots: dict[str, str]) -> str:
    """The paragraphs in the outlet's markup, with what it pushes in between them."""
    wrapper = Template(outlet.paragraph)
    unlinked = dict(outlet.links)
    pieces: list[str] = []
    for number, paragraph in enumerate(story_paragraphs(outlet, story), start=1):
        pieces.append(wrapper.substitute(text=_linked(html.escape(paragraph, False), unlinked)))
        if number in outlet.inserts:
            pieces.append(Template(outlet.inserts[number]).substitute(slots))
    return "\n".join(pieces)


def _linked(text: str, unlinked: dict[str, str]) -> str:
    """Link the first place of each word, as editors do; a linked word leaves `unlinked`."""
    for word in [word for word in unlinked if word in text]:
        text = text.replace(word, f'<a href="{unlinked.pop(word)}">{word}</a>', 1)
    return text


def _json_ld(outlet: Outlet, story: Story, url: str) -> str:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": story.headline,
        "datePublished": story.published.isoformat(),
        "dateModified": (story.modified or story.published).isoformat(),
        "inLanguage": outlet.language,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
    if outlet.article_body_in_json_ld:
        data["articleBody"] = "\n\n".join(story_paragraphs(outlet, story))
    return json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")
