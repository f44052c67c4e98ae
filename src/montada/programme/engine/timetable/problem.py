"""
What is to be put on a timetable: the values, as a problem file says them.

All moments are local to the edition and naive; an interval's end is excluded. Nothing
here is derived: the solver compiles these values to bits (`grid`), the checker reads
them as they are (`checker`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Literal

Interval = tuple[datetime, datetime]
Half = Literal["morning", "afternoon"]

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "seats_over": 1,
        "wrong_day": 4,
        "same_track_parallel": 3,
        "popular_parallel": 2,
        "unsocial_hours": 5,
        "track_spread": 1,
        "room_change": 1,
        "changed_since_release": 10,
        "unplaced": 1000,
    }
)
"""Label of each soft constraint, and its weight where a problem gives no weights."""

WEIGHT_UNIT = 1_000
"""Weights are kept as whole thousandths."""
POPULAR_UNIT = 100
"""`popular` is kept as whole hundredths."""
COUNT_UNIT = POPULAR_UNIT**2
"""Counts are kept as whole ten-thousandths: two popularities multiplied."""
NOON = 12
"""Hour before which a session begins in the morning."""
SOCIAL_HOURS = (7, 22)
"""Hours of a remote person's own clock within which a session should lie."""


@dataclass(frozen=True, slots=True)
class Day:
    """One date of the forum; hours that the clock leaves out count as breaks."""

    on: date
    opens: datetime
    closes: datetime
    breaks: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """`seats` None: no limit. `opens` None: as the day; else only then."""

    id: str
    seats: int | None = None
    features: frozenset[str] = frozenset()
    closed: tuple[Interval, ...] = ()
    opens: tuple[Interval, ...] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """`zone` None: the edition's. `available` None: always."""

    id: str
    zone: tzinfo | None = None
    remote: bool = False
    available: tuple[Interval, ...] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """`people`, `after` and `not_with` are ids; `popular` is in hundredths."""

    id: str
    minutes: int
    people: tuple[str, ...] = ()
    tracks: frozenset[str] = frozenset()
    kind: str = ""
    audience: int = 0
    needs: frozenset[str] = frozenset()
    fixed_room: str | None = None
    fixed_start: datetime | None = None
    wanted_days: frozenset[date] = frozenset()
    wanted_half: Half | None = None
    after: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    popular: int = 0

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where and when a session is: ids and the local start."""

    session: str
    room: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Everything that a timetable must keep to; ids are unique and known.

    Attributes
    ----------
    weights : label of each soft constraint -> whole thousandths, 0 or more
    released : what was published before; may name sessions and rooms that are gone
    """

    zone: tzinfo
    unit_minutes: int
    days: tuple[Day, ...]
    rooms: tuple[Room, ...]
    people: tuple[Person, ...]
    sessions: tuple[Session, ...]
    weights: Mapping[str, int]
    released: tuple[Placement, ...] = ()
