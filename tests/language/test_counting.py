"""Words as Unicode counts them, and the direction in which they run."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.counting import n_words
from montada.stocktaking.engine.directions import direction_of_words


@pytest.mark.parametrize(
    ("text", "n"),
    [
        # UAX #29, by hand. WB6 and WB7 keep a letter's apostrophe, a hyphen parts.
        ("The e-mail can't wait.", 5),  # The | e | mail | can't | wait
        ("L'eau d'aujourd'hui", 2),
        ("L\u2019eau d\u2019aujourd\u2019hui", 2),
        ("مشروع الآبار في ٥٠ قرية", 5),
        ("مُشْرُوعُ الآبَارِ", 2),  # WB4: vowel marks belong to their letter
        ("الواحات، والآبار؛ والهواتف!", 3),
        ("Реестр из 3,5 миллиона записей", 5),  # WB11: a comma inside a number
        ("数字公共服务", 6),  # WB999: each Chinese character is one
        ("Water 2.0 for Δοκιμή", 4),
        ("1,234.56", 1),
        ("🌍 water 👩\u200d💻", 1),  # no letter, no word
        ("👍🏽 1️⃣", 1),  # the keycap holds a digit
        ("… – ! ؟", 0),
        ("", 0),
        (" \n\t", 0),
        ("wells\nby\r\ntelephone", 3),
        ("a\x00b", 2),  # a control character is a boundary on both sides
        ("\ud800", 0),
        ("wells\u2060wells", 1),  # WB4: a format character changes nothing
        ("wells\u200bwells", 2),  # a space without width is none
    ],
)
def test_words_are_counted(text: str, n: int) -> None:
    assert n_words(text) == n


@given(st.lists(st.sampled_from(["wells", "الآبار", "3.5", "d'eau"]), max_size=20))
def test_spaces_part_and_add_nothing(words: list[str]) -> None:
    assert n_words("  ".join(words)) == len(words)


@given(st.text())
def test_any_text_can_be_counted(text: str) -> None:
    assert 0 <= n_words(text) <= len(text)


@pytest.mark.parametrize("piece", ["word ", "字", "e\u0301", "a'", "\x00"])
def test_a_hundred_thousand_characters_are_counted_at_once(piece: str) -> None:
    text = piece * (100_000 // len(piece))

    started = time.process_time()
    n_words(text)

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("الآبار في الواحات", "rtl"),
        ("Wells in the oases", "ltr"),
        ("面向偏远地区", "ltr"),
        ("Реестр", "ltr"),
        ("עברית", "rtl"),
        # 25 Arabic letters and two Latin: 25 / 27 is more than nine of ten.
        ("منصة تتبع مستوى الآبار في الواحات AI", "rtl"),
        # 17 Latin letters and one Arabic.
        ("Oases and wells ofم", "ltr"),
        ("منصة بلدي My country", ""),
        ("AI", ""),  # too little to tell
        ("آبار 2027", "rtl"),
        ("2027 🌍 …", ""),
        ("", ""),
        ("\ud800\x00", ""),
    ],
)
def test_letters_tell_the_direction(text: str, direction: str) -> None:
    assert direction_of_words(text) == direction
