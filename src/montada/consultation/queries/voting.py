"""What a voter is shown next, and what they said so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from montada.audit import queries as audit
from montada.consultation.choices import VoteValue
from montada.consultation.engine.routing import Offer, Reader, probabilities
from montada.consultation.engine.tallies import Tally
from montada.consultation.engine.votes import UNGROUPED
from montada.consultation.models import OpinionRun, Statement, Vote, Voter
from montada.consultation.queries.statements import open_statements
from montada.djangokit.rows import row_where

RETURNS_AFTER = 10
"""Votes after a pass, before the statement is shown once more."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement to vote on, and the chance with which it was drawn (0 to 1)."""

    statement: Statement
    chance: float


@dataclass(frozen=True, slots=True)
class Ballot:
    """Open statements, and what a voter has answered, of whatever is open or not."""

    offered: _Offered
    voter: Voter | None
    answers: dict[int, _Answer]
    """By statement, the newest first."""

    @property
    def n_open(self) -> int:
        return len(self.offered.ids)

    @property
    def n_answered(self) -> int:
        """Return how many of the open ones are answered."""
        return sum(pk in self.answers for pk in self.offered.ids)


@dataclass(frozen=True, slots=True)
class _Answer:
    value: int
    n_passes: int
    n_since: int
    """Votes cast after it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Offered:
    """Open statements of an edition, and their votes by stakeholder group."""

    ids: tuple[int, ...]
    seeds: frozenset[int]
    is_seed: NDArray[np.bool_]
    groups: tuple[str, ...]
    counts: Tally


class Standing(NamedTuple):
    """How a statement and somebody who votes on it stand at this moment."""

    state: str | None
    """Of the statement; None if it does not exist."""
    voter: int | None
    """As what they are counted; None before their first vote."""
    n_recent: int
    """Votes they cast since a moment, on any statement of the edition."""
    vote: int | None
    """Their vote on this one."""
    n_passes: int
    """Of this one."""


_STANDING = """
    SELECT
        MAX(statement.state),
        MAX(voter.id),
        COUNT(*) FILTER (WHERE vote.cast_at > %(since)s),
        MAX(vote.id) FILTER (WHERE vote.statement_id = statement.id),
        COALESCE(
            MAX(vote.n_passes) FILTER (WHERE vote.statement_id = statement.id), 0
        )
    FROM consultation_statement AS statement
    LEFT JOIN consultation_voter AS voter
        ON voter.edition_id = statement.edition_id AND voter.{who} = %(key)s
    LEFT JOIN consultation_vote AS vote ON vote.voter_id = voter.id
    WHERE statement.id = %(statement)s
"""
"""In SQL: Django would put it together anew for every vote, thirty times as long."""


def standing(
    one: Statement, person: Any, guest_key: str, *, since: datetime
) -> Standing:
    """Return what a vote depends on. One query."""
    asked = {
        # What is no guest's is empty there, and stands for nobody.
        "key": person.pk if person else guest_key or None,
        "since": connection.ops.adapt_datetimefield_value(since),
        "statement": one.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            _STANDING.format(who="person_id" if person else "guest_key"), asked
        )
        return Standing(*cursor.fetchone())


def key_of_guest(token: str) -> str:
    """Return what is kept of a guest's token: it leads back to nobody."""
    return hashlib.sha256(token.encode()).hexdigest()


def voter_of(edition_pk: int, person: Any, guest_key: str = "") -> Voter | None:
    """
    Return as what somebody is counted; None before their first vote.

    A guest's key matters only where no person is signed in.
    """
    if person and person.is_authenticated:
        return row_where(Voter, edition_id=edition_pk, person_id=person.pk)
    if not guest_key:
        return None
    return row_where(Voter, edition_id=edition_pk, guest_key=guest_key)


def vote_on(one: Statement, voter: Voter | None) -> Vote | None:
    return row_where(Vote, statement_id=one.pk, voter_id=voter.pk) if voter else None


def own_votes(voter: Voter | None) -> list[Vote]:
    """Return all votes of a voter, newest first, each with its statement."""
    found = Vote.objects.filter(voter=voter).order_by("-cast_at", "-pk")
    return list(found.select_related("statement")) if voter else []


def ballot(edition_pk: int, voter: Voter | None) -> Ballot:
    """Return how far a voter has come. One query."""
    return Ballot(_offered(edition_pk), voter, _answers_of(voter))


def last_vote(of: Ballot) -> Vote | None:
    """Return what a voter said last: its statement and its value. One query at most."""
    for pk, answer in of.answers.items():
        return Vote(statement=_shown(pk), value=answer.value)
    return None


def next_statement(of: Ballot, *, draw: float) -> Drawn | None:
    """
    Return what a voter is shown next; None if nothing is left. One query at most.

    Parameters
    ----------
    draw : 0 to 1
        What chance said: picks by `engine.routing.probabilities`.
    """
    offered, mine = of.offered, of.answers
    is_open = np.array([_may_show(mine, pk) for pk in offered.ids], np.bool_)
    if not is_open.any():
        return None
    reader = Reader(
        group=_place(offered.groups, of.voter),
        n_votes=len(mine),
        n_seeds=sum(pk in mine for pk in offered.seeds),
    )
    chances = probabilities(Offer(offered.counts, offered.is_seed, is_open), reader)
    place = int(np.searchsorted(np.cumsum(chances), draw * chances.sum(), side="right"))
    # Rounding may leave the sum a little short of what was drawn.
    place = min(place, int(np.flatnonzero(chances)[-1]))
    return Drawn(_shown(offered.ids[place]), float(chances[place]))


@audit.remembered("consultation.", "framework.")
def _shown(pk: int) -> Statement:
    return Statement.objects.select_related("stakeholder_group").get(pk=pk)


def _answers_of(voter: Voter | None) -> dict[int, _Answer]:
    if voter is None:
        return {}
    rows = Vote.objects.filter(voter=voter.pk).order_by("-cast_at", "-pk")
    newest_first = rows.values_list("statement_id", "value", "n_passes")
    return {
        pk: _Answer(value, n_passes, n_since)
        for n_since, (pk, value, n_passes) in enumerate(newest_first)
    }


def _may_show(mine: dict[int, _Answer], pk: int) -> bool:
    """Return whether a statement is unanswered, or was passed once and may return."""
    answer = mine.get(pk)
    if answer is None:
        return True
    may_return = answer.value == VoteValue.PASS and answer.n_passes == 1
    return may_return and answer.n_since >= RETURNS_AFTER


def _place(groups: tuple[str, ...], voter: Voter | None) -> int:
    declared = voter.stakeholder_group_id if voter else None
    return groups.index(declared) if declared in groups else UNGROUPED


@audit.remembered("consultation.")
def _offered(edition_pk: int) -> _Offered:
    rows = list(open_statements(edition_pk).values_list("pk", "is_seed"))
    ids = tuple(pk for pk, _is_seed in rows)
    newest = OpinionRun.objects.filter(edition=edition_pk, is_done=True)
    tallies = newest.values_list("tallies", flat=True).first() or {}
    groups = tuple(sorted({code for of in tallies.values() for code in of}))
    counts = np.zeros((3, max(len(groups), 1), len(ids)), np.int64)
    for column, pk in enumerate(ids):
        for code, said in tallies.get(str(pk), {}).items():
            counts[:, groups.index(code), column] = said
    is_seed = np.array([seed for _pk, seed in rows], np.bool_)
    seeds = frozenset(pk for pk, seed in rows if seed)
    return _Offered(ids, seeds, is_seed, groups, Tally(*counts))
