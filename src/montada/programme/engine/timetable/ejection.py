"""
Sessions without a place, and the fight for one.

A waiting session throws out those in its way; they look for other places, and who finds
none waits in its turn. Whoever waits long weighs more and is thrown out less, so that
the search does not go round in a circle. After Nagata & Bräysy (2009), "A powerful
route minimization heuristic for the vehicle routing problem with time windows".
"""

from __future__ import annotations

from collections.abc import Iterable

from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.grid import Slot
from montada.programme.engine.timetable.ruin import Ruin

TRIES = 60
"""Slots looked at for the least that would have to go."""


class Pool:
    """
    Attributes
    ----------
    waiting : numbers of sessions that are not placed and might be
    """

    def __init__(self, board: Board, chance: Chance) -> None:
        self.board, self.chance = board, chance
        self.waiting: dict[int, None] = {}
        self._weight = [1] * len(board.tasks)
        self._ruin = Ruin(board, chance)
        self.settle(range(len(board.tasks)))

    def settle(self, numbers: Iterable[int]) -> None:
        """Take note of who of these has a place."""
        for number in numbers:
            if self.board.slots[number] is not None:
                self.waiting.pop(number, None)
            elif self.board.tasks[number].n_choices:
                self.waiting[number] = None

    def any_waiting(self) -> int:
        """Return one that waits."""
        return list(self.waiting)[self.chance.below(len(self.waiting))]

    def fight(self) -> None:
        """Place one that waits, and throw out what is least missed for it."""
        board = self.board
        number = self.any_waiting()
        found = board.best(number, self.chance)
        if found is not None:
            board.put(number, found[1])
            self.settle([number])
            return
        self._weight[number] += 1
        slot, out = self._least_missed(number)
        if slot is None:
            return
        before = [(n, board.take(n)) for n in out]
        if not board.is_free(number, slot):
            for n, old in before:
                board.put(n, old)
            return
        board.put(number, slot)
        self.chance.shuffle(out)
        for n in out:
            again = board.best(n, self.chance)
            if again is not None:
                board.put(n, again[1])
        self.settle([number, *out])

    def _least_missed(self, number: int) -> tuple[Slot | None, list[int]]:
        """Return the slot, of some, whose occupants weigh least, and who they are."""
        best: tuple[float, Slot | None, list[int]] = (float("inf"), None, [])
        for _try in range(TRIES):
            slot = self._ruin.target(number)
            out = self._in_the_way(number, slot)
            if out is None:
                continue
            weight = sum(self._weight[n] for n in out) + self.chance.draw()
            if weight < best[0]:
                best = weight, slot, out
        return best[1], best[2]

    def _in_the_way(self, number: int, slot: Slot) -> list[int] | None:
        """Return who would have to go; None if somebody there cannot go anywhere."""
        board = self.board
        out = dict.fromkeys(self._ruin.in_the_way(number, slot))
        series = board.grid.series
        for earlier, gap in series.before[number].items():
            where = board.slots[earlier]
            if where is not None and slot[0] < where[0] + gap:
                out[earlier] = None
        for later, gap in series.following[number].items():
            where = board.slots[later]
            if where is not None and where[0] < slot[0] + gap:
                out[later] = None
        if any(board.tasks[n].n_choices == 1 for n in out):
            return None
        return list(out)
