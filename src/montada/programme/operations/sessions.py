"""Sessions that are planned here: opened for what was accepted, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.text import UNDETERMINED, LocalizedText
from montada.programme import queries
from montada.programme.models import Plan, Seat, Session
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.placing import Spot, record_change
from montada.programme.operations.publishing import publish_sessions
from montada.programme.operations.words import kept_words

if TYPE_CHECKING:
    from montada.participation.models import Person
    from montada.programme.models import Proposal


class SessionCancelled(Refusal):
    code = "programme.session_cancelled"
    message = _("This session was cancelled; it cannot be changed any more.")


class CancellingUnexplained(Refusal):
    code = "programme.cancelling_unexplained"
    message = _("Say why it is cancelled: everybody who wanted to come reads it.")


@transaction.atomic
def open_session(
    *, proposal: Proposal, opened_by: Person | None, at: datetime
) -> Session:
    """
    Make the session of an accepted proposal, or return the one it has.

    It is for planners alone until its first release. Organisations that agreed to
    organise it do so; its speakers keep their seats.

    Raises
    ------
    NotTheSecretariat
    """
    check_secretariat(opened_by, proposal.edition)
    known = Session.objects.filter(proposal=proposal).first()
    if known is not None:
        return known
    year = proposal.edition.year
    session = Session.objects.create(
        slug=f"{proposal.edition.slug}-{proposal.reference}".lower(),
        edition=proposal.edition,
        year=year,
        number=proposal.reference.rpartition("-")[2].lstrip("0"),
        sort_key=queries.title_key(str(proposal.title)),
        is_public=False,
        proposal=proposal,
        session_type=str(proposal.kind.name),
        description=proposal.summary,
        **{
            name: getattr(proposal, name)
            for name in (
                "title",
                "kind",
                "minutes",
                "mode",
                "needs",
                "wishes",
                "audience",
            )
        },
    )
    agreed = proposal.organisers.exclude(accepted_at=None)
    session.organisers.add(*agreed.values_list("organisation", flat=True))
    session.action_lines.add(*proposal.action_lines.all())
    session.goals.add(*proposal.goals.all())
    Seat.objects.filter(proposal=proposal).update(session=session)
    audit.record(
        action="programme.session_opened",
        actor=opened_by,
        subject=session,
        at=at,
        details={"proposal": proposal.reference},
    )
    return session


def store_changes(
    *,
    row: Session,
    values: Mapping[str, Any],
    changed_by: Person | None,
    at: datetime,
) -> Session:
    """Set columns of a session, of a cancelled one too; whoever calls has checked."""
    different = {n: v for n, v in values.items() if getattr(row, n) != v}
    if not different:
        return row
    for name, value in different.items():
        setattr(row, name, value)
    row.sort_key = queries.title_key(str(row.title))
    row.save()
    publish_sessions(ids=[row.pk])
    audit.record(
        action="programme.session_changed",
        actor=changed_by,
        subject=row,
        at=at,
        details={"columns": sorted(different)},
    )
    return row


@transaction.atomic
def cancel_session(
    *, session: Session, reason: str, cancelled_by: Person | None, at: datetime
) -> Session:
    """
    Take a session out of every plan; where it was public it stays, and says why.

    Raises
    ------
    NotTheSecretariat, CancellingUnexplained, WordsTooMany
    """
    row = held_session(session)
    check_secretariat(cancelled_by, row.edition)
    said = kept_words(reason).strip()
    if not said:
        raise CancellingUnexplained
    if row.is_cancelled:
        return row
    row.is_cancelled = True
    language = cancelled_by.language if cancelled_by else UNDETERMINED
    row.cancelled_because = LocalizedText.of(language, said)
    row.save(update_fields=["is_cancelled", "cancelled_because"])
    _take_out(row, cancelled_by, at)
    audit.record(
        action="programme.session_cancelled",
        actor=cancelled_by,
        subject=row,
        at=at,
        reason=said,
    )
    return row


def _take_out(row: Session, by: Person | None, at: datetime) -> None:
    """Take a session out of every plan, so that who has one open sees it."""
    held = Plan.objects.select_for_update().filter(edition=row.edition)
    plans = {plan.pk: plan for plan in held.order_by("pk")}
    for one in row.placements.order_by("plan"):
        before, after = [Spot.of(one)], [Spot(row.pk)]
        record_change(plans[one.plan_id], before, after, by, at, is_undoable=False)


def held_session(session: Session) -> Session:
    """Return the row as it stands now, held until the transaction ends."""
    rows = Session.objects.select_for_update(of=("self",))
    return rows.select_related("edition", "proposal").get(pk=session.pk)
