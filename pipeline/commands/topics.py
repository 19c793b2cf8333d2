"""`dateline topics`: the vocabulary listed, one topic shown, or a query tested against texts."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.commands.text_input import read_text
from schemas.errors import InputError
from schemas.records import Topic
from schemas.topics import all_topics, topic
from transforms.detect_language import detect_language
from transforms.tag_countries import split_headline, tag_countries
from transforms.tag_relations import tag_relations
from transforms.tag_topics import TopicTagger
from transforms.topics.user_topics import UserTopic, read_user_topics, topic_of_query


def _say(text: str) -> None:
    print(text)  # noqa: T201


def show_list(values: Sequence[str], own: Sequence[UserTopic]) -> int:
    """Every topic in use, indented below its parent, then the user's own."""
    if values:
        raise InputError(f"topics list {values[0]}: lists all; look one up with topics show")
    for one in all_topics():
        _say(f"{'  ' * (one.level - 1)}{one.id}  {one.label}")
    for mine in own:
        _say(f"{mine.id}  {mine.label}")
    return 0


def show_one(values: Sequence[str], _own: Sequence[UserTopic]) -> int:
    """One topic: label, definition, ancestors."""
    if not values:
        raise InputError("topics show: name a topic by its id or English label")
    for value in values:
        one = topic(value)
        above = " > ".join(topic(name).label for name in one.ancestors)
        _say(f"{one.id}  {one.label}\n  level {one.level}{', under ' + above if above else ''}")
        _say(f"  {one.definition}")
    return 0


def test(values: Sequence[str], own: Sequence[UserTopic]) -> int:
    """A query on texts: `test QUERY FILE ...`; or own topics: `test FILE ... --topics YAML`."""
    queries, files = (list(own), list(values)) if own else (_from_query(values), list(values[1:]))
    tagger, wanted = TopicTagger(queries), {one.id for one in queries}
    for name in files or ["-"]:
        found = [one for one in _tagged(tagger, read_text(name)) if one.id in wanted]
        _say(f"{name}: {'' if found else 'no match'}")
        for one in found:
            words = ", ".join(dict.fromkeys(span.text for span in one.evidence))
            _say(f"  {one.score:.2f}  {one.id}  {one.label}  by {words}")
    return 0


def _tagged(tagger: TopicTagger, text: str) -> list[Topic]:
    """The topics of a text whose first line is its headline, its countries known."""
    headline, body = split_headline(text)
    language = detect_language(text)
    countries = tag_countries(headline, body, language=language)
    relations = tag_relations(headline, body, countries, language=language)
    return tagger.tag(headline, body, language=language, countries=countries, relations=relations)


def _from_query(values: Sequence[str]) -> list[UserTopic]:
    if not values:
        raise InputError("topics test: give a query and a file, or a file and --topics YAML")
    return [topic_of_query(values[0])]


def command(arguments: argparse.Namespace) -> int:
    """`dateline topics list|show|test`."""
    own = read_user_topics(Path(arguments.topics)) if arguments.topics else []
    actions: dict[str, Callable[[Sequence[str], Sequence[UserTopic]], int]] = {
        "list": show_list, "show": show_one, "test": test,
    }  # fmt: skip
    return actions[arguments.action](arguments.values, own)
