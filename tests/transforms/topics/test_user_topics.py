"""Topics of the user's own, from a YAML file: order, languages, and errors that name the topic."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from schemas.errors import InputError
from transforms.tag_topics import TopicTagger
from transforms.topics.user_topics import read_user_topics

FILE = """
- id: convoy
  label: convoys under escort
  broader: grey-zone
  query: topic:grey-zone AND convoy*
- id: grey-zone
  label: grey-zone operations
  broader: ir:maritime-security
  query: '"undersea cable*" OR "shadow fleet"^2'
  lang: [en]
  min_score: 0.3
"""
STORY = "An undersea cable was cut while a convoy of the shadow fleet passed the strait."


def read(tmp_path: Path, text: str) -> TopicTagger:
    file = tmp_path / "topics.yaml"
    file.write_text(text, encoding="utf-8")
    return TopicTagger(read_user_topics(file))


def own(tagger: TopicTagger, text: str, language: str = "en") -> list[str]:
    return [t.id for t in tagger.tag("", text, language=language) if t.method == "user"]


def test_a_topic_may_refer_to_one_that_the_file_defines_later(tmp_path: Path) -> None:
    tagger = read(tmp_path, FILE)
    assert sorted(own(tagger, STORY)) == ["user:convoy", "user:grey-zone"]
    assert own(tagger, "A convoy of lorries left the town.") == []


def test_ancestors_lead_up_to_the_vocabulary(tmp_path: Path) -> None:
    topics = {t.id: t for t in read(tmp_path, FILE).tag("", STORY, language="en")}
    path = topics["user:convoy"].ancestors
    assert path[-2:] == ("ir:maritime-security", "user:grey-zone")
    assert topics["user:convoy"].level == len(path) + 1


def test_a_topic_of_one_language_is_silent_in_others(tmp_path: Path) -> None:
    assert own(read(tmp_path, FILE), STORY, "en-GB")
    assert not own(read(tmp_path, FILE), STORY, "de")


def test_the_least_score_holds(tmp_path: Path) -> None:
    weak = "An undersea cable was laid."
    assert own(read(tmp_path, FILE), weak) == ["user:grey-zone"]
    assert own(read(tmp_path, FILE.replace("0.3", "0.34")), weak) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a list of topics expected"),
        ("- 3", "topic 1: a mapping expected"),
        ("- {id: a, query: b, colour: red}", "unknown field 'colour'"),
        ("- {label: a, query: b}", "id is missing"),
        ("- {id: a}", "query is missing"),
        ("- {id: a, query: '(b'}", "topic 'a': query, column 3"),
        ("- {id: a, query: b}\n- {id: a, query: c}", "'user:a' is defined 2 times"),
        ("- {id: 'medtop:11000000', query: b}", "belongs to the vocabulary"),
        ("- {id: a, query: 'topic:b'}\n- {id: b, query: 'topic:a'}", "in a circle"),
        ("- {id: a, query: 'x topic:nowhere'}", "query, column 9"),
        ("- {id: a, query: b, broader: nowhere}", "nowhere"),
        ("- {id: a, query: b, min_score: 2}", "min_score is a number from 0 to 1"),
        ("- {id: a, query: b, lang: no}", "quote 'no'"),
        ("- {id: a, query: &x b}\n- *x", "aliases are not read"),
        ("- [", "not readable as YAML"),
        ("[" * 100_000, "not readable as YAML"),
    ],
)
def test_a_broken_file_ends_in_one_error_that_names_it(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert "topics.yaml" in str(caught.value)
    assert words in str(caught.value)


def test_the_command_tries_a_query_and_a_file_on_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "topics.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "story.txt").write_text(f"Cut\n{STORY}", encoding="utf-8")
    story, topics = str(tmp_path / "story.txt"), str(tmp_path / "topics.yaml")
    assert main(["topics", "test", story, "--topics", topics]) == 0
    assert "user:convoy" in capsys.readouterr().out
    assert main(["topics", "test", "cable* NOT sport", story]) == 0
    assert "by cable" in capsys.readouterr().out
    assert main(["topics", "test", "cable* AND country:FIN", story]) == 0
    assert "no match" in capsys.readouterr().out
    (tmp_path / "fin.txt").write_text("Finland boards ship over cut cable\n", encoding="utf-8")
    assert main(["topics", "test", "cable* country:fin", str(tmp_path / "fin.txt")]) == 0
    assert "by cable" in capsys.readouterr().out
    assert main(["topics", "test", "cable* AND", story]) == 2
    assert "column 11" in capsys.readouterr().err
    assert main(["topics", "list", "--topics", topics]) == 0
    assert "user:grey-zone  grey-zone operations" in capsys.readouterr().out
