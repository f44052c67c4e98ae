"""Places by right, given to proposals before anybody chooses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.edition import queries as editions
from montada.programme.choices import ProposalState
from montada.programme.models import PlaceByRight, Proposal
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.proposals import held_proposal, record_proposal

if TYPE_CHECKING:
    from montada.participation.models import Person


class NotARight(Refusal):
    code = "programme.not_a_right"
    message = _("These places are those of another edition.")


class RightOfOthers(Refusal):
    code = "programme.right_of_others"
    message = _("These places are kept for another organisation or action line.")


class RightUsedUp(Refusal):
    code = "programme.right_used_up"
    message = _("All of these places are given.")


class RightTooLate(Refusal):
    code = "programme.right_too_late"
    message = _("Something was decided about this proposal already.")


@transaction.atomic
def give_place(
    *,
    proposal: Proposal,
    right: PlaceByRight | None,
    given_by: Person | None,
    at: datetime,
) -> Proposal:
    """
    Give an open proposal a place by right, or with None take it back.

    It is then out of the choice; whether it is accepted is decided still.

    Raises
    ------
    NotTheSecretariat, RightTooLate, NotARight, RightOfOthers, RightUsedUp
    """
    row = held_proposal(proposal)
    check_secretariat(given_by, row.edition)
    if row.state != ProposalState.RECEIVED:
        raise RightTooLate
    if right is not None:
        _check_right(row, right)
    if row.by_right_id == (right.pk if right else None):
        return row
    row.by_right = right
    row.save(update_fields=["by_right"])
    given = right.name.as_json() if right else None
    record_proposal("programme.place_given", row, given_by, at, right=given)
    return row


def _check_right(row: Proposal, right: PlaceByRight) -> None:
    if right.edition_id != row.edition_id:
        raise NotARight
    editions.locked_edition(row.edition_id)
    agreed = row.organisers.exclude(accepted_at=None)
    lines = row.action_lines.all()
    if (
        right.organisation_id is not None
        and not agreed.filter(organisation=right.organisation_id).exists()
    ) or (
        right.action_line_id is not None
        and right.action_line_id not in {line.code for line in lines}
    ):
        raise RightOfOthers
    living = (ProposalState.RECEIVED, ProposalState.ACCEPTED)
    given = right.proposals.filter(state__in=living).exclude(pk=row.pk)
    if given.count() >= right.n_places:
        raise RightUsedUp
