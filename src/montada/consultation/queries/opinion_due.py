"""
When a result is computed anew: never for what fewer than five people said since.

A vote is secret, and two results tell by their difference what was said between them.
If one person voted in between, it tells their vote; if five did, it tells of five. So a
new result waits for five people who voted, or changed a vote, since the last one. Who
takes votes back, declares another group or signs in is counted with these five and is
not one of them, which errs on the side of waiting. Guests' votes stand in a part of
their own and wait for five guests, since guests cost nothing to make.

When voting is over everything is counted. The last few may then be fewer than five:
that a vote is never counted would be worse than that it might be guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from montada.consultation.choices import VoterTier
from montada.consultation.engine.groups import SMALLEST_GROUP
from montada.consultation.models import OpinionRun, Statement, Vote
from montada.consultation.queries.statements import CONSULTATION, is_voting_open
from montada.edition import queries as editions


@dataclass(frozen=True, slots=True)
class Counted:
    """How many votes there are, and when the newest was cast; None without any."""

    n_votes: int
    newest: datetime | None


def counted_votes(edition: Any, *, guests: bool = False) -> QuerySet[Vote]:
    """Return votes that results count: of everybody but guests, or of guests alone."""
    public = Statement.objects.public().filter(edition=edition)
    found = Vote.objects.filter(statement__in=public).order_by()
    is_guest = Q(voter__tier=VoterTier.GUEST)
    return found.filter(is_guest if guests else ~is_guest)


def counted_now(edition: Any, *, guests: bool = False) -> Counted:
    votes = counted_votes(edition, guests=guests)
    told = votes.aggregate(n=Count("pk"), newest=Max("cast_at"))
    return Counted(told["n"], told["newest"])


def is_newest(run: OpinionRun | None, edition: Any) -> bool:
    """Return whether a result holds all votes that rankings count, and no others."""
    return run is not None and Counted(run.n_votes, run.votes_until) == counted_now(
        edition
    )


def has_new_guests(run: OpinionRun | None, edition: Any) -> bool:
    """Return whether guests' votes are counted anew beside the next result."""
    now = counted_now(edition, guests=True)
    if guests_counted(run) == now:
        return False
    since = run and guests_counted(run).newest
    voted = counted_votes(edition, guests=True)
    new = voted.filter(cast_at__gt=since) if since else voted
    return _n_voters(new) >= SMALLEST_GROUP


def guests_counted(run: OpinionRun | None) -> Counted:
    """Return what a result knows of guests."""
    told = run.result.get("guests", {}) if run else {}
    until = told.get("until")
    newest = datetime.fromisoformat(until) if until else None
    return Counted(told.get("n_votes", 0), newest)


def editions_to_compute(at: datetime) -> list[Any]:
    """Return editions whose result is computed anew at this moment."""
    return [one for one in _editions_with_votes() if _is_due(one, at)]


def next_closing(at: datetime) -> datetime | None:
    """Return when voting is over next in an edition with votes: all is counted then."""
    moments = [
        phase.closes_at
        for one in _editions_with_votes()
        for phase in editions.phases_of(one)
        if phase.kind == CONSULTATION and phase.is_open_at(at)
    ]
    return min(moments, default=None)


def _editions_with_votes() -> list[Any]:
    voted_on = Statement.objects.public().filter(votes__isnull=False).order_by()
    return list(editions.editions().filter(pk__in=voted_on.values("edition")))


def _is_due(edition: Any, at: datetime) -> bool:
    run = OpinionRun.objects.filter(edition=edition, is_done=True).first()
    if not counted_now(edition).n_votes:
        return False
    is_new = not is_newest(run, edition)
    if not is_voting_open(edition.pk, at):
        theirs = counted_now(edition, guests=True)
        return is_new or theirs != guests_counted(run)
    if not is_new:
        return has_new_guests(run, edition)
    new = counted_votes(edition)
    if run:
        # Votes that were taken in from elsewhere keep their old moments.
        came = Q(voter__since__gt=run.begun_at)
        new = new.filter(Q(cast_at__gt=run.votes_until) | came)
    return _n_voters(new) >= SMALLEST_GROUP


def _n_voters(votes: QuerySet[Vote]) -> int:
    return votes.values("voter").distinct().count()
