"""Plans: begun, copied, named, made the current one, removed."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.edition.models import Edition, Room
from montada.participation.models import Person
from montada.programme import operations, queries
from montada.programme.models import Plan
from montada.programme.operations.plans import (
    PlanElsewhere,
    PlanGone,
    PlanIsCurrent,
    PlanNameless,
)
from tests.factories.edition import make_edition, make_room, make_secretary
from tests.factories.planning import an_edition_to_plan, clock, session_of
from tests.factories.programme import make_plan, make_planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum() -> tuple[Edition, list[Room], Plan]:
    return an_edition_to_plan(3)


@pytest.fixture
def plan(forum: tuple[Edition, list[Room], Plan]) -> Plan:
    return forum[2]


def places(plan: Plan) -> dict[str, tuple[str, int]]:
    """Session -> room and hour in Geneva."""
    zone = plan.edition.zone
    return {
        row.session.slug: (str(row.room), row.starts_at.astimezone(zone).hour)
        for row in plan.placements.select_related("session", "room")
    }


def test_who_has_a_plan_open_sees_that_a_session_was_cancelled(
    forum: tuple[Edition, list[Room], Plan], salma: Person, now: datetime
) -> None:
    edition, rooms, plan = forum
    other = make_plan(edition, "Other", is_current=False)
    spare = make_plan(edition, "Without it", is_current=False)
    for one in (plan, other):
        _put(one, 1, rooms[0], salma, now)

    operations.cancel_session(
        session=session_of(1), reason="Ill", cancelled_by=salma, at=now
    )

    revisions = {}
    for one in (plan, other, spare):
        one.refresh_from_db()
        revisions[one.name] = one.revision
    assert revisions == {"First plan": 2, "Other": 2, "Without it": 0}
    (told,) = queries.changes_since(plan, 1)
    assert queries.words_of_change(told, edition) == (
        "“\u2068Session 1\u2069” was taken out."
    )
    # There is nothing about it to undo: what Salma did before is undone, without it.
    operations.undo(plan=plan, undone_by=salma, at=now)
    assert places(plan) == {}
    assert queries.change_to_undo(plan, salma) is None


def test_a_change_of_many_is_undone_without_what_was_cancelled_since(
    forum: tuple[Edition, list[Room], Plan], salma: Person, now: datetime
) -> None:
    _edition, rooms, plan = forum
    tarek = make_secretary("tarek@example.org")
    for number, room in ((1, rooms[0]), (2, rooms[1])):
        _put(plan, number, room, tarek, now)
    operations.swap(
        plan=plan,
        session=session_of(1),
        other=session_of(2),
        revision=2,
        changed_by=tarek,
        at=now,
    )
    operations.cancel_session(
        session=session_of(1), reason="Ill", cancelled_by=salma, at=now
    )

    operations.undo(plan=plan, undone_by=tarek, at=now)

    assert places(plan) == {"s2": ("Room 2", 9)}


def _put(plan: Plan, number: int, room: Room, by: Person, at: datetime) -> None:
    plan.refresh_from_db()
    operations.place(
        plan=plan,
        session=session_of(number),
        room=room,
        starts_at=clock(9),
        revision=plan.revision,
        changed_by=by,
        at=at,
    )


def test_the_first_plan_is_the_current_one_and_a_copy_is_as_the_other(
    salma: Person, now: datetime
) -> None:
    edition = make_edition()
    make_planned(edition, slug="s1")
    first = operations.begin_plan(edition=edition, name="A", made_by=salma, at=now)
    operations.place(
        plan=first,
        session=session_of(1),
        room=make_room(edition),
        starts_at=clock(9),
        revision=0,
        changed_by=salma,
        at=now,
    )

    copy = operations.begin_plan(
        edition=edition, name="  B\n", copy_of=first, made_by=salma, at=now
    )

    assert (first.is_current, copy.is_current, copy.name) == (True, False, "B")
    assert places(copy) == places(first) == {"s1": ("Room A", 9)}
    operations.make_current(plan=copy, made_by=salma, at=now)
    assert Plan.objects.get(is_current=True) == copy


def test_a_plan_needs_a_name_and_its_own_edition(
    forum: tuple[Edition, list[Room], Plan], salma: Person, now: datetime
) -> None:
    _edition, _rooms, plan = forum
    other = make_edition("2028", year=2028)
    for name in ("", "\x00 ", "\ud800", "x" * 121):
        with pytest.raises(PlanNameless):
            operations.begin_plan(edition=other, name=name, made_by=salma, at=now)
    with pytest.raises(PlanElsewhere):
        operations.begin_plan(
            edition=other, name="A", copy_of=plan, made_by=salma, at=now
        )
    assert Plan.objects.count() == 1


def test_the_current_plan_stays_and_others_can_be_removed(
    plan: Plan, salma: Person, now: datetime
) -> None:
    other = operations.begin_plan(
        edition=plan.edition, name="Try", made_by=salma, at=now
    )
    with pytest.raises(PlanIsCurrent):
        operations.remove_plan(plan=plan, removed_by=salma, at=now)

    operations.remove_plan(plan=other, removed_by=salma, at=now)

    assert list(Plan.objects.all()) == [plan]
    with pytest.raises(PlanGone):
        operations.rename_plan(plan=other, name="Gone", renamed_by=salma, at=now)
