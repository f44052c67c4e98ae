"""Until when something may be done: by the edition's clock and by the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from montada.participation import queries as people
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
        ends_here_at=people.on_two_clocks(
            ends_at, zone=register.zone, reader=reader
        ).here_at,
        edition=register.edition,
        days_left=(due_on - register.today).days,
    )
