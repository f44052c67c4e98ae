"""Setting where sessions of an edition take place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import queries
from montada.edition.engine.values import RoomPlan
from montada.edition.models import Edition, Room
from montada.edition.operations.editions import locked
from montada.language.engine.harmless import harmless_text


class RoomUnknown(Refusal):
    code = "edition.room_unknown"
    message = _("This edition has no such room.")


class RoomChangedMeanwhile(Refusal):
    code = "edition.room_changed_meanwhile"
    message = _(
        "Somebody has changed this room meanwhile. Look at it again, then save once "
        "more what is to be."
    )


@transaction.atomic
def set_room(
    *,
    edition_id: int,
    room: RoomPlan,
    room_id: int | None = None,
    seen: int | None = None,
    set_by: AbstractBaseUser | None,
    at: datetime,
) -> Room:
    """
    Add a room or link to an edition, or change the one with `room_id`.

    Parameters
    ----------
    seen : number of the last decision about it that the person knows of; None where
        nobody asks

    Raises
    ------
    EditionUnknown, RoomUnknown, RoomChangedMeanwhile
    """
    edition = locked(edition_id)
    row = _found(edition, room_id) if room_id else Room(edition=edition)
    if room_id and seen is not None and queries.last_decision_about_room(row) > seen:
        raise RoomChangedMeanwhile
    before = told(row) if room_id else None
    row.name, row.seats, row.order = harmless_text(room.name), room.seats, room.order
    row.is_online, row.join_url = room.is_online, room.join_url
    if told(row) == before:
        return row
    row.save()
    audit.record(
        action="edition.room_set",
        actor=set_by,
        subject=edition,
        at=at,
        details={"room": row.pk, "before": before, "after": told(row)},
    )
    return row


@transaction.atomic
def remove_room(
    *, edition_id: int, room_id: int, removed_by: AbstractBaseUser, at: datetime
) -> None:
    """
    Take a room out of an edition.

    Raises
    ------
    EditionUnknown, RoomUnknown
    """
    edition = locked(edition_id)
    room = _found(edition, room_id)
    details = {"room": room.pk, "before": told(room)}
    room.delete()
    audit.record(
        action="edition.room_removed",
        actor=removed_by,
        subject=edition,
        at=at,
        details=details,
    )


def _found(edition: Edition, room_id: int) -> Room:
    room = edition.rooms.filter(pk=room_id).first()
    if room is None:
        raise RoomUnknown
    return room


def told(room: Room) -> dict[str, Any]:
    """Return a room as the trail keeps it."""
    return {
        "name": room.name.as_json(),
        "seats": room.seats,
        "is_online": room.is_online,
        "join_url": room.join_url,
        "order": room.order,
    }
