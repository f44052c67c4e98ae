"""
Why not all sessions can have a place: the smallest set of rules that forbids it.

Each rule and each session's wish for a place is a literal that the solver may assume.
Where all together are impossible it names some that are already; of these, whatever can
be left out is left out, so that dropping any one that remains would let the others
hold. The hours of days and what a session is fixed to are not up for dropping.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from montada.programme.adapters.exact.model import Literal
from montada.programme.adapters.exact.running import answers
from montada.programme.engine.timetable.explain import possible_starts
from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.plan import Finding, written
from montada.programme.engine.timetable.problem import Interval, Session
from montada.programme.engine.timetable.ruin import bits_of
from montada.programme.engine.timetable.timeline import eroded

PLACE = "placed"
"""Rule of a label that is a session's wish for a place."""


@dataclass(frozen=True, slots=True)
class Cause:
    """
    Attributes
    ----------
    sessions : ids of those that cannot all have a place
    rules : what forbids it, nothing of which could be left out
    """

    sessions: tuple[str, ...]
    rules: tuple[Finding, ...]


class Undecided(Exception):
    """Time ran out before it was known whether all can have a place."""


def cause_of(grid: Grid, *, seed: int, keep_going: Callable[[], bool]) -> Cause | None:
    """
    Return why not all have a place; None where they can.

    Raises
    ------
    Undecided
    """
    labels = _Labels(grid)
    core = _core(labels, list(labels.findings), seed, keep_going)
    if core is None:
        raise Undecided
    if not core:
        return None
    for index in list(core):
        if index in core:
            fewer = [other for other in core if other != index]
            core = _core(labels, fewer, seed, keep_going) or core
    found = [labels.findings[index] for index in core]
    ids = [f.sessions[0] for f in found if f.rule == PLACE]
    sessions = tuple(s.id for s in grid.problem.sessions if s.id in ids)
    rules = tuple(_among(f, sessions) for f in found if f.rule != PLACE)
    return Cause(sessions, rules)


def _core(
    labels: _Labels, assumed: Sequence[int], seed: int, keep_going: Callable[[], bool]
) -> list[int] | None:
    """Return some of the labels that cannot all hold; None where it is not known."""
    rows = labels.rows
    rows.clear_assumptions()
    rows.add_assumptions([labels.literals[index] for index in assumed])
    for answer in answers(rows, seed=seed):
        if answer.is_closed:
            return [index for index in assumed if index in answer.core]
        if not keep_going():
            break
    return None


def _among(finding: Finding, sessions: Sequence[str]) -> Finding:
    """Return a finding about those of its sessions that are in question."""
    if finding.rule != "needed_in":
        return finding
    return replace(
        finding, sessions=tuple(n for n in finding.sessions if n in sessions)
    )


class _Labels:
    """
    Attributes
    ----------
    findings : index of a literal -> what it stands for
    """

    def __init__(self, grid: Grid) -> None:
        self.grid, self.rows = grid, cp_model.CpModel()
        self.findings: dict[int, Finding] = {}
        self.literals: dict[int, Literal] = {}
        self._begins: dict[str, dict[int, Literal]] = {}
        self._in_room: dict[tuple[str, int], dict[int, Literal]] = {}
        for number, session in enumerate(grid.problem.sessions):
            self._add_session(number, session)
        self._add_rooms()
        self._add_people()
        self._add_pairs()

    def _label(self, rule: str, sessions: Iterable[str], **details: object) -> Literal:
        literal = self.rows.new_bool_var("")
        self.findings[literal.index] = Finding(rule, tuple(sessions), details)
        self.literals[literal.index] = literal
        return literal

    def _forbid(self, literals: Iterable[Literal], unless_dropped: Literal) -> None:
        for literal in literals:
            self.rows.add_implication(unless_dropped, ~literal)

    def _add_session(self, number: int, session: Session) -> None:
        starts = bits_of(possible_starts(self.grid, session))
        begins = {start: self.rows.new_bool_var("") for start in starts}
        self._begins[session.id] = begins
        place = self._label(PLACE, [session.id])
        self.rows.add_bool_or([~place, *begins.values()])
        self.rows.add_at_most_one(begins.values())
        rooms = {
            room: {start: self.rows.new_bool_var("") for start in begins}
            for room, value in enumerate(self.grid.problem.rooms)
            if session.fixed_room in (None, value.id)
        }
        for start, literal in begins.items():
            self.rows.add_exactly_one(
                [~literal, *(there[start] for there in rooms.values())]
            )
        for room, there in rooms.items():
            self._in_room[session.id, room] = there
        if session.needs:
            self._add_needs(session)

    def _add_needs(self, session: Session) -> None:
        rooms = self.grid.problem.rooms
        suited = tuple(room.id for room in rooms if session.needs <= room.features)
        features = tuple(sorted(session.needs))
        needs = self._label("needs", [session.id], features=features, rooms=suited)
        for (name, room), there in self._in_room.items():
            if name == session.id and not session.needs <= rooms[room].features:
                self._forbid(there.values(), needs)

    def _add_rooms(self) -> None:
        alone = self._label("one_at_a_time", [])
        for number, room in enumerate(self.grid.problem.rooms):
            units = self.grid.room_units[number]
            shut = self._label("room_hours", [], room=room.id)
            slots: list[tuple[int, int, Literal]] = []
            for session in self.grid.problem.sessions:
                there = self._in_room.get((session.id, number), {})
                n_units = self._n_units(session)
                fits = eroded(units, n_units)
                self._forbid((x for t, x in there.items() if not fits >> t & 1), shut)
                slots += [(t, t + n_units, x) for t, x in there.items()]
            self._one_at_a_time(slots, alone)

    def _add_people(self) -> None:
        needed: dict[str, list[Session]] = defaultdict(list)
        for session in self.grid.problem.sessions:
            for name in session.people:
                needed[name].append(session)
        for person in self.grid.problem.people:
            sessions = needed[person.id]
            if len(sessions) > 1:
                busy = self._label(
                    "needed_in", [s.id for s in sessions], people=(person.id,)
                )
                self._one_at_a_time(self._slots_of(sessions), busy)
            if person.available is not None and sessions:
                self._add_hours(person.id, person.available, sessions)

    def _add_hours(
        self, name: str, available: Sequence[Interval], sessions: Sequence[Session]
    ) -> None:
        times = tuple((written(start), written(end)) for start, end in available)
        only = self._label("person_only", [], person=name, available=times)
        units = self.grid.timeline.within(available)
        for session in sessions:
            fits = eroded(units, self._n_units(session))
            begins = self._begins[session.id]
            self._forbid((y for t, y in begins.items() if not fits >> t & 1), only)

    def _add_pairs(self) -> None:
        sessions = {session.id: session for session in self.grid.problem.sessions}
        for session in sessions.values():
            for name in set(session.not_with) - {session.id}:
                apart = self._label("not_with", [session.id, name])
                self._one_at_a_time(self._slots_of([session, sessions[name]]), apart)
            for name in session.after:
                self._add_order(sessions[name], session)

    def _add_order(self, earlier: Session, later: Session) -> None:
        order = self._label("after", [later.id, earlier.id])
        n_units = self._n_units(earlier)
        for start, literal in self._begins[later.id].items():
            for begin, other in self._begins[earlier.id].items():
                if begin + n_units > start:
                    self.rows.add_bool_or([~order, ~literal, ~other])

    def _slots_of(self, sessions: Iterable[Session]) -> list[tuple[int, int, Literal]]:
        return [
            (start, start + self._n_units(session), literal)
            for session in sessions
            for start, literal in self._begins[session.id].items()
        ]

    def _one_at_a_time(
        self, slots: Sequence[tuple[int, int, Literal]], unless_dropped: Literal
    ) -> None:
        for unit in dict.fromkeys(start for start, _end, _literal in slots):
            there = [lit for start, end, lit in slots if start <= unit < end]
            if len(there) > 1:
                row = self.rows.add(sum(there) <= 1)
                row.only_enforce_if(unless_dropped)

    def _n_units(self, session: Session) -> int:
        return session.minutes // self.grid.timeline.unit
