"""Numbers and dates as an editor of each language would set them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.dates import (
    written_date,
    written_moment,
    written_period,
    written_weekday,
)
from montada.language.engine.numbers import (
    in_digits,
    written_number,
    written_percent,
)


def test_arabic_pages_carry_one_digit_policy() -> None:
    assert written_number(14820, "ar") == "14,820"
    assert written_percent(47, "ar") == "47%"
    assert written_number(14820.5, "ar", digits="arabic-indic", places=1) == "١٤٬٨٢٠٫٥"
    assert written_percent(47, "ar", digits="arabic-indic") == "٤٧٪"
    assert (
        in_digits("7-11 يوليو 2025", "ar", digits="arabic-indic") == "٧-١١ يوليو ٢٠٢٥"
    )


def test_other_languages_follow_their_own_habit() -> None:
    assert written_number(14820.5, "es", places=1) == "14.820,5"
    assert written_percent(47, "fr") == "47\N{NO-BREAK SPACE}%"
    assert written_number(14820, "en", digits="arabic-indic") == "14,820"


def test_halves_are_rounded_away_from_zero() -> None:
    assert written_number(0.125, "en", places=2) == "0.13"
    assert written_number(2.5, "en") == "3"


@pytest.mark.parametrize(
    ("start", "end", "arabic", "english"),
    [
        ((2025, 7, 7), (2025, 7, 11), "من 7 إلى 11 يوليو 2025", "7–11 July 2025"),
        (
            (2025, 6, 30),
            (2025, 7, 11),
            "من 30 يونيو إلى 11 يوليو 2025",
            "30 June – 11 July 2025",
        ),
        (
            (2024, 12, 30),
            (2025, 1, 2),
            "من 30 ديسمبر 2024 إلى 2 يناير 2025",
            "30 December 2024 – 2 January 2025",
        ),
        ((2025, 7, 7), (2025, 7, 7), "7 يوليو 2025", "7 July 2025"),
    ],
)
def test_a_period_names_nothing_twice_and_always_the_year(
    start: tuple[int, int, int],
    end: tuple[int, int, int],
    arabic: str,
    english: str,
) -> None:
    assert written_period(date(*start), date(*end), "ar") == arabic
    assert written_period(date(*start), date(*end), "en") == english


def test_chinese_says_the_year_first() -> None:
    start, end = date(2025, 7, 7), date(2025, 7, 11)

    assert written_period(start, end, "zh") == "2025年7月7日至11日"


@given(st.dates(), st.dates(), st.sampled_from(["ar", "en", "fr", "es", "zh", "ru"]))
def test_every_period_names_the_year_of_its_end(
    one: date, other: date, language: str
) -> None:
    start, end = sorted((one, other))
    whole = written_period(start, end, language)

    assert str(end.year) in whole or f"{end.year:04}" in whole or language == "zh"


def test_moments_and_weekdays() -> None:
    moment = datetime(2025, 7, 7, 14, 5, tzinfo=UTC)

    assert written_moment(moment, "ar") == "7 يوليو 2025، 14:05"
    assert written_weekday(moment.date(), "ar") == "الاثنين"
    assert written_date(moment.date(), "fr") == "7 juillet 2025"
