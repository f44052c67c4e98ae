"""Rounds of small moves, beside those of ruin and recreate: see `annealing`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from montada.programme.engine.timetable.annealing import anneal, begin_at
from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.improve import Search, cooling, usual_price
from montada.programme.engine.timetable.memory import best_slots, laid_out

MOVES = 1000
"""Of one iteration: it takes some times as long as one of ruin and recreate."""
HOT, COLD = 0.25, 0.035
"""Temperature at the start of the first round and at the end of each, in usual
prices."""


class Polish:
    """Makes the best plan of a search better by small moves."""

    def __init__(self, grid: Grid, seed: int) -> None:
        self._usual = usual_price(grid)
        self._at, self._row = laid_out(grid, seed)

    def round(
        self, search: Search, length: int, heat: float
    ) -> Iterator[tuple[int, int]]:
        """Yield the search's key after each of so many iterations."""
        at, row = self._at, self._row
        places = np.array([slot or (-1, -1) for slot in search.slots], np.int64)
        begin_at(at, row, *places.reshape(-1, 2).T.copy())
        hot, cold = HOT * heat * self._usual, COLD * self._usual
        for temperature in cooling(length, hot, cold):
            anneal(at, row, MOVES, temperature)
            n_out, price = row[at.best : at.best + 2].tolist()
            if (n_out, price) < search.key:
                search.take_over((n_out, price), best_slots(at, row))
            yield search.key
