"""The language of a text: by script first, then by statistics, then by what the page claims."""

from __future__ import annotations

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from transforms.data.languages.build_classifier import packed
from transforms.detect_language import detect_language, primary_tag
from transforms.english_words import is_clearly_english
from transforms.language_classifier import PIECE, classifier_of, known_languages

TEXTS = {
    "en": "The ministers met on Monday and agreed to open the border for goods by the end of May.",
    "de": "Die Minister trafen sich am Montag und einigten sich darauf, die Grenze zu öffnen.",
    "fr": "Les ministres se sont réunis lundi et ont convenu d'ouvrir la frontière aux marchandises.",
    "es": "Los ministros se reunieron el lunes y acordaron abrir la frontera a las mercancías.",
    "pt": "Os ministros reuniram-se na segunda-feira e concordaram em abrir a fronteira até maio.",
    "it": "I ministri si sono incontrati lunedì e hanno deciso di aprire la frontiera alle merci.",
    "nl": "De ministers kwamen maandag bijeen en werden het eens over het openen van de grens.",
    "tr": "Bakanlar pazartesi günü bir araya geldi ve sınırın mallara açılması konusunda anlaştı.",
    "ru": "Министры встретились в понедельник и договорились открыть границу для товаров.",
    "uk": "Міністри зустрілися в понеділок і домовилися відкрити кордон для товарів до травня.",
    "ar": "اجتمع الوزراء يوم الاثنين واتفقوا على فتح الحدود أمام البضائع بحلول نهاية مايو.",
    "fa": "وزیران روز دوشنبه دیدار کردند و توافق کردند که مرز را تا پایان ماه باز کنند.",
    "zh": "两国部长周一会晤，同意在五月底之前向货物开放边界。",
    "ja": "両国の閣僚は月曜日に会談し、五月末までに国境を開放することで合意した。",
    "ko": "양국 장관은 월요일에 만나 오월 말까지 국경을 개방하기로 합의했다.",
    "hi": "मंत्रियों ने सोमवार को मुलाकात की और सीमा खोलने पर सहमति जताई।",
    "el": "Οι υπουργοί συναντήθηκαν τη Δευτέρα και συμφώνησαν να ανοίξουν τα σύνορα.",
    "he": "השרים נפגשו ביום שני והסכימו לפתוח את הגבול לסחורות עד סוף מאי.",
}


def test_packed_moves_lead_where_the_whole_table_leads() -> None:
    moves = np.arange(512, dtype=np.uint32) // 40 % 7
    starts, pieces = packed(moves)
    assert [pieces[starts[i // PIECE] + i % PIECE] for i in range(512)] == moves.tolist()
    assert len(pieces) < len(moves)


def test_all_places_walked_at_once_say_what_py3langid_says_byte_by_byte() -> None:
    theirs = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    ours = classifier_of(known_languages())
    for text in (*TEXTS.values(), " ".join(TEXTS.values()) * 3, "a", "ß", "", "\ud800 e"):
        assert ours.classify(text) == theirs.classify(text)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("hint", ["", "xx-nonsense-", "en"])
def test_a_sentence_is_enough_whatever_the_page_claims(language: str, hint: str) -> None:
    assert detect_language(TEXTS[language], hint) == language


def test_a_short_text_is_in_the_language_that_is_claimed_unless_its_script_says_no() -> None:
    assert detect_language("Gipfel in Wien", "de-AT") == "de"
    assert detect_language("Саммит", "en") != "en"
    assert detect_language("首脑会议", "en") == "zh"


def test_a_chinese_text_may_quote_latin_names_and_a_japanese_word() -> None:
    text = TEXTS["zh"] * 3 + "发言人会后对 NATO 和 EU 代表引用了日语「さくら」一词。"
    assert detect_language(text) == "zh"


@pytest.mark.parametrize("text", ["", "   ", "12:30 - 15.6 %", "\x00\x01"])
def test_where_there_is_nothing_to_read_the_claim_stands(text: str) -> None:
    assert detect_language(text) == ""
    assert detect_language(text, "pt_BR") == "pt"


def test_an_english_market_report_is_no_pidgin() -> None:
    report = "Acme Corp 3rd qtr\nShr 37 cts vs 22 cts. Net 1.2 mln vs 900,000. Revs 14.1 mln vs 12.6 mln."
    assert detect_language(report) == "en"
    pidgin = (
        "Di ministers don meet for Monday and dem gree say dem go open di border wey dem close."
    )
    assert detect_language(pidgin) == "pcm"


def test_a_table_of_a_market_report_is_told_by_its_abbreviations_alone() -> None:
    assert is_clearly_english("ACME CORP 2ND QTR\nShr 37 cts vs 22 cts. Revs 14.1 mln vs 12.6 mln.")
    assert not is_clearly_english("Le timbre passe de 80 cts à 85 cts, et non 90 cts vs 95 cts.")


@pytest.mark.parametrize(
    "headline",
    ["Poland gave Ukraine fourteen MiG jets", "Chad expels Sudan envoy", "Iran hits Israel base"],
)
def test_a_headline_of_names_is_english_unless_another_language_is_likelier(headline: str) -> None:
    assert detect_language(headline) == "en"


def test_languages_that_only_a_claim_can_name_are_believed() -> None:
    hausa = "Ministocin kasashen biyu sun gana ranar Litinin kuma sun amince a bude iyakar."
    assert detect_language(hausa, "ha") == "ha"


def test_papiamento_is_told_by_its_words_whatever_the_page_claims() -> None:
    text = (
        "Siman pasa e ministernan tabata reuni pa papia riba e frontera. Awor nan a dicidi cu e "
        "frontera mester habri prome cu juni, y hopi hende ta contento cu e noticia aki."
    )
    assert detect_language(text) == detect_language(text, "en") == "pap"


@pytest.mark.parametrize("country", ["co", "ve", "tn", "ee"])
def test_a_country_claimed_as_a_language_is_not_believed(country: str) -> None:
    assert detect_language(TEXTS["es"] * 2, country) == "es"


@pytest.mark.parametrize(
    ("hint", "tag"),
    [("de_CH", "de"), ("zh-Hant-TW", "zh"), ("iw", "he"), ("EN", "en"), ("<b>", ""), ("", "")],
)
def test_claims_are_read_as_bcp_47(hint: str, tag: str) -> None:
    assert primary_tag(hint) == tag


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sr", "Premijer je rekao da neće menjati predlog i da opštine posle toga nemaju novca."),
        (
            "hr",
            "Premijer je u utorak rekao da vlada neće mijenjati prijedlog, a tisuće općina nemaju novca.",
        ),
        (
            "id",
            "Perdana Menteri mengatakan bahwa dia tidak bisa mengubah usulan itu karena warga kota.",
        ),
        (
            "ms",
            "Perdana Menteri berkata bahawa beliau tidak boleh mengubah cadangan itu kerana rakyat.",
        ),
        ("ti", "መንግስቲ ባጀት ሰሉስ ዕለት ኣቕሪቡ፡ ተቓወምቲ ድማ ይገልጹ ኣለዉ።"),
        ("am", "መንግሥት ማክሰኞ ዕለት በጀት አቅርቧል፤ ተቃዋሚዎችም ያምናሉ።"),
        (
            "ku",
            "حکومەت ڕۆژی سێشەممە بودجەی پێشکەش کرد و ئۆپۆزسیۆن دەڵێت زیان دەگەیەنن.",
        ),
        (
            "no",
            "Regjeringa la fram statsbudsjettet tysdag, og opposisjonen meiner at kutta rammar hardt.",
        ),
    ],
)
def test_neighbours_are_told_apart_without_a_claim(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_a_claim_decides_between_languages_that_look_alike() -> None:
    text = "Vlada je u utorak predstavila plan, a predsjednik smatra da je dobar."
    assert {detect_language(text, hint) for hint in ("hr", "bs", "sr")} == {"hr", "bs", "sr"}


def test_plain_english_is_english_whatever_rare_language_the_page_claims() -> None:
    text = "The minister said that the talks with the rebels would go on, which was his wish."
    assert detect_language(text, "yo") == "en"


def test_a_tag_that_is_meant_for_korea_is_no_language_of_texts_in_latin_letters() -> None:
    assert [detect_language(TEXTS[language], "kr") for language in ("fr", "ko")] == ["fr", "ko"]
    assert detect_language("2026", "kr") == "ko"
