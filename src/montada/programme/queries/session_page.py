"""What the page of a session says that was planned here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from montada.audit import queries as audit
from montada.programme.choices import Feature, SeatState
from montada.programme.engine.releases import Change
from montada.programme.models import Release, Seat, Session, SessionImage
from montada.programme.queries.agenda import moments_of
from montada.programme.queries.proposals import runs_programme
from montada.programme.queries.release_words import sentence_of_change

ACCESS = (
    Feature.INTERPRETATION,
    Feature.CAPTIONING,
    Feature.SIGN_LANGUAGE,
    Feature.REMOTE,
    Feature.RECORDING,
    Feature.STEP_FREE,
)
"""What readers want to know of a session's needs; screens are for its planners."""


@dataclass(frozen=True, slots=True)
class ReleasedChange:
    """What a release did to a session, in words."""

    number: int
    released_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class PlannedFacts:
    """
    What is known of a planned session beside its own columns.

    Attributes
    ----------
    starts, ends : moments on the forum's clock; None where it has no time
    room_details : of its room, or None
    access : names of what it offers
    panel : seats of those who said that they speak, moderators first
    images : in the order in which they came
    n_asked : people who were asked and have not answered
    parts : all sessions of its series that are public, by their numbers
    changes : by release, the newest first
    """

    starts: datetime | None
    ends: datetime | None
    room_details: Any
    access: Sequence[str]
    panel: Sequence[Seat]
    images: Sequence[SessionImage]
    n_asked: int
    parts: Sequence[Session]
    changes: Sequence[ReleasedChange]


def planned_facts(session: Session) -> PlannedFacts | None:
    """
    Return what the page of a planned session says; None for one of former forums.

    Three queries, and one for a series.
    """
    edition = session.edition
    if edition is None or session.kind_id is None:
        return None
    starts, ends = moments_of(
        session.held_on, session.starts_at, session.ends_at, edition.zone
    )
    seats = list(
        Seat.objects.filter(session=session)
        .exclude(state=SeatState.DECLINED)
        .select_related("speaker__organisation", "speaker__country")
    )
    panel = [seat for seat in seats if seat.state == SeatState.CONFIRMED]
    return PlannedFacts(
        starts=starts,
        ends=ends,
        room_details=getattr(session.room, "details", None),
        access=[str(one.label) for one in ACCESS if one.value in session.needs],
        panel=sorted(panel, key=lambda seat: "mod" not in seat.role),
        images=list(SessionImage.objects.filter(session=session)),
        n_asked=len(seats) - len(panel),
        parts=_parts(session),
        changes=[
            ReleasedChange(number, released_at, sentence_of_change(change))
            for number, released_at, change in _changes(edition).get(session.slug, ())
        ],
    )


def session_to_describe(edition: Any, slug: str) -> Session | None:
    """Return a session of an edition, released or not. Two queries."""
    rows = Session.objects.select_related("edition", "proposal")
    rows = rows.prefetch_related("organisers").filter(kind__isnull=False)
    row: Session | None = rows.filter(edition=edition, slug=slug).first()
    return row


def holds_session(person: Any, session: Session) -> bool:
    """Return whether a planned session is somebody's, or their organisation's."""
    if not person.is_authenticated:
        return False
    proposal = session.proposal
    return bool(proposal and proposal.submitted_by_id == person.pk) or any(
        one.pk == person.organisation_id for one in session.organisers.all()
    )


def may_describe(person: Any, session: Session) -> bool:
    """Return whether somebody says what a session's page says: who holds or runs it."""
    return holds_session(person, session) or runs_programme(person, session.edition)


def _parts(session: Session) -> list[Session]:
    if session.series_id is None:
        return []
    parts = Session.objects.public().filter(series=session.series_id)
    return list(parts.order_by("part", "held_on", "starts_at", "pk"))


@audit.remembered("programme.")
def _changes(edition: Any) -> Mapping[str, list[tuple[int, datetime, Change]]]:
    """Return by session what each release did to it, the newest first. One query."""
    releases = Release.objects.filter(edition=edition).order_by("-number")
    found = defaultdict(list)
    columns = ("number", "released_at", "changes")
    for number, released_at, changes in releases.values_list(*columns):
        for stored in changes:
            change = Change.from_json(stored)
            found[change.session].append((number, released_at, change))
    return dict(found)
