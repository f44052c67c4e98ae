"""How complete a record is, and for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from montada.language.engine.text import LocalizedText
from montada.stocktaking.engine.completeness import (
    FIRST,
    NEEDS,
    PURPOSES,
    Subject,
    completeness,
)
from montada.stocktaking.engine.record import (
    NO_RECORD,
    TEXTS,
    Evidence,
    Money,
    Partner,
    Place,
    ProjectRecord,
    Replication,
)
from montada.stocktaking.queries import PART_NAMES, PURPOSE_NAMES

NOTHING = Subject(NO_RECORD, False, False, False, False, False)
WORDS = LocalizedText.of("en", "Wells")
EVERYTHING = Subject(
    record=ProjectRecord(
        entry_type="project",
        status="ongoing",
        beneficiaries=("women",),
        starts_on=date(2026, 1, 1),
        evidence=(Evidence("Wells"),),
        money=Money(budget=Decimal(0), funded=Decimal(0)),
        replication=Replication(skills="none"),
        partners=(Partner("ITU"),),
        places=(Place("Siwa"),),
    ).with_texts(dict.fromkeys(TEXTS, WORDS)),
    has_organisation=True,
    has_country=True,
    has_line=True,
    has_goal=True,
    has_contact=True,
)


def missing(subject: Subject) -> dict[str, tuple[str, ...]]:
    return {purpose.name: purpose.missing for purpose in completeness(subject)}


def test_nothing_lacks_everything_in_the_order_of_the_form() -> None:
    assert missing(NOTHING) == PURPOSES
    order = list(NEEDS)
    for needs in PURPOSES.values():
        assert list(needs[: len(FIRST)]) == list(FIRST)
        rest = [order.index(need) for need in needs[len(FIRST) :]]
        assert rest == sorted(rest)


def test_everything_is_enough_for_all() -> None:
    for purpose in completeness(EVERYTHING):
        assert purpose.is_met
        assert purpose.n_met == purpose.n_needs == len(PURPOSES[purpose.name])


def test_six_fields_are_enough_for_the_register_and_a_start_for_a_prize() -> None:
    record = ProjectRecord(title=WORDS, summary=WORDS, entry_type="project")
    register, prize, *_others = completeness(
        replace(
            NOTHING,
            record=record,
            has_organisation=True,
            has_country=True,
            has_line=True,
        )
    )

    assert (register.name, register.is_met, register.n_met) == ("register", True, 6)
    # 15 needs of the prize, 6 of them met.
    assert (prize.n_needs, prize.n_met, prize.is_met) == (15, 6, False)
    assert prize.missing == (
        "goals",
        "status",
        "period",
        "aims",
        "results",
        "challenges",
        "future",
        "evidence",
        "partners",
    )


@pytest.mark.parametrize(
    ("need", "lacking"),
    [
        ("organisation", {"has_organisation": False}),
        ("country", {"has_country": False}),
        ("action_lines", {"has_line": False}),
        ("goals", {"has_goal": False}),
        ("contact", {"has_contact": False}),
        *((name, {name: LocalizedText()}) for name in TEXTS),
        ("entry_type", {"entry_type": ""}),
        ("status", {"status": ""}),
        ("period", {"starts_on": None}),
        ("beneficiaries", {"beneficiaries": ()}),
        ("evidence", {"evidence": ()}),
        ("budget", {"money": Money(funded=Decimal(0))}),
        ("funded", {"money": Money(budget=Decimal(0))}),
        ("partners", {"partners": ()}),
        ("places", {"places": ()}),
        ("replication", {"replication": Replication()}),
    ],
)
def test_each_need(need: str, lacking: dict[str, Any]) -> None:
    (name,) = lacking
    if name.startswith("has_"):
        subject = replace(EVERYTHING, **lacking)
    else:
        subject = replace(EVERYTHING, record=replace(EVERYTHING.record, **lacking))

    for purpose, still in missing(subject).items():
        assert still == ((need,) if need in PURPOSES[purpose] else ())


def test_every_need_and_purpose_has_a_name() -> None:
    assert set(NEEDS) <= set(PART_NAMES)
    assert set(PURPOSES) == set(PURPOSE_NAMES)
