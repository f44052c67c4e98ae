"""The numbers of the outcomes document as programs read them."""

from __future__ import annotations

from typing import Any

from montada.consultation.queries.opinion import OpinionPage
from montada.consultation.queries.outcomes import Outcomes


def figures(of: Outcomes) -> dict[str, Any]:
    """Return every number by name; shares are percent, 0 to 100, not rounded."""
    totals = of.totals
    return {
        "contributions": totals.n,
        "in_programme": totals.n_in_programme,
        "in_programme_as_part_of_another": totals.n_merged_in_programme,
        "waiting": totals.n_waiting,
        "declined": totals.n_declined,
        "late": totals.n_late,
        "not_printed": of.n_unpublished,
        "statements": of.n_statements,
        "breakdowns": {
            breakdown.name: [
                {
                    "value": share.value,
                    "name": share.name,
                    "n": share.n,
                    "percent": share.percent,
                    "in_programme": share.n_in_programme,
                }
                for share in breakdown.rows
            ]
            for breakdown in totals.breakdowns
        },
        "missing": [
            {"axis": one.axis, "value": one.value, "least_percent": one.least_percent}
            for one in of.participation.missing
        ],
        "innovations": {one.value: one.n for one in of.innovations},
        "opinion": of.opinion and _opinion(of.opinion),
    }


def _opinion(of: OpinionPage) -> dict[str, Any]:
    return {
        "voters": of.n_voters,
        "votes": of.n_votes,
        "verdict": of.verdict,
        "groups": [group.n_people for group in of.groups],
        "unites": [row.statement.pk for row in of.unites],
        "divides": [row.statement.pk for row in of.divides],
        "engine": of.engine,
        "seed": of.seed,
    }
