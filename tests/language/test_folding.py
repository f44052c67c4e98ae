"""Spellings that a reader takes for the same word meet; different words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.folding import folded, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("شئون", "شؤون"),
        ("إدارة", "اداره"),
        ("القُمّةُ", "القمة"),
        ("مستشفى", "مستشفي"),
        ("مجتمـــع", "مجتمع"),
        ("عام ٢٠٢٥", "عام 2025"),
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("E-agriculture", "e agriculture"),
    ],
)
def test_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("مدرسة", "مدارس"), ("Niger", "Nigeria")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_the_arabic_article_does_not_sort() -> None:
    names = ["اليابان", "الأردن", "بوروندي", "أنغولا"]

    # alif: الأردن (under ا then ر), أنغولا (ا then ن); ba: بوروندي; ya: اليابان
    assert sorted(names, key=sort_key) == ["الأردن", "أنغولا", "بوروندي", "اليابان"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_thousands_of_marks_on_one_letter_are_folded_like_none() -> None:
    # Left in, they would be put in order for minutes: the time grows with their square.
    assert folded("a" + "\u0301\u0323" * 200_000 + "b") == "ab"
