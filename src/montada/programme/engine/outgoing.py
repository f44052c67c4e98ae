"""A released programme as it leaves: what files of other systems say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import NAMESPACE_URL, UUID, uuid5

from montada.language.engine.text import Shown


def guid_of(slug: str) -> UUID:
    """Return the name of a session that stays, whatever its host and language."""
    return uuid5(NAMESPACE_URL, f"montada:session:{slug}")


@dataclass(frozen=True, slots=True)
class OutgoingPerson:
    """
    Somebody who said that they speak.

    Attributes
    ----------
    key : number that stays
    name, sort_key : with what stands before it; without that, as lists sort it
    """

    key: int
    name: str
    sort_key: str
    position: str
    organisation: Shown


@dataclass(frozen=True, slots=True)
class OutgoingSession:
    """
    One session, in the words that one reader is shown.

    Attributes
    ----------
    key : number that stays
    starts, ends : on the forum's clock; None for stands, and where nobody says
    room, kind : "" where it has none
    lines, goals : codes, numbers
    links : title and address of each
    changed_in, changed_at : number of the release that last changed it, and when it did
        or the session was cancelled or its words changed; 0 and None for neither
    """

    key: int
    slug: str
    number: str
    title: Shown
    summary: Shown
    starts: datetime | None
    ends: datetime | None
    room: str
    kind: str
    mode: str
    languages: Sequence[str]
    lines: Sequence[str]
    goals: Sequence[int]
    organisers: Sequence[str]
    people: Sequence[OutgoingPerson]
    links: Sequence[tuple[str, str]]
    is_cancelled: bool
    changed_in: int
    changed_at: datetime | None
    url: str

    @property
    def guid(self) -> UUID:
        return guid_of(self.slug)

    @property
    def day(self) -> date | None:
        return self.starts.date() if self.starts else None

    @property
    def minutes(self) -> int:
        """How long it takes; 0 where nobody says."""
        if self.starts is None or self.ends is None:
            return 0
        # Moments on one clock are subtracted as that clock shows them.
        length = self.ends.timestamp() - self.starts.timestamp()
        return round(length / 60)


@dataclass(frozen=True, slots=True)
class OutgoingProgramme:
    """
    An edition's released programme.

    Attributes
    ----------
    timezone, zone : IANA name, and the same as a clock
    release, released_at : number and moment of the last release; 0 and None for none
    """

    slug: str
    title: str
    language: str
    venue: str
    timezone: str
    zone: tzinfo
    starts_on: date | None
    ends_on: date | None
    release: int
    released_at: datetime | None
    url: str
    sessions: Sequence[OutgoingSession]

    @property
    def held(self) -> list[OutgoingSession]:
        """Return what begins at a known time, in the order of the agenda."""
        return [s for s in self.sessions if s.starts and not s.is_cancelled]

    @property
    def days(self) -> list[date]:
        return sorted({s.starts.date() for s in self.held if s.starts})
