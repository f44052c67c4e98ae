"""Moving an edition online, in one step."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import queries, signals
from montada.edition.choices import Mode
from montada.edition.models import Edition, Room
from montada.edition.operations.editions import locked
from montada.edition.operations.publishing import publish_editions
from montada.language.engine.text import NO_TEXT


class AlreadyOnline(Refusal):
    code = "edition.already_online"
    message = _("This edition takes place online already.")


class EditionIsOver(Refusal):
    code = "edition.over"
    message = _("This edition is over; where it took place stays as it was.")


@transaction.atomic
def move_online(
    *, edition_id: int, moved_by: AbstractBaseUser, at: datetime
) -> Edition:
    """
    Hold an edition online that was to meet in rooms: `queries.online_preview`.

    Every room becomes a link (the address itself may follow). Place and seats stay in
    the trail, from which `undo` restores them. Features above hear of it through
    `signals.edition_moved_online`.

    Raises
    ------
    EditionUnknown, AlreadyOnline, EditionIsOver
    """
    edition = locked(edition_id)
    if edition.is_online_only:
        raise AlreadyOnline
    if edition.is_over_at(at):
        raise EditionIsOver
    rooms = list(queries.online_preview(edition).rooms)
    details = {"before": _place(edition), "rooms": {r.pk: r.seats for r in rooms}}
    edition.mode = Mode.ONLINE
    edition.venue, edition.city, edition.country_id = NO_TEXT, NO_TEXT, None
    edition.save(update_fields=["mode", "venue", "city", "country"])
    publish_editions(ids=[edition.pk])
    Room.objects.filter(pk__in=[r.pk for r in rooms]).update(is_online=True, seats=None)
    audit.record(
        action="edition.moved_online",
        actor=moved_by,
        subject=edition,
        at=at,
        details=details,
    )
    transaction.on_commit(
        partial(
            signals.edition_moved_online.send_robust,
            sender=Edition,
            edition_id=edition.pk,
        )
    )
    return edition


def _place(edition: Edition) -> dict[str, Any]:
    return {
        "mode": edition.mode,
        "venue": edition.venue.as_json(),
        "city": edition.city.as_json(),
        "country_id": edition.country_id,
    }
