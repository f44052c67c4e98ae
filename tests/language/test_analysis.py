"""A text becomes the terms of an index, whatever somebody typed or pasted."""

from __future__ import annotations

import sqlite3
import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language import queries
from montada.language.engine.analysis import analysed, indexed_text, normalised
from montada.language.engine.stop_words import read_stop_words
from montada.language.engine.text import LANGUAGES

languages = st.sampled_from([*LANGUAGES, "und", "de"])


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("ar", "تدريب المزارعين على الريّ", "تدريب مزارع ري"),
        ("ar", "شبكة الـ5G والتي بُنيت عام ٢٠٢٥", "شبك 5g بنيت عام 2025"),
        (
            "ar",
            "جيم7: الزراعة e-agriculture",
            "جيم 7 زراع e agricultur",
        ),
        ("en", "Farmers don't use C7's “networks”", "farmer use c7 network"),
        ("fr", "L’économie des agriculteurs", "econom agriculteur"),
        ("es", "La educación de los niños", "educ nin"),
        ("ru", "Развитие в сельских районах", "развит сельск раион"),
        ("zh", "可持续发展2030", "可持 持续 续发 发展 2030"),
        ("und", "Häuser, 水利 AND المزارعين", "hauser 水利 and المزارعين"),
        ("en", "the of and", ""),
        ("en", "🙂 … — ()", ""),
        ("en", "", ""),
    ],
)
def test_terms_by_hand(language: str, text: str, terms: str) -> None:
    assert queries.index_terms(text, language) == terms


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "شئون المرأة", "شؤون المرأه"),
        ("ar", "القُمَّة العالميّة", "القمة العالمية"),
        ("ar", "مجتمـــع المعلومات", "مجتمع المعلومات"),
        ("ar", "عام ٢٠٢٥", "عام 2025"),
        ("fr", "e\u0301ducation", "éducation"),
        ("fr", "ÉDUCATION", "éducation"),
        ("en", "ｎｅｔｗｏｒｋ", "network"),
        ("en", "infor\u00admation", "information"),
        ("ar", "المعلو\u200fمات", "المعلومات"),
        ("ar", "ﻻ ﻟﻠﻤﺰﺍﺭﻋﻴﻦ", "لا للمزارعين"),
    ],
)
def test_spellings_of_one_text_meet(language: str, one: str, other: str) -> None:
    assert queries.terms_of(one, language) == queries.terms_of(other, language)


def test_stop_words_are_matched_folded_and_after_and() -> None:
    stop_words = {"ar": read_stop_words("# الذي\nالتي  على\n")}

    assert analysed("والتي علي هذه", "ar", stop_words) == ["هذ"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_stop_words_that_are_read_as_written(language: str) -> None:
    listed = queries.stop_words()[language]

    assert len(listed) > 80
    assert not [word for word in listed if " " in word or "#" in word]


@given(st.text(), languages)
def test_terms_hold_letters_and_digits_alone(text: str, language: str) -> None:
    terms = queries.terms_of(text, language)

    assert [t for t in terms if not t or not t.isalnum()] == []
    assert queries.index_terms(text, language).split() == terms
    assert queries.terms_of(text, language) == terms


@given(st.text(st.characters(blacklist_categories=[])), languages)
def test_lone_surrogates_and_nul_are_only_signs(text: str, language: str) -> None:
    terms = queries.terms_of(f"{text}\0\ud800 x", language)

    assert not {unicodedata.category(c) for c in "".join(terms)} & {"Cc", "Cs", "Zs"}


@given(st.lists(st.sampled_from(["مزارع", "net", "水利", "5g", "сеть"])), languages)
def test_a_text_has_the_terms_of_its_parts(parts: list[str], language: str) -> None:
    together = [term for part in parts for term in analysed(part, language)]

    assert analysed(" ".join(parts), language) == together


@pytest.mark.parametrize(
    "piece",
    [
        "a" + "\u0301\u0327" * 50_000,
        "\u0345\u0301" * 50_000,
        "x" * 100_000,
        "ب" * 100_000,
        "中" * 50_000,
        "ﷺ" * 5_000,
        "été-" * 10_000,
        "🙂" * 50_000,
    ],
    ids=lambda piece: ascii(piece[:2]),
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    start = process_time()
    analysed(piece, "fr")
    once = process_time() - start
    start = process_time()
    analysed(piece * 8, "fr")

    # Quadratic would be 64 times; half a second leaves room for a busy machine.
    assert process_time() - start < 24 * once + 0.5


def test_many_marks_on_a_letter_do_not_hide_it() -> None:
    assert normalised("e" + "\u0301" * 1_000 + "!") == "é!"


def test_sqlite_splits_the_indexed_text_into_the_same_terms() -> None:
    texts = {
        "ar": "تدريب المزارعين على الـ5G في ٢٠٢٥ – e-agriculture",
        "fr": "L’économie numérique des agriculteurs",
        "ru": "Развитие ёмких сетей",
        "zh": "可持续发展和wifi",
    }
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table found using fts5(terms)")
    database.execute("create virtual table words using fts5vocab('found', 'instance')")
    for rowid, (language, text) in enumerate(texts.items()):
        stored = indexed_text(text, language)
        database.execute(
            "insert into found(rowid, terms) values (?, ?)", (rowid, stored)
        )
        rows = database.execute(
            "select term from words where doc = ? order by offset", (rowid,)
        )
        assert [term for (term,) in rows] == analysed(text, language)
    database.close()
