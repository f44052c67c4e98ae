"""A plan that is proved the best says so, whoever proved it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from montada.programme import operations
from montada.programme.models import Plan
from tests.factories.edition import make_secretary
from tests.factories.planning import an_edition_to_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    _edition, _rooms, plan = an_edition_to_plan(2)
    return plan


def test_a_search_that_ends_because_nothing_is_better_says_so(
    client: Client, plan: Plan, now: datetime
) -> None:
    salma = make_secretary()
    run = operations.ask_to_solve(plan=plan, iterations=50, asked_by=salma, at=now)
    operations.solve(run=run, at=now, clock=lambda: 0.0)
    client.force_login(salma)

    own = client.get(f"/en/programme/2027/timetable/{plan.pk}/").content.decode()
    every = client.get("/en/programme/2027/timetable/").content.decode()

    assert not run.is_exact
    assert "with what was locked then no plan costs less than 0" in own
    assert "nothing: no plan is better" in every
    assert "0%" not in every
