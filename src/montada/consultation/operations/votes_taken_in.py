"""Votes that come from elsewhere, all at once: another forum's, or made-up ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from montada.audit import operations as audit
from montada.consultation.choices import VoteValue
from montada.consultation.engine.values import VoterTaken
from montada.consultation.models import Statement, Vote, Voter
from montada.consultation.operations.statements import StatementUnknown
from montada.consultation.operations.voting import VoteUnknown, announce

if TYPE_CHECKING:
    from montada.participation.models import Person


@transaction.atomic
def take_votes_in(
    *,
    edition: Any,
    voters: Sequence[VoterTaken],
    taken_in_by: Person | None,
    at: datetime,
) -> int:
    """
    Keep the votes of people who are not known here; return how many there are.

    The trail remembers how many, as of every import; not what anybody said.

    Raises
    ------
    VoteUnknown, StatementUnknown
        Then nothing was kept.
    """
    known = set(
        Statement.objects.public().filter(edition=edition).values_list("pk", flat=True)
    )
    if any(v not in VoteValue.values for one in voters for v in one.votes.values()):
        raise VoteUnknown
    if any(pk not in known for one in voters for pk in one.votes):
        raise StatementUnknown
    rows = Voter.objects.bulk_create(
        Voter(
            edition=edition,
            tier=one.tier,
            stakeholder_group_id=one.stakeholder_group_id,
            country_id=one.country_id,
            since=at,
        )
        for one in voters
    )
    votes = [
        Vote(voter=row, statement_id=pk, value=value, cast_at=at)
        for row, one in zip(rows, voters, strict=True)
        for pk, value in one.votes.items()
    ]
    Vote.objects.bulk_create(votes, batch_size=1000)
    audit.record(
        action="consultation.votes_taken_in",
        actor=taken_in_by,
        subject=edition,
        at=at,
        details={"voters": len(rows), "votes": len(votes)},
    )
    announce(edition.pk)
    return len(votes)
