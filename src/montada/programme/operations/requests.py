"""What the consultation decides about requests that became proposals."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from montada.consultation import operations as consultation
from montada.djangokit.refusals import Refusal
from montada.programme.choices import DecisionReason
from montada.programme.models import Proposal
from montada.programme.queries.decisions import request_may_be
from montada.programme.queries.requests import DECIDED_SO, proposal_allows

if TYPE_CHECKING:
    from montada.consultation.models import Contribution
    from montada.participation.models import Person


class DecidedInProgramme(Refusal):
    code = "programme.decided_in_programme"
    message = _(
        "This request is proposal %(reference)s of the programme: decide about it on "
        "the proposal's page."
    )


class RequestElsewhere(Refusal):
    code = "programme.request_elsewhere"
    message = _(
        "Its request %(receipt)s stands elsewhere in the consultation: %(state)s. "
        "Settle that there first, so that its author hears of both."
    )


def check_follows(proposal: Proposal, outcome: str) -> None:
    """
    Raise `RequestElsewhere` if the request of a proposal could not follow it.

    What the consultation decided in the same sense before is no obstacle.
    """
    request = proposal.contribution
    if request is None or request_may_be(outcome, request):
        return
    if request.state not in DECIDED_SO[outcome]:
        raise RequestElsewhere(
            receipt=request.receipt, state=request.get_state_display()
        )


def accept_request(
    proposal: Proposal, words: str, accepted_by: Person | None, at: datetime
) -> None:
    """Accept in the consultation too what came from there, if it was not yet."""
    request = proposal.contribution
    if request is not None and request_may_be("accepted", request):
        consultation.accept_contribution(
            contribution=request, words=words, accepted_by=accepted_by, at=at
        )


def decline_request(
    proposal: Proposal,
    reason: str,
    words: str,
    declined_by: Person | None,
    at: datetime,
) -> None:
    """As above, declined."""
    request = proposal.contribution
    if request is not None and request_may_be("declined", request):
        # The list of the consultation knows nothing of how places are given.
        is_unpaid = reason == DecisionReason.UNPAID
        consultation.decline_contribution(
            contribution=request,
            reason=DecisionReason.NO_PLACE if is_unpaid else reason,
            words=words,
            declined_by=declined_by,
            at=at,
        )


def check_decided_here(*, contribution: Contribution, state: str) -> None:
    """
    Let the consultation decide about a request only what its proposal allows.

    Raises
    ------
    DecidedInProgramme
    """
    row = Proposal.objects.filter(contribution=contribution).first()
    if row is not None and not proposal_allows(row, state):
        raise DecidedInProgramme(reference=row.reference)
