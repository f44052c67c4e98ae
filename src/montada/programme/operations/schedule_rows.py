"""A published programme before it is taken in: which rows of it can be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from montada.framework import queries as framework
from montada.programme import queries
from montada.programme.adapters.schedule_values import Row, ScheduleBroken
from montada.programme.adapters.schedules import rows_of_schedule
from montada.programme.engine.timetable.importing import Published
from montada.programme.engine.values import LONGEST_SESSION, SHORTEST_SESSION
from montada.programme.operations.kinds import MinutesOutOfRange
from montada.programme.operations.placing import STEP_MINUTES, StartImpossible
from montada.programme.operations.schedule_facts import NO_FACTS, Facts, facts_of
from montada.programme.queries.timetables import ScheduleRefused, why_broken


@dataclass(frozen=True, slots=True)
class ReadRow:
    """
    A row that can be placed, or why it cannot.

    Attributes
    ----------
    key : what the session is known by in its programme; differs in every row
    starts : moment at which it begins here
    is_refused : whether the file has to be corrected; else the row is passed over
    facts : what of the session is kept in values of our own
    """

    number: int
    key: str = ""
    session: Published | None = None
    starts: datetime | None = None
    reason: str = ""
    is_refused: bool = False
    facts: Facts = NO_FACTS


def read_schedule(path: Path, edition: Any, *, is_moved: bool) -> list[ReadRow]:
    """
    Return the rows of a programme, as they would stand in an edition.

    With `is_moved` its first day becomes the edition's first day, and its hours stay
    those of its own clock; else moments of a table that have an offset are put by the
    edition's clock.

    Raises
    ------
    NoDays, ScheduleRefused
    montada.djangokit.spreadsheets.NotASpreadsheet and the refusals beside it
    """
    days = queries.days_of(edition)
    if not days:
        raise queries.NoDays
    try:
        rows = list(rows_of_schedule(path, None if is_moved else edition.zone).rows)
    except OSError as error:
        raise ScheduleRefused(why=error.strerror or error) from None
    except ScheduleBroken as broken:
        raise ScheduleRefused(why=why_broken(broken)) from None
    if not any(row.session or row.fault for row in rows):
        raise ScheduleRefused(why=why_broken(ScheduleBroken("", "no_events")))
    shift = _shift(rows, days, is_moved)
    goals = {goal.number for goal in framework.goals()}
    return list(_read(rows, _Placing(days, edition.zone, shift), goals))


@dataclass(frozen=True, slots=True)
class _Placing:
    days: Sequence[date]
    zone: tzinfo
    shift: timedelta


def _shift(rows: Sequence[Row], days: Sequence[date], is_moved: bool) -> timedelta:
    of_file = [row.session.day for row in rows if row.session]
    return days[0] - min(of_file) if is_moved and of_file else timedelta()


def _read(
    rows: Sequence[Row], placing: _Placing, goals: Collection[int]
) -> Iterator[ReadRow]:
    seen: Counter[str] = Counter()
    for row in rows:
        if row.fault is not None:
            yield ReadRow(row.number, row.id, None, None, why_broken(row.fault), True)
            continue
        if row.session is None:
            why = _("It has no room or no time, or was cancelled: it is passed over.")
            yield ReadRow(row.number, row.id, reason=why)
            continue
        key = row.session.guid or row.id
        seen[key] += 1
        key = f"{key}-{seen[key]}" if seen[key] > 1 else key
        starts, why = _placed(row.session, placing)
        facts, unknown = facts_of(row.session, goals)
        whole = " ".join([why, *unknown]).strip()
        is_refused = starts is None or bool(unknown)
        yield ReadRow(row.number, key, row.session, starts, whole, is_refused, facts)


def _placed(session: Published, placing: _Placing) -> tuple[datetime | None, str]:
    """Return when a session begins here, or why it cannot."""
    try:
        start = session.start + placing.shift
    except OverflowError:
        return None, _("This is no day of the edition.")
    if start.date() not in placing.days:
        return None, _("%(day)s is no day of the edition.") % {"day": start.date()}
    if not SHORTEST_SESSION <= session.minutes <= LONGEST_SESSION:
        return None, str(MinutesOutOfRange())
    if start.minute % STEP_MINUTES:
        return None, str(StartImpossible())
    starts = start.replace(tzinfo=placing.zone)
    if starts.astimezone(UTC).astimezone(placing.zone).replace(tzinfo=None) != start:
        return None, _("The clocks leave out this hour on that day.")
    return starts, ""
