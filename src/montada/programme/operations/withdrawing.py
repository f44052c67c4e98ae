"""A proposal is withdrawn; what was merged into it stands on its own again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from montada.consultation import operations as consultation
from montada.consultation import queries as consultation_queries
from montada.consultation.engine.life import MERGED_AWAY
from montada.programme.choices import ProposalState
from montada.programme.models import Proposal
from montada.programme.operations.merging import follow_merging, give_letters_back
from montada.programme.operations.proposals import (
    ProposalClosed,
    changeable,
    record_proposal,
)
from montada.programme.operations.told_of_merging import tell_of_withdrawn_whole

if TYPE_CHECKING:
    from montada.consultation.models import Contribution
    from montada.participation.models import Person


@transaction.atomic
def withdraw_proposal(
    *, proposal: Proposal, withdrawn_by: Person, at: datetime
) -> Proposal:
    """
    Take a proposal back before anything was decided about it.

    What was merged into it is decided about by itself; its people are told.

    Raises
    ------
    NotYourProposal, ProposalClosed
    """
    row = changeable(proposal, withdrawn_by)
    if row.state != ProposalState.RECEIVED:
        raise ProposalClosed
    row.state = ProposalState.WITHDRAWN
    row.save(update_fields=["state"])
    record_proposal("programme.proposal_withdrawn", row, withdrawn_by, at)
    take_parts_apart(row, withdrawn_by, at)
    return row


@transaction.atomic
def take_apart(*, contribution: Contribution, at: datetime) -> None:
    """
    Let the proposal of a request that was merged wait for a decision of its own again.

    Those whom it brought into the whole stay there too: they have been told so.
    """
    for row in _merged(contribution=contribution):
        _stand_alone(row, None, at)


def take_parts_apart(whole: Proposal, by: Person | None, at: datetime) -> None:
    """
    Let what was merged into a proposal that is withdrawn go on without it.

    Called inside a transaction. Requests that were merged with it are taken apart too;
    what is still merged in the consultation goes on in that proposal.
    """
    parts = _merged(merged_into=whole)
    traced = {part.pk: _take_request_apart(part, whole, by, at) for part in parts}
    for part in parts:
        part.refresh_from_db()
        if part.state == ProposalState.MERGED:
            _stand_alone(part, by, at)
        give_letters_back(part=part, whole=whole)
    for part in parts:
        if not follow_merging(part=part, followed_by=by, at=at):
            tell_of_withdrawn_whole(part, whole, {*traced[part.pk], by}, at=at)


def _take_request_apart(
    part: Proposal, whole: Proposal, by: Person | None, at: datetime
) -> list[Person | None]:
    """Take a request out of that of the whole; return whom its trace has told."""
    request, target = part.contribution, whole.contribution
    if request is None or target is None or request.state != MERGED_AWAY:
        return []
    if request.merged_into_id != target.pk:
        return []
    consultation.take_contribution_apart(
        contribution=request, left=target, taken_by=by, at=at
    )
    below = consultation_queries.merged_below(request)
    return [one.author for one in (request, *below)]


def _merged(**where: Proposal | Contribution) -> list[Proposal]:
    rows = Proposal.objects.select_for_update(of=("self",))
    merged = rows.filter(state=ProposalState.MERGED, **where)
    return list(
        merged.select_related(
            "edition", "merged_into", "contribution", "submitted_by"
        ).order_by("pk")
    )


def _stand_alone(row: Proposal, by: Person | None, at: datetime) -> None:
    whole = row.merged_into
    row.state, row.merged_into = ProposalState.RECEIVED, None
    row.save(update_fields=["state", "merged_into"])
    record_proposal(
        "programme.proposal_taken_apart",
        row,
        by,
        at,
        whole=whole.reference if whole else None,
    )
