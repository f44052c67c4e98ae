"""What the consultation decides about requests that became proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.models import Proposal
from montada.programme.queries.requests import proposal_allows

if TYPE_CHECKING:
    from montada.consultation.models import Contribution


class DecidedInProgramme(Refusal):
    code = "programme.decided_in_programme"
    message = _(
        "This request is proposal %(reference)s of the programme: decide about it on "
        "the proposal's page."
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
