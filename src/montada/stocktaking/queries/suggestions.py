"""Suggested labels that wait for somebody to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from montada.framework import queries as framework
from montada.participation.queries import Reach
from montada.stocktaking.models import Project
from montada.stocktaking.queries.labels import Drawing, ProjectLabel

Order = Literal["surest", "newest"]


@dataclass(frozen=True, slots=True)
class WaitingLabel:
    project: Project
    label: ProjectLabel


def open_suggestions() -> QuerySet[Any]:
    """
    Return what public projects' titles suggest, nobody decided and no source states.

    Rows of `LabelSuggestion`, each with its project's number as `subject_pk`.
    """
    suggested = framework.open_suggestions(Project._meta.label_lower)
    of_project = Q(project_id=OuterRef("subject_pk"), label=OuterRef("code"))
    lines = Project.action_lines.through.objects.annotate(
        label=Cast("actionline_id", CharField())
    )
    goals = Project.goals.through.objects.annotate(label=Cast("goal_id", CharField()))
    return suggested.filter(
        _of(Project.objects.public()),
        ~Exists(lines.filter(of_project)),
        ~Exists(goals.filter(of_project)),
    )


def waiting_labels(
    *, reach: Reach, label: str = "", country_id: str = "", order: Order = "surest"
) -> QuerySet[Any]:
    """
    Return the suggestions that somebody of that reach decides about.

    `label` narrows to a line ("C2") or a goal ("4"); "" narrows to nothing.
    """
    found = open_suggestions().filter(_within(reach)).select_related("labelled_text")
    if label:
        found = found.filter(code=label)
    if country_id:
        found = found.filter(_of(Project.objects.filter(country=country_id)))
    if order == "newest":
        return found.order_by("-labelled_text__labelled_at", "-score", "pk")
    return found.order_by("-score", "pk")


def _within(reach: Reach) -> Q:
    """Say in SQL what the permission "stocktaking.decide_label" says of one label."""
    if reach.is_everywhere:
        return Q()
    of_lines = Project.objects.filter(action_lines__in=reach.line_ids)
    of_countries = Project.objects.filter(country__in=reach.country_ids)
    lines = Q(axis="action_line", code__in=reach.line_ids)
    return lines | Q(axis="goal") & _of(of_lines) | _of(of_countries)


def _of(projects: QuerySet[Project]) -> Q:
    return Q(subject_pk__in=projects.order_by().values("pk"))


def drawn_labels(rows: Iterable[Any]) -> list[WaitingLabel]:
    """Return waiting labels as a page shows them, in their order. Five queries."""
    rows = list(rows)
    projects = (
        Project.objects.select_related("organisation", "country")
        .prefetch_related("action_lines")
        .in_bulk([row.subject_pk for row in rows])
    )
    draw = Drawing()
    return [
        WaitingLabel(
            project,
            draw.suggestion(
                project,
                framework.label_of(row),
                row.labelled_text.text,
                row.labelled_text.language,
            ),
        )
        for row in rows
        if (project := projects.get(row.subject_pk)) is not None
    ]
