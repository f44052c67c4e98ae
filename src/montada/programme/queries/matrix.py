"""The WSIS–SDG matrix of a programme: which lines its sessions take to which goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from montada.framework import queries as framework
from montada.programme.queries.agenda import Agenda, agenda_of

N_SHADES = 5


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many sessions; `shade` from 0 for none to `N_SHADES` for the most."""

    goal: int
    n: int
    shade: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    line: Any
    cells: Sequence[MatrixCell]
    n: int
    """Sessions of the line, with or without goals."""


@dataclass(frozen=True, slots=True)
class SessionMatrix:
    """
    Sessions by action line and goal; those that were cancelled are not counted.

    Attributes
    ----------
    by_goal : each goal with its sessions, with or without lines
    n_without : sessions with neither line nor goal
    """

    goals: Sequence[Any]
    rows: Sequence[MatrixRow]
    by_goal: Sequence[tuple[Any, int]]
    n_sessions: int
    n_without: int


def session_matrix(edition: Any) -> SessionMatrix:
    """Return the matrix of what is released of an edition. No query of its own."""
    sessions = [s for s in agenda_of(edition).sessions if not s.is_cancelled]
    pairs = Counter((c, g) for s in sessions for c in s.lines for g in s.goals)
    lines = Counter(code for s in sessions for code in s.lines)
    of_goal = Counter(goal for s in sessions for goal in s.goals)
    goals, most = list(framework.goals()), max(pairs.values(), default=0)
    rows = [
        MatrixRow(
            line=line,
            cells=[
                MatrixCell(goal.number, n, _shade(n, most))
                for goal in goals
                for n in (pairs[line.code, goal.number],)
            ],
            n=lines[line.code],
        )
        for line in framework.action_lines()
    ]
    return SessionMatrix(
        goals=goals,
        rows=rows,
        by_goal=[(goal, of_goal[goal.number]) for goal in goals],
        n_sessions=len(sessions),
        n_without=sum(1 for s in sessions if not (s.lines or s.goals)),
    )


def _shade(n: int, most: int) -> int:
    """Return the shade of a count: the most gets the darkest, one the lightest."""
    return -(-n * N_SHADES // most) if n else 0


MATRIX_HEAD = ("session", "number", "title", "title_language", "line", "goal")


def matrix_rows(agenda: Agenda, reader: str) -> Iterator[list[str]]:
    """
    Yield a row for every line and goal of every session, as `MATRIX_HEAD` names it.

    A session without lines has rows with the goals alone, and the other way round.
    """
    for session in agenda.sessions:
        if session.is_cancelled:
            continue
        title = session.title.shown_to(reader)
        named = [session.slug, session.number, title.text, title.language]
        for line in session.lines or ("",):
            for goal in session.goals or ("",):
                yield [*named, line, f"{goal}"]
