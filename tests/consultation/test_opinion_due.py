"""A new result waits for five people: what is new in it tells of no one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from montada.consultation import tasks
from montada.consultation.models import OpinionRun, Statement, Voter
from montada.consultation.operations.opinion import compute_opinion
from montada.consultation.operations.voting import (
    cast_vote,
    declare_group,
    take_back_vote,
)
from montada.consultation.queries.opinion_due import editions_to_compute
from montada.edition.models import Edition
from tests.factories.participation import make_person
from tests.factories.statements import an_open_edition, many_votes

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
FILES = "/en/consultation/opinion/"


@pytest.fixture
def edition(today: datetime) -> Edition:
    days = [today.date() + timedelta(days=n) for n in (60, 64)]
    return an_open_edition(
        today, slug="next", year=days[0].year, starts_on=days[0], ends_on=days[1]
    )


@pytest.fixture
def rows(edition: Edition, today: datetime) -> list[Statement]:
    """Two statements, twenty voters, and a result."""
    rows = many_votes(edition, [[1, -1]] * 20, at=today)
    compute_opinion(edition=edition, at=today)
    return rows


def people() -> list[Any]:
    voters = Voter.objects.select_related("person").order_by("pk")
    return [voter.person for voter in voters]


def test_the_first_result_waits_for_five_people(
    edition: Edition, today: datetime
) -> None:
    (row,) = many_votes(edition, [[1]] * 4, at=today)
    with_four = editions_to_compute(today)
    cast_vote(statement=row, person=make_person("Eve"), value=1, at=today)

    assert (with_four, editions_to_compute(today)) == ([], [edition])


def test_four_people_who_change_their_votes_wait_and_a_fifth_makes_it_a_result(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    due = []
    for n, person in enumerate(people()[:5], start=1):
        at = today + n * MINUTE
        # Twice by the same person is one person still.
        for row in rows:
            cast_vote(statement=row, person=person, value=0, at=at)
        due.append(editions_to_compute(at))

    assert due == [[], [], [], [], [edition]]


def test_votes_taken_back_and_groups_declared_wait_with_the_others(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    for person in people()[:8]:
        take_back_vote(statement=rows[0], person=person, at=today + MINUTE)
        declare_group(
            edition=edition,
            person=person,
            stakeholder_group_id="civil",
            country_id=None,
            at=today + MINUTE,
        )

    assert editions_to_compute(today + MINUTE) == []


def test_what_is_the_same_is_not_computed_again(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    assert editions_to_compute(today + MINUTE) == []
    assert editions_to_compute(today + 8 * 1440 * MINUTE) == []


def test_when_voting_is_over_the_last_votes_are_counted(
    edition: Edition, rows: list[Statement], today: datetime
) -> None:
    cast_vote(statement=rows[0], person=people()[0], value=0, at=today + MINUTE)
    closes_at = edition.phases.get().closes_at

    tasks.count_votes.func()
    waiting = DBTaskResult.objects.filter(task_path=tasks.count_last_votes.module_path)
    tasks.count_votes.func()

    assert [one.run_after for one in waiting] == [closes_at]
    assert OpinionRun.objects.count() == 1
    assert editions_to_compute(closes_at - MINUTE) == []
    assert editions_to_compute(closes_at) == [edition]
