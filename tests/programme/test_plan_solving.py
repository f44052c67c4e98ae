"""The solver at work on a plan: asked, watched, stopped, killed and taken up again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client, TestCase

from montada.participation.models import Person
from montada.programme import operations, queries
from montada.programme.adapters import exact
from montada.programme.models import Placement, Plan, RoomDetails, SolverRun
from montada.programme.operations.asking_solver import (
    EffortTooLarge,
    NothingToSolve,
)
from montada.programme.operations.plans import PlanIsCurrent, SolverAtWork
from montada.programme.queries.timetables_exact import (
    ExactNotInstalled,
    ExactTooLarge,
)
from montada.programme.tasks import solve_plans
from tests.factories.edition import make_edition
from tests.factories.planning import (
    an_edition_to_plan,
    clock,
    lines_of,
    session_of,
)
from tests.factories.programme import make_plan, make_planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """
    Six sessions, and two rooms of which one has a screen and one records.

    Two about C2 want the same day and need the one and the other: one of the wishes or
    a change of room it must be. The bound does not see that, so that no search ends by
    itself.
    """
    _edition, rooms, plan = an_edition_to_plan(6)
    for number, feature in ((1, "screen"), (2, "recording")):
        RoomDetails.objects.create(room=rooms[number - 1], features=[feature])
        session = session_of(number)
        session.action_lines.set(lines_of("C2"))
        session.needs, session.wishes = [feature], {"days": ["2027-07-05"]}
        session.save()
    return plan


def ticking(step: float = 0.1) -> Iterator[float]:
    """Seconds: each look at the clock is so much later."""
    return (tick * step for tick in count())


def ask(plan: Plan, by: Person, at: datetime, iterations: int | None = 30) -> SolverRun:
    return operations.ask_to_solve(
        plan=plan, iterations=iterations, seed=3, asked_by=by, at=at
    )


def solve(run: SolverRun, at: datetime, step: float = 0.1) -> SolverRun:
    clock_of_run = ticking(step)
    return operations.solve(run=run, at=at, clock=lambda: next(clock_of_run))


def places(plan: Plan) -> dict[str, tuple[int, datetime]]:
    rows = plan.placements.values_list("session__slug", "room_id", "starts_at")
    return {slug: (room, starts_at) for slug, room, starts_at in rows}


def test_solving_places_every_session_as_one_change(
    plan: Plan, salma: Person, now: datetime
) -> None:
    run = solve(ask(plan, salma, now), now)

    plan.refresh_from_db()
    assert sorted(places(plan)) == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert queries.worth_of(plan).n_by_level["cannot"] == 0
    assert (run.progress, run.best["n_placed"], run.fault) == (100, 6, "")
    assert run.done_at is not None
    assert run.done_at > now
    assert (plan.revision, queries.worth_of(plan).unplaced) == (1, ())
    assert plan.cost == queries.worth_of(plan).cost
    assert plan.bound is not None
    assert plan.bound <= (plan.cost or 0)

    operations.undo(plan=plan, undone_by=salma, at=now)
    assert places(plan) == {}


def test_the_same_seed_and_steps_give_the_same_plan_after_a_kill_too(
    plan: Plan, salma: Person, now: datetime
) -> None:
    copy = operations.begin_plan(edition=plan.edition, name="B", made_by=salma, at=now)
    solve(ask(copy, salma, now), now)
    run = ask(plan, salma, now)

    class Killed(BaseException):
        pass

    looks = count()

    def die() -> bool:
        if next(looks) == 1:
            raise Killed
        return True

    ticks = ticking(step=2)
    with pytest.raises(Killed):
        operations.solve(run=run, at=now, clock=lambda: next(ticks), keep_going=die)
    assert places(plan) == {}
    assert queries.next_run(after=0) == run

    run.refresh_from_db()
    done = solve(run, now + timedelta(hours=1))

    assert done.begun_at == now
    assert places(plan) == places(copy)
    assert queries.next_run(after=0) is None


def test_the_best_plan_is_proved_where_it_was_asked_for(
    plan: Plan, salma: Person, now: datetime
) -> None:
    run = operations.ask_to_prove(plan=plan, asked_by=salma, at=now)

    done = solve(run, now)

    # One of the two wishes must be missed, or the room changed.
    assert done.best["bound"] == done.best["cost"] > 0
    assert (done.best["n_placed"], done.is_exact) == (6, True)
    plan.refresh_from_db()
    assert (plan.bound, queries.worth_of(plan).cost) == (plan.cost, plan.cost)

    again = solve(ask(plan, salma, now), now)
    assert (again.is_exact, again.best["cost"]) == (False, done.best["cost"])


def test_stopped_while_it_searches_nothing_is_proved(
    plan: Plan, salma: Person, now: datetime
) -> None:
    run = operations.ask_to_prove(plan=plan, asked_by=salma, at=now)

    ticks = ticking()
    done = operations.solve(
        run=run, at=now, clock=lambda: next(ticks), keep_going=lambda: False
    )

    assert done.best["n_placed"] == 6
    assert done.best["bound"] < done.best["cost"]


def test_what_cannot_be_proved_is_refused_and_nothing_is_asked(
    plan: Plan, salma: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(60):
        make_planned(plan.edition, f"More {n}", slug=f"more-{n}")
    with pytest.raises(ExactTooLarge, match="66, of at most 60"):
        operations.ask_to_prove(plan=plan, asked_by=salma, at=now)
    # What is not there when Python looks for it is not installed.
    monkeypatch.setitem(sys.modules, "ortools", None)
    with pytest.raises(ExactNotInstalled):
        operations.ask_to_prove(plan=plan, asked_by=salma, at=now)
    with pytest.raises(EffortTooLarge):
        operations.ask_to_prove(plan=plan, seconds=601, asked_by=salma, at=now)
    assert not SolverRun.objects.exists()


def test_what_is_locked_stays_when_solved_again(
    plan: Plan, salma: Person, now: datetime
) -> None:
    room = plan.edition.rooms.all()[1]
    Placement.objects.create(
        plan=plan, session=session_of(4), room=room, starts_at=clock(16), is_locked=True
    )
    solve(ask(plan, salma, now), now)

    assert places(plan)["s4"] == (room.pk, clock(16))
    assert plan.placements.get(session=session_of(4)).is_locked
    assert len(places(plan)) == 6
    assert queries.worth_of(plan).n_by_level["cannot"] == 0


def test_it_stops_when_told_to_and_hands_over_the_best_it_has(
    plan: Plan, salma: Person, now: datetime
) -> None:
    run = ask(plan, salma, now, iterations=5_000)
    SolverRun.objects.filter(pk=run.pk).update(begun_at=now)
    operations.stop_solving(plan=plan, stopped_by=salma, at=now)
    assert SolverRun.objects.get(pk=run.pk).done_at is None

    done = solve(run, now)

    assert done.best["iterations"] == 0
    assert len(places(plan)) == 6


def test_pressed_twice_or_before_it_began_it_ends_without_a_result(
    plan: Plan, salma: Person, now: datetime
) -> None:
    run = ask(plan, salma, now)
    operations.stop_solving(plan=plan, stopped_by=salma, at=now)
    assert SolverRun.objects.get(pk=run.pk).done_at == now

    run = ask(plan, salma, now)
    SolverRun.objects.filter(pk=run.pk).update(begun_at=now)
    operations.stop_solving(plan=plan, stopped_by=salma, at=now)
    operations.stop_solving(plan=plan, stopped_by=salma, at=now)
    solve(run, now)

    assert places(plan) == {}
    operations.stop_solving(plan=plan, stopped_by=salma, at=now)


def test_nobody_moves_sessions_while_it_works(
    plan: Plan, salma: Person, now: datetime
) -> None:
    ask(plan, salma, now)
    room = plan.edition.rooms.first()

    with pytest.raises(SolverAtWork):
        operations.place(
            plan=plan,
            session=session_of(1),
            room=room,
            starts_at=clock(9),
            revision=0,
            changed_by=salma,
            at=now,
        )
    with pytest.raises(SolverAtWork):
        ask(plan, salma, now)
    with pytest.raises(PlanIsCurrent):
        operations.remove_plan(plan=plan, removed_by=salma, at=now)


def test_a_plan_that_is_better_already_is_left_as_it_is(
    plan: Plan, salma: Person, now: datetime
) -> None:
    solve(ask(plan, salma, now, iterations=60), now)
    before = places(plan)

    run = solve(ask(plan, salma, now, iterations=1), now)

    assert (places(plan), run.best["is_better"]) == (before, False)
    plan.refresh_from_db()
    assert plan.revision == 1


def test_why_a_session_is_left_out_is_told(
    plan: Plan, salma: Person, now: datetime
) -> None:
    make_planned(plan.edition, "Marathon", slug="marathon", minutes=600)

    run = solve(ask(plan, salma, now), now)

    plan.refresh_from_db()
    assert run.best["n_unplaced"] == 1
    assert queries.reasons_in(queries.standing_of(plan)) == {
        "marathon": [
            "No day is open for 600 minutes without a break, "
            "as \u2068Marathon\u2069 needs."
        ]
    }


def test_progress_is_written_about_every_second(
    plan: Plan, salma: Person, now: datetime
) -> None:
    run = ask(plan, salma, now, iterations=None)
    seen = []

    def look() -> bool:
        row = SolverRun.objects.get(pk=run.pk)
        seen.append((row.progress, row.best["n_placed"]))
        return len(seen) < 4

    ticks = ticking(step=0.5)
    operations.solve(run=run, at=now, clock=lambda: next(ticks), keep_going=look)

    # Of 20 seconds: at once, then at 1.5, 2.5, 3.5; the clock jumps by half a second.
    assert [percent for percent, _n in seen] == [2, 7, 12, 17]
    assert {placed for _percent, placed in seen} == {6}


def test_efforts_and_editions_that_make_no_sense_are_refused(
    plan: Plan, salma: Person, now: datetime
) -> None:
    for wrong in ({"seconds": 0}, {"seconds": 601}, {"seed": -1}, {"iterations": -1}):
        with pytest.raises(EffortTooLarge):
            operations.ask_to_solve(plan=plan, asked_by=salma, at=now, **wrong)
    empty = make_plan(make_edition("2028", year=2028))
    with pytest.raises(NothingToSolve):
        operations.ask_to_solve(plan=empty, asked_by=salma, at=now)


def test_the_page_offers_a_proof_and_tells_what_came_of_it(
    client: Client,
    plan: Plan,
    salma: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.force_login(salma)
    page = f"/en/programme/2027/timetable/{plan.pk}/"

    def press(**values: Any) -> Any:
        return client.post(f"{page}change/", {"action": "prove", "seed": 1} | values)

    assert 'value="prove"' in client.get(page).content.decode()
    assert press(seconds=0).status_code == press(seconds="x").status_code == 409
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert press(seconds=30).status_code == 302
    assert press(seconds=30).status_code == 409

    run = solve(SolverRun.objects.get(), now)

    said = client.get(page).content.decode()
    assert f"no plan costs less than {run.best['cost']:g}" in said
    SolverRun.objects.update(best=run.best | {"bound": 0})
    assert "and none costs less than 0." in client.get(page).content.decode()
    for number in range(7, 70):
        make_planned(plan.edition, f"Session {number}", slug=f"s{number}")
    said = client.get(page).content.decode()
    assert 'value="prove"' not in said
    assert "Sessions that are free: 69, of at most 60" in said
    monkeypatch.setitem(sys.modules, "ortools", None)
    assert "This needs the package OR-Tools" in client.get(page).content.decode()


def test_few_sessions_with_too_many_places_to_choose_from_are_not_proved(
    client: Client,
    plan: Plan,
    salma: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exact, "MOST_SLOTS", 1_000)
    with pytest.raises(ExactTooLarge) as refused:
        operations.ask_to_prove(plan=plan, asked_by=salma, at=now)

    assert "of at most 1,000" in str(refused.value)
    client.force_login(salma)
    page = client.get(f"/en/programme/2027/timetable/{plan.pk}/").content.decode()
    assert 'value="prove"' not in page
    assert str(refused.value) in page


def test_a_run_that_breaks_down_says_so_and_holds_up_no_other(
    client: Client,
    plan: Plan,
    salma: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = operations.begin_plan(edition=plan.edition, name="B", made_by=salma, at=now)
    operations.ask_to_prove(plan=plan, asked_by=salma, at=now)
    ask(other, salma, now)
    problem_of = queries.problem_of

    def too_large_the_first_time(of: Plan) -> Any:
        if of == plan:
            # Something was found before it broke down.
            SolverRun.objects.filter(plan=plan).update(best={"cost": 1, "bound": 0})
            raise MemoryError
        return problem_of(of)

    monkeypatch.setattr(queries, "problem_of", too_large_the_first_time)
    with pytest.raises(ExceptionGroup) as raised:
        solve_plans.func()

    assert [type(one) for one in raised.value.exceptions] == [MemoryError]
    assert (places(plan), len(places(other))) == ({}, 6)
    client.force_login(salma)
    said = client.get(f"/en/programme/2027/timetable/{plan.pk}/").content.decode()
    assert "It broke down" in said
    assert "Not proved when it ended" not in said
    # It can be asked again.
    monkeypatch.undo()
    ask(plan, salma, now)
