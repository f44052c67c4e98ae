"""Rules of a record: each broken one is named, with what a sentence needs."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.record import (
    NO_RECORD,
    Evidence,
    Money,
    Place,
    ProjectRecord,
)
from montada.stocktaking.engine.rules import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Limits,
    Problem,
    problems_of,
)
from montada.stocktaking.queries import sentence_of
from tests.factories.entries import a_record
from tests.stocktaking.records import records

LIMITS = Limits(summary_words_least=3, summary_words_most=5, text_words_most=4)
YEAR_2026 = date(2026, 1, 1)


def of(language: str, words: str) -> LocalizedText:
    return LocalizedText.of(language, words)


def whole(**parts: Any) -> ProjectRecord:
    """A record that breaks no rule of `LIMITS`, with these parts in it."""
    usual: dict[str, Any] = {"title": of("en", "Wells"), "summary": of("en", "a b c")}
    return ProjectRecord(**usual | parts)


def broken(record: ProjectRecord, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    return [(one.part, one.code) for one in problems_of(record, limits)]


def test_the_least_that_can_be_sent_breaks_no_rule() -> None:
    assert broken(whole()) == []
    assert broken(a_record(), Limits()) == []


def test_an_empty_record_lacks_title_and_description_before_it_is_sent() -> None:
    assert problems_of(NO_RECORD, LIMITS) == [
        Problem("title", "missing", is_needed_to_send=True),
        Problem("summary", "missing", is_needed_to_send=True),
    ]


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"title": of("en", "…")}, ("title", "too_few_words")),
        ({"title": of("en", "x" * (LONGEST_TITLE + 1))}, ("title", "too_long")),
        ({"summary": of("en", "two words")}, ("summary", "too_few_words")),
        ({"summary": of("en", "a b c d e f")}, ("summary", "too_many_words")),
        ({"results": of("en", "a b c d e")}, ("results", "too_many_words")),
        ({"future": of("ar", "Only English words")}, ("future", "wrong_direction")),
        ({"aims": of("en", "الآبار في الواحات")}, ("aims", "wrong_direction")),
        ({"starts_on": date(1979, 12, 31)}, ("starts_on", "year_out_of_range")),
        ({"ends_on": date(2101, 1, 1)}, ("ends_on", "year_out_of_range")),
        (
            {"starts_on": YEAR_2026, "ends_on": date(2025, 12, 31)},
            ("ends_on", "ends_before_start"),
        ),
        (
            {"money": Money(budget=Decimal(-1), currency="EGP")},
            ("money", "amount_out_of_range"),
        ),
        (
            {"money": Money(funded=Decimal(10) ** 15, currency="EGP")},
            ("money", "amount_out_of_range"),
        ),
        ({"money": Money(funded=Decimal(1))}, ("money", "currency_missing")),
        (
            {"money": Money(Decimal(5), "EGP", own_share=Decimal(6))},
            ("money", "own_share_over_budget"),
        ),
        (
            {"evidence": (Evidence(" ", value=Decimal(1)),)},
            ("evidence", "indicator_missing"),
        ),
        ({"evidence": (Evidence("Wells"),)}, ("evidence", "value_missing")),
        ({"website": "javascript:alert(1)"}, ("website", "address_broken")),
        ({"website": "example.org"}, ("website", "address_broken")),
        ({"website": "https://" + "x" * 500}, ("website", "address_broken")),
        (
            {"places": (Place("Siwa", latitude=29.2),)},
            ("places", "half_a_coordinate"),
        ),
        (
            {"places": (Place("Siwa", latitude=90.5, longitude=25.5),)},
            ("places", "coordinate_out_of_range"),
        ),
        (
            {"places": (Place("Siwa", latitude=29.2, longitude=-180.1),)},
            ("places", "coordinate_out_of_range"),
        ),
        (
            {"places": (Place(latitude=float("nan"), longitude=0.0),)},
            ("places", "coordinate_out_of_range"),
        ),
    ],
)
def test_each_rule(parts: dict[str, Any], problem: tuple[str, str]) -> None:
    found = problems_of(whole(**parts), LIMITS)

    assert [(one.part, one.code) for one in found] == [problem]
    assert "%(" not in sentence_of(found[0])


@pytest.mark.parametrize(
    "parts",
    [
        {"summary": of("zh", "数字公共服")},  # each of the five is a word
        {"title": of("und", "الآبار")},  # nobody said in which language
        {"title": of("en", "AI – منصة بلدي")},  # half and half
        {"title": of("en", "x" * LONGEST_TITLE)},
        {"money": Money(Decimal(5), "EGP", Decimal(9), Decimal(5))},
        {"money": Money(donors=("Somebody",))},
        {"evidence": (Evidence("Wells", baseline=Decimal(0)),)},
        {"starts_on": YEAR_2026, "ends_on": YEAR_2026},
        {"starts_on": date(1980, 1, 1), "ends_on": date(2100, 12, 31)},
        {"website": "http://例え.テスト/x?y=1"},
        {"places": (Place("Siwa"), Place("", "EGY", -90.0, 180.0))},
    ],
)
def test_what_is_just_allowed(parts: dict[str, Any]) -> None:
    assert broken(whole(**parts)) == []


def test_numbers_of_a_sentence_are_in_the_problem() -> None:
    few, many = (
        problems_of(whole(summary=of("en", words)), LIMITS)[0]
        for words in ("one two", "1 2 3 4 5 6 7")
    )

    assert (few.details, many.details) == ({"n": 2, "least": 3}, {"n": 7, "most": 5})
    assert sentence_of(few) == "Write at least 3 words; there are 2 so far."
    assert sentence_of(many) == "Write at most 5 words; there are 7."


def test_arabic_words_under_english_are_told_of_by_the_languages_own_name() -> None:
    (problem,) = problems_of(whole(summary=of("en", "الآبار في الواحات")), LIMITS)

    assert sentence_of(problem).startswith("These words do not look like English.")


def test_every_language_of_a_text_is_looked_at() -> None:
    summary = LocalizedText.of("en", "a b c", ar="كلمتان هنا")

    assert broken(whole(summary=summary)) == [("summary", "too_few_words")]


def test_a_hundred_thousand_characters_are_told_of_at_once() -> None:
    record = whole(summary=of("en", "water " * 16_667))

    started = time.process_time()
    (problem,) = problems_of(record, LIMITS)

    assert time.process_time() - started < 1
    assert problem == Problem(
        "summary", "too_long", {"n": 100_002, "most": LONGEST_TEXT}
    )


def test_problems_come_in_the_order_of_the_form() -> None:
    record = ProjectRecord(
        starts_on=date(1900, 1, 1), money=Money(budget=Decimal(1)), website="x"
    )

    assert [part for part, _code in broken(record)] == [
        "title",
        "summary",
        "starts_on",
        "money",
        "website",
    ]


@settings(max_examples=20, deadline=None)
@given(records)
def test_of_every_problem_there_is_a_sentence(record: ProjectRecord) -> None:
    for problem in problems_of(record, LIMITS):
        assert sentence_of(problem)
