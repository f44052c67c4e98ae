"""A day of a plan as a table: rows of time, columns of rooms; and what has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from montada.edition import queries as editions
from montada.framework import queries as framework
from montada.language.engine.text import NO_TEXT, LocalizedText
from montada.programme.choices import Level
from montada.programme.engine.timetable.intervals import meets
from montada.programme.engine.timetable.problem import Day, Problem
from montada.programme.models import Plan
from montada.programme.queries.conflicts import (
    Conflict,
    by_session,
    conflicts_in,
    reasons_in,
)
from montada.programme.queries.hours import local
from montada.programme.queries.planning import pinned
from montada.programme.queries.standing import Standing, standing_of

LABELLED = 30
"""Minutes: rows at full ones show their time."""


@dataclass(frozen=True, slots=True)
class Card:
    """
    One session as the table shows it.

    Attributes
    ----------
    lines : its action lines, in their order
    colour : number of the first of them, from 1; 0 without any
    starts, ends : local; None where it has no place
    conflicts : its own, the heaviest first
    reasons : why it has no place; empty where nothing keeps it out
    """

    slug: str
    title: LocalizedText
    minutes: int
    lines: tuple[Any, ...]
    colour: int
    room: str = ""
    room_name: LocalizedText = NO_TEXT
    starts: datetime | None = None
    ends: datetime | None = None
    is_locked: bool = False
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        """The level of its heaviest conflict that is more than a warning."""
        heavy = (c.level for c in self.conflicts if c.level != Level.WARNING)
        return next(heavy, "")

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label) if self.level else ""

    @property
    def n_warnings(self) -> int:
        return sum(one.level == Level.WARNING for one in self.conflicts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a room: free, or what is there; several where they overlap."""

    room: str
    n_rows: int = 1
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of time; `cells` are those that begin in it."""

    at: datetime
    is_labelled: bool
    is_break: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """
    One day of a plan.

    Attributes
    ----------
    rooms : number and name of each column
    rows : from when the day opens to when it closes, or beyond for what is there
    unplaced : of all days
    conflicts : whatever is more than a warning, of all days
    warnings : of what is on this day
    problem : what the solver is given: what is locked stays
    all_rooms, sessions : what a form can choose from: number or slug, and name
    chosen : the session that was asked for
    """

    day: date
    days: Sequence[date]
    rooms: Sequence[tuple[str, LocalizedText]]
    rows: Sequence[Row]
    unplaced: Sequence[Card]
    conflicts: Sequence[Conflict]
    warnings: Sequence[Conflict]
    n_placed: int
    n_sessions: int
    unit_minutes: int
    problem: Problem
    all_rooms: Sequence[tuple[str, LocalizedText]]
    sessions: Sequence[tuple[str, LocalizedText]]
    chosen: Card | None


def board_of(
    plan: Plan, *, day: date | None = None, room: str = "", session: str = ""
) -> Board:
    """
    Return one day of a plan; the first one unless `day` is a day of it.

    Parameters
    ----------
    room : number of the only room to show; any other text for all
    session : slug of the session that somebody looks at; any other text for none

    Raises
    ------
    NoDays
    """
    standing = standing_of(plan)
    problem, names = standing.problem, standing.names
    conflicts = conflicts_in(standing)
    cards = _with_reasons(_cards(standing, by_session(conflicts)), standing)
    days = [one.on for one in problem.days]
    shown = problem.days[days.index(day) if day in days else 0]
    all_rooms = [
        (r.id, names.rooms[r.id]) for r in problem.rooms if r.id in names.rooms
    ]
    rooms = [one for one in all_rooms if one[0] == room] or all_rooms
    here = [c for c in cards if c.starts is not None and c.starts.date() == shown.on]
    slugs = {card.slug for card in here}
    return Board(
        day=shown.on,
        days=days,
        rooms=rooms,
        rows=list(_rows(shown, problem.unit_minutes, here, rooms)),
        unplaced=[card for card in cards if card.starts is None],
        conflicts=[one for one in conflicts if one.level != Level.WARNING],
        warnings=[
            one
            for one in conflicts
            if one.level == Level.WARNING and not slugs.isdisjoint(one.sessions)
        ],
        n_placed=sum(card.starts is not None for card in cards),
        n_sessions=len(cards),
        unit_minutes=problem.unit_minutes,
        problem=pinned(problem, standing.rows),
        all_rooms=all_rooms,
        sessions=[(card.slug, card.title) for card in cards],
        chosen=next((card for card in cards if card.slug == session), None),
    )


def rooms_to_place(plan: Plan) -> list[tuple[int, LocalizedText]]:
    """Return number and name of every room that a plan may use. One query."""
    return [(room.pk, room.name) for room in editions.rooms_of(plan.edition)]


def _cards(
    standing: Standing, conflicts: Mapping[str, Sequence[Conflict]]
) -> Iterator[Card]:
    placed = {row.session.slug: row for row in standing.rows}
    lines = {line.code: line for line in framework.action_lines()}
    for session in standing.problem.sessions:
        row = placed.get(session.id)
        starts = local(row.starts_at, standing.problem.zone) if row else None
        room = str(row.room_id) if row else ""
        about = sorted(
            (lines[code] for code in session.tracks), key=lambda line: line.order
        )
        yield Card(
            slug=session.id,
            title=standing.names.sessions[session.id],
            minutes=session.minutes,
            lines=tuple(about),
            colour=about[0].order if about else 0,
            room=room,
            room_name=standing.names.rooms.get(room, NO_TEXT),
            starts=starts,
            ends=starts + session.length if starts else None,
            is_locked=bool(row and row.is_locked),
            conflicts=tuple(conflicts.get(session.id, ())),
        )


def _with_reasons(cards: Iterable[Card], standing: Standing) -> list[Card]:
    all_cards = list(cards)
    if all(card.starts is not None for card in all_cards):
        return all_cards
    reasons = reasons_in(standing)
    return [
        replace(card, reasons=tuple(reasons.get(card.slug, ())))
        if card.starts is None
        else card
        for card in all_cards
    ]


def _rows(
    day: Day,
    unit_minutes: int,
    cards: Sequence[Card],
    rooms: Sequence[tuple[str, LocalizedText]],
) -> Iterator[Row]:
    unit = timedelta(minutes=unit_minutes)
    starts = [card.starts for card in cards if card.starts]
    ends = [card.ends for card in cards if card.ends]
    first = min([day.opens, *starts])
    first = day.opens + (first - day.opens) // unit * unit
    n_rows = -((first - max([day.closes, *ends])) // unit)
    columns = {
        room: _stretches([c for c in cards if c.room == room], first, unit)
        for room, _name in rooms
    }
    for number in range(n_rows):
        at = first + number * unit
        yield Row(
            at=at,
            is_labelled=at.minute % LABELLED == 0,
            is_break=any(meets((at, at + unit), pause) for pause in day.breaks),
            cells=tuple(_cells(columns, number)),
        )


Stretches = Mapping[int, tuple[int, tuple[Card, ...]]]
"""First row -> row after the last, and what is there."""


def _stretches(cards: Sequence[Card], first: datetime, unit: timedelta) -> Stretches:
    """Return where a room is taken; sessions that overlap in rows become one."""
    spans = []
    for card in cards:
        if card.starts is not None and card.ends is not None:
            start = (card.starts - first) // unit
            spans.append((start, -((first - card.ends) // unit), card))
    found: dict[int, tuple[int, tuple[Card, ...]]] = {}
    begun = 0
    for start, end, card in sorted(spans, key=lambda span: span[:2]):
        if found and start < found[begun][0]:
            until, held = found[begun]
            found[begun] = max(until, end), (*held, card)
        else:
            begun = start
            found[begun] = end, (card,)
    return found


def _cells(columns: Mapping[str, Stretches], number: int) -> Iterator[Cell]:
    for room, stretches in columns.items():
        if number in stretches:
            end, cards = stretches[number]
            yield Cell(room, end - number, cards)
        elif not any(start < number < end for start, (end, _c) in stretches.items()):
            yield Cell(room)
