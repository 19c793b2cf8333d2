"""What is known of the lines of a page: counts of words, and names of blocks."""

from __future__ import annotations

import pytest

from transforms.pages.line_forms import line_forms
from transforms.pages.line_table import LineTable, read_table
from transforms.pages.load_page import parse_html
from transforms.pages.page_metadata import read_metadata

SENTENCE = "The ferry sailed at noon with forty cars and a hundred people on board."


def table_of(markup: str) -> LineTable:
    tree = parse_html(markup)
    found = read_table(tree, read_metadata(tree, ""))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "รัฐมนตรีของทั้งสองประเทศพบกันเมื่อวันจันทร์และตกลงที่จะเปิดพรมแดน",
        "ລັດຖະມົນຕີຂອງທັງສອງປະເທດໄດ້ພົບກັນໃນວັນຈັນແລະຕົກລົງທີ່ຈະເປີດຊາຍແດນ",
        "រដ្ឋមន្ត្រីនៃប្រទេសទាំងពីរបានជួបគ្នានៅថ្ងៃច័ន្ទហើយយល់ព្រមបើកព្រំដែន",
        "နှစ်နိုင်ငံဝန်ကြီးများတနင်္လာနေ့တွင်တွေ့ဆုံခဲ့ပြီးနယ်စပ်ဖွင့်ရန်သဘောတူခဲ့သည်",
        "两国部长周一会晤并同意在五月底之前向货物开放边界",
    ],
)
def test_a_sentence_without_blanks_has_many_words(text: str) -> None:
    assert line_forms([text], [text])["words"][0] >= 10


def test_a_name_of_what_holds_the_whole_page_says_nothing_of_its_lines() -> None:
    page = f"<body class='modal-open sidebar'><div><p>{SENTENCE}</p><p>{SENTENCE}</p></div></body>"
    found = table_of(page)
    for mark in ("mark.popup", "mark.side"):
        assert found.features.column(mark).min() > 20


def test_a_name_of_a_block_beside_the_story_is_told_of_its_lines() -> None:
    page = (
        f"<body><div><p>{SENTENCE * 9}</p></div><div class=sidebar><p>{SENTENCE}</p></div></body>"
    )
    assert table_of(page).features.column("mark.side").tolist() == [30, 1]
