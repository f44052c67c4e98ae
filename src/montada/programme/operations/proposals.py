"""Proposals of sessions: entered, and changed by their people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition import queries as editions
from montada.programme.choices import ProposalState
from montada.programme.engine.values import ProposalFacts
from montada.programme.models import Proposal, ProposalOrganiser
from montada.programme.operations.proposal_columns import (
    columns_of,
    set_labels,
    words_of,
)
from montada.programme.operations.session_details import describe_session
from montada.programme.queries.proposals import CHANGEABLE, may_write_proposal

if TYPE_CHECKING:
    from montada.participation.models import Person


class NotYourProposal(Refusal):
    code = "programme.not_your_proposal"
    message = _("Only those who hand a proposal in, and the secretariat, change it.")
    status = 403


class ProposalSavedMeanwhile(Refusal):
    code = "programme.proposal_saved_meanwhile"
    message = _(
        "Somebody saved this proposal while you were writing. Look at what is here "
        "now, and save again to keep your words."
    )


class ProposalClosed(Refusal):
    code = "programme.proposal_closed"
    message = _("This proposal was decided: it changes no more.")


@transaction.atomic
def propose(
    *,
    edition: Any,
    facts: ProposalFacts,
    submitted_by: Person | None,
    at: datetime,
    contribution: Any = None,
) -> Proposal:
    """
    Put a proposal into an edition under a number of its own.

    The way of everybody is a request of the consultation, from which it is taken; the
    secretariat enters what came in another way. `submitted_by` answers for it.

    Raises
    ------
    TitleMissing, KindUnknown, LengthNotOffered, NeedsUnknown, WishUnknown,
    AudienceOutOfRange, WordsTooMany
    """
    editions.locked_edition(edition.pk)
    columns = columns_of(edition, facts)
    row = Proposal.objects.create(
        edition=edition,
        contribution=contribution,
        reference=_next_reference(edition),
        submitted_by=submitted_by,
        submitted_at=at,
        **columns,
    )
    set_labels(row, facts)
    ProposalOrganiser.objects.bulk_create(
        ProposalOrganiser(
            proposal=row,
            organisation_id=pk,
            is_lead=order == 0,
            asked_at=at,
            accepted_at=at if order == 0 else None,
        )
        for order, pk in enumerate(dict.fromkeys(facts.organisers))
    )
    record_proposal("programme.proposed", row, submitted_by, at)
    return row


@transaction.atomic
def change_proposal(
    *,
    proposal: Proposal,
    facts: ProposalFacts,
    revision: int,
    changed_by: Person,
    at: datetime,
) -> Proposal:
    """
    Save what a proposal says; `revision` is that which its writer saw.

    Of one that was accepted only words change: title, summary, outcomes and the note
    on its panel; its session follows.

    Raises
    ------
    NotYourProposal, ProposalClosed, ProposalSavedMeanwhile, and those of `propose`
    """
    row = changeable(proposal, changed_by)
    if row.revision != revision:
        raise ProposalSavedMeanwhile
    if row.state == ProposalState.ACCEPTED:
        columns = words_of(facts)
    else:
        columns = columns_of(row.edition, facts)
        set_labels(row, facts)
    different = sorted(n for n, value in columns.items() if getattr(row, n) != value)
    for name, value in columns.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    if row.state == ProposalState.ACCEPTED:
        _pass_on(row, at)
    record_proposal(
        "programme.proposal_changed", row, changed_by, at, columns=different
    )
    return row


def _pass_on(row: Proposal, at: datetime) -> None:
    """Give the session of an accepted proposal its words."""
    session = getattr(row, "session", None)
    if session is not None and not session.is_cancelled:
        # Those who hold a session describe it; nothing else of it is theirs to change.
        describe_session(
            session=session,
            values={"title": row.title, "description": row.summary},
            described_by=None,
            at=at,
        )


def changeable(proposal: Proposal, person: Person | None) -> Proposal:
    """
    Return the row as it stands now, held, if somebody may still work on it.

    Nobody (None) is a command of the operator, who may.

    Raises
    ------
    NotYourProposal, ProposalClosed
    """
    row = held_proposal(proposal)
    if person is not None and not may_write_proposal(person, row):
        raise NotYourProposal
    if row.state not in CHANGEABLE:
        raise ProposalClosed
    return row


def held_proposal(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("edition").get(pk=proposal.pk)


def record_proposal(
    action: str, row: Proposal, by: Person | None, at: datetime, **details: Any
) -> None:
    """Leave an entry in the trail about a proposal."""
    audit.record(
        action=action,
        actor=by,
        subject=row,
        at=at,
        details={"reference": row.reference} | details,
    )


def _next_reference(edition: Any) -> str:
    """Return the number after the highest; the edition is held."""
    begin = f"P-{edition.year}-"
    used = Proposal.objects.filter(reference__startswith=begin)
    numbers = [
        int(tail)
        for reference in used.values_list("reference", flat=True)
        if (tail := reference.removeprefix(begin)).isdecimal()
    ]
    return f"{begin}{max(numbers, default=0) + 1:04}"
