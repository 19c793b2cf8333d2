"""The command line as a person meets it: help with an example, errors of one line, exit status."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.arguments import build_parser
from pipeline.cli import main
from pipeline.commands import flow
from pipeline.fetching.feed_state import first_state
from pipeline.lake.parquet_files import write_file
from pipeline.lake.store import Lake
from pipeline.newsroom.site import serve
from pipeline.options import now_us
from pipeline.sources.feed_list import read_feeds
from schemas.contract import fetch_row
from schemas.rows import month

COMMANDS = (
    "run",
    "watch",
    "ingest",
    "query",
    "explain",
    "countries",
    "topics",
    "feeds",
    "check",
    "compact",
    "demo",
)
STORY = """Ministers of France and Algeria meet in Paris

PARIS (Wire) -- The foreign ministers of France and Algeria met in Paris on Friday and signed an
agreement on visas, the first of its kind between the two countries in nine years.

The French minister said that both governments would set up a commission before the summer. His
Algerian colleague spoke of a new page and invited him to Algiers.

Share this article
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    assert f"dateline {name}" in capsys.readouterr().out.split("example:")[1]


def test_no_command_is_left_out_of_this_list() -> None:
    actions = build_parser()._actions
    found = next(a for a in actions if isinstance(a, argparse._SubParsersAction))
    assert set(found.choices) == set(COMMANDS)


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    out, words = capsys.readouterr()
    assert out == ""
    assert words.startswith("usage: dateline")
    assert all(name in words for name in COMMANDS)


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["run", "--feeds", "nowhere.opml"], 2, "nowhere.opml"),
        (
            ["run", "--feeds", "https://paper.example/rss"],
            2,
            "dateline feeds add https://paper.example/rss",
        ),
        (["run", "--lake", "empty-lake"], 2, "--feeds"),
        (["ingest", "nowhere.txt", "--lake", "fresh"], 2, "nowhere.txt"),
        (["query", "SELEC 1", "--lake", "no-lake"], 3, "no-lake"),
        (["check", "--lake", "no-lake"], 3, "no-lake"),
        (["explain", "nowhere.html"], 2, "nowhere.html"),
        (["explain", "file:///etc/hosts"], 2, "file:///etc/hosts: not a web address"),
        (["explain", "http://127.0.0.1:9/story"], 1, "--allow-network"),
        (["countries", "show", "no such name"], 2, "no such name"),
        (["countries", "list", "QQQ"], 2, "QQQ"),
        (["countries", "test", "nowhere.txt"], 2, "nowhere.txt"),
        (["topics", "test", "(a AND"], 2, "column"),
        (["topics", "show", "no such topic"], 2, "no such topic"),
        (["topics", "list", "QQQ"], 2, "QQQ"),
        (["feeds", "add", "--lake", "fresh"], 2, "URL"),
        (["feeds", "add", "http://[::1", "--lake", "fresh"], 2, "http://[::1"),
        (["feeds", "add", "http:///rss", "--lake", "fresh"], 2, "http:///rss"),
        (["feeds", "add", "feeds.opml", "--lake", "fresh"], 2, "`import` files"),
        (["feeds", "import", "feeds.opml", "--lake", "fresh"], 2, "name an existing file"),
        (["feeds", "import", "http://a.example/rss", "--lake", "fresh"], 2, "`add` takes URLs"),
        (["feeds", "check", "feeds.opml"], 2, "feeds.opml: not a web address"),
        (["feeds", "list", "http://a.example/rss"], 2, "takes no URL"),
    ],
)
def test_wrong_input_is_one_line_that_names_it(
    argv: list[str],
    status: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(argv) == status
    error = capsys.readouterr().err.strip()
    assert words in error.splitlines()[0]
    assert "Traceback" not in error
    assert error.startswith("dateline: ")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["run", "--workers", "0"], "'0'"),
        (["run", "--timeout", "soon"], "'soon'"),
        (["run", "--max-page-mb", "1e9"], "'1e9'"),
        (["run", "--allow-network", "300.1.1.1"], "'300.1.1.1' is not a network"),
        (["run", "--contact", "me\r\nX-Other: header"], "header"),
        (["run", "--beam", "FlinkRunner"], "--beam=--FlinkRunner"),
        (["run", "--no-such-option"], "--no-such-option"),
        (["demo", "--port", "65536"], "65536"),
        (["query"], "SQL"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_broken_option_is_one_line_that_names_it_and_the_help(
    argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("dateline: ")
    assert words in line
    assert "--help`" in line


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--beam=--runner=NoSuchRunner", "NoSuchRunner"),
        ("--beam=--no_such_option", "--no_such_option"),
        ("--beam=--job_endpoint=localhost:1", "no job server answers there"),
        ("--beam=--job_endpoint=localhost:abc", "localhost:abc: not an address"),
        ("--beam=--job_endpoint=localhost", "write HOST:PORT"),
        ("--beam=--job_endpoint=:8099", "write HOST:PORT"),
        ("--beam=--runner=PortableRunner", "--job_endpoint=HOST:PORT"),
        ("--names=broken.yaml", "broken.yaml"),
        ("--topics=broken.yaml", "broken.yaml"),
        ("--names=nowhere.yaml", "nowhere.yaml"),
    ],
)
def test_a_value_that_nobody_can_use_is_one_line_that_names_it(
    option: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("feeds.txt").write_text("http://127.0.0.1:1/", encoding="utf-8")
    Path("broken.yaml").write_text("a: [", encoding="utf-8")
    assert main(["run", "--feeds", "feeds.txt", option, "--quiet"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


def test_the_local_runner_cannot_stream_and_says_what_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("http://127.0.0.1:1/", encoding="utf-8")
    words = ["--feeds", str(feeds), "--lake", str(tmp_path / "lake")]
    assert main(["watch", "--streaming", *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "name a runner that streams with --beam=--runner=..." in line
    assert not (tmp_path / "lake").exists()


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with serve() as newsroom:
        assert main(["demo", "--serve", "--port", str(newsroom.port)]) == 2
    assert f"port {newsroom.port}: " in capsys.readouterr().err


def test_a_text_is_ingested_once_and_then_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    lake = str(tmp_path / "lake")
    arguments = ["ingest", str(story), "--lake", lake, "--workers", "1", "--quiet"]
    assert main(arguments) == 0
    assert "1 new article\n" in capsys.readouterr().out
    assert main(arguments) == 0
    assert "1 already known" in capsys.readouterr().out
    sql = "SELECT pair, rank FROM country_pairs ORDER BY rank LIMIT 1"
    assert main(["query", sql, "--lake", lake, "--format", "csv"]) == 0
    assert "DZA-FRA" in capsys.readouterr().out
    sql = (
        "SELECT date_source, date_published = date_fetched, year(date_fetched) > 2000 FROM articles"
    )
    assert main(["query", sql, "--lake", lake, "--format", "csv"]) == 0
    assert "fetched,true,true" in capsys.readouterr().out
    assert main(["query", "SELEC 1", "--lake", lake]) == 2
    assert main(["check", "--lake", lake]) == 0
    assert main(["compact", "--lake", lake]) == 0


def test_a_backfill_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Oslo\n\nNorway and Sweden met in Oslo on Monday.", encoding="utf-8")
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "ingest", str(story)]
    told = subprocess.run(
        [*command, "--lake", str(tmp_path / "lake")], capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert {"apache_beam", "transforms.refine"} <= imported
    assert not imported & {"aiohttp", "duckdb", "pandas.core", "httplib2.auth", "rich"}


@pytest.mark.parametrize(("name", "start"), [("bin.dat", b""), ("page.html", b"<html><p>")])
def test_a_binary_file_is_a_dead_letter_and_no_article(
    name: str, start: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file, lake = tmp_path / name, str(tmp_path / "lake")
    file.write_bytes(start + random.Random(7).randbytes(50_000))
    ingest = ["ingest", str(file), "--lake", lake, "--quiet", "--workers", "1"]
    assert main(ingest) == 1
    assert "1 extract: not-text" in capfd.readouterr().out
    assert (
        main(["query", "SELECT is_final FROM dead_letters", "--lake", lake, "--format", "csv"]) == 0
    )
    assert capfd.readouterr().out.split() == ["is_final", "true"]
    assert main(["explain", str(file)]) == 1
    out, words = capfd.readouterr()
    assert out == ""
    assert words.startswith("dateline: extract: not-text: ")
    assert words.count("\n") == 1
    assert words.isascii()


def test_an_ingest_of_which_a_part_failed_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "noise.txt").write_bytes(random.Random(7).randbytes(50_000))
    lake = ["--lake", str(tmp_path / "lake"), "--quiet", "--workers", "1"]
    assert main(["ingest", str(tmp_path), *lake]) == 0
    assert "1 new article\n" in capsys.readouterr().out


def test_explain_shows_what_was_kept_stripped_and_tagged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    assert main(["explain", str(story)]) == 0
    shown = capsys.readouterr().out
    for words in ("Kept", "Stripped", "Share this article", "DZA-FRA", "Relations", "Topics"):
        assert words in shown
    assert "  published unknown\n" in shown
    assert "Algeria[DZA " in shown.split("Kept")[0], "the headline is marked as the body is"
    relations = shown.split("Relations")[1].split("Topics")[0]
    assert "signed an agreement on visas" in " ".join(relations.split()), "with its sentence"


def test_the_feeds_of_a_lake_are_added_imported_and_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake, more = str(tmp_path / "lake"), tmp_path / "more.txt"
    more.write_text("http://b.example/rss\nhttp://a.example/rss\n", encoding="utf-8")
    assert main(["feeds", "add", "http://a.example/rss", "--lake", lake]) == 0
    assert main(["feeds", "import", str(more), "--lake", lake]) == 0
    assert "1 new, 2 in the list" in capsys.readouterr().out
    assert main(["feeds", "list", "--lake", lake, "--format", "opml"]) == 0
    shown = capsys.readouterr().out
    assert shown.count('xmlUrl="http://a.example/rss"') == 1
    assert "http://b.example/rss" in shown


def test_a_narrow_terminal_hides_nothing_of_the_feeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = str(tmp_path / "lake")
    assert main(["feeds", "add", "http://a.example/rss/of/the/paper.xml", "--lake", lake]) == 0
    monkeypatch.setattr("pipeline.commands.feeds.WIDE", 50)
    assert main(["feeds", "list", "--lake", lake]) == 0
    assert "…" not in capsys.readouterr().out


def test_a_list_with_a_broken_address_takes_new_feeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = tmp_path / "lake"
    assert main(["feeds", "add", "http://a.example", "--lake", str(lake)]) == 0
    (lake / "feeds.opml").write_text('<opml><body><outline xmlUrl="http://[::1"/></body></opml>')
    assert main(["feeds", "add", "http://b.example", "--lake", str(lake)]) == 0
    assert main(["feeds", "add", "http://b.example", "--lake", str(lake)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"0 new, 1 in the list of {lake}"


def test_own_names_are_tried_on_a_text_before_a_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    names, text = tmp_path / "names.yaml", tmp_path / "story.txt"
    names.write_text("- name: Grey House\n  country: SRB\n  kind: government\n")
    text.write_text("The Grey House warned France.")
    assert main(["countries", "test", str(text), "--names", str(names)]) == 0
    said = capsys.readouterr().out
    assert "SRB  Serbia" in said
    assert "body 4-14  Grey House  government, actor" in said
    assert main(["countries", "show", "Grey House", "--names", str(names)]) == 0
    assert capsys.readouterr().out == "Grey House: SRB, government\n"


@pytest.mark.parametrize("command", ["ingest", "explain", "countries"])
def test_a_wrong_file_of_names_is_refused_with_its_line(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    names, text = tmp_path / "names.yaml", tmp_path / "story.txt"
    names.write_text("- name: Grey House\n  country: SRB\n- name: Mill\n  country: XYZ\n")
    text.write_text(STORY)
    values = {
        "ingest": [str(text), "--lake", str(tmp_path / "lake")],
        "countries": ["test", str(text)],
    }
    assert main([command, *values.get(command, [str(text)]), "--names", str(names)]) == 2
    assert f"{names}: line 3: field country: 'XYZ'" in capsys.readouterr().err


def test_a_relation_without_a_trigger_shows_no_empty_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "story.txt"
    text.write_text("Germany faces France on Sunday in the last match of the summer.\n")
    assert main(["explain", str(text)]) == 0
    shown = capsys.readouterr().out
    assert "UNSPECIFIED (happened" in shown
    assert "CAMEO" not in shown


def test_own_names_reach_the_explained_article(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    names, text = tmp_path / "names.yaml", tmp_path / "story.txt"
    text.write_text(STORY.replace("Friday", "Friday in the Sandhamn Hall"))
    names.write_text("- name: Sandhamn Hall\n  country: SWE\n  kind: city\n")
    assert main(["explain", str(text), "--names", str(names)]) == 0
    assert "Sandhamn Hall[SWE place]" in capsys.readouterr().out.replace("\n", " ")


@pytest.mark.parametrize("locale", [{"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "latin-1"}])
def test_files_and_pipes_are_utf_8_whatever_the_locale(
    tmp_path: Path, dateline: Callable[..., Any], locale: dict[str, str]
) -> None:
    Lake.create_or_open(tmp_path)
    env = {"PATH": os.environ["PATH"], "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", **locale}
    words = ["query", "-", "--lake", str(tmp_path), "--format", "json"]
    sql = "SELECT '习近平 é' AS name".encode()
    process = dateline(*words, env=env, text=False, input=sql, cwd=Path(__file__).parents[2])
    assert (process.returncode, process.stderr) == (0, b"")
    assert process.stdout.decode("utf-8") == '{"name": "习近平 é"}\n'


def test_feeds_that_are_added_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    urls = [f"http://{name}.example/rss" for name in "abcdef"]
    command = [sys.executable, "-m", "pipeline", "feeds", "add"]
    running = [subprocess.Popen([*command, url, "--lake", str(tmp_path)]) for url in urls]
    assert [process.wait() for process in running] == [0] * len(urls)
    assert sorted(feed.url for feed in read_feeds(tmp_path / "feeds.opml")) == urls


def test_a_feed_that_is_gone_is_enabled_under_any_spelling_of_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake, now = Lake.create_or_open(tmp_path), now_us()
    gone = first_state("http://a.example/rss")._replace(
        fetched_at=now, is_disabled=True, status=410
    )
    with lake.lock("r1"):
        rows = [fetch_row(gone, run_id="r1")]
        partition = f"fetched_month={month(now)}"
        lake.publish("r1", [write_file("feed_fetches", partition, rows, 0, tmp_path, "r1")])
    assert main(["feeds", "enable", "http://b.example/rss", "--lake", str(tmp_path)]) == 2
    assert "http://b.example/rss: not a feed that was ever asked" in capsys.readouterr().err
    assert main(["feeds", "enable", "HTTP://A.example/rss", "--lake", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 feed will be asked again by the next run\n"
    (state,) = Lake.open(tmp_path).feed_states(now_us()).values()
    assert not state.is_disabled


def test_a_watched_list_may_be_edited_and_what_is_wrong_in_it_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "feeds.opml"
    told: list[tuple[list[str], int]] = []

    def rounds(feeds: Callable[[], list[str]], *_: object, **__: object) -> None:
        lists = [
            None,
            '<opml><outline xmlUrl="http://b.example/"/></opml>',
            "",
            None,
            '<opml><outline xmlUrl="http://c.example/"/></opml>',
        ]
        for text in lists:
            if text is not None:
                place.write_text(text)
            told.append((feeds(), len(caplog.messages)))

    monkeypatch.setattr(flow, "watch_feeds", rounds)
    place.write_text('<opml><outline xmlUrl="no"/><outline xmlUrl="http://a.example/"/></opml>')
    assert main(["watch", "--feeds", str(place), "--lake", str(tmp_path / "lake")]) == 0
    assert told == [
        (["http://a.example/"], 1),
        (["http://b.example/"], 1),
        (["http://b.example/"], 2),
        (["http://b.example/"], 2),
        (["http://c.example/"], 2),
    ]


def test_an_archive_without_a_page_is_told_why_nothing_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    archive = tmp_path / "a.warc"
    archive.write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    words = ["ingest", str(archive), "--lake", str(tmp_path / "lake"), "--quiet", "--workers", "1"]
    assert main(words) == 1
    assert "0 entries seen" in capsys.readouterr().out
    assert f"no document in {archive}; an archive's are its HTML pages" in caplog.text
