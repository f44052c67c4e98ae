"""Rows and values of published programmes, whichever file they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from typing import Any

from montada.programme.engine.timetable.fields import FIRST_YEAR, LAST_YEAR
from montada.programme.engine.timetable.importing import Published


class ScheduleBroken(ValueError):
    """
    A programme that cannot be read: where, and which fault.

    `name` is one of `no_columns`, `not_xml`, `no_events`, `too_many`, `not_json`,
    `not_a_start`, `not_a_length`, `not_text`, `too_large`.
    """

    def __init__(self, where: str, name: str) -> None:
        super().__init__(f"{where}: {name}")
        self.where = where
        self.name = name


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row or event of a programme.

    Without `session` it does not take place anywhere (an announcement, a stand, a
    cancelled session), or, with `fault`, cannot be read.
    """

    number: int
    id: str
    session: Published | None = None
    fault: ScheduleBroken | None = None


@dataclass(frozen=True, slots=True)
class ScheduleRows:
    """A programme row by row, and its time zone if it says so."""

    rows: Iterator[Row]
    timezone: str = ""


def row_of(number: int, name: str, read: Callable[[], Published | None]) -> Row:
    try:
        session = read()
    except ScheduleBroken as fault:
        return Row(number, name, fault=fault)
    # A row without a length is an announcement, not something that takes place.
    if session is None or session.minutes <= 0 or not session.room:
        return Row(number, name)
    return Row(number, name, replace(session, row=number))


def day_in(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def clock_in(value: str) -> time | None:
    try:
        return time.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def object_in(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def objects_in(value: Any) -> list[Mapping[str, Any]]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def said(value: object) -> str:
    """Return a value as words; JSON may name halves of letters, no file holds them."""
    return str(value or "").encode("utf-8", "ignore").decode().strip()


def unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.strip() for v in values if v.strip()))


def moment_in(value: str, where: str, zone: tzinfo | None = None) -> datetime:
    """
    Return a moment by the clock of the place.

    One that has an offset is put by the clock of `zone`; where no zone is known, the
    offset is taken for that of the place, and dropped.
    """
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ScheduleBroken(where, "not_a_start") from None
    moment = in_time(moment, where)
    if zone is not None and moment.tzinfo is not None:
        moment = in_time(moment.astimezone(zone), where)
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def in_time(moment: datetime, where: str) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ScheduleBroken(where, "not_a_start")
    return moment
