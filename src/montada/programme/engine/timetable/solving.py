"""The solver as a whole: place, improve, bound, and say why what is left out is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.bound import Bound
from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.construct import construct
from montada.programme.engine.timetable.costs import placed_of, price, soft_counts
from montada.programme.engine.timetable.explain import reasons_for
from montada.programme.engine.timetable.grid import Grid, Slot, grid_of
from montada.programme.engine.timetable.improve import Search, lengthening
from montada.programme.engine.timetable.memory import fits_memory
from montada.programme.engine.timetable.plan import Plan
from montada.programme.engine.timetable.problem import Placement, Problem

if TYPE_CHECKING:
    from montada.programme.engine.timetable.polish import Polish

MOST_CLIMBS = 5
"""Climbs of the bound before a round, as long as each brings something; before the
first round one, since everybody waits for a better plan."""
SHORTER = 3
"""Iterations of small moves in a round, for each of ruin and recreate."""


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far the solver is.

    Attributes
    ----------
    iterations : done so far
    n_unplaced : sessions without a place in the best plan, the impossible ones too
    price, bound : of the best plan, in `costs.PRICE_UNIT`
    """

    iterations: int
    n_unplaced: int
    price: int
    bound: int


class Solver:
    """
    Makes one plan better for as long as it is let.

    The same problem, seed and number of iterations give the same plan; further
    iterations never a worse one.

    Attributes
    ----------
    bound : what is known of what no plan costs less than
    """

    def __init__(self, problem: Problem, *, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.grid: Grid = grid_of(problem)
        chance = Chance(seed)
        board = Board(self.grid)
        construct(board, chance)
        self._search = Search(board, chance)
        self._n_hopeless = sum(not task.n_choices for task in self.grid.tasks)
        self.bound = Bound(self.grid)
        self._iterations = 0

    def steps(self) -> Iterator[Progress]:
        """
        Yield how far it is after each small step; end where none can help.

        The bound climbs before each round of the search, the iterations stand still
        meanwhile.
        """
        yield self.progress()
        for n_before, iterations in enumerate(self._rounds()):
            for _climb in range(MOST_CLIMBS if n_before else 1):
                for _price in self.bound.climb(self._whole_price()):
                    yield self.progress()
                if self.bound.is_slow:
                    break
            if self.is_proved or not self._search.can_change:
                return
            for _key in iterations:
                self._iterations += 1
                yield self.progress()
                if self.is_proved:
                    return

    def _rounds(self) -> Iterator[Iterator[tuple[int, int]]]:
        """
        Yield rounds for ever: ruin and recreate is first, then come small moves.

        It comes again where those found nothing better, or somebody waits for a place.
        """
        if not fits_memory(self.grid):
            yield from self._search.rounds()
        is_better = False
        for length, heat in lengthening(len(self.grid.tasks)):
            before = self._search.key
            if before[0] or not is_better:
                yield self._search.round(max(1, length // SHORTER), heat)
                before = self._search.key
            yield self._small_moves(length, heat)
            is_better = self._search.key < before

    def _small_moves(self, length: int, heat: float) -> Iterator[tuple[int, int]]:
        yield from self._polish.round(self._search, length, heat)

    @cached_property
    def _polish(self) -> Polish:
        # numba takes half a second to load, longer than many a plan takes: only where
        # small moves are made, not where the bound proves the plan before.
        from montada.programme.engine.timetable.polish import (  # noqa: PLC0415
            Polish,
        )

        return Polish(self.grid, self.seed)

    @property
    def is_proved(self) -> bool:
        """Whether no plan can be better than the best one so far."""
        return not self._search.key[0] and self._whole_price() <= self.bound.price

    @property
    def slots(self) -> Sequence[Slot | None]:
        """Where each session is in the best plan so far."""
        return self._search.slots

    def progress(self) -> Progress:
        """Return how far it is."""
        scale = self.grid.scale
        return Progress(
            iterations=self._iterations,
            n_unplaced=self._search.key[0] + self._n_hopeless,
            price=self._whole_price() * scale,
            bound=self.bound.price * scale,
        )

    def plan(self) -> Plan:
        """Return the best plan so far, with reasons for whoever is left out."""
        return plan_of(
            self.grid,
            self.slots,
            bound=self.bound.price,
            seed=self.seed,
            iterations=self._iterations,
        )

    def _whole_price(self) -> int:
        n_unplaced = self._search.key[0] + self._n_hopeless
        return self._search.key[1] + n_unplaced * self.grid.prices["unplaced"]


def solved(
    problem: Problem, *, seed: int, keep_going: Callable[[Progress], bool]
) -> Plan:
    """
    Return the best plan found while `keep_going` says so.

    It is asked many times a second; the search ends by itself where the plan is proved
    to be the best there is.
    """
    solver = Solver(problem, seed=seed)
    for progress in solver.steps():
        if not keep_going(progress):
            break
    return solver.plan()


def plan_of(
    grid: Grid,
    slots: Sequence[Slot | None],
    *,
    bound: int,
    seed: int,
    iterations: int,
) -> Plan:
    """Return slots as a plan, counted anew; `bound` is in prices of the grid."""
    placements = _placements(grid, slots)
    unplaced = [n for n, slot in enumerate(slots) if slot is None]
    counts = soft_counts(grid.problem, placed_of(grid.problem, placements))
    return Plan(
        placements=placements,
        unplaced=dict(reasons_for(grid, slots, unplaced)),
        price=price(grid.problem, counts, len(unplaced)),
        bound=bound * grid.scale,
        soft=counts,
        seed=seed,
        iterations=iterations,
    )


def _placements(grid: Grid, slots: Sequence[Slot | None]) -> tuple[Placement, ...]:
    rooms = {room.id: number for number, room in enumerate(grid.problem.rooms)}
    placements = [
        grid.placement(number, slot)
        for number, slot in enumerate(slots)
        if slot is not None
    ]
    return tuple(sorted(placements, key=lambda p: (p.start, rooms[p.room], p.session)))
