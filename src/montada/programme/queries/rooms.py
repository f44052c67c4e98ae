"""Rooms of an edition with what the programme needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montada.audit import queries as audit
from montada.edition import queries as editions
from montada.programme.choices import Feature, Layout
from montada.programme.models import RoomDetails


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room of the edition, and its details: unsaved defaults where none were set."""

    room: Any
    details: RoomDetails

    @property
    def layout_name(self) -> str:
        return str(Layout(self.details.layout).label) if self.details.layout else ""

    @property
    def feature_names(self) -> list[str]:
        return [str(Feature(f).label) for f in self.details.features if f in Feature]


def room_rows(edition: Any) -> list[RoomRow]:
    """Return an edition's rooms in its order. Two queries."""
    details = {d.room_id: d for d in RoomDetails.objects.filter(room__edition=edition)}
    return [
        RoomRow(room, details.get(room.pk) or RoomDetails(room=room))
        for room in editions.rooms_of(edition)
    ]


def last_decision_about_room(room: Any) -> int:
    """Return the number of the last decision about a room, its seats too; 0: none."""
    entries = audit.entries_about(room.edition).filter(
        action="programme.room_details_set", details__room=room.pk
    )
    last = entries.values_list("pk", flat=True).first() or 0
    return max(last, editions.last_decision_about_room(room))


def room_row(edition: Any, pk: int) -> RoomRow | None:
    """Return one room of an edition with its details."""
    return next((row for row in room_rows(edition) if row.room.pk == pk), None)
