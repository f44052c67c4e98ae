"""
What the timetable solver reaches, in which time: made-up forums and real programmes.

    python -m benchmarks.timetable [--seconds 20] [--seeds 5] [--sizes 60 220]
                                   [--forums world region] [--schedules FILE ...]
                                   [--free-rooms] [--proofs SECONDS] [--rivals]
                                   [--rival-python PATH]

Prints JSON. The made-up forums are those of `forums`. Seconds are of the processor, so
that another's work does not count; `first_s` is until the first plan, reading left out.
Of a real programme rooms, days, lengths and people are kept and times dropped;
`greedy_cost` is the first plan's. Each solver has a process of its own for each problem
and seed: `peak_mb` is what it took.

`--free-rooms` prices no change of room, of which less is known from below. `--proofs`
has CP-SAT prove the plans of small forums in so many seconds, of which the search has
`SEARCHING`. `--rivals` solves the forums by CP-SAT alone as well (the same model, from
nothing, on one thread), and easier ones by conference-scheduler: it prices nothing and
knows one length, so that each session lasts an hour there. Both have the seconds that
we have, and 4 GB; `error` says how it ended where there is no answer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.apart import apart, asked_with_rivals, of_rival, ours, peak_mb
from benchmarks.forums import FORUMS, ROOMS
from benchmarks.pages import machine
from montada.programme.adapters.exact import MOST_SESSIONS, SEARCHING
from montada.programme.adapters.exact.solving import ExactSolver
from montada.programme.adapters.schedules import schedule_of
from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.importing import problem_of
from montada.programme.engine.timetable.plan import plain_cost, plain_counts
from montada.programme.engine.timetable.problem import Problem
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.engine.timetable.solving import Progress, Solver

MARKS = (1, 5, 15, 20, 60, 120)
"""Seconds at which it is noted what is known."""


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
                marks[str(mark)] = _known(reached.price, reached.bound)
        if past >= seconds:
            break
    plan = solver.plan()
    report = checked(problem, plan.placements)
    taken = time.process_time() - began
    return {
        "first_s": round(first, 2),
        "greedy_cost": plain_cost(at_first.price),
        "full_s": None if full is None else round(full, 2),
        "at_s": marks,
        **_known(plan.price, plan.bound),
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
        "full_s": full,
        "unplaced": len(plan.unplaced),
        "cost": plain_cost(plan.price),
        "bound": plain_cost(plan.bound),
    }


CONFERENCE_SCHEDULER = """
import json, resource, sys, time
from datetime import datetime
from itertools import combinations
from benchmarks.apart import peak_mb
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
placed = len(list(scheduler.schedule(events, slots)))
# It leaves the search to a program.
there = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "placed": placed,
    "seconds": round(time.process_time() + there.ru_utime + there.ru_stime, 1),
    "peak_mb": max(peak_mb(), there.ru_maxrss // 1024),
}))
"""


SOLVERS = {"ours": measured, "proof": proved, "cp_sat": by_cp_sat}


def _known(price: int, bound: int) -> dict[str, Any]:
    gap = round(100 * (price - bound) / bound, 1) if bound else None
    return {"cost": plain_cost(price), "bound": plain_cost(bound), "gap_percent": gap}


def content_of(name: str, size: int, seed: int) -> dict[str, Any]:
    """Return the problem of a made-up forum, or of a file with a programme."""
    if size:
        return FORUMS[name](size, seed)
    programme = schedule_of(Path(name)).sessions
    return problem_of(programme, timezone="UTC", drop_times=True)


def alone(asked: argparse.Namespace) -> dict[str, Any]:
    """Return what one solver reaches on one problem, in this process."""
    who, name, size, seed = asked.one
    content = content_of(name, int(size), int(seed))
    if asked.free_rooms:
        content["weights"]["room_change"] = 0
    seconds = asked.proofs if who == "proof" else asked.seconds
    reached = SOLVERS[who](problem_from(content, zone_named), int(seed), seconds)
    return reached | {"peak_mb": peak_mb()}


def beside_rivals(
    name: str, size: int, seed: int, asked: argparse.Namespace
) -> dict[str, Any]:
    """Return what each reaches on one problem; a file has no size."""

    def words(who: str) -> list[str]:
        return [*sys.argv[1:], "--one", who, name, str(size), str(seed)]

    result = {"seed": seed, "ours": apart("timetable", *words("ours"))}
    if asked.proofs and 0 < size <= MOST_SESSIONS:
        result["proof"] = apart("timetable", *words("proof"))
    if asked.rivals and size:
        result["cp_sat"] = of_rival(ours("timetable", *words("cp_sat")), asked.seconds)
        result["conference_scheduler"] = of_rival(
            [asked.rival_python, "-c", CONFERENCE_SCHEDULER],
            asked.seconds,
            content_of(name, size, seed),
        )
    return result


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(ROOMS))
    parser.add_argument("--forums", nargs="*", choices=FORUMS, default=list(FORUMS))
    parser.add_argument("--schedules", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument("--free-rooms", action="store_true")
    parser.add_argument("--proofs", type=float, metavar="SECONDS")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    asked = asked_with_rivals(parser)
    if asked.one:
        print(json.dumps(alone(asked)))
        return
    names = {f"{one} {n}": (one, n) for n in asked.sizes for one in asked.forums}
    names |= {path.stem: (str(path), 0) for path in asked.schedules}
    results = {
        said: [beside_rivals(*one, seed, asked) for seed in range(1, asked.seeds + 1)]
        for said, one in names.items()
    }
    json.dump({"machine": machine(), "results": results}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
