"""Projects counted, and found by what they belong to."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.stocktaking import queries
from montada.stocktaking.queries import Tally
from tests.factories.labels import suggest
from tests.factories.stocktaking import a_project

pytestmark = pytest.mark.django_db


def test_counts_by_line_follow_the_group_of_countries(now: datetime) -> None:
    a_project("One", at=now, lines=["C1", "C2"])
    a_project("Two", at=now, lines=["C2"], country_id="FRA")
    a_project("Three", at=now, lines=["C2"], country_id=None)
    a_project("Four", at=now, lines=[])

    def by_line(group: str | None) -> list[int]:
        counted = queries.tallies(group)
        return [counted.of_line(code).n_stated for code in ("C1", "C2", "C3")]

    assert by_line(None) == [1, 3, 0]
    assert by_line("las") == [1, 1, 0]
    assert by_line("no-such-group") == [0, 0, 0]
    assert queries.counts() == (4, 2)


def test_a_cell_counts_what_is_stated_apart_from_what_is_suggested(
    now: datetime,
) -> None:
    # Both stated; the goal suggested; both suggested; the line alone suggested.
    a_project("One", at=now, lines=["C2"], goal_numbers=[4])
    suggest(a_project("Two", at=now, lines=["C2"]), "4", "3", at=now)
    suggest(a_project("Three", at=now, lines=[], country_id="FRA"), "C2", "4", at=now)
    suggest(a_project("Four", at=now, lines=[], goal_numbers=[9]), "C2", at=now)

    counted, arab = queries.tallies(), queries.tallies("las")

    assert counted.of_cell("C2", 4) == Tally(1, 2)
    assert counted.of_cell("C2", 3) == Tally(0, 1)
    assert counted.of_cell("C2", 9) == Tally(0, 1)
    assert counted.of_cell("C3", 4) == Tally(0, 0)
    assert (counted.of_line("C2"), counted.of_goal(4)) == (Tally(2, 2), Tally(1, 2))
    assert arab.of_cell("C2", 4) == Tally(1, 1)


def test_what_a_source_states_is_not_counted_as_suggested(now: datetime) -> None:
    suggest(a_project("One", at=now, lines=["C2"], goal_numbers=[4]), "C2", "4", at=now)

    assert queries.tallies().of_cell("C2", 4) == Tally(1, 0)


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
