"""What queries keep between two decisions, and what they never keep."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from montada.audit import operations, queries
from montada.framework.models import StakeholderGroup

# Committed for real: inside a test's transaction nothing is kept at all.
pytestmark = pytest.mark.django_db(transaction=True)


def decide(at: datetime, action: str = "a.b") -> None:
    operations.record(
        action=action, actor=None, subject=StakeholderGroup(code="civil"), at=at
    )


def test_a_query_is_asked_again_only_after_a_decision(now: datetime) -> None:
    asked: list[str] = []

    @queries.remembered("a.")
    def lines_of(group: str) -> str:
        asked.append(group)
        return group.upper()

    assert (lines_of("las"), lines_of("las"), lines_of("au")) == ("LAS", "LAS", "AU")
    assert asked == ["las", "au"]

    decide(now)

    assert lines_of("las") == "LAS"
    assert asked == ["las", "au", "las"]


def test_a_decision_about_something_else_leaves_the_answer(now: datetime) -> None:
    asked: list[str] = []

    @queries.remembered("a.")
    def lines() -> str:
        asked.append("lines")
        return "lines"

    decide(now, "b.c")
    lines()
    decide(now, "b.d")
    lines()
    assert len(asked) == 1

    for n in range(queries.MOST_NEW + 1):
        decide(now, f"b.{n % 3}")
    lines()
    assert len(asked) == 2  # too many to look through: everything counts as changed

    decide(now, "site.restored")
    lines()
    assert len(asked) == 3


def test_strangers_cannot_fill_the_memory(now: datetime) -> None:
    asked: list[int] = []

    @queries.remembered("a.")
    def length_of(word: str) -> int:
        asked.append(len(word))
        return len(word)

    for number in range(queries.KEPT_AT_MOST + 1):
        length_of(f"group {number}")
    length_of("group 0")

    assert len(asked) == queries.KEPT_AT_MOST + 2


def test_nothing_is_kept_of_a_decision_that_is_taken_back(now: datetime) -> None:
    asked: list[int] = []

    @queries.remembered("a.")
    def n_decisions() -> int:
        asked.append(1)
        return queries.entries().count()

    with transaction.atomic():
        decide(now)
        assert n_decisions() == 1
        transaction.set_rollback(True)

    assert n_decisions() == 0
    decide(now)
    assert n_decisions() == 1
    assert len(asked) == 3


def test_one_moment_reads_the_newest_decision_once(
    now: datetime, django_assert_num_queries: object
) -> None:
    decide(now)

    with queries.one_moment(), django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.last_entry_id() == queries.last_entry_id()


def test_a_decision_ends_the_moment(now: datetime) -> None:
    with queries.one_moment():
        before = queries.last_entry_id()
        decide(now)

        assert queries.last_entry_id() > before
