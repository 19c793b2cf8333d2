"""From the folder of the bundled newsroom to its outlets, their feeds and their stories.

The folder holds one sub-folder per outlet: `outlet.yaml` (who it is, its feeds, its boilerplate),
`page.html` and other templates (the site), and `stories.yaml` (what it reports, and beside every
story what a reader of it must find out: the countries that deal with each other, and the topics).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

# An installed package carries the folder beside this file; a checkout has it among the examples.
DATA_FOLDERS = (
    Path(__file__).parent / "data",
    Path(__file__).parents[2] / "examples" / "newsroom",
)


@dataclass(frozen=True)
class Story:
    """One entry of an outlet's feeds, and what is to be found out about it."""

    slug: str
    headline: str
    published: datetime  # with the offset that the outlet prints
    kind: str = "article"  # article | advert | gallery | broken | dead | robots
    standfirst: str = ""
    authors: Sequence[str] = ()
    section: str = "World"
    place: str = ""  # of the dateline
    agency: str = ""
    caption: str = ""
    credit: str = ""
    paragraphs: Sequence[str] = ()
    modified: datetime | None = None
    template: str = "page.html"
    status: int = 200
    pairs: Sequence[str] = ()  # best first
    not_pairs: Sequence[str] = ()  # must not score as dealing with each other
    topics: Sequence[str] = ()
    story_of: str = ""  # stories that share it tell the same news, in any language
    copy_of: str = ""  # stories that share it are one agency text, lightly edited
    edition: int = 1  # the first edition that carries it
    second_edition: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewsFeed:
    """One feed of an outlet."""

    path: str
    format: str  # rss091 | rss092 | rss10 | rss20 | rss20-full | atom03 | atom10 | json11 | sitemap
    title: str = ""
    sections: Sequence[str] = ()  # none: all of them
    guid: str = ""  # a pattern of $slug and $url; none: the link
    tracking: str = ""  # query that the feed hangs on its links
    moved_from: str = ""  # the path that subscribers know, permanently redirected
    status: int = 200
    port: int = 0  # a port that nobody listens on; 0: the newsroom's own


@dataclass(frozen=True)
class Outlet:
    """One publisher: its site, its feeds and its stories."""

    host: str
    folder: Path
    name: str
    language: str
    feeds: Sequence[NewsFeed]
    stories: Sequence[Story] = ()
    permalink: str = "/$slug"
    encoding: str = "utf-8"
    charset_header: bool = True
    gzip: bool = False
    date_format: str = "%d %B %Y, %H:%M"
    dateline: str = "$place — "
    paragraph: str = "<p>$text</p>"
    figure: str = ""
    byline_join: str = ", "
    article_body_in_json_ld: bool = False
    links: Mapping[str, str] = field(default_factory=dict)  # words of the text -> site path
    inserts: Mapping[int, str] = field(default_factory=dict)  # after which paragraph -> HTML
    boilerplate: Mapping[str, Sequence[str]] = field(default_factory=dict)  # kind -> lines
    robots: str = ""


def data_folder() -> Path:
    """The newsroom's folder, in a checkout as well as in an installed package."""
    for folder in DATA_FOLDERS:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the bundled newsroom is not at {DATA_FOLDERS[-1]}")


def load_outlets(edition: int) -> list[Outlet]:
    """All outlets by name of their host, with the stories of that edition, newest first."""
    folders = sorted(path.parent for path in data_folder().glob("*/outlet.yaml"))
    return [_load_outlet(folder, edition) for folder in folders]


def _load_outlet(folder: Path, edition: int) -> Outlet:
    fields = _read_yaml(folder / "outlet.yaml")
    feeds = [NewsFeed(**feed) for feed in fields.pop("feeds")]
    outlet = Outlet(host=folder.name, folder=folder, feeds=feeds, **fields)
    stories = [_edited(story, edition) for story in _load_stories(outlet)]
    shown = [story for story in stories if story.edition <= edition]
    return replace(outlet, stories=sorted(shown, key=_newest_first))


def _newest_first(story: Story) -> tuple[float, str]:
    return -story.published.timestamp(), story.slug


def _load_stories(outlet: Outlet) -> list[Story]:
    path = outlet.folder / "stories.yaml"
    return [_story(fields) for fields in _read_yaml(path)] if path.exists() else []


def _story(fields: dict[str, Any]) -> Story:
    fields = dict(fields)
    fields["paragraphs"] = _paragraphs(fields.pop("body", ""))
    fields["published"] = datetime.fromisoformat(fields["published"])
    for name in ("pairs", "not_pairs"):
        fields[name] = tuple(fields.get(name, "").split())
    fields["topics"] = tuple(f"medtop:{code}" for code in str(fields.get("topics", "")).split())
    return Story(**fields)


def _edited(story: Story, edition: int) -> Story:
    """The story as it reads in that edition."""
    if edition < 2 or not story.second_edition:
        return story
    changes = dict(story.second_edition)
    changes["modified"] = datetime.fromisoformat(changes["modified"])
    if "body" in changes:
        changes["paragraphs"] = _paragraphs(changes.pop("body"))
    return replace(story, **changes)


def _paragraphs(body: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in body.splitlines() if line.strip())


def _read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
