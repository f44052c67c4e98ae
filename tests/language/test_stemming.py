"""Inflections of one word share a stem, as far as a light stemmer can see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.stemming import arabic_stem, bigrams, stem

ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("ar", "مزارع المزارعين للمزارعين والمزارعون مزارعات", "مزارع"),
        ("ar", "البيانات بيانات ببيانات", "بيان"),
        ("ar", "شئون شؤون الشؤون", "شء"),
        ("ar", "تعزيز لتعزيز التعزيز وبتعزيز", "تعزيز"),
        ("ar", "زراعة زراعية الزراعي", "زراع"),
        ("ar", "كتاب الكتاب كتابان", "كتاب"),
        ("ar", "ري الري والري للري", "ري"),
        ("en", "farmer farmers FARMERS", "farmer"),
        ("fr", "agriculteur agriculteurs AGRICULTEURS", "agriculteur"),
        ("es", "agricultor agricultores", "agricultor"),
        ("ru", "сельский сельских сельскому", "сельск"),
        ("de", "Häuser", "hauser"),
    ],
)
def test_inflections_meet(language: str, words: str, expected: str) -> None:
    stems = {stem(word, language) for word in words.split()}

    assert stems == {expected}


def test_a_word_that_begins_like_an_article_meets_its_definite_form() -> None:
    assert stem("إلكترونية", "ar") == stem("الإلكترونية", "ar")
    assert stem("الكترونية", "ar") == stem("والإلكترونية", "ar")


@pytest.mark.parametrize(("one", "other"), [("مدرسة", "مدارس"), ("بيان", "بيانات")])
def test_broken_plurals_and_other_words_keep_their_own(one: str, other: str) -> None:
    assert stem(one, "ar") != stem(other, "ar")


@pytest.mark.parametrize("word", ["ال", "و", "لل", "هي", "وال", "في", ""])
def test_short_words_stay_whole(word: str) -> None:
    assert arabic_stem(word) == word


@given(st.text(ARABIC_LETTERS, min_size=3, max_size=12))
def test_the_article_and_and_never_change_a_stem(word: str) -> None:
    expected = arabic_stem(word)

    assert arabic_stem(f"ال{word}") == expected
    assert arabic_stem(f"وال{word}") == expected
    assert arabic_stem(f"و{word}") == expected
    assert arabic_stem(f"لل{word}") == expected


@given(st.text(ARABIC_LETTERS, min_size=2))
def test_a_stem_is_a_part_of_its_word_with_two_letters_at_least(word: str) -> None:
    assert arabic_stem(word) in word
    assert len(arabic_stem(word)) >= 2


def test_chinese_runs_give_pairs() -> None:
    assert bigrams("可持续") == ["可持", "持续"]
    assert bigrams("水") == ["水"]
    assert bigrams("") == []
