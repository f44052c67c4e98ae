"""
The timetable's small moves and choices of days, compiled once: nobody waits later.

    python -m tools.compiled     # some seconds; kept beside the code
"""

from __future__ import annotations

import numpy as np

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.annealing import anneal, begin_at
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.memory import laid_out
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.engine.timetable.whole_days import WholeDays

NOTHING = {
    "timezone": "UTC",
    "unit_minutes": 30,
    "days": [{"date": "2027-07-05", "opens": "09:00", "closes": "12:00"}],
    "rooms": [],
    "sessions": [],
}


def main() -> None:
    grid = grid_of(problem_from(NOTHING, zone_named))
    days = WholeDays(grid)
    days.value(days.modest())
    at, row = laid_out(grid, seed=1)
    nobody = np.zeros(0, np.int64)
    begin_at(at, row, nobody, nobody)
    anneal(at, row, 1, 1.0)


if __name__ == "__main__":
    main()
