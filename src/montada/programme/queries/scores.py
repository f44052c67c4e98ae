"""The rubric of an edition, and what reviewers' points say of its proposals."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from montada.audit import queries as audit
from montada.programme.engine.scores import Measure, Scored, scored
from montada.programme.models import Criterion, Proposal, Score

MOST_POINTS = 100
"""That a criterion may give: the column holds three digits before the point."""
MOST_WEIGHT = 100


def criteria_of(edition: Any) -> list[Criterion]:
    """Return the rubric of an edition, in its order. One query."""
    return list(Criterion.objects.filter(edition=edition))


def criterion_of(edition: Any, key: str) -> Criterion | None:
    rows = Criterion.objects.select_related("edition")
    return rows.filter(edition=edition, key=key).first()


def last_decision_about(criterion: Criterion) -> int:
    """Return the number of the last decision about a criterion; 0 for none."""
    entries = audit.entries_about(criterion.edition).filter(
        action="programme.criterion_set", details__key=criterion.key
    )
    return entries.values_list("pk", flat=True).first() or 0


def scores_of(edition: Any) -> dict[int, Scored]:
    """Return the marks of each proposal that was scored, by its number. Two queries."""
    return _scored(edition, Score.objects.filter(proposal__edition=edition))


def scores_by_reviewer(proposal: Proposal) -> dict[str, dict[str, Decimal]]:
    """
    Return the points that each reviewer gave, by criterion. One query.

    For the secretariat: a reviewer is never named in public.
    """
    given: dict[str, dict[str, Decimal]] = defaultdict(dict)
    rows = Score.objects.filter(proposal=proposal).order_by("reviewer")
    for reviewer, key, points in rows.values_list(
        "reviewer", "criterion__key", "points"
    ):
        given[reviewer][key] = points
    return dict(given)


def score_of(proposal: Proposal) -> Scored | None:
    """Return the marks of one proposal, None where nobody scored it. Two queries."""
    found = _scored(proposal.edition, Score.objects.filter(proposal=proposal))
    return found.get(proposal.pk)


def _scored(edition: Any, rows: QuerySet[Score]) -> dict[int, Scored]:
    measures = {row.key: Measure(row.weight, row.most) for row in criteria_of(edition)}
    given: dict[int, dict[str, dict[str, float]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for proposal, reviewer, key, points in rows.values_list(
        "proposal", "reviewer", "criterion__key", "points"
    ):
        given[proposal][reviewer][key] = float(points)
    return {
        proposal: scored(list(by_reviewer.values()), measures)
        for proposal, by_reviewer in given.items()
    }
