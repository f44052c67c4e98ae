"""The record: what is stored comes back, and a slip of the pen is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.record import (
    NO_RECORD,
    PARTS,
    TEXTS,
    Evidence,
    Money,
    ProjectRecord,
)
from tests.stocktaking.records import records

WELLS = LocalizedText.of("ar", "آبار بالهاتف", en="Wells by telephone")


@settings(max_examples=30, deadline=None)
@given(records)
def test_what_is_stored_comes_back(record: ProjectRecord) -> None:
    stored = json.loads(json.dumps(record.as_json()))

    assert ProjectRecord.from_json(stored) == record


def test_what_is_empty_is_not_stored() -> None:
    record = ProjectRecord(title=WELLS, money=Money(currency="EGP"))

    assert NO_RECORD.as_json() == {}
    assert record.as_json() == {
        "title": WELLS.as_json(),
        "money": {"currency": "EGP"},
    }
    assert ProjectRecord.from_json({}) == NO_RECORD


def test_amounts_and_days_are_exact() -> None:
    row = Evidence("Wells", value=Decimal("0.10"), measured_on=date(2026, 1, 5))
    stored = ProjectRecord(evidence=(row,)).as_json()

    assert stored == {
        "evidence": [
            {"indicator": "Wells", "value": "0.10", "measured_on": "2026-01-05"}
        ]
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"titel": WELLS.as_json()},
        {"money": {"budgett": "1"}},
        {"evidence": [{"indicator": "Wells", "colour": "blue"}]},
        {"evidence": [{}]},
        {"evidence": "wells"},
        {"money": {"budget": "much"}},
        {"starts_on": "31 February"},
        {"places": [{"latitude": "north"}]},
        {"title": "Wells"},
        {"title": 5},
        {"title": {"wordings": {"en": {}}}},
        {"title": {"wordings": {"en": {"text": 5, "state": "approved"}}}},
        {"title": {"wordings": {"en": {"text": "Wells", "state": "perfect"}}}},
        {"title": {"wordings": "Wells"}},
        "Wells",
        None,
        [],
    ],
)
def test_another_shape_is_refused(sent: Any) -> None:
    with pytest.raises(ValidationError):
        ProjectRecord.from_json(sent)


@pytest.mark.parametrize(
    ("budget", "funded", "gap"),
    [
        ("1000", "400", "600"),  # 1000 - 400
        ("1000", "0", "1000"),
        ("1000", "1000", "0"),
        # Who gave more than was asked for leaves nothing missing.
        ("1000", "1200.50", "0"),
        ("0.30", "0.10", "0.20"),
        (None, "400", None),
        ("1000", None, None),
    ],
)
def test_the_gap_is_what_the_budget_lacks(
    budget: str | None, funded: str | None, gap: str | None
) -> None:
    budgeted, paid, missing = (
        None if amount is None else Decimal(amount) for amount in (budget, funded, gap)
    )

    assert Money(budget=budgeted, funded=paid).gap == missing


def test_the_owners_share_does_not_change_the_gap() -> None:
    # Funded holds it already: 1000 - 400.
    money = Money(budget=Decimal(1000), funded=Decimal(400), own_share=Decimal(100))

    assert money.gap == Decimal(600)


def test_a_record_is_in_the_language_of_its_first_text() -> None:
    english = LocalizedText.of("en", "Telephones")

    assert NO_RECORD.written_in == ""
    assert ProjectRecord(title=WELLS, summary=english).written_in == "ar"
    assert ProjectRecord(summary=english).written_in == "en"


def test_texts_are_changed_by_name() -> None:
    record = ProjectRecord(title=WELLS, website="https://example.org")

    changed = record.with_texts({"aims": WELLS, "title": LocalizedText()})

    assert (changed.title, changed.text("aims")) == (LocalizedText(), WELLS)
    assert changed.website == record.website


def test_programs_are_told_every_part() -> None:
    schema = ProjectRecord.json_schema()

    assert tuple(schema["properties"]) == PARTS
    assert PARTS[: len(TEXTS)] == TEXTS
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Evidence"]["required"] == ["indicator"]
