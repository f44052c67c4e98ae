"""What a large step would do, said exactly before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from montada.edition.engine.shift import (
    keeps_clock,
    shifted_day,
    shifted_moment,
    whole_days,
)
from montada.edition.models import Edition, Phase, Room
from montada.edition.queries.editions import rooms_of, terms_of
from montada.edition.queries.phases import phases_of
from montada.language.engine.text import NO_TEXT, LocalizedText

What = Literal["first_day", "last_day", "opens", "closes"]


@dataclass(frozen=True, slots=True)
class MovedMoment:
    """One old moment and its new one; `phase` is empty for days of the forum itself."""

    what: What
    phase: LocalizedText
    old: date
    new: date

    @property
    def has_clock(self) -> bool:
        return isinstance(self.old, datetime)

    @property
    def keeps_clock(self) -> bool:
        """False where the new day's clocks jump over that hour."""
        if isinstance(self.old, datetime) and isinstance(self.new, datetime):
            return keeps_clock(self.old, self.new)
        return True


@dataclass(frozen=True, slots=True)
class ShiftedPhase:
    """A phase of the source and its moments in the copy, in the edition's zone."""

    phase: Phase
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """What copying an edition to another first day would make of every date."""

    days: int
    starts_on: date
    ends_on: date | None
    moments: tuple[MovedMoment, ...]
    phases: tuple[ShiftedPhase, ...]
    n_rooms: int
    n_terms: int

    @property
    def keeps_weekdays(self) -> bool:
        return self.days % 7 == 0


def copy_preview(*, source: Edition, starts_on: date) -> CopyPreview | None:
    """
    Return every old → new moment of a copy that starts on `starts_on`.

    `None` if the source's own first day is unknown: there is nothing to count from.
    """
    if source.starts_on is None:
        return None
    days = whole_days(source.starts_on, starts_on)
    ends_on = source.ends_on and shifted_day(source.ends_on, days)
    phases = tuple(_shifted(source, phase, days) for phase in phases_of(source))
    moments = [MovedMoment("first_day", NO_TEXT, source.starts_on, starts_on)]
    if source.ends_on and ends_on:
        moments.append(MovedMoment("last_day", NO_TEXT, source.ends_on, ends_on))
    for shifted in phases:
        moments += _moments(source, shifted)
    return CopyPreview(
        days=days,
        starts_on=starts_on,
        ends_on=ends_on,
        moments=tuple(moments),
        phases=phases,
        n_rooms=rooms_of(source).count(),
        n_terms=len(terms_of(source)),
    )


def _shifted(source: Edition, phase: Phase, days: int) -> ShiftedPhase:
    return ShiftedPhase(
        phase,
        shifted_moment(phase.opens_at, days, source.zone),
        shifted_moment(phase.closes_at, days, source.zone),
    )


def _moments(source: Edition, shifted: ShiftedPhase) -> list[MovedMoment]:
    phase, zone = shifted.phase, source.zone
    opens, closes = phase.opens_at.astimezone(zone), phase.closes_at.astimezone(zone)
    return [
        MovedMoment("opens", phase.name, opens, shifted.opens_at),
        MovedMoment("closes", phase.name, closes, shifted.closes_at),
    ]


@dataclass(frozen=True, slots=True)
class OnlinePreview:
    """What moving online would do: what is given up, and which rooms become links."""

    city: LocalizedText
    venue: LocalizedText
    rooms: tuple[Room, ...]

    @property
    def n_without_link(self) -> int:
        return sum(1 for room in self.rooms if not room.join_url)


def online_preview(edition: Edition) -> OnlinePreview:
    """Return what moving this edition online would change."""
    rooms = tuple(rooms_of(edition).filter(is_online=False))
    return OnlinePreview(edition.city, edition.venue, rooms)
