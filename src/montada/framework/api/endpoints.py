"""Read the vocabulary: lines, goals, and the matrix in any of its versions."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router

from montada.audit import queries as audit
from montada.djangokit.reads import unless_unchanged
from montada.framework import queries
from montada.framework.api.schemas import (
    CellOut,
    GoalOut,
    LineOut,
    MatrixOut,
    Text,
)

router = Router(tags=["framework"])
router.add_decorator(unless_unchanged(audit.moment), mode="view")

Version = Annotated[int | None, Query(ge=1, le=1_000_000)]


@router.get("/action-lines", response=list[LineOut])
def action_lines(request: HttpRequest) -> list[LineOut]:
    """The 18 categories of the Geneva Plan of Action."""
    return [
        LineOut(
            code=line.code,
            title=Text.of(line.title),
            scope=Text.of(line.scope),
            lead=line.lead,
            source_url=line.source_url,
        )
        for line in queries.action_lines()
    ]


@router.get("/goals", response=list[GoalOut])
def goals(request: HttpRequest) -> list[GoalOut]:
    """The 17 Sustainable Development Goals."""
    return [
        GoalOut(number=goal.number, title=Text.of(goal.title))
        for goal in queries.goals()
    ]


@router.get("/matrix", response=MatrixOut)
def matrix(request: HttpRequest, version: Version = None) -> MatrixOut:
    """The linked cells of the WSIS–SDG matrix, as of its newest or any version."""
    try:
        found = queries.matrix_at(version)
    except queries.NoSuchMatrixVersion:
        raise Http404 from None
    return MatrixOut(
        version=found.version,
        latest=found.latest,
        cells=[
            CellOut(
                action_line=cell.action_line,
                goal=cell.goal,
                targets=list(cell.targets),
                rationale=Text.of(cell.rationale),
                since_version=cell.version,
            )
            for cell in found.cells.values()
            if cell.is_linked
        ],
    )
