"""
Ballots of an edition: who would come to what, with their stakeholder group and region.

Both are those of a supporter's organisation. Who has none is of the group `UNKNOWN`:
counted, and with an equal part where each group has one. People stand under numbers
that only this installation can make, and that tell nothing of who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from montada.consultation.engine.publishing import published
from montada.consultation.engine.tallies import Tally
from montada.consultation.queries.calls import seat_regions
from montada.framework import queries as framework
from montada.programme.engine.shares.ballots import (
    Ballots,
    Cells,
    IntArray,
    ballots_of_cells,
)
from montada.programme.engine.shares.endowments import (
    HALF,
    Grouping,
    per_group,
    per_voter,
)
from montada.programme.models import Proposal, ProposalSupport

UNKNOWN, OTHERS = "unknown", "others"
"""Groups: of whom it is not known, and several that are too small to be told apart."""


@dataclass(frozen=True, slots=True, eq=False)
class ElectionBallots:
    """Ballots by stakeholder group, and each voter's place among `regions`."""

    ballots: Ballots
    regions: tuple[str, ...]
    region_of: IntArray

    def groupings(self, endowment: str, mix: float = HALF) -> tuple[Grouping, ...]:
        """Return among whom a named `Endowment` divides the places."""
        if endowment == "region":
            return (Grouping(self.region_of),)
        if endowment == "group":
            return (per_group(self.ballots),)
        if endowment == "mixed":
            return per_voter(self.ballots, mix), per_group(self.ballots, 1 - mix)
        return (per_voter(self.ballots),)


def ballots_of(proposals: Sequence[Proposal]) -> ElectionBallots:
    """Return the ballots about these proposals, all of one edition. Two queries."""
    rows = list(
        ProposalSupport.objects.filter(
            proposal__in=[row.pk for row in proposals], person__is_active=True
        ).values_list(
            "person",
            "proposal__reference",
            "person__organisation__stakeholder_group",
            "person__organisation__country",
        )
    )
    regions = seat_regions()
    group_of = {person: group or UNKNOWN for person, _ref, group, _iso in rows}
    region_of = {
        person: regions.get(iso3 or "", UNKNOWN) for person, _ref, _g, iso3 in rows
    }
    people = sorted(group_of, key=_number)
    codes = {person: code for code, person in enumerate(people)}
    names = tuple(sorted(row.reference for row in proposals))
    places = {name: place for place, name in enumerate(names)}
    groups, of_group = _coded([group_of[person] for person in people])
    region_names, of_region = _coded([region_of[person] for person in people])
    cells = Cells(
        np.array([codes[row[0]] for row in rows], dtype=np.int64),
        np.array([places[row[1]] for row in rows], dtype=np.int64),
        np.ones(len(rows)),
    )
    voters = tuple(f"v{n:05}" for n in range(1, len(people) + 1))
    ballots = ballots_of_cells((voters, groups), of_group, names, cells)
    return ElectionBallots(ballots, region_names, of_region)


def _number(person: int) -> str:
    return salted_hmac("programme.ballots", str(person)).hexdigest()


def _coded(labels: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
    names = sorted(set(labels))
    places = {name: place for place, name in enumerate(names)}
    return tuple(names), np.array([places[one] for one in labels], dtype=np.int32)


def may_be_told(counts: Any) -> Any:
    """
    Return which counts of people (n_groups, n_things) may be read: a bool array.

    As of votes in the consultation: none below five, and none that is the difference.
    """
    nothing = np.zeros_like(counts)
    everybody = counts.sum(axis=0, keepdims=True)
    none = np.zeros_like(everybody)
    return published(
        Tally(counts, nothing, nothing), Tally(everybody, none, none)
    ).is_shown


def with_others(groups: Sequence[str], amounts: Any, is_told: Any) -> dict[str, float]:
    """
    Return amounts by group; those not to be told are one amount, of `OTHERS`.

    `amounts` and `is_told` are arrays (n_groups,).
    """
    told = {
        group: float(amount)
        for group, amount, shown in zip(groups, amounts, is_told, strict=True)
        if shown and amount
    }
    pooled = sum(
        float(amount)
        for amount, shown in zip(amounts, is_told, strict=True)
        if not shown
    )
    return told | ({OTHERS: pooled} if pooled else {})


def supporters_by_group(ballots: Ballots) -> dict[str, dict[str, int]]:
    """Return for each proposal how many of each group support it; few are pooled."""
    counts = np.zeros((len(ballots.groups), len(ballots.proposals)), dtype=np.int64)
    for place in range(len(ballots.proposals)):
        of = ballots.group_of[ballots.cells_of(place)[0]]
        counts[:, place] = np.bincount(of, minlength=len(ballots.groups))
    is_told = may_be_told(counts)
    return {
        name: {
            group: int(n)
            for group, n in with_others(
                ballots.groups, counts[:, place], is_told[:, place]
            ).items()
        }
        for place, name in enumerate(ballots.proposals)
    }


def told_groups(ballots: Ballots) -> tuple[str, ...]:
    """Return each voter group's name in public: its own, or `OTHERS` if it is small."""
    sizes = np.bincount(ballots.group_of, minlength=len(ballots.groups))
    is_told = may_be_told(sizes[:, np.newaxis])[:, 0]
    return tuple(
        group if shown else OTHERS
        for group, shown in zip(ballots.groups, is_told, strict=True)
    )


def ballot_rows(ballots: Ballots) -> Iterable[tuple[str, str, str, str]]:
    """
    Yield `voter, group, proposal, utility` of each support, with a head.

    Small groups are pooled, so that endowments by group come out a little otherwise
    than in the choice itself.
    """
    groups = told_groups(ballots)
    yield ("voter", "group", "proposal", "utility")
    for place, name in enumerate(ballots.proposals):
        voters, utilities = ballots.cells_of(place)
        for voter, utility in zip(voters, utilities, strict=True):
            group = groups[ballots.group_of[voter]]
            yield ballots.voters[voter], group, name, f"{utility:g}"


def names_of_sides(reader: str) -> Mapping[str, str]:
    """Return what groups and regions are called, in the reader's language."""
    rows: list[Any] = [*framework.stakeholder_groups(), *framework.country_groups()]
    return {row.code: row.name.shown_to(reader).text for row in rows} | {
        UNKNOWN: _("group not known"),
        OTHERS: _("other groups"),
    }
