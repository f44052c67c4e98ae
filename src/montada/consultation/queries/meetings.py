"""Meetings of a consultation, and what was said in their rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from montada.consultation.models import ConsultationMeeting, Contribution
from montada.participation import queries as people

if TYPE_CHECKING:
    from montada.edition.models import Edition


@dataclass(frozen=True, slots=True)
class MeetingRow:
    meeting: ConsultationMeeting
    starts: people.TwoClocks
    ends: people.TwoClocks


def meetings_of(of: Edition, reader: Any) -> list[MeetingRow]:
    """Return an edition's meetings, the earliest first. One query."""
    rows = ConsultationMeeting.objects.filter(edition=of).select_related("edition")
    return [meeting_row(row, reader) for row in rows]


def meeting(pk: int) -> ConsultationMeeting | None:
    return ConsultationMeeting.objects.select_related("edition").filter(pk=pk).first()


def meeting_row(row: ConsultationMeeting, reader: Any) -> MeetingRow:
    zone = row.edition.zone
    return MeetingRow(
        row,
        people.on_two_clocks(row.starts_at, zone=zone, reader=reader),
        people.on_two_clocks(row.ends_at, zone=zone, reader=reader),
    )


def said_in_room(of: ConsultationMeeting) -> list[Contribution]:
    """Return the public contributions that were made in the room of a meeting."""
    rows = Contribution.objects.public().filter(meeting=of)
    return list(rows.select_related("call").order_by("pk"))
