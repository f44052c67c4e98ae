"""
What the timetable solver reaches, in which time: made-up forums and real programmes.

    python -m benchmarks.timetable [--seconds 20] [--seeds 5] [--sizes 60 220]
                                   [--schedules FOLDER] [--free-rooms]
                                   [--proofs] [--rivals] [--rival-python PATH]

Prints JSON. The made-up forums are feasible by construction: sessions are first put
into rooms, then everything else is said of them so that this plan holds; wishes are
drawn anyhow. Seconds are of this process's processor, so that another's work does not
count; `first_s` is until the first plan, reading left out. Of a real programme rooms,
days, lengths and people are kept and times dropped; `greedy_cost` is the first plan's.

`--free-rooms` prices no change of room, of which less is known from below. `--proofs`
has CP-SAT prove the plans of small forums, after `SEARCHING` of the seconds. `--rivals`
solves the forums of up to 220 sessions by CP-SAT alone (the same model, from nothing),
and an easier one by conference-scheduler: `pip install conference-scheduler` into an
environment of its own, and name its Python by `--rival-python`. It prices nothing and
knows one length, so that each session lasts an hour there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from montada.programme.adapters.exact import MOST_SESSIONS
from montada.programme.adapters.exact.solving import ExactSolver
from montada.programme.adapters.schedules import schedule_of
from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.importing import problem_of
from montada.programme.engine.timetable.plan import plain_cost, plain_counts
from montada.programme.engine.timetable.problem import WEIGHTS, Problem
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.engine.timetable.solving import Progress, Solver

ROOMS = {60: (3, 4), 220: (5, 6), 600: (5, 18), 1500: (5, 45)}
"""Days and rooms of each size: some three quarters of the room hours are taken."""
HALVES = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
ZONES = ("Africa/Cairo", "America/New_York", "Asia/Tokyo", "Asia/Kolkata")
SEATS = (600, 300, 250, 150, 120, 100, 80, 60, 40, 30)
SEARCHING = 0.15
"""Share of the seconds before a proof is tried."""
MOST_FOR_RIVALS = 220
MARKS = (1, 5, 10, 20, 60, 120)
"""Seconds at which the cost is noted."""


def forum(n_sessions: int, seed: int) -> dict[str, Any]:
    """Return a problem that has a plan, with 30 minutes between starts."""
    chance = random.Random(seed)
    n_days, n_rooms = ROOMS[n_sessions]
    dates = [f"2027-07-{5 + day:02d}" for day in range(n_days)]
    rooms: list[dict[str, Any]] = [
        {
            "id": f"r{n}",
            "seats": SEATS[n * len(SEATS) // n_rooms],
            "features": [f for f in ("remote", "captions") if chance.random() < 0.7],
        }
        for n in range(n_rooms)
    ]
    people: list[dict[str, Any]] = [
        {"id": f"p{n}"}
        | (
            {"timezone": chance.choice(ZONES), "remote": True}
            if chance.random() < 0.15
            else {}
        )
        for n in range(int(2.2 * n_sessions))
    ]
    sessions = _sessions(chance, n_sessions, rooms, [p["id"] for p in people], dates)
    breaks = [["13:00", "14:00"]]
    return {
        "timezone": "Europe/Zurich",
        "unit_minutes": 30,
        "days": [
            {"date": on, "opens": "09:00", "closes": "18:00", "breaks": breaks}
            for on in dates
        ],
        "rooms": rooms,
        "people": people,
        "sessions": sessions,
        "weights": dict(WEIGHTS),
    }


def _sessions(
    chance: random.Random,
    n_sessions: int,
    rooms: list[dict[str, Any]],
    people: list[str],
    dates: list[str],
) -> list[dict[str, Any]]:
    often = [1 / (1 + n) ** 0.6 for n in range(len(people))]
    busy: dict[str, list[tuple[int, int]]] = {name: [] for name in people}
    sessions = []
    for number, (room, start, minutes) in enumerate(
        chance.sample(list(_lanes(chance, len(rooms), len(dates))), n_sessions)
    ):
        there: list[str] = []
        for name in dict.fromkeys(chance.choices(people, often, k=12)):
            free = all(b <= start or a >= start + minutes for a, b in busy[name])
            if free and len(there) < 1 + number % 5:
                there.append(name)
                busy[name].append((start, start + minutes))
        seats = rooms[room]["seats"]
        sessions.append(
            {
                "id": f"s{number}",
                "minutes": minutes,
                "people": there,
                "tracks": [f"C{chance.randrange(18)}"],
                "audience": int(seats * chance.uniform(0.25, 0.95)),
                "needs": [f for f in rooms[room]["features"] if chance.random() < 0.4],
                "popular": chance.choice([0] * 8 + [0.4, 0.8]),
                "prefers": {
                    "days": chance.sample(dates, int(chance.random() < 0.4)),
                    "half": chance.choice([None, None, "morning", "afternoon"]),
                },
            }
        )
    return sessions


def _lanes(
    chance: random.Random, n_rooms: int, n_days: int
) -> Iterator[tuple[int, int, int]]:
    """Yield room, start and length so that every room is full."""
    for room in range(n_rooms):
        for day in range(n_days):
            for opens, closes in HALVES:
                start = opens
                while start < closes:
                    minutes = min(chance.choice([30, 60, 60, 60, 90]), closes - start)
                    yield room, day * 24 * 60 + start, minutes
                    start += minutes


def measured(problem: Problem, seed: int, seconds: float) -> dict[str, Any]:
    """Return what the solver reaches on one problem."""
    began = time.process_time()
    solver = Solver(problem, seed=seed)
    first = time.process_time() - began
    at_first, greedy = solver.progress(), solver.plan()
    began = time.process_time() - first
    marks: dict[str, Any] = {}
    reached: Progress = at_first
    full: float | None = None
    for reached in solver.steps():
        past = time.process_time() - began
        if full is None and not reached.n_unplaced:
            full = past
        for mark in MARKS:
            if past >= mark and str(mark) not in marks:
                marks[str(mark)] = plain_cost(reached.price)
        if past >= seconds:
            break
    plan = solver.plan()
    report = checked(problem, plan.placements)
    taken = time.process_time() - began
    return {
        "seed": seed,
        "first_s": round(first, 2),
        "greedy_cost": plain_cost(at_first.price),
        "full_s": None if full is None else round(full, 2),
        "cost_at_s": marks,
        "cost": plain_cost(plan.price),
        "bound": plain_cost(plan.bound),
        "gap_percent": _gap(plan.price, plan.bound),
        "greedy_soft": plain_counts(greedy.soft),
        "soft": plain_counts(plan.soft),
        "unplaced": len(plan.unplaced),
        "hard": len(report.hard),
        "iterations_a_second": round(plan.iterations / taken),
    }


def proved(problem: Problem, seed: int, seconds: float) -> dict[str, Any]:
    """Return when the best plan of a small problem is found, and when it is proved."""
    began = time.process_time()
    solver = Solver(problem, seed=seed)
    best, reached = solver.progress(), 0.0

    def seen(steps: Iterator[Progress], until: float) -> None:
        nonlocal best, reached
        for progress in steps:
            past = time.process_time() - began
            if (progress.n_unplaced, progress.price) < (best.n_unplaced, best.price):
                reached = past
            best = progress
            if past >= until:
                break

    seen(solver.steps(), SEARCHING * seconds)
    is_proved = solver.is_proved
    if not is_proved:
        exact = ExactSolver(solver.grid, solver.slots, seed=seed, bound=solver.bound)
        seen(exact.steps(), seconds)
        is_proved = exact.is_proved
    return {
        "seed": seed,
        "cost": plain_cost(best.price),
        "bound": plain_cost(best.bound),
        "best_s": round(reached, 2),
        "proved_s": round(time.process_time() - began, 2) if is_proved else None,
    }


def by_cp_sat(problem: Problem, seed: int, seconds: float) -> dict[str, Any]:
    """Return what CP-SAT reaches alone: the same model, from an empty plan."""
    began = time.process_time()
    exact = ExactSolver(grid_of(problem), [None] * len(problem.sessions), seed=seed)
    full: float | None = None
    for progress in exact.steps():
        past = time.process_time() - began
        if full is None and not progress.n_unplaced:
            full = round(past, 2)
        if past >= seconds:
            break
    plan = exact.plan()
    return {
        "seed": seed,
        "full_s": full,
        "unplaced": len(plan.unplaced),
        "cost": plain_cost(plan.price),
        "bound": plain_cost(plan.bound),
    }


def by_conference_scheduler(
    content: dict[str, Any], seconds: float, python: str
) -> dict[str, Any]:
    """Return whether conference-scheduler finds a plan, all sessions an hour long."""
    began = time.monotonic()
    asked = subprocess.run(
        [python, "-c", _RIVAL],
        input=json.dumps(content),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1)
        ),
    )
    return {
        "wall_s": round(time.monotonic() - began, 1),
        "placed": int(asked.stdout.split()[-1]) if asked.returncode == 0 else None,
        "error": asked.stderr.strip().rpartition("\n")[2][:200] or None,
    }


_RIVAL = """
import json, sys
from datetime import datetime
from itertools import combinations
from conference_scheduler import scheduler
from conference_scheduler.resources import Event, Slot
asked = json.load(sys.stdin)
slots = [
    Slot(venue=room["id"], duration=60, session=day["date"], capacity=room["seats"],
         starts_at=datetime.fromisoformat(f"{day['date']}T{hour:02d}:00"))
    for room in asked["rooms"] for day in asked["days"]
    for hour in (9, 10, 11, 12, 14, 15, 16, 17)
]
events = [Event(name=s["id"], duration=60, demand=s["audience"])
          for s in asked["sessions"]]
for one, other in combinations(range(len(events)), 2):
    if set(asked["sessions"][one]["people"]) & set(asked["sessions"][other]["people"]):
        events[one].add_unavailability(events[other])
print(len(list(scheduler.schedule(events, slots))))
"""


def rivals(
    content: dict[str, Any], seed: int, asked: argparse.Namespace
) -> dict[str, Any]:
    """Return what others reach on one forum."""
    problem = problem_from(content, zone_named)
    return {
        "cp_sat": by_cp_sat(problem, seed, asked.seconds),
        "conference_scheduler": by_conference_scheduler(
            content, asked.seconds, asked.rival_python
        ),
    }


def _gap(price: int, bound: int) -> float | None:
    return round(100 * (price - bound) / bound, 1) if bound else None


def _of_size(
    size: int, seeds: Sequence[int], asked: argparse.Namespace
) -> list[dict[str, Any]]:
    results = []
    for seed in seeds:
        content = forum(size, seed)
        if asked.free_rooms:
            content["weights"]["room_change"] = 0
        problem = problem_from(content, zone_named)
        result = measured(problem, seed, asked.seconds)
        if asked.proofs and size <= MOST_SESSIONS:
            result["proof"] = proved(problem, seed, asked.seconds)
        if asked.rivals and size <= MOST_FOR_RIVALS:
            result["rivals"] = rivals(content, seed, asked)
        results.append(result)
    return results


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(ROOMS))
    parser.add_argument("--schedules", type=Path, help="CSV files of real programmes")
    parser.add_argument("--free-rooms", action="store_true")
    parser.add_argument("--proofs", action="store_true")
    parser.add_argument("--rivals", action="store_true")
    parser.add_argument("--rival-python", default=sys.executable)
    asked = parser.parse_args()
    seeds = range(1, asked.seeds + 1)
    results: dict[str, Any] = {}
    for size in asked.sizes:
        results[str(size)] = _of_size(size, seeds, asked)
    for path in sorted(asked.schedules.glob("*.csv")) if asked.schedules else ():
        programme = schedule_of(path.read_bytes()).sessions
        content = problem_of(programme, timezone="UTC", drop_times=True)
        problem = problem_from(content, zone_named)
        results[path.stem] = [measured(problem, s, asked.seconds) for s in seeds]
    machine = {"python": platform.python_version(), "cpus": os.cpu_count()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump({"machine": machine, "peak_mb": peak, "results": results}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
