"""Projects counted, and found by what they belong to."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.stocktaking import queries
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def test_counts_by_line_follow_the_group_of_countries(now: datetime) -> None:
    a_project("One", at=now, lines=["C1", "C2"])
    a_project("Two", at=now, lines=["C2"], country_id="FRA")
    a_project("Three", at=now, lines=["C2"], country_id=None)
    a_project("Four", at=now, lines=[])

    assert queries.n_projects_by_line(None) == {"C1": 1, "C2": 3}
    assert queries.n_projects_by_line("las") == {"C1": 1, "C2": 1}
    assert queries.n_projects_by_line("no-such-group") == {}
    assert queries.counts() == (4, 2)


def test_projects_of_something_leave_out_everything_else(now: datetime) -> None:
    old = a_project("Old", at=now, lines=["C1"], year=2012)
    new = a_project("New", at=now, lines=["C1", "C3"], goal_numbers=[4], year=2020)
    a_project("Elsewhere", at=now, lines=["C2"], country_id="FRA")

    assert list(queries.projects_of(country="EGY")) == [new, old]
    assert list(queries.projects_of(action_line="C1", country="EGY")) == [new, old]
    assert list(queries.projects_of(action_line="C1", goal=4)) == [new]
    assert queries.projects_of().count() == 3


def test_similar_projects_share_country_and_line(now: datetime) -> None:
    project = a_project("One", at=now, lines=["C1", "C3"])
    both = a_project("Two", at=now, lines=["C1", "C3"], year=2020)
    a_project("Another line", at=now, lines=["C2"])
    a_project("Another country", at=now, lines=["C1"], country_id="FRA")
    nowhere = a_project("Nowhere", at=now, lines=["C1"], country_id=None)
    no_line = a_project("No line", at=now, lines=[])

    assert queries.similar_projects(project) == [both]
    assert queries.similar_projects(nowhere) == []
    assert queries.similar_projects(no_line) == []
