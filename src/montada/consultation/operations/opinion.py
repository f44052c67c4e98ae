"""What unites and divides the voters of an edition, computed as votes come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import translation

from montada.audit import operations as audit
from montada.consultation.engine.evidence import Stopped
from montada.consultation.engine.opinion import ENGINE, Declared, Opinion, opinion
from montada.consultation.engine.public_result import public_result
from montada.consultation.engine.votes import UNGROUPED, VoteMatrix, vote_matrix
from montada.consultation.models import OpinionPlace, OpinionRun, Statement, Vote, Voter
from montada.consultation.operations.vote_tables import keep_vote_table
from montada.consultation.queries.opinion import NO_GUESTS, latest_run
from montada.consultation.queries.opinion_due import (
    Counted,
    counted_now,
    has_new_guests,
)
from montada.consultation.queries.opinion_words import reason_of
from montada.consultation.queries.statements import is_voting_open

KeepGoing = Callable[[], bool]

STEPS = 120
"""How often the engine asks whether to go on: 20 drops and 99 permutations."""

RUNS_KEPT = 5


def compute_opinion(
    *, edition: Any, at: datetime, keep_going: KeepGoing = lambda: True, seed: int = 1
) -> OpinionRun | None:
    """
    Compute what the votes of an edition say; None while there are none but guests'.

    A run that was stopped (`keep_going` said no) stays as it is, and the next call
    takes its place up: the engine's answer depends on votes and seed alone, so nothing
    is lost but time. While it runs, pages show the last result.
    """
    now = counted_now(edition)
    if now.newest is None:
        return None
    guests = _guests_to_count(edition, at)
    votes, voters = _votes_of(edition)
    declared = _declared(votes, voters)
    run, _is_new = OpinionRun.objects.update_or_create(
        edition=edition,
        is_done=False,
        defaults={
            "seed": seed,
            "engine": ENGINE,
            "begun_at": at,
            "progress": 0,
            "n_votes": now.n_votes,
            "votes_until": now.newest,
        },
    )
    try:
        found = opinion(
            votes,
            seed=seed,
            declared=declared,
            keep_going=_telling(run, keep_going),
        )
    except Stopped:
        return run
    return _kept(run, found, voters, guests, at)


def _votes_of(edition: Any) -> tuple[VoteMatrix, dict[str, Voter]]:
    rows = np.array(
        list(
            Vote.objects.filter(statement__in=Statement.objects.public())
            .filter(statement__edition=edition)
            .values_list("voter_id", "statement_id", "value", "cast_at")
            .iterator()
        ),
        dtype=object,
    ).reshape(-1, 4)
    voters = {
        str(voter.pk): voter
        for voter in Voter.objects.filter(edition=edition).select_related("country")
    }
    statements = Statement.objects.public().filter(edition=edition)
    names = list(map(str, statements.values_list("pk", flat=True)))
    place_of = {name: place for place, name in enumerate(voters)}
    column_of = {name: place for place, name in enumerate(names)}
    return (
        vote_matrix(
            people=[place_of[str(pk)] for pk in rows[:, 0]],
            statements=[column_of[str(pk)] for pk in rows[:, 1]],
            values=rows[:, 2].astype(np.int8),
            participant_ids=voters,
            statement_ids=names,
            times=[int(moment.timestamp() * 1000) for moment in rows[:, 3]],
        ),
        voters,
    )


def _declared(votes: VoteMatrix, voters: dict[str, Voter]) -> Declared:
    rows = [voters[name] for name in votes.participant_ids]
    return Declared(
        stakeholder_types=[row.stakeholder_group_id or "" for row in rows],
        regions=[(row.country and row.country.region_id) or "" for row in rows],
        tiers=[row.tier for row in rows],
    )


def _telling(run: OpinionRun, keep_going: KeepGoing) -> KeepGoing:
    """Return `keep_going` that also keeps how far the run has come."""
    asked = 0

    def going() -> bool:
        nonlocal asked
        asked += 1
        if asked % 10 == 0:
            run.progress = min(99, 100 * asked // STEPS)
            run.save(update_fields=["progress"])
        return keep_going()

    return going


@transaction.atomic
def _kept(
    run: OpinionRun,
    found: Opinion,
    voters: dict[str, Voter],
    guests: Counted | None,
    at: datetime,
) -> OpinionRun:
    run.result, run.tallies = public_result(found, _reasons(found))
    run.n_voters = int(np.count_nonzero(found.votes.n_votes_by_person()))
    run.result["guests"] = _guests_beside(run, guests)
    run.is_done, run.progress, run.done_at = True, 100, at
    run.save()
    # A place is its voter's own to see, and only the newest one means anything.
    OpinionPlace.objects.filter(run__edition=run.edition_id).delete()
    OpinionPlace.objects.bulk_create(_places(run, found, voters), batch_size=1000)
    done = OpinionRun.objects.filter(edition=run.edition_id, is_done=True)
    old = list(done.values_list("pk", flat=True)[RUNS_KEPT:])
    OpinionRun.objects.filter(pk__in=old).delete()
    table = keep_vote_table(
        edition=run.edition, votes=found.votes, groups=found.groups, at=at
    )
    audit.record(
        action="consultation.opinion_computed",
        actor=None,
        subject=run.edition,
        at=at,
        details={
            "verdict": found.verdict,
            "votes": run.n_votes,
            "voters": run.n_voters,
            "engine": run.engine,
            "seed": run.seed,
            "table": table.number if table else None,
        },
    )
    return run


def _guests_to_count(edition: Any, at: datetime) -> Counted | None:
    """Return which of guests' votes are shown anew; None where that tells of few."""
    is_over = not is_voting_open(edition.pk, at)
    if is_over or has_new_guests(latest_run(edition), edition):
        return counted_now(edition, guests=True)
    return None


def _guests_beside(run: OpinionRun, guests: Counted | None) -> dict[str, Any]:
    if guests is None:
        before = latest_run(run.edition)
        kept: dict[str, Any] = before.result.get("guests", {}) if before else {}
        return kept or NO_GUESTS
    told: dict[str, Any] = run.result["guests"]
    until = guests.newest and guests.newest.isoformat()
    return told | {"n_votes": guests.n_votes, "until": until}


def _places(
    run: OpinionRun, found: Opinion, voters: dict[str, Voter]
) -> list[OpinionPlace]:
    n_votes = found.votes.n_votes_by_person()
    return [
        OpinionPlace(
            run=run,
            voter=voters[name],
            x=float(found.axes.places[row, 0]),
            y=float(found.axes.places[row, 1]),
            group=None if found.groups[row] == UNGROUPED else int(found.groups[row]),
        )
        for row, name in enumerate(found.votes.participant_ids)
        if n_votes[row]
    ]


def _reasons(found: Opinion) -> dict[str, str]:
    """Return why the verdict is what it is, in every language of the pages."""
    said = {}
    for tag, _name in settings.LANGUAGES:
        with translation.override(tag):
            said[tag] = reason_of(found)
    return said
