"""Support: somebody says that they would come, and may take it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.choices import ProposalState
from montada.programme.models import Proposal, ProposalSupport
from montada.programme.operations.proposals import held_proposal, record_proposal
from montada.programme.queries.proposals import may_read_proposal
from montada.programme.queries.rules import rules_of

if TYPE_CHECKING:
    from montada.participation.models import Person


class SupportClosed(Refusal):
    code = "programme.support_closed"
    message = _("It cannot be said at present who would come.")


@transaction.atomic
def support(*, proposal: Proposal, person: Person, at: datetime) -> ProposalSupport:
    """
    Say that somebody would come to a proposed session; twice is once.

    Raises
    ------
    SupportClosed
    """
    row = _open(proposal, person)
    given, is_new = ProposalSupport.objects.get_or_create(
        proposal=row, person=person, defaults={"given_at": at}
    )
    if is_new:
        # Without its person: the trail is not to say what somebody likes.
        record_proposal("programme.supported", row, None, at)
    return given


@transaction.atomic
def withdraw_support(*, proposal: Proposal, person: Person, at: datetime) -> None:
    """
    Take back that somebody would come; nothing where they had not said so.

    Raises
    ------
    SupportClosed
    """
    row = _open(proposal, person)
    n_deleted, _by_table = ProposalSupport.objects.filter(
        proposal=row, person=person
    ).delete()
    if n_deleted:
        record_proposal("programme.support_withdrawn", row, None, at)


def _open(proposal: Proposal, person: Person) -> Proposal:
    row = held_proposal(proposal)
    is_open = rules_of(row.edition).is_support_open
    if not is_open or row.state != ProposalState.RECEIVED:
        raise SupportClosed
    if not may_read_proposal(person, row):
        raise SupportClosed
    return row
