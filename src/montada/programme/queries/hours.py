"""When an edition and its rooms are open, in its own local time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.engine.timetable.fields import Fault, moment_of, on_day
from montada.programme.engine.timetable.problem import Day, Interval
from montada.programme.engine.timetable.reading import clock_changes
from montada.programme.queries.rules import days_of

if TYPE_CHECKING:
    from montada.programme.models import ProgrammeRules, RoomDetails


class NoDays(Refusal):
    code = "programme.no_days"
    message = _(
        "The edition has no day on which anything could be placed: set its first and "
        "last day, and its hours."
    )


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment as the clock of a place shows it, naive."""
    return moment.astimezone(zone).replace(tzinfo=None)


def open_days_of(edition: Any, rules: ProgrammeRules) -> tuple[Day, ...]:
    """
    Return the days on which sessions may be, with their hours and breaks.

    Raises
    ------
    NoDays
    """
    usual = [f"{rules.opens:%H:%M}", f"{rules.closes:%H:%M}"]
    days = []
    for on in days_of(edition):
        open_from = interval_of(on, rules.hours.get(f"{on}", usual))
        if open_from is not None:
            breaks = (interval_of(on, pair) for pair in rules.breaks)
            odd = clock_changes(on, edition.zone)
            pauses = tuple(pause for pause in breaks if pause is not None)
            days.append(Day(on, *open_from, pauses + odd))
    if not days:
        raise NoDays
    return tuple(days)


def interval_of(on: date, pair: Any) -> Interval | None:
    """Return the hours `["09:00", "18:00"]` of a date; None where it is closed."""
    try:
        start, end = (on_day(on, hour, "") for hour in pair)
    except (Fault, TypeError, ValueError):
        return None
    return (start, end) if start < end else None


def opens_of(
    details: RoomDetails | None, days: Sequence[Day]
) -> tuple[Interval, ...] | None:
    """Return a room's own hours on each day; None where it keeps to the days'."""
    own: Mapping[str, Any] = details.hours if details else {}
    if not own:
        return None
    kept = (
        interval_of(day.on, own[f"{day.on}"])
        if f"{day.on}" in own
        else (day.opens, day.closes)
        for day in days
    )
    return tuple(interval for interval in kept if interval is not None)


def closed_of(details: RoomDetails | None) -> tuple[Interval, ...]:
    """Return the times at which a room is not to be had."""
    return tuple(_pairs(details.closed)) if details else ()


def _pairs(pairs: Sequence[Any]) -> Iterator[Interval]:
    for pair in pairs:
        try:
            start, end = (moment_of(moment, "") for moment in pair)
        except (Fault, TypeError, ValueError):
            continue
        yield start, end
