"""What a search may find of projects: their titles, where, when and under what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Prefetch, QuerySet

from montada.language import operations as language
from montada.language.engine.text import LocalizedText
from montada.language.engine.values import IndexedRecord
from montada.stocktaking.choices import VersionState
from montada.stocktaking.engine.record import NO_RECORD
from montada.stocktaking.models import Project, ProjectVersion

KIND = "project"


def publish_projects(*, ids: Collection[int] | None = None) -> int:
    """
    Let public projects be found, all without `ids`.

    Returns how many rows of the index changed.
    """
    rows = Project.objects.public()
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return language.publish(texts=_indexed(rows))


def publish_project(*, project: Project) -> None:
    """Let searches find what a project says now; or no longer find it."""
    if project.is_public:
        publish_projects(ids=[project.pk])
    else:
        language.withdraw(kind=KIND, keys=[project.slug])


def _indexed(projects: QuerySet[Project]) -> Iterator[IndexedRecord]:
    published = ProjectVersion.objects.filter(state=VersionState.PUBLISHED)
    rows = projects.prefetch_related(
        "action_lines",
        "goals",
        Prefetch("versions", published.order_by("-number"), to_attr="published"),
    )
    for project in rows.iterator(chunk_size=500):
        newest = next(iter(project.published), None)
        yield indexed(
            project,
            summary=(newest.record if newest else NO_RECORD).summary,
            lines=[line.pk for line in project.action_lines.all()],
            goals=[goal.pk for goal in project.goals.all()],
        )


def indexed(
    project: Project,
    *,
    summary: LocalizedText,
    lines: Iterable[str],
    goals: Iterable[int],
) -> IndexedRecord:
    """Return a project as the index takes it."""
    years = {project.first_year, project.last_year} - {None}
    return IndexedRecord(
        kind=KIND,
        key=project.slug,
        title=project.title,
        body=summary,
        facets={
            "country": tuple(filter(None, [project.country_id])),
            "year": tuple(map(str, years)),
            "line": tuple(lines),
            "goal": tuple(map(str, goals)),
        },
    )
