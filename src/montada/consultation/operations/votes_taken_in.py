"""Votes that come from elsewhere, many at once: another forum's, or made-up ones."""

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
    Keep the votes of people who are not known here; return how many are new or changed.

    Voters with a key that came before are the same voters: what they say now is kept,
    and what they said already is not kept twice. The trail remembers how many votes
    came, as of every import; not what anybody said.

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
    rows, n_new = _voters(edition, voters, at)
    votes = _unheard(rows, voters, at)
    if not (votes or n_new):
        return 0
    Vote.objects.bulk_create(
        votes,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["voter", "statement"],
        update_fields=["value", "cast_at"],
    )
    audit.record(
        action="consultation.votes_taken_in",
        actor=taken_in_by,
        subject=edition,
        at=at,
        details={"voters": n_new, "votes": len(votes)},
    )
    announce(edition.pk)
    return len(votes)


def _voters(
    edition: Any, voters: Sequence[VoterTaken], at: datetime
) -> tuple[list[Voter], int]:
    """Return a row for each voter, in their order, and how many are new."""
    keys = [one.key for one in voters if one.key]
    found = Voter.objects.filter(edition=edition, guest_key__in=keys)
    by_key = {row.guest_key: row for row in found}
    rows = [by_key.get(one.key) or _voter(edition, one, at) for one in voters]
    new = [row for row in rows if row.pk is None]
    Voter.objects.bulk_create(new, batch_size=1000)
    return rows, len(new)


def _voter(edition: Any, one: VoterTaken, at: datetime) -> Voter:
    return Voter(
        edition=edition,
        guest_key=one.key,
        tier=one.tier,
        stakeholder_group_id=one.stakeholder_group_id,
        country_id=one.country_id,
        since=at,
    )


def _unheard(
    rows: Sequence[Voter], voters: Sequence[VoterTaken], at: datetime
) -> list[Vote]:
    """Return the votes that are not kept like this yet."""
    before = Vote.objects.filter(voter__in=[row.pk for row in rows])
    kept = {
        (voter, statement): value
        for voter, statement, value in before.values_list("voter", "statement", "value")
    }
    return [
        Vote(
            voter=row,
            statement_id=pk,
            value=value,
            cast_at=min(one.moments.get(pk, at), at),
        )
        for row, one in zip(rows, voters, strict=True)
        for pk, value in one.votes.items()
        if kept.get((row.pk, pk)) != value
    ]
