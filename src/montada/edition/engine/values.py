"""What is given to operations as one thing: an edition's facts, a phase, a room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from montada.language.engine.text import NO_TEXT, LocalizedText

HOME_ZONE = "Europe/Zurich"
"""The time zone of Geneva (IANA), where the forum has met since 2009."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """
    What is known of one year's forum; the default of everything else is unknown.

    `country_id` is an ISO 3166 alpha-3 code; `mode` a stored value of `choices.Mode`;
    `ends_on` the last day, included.
    """

    slug: str
    year: int
    name: LocalizedText
    theme: LocalizedText = NO_TEXT
    starts_on: date | None = None
    ends_on: date | None = None
    timezone: str = HOME_ZONE
    city: LocalizedText = NO_TEXT
    country_id: str | None = None
    venue: LocalizedText = NO_TEXT
    mode: str = ""
    online_url: str = ""
    organisers: list[str] = field(default_factory=list)
    participants: int | None = None
    participants_basis: str = ""
    n_countries: int | None = None
    n_sessions: int | None = None
    sources: list[str] = field(default_factory=list)
    notes: str = ""
    is_made_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasePlan:
    """
    When a phase is open: from `opens_at` up to, not including, `closes_at`.

    `kind` is a stored value of `choices.PhaseKind`; both moments know their zone.
    """

    kind: str
    name: LocalizedText
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPlan:
    """A place of sessions; `order` puts rooms in a row on pages and timetables."""

    name: LocalizedText
    seats: int | None = None
    is_online: bool = False
    join_url: str = ""
    order: int = 0
