"""
Cheapest starts when only series bind sessions together: exact, from leaf to root.

Of the stated orders a forest is kept, so that each session hangs on one other at most;
an order left out only makes the choice cheaper. What a branch costs is a function of
where its root starts, found by running minima.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
OUT = -1
"""Choice of a session that stays out."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """A session that hangs on another: `gap` units after it, or before it."""

    number: int
    on: int
    is_earlier: bool
    gap: int


class SeriesChoice:
    """
    Chooses a start for each session, those of a series together.

    Parameters
    ----------
    starts : bits at which sessions begin
    out : what it costs that a session stays out
    free : sessions that choose elsewhere: no order binds them

    Attributes
    ----------
    members : numbers of sessions that are in a series
    """

    def __init__(
        self, grid: Grid, starts: Ints, out: float, free: Collection[int]
    ) -> None:
        self._starts = starts
        self._out = out
        self._branches = _forest(grid, free)
        in_series = {n for branch in self._branches for n in (branch.number, branch.on)}
        self.members = np.array(sorted(in_series), np.int64)
        self._limits = [self._limits_of(branch) for branch in self._branches]

    def chosen(self, cost: Floats) -> tuple[Ints, float]:
        """
        Return the column chosen by each session, `OUT` for none, and the whole cost.

        `cost` (n_sessions, n_starts) is overwritten.
        """
        n_sessions = len(cost)
        if not cost.size:
            return np.full(n_sessions, OUT), self._out * n_sessions
        outs = np.full(n_sessions, self._out)
        for branch, limits in zip(self._branches, self._limits, strict=True):
            own = cost[branch.number]
            best = np.minimum(_running(own, limits, branch), outs[branch.number])
            cost[branch.on] += best
            outs[branch.on] += min(float(own.min()), float(outs[branch.number]))
        at = cost.argmin(axis=1)
        least = cost[np.arange(n_sessions), at]
        at[least >= outs] = OUT
        hanging = [branch.number for branch in self._branches]
        roots = np.ones(n_sessions, bool)
        roots[hanging] = False
        total = float(np.minimum(least, outs)[roots].sum())
        self._follow(cost, outs, at)
        return at, total

    def _follow(self, cost: Floats, outs: Floats, at: Ints) -> None:
        """Let each branch choose, now that what it hangs on has chosen."""
        for branch, limits in zip(
            reversed(self._branches), reversed(self._limits), strict=True
        ):
            root = at[branch.on]
            if root == OUT:
                continue
            own = cost[branch.number]
            limit = limits[root]
            part = own[:limit] if branch.is_earlier else own[limit:]
            here = int(part.argmin()) if part.size else 0
            if not part.size or part[here] >= outs[branch.number]:
                at[branch.number] = OUT
            else:
                at[branch.number] = here if branch.is_earlier else here + limit

    def _limits_of(self, branch: _Branch) -> Ints:
        """Return, for each start of the root, where the branch must end or begin."""
        if branch.is_earlier:
            return np.searchsorted(self._starts, self._starts - branch.gap, "right")
        return np.searchsorted(self._starts, self._starts + branch.gap, "left")


def _running(own: Floats, limits: Ints, branch: _Branch) -> Floats:
    """Return the least cost of a branch for each start of what it hangs on."""
    if branch.is_earlier:
        least = np.append(np.inf, np.minimum.accumulate(own))
        return least[limits]
    least = np.append(np.minimum.accumulate(own[::-1])[::-1], np.inf)
    return least[limits]


def _forest(grid: Grid, free: Collection[int]) -> list[_Branch]:
    """Return branches, those that others hang on last."""
    ids = {session.id: n for n, session in enumerate(grid.problem.sessions)}
    in_circle = {name for circle in grid.series.circles for name in circle}
    beside: dict[int, list[tuple[int, bool, int]]] = {n: [] for n in ids.values()}
    for later, session in enumerate(grid.problem.sessions):
        for name in session.after:
            earlier = ids[name]
            if {name, session.id} & in_circle or not {earlier, later}.isdisjoint(free):
                continue
            if not (grid.tasks[earlier].n_choices and grid.tasks[later].n_choices):
                continue
            gap = grid.tasks[earlier].n_units
            beside[later].append((earlier, True, gap))
            beside[earlier].append((later, False, gap))
    branches: list[_Branch] = []
    seen: set[int] = set()
    for root in beside:
        if root in seen:
            continue
        seen.add(root)
        waiting = [root]
        while waiting:
            on = waiting.pop()
            for number, is_earlier, gap in beside[on]:
                if number not in seen:
                    seen.add(number)
                    waiting.append(number)
                    branches.append(_Branch(number, on, is_earlier, gap))
    return branches[::-1]
