"""What the committee decides about proposals."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme import queries
from montada.programme.choices import ACCEPTING, DecisionReason, ProposalState
from montada.programme.models import Proposal, ProposalDecision, Session
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.proposals import (
    held_proposal,
    record_proposal,
)
from montada.programme.operations.requests import (
    accept_request,
    check_follows,
    decline_request,
)
from montada.programme.operations.sessions import open_session
from montada.programme.operations.told_of_proposals import tell_of_proposal
from montada.programme.operations.withdrawing import take_parts_apart
from montada.programme.operations.words import kept_words

if TYPE_CHECKING:
    from montada.participation.models import Person


class ProposalMovedOn(Refusal):
    code = "programme.proposal_moved_on"
    message = _("This does not follow where the proposal stands now. Look at it again.")


class ReasonMissing(Refusal):
    code = "programme.reason_missing"
    message = _(
        "Give a reason from the list, and say it in words: its authors read it."
    )


class NoPlaceByRight(Refusal):
    code = "programme.no_place_by_right"
    message = _("It has no place by right: choose one that is free on its page first.")


@transaction.atomic
def accept_proposal(
    *,
    proposal: Proposal,
    reason: str,
    words: str = "",
    decided_by: Person | None,
    at: datetime,
) -> Session:
    """
    Give a proposal a session; one that was declined before only on appeal.

    `OTHER` needs words. A request of the consultation is accepted there too.

    Raises
    ------
    NotTheSecretariat, ProposalMovedOn, ReasonMissing, NoPlaceByRight, WordsTooMany
    montada.programme.operations.requests.RequestElsewhere
    """
    row = held_proposal(proposal)
    check_secretariat(decided_by, row.edition)
    _check_waits(row)
    said = kept_words(words).strip()
    if reason not in ACCEPTING or (reason == DecisionReason.OTHER and not said):
        raise ReasonMissing
    if reason == DecisionReason.BY_RIGHT and not _has_place(row):
        raise NoPlaceByRight
    check_follows(row, "accepted")
    if row.by_right_id and not _has_place(row):
        # Others have the places of its right by now: it takes one of those chosen.
        row.by_right = None
        row.save(update_fields=["by_right"])
    _decided(row, ProposalState.ACCEPTED, reason, said, decided_by=decided_by, at=at)
    accept_request(row, said, decided_by, at)
    _tell(row, "programme_accepted", at, words=said)
    return open_session(proposal=row, opened_by=decided_by, at=at)


@transaction.atomic
def decline_proposal(
    *,
    proposal: Proposal,
    reason: str,
    words: str,
    decided_by: Person | None,
    at: datetime,
) -> ProposalDecision:
    """
    Decline a proposal with a reason and in words; both are public.

    Its authors may appeal for as long as the rules say; once more declined, it stays.
    What was merged into one that its author withdrew is decided about anew.

    Raises
    ------
    NotTheSecretariat, ProposalMovedOn, ReasonMissing, WordsTooMany
    montada.programme.operations.requests.RequestElsewhere
    """
    row = held_proposal(proposal)
    check_secretariat(decided_by, row.edition)
    _check_waits(row)
    is_again = row.state == ProposalState.DECLINED
    said = kept_words(words).strip()
    accepting = set(ACCEPTING) - {DecisionReason.OTHER}
    if reason not in set(DecisionReason.values) - accepting or not said:
        raise ReasonMissing
    check_follows(row, "declined")
    if reason == DecisionReason.WITHDRAWN:
        take_parts_apart(row, decided_by, at)
    days = queries.rules_of(row.edition).appeal_days
    until = None if is_again or not days else at + timedelta(days=days)
    decision = _decided(
        row,
        ProposalState.DECLINED,
        reason,
        said,
        decided_by=decided_by,
        appeal_until=until,
        at=at,
    )
    decline_request(row, reason, said, decided_by, at)
    local = until.astimezone(row.edition.zone) if until else None
    _tell(row, "programme_declined", at, words=said, until=local)
    return decision


def _check_waits(row: Proposal) -> None:
    """Raise `ProposalMovedOn` unless a proposal, or its appeal, waits for a word."""
    is_again = row.state == ProposalState.DECLINED and queries.has_appealed(row)
    if row.state != ProposalState.RECEIVED and not is_again:
        raise ProposalMovedOn


def _has_place(row: Proposal) -> bool:
    right = row.by_right
    if right is None:
        return False
    given = right.proposals.filter(state=ProposalState.ACCEPTED).exclude(pk=row.pk)
    return given.count() < right.n_places


def _decided(
    row: Proposal, outcome: ProposalState, reason: str, words: str, **facts: Any
) -> ProposalDecision:
    by, at = facts["decided_by"], facts.pop("at")
    row.state = outcome
    row.save(update_fields=["state"])
    record_proposal(
        f"programme.proposal_{outcome.value}", row, by, at, reason=reason, words=words
    )
    return ProposalDecision.objects.create(
        proposal=row,
        outcome=outcome,
        reason=reason,
        words=words,
        language=by.language if by and words else "",
        decided_at=at,
        **facts,
    )


def _tell(row: Proposal, template: str, at: datetime, **values: Any) -> None:
    """Tell its people, but not the author of a request: its own trace told them."""
    author = row.contribution.author_id if row.contribution else None
    told = [one for one in queries.people_of(row) if one.pk != author]
    tell_of_proposal(proposal=row, template=template, to=told, at=at, **values)
