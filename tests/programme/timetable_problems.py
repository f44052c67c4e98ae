"""Small timetable problems by hand and by chance, and the slow way to solve them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.plan import Plan
from montada.programme.engine.timetable.problem import WEIGHTS, Placement, Problem
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.engine.timetable.solving import Progress, solved

DATES = ("2027-07-05", "2027-07-06", "2027-07-08")
MONDAY, TUESDAY, THURSDAY = DATES


def problem(**fields: Any) -> Problem:
    """Return a problem of one day from 9 to 12 and one room, but for what is given."""
    return problem_from(
        {
            "timezone": "Europe/Zurich",
            "unit_minutes": 30,
            "days": [{"date": MONDAY, "opens": "09:00", "closes": "12:00"}],
            "rooms": [{"id": "popov"}],
            "sessions": [],
        }
        | fields,
        zone_named,
    )


def at(clock: str, on: str = MONDAY) -> datetime:
    return datetime.fromisoformat(f"{on}T{clock}")


def place(session: str, clock: str, room: str = "popov", on: str = MONDAY) -> Placement:
    return Placement(session, room, at(clock, on))


def plan_of(problem: Problem, iterations: int = 300, seed: int = 1) -> Plan:
    """Solve with so many iterations."""

    def keep_going(progress: Progress) -> bool:
        return progress.iterations < iterations

    return solved(problem, seed=seed, keep_going=keep_going)


def every_plan(problem: Problem) -> Iterator[list[Placement]]:
    """Yield each way to place or leave out the sessions, at all starts in all rooms."""
    step = timedelta(minutes=problem.unit_minutes)
    slots: list[tuple[str, datetime] | None] = [None]
    for day in problem.days:
        n_starts = (day.closes - day.opens) // step
        slots += [
            (room.id, day.opens + n * step)
            for room in problem.rooms
            for n in range(n_starts)
        ]
    for chosen in product(slots, repeat=len(problem.sessions)):
        yield [
            Placement(session.id, *slot)
            for session, slot in zip(problem.sessions, chosen, strict=True)
            if slot is not None
        ]


def least_price(problem: Problem) -> int:
    """Return the price of the best possible plan, by looking at all of them."""
    reports = (checked(problem, placements) for placements in every_plan(problem))
    return min(report.price for report in reports if not report.hard)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@st.composite
def _hours(draw: st.DrawFn) -> tuple[str, str]:
    opens = draw(st.integers(7 * 4, 12 * 4)) * 15
    closes = draw(st.integers(11 * 4, 20 * 4)) * 15
    return _clock(opens), _clock(closes)


@st.composite
def _intervals(draw: st.DrawFn) -> list[list[str]]:
    found = []
    for _n in range(draw(st.integers(0, 2))):
        on = draw(st.sampled_from(DATES))
        start, end = draw(_hours())
        found.append([f"{on}T{start}", f"{on}T{end}"])
    return found


@st.composite
def _sessions(draw: st.DrawFn, n_people: int, n_rooms: int) -> list[dict[str, Any]]:
    ids = [f"s{n}" for n in range(draw(st.integers(0, 8)))]
    sessions: list[dict[str, Any]] = []
    for name in ids:
        session: dict[str, Any] = {
            "id": name,
            "minutes": draw(st.sampled_from([5, 20, 30, 45, 52, 60, 90, 240, 900])),
            "people": draw(
                st.lists(
                    st.sampled_from([f"p{n}" for n in range(n_people)]), max_size=2
                )
            )
            if n_people
            else [],
            "tracks": draw(st.lists(st.sampled_from(["C1", "C2"]), max_size=2)),
            "audience": draw(st.integers(0, 100)),
            "needs": draw(st.lists(st.just("captions"), max_size=1)),
            "popular": draw(st.sampled_from([0, 0, 0.35, 1])),
            "after": draw(st.lists(st.sampled_from(ids), max_size=1)),
            "not_with": draw(st.lists(st.sampled_from(ids), max_size=1)),
            "prefers": {
                "days": draw(st.lists(st.sampled_from(DATES), max_size=1)),
                "half": draw(st.sampled_from([None, "morning", "afternoon"])),
            },
        }
        if n_rooms and draw(st.integers(0, 5)) == 0:
            on = draw(st.sampled_from(DATES))
            start = draw(st.sampled_from(["08:00", "10:07", "12:30"]))
            session["fixed"] = {"room": "r0", "start": f"{on}T{start}"}
        sessions.append(session)
    return sessions


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the content of problem files, the impossible ones too."""
    n_people, n_rooms = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    days: list[dict[str, Any]] = []
    for on in draw(st.lists(st.sampled_from(DATES), min_size=1, unique=True)):
        opens, closes = draw(_hours())
        days.append({"date": on, "opens": opens, "closes": closes})
        if draw(st.booleans()):
            days[-1]["breaks"] = [["12:10", "13:00"]]
    rooms = [
        {
            "id": f"r{n}",
            "seats": draw(st.integers(0, 80)),
            "features": draw(st.lists(st.just("captions"), max_size=1)),
            "closed": draw(_intervals()),
        }
        | ({"opens": {MONDAY: list(draw(_hours()))}} if draw(st.booleans()) else {})
        for n in range(n_rooms)
    ]
    people = [
        {
            "id": f"p{n}",
            "remote": draw(st.booleans()),
            "timezone": draw(st.sampled_from(["Asia/Kathmandu", "America/Lima"])),
        }
        | ({"available": draw(_intervals())} if draw(st.booleans()) else {})
        for n in range(n_people)
    ]
    sessions = draw(_sessions(n_people, n_rooms))
    released = [
        {"session": s["id"], "room": "r0", "start": f"{MONDAY}T{hour}"}
        for s in sessions[: draw(st.integers(0, 3))]
        for hour in [draw(st.sampled_from(["08:45", "10:00", "10:15", "12:00"]))]
    ]
    weights = {
        label: draw(st.sampled_from([0, weight, 1.5]))
        for label, weight in WEIGHTS.items()
    }
    return {
        "timezone": "Europe/Zurich",
        "unit_minutes": draw(st.sampled_from([5, 15, 25, 30])),
        "days": days,
        "rooms": rooms,
        "people": people,
        "sessions": sessions,
        "weights": weights | {"unplaced": 1000},
        "released": released,
    }
