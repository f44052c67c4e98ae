"""
A compiled problem as 0-1 variables: one for each session and slot it may have.

Of two sessions that overlap, one begins while the other runs. So it is enough to ask at
each possible start of a group (of a room, of a person) that one of it runs at most:
these rows are cliques, and far stronger than a row for each pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ortools.sat.python import cp_model

from montada.programme.engine.timetable.grid import Grid, Slot
from montada.programme.engine.timetable.ruin import bits_of
from montada.programme.engine.timetable.timeline import eroded

Literal = cp_model.IntVar
Domains = Sequence[Sequence[Slot]]
"""The slots that each session may have."""


def domains_of(grid: Grid, within: int, kept: Mapping[int, Slot]) -> list[list[Slot]]:
    """
    Return the slots that each session may have, other sessions aside.

    They begin at the bits of `within`; who is `kept` has one.
    """
    return [
        [kept[number]]
        if number in kept
        else [
            (start, room)
            for _over, room in task.rooms
            for start in bits_of(
                task.starts & within & eroded(grid.room_units[room], task.n_units)
            )
        ]
        for number, task in enumerate(grid.tasks)
    ]


class Model:
    """
    What must hold, as rows.

    Attributes
    ----------
    rows : the model of CP-SAT
    at : of each session, slot -> whether it is there
    begins : of each session, start -> whether it begins then
    out : of each session, whether it has no place
    """

    def __init__(self, grid: Grid, domains: Domains) -> None:
        self.grid = grid
        self.rows = cp_model.CpModel()
        self.at: list[dict[Slot, Literal]] = []
        self.begins: list[dict[int, Literal]] = []
        self.out: list[Literal] = []
        for domain in domains:
            self._add_session(domain)
        self._add_rooms()
        self._add_people()
        self._add_orders()

    def running(self, number: int, first: int, last: int) -> Iterator[Literal]:
        """Yield the starts of a session that has a moment in units `first`-`last`."""
        before = first - self.grid.tasks[number].n_units
        return (b for t, b in self.begins[number].items() if before < t <= last)

    def can_meet(self, one: int, other: int) -> bool:
        """Whether two sessions have slots that overlap."""
        n_units = self.grid.tasks[one].n_units
        return any(
            True
            for start in self.begins[one]
            for _literal in self.running(other, start, start + n_units - 1)
        )

    def slots(self, values: Mapping[int, bool]) -> list[Slot | None]:
        """Return where each session is, by the values of variables' indices."""
        return [
            next((slot for slot, var in at.items() if values[var.index]), None)
            for at in self.at
        ]

    def hint(self, slots: Sequence[Slot | None]) -> None:
        """Tell the solver of a plan to begin with."""
        self.rows.clear_hints()  # type: ignore[no-untyped-call] # theirs
        for number, slot in enumerate(slots):
            self.rows.add_hint(self.out[number], slot not in self.at[number])
            for other, literal in self.at[number].items():
                self.rows.add_hint(literal, other == slot)

    def _add_session(self, domain: Sequence[Slot]) -> None:
        rows = self.rows
        at = {slot: rows.new_bool_var("") for slot in domain}
        out = rows.new_bool_var("")
        rows.add_exactly_one([out, *at.values()])
        by_start: dict[int, list[Literal]] = defaultdict(list)
        for (start, _room), literal in at.items():
            by_start[start].append(literal)
        begins: dict[int, Literal] = {}
        for start, literals in sorted(by_start.items()):
            begins[start] = literals[0]
            if len(literals) > 1:
                begins[start] = rows.new_bool_var("")
                rows.add_exactly_one([~begins[start], *literals])
        self.at.append(at)
        self.begins.append(begins)
        self.out.append(out)

    def _add_rooms(self) -> None:
        in_room: dict[int, list[tuple[int, int, Literal]]] = defaultdict(list)
        for task, at in zip(self.grid.tasks, self.at, strict=True):
            for (start, room), literal in at.items():
                in_room[room].append((start, start + task.n_units, literal))
        for slots in in_room.values():
            self._one_at_a_time(slots)

    def _add_people(self) -> None:
        for numbers in self.grid.by_person.values():
            self._one_at_a_time(
                (start, start + self.grid.tasks[n].n_units, literal)
                for n in numbers
                for start, literal in self.begins[n].items()
            )

    def _one_at_a_time(self, slots: Iterable[tuple[int, int, Literal]]) -> None:
        every = sorted(slots, key=lambda slot: slot[:2])
        for unit in dict.fromkeys(start for start, _end, _literal in every):
            there = [lit for start, end, lit in every if start <= unit < end]
            if len(there) > 1:
                self.rows.add_at_most_one(there)

    def _add_orders(self) -> None:
        sessions = self.grid.problem.sessions
        numbers = {session.id: n for n, session in enumerate(sessions)}
        for later, session in enumerate(sessions):
            for earlier in (numbers[name] for name in session.after):
                n_units = self.grid.tasks[earlier].n_units
                for start, literal in self.begins[later].items():
                    too_late = [
                        other
                        for begin, other in self.begins[earlier].items()
                        if begin + n_units > start
                    ]
                    if too_late:
                        self.rows.add_at_most_one([literal, *too_late])
