"""
The exact solver: proofs for small timetables, by CP-SAT, where OR-Tools is installed.

`montada[exact]` brings it. Nothing here is imported before `is_installed` has been
asked: the engine and every page work without.
"""

from __future__ import annotations

from importlib.util import find_spec

from montada.programme.engine.timetable.grid import Grid

MOST_SESSIONS = 60
"""Sessions that may be anywhere; those with one slot are not counted."""
MOST_SLOTS = 150_000
"""Starts times rooms, over all sessions: what a gigabyte holds."""

SEARCHING = 0.5
"""Share of the seconds in which a plan is sought that is then proved."""


def is_installed() -> bool:
    """Whether OR-Tools is there."""
    return find_spec("ortools") is not None


def size_of(grid: Grid) -> tuple[int, int]:
    """Return how many sessions may be anywhere, and the slots of all of them."""
    free = [task.n_choices for task in grid.tasks if task.n_choices > 1]
    return len(free), sum(free)


def fits(grid: Grid) -> bool:
    """Whether a problem is small enough for a proof."""
    n_sessions, n_slots = size_of(grid)
    return n_sessions <= MOST_SESSIONS and n_slots <= MOST_SLOTS
