"""What is counted in a line of text."""

from __future__ import annotations

import pytest

from transforms.pages.line_forms import line_forms


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
