"""What a search may find of projects: their titles, where, when and under what."""

from __future__ import annotations

from collections.abc import Iterable

from montada.language import operations as language
from montada.language.engine.values import IndexedRecord
from montada.stocktaking.models import Project

KIND = "project"


def publish_projects() -> int:
    """Let every project be found; return how many rows of the index changed."""
    projects = Project.objects.prefetch_related("action_lines", "goals")
    return language.publish(
        texts=(
            indexed(
                project,
                lines=[line.pk for line in project.action_lines.all()],
                goals=[goal.pk for goal in project.goals.all()],
            )
            for project in projects.iterator(chunk_size=500)
        )
    )


def indexed(
    project: Project, *, lines: Iterable[str], goals: Iterable[int]
) -> IndexedRecord:
    """Return a project as the index takes it."""
    years = {project.first_year, project.last_year} - {None}
    return IndexedRecord(
        kind=KIND,
        key=project.slug,
        title=project.title,
        facets={
            "country": tuple(filter(None, [project.country_id])),
            "year": tuple(map(str, years)),
            "line": tuple(lines),
            "goal": tuple(map(str, goals)),
        },
    )
