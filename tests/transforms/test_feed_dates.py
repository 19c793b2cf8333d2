"""Dates as feeds state them: what RFC 822 and ISO 8601 allow, and what publishers write instead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from transforms.parse_feed import parse_feed


def published(date: str) -> str:
    item = f"<item><title>x</title><pubDate>{date}</pubDate></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    entry = parse_feed(feed.encode(), "https://news.example/rss").entries[0]
    if entry.published is None:
        return ""
    return datetime.fromtimestamp(entry.published / 1e6, UTC).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mon, 03 Nov 2025 14:05:00 GMT", "2025-11-03 14:05"),
        ("Mon, 3 Nov 25 14:05 +0100", "2025-11-03 13:05"),
        ("2025-11-03T14:05:00.123+02:00", "2025-11-03 12:05"),
        ("20251103T140500Z", "2025-11-03 14:05"),
        ("2025-W45-1", "2025-11-03 00:00"),
        ("2025-307", "2025-11-03 00:00"),
        ("1762178700", "2025-11-03 14:05"),
        ("1762178700000", "2025-11-03 14:05"),
        ("Mon, 03 Nov 2025 14:05:00 CEST", "2025-11-03 12:05"),
        ("Mon, 03 Nov 2025 14:05:00 IST", "2025-11-03 08:35"),
        ("Mon, 03 Nov 2025 14:05:00 GMT+1", "2025-11-03 13:05"),
        ("Mon, 03 Nov 2025 14:05:00 UTC+0200", "2025-11-03 12:05"),
        ("Mon 03, Nov 2025 14:05:00 GMT", "2025-11-03 14:05"),
        ("Monday, November 3, 2025 2:05 PM", "2025-11-03 14:05"),
        ("11/03/2025 2:05 PM", "2025-11-03 14:05"),
        ("03/11/2025 14:05", "2025-11-03 14:05"),
        ("03.11.2025 14:05", "2025-11-03 14:05"),
        ("lun., 03 nov. 2025 14:05:00 +0100", "2025-11-03 13:05"),
        ("Пн, 03 ноя 2025 14:05:00 +0300", "2025-11-03 11:05"),
        ("2025년 11월 3일", "2025-11-03 00:00"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_however_it_is_written(date: str, moment: str) -> None:
    assert published(date) == moment


def test_json_feeds_may_state_any_of_these_dates() -> None:
    body = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
        {"id": "1", "date_published": "Mon, 03 Nov 2025 14:05:00 GMT"},
        {"id": "2", "date_published": 1762178700}]}"""
    entries = parse_feed(body, "https://news.example/feed.json").entries
    assert {entry.published for entry in entries} == {1_762_178_700_000_000}


def test_a_json_feed_without_items_is_a_feed_without_entries() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "T"}'
    assert parse_feed(body, "https://news.example/feed.json").entries == ()
