"""Lines of plain text, each by itself: the site's own words go, the story's words stay."""

from __future__ import annotations

import pytest

from benchmarks.lines import counts, labelled_lines, wrong_lines
from transforms.pages.line_rules import line_rule
from transforms.strip_boilerplate import keep_lines

KEPT_FLOOR = 0.8  # share of lines judged right; no rule has been fitted to them
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "zh", "ja", "ar")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_a_story_is_lost_and_nearly_all_others_go(lang: str) -> None:
    lines = [line for line in labelled_lines("dev") if line.lang == lang]
    row = counts(lines, wrong_lines(lines))
    assert row.kept == row.content
    assert row.accuracy >= 0.97


def test_no_line_of_a_story_is_lost_on_the_half_that_no_rule_has_seen() -> None:
    lines = labelled_lines("kept")
    row = counts(lines, wrong_lines(lines))
    assert row.kept == row.content
    assert row.accuracy >= KEPT_FLOOR


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Compartir Guardar Imprimir 14", "share"),
        ("Поделиться: ВКонтакте, Telegram, WhatsApp", "share"),
        ("Terms & Conditions | Privacy | Cookies | Careers at the Post", "legal"),
        ("Home > World > Europe > Ukraine", "section"),
        ("Sign up to Low Tide, our morning email", "newsletter"),
        ("Wij en onze partners gebruiken cookies", "legal"),
        ("Log in om te reageren", "comments"),
        ("发布时间：2025年11月3日 14:05 来源：港口晚报", "byline"),
        ("Von Anna Lehmann und Bernd Lindner", "byline"),
        ("The port on Monday. EFE/Ana Luque", "caption"),
        ("(AFP)", "credit"),
        ("Europa Press/Ana Luque", "credit"),
        ("Ann Lee is the Harbour Post's transport correspondent.", "bio"),
    ],
)
def test_a_line_goes_by_the_rule_that_says_why(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "The ministry fined the firm over the way it uses cookies.",
        "Users must install the ministry's app to cross the border.",
        "Download the form before you travel, the embassy advised.",
        "More on the ground are willing to talk than their leaders admit.",
        "Subscribe to the treaty, he urged the assembly.",
        '"Follow us," the rebels told the villagers on Facebook.',
        "Por Navidad abrió el puerto.",
        "Defence Ministry reports on losses in the north.",
        "By Monday the water had reached the second floor.",
        "有料会員は40万人だ。",
        "工会在发给会员的电子报中称这一提议是侮辱。",
    ],
)
def test_a_sentence_about_what_sites_offer_stays(line: str) -> None:
    assert line_rule(line) == ""


def test_lines_are_judged_by_themselves() -> None:
    lines = ["Sponsored content", "The bank has sponsored the regatta since 1988."]
    assert keep_lines(lines) == keep_lines(lines[:1]) + keep_lines(lines[1:])


@pytest.mark.parametrize(
    "unit", ["Text: a", "By A", "a/", "(", "1 ", "> a ", "| ", "é", "、・", "«"]
)
def test_no_line_keeps_the_rules_busy(unit: str) -> None:
    line = unit * (1200 // len(unit))
    assert line_rule(line) == line_rule(line)
    assert isinstance(line_rule(line[0] + line[1:].replace(" ", "")[:1190] + "!"), str)


@pytest.mark.parametrize(
    "line",
    [
        "Die Regierung will das Gesetz bis zum Sommer ändern. (dpa)",
        "Verletzt wurde bei dem Brand niemand. (dpa/lno)",
        "Il ministro ha confermato l'incontro di giovedì. (ANSA)",
        "Die Polizei sucht Zeugen (siehe Foto)",
        "De dijk brak in de nacht van zondag op maandag. (Tekst gaat verder onder de foto.)",
    ],
)
def test_a_sentence_that_an_agency_signs_or_that_points_at_a_picture_stays(line: str) -> None:
    assert line_rule(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Workers load the ship on Monday. (AP Photo)",
        "Der Hafen am Montag. (Foto: Anna Lehmann/dpa)",
        "The bridge in May. (Ann Lee/AFP)",
        "港口的吊车。（王明摄）",
    ],
)
def test_a_sentence_that_ends_in_the_credit_of_a_picture_is_a_caption(line: str) -> None:
    assert line_rule(line) == "caption"
