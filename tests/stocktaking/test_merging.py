"""Merging: what is known stays, what is missing comes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.merging import filled
from montada.stocktaking.engine.record import (
    NO_RECORD,
    PARTS,
    TEXTS,
    Money,
    ProjectRecord,
)
from tests.stocktaking.records import records

fast = settings(max_examples=20, deadline=None)


@fast
@given(records, records)
def test_nothing_of_what_is_known_is_lost(
    known: ProjectRecord, told: ProjectRecord
) -> None:
    merged = filled(known, told)

    for name in TEXTS:
        for tag, wording in known.text(name).wordings.items():
            assert merged.text(name).wordings[tag] == wording
        if known.text(name):
            assert merged.text(name).written_in == known.text(name).written_in
    for part in set(PARTS) - set(TEXTS):
        if getattr(known, part) != getattr(NO_RECORD, part):
            assert getattr(merged, part) == getattr(known, part)


@fast
@given(records, records)
def test_what_only_the_other_tells_comes(
    known: ProjectRecord, told: ProjectRecord
) -> None:
    merged = filled(known, told)

    for part in PARTS:
        if getattr(known, part) == getattr(NO_RECORD, part):
            assert getattr(merged, part) == getattr(told, part)


@fast
@given(records, records)
def test_the_same_word_again_changes_nothing(
    known: ProjectRecord, told: ProjectRecord
) -> None:
    merged = filled(known, told)

    assert filled(merged, told) == merged


@fast
@given(records)
def test_nothing_adds_nothing(record: ProjectRecord) -> None:
    assert filled(record, NO_RECORD) == record
    assert filled(NO_RECORD, record) == record
    assert filled(record, record) == record


def test_a_text_gains_languages_but_no_second_words() -> None:
    known = ProjectRecord(title=LocalizedText.of("en", "Wells", ar="آبار"))
    told = ProjectRecord(title=LocalizedText.of("fr", "Puits", ar="بئر"))

    title = filled(known, told).title

    assert title.written_in == "en"
    assert title.by_language == {"en": "Wells", "ar": "آبار", "fr": "Puits"}


def test_words_whose_language_one_source_does_not_say_are_no_second_language() -> None:
    known = ProjectRecord(title=LocalizedText.of("en", "Wells"))
    told = ProjectRecord(title=LocalizedText.of("und", "Wells"))

    assert filled(known, told).title == known.title


def test_money_is_one_sources_or_anothers_never_half_of_each() -> None:
    known = ProjectRecord(money=Money(currency="EGP", budget=Decimal(5)))
    told = ProjectRecord(money=Money(currency="USD", funded=Decimal(3)))

    assert filled(known, told).money == known.money
