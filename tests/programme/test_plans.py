"""Stories of plans: sessions moved by several people, locked, swapped, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from montada.audit.models import Entry
from montada.edition.models import Edition, Room
from montada.participation.models import Person
from montada.programme import operations, queries
from montada.programme.models import Plan, PlanChange, ProgrammeRules
from montada.programme.operations.permitted import NotTheSecretariat
from montada.programme.operations.placing import (
    CannotBe,
    ChangedMeanwhile,
    NothingPlaced,
    NothingToUndo,
    RoomElsewhere,
    SessionLocked,
    SessionNotToPlace,
    StartImpossible,
)
from tests.factories.edition import (
    make_edition,
    make_outsider,
    make_room,
    make_secretary,
)
from tests.factories.planning import an_edition_to_plan, clock, session_of
from tests.factories.programme import make_planned

pytestmark = pytest.mark.django_db

Placing = Callable[..., Plan]


@pytest.fixture
def tarek() -> Person:
    return make_secretary("tarek@example.org")


@pytest.fixture
def forum() -> tuple[Edition, list[Room], Plan]:
    return an_edition_to_plan(3)


@pytest.fixture
def plan(forum: tuple[Edition, list[Room], Plan]) -> Plan:
    return forum[2]


@pytest.fixture
def place(
    forum: tuple[Edition, list[Room], Plan], salma: Person, now: datetime
) -> Placing:
    """Put session `number` into the first or second room at an hour, as Salma."""

    def placing(number: int, room: int, hour: int, **values: Any) -> Plan:
        _edition, rooms, plan = forum
        usual: dict[str, Any] = {"revision": current(plan), "changed_by": salma}
        return operations.place(
            plan=plan,
            session=session_of(number),
            room=rooms[room - 1],
            starts_at=clock(hour),
            at=now,
            **(usual | values),
        )

    return placing


def current(plan: Plan) -> int:
    return Plan.objects.get(pk=plan.pk).revision


def places(plan: Plan) -> dict[str, tuple[str, int]]:
    """Session -> room and hour in Geneva."""
    zone = plan.edition.zone
    return {
        row.session.slug: (str(row.room), row.starts_at.astimezone(zone).hour)
        for row in plan.placements.select_related("session", "room")
    }


def test_only_the_secretariat_changes_a_plan(plan: Plan, place: Placing) -> None:
    with pytest.raises(NotTheSecretariat):
        place(1, 1, 9, changed_by=make_outsider())

    assert (places(plan), current(plan)) == ({}, 0)


def test_a_session_is_moved_and_every_move_is_remembered(
    plan: Plan, place: Placing
) -> None:
    place(1, 1, 9)
    place(1, 2, 11)
    again = place(1, 2, 11)

    assert places(plan) == {"s1": ("Room 2", 11)}
    # Putting it where it is changes nothing.
    assert (again.revision, PlanChange.objects.count()) == (2, 2)
    assert Entry.objects.filter(action="timetable.plan_changed").count() == 2


def test_a_session_goes_only_where_the_edition_is(
    forum: tuple[Edition, list[Room], Plan],
    place: Placing,
    salma: Person,
    now: datetime,
) -> None:
    edition, rooms, plan = forum
    other = make_edition("2028", year=2028)
    stranger = make_planned(other, slug="other")

    def put(**values: Any) -> None:
        usual: dict[str, Any] = {
            "plan": plan,
            "session": session_of(1),
            "room": rooms[0],
            "starts_at": clock(9),
            "revision": 0,
            "changed_by": salma,
            "at": now,
        }
        operations.place(**(usual | values))

    with pytest.raises(SessionNotToPlace):
        put(session=stranger)
    with pytest.raises(SessionNotToPlace):
        put(session=make_planned(edition, slug="gone", is_cancelled=True))
    with pytest.raises(RoomElsewhere):
        put(room=make_room(other))
    for wrong in (clock(9, 7), clock(9, day=4), clock(9, day=10)):
        with pytest.raises(StartImpossible):
            put(starts_at=wrong)
    assert places(plan) == {}


def test_what_cannot_be_is_refused_in_words_and_the_rest_is_not(
    plan: Plan, place: Placing
) -> None:
    place(1, 1, 9)

    with pytest.raises(CannotBe) as refused:
        place(2, 1, 9)
    with pytest.raises(CannotBe):
        place(2, 2, 20)

    assert str(refused.value) == (
        "It cannot be there. \u2068Session 1\u2069 and \u2068Session 2\u2069 are in "
        "the room \u2068Room 1\u2069 at one time."
    )
    assert places(plan) == {"s1": ("Room 1", 9)}


def test_an_edition_may_say_that_it_can_be_after_all(
    plan: Plan, place: Placing
) -> None:
    ProgrammeRules.objects.create(
        edition=plan.edition, levels={"room_twice": "not_released"}
    )
    place(1, 1, 9)
    place(2, 1, 9)

    assert places(plan) == {"s1": ("Room 1", 9), "s2": ("Room 1", 9)}


def test_two_editors_lose_no_change_and_are_not_refused_for_nothing(
    plan: Plan, place: Placing, tarek: Person
) -> None:
    place(1, 1, 9)
    seen_by_tarek = current(plan)
    place(1, 2, 10)

    # Another session than the one that Salma has moved since he looked.
    place(2, 1, 11, revision=seen_by_tarek, changed_by=tarek)
    with pytest.raises(ChangedMeanwhile) as refused:
        place(1, 1, 14, revision=seen_by_tarek, changed_by=tarek)

    assert str(refused.value) == (
        "\u2068Salma\u2069 changed this meanwhile: “\u2068Session 1\u2069” was put "
        "here: \u2068Room 2\u2069, Mon 5 Jul, 10:00. Look at it, then try again."
    )
    assert places(plan) == {"s1": ("Room 2", 10), "s2": ("Room 1", 11)}
    # Having looked, he may.
    place(1, 1, 14, changed_by=tarek)
    # One's own changes, in another window, are not in one's way.
    place(2, 2, 15, revision=seen_by_tarek, changed_by=tarek)
    assert places(plan) == {"s1": ("Room 1", 14), "s2": ("Room 2", 15)}


def test_changes_are_undone_one_after_another(
    plan: Plan, place: Placing, salma: Person, now: datetime
) -> None:
    place(1, 1, 9)
    place(1, 2, 10)
    operations.unplace(
        plan=plan,
        session=session_of(1),
        revision=current(plan),
        changed_by=salma,
        at=now,
    )
    seen = []
    for _step in range(3):
        operations.undo(plan=plan, undone_by=salma, at=now)
        seen.append(places(plan))

    assert seen == [{"s1": ("Room 2", 10)}, {"s1": ("Room 1", 9)}, {}]
    with pytest.raises(NothingToUndo):
        operations.undo(plan=plan, undone_by=salma, at=now)
    # Undoing is a change that others see: three done, three undone.
    assert current(plan) == 6


def test_undoing_is_of_ones_own_and_never_over_what_others_did_since(
    plan: Plan, place: Placing, salma: Person, tarek: Person, now: datetime
) -> None:
    place(1, 1, 9)
    place(2, 1, 10, changed_by=tarek)

    operations.undo(plan=plan, undone_by=salma, at=now)
    assert places(plan) == {"s2": ("Room 1", 10)}

    place(1, 1, 9)
    place(1, 2, 9, changed_by=tarek)
    with pytest.raises(ChangedMeanwhile):
        operations.undo(plan=plan, undone_by=salma, at=now)
    assert places(plan) == {"s1": ("Room 2", 9), "s2": ("Room 1", 10)}


def test_what_is_locked_is_moved_by_nobody_until_it_is_let_go(
    plan: Plan, place: Placing, salma: Person, now: datetime
) -> None:
    def lock(*, is_locked: bool) -> None:
        operations.set_lock(
            plan=plan,
            session=session_of(1),
            is_locked=is_locked,
            revision=current(plan),
            changed_by=salma,
            at=now,
        )

    with pytest.raises(NothingPlaced):
        lock(is_locked=True)
    place(1, 1, 9)
    lock(is_locked=True)
    with pytest.raises(SessionLocked) as refused:
        place(1, 2, 9)
    assert "“\u2068Session 1\u2069” is locked" in str(refused.value)

    lock(is_locked=False)
    place(1, 2, 9)
    assert places(plan) == {"s1": ("Room 2", 9)}


def test_two_sessions_change_places_and_one_without_takes_the_others(
    plan: Plan, place: Placing, salma: Person, now: datetime
) -> None:
    def swap(one: int, other: int) -> None:
        operations.swap(
            plan=plan,
            session=session_of(one),
            other=session_of(other),
            revision=current(plan),
            changed_by=salma,
            at=now,
        )

    place(1, 1, 9)
    place(2, 2, 14)
    swap(1, 2)
    assert places(plan) == {"s1": ("Room 2", 14), "s2": ("Room 1", 9)}

    swap(3, 1)
    assert places(plan) == {"s2": ("Room 1", 9), "s3": ("Room 2", 14)}
    with pytest.raises(NothingPlaced):
        swap(2, 2)

    operations.undo(plan=plan, undone_by=salma, at=now)
    assert places(plan) == {"s1": ("Room 2", 14), "s2": ("Room 1", 9)}


def test_a_session_that_was_cancelled_since_does_not_come_back_by_undoing(
    plan: Plan, place: Placing, salma: Person, now: datetime
) -> None:
    place(1, 1, 9)
    place(1, 2, 9)
    operations.cancel_session(
        session=session_of(1), reason="Ill", cancelled_by=salma, at=now
    )

    operations.undo(plan=plan, undone_by=salma, at=now)

    assert places(plan) == {}


def test_who_undoes_may_have_removed_the_room_since(
    forum: tuple[Edition, list[Room], Plan],
    place: Placing,
    salma: Person,
    now: datetime,
) -> None:
    _edition, rooms, plan = forum
    place(1, 1, 9)
    place(1, 2, 9)
    rooms[0].delete()

    operations.undo(plan=plan, undone_by=salma, at=now)

    assert places(plan) == {}


def test_changes_are_told_in_words(
    plan: Plan, place: Placing, salma: Person, now: datetime
) -> None:
    place(1, 1, 9)
    operations.set_lock(
        plan=plan,
        session=session_of(1),
        is_locked=True,
        revision=1,
        changed_by=salma,
        at=now,
    )

    assert [
        queries.words_of_change(change, plan.edition)
        for change in queries.changes_since(plan, 0)
    ] == [
        "“\u2068Session 1\u2069” was put here: \u2068Room 1\u2069, Mon 5 Jul, 09:00.",
        "“\u2068Session 1\u2069” was locked: \u2068Room 1\u2069, Mon 5 Jul, 09:00.",
    ]


def test_undoing_puts_nobody_where_somebody_else_is_by_now(
    plan: Plan, place: Placing, salma: Person, tarek: Person, now: datetime
) -> None:
    place(1, 1, 9)
    place(1, 2, 9)
    place(2, 1, 9, changed_by=tarek)

    with pytest.raises(CannotBe):
        operations.undo(plan=plan, undone_by=salma, at=now)

    assert places(plan) == {"s1": ("Room 2", 9), "s2": ("Room 1", 9)}
