"""
What equal shares choose for an edition: the election, its result, and "what if".

In the election are the proposals that nobody has decided about and that have no place
by right; every one costs one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min

from montada.framework import queries as framework
from montada.programme.choices import OF_CHOICE, Endowment, ProposalState
from montada.programme.engine.shares.election import Election, election
from montada.programme.engine.shares.floors import Floor, Floored, with_floors
from montada.programme.models import Proposal, ProposalDecision, SharesRun
from montada.programme.queries.ballots import ElectionBallots, ballots_of
from montada.programme.queries.choosing_results import Asked, GroupShare, result_in
from montada.programme.queries.proposals import proposals_of


@dataclass(frozen=True, slots=True)
class Supposed:
    """
    The choice under one endowment, beside that under the first.

    `chosen` is references in the order of choice; `gained` and `lost` are against the
    first endowment; `told` and `result` are as `result_in` writes them.
    """

    endowment: str
    chosen: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    shares: tuple[GroupShare, ...]
    told: Mapping[str, Any]
    result: Mapping[str, Any]


def n_places_left(edition: Any, n_places: int) -> int:
    """Return how many chosen places nobody has yet; those by right are beside them."""
    taken = Proposal.objects.filter(edition=edition, state=ProposalState.ACCEPTED)
    return max(n_places - taken.filter(by_right=None).count(), 0)


def electable(edition: Any) -> list[Proposal]:
    """Return the proposals among which is chosen. Three queries."""
    rows = proposals_of(edition).filter(state=ProposalState.RECEIVED, by_right=None)
    return list(rows)


def result_of(edition: Any, endowment: str, asked: Asked) -> dict[str, Any]:
    """Return what equal shares choose now, as `result_in` writes it. Five queries."""
    rows = electable(edition)
    ballots = ballots_of(rows)
    return result_in(_choice(rows, ballots, endowment, asked), endowment, asked)


def supposed(edition: Any, first: str, asked: Asked) -> tuple[Supposed, ...]:
    """Return what each endowment would choose, `first` before the others."""
    rows = electable(edition)
    ballots = ballots_of(rows)
    names = [first, *(one for one in Endowment.values if one != first)]
    results = {
        name: result_in(_choice(rows, ballots, name, asked), name, asked)
        for name in names
    }
    base = _references(results[first])
    return tuple(
        Supposed(
            endowment=name,
            chosen=_references(result),
            gained=tuple(sorted(set(_references(result)) - set(base))),
            lost=tuple(sorted(set(base) - set(_references(result)))),
            shares=tuple(GroupShare(**row) for row in result["shares"]),
            told=result["told"],
            result=result,
        )
        for name, result in results.items()
    )


def runs_of(edition: Any) -> list[SharesRun]:
    """Return the choices that were kept, without their results. One query."""
    rows = SharesRun.objects.filter(edition=edition).select_related("made_by")
    return list(rows.defer("result"))


def run_of_committee(edition: Any, pk: int | None = None) -> SharesRun | None:
    """Return a kept choice by its number, or the newest that is no simulation."""
    rows = SharesRun.objects.filter(edition=edition).select_related("edition")
    if pk is not None:
        return rows.filter(pk=pk).first()
    return rows.filter(is_simulation=False).first()


def _references(result: Mapping[str, Any]) -> tuple[str, ...]:
    reserved = [row["proposal"] for row in result["floors"]["reserved"]]
    return (*reserved, *(row["proposal"] for row in result["chosen"]))


def _choice(
    rows: Sequence[Proposal], ballots: ElectionBallots, endowment: str, asked: Asked
) -> Floored:
    asks = election(
        ballots.ballots,
        asked.n_places,
        ballots.groupings(endowment, asked.mix),
        seed=asked.seed,
    )
    return with_floors(asks, _floors(rows, asks, asked))


def _floors(rows: Sequence[Proposal], asks: Election, asked: Asked) -> list[Floor]:
    if not asked.floors:
        return []
    places = {name: place for place, name in enumerate(asks.ballots.proposals)}
    members: dict[str, set[str]] = {}
    for code, iso3 in framework.memberships():
        members.setdefault(iso3, set()).add(code)
    sides = {places[row.reference]: _sides(row, members) for row in rows}
    return [
        Floor(
            f"{axis}:{value}",
            frozenset(p for p, of in sides.items() if (axis, value) in of),
            least,
        )
        for axis, value, least in asked.floors
    ]


def _sides(
    row: Proposal, members: Mapping[str, set[str]]
) -> set[tuple[str, str | None]]:
    """Return for which floors a proposal counts: those of organisers who agreed."""
    agreed = [one.organisation for one in row.organisers.all() if one.accepted_at]
    regions = {code for one in agreed for code in members.get(one.country_id or "", ())}
    return (
        {("group", one.stakeholder_group_id) for one in agreed}
        | {("region", code) for code in regions}
        | {("line", line.code) for line in row.action_lines.all()}
    )


def is_told(run: SharesRun) -> bool:
    """
    Return whether everybody may read a choice: once decisions follow it. Two queries.

    Before, it would tell authors what the committee has not decided; one that the
    committee replaced before it decided stays its own.
    """
    if run.is_simulation:
        return False
    newer = SharesRun.objects.filter(
        edition=run.edition_id, is_simulation=False, made_at__gt=run.made_at
    )
    replaced_at = newer.aggregate(first=Min("made_at"))["first"]
    decided = ProposalDecision.objects.filter(
        proposal__edition=run.edition_id,
        reason__in=OF_CHOICE,
        decided_at__gte=run.made_at,
    )
    if replaced_at is not None:
        decided = decided.filter(decided_at__lt=replaced_at)
    return decided.exists()
