"""Taking back a copy or a move online, from what the trail remembers of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.audit import queries as trail
from montada.djangokit.refusals import Refusal
from montada.edition import queries
from montada.edition.models import Edition, Room
from montada.edition.operations.editions import locked
from montada.edition.operations.publishing import publish_editions, withdraw_edition
from montada.language.engine.text import LocalizedText

MOVE_TOUCHED = ("edition.moved_online", "edition.room_set", "edition.room_removed")
"""Later decisions of these kinds would be lost if a move online were taken back."""


class DecisionUnknown(Refusal):
    code = "edition.decision_unknown"
    message = _("There is no such decision in the trail.")


class CannotBeUndone(Refusal):
    code = "edition.cannot_be_undone"
    message = _("Only copying an edition and moving it online can be taken back.")


class AlreadyUndone(Refusal):
    code = "edition.already_undone"
    message = _("This decision was taken back already.")


class DecidedSince(Refusal):
    code = "edition.decided_since"
    message = _(
        "More was decided about this edition since; taking this back would lose it."
    )


class SomethingHangsOnIt(Refusal):
    code = "edition.something_hangs_on_it"
    message = _(
        "Projects, sessions, awards, roles or further copies belong to this edition "
        "already, so it stays."
    )


@transaction.atomic
def undo(*, entry_id: int, undone_by: AbstractBaseUser, at: datetime) -> Edition:
    """
    Take back one decision, and leave that in the trail too.

    Returns the edition that remains: the source of a copy, or the edition itself.

    Raises
    ------
    DecisionUnknown, CannotBeUndone, AlreadyUndone, EditionUnknown, DecidedSince
    SomethingHangsOnIt
        If a copy is used by another feature.
    """
    entry = trail.entry(entry_id)
    if entry is None:
        raise DecisionUnknown
    if entry.action not in queries.UNDO_OF:
        raise CannotBeUndone
    if queries.is_undone(entry.pk):
        raise AlreadyUndone
    edition = locked(int(entry.subject.rpartition(":")[2]))
    if entry.action == "edition.copied":
        remaining, details = _without_copy(edition, entry.pk, entry.details["source"])
    else:
        remaining, details = _moved_back(edition, entry.pk, entry.details), {}
    audit.record(
        action=queries.UNDO_OF[entry.action],
        actor=undone_by,
        subject=remaining,
        at=at,
        details={"undoes": entry.pk} | details,
    )
    return remaining


def _without_copy(
    copy: Edition, entry_id: int, source_id: int
) -> tuple[Edition, dict[str, str]]:
    source = locked(source_id)
    if queries.decided_since(copy, entry_id):
        raise DecidedSince
    if queries.hangs_on(copy):
        raise SomethingHangsOnIt
    copy.delete()
    withdraw_edition(slug=copy.slug)
    return source, {"slug": copy.slug}


def _moved_back(
    edition: Edition, entry_id: int, details: dict[str, dict[str, Any]]
) -> Edition:
    if queries.decided_since(edition, entry_id, MOVE_TOUCHED):
        raise DecidedSince
    before = details["before"]
    edition.mode = before["mode"]
    edition.venue = LocalizedText.from_json(before["venue"])
    edition.city = LocalizedText.from_json(before["city"])
    edition.country_id = before["country_id"]
    edition.save(update_fields=["mode", "venue", "city", "country"])
    publish_editions(ids=[edition.pk])
    for room in Room.objects.filter(pk__in=details["rooms"]):
        room.is_online, room.seats = False, details["rooms"][str(room.pk)]
        room.save(update_fields=["is_online", "seats"])
    return edition
