"""Who organises a proposed session: organisations are asked; their people answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.participation import operations as participation
from montada.programme.models import Proposal, ProposalOrganiser
from montada.programme.operations.proposals import (
    changeable,
    held_proposal,
    record_proposal,
)
from montada.programme.operations.told_of_proposals import tell_of_proposal
from montada.programme.queries.proposals import people_of, runs_programme

if TYPE_CHECKING:
    from montada.participation.models import Organisation, Person

MOST_ORGANISERS = 20


class OrganiserNamedAlready(Refusal):
    code = "programme.organiser_named_already"
    message = _("This organisation is named already.")


class TooManyOrganisers(Refusal):
    code = "programme.too_many_organisers"
    message = _("At most 20 organisations organise one session.")


class NotYourOrganisation(Refusal):
    code = "programme.not_your_organisation"
    message = _("Only people of this organisation answer for it, or the secretariat.")
    status = 403


class LeadStays(Refusal):
    code = "programme.lead_stays"
    message = _("The organisation that leads cannot be taken out.")


@transaction.atomic
def ask_organiser(
    *,
    proposal: Proposal,
    organisation: Organisation,
    asked_by: Person | None,
    at: datetime,
) -> ProposalOrganiser:
    """
    Name an organisation as one that organises; its people are asked by letter.

    Where who asks belongs to it, or the proposal has none yet, it has agreed. One that
    refused may be asked again.

    Raises
    ------
    NotYourProposal, ProposalClosed, OrganiserNamedAlready, TooManyOrganisers
    """
    row = changeable(proposal, asked_by)
    present = {one.organisation_id: one for one in row.organisers.all()}
    known = present.get(organisation.pk)
    if known is not None and known.refused_at is None:
        raise OrganiserNamedAlready
    if len(present) >= MOST_ORGANISERS:
        raise TooManyOrganisers
    agrees = not present or (
        asked_by is not None and asked_by.organisation_id == organisation.pk
    )
    named = known or ProposalOrganiser(proposal=row, organisation=organisation)
    named.is_lead = not present
    named.asked_at, named.refused_at = at, None
    named.accepted_at = at if agrees else None
    named.save()
    _record("programme.organiser_asked", named, asked_by, at)
    if agrees:
        _join_session(named)
    else:
        _tell(named, "programme_organiser_asked", organisation.people.all(), at)
    return named


@transaction.atomic
def name_organiser(
    *,
    proposal: Proposal,
    name: str,
    language: str,
    country_id: str | None = None,
    asked_by: Person | None,
    at: datetime,
) -> ProposalOrganiser:
    """
    Ask an organisation by its name; one that the register does not know is added to it.

    Raises
    ------
    OrganisationNameMissing, OrganisationNameTooLong, and those of `ask_organiser`
    """
    changeable(proposal, asked_by)
    organisation = participation.name_organisation(
        name=name,
        language=language,
        country_id=country_id,
        stakeholder_group_id=None,
        source_url="",
        at=at,
    )
    return ask_organiser(
        proposal=proposal, organisation=organisation, asked_by=asked_by, at=at
    )


@transaction.atomic
def answer_organising(
    *,
    organiser: ProposalOrganiser,
    is_accepted: bool,
    answered_by: Person | None,
    at: datetime,
) -> ProposalOrganiser:
    """
    Say for an organisation whether it organises; those who asked are told.

    Raises
    ------
    NotYourOrganisation, LeadStays
    """
    held_proposal(organiser.proposal)
    row = ProposalOrganiser.objects.select_related(
        "proposal__edition", "organisation"
    ).get(pk=organiser.pk)
    if answered_by is not None and not (
        answered_by.organisation_id == row.organisation_id
        or runs_programme(answered_by, row.proposal.edition)
    ):
        raise NotYourOrganisation
    if row.is_lead and not is_accepted:
        raise LeadStays
    row.accepted_at = at if is_accepted else None
    row.refused_at = None if is_accepted else at
    row.save(update_fields=["accepted_at", "refused_at"])
    if is_accepted:
        _join_session(row)
    else:
        _leave_session(row)
    _record("programme.organiser_answered", row, answered_by, at, agrees=is_accepted)
    others = [p for p in people_of(row.proposal) if p != answered_by]
    _tell(row, "programme_organiser_answered", others, at, agrees=is_accepted)
    return row


@transaction.atomic
def drop_organiser(
    *, organiser: ProposalOrganiser, dropped_by: Person | None, at: datetime
) -> None:
    """
    Take an organisation out of a proposal; the leading one stays.

    Raises
    ------
    NotYourProposal, ProposalClosed, LeadStays
    """
    changeable(organiser.proposal, dropped_by)
    if organiser.is_lead:
        raise LeadStays
    _record("programme.organiser_dropped", organiser, dropped_by, at)
    _leave_session(organiser)
    organiser.delete()


@transaction.atomic
def join_organisers(*, kept: Organisation, merged: Organisation) -> None:
    """
    Name an organisation that was two records once on each proposal.

    What one of them agreed to holds for both.
    """
    rows = ProposalOrganiser.objects.select_for_update()
    theirs = {row.proposal_id: row for row in rows.filter(organisation=merged)}
    for row in rows.filter(organisation=kept, proposal__in=theirs):
        other = theirs[row.proposal_id]
        if row.accepted_at is None and other.accepted_at is not None:
            row.accepted_at, row.refused_at = other.accepted_at, None
        row.is_lead = row.is_lead or other.is_lead
        row.save(update_fields=["is_lead", "accepted_at", "refused_at"])
        other.delete()


def _join_session(row: ProposalOrganiser) -> None:
    session = getattr(row.proposal, "session", None)
    if session is not None:
        session.organisers.add(row.organisation_id)


def _leave_session(row: ProposalOrganiser) -> None:
    session = getattr(row.proposal, "session", None)
    if session is not None:
        session.organisers.remove(row.organisation_id)


def _record(
    action: str, row: ProposalOrganiser, by: Person | None, at: datetime, **more: Any
) -> None:
    name = str(row.organisation.name)
    record_proposal(action, row.proposal, by, at, organisation=name, **more)


def _tell(
    row: ProposalOrganiser, template: str, to: Any, at: datetime, **more: Any
) -> None:
    tell_of_proposal(
        proposal=row.proposal,
        template=template,
        to=to,
        at=at,
        organisation=row.organisation.name,
        **more,
    )
