"""What the committee has before it: every proposal with all that speaks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch

from montada.programme.choices import ProposalState
from montada.programme.engine.scores import Scored
from montada.programme.models import Proposal, SharesRun
from montada.programme.queries.balance import panel_warnings
from montada.programme.queries.ballots import (
    OTHERS,
    ballots_of,
    names_of_sides,
    supporters_by_group,
)
from montada.programme.queries.choosing_words import sentences_of
from montada.programme.queries.merging import similar_pairs
from montada.programme.queries.proposals import proposals_of, seats
from montada.programme.queries.scores import scores_of

SORTS = ("reference", "score", "support", "shares")
LAST = 1_000_000
"""The place of what was not chosen, in the order of choice."""


@dataclass(frozen=True, slots=True)
class CommitteeRow:
    """
    One proposal before the committee.

    Attributes
    ----------
    supporters : group's name and number, the most first; small groups together
    place : from 1, in the order in which equal shares chose; None if they did not
    why : what equal shares say of it, "" where it was not in the choice
    warnings : what is one-sided in its panel, in words
    alike : other open proposals that say about the same
    """

    proposal: Proposal
    scored: Scored | None
    n_supports: int
    supporters: tuple[tuple[str, int], ...]
    place: int | None
    why: str
    warnings: tuple[str, ...]
    alike: tuple[Proposal, ...]


def order_of(run: SharesRun | None) -> dict[str, int]:
    """Return the place from 1 of each proposal that a choice chose."""
    if run is None:
        return {}
    floors, chosen = run.result["floors"]["reserved"], run.result["chosen"]
    rows = (*floors, *chosen)
    return {row["proposal"]: place for place, row in enumerate(rows, start=1)}


def sorted_proposals(
    edition: Any, *, state: str, sort: str, run: SharesRun | None
) -> list[int]:
    """
    Return the numbers of an edition's proposals in an order of `SORTS`.

    `state` is a `ProposalState` or "" for all. One query, three for scores.
    """
    rows = Proposal.objects.filter(edition=edition)
    rows = rows.filter(state=state) if state else rows
    counted = rows.annotate(n=Count("supports")).order_by("reference")
    found = list(counted.values_list("pk", "reference", "n"))
    if sort == "score":
        scores = scores_of(edition)
        found.sort(key=lambda row: -scores[row[0]].mean if row[0] in scores else 1)
    elif sort == "support":
        found.sort(key=lambda row: -row[2])
    elif sort == "shares":
        places = order_of(run)
        found.sort(key=lambda row: places.get(row[1], LAST))
    return [pk for pk, _reference, _n in found]


def committee_rows(
    edition: Any, ids: Sequence[int], *, reader: str, run: SharesRun | None
) -> list[CommitteeRow]:
    """Return what is before the committee about these proposals. A dozen queries."""
    rows = proposals_of(edition).select_related("kind", "contribution", "by_right")
    wanted = rows.prefetch_related(Prefetch("seats", seats().all()))
    found = wanted.annotate(n_supports=Count("supports")).in_bulk(ids)
    scores, alike = scores_of(edition), _alike(edition)
    supporters = _supporters(list(found.values()), reader)
    places = order_of(run)
    why = sentences_of(run.result, reader) if run else {}
    panels: list[Any] = list(found.values())
    warnings = dict(
        zip(found, panel_warnings(row.seats.all() for row in panels), strict=True)
    )
    return [
        CommitteeRow(
            proposal=row,
            scored=scores.get(row.pk),
            n_supports=row.n_supports,
            supporters=supporters[row.reference],
            place=places.get(row.reference),
            why=why.get(row.reference, ""),
            warnings=warnings[pk],
            alike=tuple(alike.get(row.pk, ())),
        )
        for pk in ids
        if (row := found.get(pk)) is not None
    ]


def n_by_state(edition: Any) -> dict[str, int]:
    """Return how many proposals of an edition are in each state. One query."""
    rows = Proposal.objects.filter(edition=edition).order_by("state")
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def proposals_named(edition: Any, references: Sequence[str]) -> dict[str, Proposal]:
    """Return proposals of an edition by their reference. One query."""
    rows = Proposal.objects.filter(edition=edition, reference__in=list(references))
    return {row.reference: row for row in rows.select_related("contribution")}


def _supporters(
    rows: Sequence[Proposal], reader: str
) -> Mapping[str, tuple[tuple[str, int], ...]]:
    names = names_of_sides(reader)
    counts = supporters_by_group(ballots_of(rows).ballots)
    return {
        reference: tuple(
            (names.get(group, group), n)
            for group, n in sorted(of.items(), key=lambda part: (-part[1], part[0]))
            # Alone it says no more than the number of all.
            if set(of) != {OTHERS}
        )
        for reference, of in counts.items()
    }


def _alike(edition: Any) -> Mapping[int, list[Proposal]]:
    found: dict[int, list[Proposal]] = defaultdict(list)
    for pair in similar_pairs(edition):
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if other.state == ProposalState.RECEIVED:
                found[one.pk].append(other)
    return found
