"""Releasing the programme: from then on everybody reads it, and old ones stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import LocalizedText
from montada.programme import queries
from montada.programme.engine.releases import Place
from montada.programme.models import Plan, Release, Session
from montada.programme.operations.plans import held_plan
from montada.programme.operations.publishing import publish_sessions
from montada.programme.operations.words import kept_words
from montada.programme.queries.releases import changes_against, mark_of_draft
from montada.programme.signals import programme_released

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_PLACE = 200
"""Characters that the table keeps of a room's name."""

COLUMNS = ("held_on", "starts_at", "ends_at", "room", "place", "is_public")


class PlanNotCurrent(Refusal):
    code = "programme.plan_not_current"
    message = _("Only the plan that is worked on is released. Make this one current.")


class NotReleasable(Refusal):
    code = "programme.not_releasable"
    message = _("This plan cannot be released: %(why)s")


class NothingToRelease(Refusal):
    code = "programme.nothing_to_release"
    message = _("Nothing is different from the last release.")


class ReleaseChangedMeanwhile(Refusal):
    code = "programme.release_changed_meanwhile"
    message = _(
        "This is not the release you read: somebody has changed the programme "
        "meanwhile, or made another plan current. Read what is published now, then "
        "publish once more."
    )


@transaction.atomic
def release_plan(
    *,
    plan: Plan,
    note: str = "",
    seen: int | None = None,
    released_by: Person | None,
    at: datetime,
) -> Release:
    """
    Publish the plan that is worked on as the next release of its edition.

    Those whose session changed are told afterwards, by the queue. Stands are published
    with the first release; a session that has left the plan stays, without a place.

    Parameters
    ----------
    seen : mark of the draft that the person read; None where nobody asks

    Raises
    ------
    NotTheSecretariat, PlanGone, PlanNotCurrent, ReleaseChangedMeanwhile, NotReleasable,
    NothingToRelease, WordsTooMany
    """
    plan = held_plan(plan, released_by)
    if not plan.is_current:
        raise PlanNotCurrent
    said = kept_words(note).strip()
    last = queries.last_release(plan.edition)
    places = queries.places_in(plan)
    changes = changes_against(last, places)
    if seen is not None and seen != mark_of_draft(plan, last, changes):
        raise ReleaseChangedMeanwhile
    _refuse_conflicts(plan)
    if not changes:
        raise NothingToRelease
    release = Release.objects.create(
        edition=plan.edition,
        number=last.number + 1 if last else 1,
        note=said,
        language=released_by.language if released_by and said else "",
        places=places,
        changes=[change.as_json() for change in changes],
        released_by=released_by,
        released_at=at,
    )
    _publish(plan, places, {change.session for change in changes})
    audit.record(
        action="programme.released",
        actor=released_by,
        subject=release,
        at=at,
        details={"plan": plan.name, "number": release.number, "n": len(changes)},
    )
    transaction.on_commit(partial(programme_released.send_robust, sender=Release))
    return release


def _refuse_conflicts(plan: Plan) -> None:
    faults = queries.faults_against_release(plan)
    if faults:
        raise NotReleasable(why=" ".join(faults[:3]))


def _publish(plan: Plan, places: Mapping[str, Place], changed: set[str]) -> None:
    """Write the released places where every reader looks."""
    rows = list(
        Session.objects.filter(edition=plan.edition)
        .filter(slug__in=changed)
        .select_related("kind")
    )
    for session in rows:
        _set_place(session, places.get(session.slug))
    Session.objects.bulk_update(rows, COLUMNS, batch_size=500)
    stands = Session.objects.filter(
        edition=plan.edition, kind__is_stand=True, is_cancelled=False, is_public=False
    )
    ids = [session.pk for session in rows] + list(stands.values_list("pk", flat=True))
    stands.update(is_public=True)
    publish_sessions(ids=ids)


def _set_place(session: Session, place: Place | None) -> None:
    session.is_public = True
    if place is None:
        session.held_on = session.starts_at = session.ends_at = None
        session.room_id, session.place = None, ""
        return
    starts = datetime.fromisoformat(place["starts"])
    session.held_on, session.starts_at = starts.date(), starts.time()
    session.ends_at = datetime.fromisoformat(place["ends"]).time()
    session.room_id = place["room"]
    session.place = str(LocalizedText.from_json(place["room_name"]))[:LONGEST_PLACE]
