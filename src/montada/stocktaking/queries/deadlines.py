"""Until when something may be done: by the edition's clock and by the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from montada.stocktaking.queries.rules import RegisterAt

if TYPE_CHECKING:
    from montada.edition.models import Edition


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last minute in which something may be done."""

    ends_at: datetime
    """By the edition's clock."""
    ends_here_at: datetime | None
    """By the reader's own clock; None where it shows the same or is not known."""
    edition: Edition | None
    days_left: int
    """Whole days by the edition's calendar; 0 on the last day, negative after it."""


def deadline(
    due_on: date | None, *, reader: Any, register: RegisterAt
) -> Deadline | None:
    """Return the deadline at the end of `due_on` for somebody's eyes; None without."""
    if due_on is None:
        return None
    ends_at = register.end_of(due_on)
    return Deadline(
        ends_at=ends_at,
        ends_here_at=_by_own_clock(ends_at, getattr(reader, "timezone", "")),
        edition=register.edition,
        days_left=(due_on - register.today).days,
    )


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """A moment by the edition's clock, and by the reader's where that differs."""

    at: datetime
    here_at: datetime | None
    edition: Edition | None


def on_two_clocks(moment: datetime, *, reader: Any, register: RegisterAt) -> TwoClocks:
    at = moment.astimezone(register.zone)
    return TwoClocks(
        at, _by_own_clock(at, getattr(reader, "timezone", "")), register.edition
    )


def _by_own_clock(moment: datetime, zone: str) -> datetime | None:
    if not zone:
        return None
    own = moment.astimezone(ZoneInfo(zone))
    return None if own.utcoffset() == moment.utcoffset() else own
