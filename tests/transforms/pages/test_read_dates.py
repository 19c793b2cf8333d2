"""Dates as pages print them, in many languages, calendars and scripts, come out as the same day."""

from __future__ import annotations

import pytest

from transforms.pages.calendars import western_date
from transforms.pages.read_dates import parse_moment


@pytest.mark.parametrize(
    "text",
    [
        "Nov. 3, 2025, 2:05 p. m.", "Updated 3rd November 2025", "3-Nov-2025", "2025-Nov-03",
        "Mon, 03 Nov 2025 14:05:00 +0100", "03.11.25, 14:05 Uhr", "le 3 novembre 2025 à 14h05",
        "3 de noviembre del 2025", "3.nov.2025 às 14h05", "3 de novembre de 2025",
        "3. november 2025", "3. marraskuuta 2025", "2025. november 3. 14:05", "3 listopada 2025",
        "3. studenoga 2025.", "3 novembar 2025", "2025 m. lapkričio 3 d.", "2025. gada 3. novembris",
        "3 noiembrie 2025", "3-го ноября 2025", "3 листопада 2025", "3 Νοεμβρίου 2025, 14:05",
        "3 Kasım 2025", "3 November 2025 14:05 WIB", "ngày 3 tháng 11 năm 2025", "2025. 11. 3. 오후 2:05",
        "2025年11月3日 下午2:05", "令和7年11月3日", "民國114年11月3日", "3 พ.ย. 2568 14:05 น.",
        "3 พฤศจิกายน 2568", "3 नवंबर 2025", "৩ নভেম্বর ২০২৫", "3 בנובמבר 2025", "٣ نوفمبر ٢٠٢٥",
        "3 تشرين الثاني/نوفمبر 2025", "۱۲ آبان ۱۴۰۴", "1404/08/12",
    ],
)  # fmt: skip
def test_a_day_is_the_same_in_every_language_and_calendar(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.day == "2025-11-03"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/12/1403", ""),  # a year that no page is of
        ("1403/12/30", "2025-03-20"),  # the last day of a leap year
        ("1404/01/01", "2025-03-21"),
        ("平成元年1月8日", ""),  # before the web
        ("平成31年4月30日", "2019-04-30"),
    ],
)
def test_years_of_other_calendars_begin_where_they_begin(text: str, day: str) -> None:
    moment = parse_moment(text)
    assert (moment.day if moment else "") == day


def test_half_days_of_east_asia_stand_before_the_clock() -> None:
    moment = parse_moment("2025年11月3日 下午2:05 +0800")
    assert moment is not None
    assert (moment.micros // 60_000_000) % 1440 == 6 * 60 + 5


@pytest.mark.parametrize(
    "text", ["", "1", "9" * 200, "٩" * 200, "令和" * 80, "ม.ค." * 50, "1 " * 100]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_moment(text) is None
    assert isinstance(western_date(text), str)
