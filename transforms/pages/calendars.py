"""A printed date in any script comes in, the same with Western digits and Gregorian years goes out.

Japanese eras, years of the Republic in Taiwan, Buddhist years in Thailand, the solar calendar of Iran,
digits of other scripts, and names of months that no pattern of words can hold: of two words, or with
vowels that Unicode counts as marks.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_DIGITS = {
    zero + value: str(value)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10, 0x1040, 0x17E0)
    for value in range(10)
}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x640])
_ARABIC_KEYS = str.maketrans("یک", "يك")  # Persian words are also written with Arabic letters
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA_YEAR = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_BUDDHIST = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_SOLAR_NAMES = (
    "فروردین|حمل", "اردیبهشت|ثور", "خرداد|جوزا", "تیر|سرطان", "مرداد|اسد", "شهریور|سنبله",
    "مهر|میزان", "آبان|عقرب", "آذر|قوس", "دی|جدی", "بهمن|دلو", "اسفند|حوت",
)  # fmt: skip
_SOLAR_MONTH = {
    name: i
    for i, names in enumerate(_SOLAR_NAMES, 1)
    for name in f"{names}|{names.translate(_ARABIC_KEYS)}".split("|")
}
_SOLAR_WORDS = re.compile(rf"(\d{{1,2}})\s({'|'.join(_SOLAR_MONTH)})\s(?:ماه\s)?(1[34]\d\d)(?!\d)")
_SOLAR = re.compile(r"(?<![\d.])(1[34]\d\d)([/.-])(\d{1,2})\2(\d{1,2})(?!\d)")
_VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|\s+năm)?\s+(\d{4})", re.I)
_NAMES = {
    1: "كانون الثاني|มกราคม|ม.ค.|जनवरी|জানুয়ারি|ஜனவரி|იანვარი|հունվար",
    2: "شباط|กุมภาพันธ์|ก.พ.|फ़रवरी|फरवरी|फेब्रुवारी|ফেব্রুয়ারি|பிப்ரவரி|თებერვალი|փետրվար",
    3: "آذار|มีนาคม|มี.ค.|मार्च|মার্চ|மார்ச்|მარტი|մարտ",
    4: "نيسان|เมษายน|เม.ย.|अप्रैल|एप्रिल|এপ্রিল|ஏப்ரல்|აპრილი|ապրիլ",
    5: "أيار|พฤษภาคม|พ.ค.|मई|मे|মে|மே|მაისი|մայիս",
    6: "حزيران|มิถุนายน|มิ.ย.|जून|জুন|ஜூன்|ივნისი|հունիս",
    7: "تموز|กรกฎาคม|ก.ค.|जुलाई|जुलै|জুলাই|ஜூலை|ივლისი|հուլիս",
    8: "آب|สิงหาคม|ส.ค.|अगस्त|ऑगस्ट|আগস্ট|ஆகஸ்ட்|აგვისტო|օգոստոս",
    9: "أيلول|กันยายน|ก.ย.|सितंबर|सितम्बर|सप्टेंबर|সেপ্টেম্বর|செப்டம்பர்|სექტემბერი|սեպտեմբեր",
    10: "تشرين الأول|تشرين الاول|ตุลาคม|ต.ค.|अक्टूबर|अक्तूबर|ऑक्टोबर|অক্টোবর|அக்டோபர்|ოქტომბერი|հոկտեմբեր",
    11: "تشرين الثاني|พฤศจิกายน|พ.ย.|नवंबर|नवम्बर|नोव्हेंबर|নভেম্বর|நவம்பர்|ნოემბერი|նոյեմբեր",
    12: "كانون الأول|كانون الاول|ธันวาคม|ธ.ค.|दिसंबर|दिसम्बर|डिसेंबर|ডিসেম্বর|டிசம்பர்|დეკემბერი|դեկտեմբեր",
}
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_OF = {name: _ENGLISH[i - 1] for i, names in _NAMES.items() for name in names.split("|")}
_NAME = re.compile(
    "(?<!\\w)(?:" + "|".join(map(re.escape, sorted(_MONTH_OF, key=len, reverse=True))) + ")(?!\\w)"
)
_HALVES = (
    ("上午", "am"),
    ("下午", "pm"),
    ("午前", "am"),
    ("午後", "pm"),
    ("오전", "am"),
    ("오후", "pm"),
)


def western_date(text: str) -> str:
    """The text with its dates written in Western digits, Gregorian years and English months."""
    if text.isascii():
        return _SOLAR.sub(_from_solar, text) if "1" in text else text
    text = text.translate(_DIGITS).translate(_INVISIBLE)
    text = _SOLAR_WORDS.sub(_from_solar_words, _SOLAR.sub(_from_solar, text))
    text = _ERA_YEAR.sub(_from_era, text)
    if _THAI.search(text):
        text = _BUDDHIST.sub(lambda match: str(int(match[1]) - 543), text)
    text = _VIETNAMESE.sub(r"\3-\2-\1", text)
    text = _NAME.sub(lambda match: _MONTH_OF[match[0]], text)
    return _with_halves(text)


def _with_halves(text: str) -> str:
    """ "下午2:05" -> "2:05 pm": half a day stands before the clock in East Asia."""
    if ":" not in text:
        return text
    for word, half in _HALVES:
        text = re.sub(rf"{word}\s?(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)", rf"\1 {half}", text)
    return text


def _from_era(match: re.Match[str]) -> str:
    year = 1 if match[2] == "元" else int(match[2])
    return f"{_ERAS[match[1]] + year}年"


def _from_solar(match: re.Match[str]) -> str:
    return _solar(int(match[1]), int(match[3]), int(match[4])) or match[0]


def _from_solar_words(match: re.Match[str]) -> str:
    return _solar(int(match[3]), _SOLAR_MONTH[match[2]], int(match[1])) or match[0]


def _solar(year: int, month: int, day: int) -> str:
    """ISO date of a day of the solar Hijri calendar, by its cycle of 33 years; "" where there is none."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    since = year - 1
    leaps = since // 33 * 8 + (since % 33 + 3) // 4
    passed = (month - 1) * 31 if month < 7 else (month - 7) * 30 + 186
    try:
        return (_SOLAR_EPOCH + timedelta(days=365 * since + leaps + passed + day - 1)).isoformat()
    except OverflowError:
        return ""


_SOLAR_EPOCH = date(622, 3, 21)
