"""
Opinion: what unites and what divides those who voted.

From votes to one answer: axes, groups and the evidence for them, what represents each
group, consensus over groups found and groups declared, what divides, and the recounts.
The same votes and the same seed give the same answer, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from montada.consultation.engine.axes import Axes, opinion_axes, with_places_of
from montada.consultation.engine.bridging import bridging
from montada.consultation.engine.consensus import common_ground, divides
from montada.consultation.engine.evidence import Evidence, KeepGoing, evidence_for
from montada.consultation.engine.groups import (
    SMALLEST_GROUP,
    Grouping,
    best_grouping,
)
from montada.consultation.engine.integrity import (
    GUEST,
    Alike,
    voting_alike,
    without_most_active,
)
from montada.consultation.engine.representing import Represents, representative
from montada.consultation.engine.tallies import (
    DeclaredGroups,
    Tally,
    declared_groups,
    tally,
    tally_of_all,
)
from montada.consultation.engine.votes import (
    UNGROUPED,
    BoolArray,
    FloatArray,
    IntArray,
    VoteMatrix,
)

ENGINE = "opinion-1"
"""Raised whenever the same votes and seed would give another answer."""

VOTES_TO_BE_GROUPED = 7
"""Of a person, passes too; fewer if there are fewer statements (as in Polis)."""

FEWEST_PEOPLE = 15
"""Who voted enough, as in Polis. Two groups of five could be any ten people."""

FEWEST_STATEMENTS = 3
"""With votes: two axes of two statements are the statements themselves."""

Verdict = Literal["groups", "no_clear_groups", "too_few"]
Reason = Literal[
    "clear",
    "few_people",
    "few_statements",
    "all_alike",
    "tiny_groups",
    "as_by_chance",
    "unstable",
]


@dataclass(frozen=True, slots=True)
class Declared:
    """
    What people declared of themselves, one entry for each row; "" where nothing.

    None where it is not known of anybody. Who is of the tier "guest" is counted beside
    the others, and in no ranking.
    """

    stakeholder_types: Sequence[str] | None = None
    regions: Sequence[str] | None = None
    tiers: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ByDeclared:
    """
    Results over declared groups of at least five people who voted.

    `counts` (n_groups, n_statements), in the order of `groups.names`; `consensus`
    (n_statements,).
    """

    groups: DeclaredGroups
    counts: Tally
    consensus: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Guests:
    """Votes of people of whom nothing is sure, and their counts, (1, n_statements)."""

    votes: VoteMatrix
    counts: Tally

    @property
    def n_people(self) -> int:
        return int(np.count_nonzero(self.votes.n_votes_by_person()))


@dataclass(frozen=True, slots=True, eq=False)
class Recount:
    """Consensus (n_statements,) over the same groups, without some of the accounts."""

    left_out: BoolArray
    consensus: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """
    The whole answer.

    Attributes
    ----------
    votes : VoteMatrix
        What was asked about, with the ids; guests have rows in it, and no votes.
    guests : Guests or None
        Counted beside everything else, which is without them; None where there are
        none.
    groups : int array (n_people,)
        0 is the largest; everybody is `UNGROUPED` unless the verdict is "groups".
    counts : Tally (n_groups, n_statements)
        By opinion group; of everybody, as one group, where there are none.
    everybody : Tally (1, n_statements)
    represents : of each group, surest first; empty where there are no groups
    consensus, divides, bridging : float arrays (n_statements,)
    by_type, by_region, by_tier : None where not declared, or by too few
    without_most_active, alike_once : Recount
        Checks: a ranking that they change is not to be trusted.
    """

    engine: str
    seed: int
    verdict: Verdict
    reason: Reason
    votes: VoteMatrix
    guests: Guests | None
    groups: IntArray
    axes: Axes
    evidence: Evidence | None
    counts: Tally
    everybody: Tally
    represents: tuple[tuple[Represents, ...], ...]
    consensus: FloatArray
    divides: FloatArray
    bridging: FloatArray
    by_type: ByDeclared | None
    by_region: ByDeclared | None
    by_tier: ByDeclared | None
    alike: Alike
    without_most_active: Recount
    alike_once: Recount

    @property
    def n_groups(self) -> int:
        """0 where there are no clear groups."""
        return int(self.groups.max(initial=UNGROUPED)) + 1

    def who_voted(self) -> BoolArray:
        """Return who cast a vote, (n_people,), guests too."""
        n_votes = self.votes.n_votes_by_person()
        if self.guests:
            n_votes = n_votes + self.guests.votes.n_votes_by_person()
        return n_votes > 0


def opinion(
    votes: VoteMatrix,
    *,
    seed: int,
    declared: Declared | None = None,
    keep_going: KeepGoing = lambda: True,
) -> Opinion:
    """
    Return what unites and divides people by their votes.

    Raises
    ------
    montada.consultation.engine.evidence.Stopped
        If `keep_going`, asked some 120 times, says no.
    ValueError
        If what is declared does not fit the rows.
    """
    declared = declared or Declared()
    votes, guests = _without_guests(votes, declared.tiers)
    axes = opinion_axes(votes)
    verdict, reason, groups, evidence = _groups(votes, axes, seed, keep_going)
    n_groups = int(groups.max(initial=UNGROUPED)) + 1
    # Where there are no groups, everybody is one.
    counted, n_counted = (groups, n_groups) if n_groups else (np.zeros_like(groups), 1)
    counts = tally(votes, counted, n_counted)
    alike = voting_alike(votes)

    def recount(kept: BoolArray) -> Recount:
        fewer = tally(votes.of_people(kept), counted, n_counted)
        return Recount(~kept, common_ground(fewer))

    return Opinion(
        engine=ENGINE,
        seed=seed,
        verdict=verdict,
        reason=reason,
        votes=votes,
        guests=guests,
        groups=groups,
        axes=with_places_of(axes, guests.votes) if guests else axes,
        evidence=evidence,
        counts=counts,
        everybody=tally_of_all(votes),
        represents=representative(counts) if n_groups else (),
        consensus=common_ground(counts),
        divides=divides(counts),
        bridging=bridging(votes, axes),
        by_type=_by_declared(votes, declared.stakeholder_types),
        by_region=_by_declared(votes, declared.regions),
        by_tier=_by_declared(votes, declared.tiers),
        alike=alike,
        without_most_active=recount(without_most_active(votes)),
        alike_once=recount(alike.once(votes.n_people)),
    )


def _without_guests(
    votes: VoteMatrix, tiers: Sequence[str] | None
) -> tuple[VoteMatrix, Guests | None]:
    if tiers is None or GUEST not in tiers:
        return votes, None
    if len(tiers) != votes.n_people:
        raise ValueError(f"{len(tiers)} tiers, {votes.n_people} people")
    is_guest = np.array([tier == GUEST for tier in tiers], np.bool_)
    theirs = votes.of_people(is_guest)
    return votes.of_people(~is_guest), Guests(theirs, tally_of_all(theirs))


def _groups(
    votes: VoteMatrix, axes: Axes, seed: int, keep_going: KeepGoing
) -> tuple[Verdict, Reason, IntArray, Evidence | None]:
    nobody = np.full(votes.n_people, UNGROUPED)
    n_statements = int(np.count_nonzero(votes.n_votes_by_statement()))
    grouped = votes.n_votes_by_person() >= min(VOTES_TO_BE_GROUPED, n_statements)
    if n_statements < FEWEST_STATEMENTS:
        return "too_few", "few_statements", nobody, None
    if np.count_nonzero(grouped) < FEWEST_PEOPLE:
        return "too_few", "few_people", nobody, None
    found = best_grouping(axes.places[grouped], np.random.default_rng(seed))
    if found is None:
        is_alike = not axes.components.any()
        reason: Reason = "all_alike" if is_alike else "tiny_groups"
        return "no_clear_groups", reason, nobody, None
    evidence = evidence_for(votes, grouped, axes, found, seed, keep_going)
    if not (evidence.beats_chance and evidence.is_stable):
        reason = "unstable" if evidence.beats_chance else "as_by_chance"
        return "no_clear_groups", reason, nobody, evidence
    return "groups", "clear", _spread_out(found, grouped), evidence


def _spread_out(found: Grouping, grouped: BoolArray) -> IntArray:
    groups = np.full(len(grouped), UNGROUPED)
    groups[grouped] = found.groups
    return groups


def _by_declared(
    votes: VoteMatrix, declared: Sequence[str] | None
) -> ByDeclared | None:
    if declared is None:
        return None
    groups = declared_groups(declared, votes, smallest=SMALLEST_GROUP)
    if not groups.names:
        return None
    counts = tally(votes, groups.of, len(groups.names))
    return ByDeclared(groups, counts, common_ground(counts))
