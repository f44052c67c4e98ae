"""Which sessions are taken out together: related ones, which can change places."""

from __future__ import annotations

from collections.abc import Iterable

from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.grid import Slot

WAYS = (0.2, 0.3, 0.55, 0.7, 0.9)
"""Up to which luck each way is taken: track, people, in the way, time, gathered; else
any sessions."""
MOST = 10
"""Sessions taken out at once."""
COSTLY = 6
"""Sessions of which the costliest is the first taken out."""
NEAR = 40
"""Sessions looked at for those near in time."""


class Ruin:
    """Chooses placed sessions; the ways are drawn anew each time."""

    def __init__(self, board: Board, chance: Chance) -> None:
        self.board, self.chance = board, chance
        tasks = board.tasks
        self._movable = [n for n, task in enumerate(tasks) if task.n_choices > 1]
        self._bits = {n: bits_of(t.starts) for n, t in enumerate(tasks) if t.n_choices}

    @property
    def has_movable(self) -> bool:
        """Whether any session has a choice at all."""
        return bool(self._movable)

    def chosen(self) -> list[int]:
        """Return numbers of placed sessions that have somewhere else to go."""
        first = self.first()
        if first is None:
            return []
        most = 1 + self.chance.below(MOST)
        luck = self.chance.draw()
        if luck < WAYS[0]:
            others: Iterable[int] = self.board.tasks[first].rivals
        elif luck < WAYS[1]:
            others = self._with_same_people(first)
        elif luck < WAYS[2]:
            others = self.in_the_way(first, self.target(first))
        elif luck < WAYS[3]:
            others = self._at_one_time(first)
        elif luck < WAYS[4]:
            others = self._gathered(first)
        else:
            others = [self._any() for _n in range(most)]
        related = [n for n in others if n != first and self._may_move(n)]
        self.chance.shuffle(related)
        return list(dict.fromkeys([first, *related[:most]]))

    def in_the_way(self, number: int, slot: Slot) -> list[int]:
        """Return the placed sessions that keep a session out of a slot."""
        board = self.board
        start, room = slot
        end = start + board.tasks[number].n_units
        found = [n for n in board.in_room[room] if self._overlaps(n, start, end)]
        for person in board.tasks[number].people:
            found += [
                n
                for n in board.grid.by_person[person]
                if n != number and self._overlaps(n, start, end)
            ]
        return found

    def _overlaps(self, number: int, start: int, end: int) -> bool:
        slot = self.board.slots[number]
        return (
            slot is not None
            and slot[0] < end
            and slot[0] + self.board.tasks[number].n_units > start
        )

    def _may_move(self, number: int) -> bool:
        return (
            self.board.slots[number] is not None
            and self.board.tasks[number].n_choices > 1
        )

    def _any(self) -> int:
        return self._movable[self.chance.below(len(self._movable))]

    def first(self) -> int | None:
        """Return a session to begin with, rather one that costs."""
        if not self._movable:
            return None
        if self.chance.draw() < 0.3:
            number = self._any()
            return number if self._may_move(number) else None
        worst, most = None, -1
        for _n in range(COSTLY):
            number = self._any()
            if self.board.slots[number] is None:
                continue
            price = self.board.price_there(number)
            if price > most:
                worst, most = number, price
        return worst

    def target(self, number: int) -> Slot:
        """Return a slot that a session might like, taken or not."""
        task = self.board.tasks[number]
        bits = self._bits[number]
        return (
            bits[self.chance.below(len(bits))],
            task.rooms[self.chance.below(len(task.rooms))][1],
        )

    def _with_same_people(self, number: int) -> list[int]:
        return [
            n
            for person in self.board.tasks[number].people
            for n in self.board.grid.by_person[person]
        ]

    def _gathered(self, number: int) -> list[int]:
        """Return its track's sessions of a day, and a room's on that day."""
        board = self.board
        start, room = self.target(number)
        day = board.day_at(start)
        here = [n for n in board.tasks[number].rivals if board.day_of(n) == day]
        there = [n for n in board.in_room[room] if board.day_of(n) == day]
        self.chance.shuffle(there)
        return here + there[: len(here) + 1]

    def _at_one_time(self, number: int) -> list[int]:
        start = self.target(number)[0]
        end = start + self.board.tasks[number].n_units
        sample = (self._any() for _n in range(NEAR))
        return [n for n in sample if self._overlaps(n, start, end)]


def bits_of(starts: int) -> list[int]:
    """Return the bits of a set as numbers, the lowest first."""
    return [bit for bit, one in enumerate(reversed(f"{starts:b}")) if one == "1"]
