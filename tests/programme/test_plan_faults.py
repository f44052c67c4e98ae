"""A solver that came to nothing says why, to each reader in their language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from montada.audit.models import Entry
from montada.djangokit.refusals import refusal_of
from montada.participation.models import Person
from montada.programme import operations, queries
from montada.programme.models import Plan, SolverRun
from montada.programme.queries.timetables_exact import ExactTooLarge
from tests.factories.edition import make_secretary
from tests.factories.planning import an_edition_to_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def salma() -> Person:
    return make_secretary()


@pytest.fixture
def plan() -> Plan:
    _edition, _rooms, plan = an_edition_to_plan(2)
    return plan


def solve_in(language: str, plan: Plan, at: datetime) -> SolverRun:
    """Let a worker that speaks a language do what is asked of it."""
    run = operations.ask_to_solve(plan=plan, iterations=1, asked_by=None, at=at)
    with translation.override(language):
        return operations.solve(run=run, at=at, clock=lambda: 0.0)


def said(client: Client, plan: Plan, language: str) -> str:
    page = client.get(f"/{language}/programme/2027/timetable/{plan.pk}/")
    return page.content.decode()


def refuse(monkeypatch: pytest.MonkeyPatch, why: Exception) -> None:
    """Let whatever is solved end in this."""
    asked_for = queries.problem_of

    def problem_of(plan: Plan) -> Any:
        if plan.runs.exclude(begun_at=None).exists():
            raise why
        return asked_for(plan)

    monkeypatch.setattr(queries, "problem_of", problem_of)


def test_a_refusal_is_told_in_the_language_of_the_reader_not_of_the_worker(
    client: Client,
    plan: Plan,
    salma: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    why = ExactTooLarge(free=66, most=60, slots="9,000", most_slots="150,000")
    refuse(monkeypatch, why)

    run = solve_in("ar", plan, now)

    assert (run.fault, run.fault_details["free"]) == ("programme.exact_too_large", 66)
    client.force_login(salma)
    assert str(why) in said(client, plan, "en")
    with translation.override("fr"):
        assert f"{why}" in queries.fault_of(SolverRun.objects.get())
    entry = Entry.objects.get(action="timetable.solver_failed")
    assert (entry.reason, entry.details["fault"]) == ("", run.fault)


def test_a_breakdown_is_told_in_the_language_of_the_reader_too(
    client: Client,
    plan: Plan,
    salma: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refuse(monkeypatch, MemoryError())
    with pytest.raises(MemoryError):
        solve_in("en", plan, now)

    client.force_login(salma)
    assert "تعطّل، وبقيت الخطة كما كانت" in said(client, plan, "ar")
    assert "It broke down" in said(client, plan, "en")


def test_words_of_an_old_run_are_shown_as_they_were_written(
    client: Client, plan: Plan, salma: Person, now: datetime
) -> None:
    SolverRun.objects.create(
        plan=plan, asked_at=now, done_at=now, fault="لا أيام في الدورة."
    )
    client.force_login(salma)
    assert '<span dir="auto">لا أيام في الدورة.</span>' in said(client, plan, "en")


def test_a_run_that_was_ended_meanwhile_does_not_become_a_failed_one(
    plan: Plan, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended_at = now + timedelta(minutes=1)

    def ended_meanwhile(_plan: Plan) -> Any:
        for _twice in range(2):
            operations.stop_solving(plan=plan, stopped_by=None, at=ended_at)
        raise MemoryError

    run = operations.ask_to_solve(plan=plan, iterations=1, asked_by=None, at=now)
    monkeypatch.setattr(queries, "problem_of", ended_meanwhile)
    with pytest.raises(MemoryError):
        operations.solve(run=run, at=now, clock=lambda: 0.0)

    run.refresh_from_db()
    assert (run.done_at, run.fault) == (ended_at, "")
    assert not Entry.objects.filter(action="timetable.solver_failed").exists()


def test_refusals_are_found_by_their_codes() -> None:
    assert refusal_of("programme.exact_too_large") is ExactTooLarge
    assert refusal_of("programme.no_such_code") is None
    assert refusal_of("") is None
