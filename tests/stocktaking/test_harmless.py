"""Words without signs that mislead: what people write stays, tricks go."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.language.engine.folding import MOST_MARKS
from montada.language.engine.harmless import harmless_text, harmless_words
from montada.language.engine.text import LocalizedText, TextState, Wording
from montada.stocktaking.engine.harmless import (
    harmless_record,
)
from montada.stocktaking.engine.record import (
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        # An override turns "cod.exe" into what reads as "exe.doc".
        ("Report \u202excod.exe", "Report xcod.exe"),
        ("\u2067اسم\u2069 \u200fname\u200e", "اسم name"),
        ("\u061cآبار", "آبار"),
        ("Wells\x00 by\x07 telephone\x7f\x9b", "Wells by telephone"),
        ("Wells\ud83d", "Wells"),
        ("\ufeffWells\ufffb", "Wells"),
        # Letters that nobody sees and programs read.
        ("Wells\U000e0001\U000e0057", "Wells"),
        ("  Wells  ", "Wells"),
        ("one\r\ntwo\rthree\n\nfour\tfive", "one\ntwo\nthree\n\nfour\tfive"),
    ],
)
def test_what_misleads_is_gone(written: str, kept: str) -> None:
    assert harmless_words(written) == kept


@pytest.mark.parametrize(
    "words",
    [
        "مُحَمَّدٌ رَسُولُ",  # vowel marks
        "می\u200cخواهم",  # the non-joiner of Persian
        "क्\u200dष",  # the joiner of Hindi
        "👩\u200d👩\u200d👧 👍🏽 🏳️\u200d🌈 🇪🇬",
        "Ngữ pháp tiếng Việt, e\u0301cole",
        "数字公共服务 – Реестр «да» “yes”",
        '<script>alert("1")</script> & <b>',
        "50\u00a0%, \u2060soft\u00adhyphen",
    ],
)
def test_what_people_write_stays(words: str) -> None:
    assert harmless_words(words) == words


def test_a_letter_carries_no_tower_of_marks() -> None:
    written = "e" + "\u0301" * 1000 + " end"

    assert harmless_words(written) == "e" + "\u0301" * MOST_MARKS + " end"


@given(st.text(st.characters(exclude_categories=[])))
def test_once_is_enough_and_no_trick_is_left(written: str) -> None:
    words = harmless_words(written)

    assert harmless_words(words) == words
    words.encode()
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert turning.isdisjoint(map(unicodedata.bidirectional, words))
    assert set(words) & set(map(chr, range(32))) <= {"\n", "\t"}


def test_each_language_of_a_text_is_cleaned_and_keeps_its_standing() -> None:
    text = LocalizedText(
        "ar",
        {
            "ar": Wording("\u202eآبار", TextState.APPROVED, 7),
            "en": Wording("Wells\x00", TextState.MACHINE),
            "fr": Wording("\x00"),
        },
    )

    assert harmless_text(text) == LocalizedText(
        "ar",
        {
            "ar": Wording("آبار", TextState.APPROVED, 7),
            "en": Wording("Wells", TextState.MACHINE),
        },
    )


def test_every_word_of_a_record_is_cleaned_and_all_else_stays() -> None:
    tricky = "\u202eWells\x00"
    record = ProjectRecord(
        title=LocalizedText.of("en", tricky),
        website="https://example.org/\u200f",
        evidence=(Evidence(tricky, value=Decimal("0.10"), unit=tricky, file_id=3),),
        money=Money(currency="EGP", donors=(tricky,)),
        replication=Replication(skills=tricky),
        partners=(Partner(tricky, country_id="EGY"),),
        places=(Place(tricky, latitude=29.2, longitude=25.5),),
        starts_on=date(2026, 1, 1),
    )

    assert harmless_record(record) == ProjectRecord(
        title=LocalizedText.of("en", "Wells"),
        website="https://example.org/",
        evidence=(Evidence("Wells", value=Decimal("0.10"), unit="Wells", file_id=3),),
        money=Money(currency="EGP", donors=("Wells",)),
        replication=Replication(skills="Wells"),
        partners=(Partner("Wells", country_id="EGY"),),
        places=(Place("Wells", latitude=29.2, longitude=25.5),),
        starts_on=date(2026, 1, 1),
    )
