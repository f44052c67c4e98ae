"""An agenda narrowed, by days of any clock, and in groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.language.engine.text import OWN_NAMES
from montada.programme.engine.day_table import Row, Spot, day_table
from montada.programme.queries.agenda import (
    OF_NO_PLACE,
    Agenda,
    AgendaSession,
    people_of_agenda,
    words_of_agenda,
)

AGENDA_FACETS = ("line", "goal", "kind", "room", "language")
LONGEST_TEXT = 200
"""Characters of a search that are read."""
SOON = timedelta(minutes=90)
"""What begins within it is next."""

Sessions = Sequence[AgendaSession]


def values_of(session: AgendaSession, facet: str) -> tuple[str, ...]:
    """Return what a session has of a facet, as addresses say it."""
    if facet == "line":
        return session.lines
    if facet == "goal":
        return tuple(map(str, session.goals))
    if facet == "language":
        return session.languages
    return (session.kind,) if facet == "kind" else (str(session.room),)


def narrowed_agenda(
    edition: Any, agenda: Agenda, choice: Mapping[str, str]
) -> list[AgendaSession]:
    """
    Return the sessions that have everything of a choice.

    Parameters
    ----------
    choice : facet to value, and "text" to words that all must be found; empty values
        choose nothing, those that no session has leave nothing
    """
    left = list(agenda.sessions)
    for facet in AGENDA_FACETS:
        if value := choice.get(facet):
            left = [session for session in left if value in values_of(session, facet)]
    keys = folded(choice.get("text", "")[:LONGEST_TEXT]).split()
    if keys:
        said = words_of_agenda(edition)
        left = [s for s in left if all(key in said[s.pk] for key in keys)]
    return left


def offered_values(agenda: Agenda) -> dict[str, dict[str, Any]]:
    """Return by facet the values that any session has, in their order, with names."""
    used: dict[str, set[str]] = {
        facet: {v for row in agenda.sessions for v in values_of(row, facet)}
        for facet in AGENDA_FACETS
    }
    lines = {line.code: line for line in framework.action_lines()}
    goals = {str(goal.number): goal for goal in framework.goals()}
    rooms = {str(pk): name for pk, name in agenda.rooms.items()}
    names: dict[str, Mapping[str, Any]] = {
        "line": lines,
        "goal": goals,
        "kind": agenda.kinds,
        "room": rooms,
        "language": OWN_NAMES,
    }
    return {
        facet: {value: name for value, name in named.items() if value in used[facet]}
        for facet, named in names.items()
    }


def day_in(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def agenda_days(sessions: Iterable[AgendaSession], zone: tzinfo) -> list[date]:
    """Return the days on which something begins, by the clock of `zone`."""
    return sorted({day_in(row.starts, zone) for row in sessions if row.starts})


def by_day_in(sessions: Sessions, zone: tzinfo) -> list[tuple[date, Sessions]]:
    """Return what has hours under the day on which it begins by the clock of `zone`."""
    days: dict[date, list[AgendaSession]] = defaultdict(list)
    for session in sessions:
        if session.starts is not None:
            days[day_in(session.starts, zone)].append(session)
    return sorted(days.items())


def by_value(
    sessions: Sessions, facet: str, names: Mapping[str, Any]
) -> list[tuple[Any, Sessions]]:
    """
    Return sessions under the name of each value they have; None for those without any.

    Parameters
    ----------
    names : of the values, in the order of the groups
    """
    groups: dict[str, list[AgendaSession]] = defaultdict(list)
    for session in sessions:
        for value in values_of(session, facet):
            groups[value].append(session)
    rest = [s for s in sessions if names.keys().isdisjoint(values_of(s, facet))]
    named: list[tuple[Any, Sessions]] = [
        (name, groups[value]) for value, name in names.items() if value in groups
    ]
    return [*named, (None, rest)] if rest else named


def by_person(edition: Any, sessions: Sessions) -> list[tuple[Any, Sessions]]:
    """Return sessions under each of their speakers, by name."""
    rows = {row.pk: row for row in sessions}
    people = people_of_agenda(edition)
    found = (
        (person, [row for pk, row in rows.items() if pk in person.sessions])
        for person in people
        if not rows.keys().isdisjoint(person.sessions)
    )
    return list(found)


@dataclass(frozen=True, slots=True)
class DayTable:
    """
    A day by rooms.

    Attributes
    ----------
    columns : numbers of rooms, in the order of the edition
    rows : what begins when, in cells
    """

    columns: Sequence[int]
    rows: Sequence[Row[AgendaSession]]


def table_of(sessions: Sessions, agenda: Agenda) -> DayTable:
    """Return the rooms that a day needs, and when what is in them."""
    spots = [
        Spot(row, row.room, row.starts, row.ends)
        for row in sessions
        if row.starts is not None and row.ends is not None
    ]
    taken = {spot.column for spot in spots}
    rooms = [room for room in (*agenda.rooms, OF_NO_PLACE) if room in taken]
    return DayTable(rooms, day_table(spots, rooms))


def now_and_next(sessions: Sessions, at: datetime) -> tuple[Sessions, Sessions]:
    """
    Return what is on at a moment, and what begins soon.

    Where nothing begins soon, what begins first after it.
    """
    held = [s for s in sessions if s.can_be_attended and s.starts and s.ends]
    on_now = [s for s in held if s.starts and s.ends and s.starts <= at < s.ends]
    later = [s for s in held if s.starts and s.starts > at]
    first = min((s.starts for s in later if s.starts), default=at)
    until = max(first, at + SOON)
    return on_now, [s for s in later if s.starts and s.starts <= until]
