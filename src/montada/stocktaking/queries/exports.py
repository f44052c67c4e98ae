"""Public projects as they go out: a few at a time, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery

from montada.audit import queries as audit
from montada.framework import queries as framework
from montada.stocktaking.choices import VersionState
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.tables.outgoing import OutgoingProject
from montada.stocktaking.models import Project, ProjectVersion
from montada.stocktaking.queries.open_data import labels_of

AT_ONCE = 250
"""Projects in memory; seven statements for them."""


def public_ids() -> list[int]:
    """Return the keys of all that anybody may read, oldest first. One query."""
    return list(Project.objects.public().order_by("pk").values_list("pk", flat=True))


def outgoing(ids: Sequence[int], *, site: str) -> Iterator[OutgoingProject]:
    """
    Yield public projects in the order of `ids`; what is not public is left out.

    `site` is the address at which the forum is reached, without "/" at its end.
    """
    points = _points()
    for start in range(0, len(ids), AT_ONCE):
        yield from _few(ids[start : start + AT_ONCE], site, points)


def _few(
    ids: Sequence[int], site: str, points: dict[str, tuple[float, float]]
) -> Iterator[OutgoingProject]:
    published = ProjectVersion.objects.filter(
        project=OuterRef("project"), state=VersionState.PUBLISHED
    ).order_by("-number")
    rows = (
        Project.objects.public()
        .filter(pk__in=ids)
        .order_by()
        .select_related("organisation")
        .prefetch_related(
            "line_links", "goal_links", "target_links", "objective_links", "sources"
        )
    )
    projects = {project.pk: project for project in rows}
    newest = ProjectVersion.objects.filter(
        project__in=projects, pk=Subquery(published.values("pk")[:1])
    )
    versions = {version.project_id: version for version in newest}
    for pk in ids:
        if project := projects.get(pk):
            yield _told(project, versions.get(pk), site, points)


def _told(
    project: Project,
    version: ProjectVersion | None,
    site: str,
    points: dict[str, tuple[float, float]],
) -> OutgoingProject:
    record = version.record if version else ProjectRecord(title=project.title)
    return OutgoingProject(
        slug=project.slug,
        record=record,
        url=f"{site}/projects/{project.slug}/",
        organisation_name=str(project.organisation.name)
        if project.organisation
        else "",
        country_id=project.country_id,
        stakeholder_group_id=project.stakeholder_group_id,
        labels=tuple(labels_of(project)),
        first_year=project.first_year,
        last_year=project.last_year,
        known_as=_known_as(project),
        source_url=project.source_url,
        published_at=version.published_at if version else None,
        visibility=project.visibility,
        country_point=points.get(project.country_id or ""),
    )


def _known_as(project: Project) -> tuple[str, str]:
    sources = sorted(project.sources.all(), key=lambda source: source.pk)
    return (sources[0].system, sources[0].identifier) if sources else ("", "")


@audit.remembered("framework.reference", "framework.targets")
def _points() -> dict[str, tuple[float, float]]:
    return {
        country.iso3: (country.latitude, country.longitude)
        for country in framework.countries()
        if country.latitude is not None and country.longitude is not None
    }


def register_state() -> tuple[int, datetime | None]:
    """Return number and time of the newest decision, by which copies are compared."""
    newest = audit.entries().first()
    return (newest.pk, newest.happened_at) if newest else (0, None)
