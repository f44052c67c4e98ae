"""
Under which lines, goals, targets and objectives projects are filed.

A version says it; lists, maps, facets and search read the project's links. Those always
say what the newest published version says: publishing writes them, and what holds at
once (an editor's decision, a source's word) is written into that version, too, and into
one under way, so that its publication does not take it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Max

from montada.stocktaking.choices import VersionState
from montada.stocktaking.engine.values import LabelAxis, LabelOf
from montada.stocktaking.models import (
    Project,
    ProjectActionLine,
    ProjectGoal,
    ProjectObjective,
    ProjectTarget,
    ProjectVersion,
)

BATCH = 500
"""Rows in one statement."""

LINKS: dict[LabelAxis, tuple[Any, str]] = {
    "action_line": (ProjectActionLine, "actionline_id"),
    "goal": (ProjectGoal, "goal_id"),
    "target": (ProjectTarget, "target_id"),
    "objective": (ProjectObjective, "objective_id"),
}
"""Table of each axis, and its column that names the framework's row."""

Labels = tuple[LabelOf, ...]


def labels_by_project(projects: Iterable[int]) -> dict[int, list[LabelOf]]:
    """Return what some projects are filed under, and who says so. Four queries."""
    wanted = list(projects)
    found: dict[int, list[LabelOf]] = {pk: [] for pk in wanted}
    for axis, (table, column) in LINKS.items():
        rows = table.objects.filter(project__in=wanted).order_by("pk")
        said = ("source", "confidence", "words")
        for pk, code, source, confidence, words in rows.values_list(
            "project_id", column, *said
        ):
            label = LabelOf(axis, str(code), source, confidence, tuple(words))
            found[pk].append(label)
    return found


def file_under(project: Project, labels: Labels) -> None:
    """Let the links say what a version says; a link that stays is not touched."""
    for axis, (table, column) in LINKS.items():
        wanted = {label.code: label for label in labels if label.axis == axis}
        rows = table.objects.filter(project=project)
        known = {str(code) for code in rows.values_list(column, flat=True)}
        rows.filter(**{f"{column}__in": known - wanted.keys()}).delete()
        add_links(
            (project, label) for code, label in wanted.items() if code not in known
        )


def add_links(new: Iterable[tuple[Project, LabelOf]]) -> None:
    """Write links that are not there yet; a statement for each axis and 500 rows."""
    pairs = list(new)
    for axis, (table, column) in LINKS.items():
        rows = [
            table(
                project=project,
                **{column: label.code},
                source=label.source,
                confidence=label.confidence,
                words=list(label.words),
            )
            for project, label in pairs
            if label.axis == axis
        ]
        table.objects.bulk_create(rows, batch_size=BATCH)


def hold_at_once(changes: Mapping[int, Callable[[Labels], Labels]]) -> None:
    """
    Change the labels of projects' newest published version, and of one under way.

    `changes` says by the project's key what becomes of them. Two queries, and one for
    500 versions.
    """
    published = ProjectVersion.objects.filter(
        project__in=changes, state=VersionState.PUBLISHED
    )
    newest = published.order_by().values_list("project_id").annotate(Max("number"))
    shown = dict(newest)
    versions = ProjectVersion.objects.select_for_update().filter(project__in=changes)
    standing = [
        version
        for version in versions
        if version.state != VersionState.PUBLISHED
        or version.number == shown[version.project_id]
    ]
    for version in standing:
        version.labels = changes[version.project_id](version.labels)
    ProjectVersion.objects.bulk_update(standing, ["labels"], batch_size=BATCH)


def with_labels(labels: Labels, more: Iterable[LabelOf]) -> Labels:
    """Return labels and others after them; the first word on a label stays."""
    found = {label.key: label for label in labels}
    for label in more:
        found.setdefault(label.key, label)
    return tuple(found.values())


def without_label(labels: Labels, axis: LabelAxis, code: str) -> Labels:
    return tuple(label for label in labels if label.key != (axis, code))
