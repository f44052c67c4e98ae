"""What was decided about an edition, and what may still be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from montada.audit import queries as audit
from montada.edition.models import Edition, Room

UNDO_OF = {
    "edition.copied": "edition.copy_undone",
    "edition.moved_online": "edition.move_undone",
}
"""Decisions that can be taken back, and what the trail calls doing so."""

_SAID: dict[str, Promise] = {
    "edition.loaded": _("Loaded from the published facts"),
    "edition.opened": _("Edition opened"),
    "edition.copied": _("Copied from an earlier edition, all dates shifted"),
    "edition.moved_online": _("Moved online"),
    "edition.copy_undone": _("A copy was taken back"),
    "edition.move_undone": _("The move online was taken back"),
    "edition.phase_set": _("Phase set"),
    "edition.phase_removed": _("Phase removed"),
    "edition.room_set": _("Room set"),
    "edition.room_removed": _("Room removed"),
    "edition.term_set": _("Word set"),
    "edition.term_removed": _("Word removed"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the trail, for a page."""

    entry_id: int
    action: str
    said: str
    actor: str
    """Empty where the forum acted by itself."""
    happened_at: datetime
    """In the edition's time zone."""
    can_be_undone: bool
    is_undone: bool


def decisions_of(edition: Edition) -> list[Decision]:
    """Return what was decided about an edition, newest first. One query."""
    entries = list(audit.entries_about(edition))
    # What was taken back and stays is in its own trail; a copy taken back is gone.
    undone = {entry.details.get("undoes") for entry in entries}
    return [
        Decision(
            entry_id=entry.pk,
            action=entry.action,
            said=str(_SAID.get(entry.action, entry.action)),
            actor=str(entry.actor or ""),
            happened_at=entry.happened_at.astimezone(edition.zone),
            can_be_undone=entry.action in UNDO_OF and entry.pk not in undone,
            is_undone=entry.pk in undone,
        )
        for entry in entries
    ]


def last_decision_about_room(room: Room) -> int:
    """Return the number of an edition's last decision about a room; 0: none."""
    of_it = Q(action="edition.room_set", details__room=room.pk)
    # These change every room of the place.
    of_all = Q(action__in=("edition.moved_online", "edition.move_undone"))
    entries = audit.entries_about(room.edition).filter(of_it | of_all)
    return entries.values_list("pk", flat=True).first() or 0


def undone_ids(entry_ids: Iterable[int]) -> set[int]:
    """Return which of these entries were taken back."""
    undoing = audit.entries().filter(
        action__in=UNDO_OF.values(), details__undoes__in=list(entry_ids)
    )
    return {entry.details["undoes"] for entry in undoing}


def is_undone(entry_id: int) -> bool:
    return bool(undone_ids([entry_id]))


def decided_since(edition: Edition, entry_id: int, actions: Iterable[str] = ()) -> bool:
    """
    Return whether something in force was decided about an edition after an entry.

    What was taken back, and the taking back itself, does not count. With `actions`,
    only these do.
    """
    later = list(audit.entries_about(edition).filter(pk__gt=entry_id))
    undone = undone_ids(entry.pk for entry in later if entry.action in UNDO_OF)
    wanted = set(actions)
    return any(
        entry.pk not in undone
        and entry.action not in UNDO_OF.values()
        and (not wanted or entry.action in wanted)
        for entry in later
    )


def hangs_on(edition: Edition) -> bool:
    """
    Return whether a row of another feature, or a copy, points at this edition.

    Asked of Django's own map of relations, because features above are not known here.
    """
    related: list[Any] = Edition._meta.get_fields(include_hidden=True)
    elsewhere = [
        relation
        for relation in related
        if relation.auto_created
        and not relation.concrete
        and relation.related_model._meta.app_label != "edition"
    ]
    return _has_copies(edition) or any(
        relation.related_model._base_manager.filter(
            **{relation.field.name: edition}
        ).exists()
        for relation in elsewhere
    )


def _has_copies(edition: Edition) -> bool:
    copying = audit.entries().filter(
        action="edition.copied", details__source=edition.pk
    )
    ids = {entry.pk for entry in copying}
    return bool(ids - undone_ids(ids))
