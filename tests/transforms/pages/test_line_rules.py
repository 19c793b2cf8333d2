"""Lines of plain text, each by itself: the site's own words go, the story's words stay."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.lines import counts, labelled_lines, wrong_lines
from transforms.pages import line_rules
from transforms.pages.line_rules import learn_rules, line_rule
from transforms.strip_boilerplate import keep_lines

DEV_FLOOR = 0.97  # share of lines judged right
KEPT_FLOOR = 0.9  # no rule has been fitted to them
UNUSUAL_FLOOR = 0.8  # boilerplate in words that hardly a site has
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "zh", "ja", "ar")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_a_story_is_lost_and_nearly_all_others_go(lang: str) -> None:
    lines = [line for line in labelled_lines("dev") if line.lang == lang]
    row = counts(lines, wrong_lines(lines))
    assert row.kept == row.content
    assert row.accuracy >= DEV_FLOOR


@pytest.mark.parametrize(("half", "floor"), [("kept", KEPT_FLOOR), ("unusual", UNUSUAL_FLOOR)])
def test_no_line_of_a_story_is_lost_where_rules_fit_less_well(half: str, floor: float) -> None:
    lines = labelled_lines(half)
    row = counts(lines, wrong_lines(lines))
    assert row.kept == row.content
    assert row.accuracy >= floor


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
        ("Bo Li is professor of maritime law at the University of Leeds.", "bio"),
        ("More from her columns", "related"),
        ("By Harbour Post Staff", "byline"),
        ("Foreign Desk", "byline"),
        ("Ann Lee, left, greets Bo Li at the quay.", "caption"),
        ("記者会見する首相＝12日、東京都千代田区", "caption"),
        ("رجال الإطفاء في موقع الحريق (الفرنسية)", "caption"),
        ("Send this page to a friend", "share"),
        ("Your comment has been submitted.", "ui"),
        ("Please enter a valid address", "ui"),
        ("Bild 3 von 12", "ui"),
        ("This story is available only to members.", "subscribe"),
        ("$49.99 at Best Buy", "affiliate"),
        ("Prices were correct at the time of publication.", "affiliate"),
        ("If you buy a product through our site, we may receive compensation.", "affiliate"),
        ("To obtain a reprint of this article, write to the licensing team.", "legal"),
        ("Browse our guide to tide tables", "self-promo"),
        ("Have you seen the seal? Send us your picture.", "self-promo"),
        ("Haben Sie Hinweise? Schreiben Sie uns.", "self-promo"),
        ("See the harbour master's letter here.", "related"),
        ("Money & Markets", "section"),
        ("By: Ann Lee | Harbour Post", "byline"),
        ("Ann Lee, Harbour News", "byline"),
        ("The trawler was towed into port (Supplied)", "caption"),
        ("Map by Bo Li", "bio"),
        ("12 more photos", "ui"),
        ("Also see: Ferry strike called off", "related"),
        ("Add to reading list", "share"),
        ("Your membership keeps this newsroom open.", "subscribe"),
        ("We never share your address", "legal"),
        ("This story has been updated.", "legal"),
        ("Read this story in the app", "app-promo"),
        ("Accept and close", "ui"),
        ("Alle Kommentare anzeigen", "comments"),
        ("Réservé aux abonnés", "subscribe"),
        ("Cet article vous a-t-il plu ?", "self-promo"),
        ("Get the Harbour Post app", "app-promo"),
        ("記事を保存する", "ui"),
        ("Vedi tutti", "related"),
        ("Duration 2 minutes, 14 seconds", "ui"),
        ("Mots-clés : Mali, Sahel", "section"),
        ("Mehr zum Krieg in der Ukraine", "related"),
        ("En partenariat avec Orange", "sponsored"),
        ("Un contenu proposé par Orange", "sponsored"),
        ("Hintergründe zum Thema", "related"),
        ("FTSE 100 7,682.33 +0.41%", "ui"),
        ("Corresponsal en Bruselas", "bio"),
        ("Unser Autor berichtet seit 2015 aus Moskau.", "bio"),
        ("Das Interview führte Anna Lehmann.", "byline"),
        ("Одно письмо в день с самым важным", "newsletter"),
        ("Has superado el límite de artículos gratuitos", "subscribe"),
        ("Tell us how the strike affects you", "self-promo"),
        ("Christian Lang, 03.11.2023 15:32 Uhr", "byline"),
        ("By Team Harbour | September 21, 2023", "byline"),
        ("Ann LeeDec 05, 20232 Shares1530 Views", "byline"),
        ("Publié par Anne Lefort le 4 mai 2021 à 08:00", "byline"),
        ("2019-11-19T08:57:45+01:00", "byline"),
        ("9:20PM", "byline"),
        ("ByThe Associated Press", "byline"),
        ("Bo Li/Stringer/Getty Images", "credit"),
        ("Ann Lee/imagebank.example.se", "credit"),
        ("(vyp/kna)", "credit"),
        ("Haare: SYD HAYES", "credit"),
        ("Skaters on the frozen harbour.Bo Li/Post Staff", "caption"),
        ("People eat on the quay in the sun. Source: Getty Images", "caption"),
        ("부두에서 연설하는 시장. [사진 출처 = 연합뉴스]", "caption"),
        ("Share0", "share"),
        ("Kommentieren16", "share"),
        ("FacebookTwitterLinkedInWhatsApp", "share"),
        ("{{ article.title }}", "ui"),
        ("[signup form=163]", "ui"),
        ("Low Tide Newsletter", "newsletter"),
        ("Find a harbour pilot »", "related"),
        ("On HarbourPost.com: Ferry strike called off", "related"),
        ("More city council coverage", "related"),
        ("See the game on Steam", "affiliate"),
        ("Become a premium member", "subscribe"),
        ("Help us keep local news free for everyone.", "subscribe"),
        ("National reporter focusing on the harbours budget", "bio"),
        ("Published under: Ferries, Tides", "section"),
        ("By ANN LEEWARD", "byline"),
        ("(Reporting by Ann Lee; additional reporting by Bo Li; Editing by Cy Orr)", "bio"),
        ("Legende: Der Hafen im Winter. HRF", "caption"),
        ("In this June 18, 2018, file photo, the ferry leaves.", "caption"),
        ("34 responses to “The seal is back”", "comments"),
        ("Um zu kommentieren, müssen Sie sich anmelden.", "comments"),
        ("Jetzt den WhatsApp-Kanal abonnieren: Abonniere den WhatsApp-Kanal", "share"),
        ("Al Lee has been writing about radios since the days of valves.", "bio"),
        (
            "Ann Lee is a writer and contributing editor at Harbour Post. Her favorite topics are "
            "tides, seals and the mathematics of everyday things at sea and on land.",
            "bio",
        ),
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
        "The harbour master was not available for comment.",
        "Kimura, 31, is a freelance photographer who lives in Osaka.",
        "James Hart is a professor who never wanted to teach.",
        "Analysis: why the ceasefire held",
        "Their work has been published in 40 countries.",
        "She can be found on every street corner.",
        "Get me out of here!",
        "An earlier version of this article misstated the mayor's age.",
        "This article was amended on 4 March to say that the vote was not unanimous.",
        "Read the room",
        "Get out now",
        "Share of the blame",
        "More than 40 dead",
        "Nuestra comunidad sufre",
        "Últimas noticias del frente",
        "Hintergrund zum Konflikt",
        "Contenu de l'accord",
        "Contenido del tratado",
        "Conteúdo do acordo",
        "Anuncio del gobierno",
        "Unemployment falls to 4.1 (-0.3%)",
        "La inflación sube al 4,1 (+0,3 %)",
        "The video was sent to the police.",
        "Turn off notifications before you go to bed.",
        "Reporter Ana Luz was detained while covering the protest in Minsk.",
        "Our harbours are silting up, and nobody cares.",
        "We need rain.",
        "If you smell gas, open the windows and leave the house.",
        "This article of the constitution guarantees free assembly.",
        "Go to the settings menu and choose Privacy.",
        "Please do not feed the seals, the sign says.",
        "Made possible by a grant of two million, the clinic opened in May.",
        "From $12 a night",
        "Your contribution to the pension is 9 percent.",
        "Thank you for your service, the president said.",
        "An icon of the civil rights era, she was 91.",
        "Use two eggs and a pinch of salt.",
        "Get the president's letter",
        "By Lake Geneva, Paul Klee painted",
        "Sold by the pound",
        "Back to work",
        "Bild 3 von 5 wurde gestohlen.",
        "Lesen Sie die Packungsbeilage.",
        "Votre commentaire a été une erreur, lui a répondu le maire.",
        "Nuestra comunidad sufre",
        "Наш сайт взломали",
        "More on the ground are willing to talk than their leaders admit.",
        "Subscribe to the treaty, he urged the assembly.",
        '"Follow us," the rebels told the villagers on Facebook.',
        "Por Navidad abrió el puerto.",
        "Defence Ministry reports on losses in the north.",
        "By Monday the water had reached the second floor.",
        "有料会員は40万人だ。",
        "工会在发给会员的电子报中称这一提议是侮辱。",
        "Supported by Russia",
        "Neues aus Gaza",
        "Anzeige der Polizei",
        "Mehr von der Regierung gefordert",
        "Register to vote",
        "More on the way",
        "For more information, call the harbour office at 555-0142.",
        "Start your day with a glass of water and a walk.",
        "Dec. 16, 2023, 7:30 p.m., Royal Albert Hall, London",
        "When: Saturday, Dec. 16, 2023, 7 p.m.",
        "By Dec. 31, 2025",
        "Kyiv, 24 February 2022",
        "Update vom 15. Mai 2019: Der Damm hält",
        "— Harbour Seals (@HarbourSeals) November 20, 2019",
        "Sign up was slow, as thousands registered at once.",
        "Shutterstock shares fell 5 percent",
        "Director: Ann Lee",
        "Twitter/X",
        "BY THE NUMBERS",
        "Only install apps from trusted sources (App Store, Google Play).",
        "Join us tonight at the harbour pic.twitter.com/a1b2c3d4",
        "« Il faut agir », dit la maire : « maintenant »",
        "Nous ne voulons plus de cette guerre. »",
        "Ce n'est pas la guerre, c'est la paix »",
        "On Monday.com the port tracks its ships, and nobody else does.",
        "Become a member of the EU, and you accept its rules.",
        "To order a copy of the birth certificate, go to the registry office.",
        "Register for flood alerts with the harbour office.",
        "Read every story twice before you share it.",
        "Reporter covering the strike killed at the quay",
        "Konzert 12.05.2024 19:30 Uhr, Stadthalle",
        "Ann Lee has been writing letters to her son for ten years.",
        "34 comments on the draft were rejected.",
        "Buy a drink at Target",
        "Our port needs your support, the mayor told them.",
        "Licensed under the new rules, 40 shops opened.",
        "Wörter mit einem Sternchen sind in Bayern verboten.",
        "You can now listen to podcasts offline.",
        "Agents earn commissions on each sale.",
        "The stations are editorially independent.",
        "Das Unternehmen hat das Patent erfolgreich angemeldet.",
        "Использование материалов дела в прессе запрещено судом.",
        "More fake news",
    ],
)
def test_a_sentence_about_what_sites_offer_stays(line: str) -> None:
    assert line_rule(line) == ""


def test_lines_are_judged_by_themselves() -> None:
    lines = ["Sponsored content", "The bank has sponsored the regatta since 1988."]
    assert keep_lines(lines) == keep_lines(lines[:1]) + keep_lines(lines[1:])


@pytest.mark.parametrize("line", ["ـــــــ", "\u064e", "ــ ــ"])
def test_a_line_of_arabic_signs_that_are_no_letters_speaks_of_nothing(line: str) -> None:
    assert line_rule(line) == ""


def test_lines_that_are_read_together_have_the_rules_that_each_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_by_one = {line.text: line_rule(line.text) for line in labelled_lines()}
    monkeypatch.setattr(line_rules, "_known", {})
    learn_rules(one_by_one)
    assert {line: line_rule(line) for line in one_by_one} == one_by_one


def test_threads_that_forget_each_others_lines_get_their_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_rules, "_known", {})
    monkeypatch.setattr(line_rules, "_MOST_KNOWN", 2)
    lines = [[f"Share this on Facebook {thread} {n}" for n in range(2_000)] for thread in range(4)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            rules = threads.map(lambda own: {line_rule(line) for line in own}, lines)
            assert set().union(*rules) == {line_rule(lines[0][0])}
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.parametrize(
    "unit",
    [
        "Text: a",
        "By A",
        "a/",
        "(",
        "1 ",
        "> a ",
        "| ",
        "é",
        "、・",
        "«",
        "3 May 2020 ",
        "12:30 ",
        ". Ab Cd/",
        "facebook",
        "A is editor. He ",
    ],
)
def test_no_line_keeps_the_rules_busy(unit: str) -> None:
    line = unit * (1200 // len(unit))
    dense = line[0] + line[1:].replace(" ", "")[:1190] + "!"
    assert {line_rule(line), line_rule(dense)} <= {
        "",
        "byline",
        "caption",
        "credit",
        "related",
        "share",
    }


@pytest.mark.parametrize(
    "line",
    [
        "Die Regierung will das Gesetz bis zum Sommer ändern. (dpa)",
        "Verletzt wurde bei dem Brand niemand. (dpa/lno)",
        "Il ministro ha confermato l'incontro di giovedì. (ANSA)",
        "Die Polizei sucht Zeugen (siehe Foto)",
        "De dijk brak in de nacht van zondag op maandag. (Tekst gaat verder onder de foto.)",
        "Nobody was hurt, the governor of the region said in the morning. Reuters",
        "The army said that it had shot down nine drones. Source: The Harbour Post",
        "Verletzt wurde niemand, sagte ein Sprecher der Polizei am Montag. Quelle: dpa",
    ],
)
def test_a_sentence_that_an_agency_signs_or_that_points_at_a_picture_stays(line: str) -> None:
    assert line_rule(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Jan Roe is a freelancer who was arrested in May. His work had angered the president.",
        "Ann Lee has been reporting on the courts for more than five years and now faces jail.",
        "Anna Lehmann arbeitet seit 2015 als Reporterin im Norden und wurde am Freitag festgenommen.",
        "The United States has been covering losses of its farmers for two years.",
    ],
)
def test_what_befalls_those_who_write_is_news(line: str) -> None:
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


@pytest.mark.parametrize(
    "line", ["\ud800", "Share \udfff this article", "共有\ud83d", "شارك\ud800"]
)
def test_half_a_character_costs_no_line_its_rule(line: str) -> None:
    assert isinstance(line_rule(line), str)
