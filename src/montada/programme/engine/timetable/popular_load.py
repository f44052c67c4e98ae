"""How much popularity runs at each moment, and beside a session that might."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid, Levels

MOST_POPULAR_LEVELS = 8
"""Parts into which starts are sorted by popular sessions beside them."""


class PopularLoad:
    """How much popularity runs beside a session of each length, at each start."""

    def __init__(self, grid: Grid) -> None:
        lengths = {task.n_units for task in grid.tasks if task.popular and task.starts}
        self._n_bits = grid.timeline.n_bits
        self._beside: dict[int, npt.NDArray[np.int64]] = {
            length: np.zeros(self._n_bits + 1, np.int64) for length in sorted(lengths)
        }

    def add(self, start: int, n_units: int, popular: int) -> None:
        for length, beside in self._beside.items():
            beside[max(0, start - length + 1) : start + n_units] += popular

    def beside(self, start: int, n_units: int) -> int:
        return int(self._beside[n_units][start])

    def levels(self, starts: int, n_units: int) -> Levels:
        """Return starts by the popularity beside them, in few parts."""
        n_bytes = -(-self._n_bits // 8)
        raw = np.frombuffer(starts.to_bytes(n_bytes + 1, "little"), np.uint8)
        free = np.unpackbits(raw, bitorder="little")[: self._n_bits].astype(bool)
        beside = self._beside[n_units][: self._n_bits]
        least = int(beside[free].min())
        step = max(1, -(-int(beside[free].max() + 1 - least) // MOST_POPULAR_LEVELS))
        part = np.where(free, (beside - least) // step, -1)
        return [
            (
                least + step * n,
                int.from_bytes(
                    np.packbits(part == n, bitorder="little").tobytes(), "little"
                ),
            )
            for n in range(int(part.max()) + 1)
        ]
